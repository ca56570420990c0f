"""Files are read in their folder only, however they are named and wherever links lead."""

import pytest

from kmtui.files.faults import Fault
from kmtui.files.reading import read_text


@pytest.fixture
def places(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, inside / "part", outside):
        folder.mkdir()
        (folder / "a.toml").write_text(folder.name)
    return inside, outside


def outcome(file, folder) -> str:
    found = read_text(file, folder)
    return found.problem if isinstance(found, Fault) else found


def test_a_file_of_the_folder_is_read(places):
    inside, _ = places
    assert outcome(inside / "a.toml", inside) == "inside"
    assert outcome(inside / "part/../a.toml", inside) == "inside"


def test_links_may_lead_about_in_the_folder(places, tmp_path):
    inside, _ = places
    (inside / "linked").symlink_to("part")
    (tmp_path / "other").symlink_to(inside)
    assert outcome(inside / "linked/a.toml", inside) == "part"
    assert outcome(tmp_path / "other/a.toml", tmp_path / "other") == "inside"


def test_nothing_else_is_read(places):
    inside, outside = places
    (inside / "file.toml").symlink_to(outside / "a.toml")
    (inside / "folder").symlink_to(outside)
    for name in ("file.toml", "folder/a.toml", "../outside/a.toml", "part/../../outside/a.toml", outside / "a.toml"):
        assert "a link out of its folder" in outcome(inside / name, inside)
