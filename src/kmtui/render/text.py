"""Documents as plain text."""

from collections.abc import Iterator

from kmtui.blocks import Document
from kmtui.render.layout import Layout
from kmtui.render.signs import Signs
from kmtui.wording import Wording

NARROWEST = 40
"""Columns of a page at the least."""


def text_lines(document: Document, width: int, unicode: bool = True, about: str = "") -> Iterator[str]:
    """The lines of a document: its title, a line about where it stands if there is one, and its blocks."""
    signs = Signs(unicode, boxed=False)
    yield from (signs.text(head) for head in (document.title, about) if head)
    layout = Layout(max(NARROWEST, width), signs, Wording(document.language))
    for entry in layout.entries(document.blocks):
        for row in entry.rows:
            yield "".join(span.text for span in row).rstrip()
