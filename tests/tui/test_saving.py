"""What is on the screen as a file, in the clipboard, or as a picture."""

import base64
import csv
import io
import re
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from kmtui.pages.kinds import CELLS, KINDS, rows_of
from kmtui.tui import saving
from kmtui.tui.saving import RefusedError, place_of
from kmtui.tui.screens.save import SaveScreen

SENT = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def asked(hand) -> Input:
    """Press the key, and wait for the question."""
    await hand.press("W")
    await hand.until(lambda: isinstance(hand.app.screen, SaveScreen))
    return hand.app.screen.query_one(Input)


def told(hand) -> str:
    return str(hand.app.screen.query_one("#message", Static).visual)


def noted(hand) -> str:
    return "\n".join(note.message for note in hand.app._notifications)


# To a file


async def test_the_matrix_is_written_as_the_rows_that_it_shows(open_app, tmp_path: Path) -> None:
    async with open_app() as hand:
        await hand.press("slash")
        await hand.type("gelderland")
        await hand.press("enter")
        field = await asked(hand)
        assert str(tmp_path / "2012-matrix-scores.csv") in told(hand).replace("\n", "")
        assert field.value == "2012-matrix-scores.csv"
        assert not list(tmp_path.glob("*.csv"))
        await hand.press("enter")
        await hand.until(lambda: str(tmp_path / "2012-matrix-scores.csv") in noted(hand))
    found = rows((tmp_path / "2012-matrix-scores.csv").read_bytes().decode())
    assert [row["id"] for row in found] == ["noord-en-oost-gelderland", "gelderland-midden", "gelderland-zuid"]
    assert found[1]["gedragscode"] == "geel"
    assert found[1]["financieel-rechercheren"] == "geel|groen"
    assert found[2]["computed"] == found[2]["published"] == "rood"


@pytest.mark.parametrize("digit", "145")
async def test_a_matrix_is_written_as_it_stands(open_app, digit: str) -> None:
    async with open_app() as hand:
        await hand.press(digit, "s")
        grid, shown = hand.app.screen.grid, hand.matrix.row_lines.rows
        found = rows(hand.app.screen.extract().text)
    assert tuple(row["id"] for row in found) == shown
    for row in found:
        levels = [row[column] for column in (*(column.id for column in grid.columns), *grid.ends)]
        judged = grid.row(row["id"])
        assert levels == ["|".join(possible or ()) for possible in (*judged.cells, *judged.ends)]


async def test_rules_of_another_framework_are_in_the_name_and_the_columns(open_app, monitor) -> None:
    async with open_app() as hand:
        await hand.press("S")
        extract = hand.app.screen.extract()
        assert extract.name == "2012-referentiekader-2013-matrix-scores.csv"
        wanted = monitor.registry.frameworks["referentiekader-2013"].dimension_ids
        assert set(wanted) < set(rows(extract.text)[0])


@pytest.mark.parametrize(("keys", "column"), [((), "kind"), (("r",), "kind"), (("X",), "reasons_from")])
async def test_a_comparison_is_written_as_the_rows_of_the_command(open_app, keys, column) -> None:
    async with open_app() as hand:
        await hand.press("7", *keys)
        extract = hand.app.screen.extract()
        assert extract.name.startswith("2012-compare-")
        assert " " not in extract.name
        assert rows(extract.text)[0][column] is not None


@pytest.mark.parametrize(
    ("keys", "name", "column", "value"),
    [
        (("c",), "2012-corps-groningen.csv", "corps", "groningen"),
        (("d",), "2012-dimension-referentiekader.csv", "dimension", "referentiekader"),
        (("enter",), "2012-cell-groningen-referentiekader.csv", "corps", "groningen"),
    ],
)
async def test_a_page_is_written_as_the_rows_that_it_is_about(open_app, keys, name, column, value) -> None:
    async with open_app() as hand:
        await hand.press(*keys)
        extract = hand.app.screen.extract()
        assert extract.name == name
        found = rows(extract.text)
        assert found
        assert {row[column] for row in found} == {value}


@pytest.mark.parametrize("kind", [kind for kind in (*CELLS, *KINDS) if rows_of(kind)])
async def test_every_kind_of_page_has_its_rows(open_app, kind: str) -> None:
    from kmtui.pages.grids import Target
    from kmtui.pages.kinds import page_of, siblings

    async with open_app() as hand:
        view = hand.app.view
        first = next(iter(CELLS[kind].column_ids(view))) if kind in CELLS else ""
        target = siblings(view, Target(kind, "", first))[0]
        extract = saving.of_page(view, page_of(view, target), hand.app.signs)
        assert extract.name.endswith(".csv")
        assert rows(extract.text)


async def test_any_other_page_is_written_as_it_reads(open_app) -> None:
    from kmtui.pages.grids import Target
    from kmtui.pages.kinds import page_of, siblings

    async with open_app() as hand:
        view = hand.app.view
        extract = saving.of_page(view, page_of(view, siblings(view, Target("scheme"))[0]), hand.app.signs)
        assert extract.name.endswith(".txt")
        assert len(extract.text.splitlines()) > 10


@pytest.mark.parametrize(
    ("ending", "start", "within"),
    [
        (".md", "# Kennemerland\n", "\\[2.16.8\\]"),
        (".html", "<!doctype html>", "<h1>Kennemerland</h1>"),
    ],
)
async def test_a_page_is_written_in_the_form_that_the_name_asks_for(open_app, tmp_path, ending, start, within) -> None:
    async with open_app() as hand:
        await hand.press(*"jjjjjjjjjjj", "c")
        await hand.until(lambda: "Kennemerland" in str(hand.app.screen.query_one("#title", Static).visual))
        field = await asked(hand)
        field.value = f"pagina{ending}"
        await hand.press("enter")
        await hand.until(lambda: (tmp_path / f"pagina{ending}").exists())
    text = (tmp_path / f"pagina{ending}").read_text("utf-8")
    assert text.startswith(start)
    assert within in text


async def test_a_file_is_overwritten_only_when_asked_twice(open_app, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("mine")
    async with open_app() as hand:
        field = await asked(hand)
        field.value = "mine.csv"
        await hand.press("enter")
        await hand.until(lambda: "bestaat al" in told(hand))
        assert (tmp_path / "mine.csv").read_text() == "mine"
        field.value = "mine.cs"
        field.value = "mine.csv"
        await hand.until(lambda: "bestaat al" not in told(hand))
        await hand.press("enter")
        await hand.until(lambda: "bestaat al" in told(hand))
        await hand.press("enter")
        await hand.until(lambda: not isinstance(hand.app.screen, SaveScreen))
    assert (tmp_path / "mine.csv").read_text() != "mine"


async def test_escape_writes_nothing(open_app, tmp_path: Path) -> None:
    async with open_app() as hand:
        await asked(hand)
        await hand.press("escape")
        await hand.until(lambda: not isinstance(hand.app.screen, SaveScreen))
    assert not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("nl", "../out.csv", "Alleen mogelijk onder"),
        ("en", "/tmp/out.csv", "Only possible below"),
        ("en", "missing/out.csv", "Not written: No such file"),
        ("nl", "way/out.csv", "Alleen mogelijk onder"),
        ("nl", " ", "Geef een naam"),
        ("en", "nul\0.csv", "Not written:"),
    ],
)
async def test_what_cannot_be_written_is_told_in_place(open_app, tmp_path: Path, language, name, expected) -> None:
    (tmp_path / "way").symlink_to("/tmp")
    async with open_app(language=language) as hand:
        field = await asked(hand)
        field.value = name
        await hand.press("enter")
        await hand.until(lambda: expected in told(hand))
        assert isinstance(hand.app.screen, SaveScreen)


def test_without_a_folder_for_exports_files_go_where_one_stands(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert place_of("a.csv", {}) == tmp_path / "a.csv"
    assert place_of("/b/a.csv", {}) == Path("/b/a.csv")
    with pytest.raises(RefusedError):
        place_of("/b/a.csv", {"KMTUI_EXPORT_DIR": str(tmp_path)})


async def test_a_picture_is_called_after_what_it_shows(open_app, tmp_path: Path) -> None:
    name = "2012-cell-groningen-referentiekader.svg"
    async with open_app() as hand:
        await hand.press("P")
        await hand.until(lambda: isinstance(hand.app.screen, SaveScreen))
        await hand.press("enter")
        await hand.until(lambda: (tmp_path / name).is_file())
    assert (tmp_path / name).read_text().startswith("<svg")


# To the clipboard


async def test_the_clipboard_gets_what_would_be_written(open_app, monkeypatch) -> None:
    async with open_app() as hand:
        await hand.press("c")
        written: list[str] = []
        monkeypatch.setattr(hand.app._driver, "write", written.append)
        await hand.press("y")
        await hand.until(lambda: "Naar het klembord gestuurd" in noted(hand))
        (sent,) = SENT.findall("".join(written))
        assert base64.b64decode(sent).decode() == hand.app.screen.extract().text


async def test_what_is_too_long_for_the_clipboard_is_offered_as_a_file(open_app, monkeypatch) -> None:
    monkeypatch.setattr("kmtui.tui.saving.CLIPBOARD_LIMIT", 1000)
    async with open_app() as hand:
        await hand.press("y")
        await hand.until(lambda: isinstance(hand.app.screen, SaveScreen))
        assert "Te veel voor het klembord" in noted(hand)
        assert hand.app.clipboard == ""


async def test_a_terminal_without_a_clipboard_is_offered_a_file(open_app, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    async with open_app() as hand:
        await hand.press("y")
        await hand.until(lambda: isinstance(hand.app.screen, SaveScreen))
        assert "geen klembord" in noted(hand)


async def test_gnu_screen_gets_only_what_it_passes_on(open_app, monkeypatch) -> None:
    """An unwrapped sequence would become the title of its window."""
    monkeypatch.setenv("TERM", "screen")
    monkeypatch.setenv("STY", "1.pts-0.host")
    async with open_app() as hand:
        await hand.press("c")
        written: list[str] = []
        monkeypatch.setattr(hand.app._driver, "write", written.append)
        await hand.press("y")
        await hand.until(lambda: "Naar het klembord gestuurd" in noted(hand))
        (sent,) = (data for data in written if "]52;" in data)
        assert not re.sub(r"\x1bP.{1,250}?\x1b\\", "", sent, flags=re.DOTALL), "everything is wrapped"
        (passed_on,) = SENT.findall(re.sub(r"\x1bP(.*?)\x1b\\", r"\1", sent, flags=re.DOTALL))
        assert base64.b64decode(passed_on).decode() == hand.app.clipboard
