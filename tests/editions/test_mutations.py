"""A corps file with random damage loads, or is refused with faults that name it."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kmtui import Edition, Monitor
from kmtui.files.faults import Fault
from kmtui.plugins.discovery import bundled_folder

BYTES = st.binary(min_size=1, max_size=3)
TOKENS = st.sampled_from(
    [b"[", b"]", b"[[", b"{", b"}", b'"', b'"""', b"'", b"=", b".", b",", b"#", b"\n", b"\r", b"\\", b"\0", b"\xff"]
) | st.sampled_from(
    [b"-1", b"0x1f", b"1e999", b"nan", b"-inf", b"true", b"2012-02-30", b"23:59:60", b"\xe2\x80\xae", b"\\u001b"]
) | st.sampled_from(
    [b"[scores.weging]", b'level = "groen"', b"possible = []", b"id = 1", b"source = [[]]", b'"" = {}']
)  # fmt: skip
MUTATION = st.tuples(st.sampled_from(["put", "flip", "cut"]), st.floats(0, 1, exclude_max=True), BYTES | TOKENS)


class Lone:
    """An edition with one corps, whose file may be anything."""

    def __init__(self, folder: Path, monitor: Monitor) -> None:
        self.folder, self.monitor = folder, monitor
        self.file = folder / "corps" / "utrecht.toml"
        self.good = self.file.read_bytes()

    def check_with(self, data: bytes) -> tuple[Edition | None, list[Fault]]:
        self.file.write_bytes(data)
        return self.monitor.check(self.folder)


@pytest.fixture(scope="module")
def lone(tmp_path_factory, monitor):
    folder = tmp_path_factory.mktemp("lone")
    (folder / "corps").mkdir()
    bundled = bundled_folder("editions") / "2012"
    head = (bundled / "edition.toml").read_text("utf-8")
    head = re.sub(r"^corps = \[[^]]*\]", 'corps = ["utrecht"]', head, flags=re.MULTILINE)
    head = head.partition("[groups]")[0]
    (folder / "edition.toml").write_text(head, "utf-8")
    shutil.copy(bundled / "corps" / "utrecht.toml", folder / "corps")
    return Lone(folder, monitor)


def mutate(data, kind, place, token):
    at = int(place * len(data))
    match kind:
        case "put":
            return data[:at] + token + data[at:]
        case "flip":
            return data[:at] + token + data[at + len(token) :]
        case _:
            return data[:at] + data[at + 10 * len(token) :]


@settings(max_examples=500)
@given(st.lists(MUTATION, min_size=1, max_size=6))
@example([])
def test_damage_never_gives_another_error(lone, mutations):
    damaged = lone.good
    for mutation in mutations:
        damaged = mutate(damaged, *mutation)
    edition, faults = lone.check_with(damaged)
    assert [corps.id for corps in (edition.corps if edition else ())] == ([] if faults else ["utrecht"])
    assert {fault.file for fault in faults} <= {lone.file}
    assert all(fault.problem for fault in faults)
    assert not faults or damaged != lone.good
