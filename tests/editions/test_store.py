"""The store: one object for each edition whatever threads do, reading again, and writing that never leaves a fault."""

import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui import Basis, Corps, Monitor, Score, open_monitor
from kmtui.editions.errors import EditionChangedError, EditionError
from kmtui.files.writing import sole_writer
from kmtui.model.base import ReadOnly
from kmtui.model.names import UnknownIdError
from kmtui.model.words import Passage


@pytest.fixture
def opened(folder):
    return open_monitor(edition_folders=[folder.path])


def with_score(corps: Corps, dimension: str, level: str) -> Corps:
    score = Score(possible=(level,), basis=Basis.RECORDED, source=("1.1",))
    return replace(corps, scores=ReadOnly({**corps.scores, dimension: score}))


@pytest.fixture
def impatient():
    """Threads take turns as often as possible."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


THREADS = 4
EXAMPLES = Path(__file__).parents[2] / "examples"


def at_once(*calls):
    """What each of the calls returns, all started together."""
    start = threading.Barrier(len(calls))

    def run(call):
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_threads_that_read_one_edition_get_the_same_object(opened, impatient):
    for name in opened.edition_ids:
        editions = at_once(*[partial(opened.edition, name)] * THREADS)
        assert len({id(edition) for edition in editions}) == 1
    for part in (opened.claims, opened.counts, opened.figures):
        read = at_once(*[partial(part, opened.edition("2012"))] * THREADS)
        assert len({id(value) for value in read}) == 1


def test_threads_that_read_editions_which_refer_to_each_other_end(folder, tmp_path, monitor):
    """2010 takes figures from 2012; here 2012 takes some from 2010, too."""
    other = shutil.copytree(monitor.entry("2010").folder, tmp_path / "2010")
    folder.append("edition.toml", '\n[figures]\nedition = "2010"\nyears = [2010]\n')
    opened = open_monitor(edition_folders=[folder.path, other])
    both = [lambda: opened.figures(opened.edition("2010")), lambda: opened.figures(opened.edition("2012"))]
    for figures in at_once(*both * 2):
        assert figures is not None


def test_reload_reads_what_has_changed(folder, opened):
    old = opened.edition("2012")
    claims = opened.claims(old)
    folder.line("edition.toml", "title", 'title = "Another"')
    folder.line("claims.toml", "asserted", "asserted = 26")
    with pytest.raises(EditionChangedError, match="reload the edition"):
        opened.counts(old)
    new = opened.reload("2012")
    assert new is opened.edition("2012")
    assert (old.title == new.title, new.title, opened.entry("2012").head.title) == (False, "Another", "Another")
    assert opened.claims(new) != claims
    assert opened.counts(new).counts


def test_reload_keeps_what_there_was_where_the_files_are_broken(folder, opened):
    old = opened.edition("2012")
    folder.append("corps/utrecht.toml", "half a li")
    with pytest.raises(EditionError, match="broken TOML"):
        opened.reload("2012")
    assert opened.edition("2012") is old
    with pytest.raises(UnknownIdError):
        opened.reload("2013")


def test_editions_that_take_figures_from_a_reloaded_one_follow_it(folder, opened):
    assert opened.edition("2010").head.figures is not None, "or this test says nothing"
    before = opened.figures(opened.edition("2010"))
    table = folder / "tables/03.csv"
    table.write_text(table.read_text().replace("vast-pct,groningen,2010,Ja,,yes,", "vast-pct,groningen,2010,Nee,,no,"))
    opened.reload("2012")
    assert opened.figures(opened.edition("2010")) != before


def test_a_corps_is_written_and_the_comments_stay(folder, opened):
    name = "corps/utrecht.toml"
    text = "# checked twice\n" + folder.text(name).replace('level = "geel"', 'level = "geel"  # see 2.13', 1)
    (folder / name).write_text(text)
    edition = opened.edition("2012")
    changed = with_score(edition.find_corps("utrecht"), "referentiekader", "rood")
    assert opened.store.write("2012", changed).find_corps("utrecht") == changed
    new = folder.text(name)
    assert "# checked twice" in new
    assert "# see 2.13" in new
    differing = set(text.splitlines()) ^ set(new.splitlines())
    assert all(line.startswith(("level = ", "basis = ", "source = ", "note = ")) for line in differing), (
        "nothing but that score changes"
    )
    assert open_monitor(edition_folders=[folder.path]).edition("2012") == opened.edition("2012")


def test_what_would_be_faulty_is_not_written(folder, opened):
    edition = opened.edition("2012")
    before = {file: file.read_bytes() for file in folder.path.rglob("*.*") if file.is_file()}
    bad = with_score(edition.find_corps("utrecht"), "referentiekader", "paars")
    with pytest.raises(EditionError) as error:
        opened.store.write("2012", bad, with_score(edition.find_corps("zeeland"), "referentiekader", "rood"))
    assert [(fault.file, fault.key) for fault in error.value.faults] == [
        (folder / "corps/utrecht.toml", "scores.referentiekader.level")
    ]
    with pytest.raises(EditionError, match="does not list corps 'nieuw'"):
        opened.store.write("2012", replace(bad, id="nieuw", scores=edition.corps[0].scores))
    with pytest.raises(TypeError, match="expected a part of an edition"):
        opened.store.write("2012", edition)
    assert {file: file.read_bytes() for file in before} == before
    assert opened.edition("2012") is edition


def test_what_somebody_else_changed_is_not_overwritten(folder, opened):
    corps = opened.edition("2012").find_corps("utrecht")
    folder.append("corps/utrecht.toml", "\n# a colleague's remark\n")
    with pytest.raises(EditionChangedError):
        opened.store.write("2012", corps)
    assert folder.text("corps/utrecht.toml").endswith("# a colleague's remark\n")
    opened.reload("2012")
    opened.store.write("2012", corps)
    assert folder.text("corps/utrecht.toml").endswith("# a colleague's remark\n")


def test_writers_take_turns(folder, opened, impatient):
    """One waits for the lock of another process; four threads each write to their own corps. Nothing is lost."""
    names = ["utrecht", "zeeland", "drenthe", "twente"]

    def note(corps, text):
        return replace(corps, actions=(*corps.actions, Passage(text=text, source=("1.1",))))

    def write(name):
        for turn in range(3):
            opened.store.write("2012", note(opened.edition("2012").find_corps(name), f"Beurt {turn}."))

    with ThreadPoolExecutor(1) as pool:
        with sole_writer(folder.path):
            waiting = pool.submit(write, "friesland")
            assert "Beurt" not in folder.text("corps/friesland.toml")
        waiting.result(timeout=60)
    at_once(*[partial(write, name) for name in names])
    for name in ("friesland", *names):
        actions = opened.edition("2012").find_corps(name).actions
        assert [passage.text for passage in actions][-3:] == ["Beurt 0.", "Beurt 1.", "Beurt 2."]
    assert open_monitor(edition_folders=[folder.path]).edition("2012") == opened.edition("2012")


def test_computed_scores_are_not_written(folder):
    opened = open_monitor([EXAMPLES / "overige_uitbuiting"], [folder.path])
    corps = opened.edition("2012").find_corps("utrecht")
    assert "overige-uitbuiting" in corps.scores
    opened.store.write("2012", with_score(corps, "referentiekader", "rood"))
    assert "overige-uitbuiting" not in folder.text("corps/utrecht.toml")
    again = opened.edition("2012").find_corps("utrecht").scores
    assert again["overige-uitbuiting"] == corps.scores["overige-uitbuiting"]
    assert again["referentiekader"].level == "rood"


def test_a_new_edition_joins_the_store(tmp_path, monitor, edition):
    own = Monitor(monitor.registry, monitor.entries)
    made = own.store.create(tmp_path / "copy", replace(edition, head=replace(edition.head, id="2016")))
    assert own.edition("2016") is made
    assert own.edition_ids.count("2016") == 1
    assert made.corps == edition.corps
