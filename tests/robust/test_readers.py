"""Whatever stands in a file, its reader gives a value or faults that name it; the fuzzer goes further from here."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fuzz.py"
QUICK = ("claims", "counts", "picture", "recommendations", "unit", "indicators", "table")
TINY = ("configuration", "choices", "manifest", "weigh")
TOKENS = (b"[", b"]", b"[[", b"{", b"}", b'"', b'"""', b"'", b"=", b".", b",", b";", b"|", b"\n", b"\r", b"\r\n", b"\0")
TOKENS += (b"\xff", b"\xef\xbb\xbf", b"\xfe\xff", b"\\ud800", b"\x1b]52;c;eA==\x07", b"\xe2\x80\xae", b"1e999", b"nan")
TOKENS += (
    b"[" * 3_000,
    b"{a=" * 3_000,
    b"a." * 3_000,
    b"9" * 5_000,
    b"0x" + b"f" * 5_000,
    b"x" * 200_000,
    b"9999-99-99",
)
DAMAGE = st.tuples(
    st.floats(0, 1, exclude_max=True), st.integers(0, 40), st.sampled_from(TOKENS) | st.binary(max_size=3)
)


@pytest.fixture(scope="module")
def fuzz():
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("kmtui_fuzz", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["kmtui_fuzz"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["kmtui_fuzz"]


@pytest.fixture(scope="module")
def targets(fuzz):
    return fuzz.targets()


def damaged(data, damage):
    for place, cut, token in damage:
        at = int(place * len(data))
        data = data[:at] + token + data[at + cut :]
    return data


def feed(fuzz, target, folder, examples):
    run, seed = fuzz.place(target, folder), target.seed.encode()
    run(seed)

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(DAMAGE, min_size=1, max_size=5))
    def damage_never_gives_another_error(damage):
        run(damaged(seed, damage))

    damage_never_gives_another_error()


@pytest.mark.parametrize("name", [*QUICK, *TINY])
def test_a_damaged_file_is_read_or_refused_by_name(fuzz, targets, tmp_path, name):
    feed(fuzz, targets[name], tmp_path, 100 if name in TINY else 15)


@pytest.mark.long
@pytest.mark.parametrize("name", [*QUICK, *TINY, "edition", "corps"])
def test_a_damaged_file_is_read_or_refused_by_name_at_length(fuzz, targets, tmp_path, name):
    feed(fuzz, targets[name], tmp_path, 3_000 if name in TINY else 500)


def test_every_reader_is_fed(targets):
    assert {*QUICK, *TINY, "edition", "corps"} == set(targets)
