"""What the tests of pages share: the edition in view, a page as text, and where its parts lead."""

import pytest

from kmtui.pages.view import View
from kmtui.render.layout import Layout
from kmtui.render.signs import Signs
from kmtui.wording import Wording


@pytest.fixture
def view(monitor, edition):
    return View(monitor, edition, Wording("nl"))


@pytest.fixture
def entries():
    """The entries of a page, each as wide as it needs."""

    def lay_out(page):
        layout = Layout(100_000, Signs(True, boxed=False), Wording(page.language))
        return list(layout.entries(page.blocks))

    return lay_out


@pytest.fixture
def text(entries):
    """A page as text, one line for each entry, with one blank between its words."""

    def plain(page):
        return "\n".join(" ".join(entry.text.split()) for entry in entries(page))

    return plain


@pytest.fixture
def targets(entries):
    """Where the entries of a page lead, links in running text apart."""

    def found(page):
        return [entry.target for entry in entries(page) if entry.target]

    return found
