"""Pages as plain text, word for word; renew with --snapshot-update, and read what changes."""

import pytest

from kmtui.blocks import Target
from kmtui.pages.kinds import page_of
from kmtui.pages.view import View
from kmtui.render.text import text_lines
from kmtui.wording import Wording

PAGES = {
    "score": Target("cell", "kennemerland", "korpsexpert-mandaat"),
    "corps": Target("corps", "kennemerland"),
    "indicator": Target("indicator", "", "5.controles-vergund"),
    "paragraph": Target("paragraph", "", "2.16.5"),
    "rolled": Target("rolled", "limburg", "weging"),
    "table": Target("table", "", "22"),
    "weighing": Target("weighing", "", "kennemerland"),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_as_it_did(monitor, edition, snapshot, page, language):
    document = page_of(View(monitor, edition, Wording(language)), PAGES[page])
    assert "\n".join(text_lines(document, 100)) == snapshot
