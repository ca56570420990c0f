"""Blocks as Markdown: read back by another library, they say the same, whatever their texts are."""

import pytest
from markdown_it import MarkdownIt

from kmtui.blocks import (
    Column,
    Document,
    Facts,
    Items,
    Section,
    Table,
    TableRow,
    Target,
    cell,
    fact,
    inline,
    item,
    paragraph,
)
from kmtui.render.markdown import markdown
from kmtui.terminal import visible

CRAFTED = [
    "# kop",
    "1. punt",
    "- streep",
    "> citaat",
    "<script>alert(1)</script>",
    "[tekst](javascript:alert)",
    "![plaatje](x)",
    "**vet** _schuin_ ~~door~~ `code`",
    "a | b",
    "&amp; &copy;",
    "\\",
    "===",
    "\x1b[31m\u202eom",
]


def read(text):
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def contents(text):
    """The text of every inline token, without markup, and the kinds of all tokens within."""
    inlines = [token for token in read(text) if token.type == "inline"]
    children = [child for token in inlines for child in token.children]
    shown = ["".join(child.content for child in token.children if child.type == "text") for token in inlines]
    return shown, {child.type for child in children}


@pytest.mark.parametrize("text", CRAFTED)
def test_texts_keep_their_characters_and_never_become_markup(text):
    table = Table("t", (Column("a", text),), (TableRow((cell(text),)),), text)
    blocks = (paragraph(text), Items((item(text),)), Facts((fact("x", text),)), Section("s", inline(text), (table,)))
    shown, kinds = contents(markdown(Document(Target("x"), text, blocks)))
    assert kinds <= {"text", "text_special", "strong_open", "strong_close"}
    expected = visible(text)
    assert [one.removeprefix("x: ") for one in shown] == [expected] * len(shown)
    assert len(shown) == 8


def test_every_block_is_there(everything):
    text = markdown(Document(Target("x"), "Titel", everything))
    kinds = [token.type for token in read(text)]
    assert kinds.count("table_open") == 3
    for kind in ("heading_open", "bullet_list_open", "ordered_list_open", "blockquote_open"):
        assert kind in kinds
    shown = " ".join(contents(text)[0])
    for part in ("Tekst naam[1.2]weg", "oordeel: Niveau", "cijfers: Aantal (stuks)", "▼ V niveau a◆ W niveau b"):
        assert part in shown
    for part in (
        "Bijschrift",
        "groep",
        "Nb (7)",
        "een noot",
        "zonder cellen",
        "Som",
        "voetnoot zeven",
        "-1,5",
    ):
        assert part in shown
