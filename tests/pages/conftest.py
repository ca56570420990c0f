"""What the tests of pages share: the edition as it is looked at, and a page as text."""

import pytest

from kmtui.pages.view import View
from kmtui.wording import Wording


@pytest.fixture
def view(monitor, edition):
    return View(monitor, edition, Wording("nl"))


@pytest.fixture
def text():
    """A page as text, one line for each of its lines, with a blank before each column."""

    def told(page):
        return "\n".join("".join(f"{' ' if span.at else ''}{span.text}" for span in line.spans) for line in page.lines)

    return told
