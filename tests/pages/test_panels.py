"""Panels of plugins: where they stand, and that one that fails takes nothing else away."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from kmtui import Line, Monitor, Panel, Span, Text
from kmtui.charts import chart_rows
from kmtui.elements import Bars, Role, Target
from kmtui.pages.kinds import KINDS, page_of, target_of
from kmtui.pages.view import View
from kmtui.wording import Wording


def fails(context):
    raise ZeroDivisionError("division by zero")


def stops_halfway(context) -> Iterator[Line]:
    yield Line((Span("one"),))
    raise RuntimeError("no more")


WRONG = {
    "it raises": (fails, "ZeroDivisionError: division by zero"),
    "it stops halfway": (stops_halfway, "RuntimeError: no more"),
    "no lines": (lambda context: None, "TypeError"),
    "text": (lambda context: ["a text"], "expected a Line, found str"),
    "a line of text": (lambda context: [Line(("a", "b"))], "expected a Span"),
    "a span of a number": (lambda context: [Line((Span(3),))], "expected a Span"),
    "a level by its id": (lambda context: [Line((Span("x", level="rood"),))], "expected a Level"),
    "a column of words": (lambda context: [Line((Span("x", at="left"),))], "expected a column"),
    "a target by its id": (lambda context: [Line((Span("x"),), target="corps")], "Target"),
    "a chart of words": (lambda context: [Line((Span("x"),), chart="x")], "expected Bars"),
    "a bar of words": (lambda context: [Line((Span("x"),), chart=Bars((("a", "b"),)))], "panel 'mine' raised"),
    "no figures": (lambda context: [Line((Span(context.figures.table("999").id),))], "KeyError"),
}


@pytest.fixture
def with_panel(monitor, edition):
    """The edition with a panel of a plugin."""

    def build(lines, about="corps"):
        panel = Panel(id="mine", title=Text(nl="Van mij", en="Mine"), about=about, lines=lines)
        owners = {**monitor.registry.owners, ("panel", "mine"): "my-plugin"}
        registry = replace(monitor.registry, panels={"mine": panel}, owners=owners)
        return View(Monitor(registry, monitor.entries), edition, Wording("nl"))

    return build


@pytest.mark.parametrize(
    ("about", "name"), [("corps", "utrecht"), ("dimension", "weging"), ("unit", "limburg"), ("partner", "om")]
)
def test_a_panel_is_the_last_section_of_the_pages_it_is_about(with_panel, monitor, edition, text, about, name):
    view = with_panel(lambda context: [Line((Span(f"about {context.subject}"),), 1)], about)
    page = page_of(view, target_of(about, name))
    assert text(page).endswith(f"\n\nVan mij\nabout {name}")
    for kind in {"corps", "dimension", "unit", "partner"} - {about}:
        assert "Van mij" not in text(page_of(view, target_of(kind, KINDS[kind].ids(view)[0])))
    assert KINDS["panel"].ids(view) == []


def test_a_panel_about_the_edition_is_a_page(with_panel, edition, text):
    view = with_panel(lambda context: [Line((Span(f"{context.subject} {len(context.figures.tables)}"),))], "edition")
    assert KINDS["panel"].ids(view) == ["mine"]
    page = page_of(view, Target("panel", "", "mine"))
    assert page.title == "Van mij"
    assert text(page) == f"2012 {len(view.figures.tables)}"


@pytest.mark.parametrize("wrong", WRONG)
def test_a_panel_that_fails_says_so_in_its_own_place(with_panel, monitor, edition, text, wrong):
    lines, said = WRONG[wrong]
    page = page_of(with_panel(lines), Target("corps", "utrecht"))
    whole = text(page_of(View(monitor, edition, Wording("nl")), Target("corps", "utrecht")))
    assert text(page).startswith(f"{whole}\n\nVan mij\n")
    (told,) = page.lines[-1].spans
    assert told.role is Role.WARNING
    assert told.text.startswith("plugin 'my-plugin': panel 'mine' raised ")
    assert said in told.text


def test_what_a_panel_told_before_it_failed_stays_with_the_fault_after_it(with_panel, text):
    page = page_of(with_panel(stops_halfway), Target("corps", "utrecht"))
    assert text(page).split("Van mij\n")[1].startswith("one\nplugin 'my-plugin'")


def test_a_panel_can_be_told_in_another_thread(with_panel, text):
    view = with_panel(lambda context: [Line((Span("a chart"),), chart=Bars((("half", 0.5),)))])
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda _: page_of(view, Target("corps", "utrecht")), range(8)))
    assert all(page == pages[0] for page in pages)


@pytest.mark.parametrize(("language", "number"), [("nl", "0,5"), ("en", "0.5")])
def test_the_chart_of_a_panel_has_numbers_as_the_reader_writes_them(with_panel, language, number):
    view = with_panel(lambda context: [Line((Span("a chart"),), chart=Bars((("half", 0.5),)))])
    view.say = Wording(language)
    chart = page_of(view, Target("corps", "utrecht")).lines[-1].chart
    assert number in chart_rows(chart, 40, True)[0]
