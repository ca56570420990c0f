"""The TOML reader that kmtui uses gives what the standard library's gives."""

import tomllib
from pathlib import Path

import pytest

from kmtui.files.reading import read_toml

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDERS = ("editions", "plugins", "examples")
SHIPPED = [file for folder in FOLDERS for file in sorted((CHECKOUT / folder).rglob("*.toml"))]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_shipped_files_read_the_same(file):
    found = read_toml(file, file.parent)
    assert found == tomllib.loads(file.read_text("utf-8"))
    assert list(found) == list(tomllib.loads(file.read_text("utf-8")))


def test_line_ends_of_another_system_make_no_difference(tmp_path):
    text = 'a = """\none\n\ntwo\n"""\nb = [\n1,\n]\n'
    (tmp_path / "a.toml").write_bytes(text.replace("\n", "\r\n").encode())
    assert read_toml(tmp_path / "a.toml", tmp_path) == tomllib.loads(text)
