"""`kmtui report`: what it writes, and what it says where it cannot."""

import subprocess
import sys
import time

import pytest


@pytest.mark.parametrize(
    ("name", "start"), [("r.html", b"<!doctype html>"), ("r.pdf", b"%PDF-1.7"), ("r.HTML", b"<!doc")]
)
def test_the_ending_says_which_form_it_takes(kmtui, tmp_path, name, start):
    done = kmtui("report", "2012", "--corps", "utrecht", "-o", tmp_path / name)
    assert (done.status, done.out) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_name_without_an_ending_is_a_folder(kmtui, tmp_path):
    assert kmtui("report", "--unit", "limburg", "-o", tmp_path / "map").status == 0
    assert sorted(file.name for file in (tmp_path / "map").iterdir()) == [
        "corps-limburg-noord.html",
        "corps-limburg-zuid.html",
        "index.html",
        "unit-limburg.html",
    ]


@pytest.mark.parametrize("name", ["r.html", "r.pdf"])
def test_the_same_day_gives_the_same_bytes(kmtui, tmp_path, name):
    options = ("report", "--corps", "utrecht")
    for folder, more, environment in (
        ("a", ("--date", "2013-05-01"), {}),
        ("b", (), {"SOURCE_DATE_EPOCH": 1367366400}),
    ):
        (tmp_path / folder).mkdir()
        assert kmtui(*options, *more, "-o", tmp_path / folder / name, **environment).status == 0
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("-o", "r.docx"), 2, "'r.docx': found '.docx', expected .html, .pdf, or the name of a folder"),
        (("--corps", "utrect", "-o", "r.html"), 2, "unknown corps 'utrect' (did you mean 'utrecht'?)"),
        (("--unit", "limbrug", "-o", "r.html"), 2, "unknown unit 'limbrug' (did you mean 'limburg'?)"),
        (("2013", "-o", "r.html"), 2, "unknown edition '2013' (did you mean '2012'?)"),
        (("--part", "7", "-o", "r.html"), 2, "'7' is not one of '2', '3', '4', '5'"),
        (("--date", "1 mei", "-o", "r.html"), 2, "'1 mei' does not match the format '%Y-%m-%d'"),
        ((), 2, "Missing option '-o' / '--output'"),
        (("-o", "nergens/r.html"), 1, "nergens/r.html: No such file or directory"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_wrong_is_said_and_nothing_is_written(kmtui, tmp_path, arguments, status, message):
    done = kmtui("report", *arguments, cwd=tmp_path)
    assert (done.status, done.out) == (status, "")
    assert message in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["r.html", "folder"])
def test_a_draft_carries_its_state(kmtui, tmp_path, name):
    options = ("--unit", "limburg", "--lang", "en", "--draft", "hearing")
    assert kmtui("report", *options, "-o", tmp_path / name).status == 0
    files = [tmp_path / name] if name.endswith("html") else list((tmp_path / name).iterdir())
    assert all("Draft</strong>: hearing" in file.read_text("utf-8") for file in files)


def test_a_day_that_is_none_in_the_environment_is_refused(kmtui, tmp_path):
    done = kmtui("report", "--corps", "utrecht", "-o", tmp_path / "r.html", SOURCE_DATE_EPOCH="gisteren")
    assert done.status == 2
    assert "SOURCE_DATE_EPOCH: found 'gisteren', expected a number of seconds" in done.err


@pytest.mark.parametrize(("library", "name"), [("jinja2", "r.html"), ("typst", "r.pdf")])
def test_without_the_extra_it_says_what_to_install(kmtui, tmp_path, library, name):
    call = f"import sys; sys.modules['{library}'] = None; from kmtui.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", call, "report", "--corps", "utrecht", "-o", name],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env=kmtui.environment({}),
        timeout=60,
    )
    assert run.returncode == 1
    assert "pip install 'kmtui[report]'" in run.stderr
    assert "Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_whole_report_is_small_and_soon_written(kmtui, tmp_path):
    start = time.monotonic()
    assert kmtui("report", "2012", "-o", tmp_path / "r.html").status == 0
    assert time.monotonic() - start < 20, "the aim is 2 seconds on a machine that does nothing else"
    assert (tmp_path / "r.html").stat().st_size < 5_000_000
