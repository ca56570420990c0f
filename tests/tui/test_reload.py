"""Where files of the edition have changed, a key reads them again; where they are broken, what was there stays."""

import os
import shutil

import pytest

from kmtui import open_monitor
from kmtui.plugins.discovery import bundled_folder


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(bundled_folder("editions") / "2012", tmp_path / "2012")


@pytest.fixture
def opened(folder):
    return open_monitor(edition_folders=[folder])


ONE_MORE = """
[[recommendations]]
id = "nieuw-01"
addressees = ["politie"]
theme = "toezicht"
text = "Nog een."
source = ["5.1"]
"""


def hints(hand) -> str:
    return hand.static("hints")


def substitute(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


async def test_a_changed_file_offers_the_key_that_reads_it_again(open_app, opened, folder) -> None:
    async with open_app(opened) as hand:
        assert "gewijzigd" not in hints(hand)
        with (folder / "recommendations.toml").open("a") as file:
            file.write(ONE_MORE)
        await hand.press("0")
        await hand.until(lambda: "it was changed while" in hand.text)
        await hand.until(lambda: "Bestanden gewijzigd: E opnieuw lezen" in hints(hand))
        await hand.press("E")
        await hand.until(lambda: "58 aanbevelingen" in hand.text)
        assert "gewijzigd" not in hints(hand)


async def test_the_matrix_shows_the_scores_as_they_are_now(open_app, opened, folder) -> None:
    async with open_app(opened) as hand:
        old = opened.edition("2012")
        assert old.corps[0].scores["referentiekader"].level == "groen"
        cursor = hand.cell
        substitute(
            folder / "corps" / "groningen.toml",
            '[scores.referentiekader]\nlevel = "groen"',
            '[scores.referentiekader]\nlevel = "rood"',
        )
        await hand.press("E")
        await hand.until(lambda: hand.app.view.edition is not old)
        assert hand.app.view.edition.corps[0].scores["referentiekader"].level == "rood"
        await hand.until(lambda: "Rood" in hand.pane)
        assert hand.cell == cursor


async def test_screens_below_follow(open_app, opened, folder) -> None:
    async with open_app(opened) as hand:
        await hand.press("enter")
        await hand.until(lambda: hand.depth == 2)
        substitute(folder / "edition.toml", "Korpsmonitor prostitutie & mensenhandel 2011-2012", "Een andere titel")
        await hand.press("E")
        await hand.until(lambda: "Een andere titel" in hand.title)
        await hand.press("escape")
        await hand.until(lambda: "Een andere titel" in hand.title)


async def test_broken_files_change_nothing_and_say_so(open_app, opened, folder) -> None:
    async with open_app(opened, size=(120, 30)) as hand:
        shown = hand.app.view
        (folder / "corps" / "utrecht.toml").write_text("half a li")
        await hand.press("E")
        await hand.until(lambda: any("Niet opnieuw gelezen:" in note.message for note in hand.app._notifications))
        assert hand.app.view is shown
        shutil.copy2(bundled_folder("editions") / "2012" / "corps" / "utrecht.toml", folder / "corps")
        os.utime(folder / "corps" / "utrecht.toml")
        await hand.press("E")
        await hand.until(lambda: hand.app.view is not shown)
