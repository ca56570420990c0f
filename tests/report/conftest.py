"""The report of the bundled edition, as blocks and as HTML."""

from datetime import date

import pytest
from lxml import html as lxml_html

from kmtui.pages.view import View
from kmtui.render.html import html
from kmtui.report.compose import report
from kmtui.wording import Wording

DAY = date(2013, 5, 1)


@pytest.fixture(scope="session")
def view(monitor, edition):
    return View(monitor, edition, Wording("nl"))


@pytest.fixture(scope="session")
def whole(view):
    return report(view, day=DAY)


@pytest.fixture(scope="session")
def page(whole):
    """The whole report as HTML, parsed by another library."""
    return lxml_html.fromstring(html(whole))
