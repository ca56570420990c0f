"""Panels of plugins: where they stand, and that one that fails takes nothing else away."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from kmtui import Line, Monitor, Panel, Span, Text, heading, line
from kmtui.blocks import Bars, Block, Column, Items, Paragraph, Role, Table, TableRow, Target, cell, item, paragraph
from kmtui.pages.kinds import KINDS, page_of, target_of
from kmtui.pages.view import View
from kmtui.plugins.panel_blocks import MOST
from kmtui.wording import Wording


def fails(context):
    raise ZeroDivisionError("division by zero")


def stops_halfway(context) -> Iterator[Block]:
    yield paragraph("one")
    raise RuntimeError("no more")


def never_ends(context) -> Iterator[Block]:
    while True:
        yield paragraph("more")


WRONG = {
    "it raises": (fails, "ZeroDivisionError: division by zero"),
    "it stops halfway": (stops_halfway, "RuntimeError: no more"),
    "it never ends": (never_ends, f"more than {MOST} blocks"),
    "no blocks": (lambda context: None, "TypeError"),
    "text": (lambda context: ["a text"], "found str, expected Section or"),
    "a paragraph of text": (lambda context: [Paragraph(("a", "b"))], "spans[0]: found 'a', expected Span"),
    "a span of a number": (lambda context: [paragraph(Span(3))], "spans[0].text: found 3, expected str"),
    "a level by its id": (lambda context: [paragraph(Span("x", level="rood"))], "found str, expected Level"),
    "a target by its id": (lambda context: [paragraph("x", target="corps")], "target: found str, expected Target"),
    "a bar of words": (lambda context: [Bars((("a", "b"),))], "values[0][1]: found str"),
    "an item of text": (lambda context: [Items(("a",))], "items[0]: found 'a', expected Item"),
    "a block in an item": (lambda context: [Items((item("a", blocks=("b",)),))], "blocks[0]: found str"),
    "a cell of text": (lambda context: [Table("t", (Column("a", "A"),), (TableRow(("a",)),))], "expected TableCell"),
    "no figures": (lambda context: [paragraph(context.figures.table("999").id)], "KeyError"),
}


@pytest.fixture
def with_panel(monitor, edition):
    """The edition with a panel of a plugin."""

    def build(blocks=None, about="corps", **options):
        panel = Panel(id="mine", title=Text(nl="Van mij", en="Mine"), about=about, blocks=blocks, **options)
        owners = {**monitor.registry.owners, ("panel", "mine"): "my-plugin"}
        registry = replace(monitor.registry, panels={"mine": panel}, owners=owners)
        return View(Monitor(registry, monitor.entries), edition, Wording("nl"))

    return build


@pytest.mark.parametrize(
    ("about", "name"), [("corps", "utrecht"), ("dimension", "weging"), ("unit", "limburg"), ("partner", "om")]
)
def test_a_panel_is_the_last_section_of_the_pages_it_is_about(with_panel, text, about, name):
    view = with_panel(lambda context: [paragraph(f"about {context.subject}")], about)
    page = page_of(view, target_of(about, name))
    assert text(page).endswith(f"\n\nVan mij\nabout {name}")
    for kind in {"corps", "dimension", "unit", "partner"} - {about}:
        assert "Van mij" not in text(page_of(view, target_of(kind, KINDS[kind].ids(view)[0])))
    assert KINDS["panel"].ids(view) == []


def test_a_panel_about_the_edition_is_a_page(with_panel, text):
    view = with_panel(lambda context: [paragraph(f"{context.subject} {len(context.figures.tables)}")], "edition")
    assert KINDS["panel"].ids(view) == ["mine"]
    page = page_of(view, Target("panel", "", "mine"))
    assert page.title == "Van mij"
    assert text(page) == f"2012 {len(view.figures.tables)}"


@pytest.mark.parametrize("wrong", WRONG)
def test_a_panel_that_fails_says_so_in_its_own_place(with_panel, monitor, edition, entries, text, wrong):
    blocks, reason = WRONG[wrong]
    page = page_of(with_panel(blocks), Target("corps", "utrecht"))
    whole = text(page_of(View(monitor, edition, Wording("nl")), Target("corps", "utrecht")))
    assert text(page).startswith(f"{whole}\n\nVan mij\n")
    spans = [span for row in entries(page)[-1].rows for span in row if span.text.strip()]
    assert spans[0].role is Role.WARNING
    assert spans[0].text.startswith("plugin 'my-plugin': panel 'mine' raised ")
    assert reason in spans[0].text


def test_what_a_panel_gave_before_it_failed_stays_with_the_fault_after_it(with_panel, text):
    page = page_of(with_panel(stops_halfway), Target("corps", "utrecht"))
    assert text(page).split("Van mij\n")[1].startswith("one\nplugin 'my-plugin'")


def test_tables_and_charts_of_a_panel_are_like_those_of_other_pages(with_panel, text):
    table = Table("t", (Column("a", "A"),), (TableRow((cell("x"),)),))
    page = page_of(with_panel(lambda context: [table, Bars((("half", 0.5),))]), Target("corps", "utrecht"))
    assert "\nA\nx\nhalf 0,5 " in text(page)


def test_a_panel_of_api_version_1_gives_lines(with_panel, text):
    def lines(context):
        yield heading("Telling")
        yield Line((Span(context.subject),), 1)
        yield line("naar ", Span("het korps"), indent=2, target=Target("corps", context.subject))

    page = page_of(with_panel(lines=lines), Target("corps", "utrecht"))
    assert text(page).endswith("Van mij\nTelling\nutrecht\n- naar het korps")


@pytest.mark.parametrize("both", [{}, {"blocks": lambda context: (), "lines": lambda context: ()}])
def test_a_panel_gives_blocks_or_lines_and_not_both(both):
    with pytest.raises(ValueError, match="expected blocks, or lines"):
        Panel(id="mine", title=Text(nl="Van mij", en="Mine"), about="corps", **both)
