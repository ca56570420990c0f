"""A broken edition stops no other from opening."""

import shutil

import pytest

from kmtui import Monitor, open_monitor
from kmtui.editions.errors import EditionError
from kmtui.monitor import NoEditionError, UnknownIdError


@pytest.fixture
def shelf(folder, tmp_path):
    """A folder of editions: two good ones, one of them in the place of a bundled one, and four that are broken."""
    shelf = tmp_path / "shelf"
    for name, year in [("good", 2014), ("older", 2010), ("body", 2016), ("head", 2018), ("type", 2020)]:
        shutil.copytree(folder.path, shelf / name)
        head = shelf / name / "edition.toml"
        text = head.read_text("utf-8").replace('id = "2012"', f'id = "{year}"')
        head.write_text(text.replace("2011-01-01", f"{year - 1}-01-01").replace("2012-12-31", f"{year}-12-31"), "utf-8")
    (shelf / "body" / "corps" / "klpd.toml").write_text("broken")
    (shelf / "head" / "edition.toml").write_text("broken")
    (shelf / "type" / "edition.toml").write_text('id = ["2020"]')
    (shelf / "empty").mkdir()
    return shelf


def test_the_good_ones_open_and_the_broken_ones_say_why(shelf):
    monitor = open_monitor(edition_folders=[shelf])
    assert monitor.edition_ids == ("2008", "2010", "2012", "2014", "2016", "empty", "head", "type")
    assert monitor.newest().id == "2014"
    assert monitor.entry("2010").folder == shelf / "older"
    assert [edition.id for edition in monitor.openable()] == ["2014", "2012", "2010", "2008"]
    assert [edition.id for edition in monitor.select("all")] == ["2008", "2010", "2012", "2014"]
    for asked, passed_over in [
        ("2012", {"empty", "head", "type"}),
        (None, {"2016", "empty", "head", "type"}),
        ("all", {"2016", "empty", "head", "type"}),
    ]:
        assert monitor.selection(asked).passed_over.keys() == passed_over
    for name, file in [
        ("2016", "body/corps/klpd.toml"),
        ("head", "head/edition.toml"),
        ("empty", "empty/edition.toml"),
    ]:
        with pytest.raises(EditionError) as raised:
            monitor.edition(name)
        assert raised.value.faults[0].file == shelf / file


def test_a_broken_head_is_told_in_the_list(shelf):
    entry = open_monitor(edition_folders=[shelf]).entry("head")
    assert entry.head is None
    assert "broken TOML" in entry.faults[0].problem


def test_an_edition_of_the_users_takes_the_place_of_the_bundled_one(folder, monitor):
    folder.line("edition.toml", "title", 'title = "Mine"')
    changed = open_monitor(edition_folders=[folder.path])
    assert changed.edition_ids == monitor.edition_ids
    assert changed.newest().title == "Mine"


def test_a_folder_that_is_not_there_is_told_and_stops_nothing(tmp_path):
    monitor = open_monitor(edition_folders=[tmp_path / "nowhere"])
    assert monitor.entry("nowhere").faults[0].problem == "found no such file"
    assert monitor.newest().id == "2012"


def test_an_unknown_edition_is_named_with_those_there_are(monitor):
    with pytest.raises(UnknownIdError) as raised:
        monitor.edition("2013")
    assert raised.value.known == monitor.edition_ids


def test_nothing_is_read_from_the_current_folder(shelf, monitor, monkeypatch):
    monkeypatch.chdir(shelf)
    assert open_monitor().entries == monitor.entries


@pytest.fixture
def broken(tmp_path, monitor):
    """A folder with a broken copy of every edition."""
    for entry in monitor.entries:
        (tmp_path / "broken" / entry.id).mkdir(parents=True)
        (tmp_path / "broken" / entry.id / "edition.toml").write_text("broken")
    return tmp_path / "broken"


@pytest.mark.parametrize("asked", [None, "all"])
def test_where_none_can_be_opened_the_faults_of_all_are_named(broken, monitor, asked):
    with pytest.raises(EditionError) as raised:
        open_monitor(edition_folders=[broken]).selection(asked)
    assert {fault.file.parent.name for fault in raised.value.faults} == set(monitor.edition_ids)


@pytest.mark.parametrize("asked", [None, "all"])
def test_where_there_is_none_that_is_said(monitor, asked):
    with pytest.raises(NoEditionError):
        Monitor(monitor.registry, ()).selection(asked)


def test_a_complete_edition_goes_before_a_newer_one_that_is_half_known(folder, monitor):
    folder.line("edition.toml", "id", 'id = "2014"')
    folder.line("edition.toml", "end", "end = 2014-12-31")
    folder.append("edition.toml", '[unmentioned]\nsource = ["1"]\nnote = "Half bekend."\n')
    opened = open_monitor(edition_folders=[folder.path])
    assert opened.edition_ids[-1] == "2014"
    assert opened.newest().id == monitor.newest().id


def test_what_a_half_known_edition_does_not_tell_is_open(folder, monitor):
    """Of dimensions and of partners alike."""
    folder.append("edition.toml", '[unmentioned]\nsource = ["1"]\nnote = "Half bekend."\n')
    corps = folder / "corps" / "drenthe.toml"
    corps.write_text('id = "drenthe"\nname = "Drenthe"\nsource = ["2.7"]\n', "utf-8")
    opened = open_monitor(edition_folders=[folder.path]).edition("2012")
    drenthe, other = opened.find_corps("drenthe"), opened.find_corps("friesland")
    assert tuple(drenthe.partners) == opened.head.partners == tuple(other.partners)
    assert {score.possible for score in (*drenthe.scores.values(), *drenthe.partners.values())} == {
        ("rood", "geel", "groen")
    }
    assert other == monitor.edition("2012").find_corps("friesland")


def test_a_head_that_is_a_link_to_nothing_is_told(folder):
    (folder / "edition.toml").unlink()
    (folder / "edition.toml").symlink_to("nothing")
    (fault,) = open_monitor(edition_folders=[folder.path]).entry("2012").faults
    assert fault.problem == "found no such file"


def test_editions_whose_figures_are_each_others_end(folder, tmp_path):
    """Each gets the columns that the other's own tables have."""
    other = tmp_path / "2010"
    shutil.copytree(folder.path, other)
    for head, own, its in [(folder / "edition.toml", "2012", "2010"), (other / "edition.toml", "2010", "2012")]:
        text = head.read_text("utf-8").replace('id = "2012"', f'id = "{own}"')
        head.write_text(f'{text}\n[figures]\nedition = "{its}"\nyears = [2011]\n', "utf-8")
    opened = open_monitor(edition_folders=[folder.path, other])
    for name in ("2010", "2012"):
        tables = opened.figures(opened.edition(name)).tables
        assert {cell.year for table in tables for cell in table.cells} == {2011}
