"""A file that changes while it is read, or while its edition is open, is noticed; two states are never mixed."""

import os
import shutil
import subprocess

import pytest

from kmtui import open_monitor
from kmtui.blocks import Target
from kmtui.editions.errors import EditionError
from kmtui.files import reading
from kmtui.files.faults import Fault
from kmtui.pages.kinds import page_of
from kmtui.pages.view import View
from kmtui.plugins.discovery import bundled_folder
from kmtui.render.text import text_lines
from kmtui.wording import Wording

OPEN_AGAIN = "while the edition was open; reload the edition"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(bundled_folder("editions") / "2012", tmp_path / "2012")


@pytest.fixture
def opened(folder):
    """A monitor that has read the head and corps of the edition in the folder, and nothing else."""
    monitor = open_monitor(edition_folders=[folder])
    monitor.edition("2012")
    return monitor


def touch(file):
    """Save the same again, as an editor does."""
    os.utime(file, ns=(1, 1))


def put_in_its_place(file):
    shutil.copy2(file, file.with_name(".new"))
    file.with_name(".new").replace(file)


CHANGES = {
    "changed": ("claims.toml", touch, "changed"),
    "replaced, of the same age and size": ("claims.toml", put_in_its_place, "changed"),
    "a corps that was read": ("corps/utrecht.toml", touch, "changed"),
    "the head": ("edition.toml", touch, "changed"),
    "a table": ("tables/03.csv", touch, "changed"),
    "taken away": ("units/limburg.toml", lambda file: file.unlink(), "taken away"),
    "added": ("corps/nieuw.toml", lambda file: file.write_text(""), "added"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_part_of_an_edition_that_has_changed_is_refused(folder, opened, case):
    name, change, happened = CHANGES[case]
    change(folder / name)
    for _ in range(2):
        with pytest.raises(EditionError) as error:
            opened.claims(opened.edition("2012"))
        assert [str(fault) for fault in error.value.faults] == [f"{folder / name}: it was {happened} {OPEN_AGAIN}"]


def test_what_was_read_before_still_stands_and_opening_again_helps(folder, opened):
    edition = opened.edition("2012")
    claims = opened.claims(edition)
    touch(folder / "claims.toml")
    assert (opened.edition("2012"), opened.claims(edition)) == (edition, claims)
    with pytest.raises(EditionError):
        opened.counts(edition)
    again = open_monitor(edition_folders=[folder])
    assert again.counts(again.edition("2012")).counts


def test_files_that_kmtui_does_not_read_may_change(folder, opened):
    (folder / "README.md").write_text("mine")
    (folder / "corps" / ".utrecht.toml.swp").write_text("an editor's")
    assert opened.claims(opened.edition("2012")).claims


def test_a_page_tells_it_where_the_part_would_stand(folder, opened):
    view = View(opened, opened.edition("2012"), Wording("nl"))
    touch(folder / "claims.toml")
    told = "\n".join(text_lines(page_of(view, Target("partner", "", "om")), 1000))
    assert f"{folder / 'claims.toml'}: it was changed {OPEN_AGAIN}" in told
    assert "Utrecht" in page_of(view, Target("corps", "utrecht")).title


@pytest.fixture
def while_reading(monkeypatch):
    """Do something when a certain file has been read."""

    def hook(name, act):
        read_text = reading.read_text

        def read(file, *arguments):
            text = read_text(file, *arguments)
            if file.name == name:
                act()
            return text

        monkeypatch.setattr(reading, "read_text", read)

    return hook


def test_an_edition_that_changes_while_it_is_read_is_refused(folder, while_reading):
    while_reading("zeeland.toml", lambda: touch(folder / "corps" / "drenthe.toml"))
    monitor = open_monitor(edition_folders=[folder])
    with pytest.raises(EditionError, match=r"corps/drenthe\.toml: it was changed"):
        monitor.edition("2012")


def test_a_part_that_is_broken_because_it_is_being_saved_is_told_as_changed(folder, opened):
    (folder / "claims.toml").write_text("half a li")
    with pytest.raises(EditionError) as error:
        opened.claims(opened.edition("2012"))
    assert [fault.problem for fault in error.value.faults] == [f"it was changed {OPEN_AGAIN}"]


def test_a_check_tells_what_changed_meanwhile(folder, monitor, while_reading):
    while_reading("zeeland.toml", lambda: touch(folder / "corps" / "drenthe.toml"))
    _, faults = monitor.check(folder)
    assert [fault.file.name for fault in faults] == ["drenthe.toml"]


def test_an_edition_that_has_become_another_is_refused(folder):
    monitor = open_monitor(edition_folders=[folder])
    head = folder / "edition.toml"
    head.write_text(head.read_text().replace('id = "2012"', 'id = "2013"'))
    with pytest.raises(
        EditionError, match=r"edition\.toml: id: found '2013', it was '2012' when the edition was found"
    ):
        monitor.edition("2012")


def test_a_file_that_changes_between_its_first_and_last_byte_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "file.toml"
    file.write_text("a = 1")
    opened = reading.opened

    def opened_late(path):
        file.write_text("b = 22")
        return opened(path)

    monkeypatch.setattr(reading, "opened", opened_late)
    assert reading.read_toml(file, tmp_path) == Fault(file, "", "it changed while it was being read; try again")


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path, monkeypatch):
    file = tmp_path / "file.toml"
    file.write_text("a = 1")
    opened = reading.opened

    def opened_late(path):
        file.unlink()
        os.mkfifo(file)
        return opened(path)

    monkeypatch.setattr(reading, "opened", opened_late)
    assert isinstance(reading.read_toml(file, tmp_path), Fault)


WEIGH = ("--scheme", "referentiekader-2008")


@pytest.fixture
def scores(tmp_path, framework):
    file = tmp_path / "scores.csv"
    header = ",".join(["corps", *framework.dimension_ids])
    green = ",groen" * len(framework.dimensions)
    file.write_text(header + "\n" + "".join(f"x{n}{green}\n" for n in range(20_000)))
    return file


def test_scores_that_are_saved_again_while_they_are_weighed_are_told_of(kmtui, scores):
    with subprocess.Popen(
        [kmtui.path, "weigh", scores, *WEIGH, "--stream"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=kmtui.folder,
        env=kmtui.environment({}),
    ) as process:
        process.stdout.readline()
        touch(scores)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told.decode()) == (
        1,
        f"kmtui: {scores}: it changed while it was being read; weigh it again\n",
    )


def test_a_pipe_in_the_place_of_scores_waits_for_its_writer(kmtui, tmp_path, scores):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [kmtui.path, "weigh", pipe, *WEIGH],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=kmtui.folder,
        env=kmtui.environment({}),
    ) as process:
        assert process.stderr.readline().decode() == f"kmtui: waiting for a writer of {pipe} ...\n"
        with pipe.open("w") as writer:  # opens as soon as there is a reader, which there is by now
            writer.writelines(scores.read_text().splitlines(keepends=True)[:3])
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert out.count(b"\r\n") == 3


def test_a_pipe_of_the_shell_is_read(kmtui, scores):
    command = f'"{kmtui.path}" weigh <(head -n 3 "{scores}") {" ".join(WEIGH)}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=kmtui.environment({}), timeout=60)
    assert done.stdout.count(b"\r\n") == 3


def test_a_device_in_the_place_of_scores_ends(kmtui):
    refused = kmtui("weigh", "/dev/zero", *WEIGH)
    assert refused.status == 1
    assert "more than 1048576 characters" in refused.err
