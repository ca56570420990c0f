"""Documents laid out in rows: nothing is wider than there is room, nothing is lost, bars are true to their values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.blocks import (
    Bars,
    Column,
    Course,
    Document,
    Items,
    Role,
    Span,
    Table,
    TableRow,
    Target,
    cell,
    inline,
    item,
    note,
    paragraph,
    section,
)
from kmtui.render.layout import Layout, wrap
from kmtui.render.signs import Signs, width_of
from kmtui.render.text import text_lines
from kmtui.wording import Wording

SIGNS = Signs(True, boxed=False)


def rows(*blocks, width=60, unicode=True, say="nl"):
    layout = Layout(width, Signs(unicode, boxed=False), Wording(say))
    return ["".join(span.text for span in row) for entry in layout.entries(blocks) for row in entry.rows]


words = st.text(st.sampled_from("abc é日"), max_size=60)


@given(st.lists(st.tuples(words, st.sampled_from(list(Role)[:4])), max_size=6), st.integers(4, 40))
def test_running_text_keeps_to_its_width_and_loses_no_word(parts, width):
    spans = [Span(text, role) for text, role in parts]
    made = wrap(spans, width, SIGNS)
    for row in made:
        assert sum(width_of(span.text) for span in row) <= width
    shown = "".join(span.text for row in made for span in row)
    assert "".join(shown.split()) == "".join("".join(text for text, _ in parts).split())


def test_a_word_across_spans_is_not_broken_between_them():
    made = wrap([Span("een lang "), Span("woord", Role.NAME), Span(": waarde")], 12, SIGNS)
    assert ["".join(span.text for span in row) for row in made] == ["een lang", "woord:", "waarde"]


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("width", [30, 40, 100])
def test_a_chart_keeps_to_its_width_and_its_signs(width, unicode):
    bars = Bars((("Noord- en Oost-Gelderland", 700), ("Utrecht", 0.5), ("niets", 0), ("\x1b[31mrood", None)))
    course = Course(((2008, 4), (2010, 8.5), (2011, 0)))
    for chart in (bars, course):
        made = rows(chart, width=width, unicode=unicode)
        assert max(map(width_of, made)) <= width
        assert unicode or "".join(made).isascii()
        assert not any("\x1b" in row for row in made)


EIGHTHS = " ▏▎▍▌▋▊▉█"


def length(row):
    """The length of a bar in eighths of a cell."""
    return sum(EIGHTHS.index(sign) for sign in row if sign in EIGHTHS)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=8).filter(any))
def test_the_length_of_a_bar_is_in_proportion_to_its_value_from_zero(values):
    made = rows(Bars(tuple((chr(97 + at), value) for at, value in enumerate(values))))
    unit = max(map(length, made)) / max(values)
    for row, value in zip(made, values, strict=True):
        assert abs(length(row) - value * unit) <= 1


def test_negative_bars_go_to_the_left_of_where_positive_ones_begin():
    down, up, none = rows(Bars((("a", -10), ("b", 10), ("c", 0))), width=40)
    assert down.rindex("█") < up.index("█")
    assert down.count("█") == pytest.approx(up.count("█"), abs=1)
    assert "█" not in none


def test_a_year_without_a_value_is_a_gap_and_not_a_zero():
    first, gap, last = rows(Course(((2010, 3705.5), (2012, 5))))
    assert first.startswith("2010 ")
    assert "3705,5" in first
    assert gap.split() == ["2011", "geen", "getal"]
    assert last.startswith("2012")
    assert "no number" in rows(Course(((2010, 1), (2011, None))), say="en")[1]


def table(**options):
    columns = (Column("name", "Naam"), Column("count", "Aantal", "number", align="right"), Column("text", "Uitleg"))
    made = (
        TableRow((cell("alfa"), cell("5", number=5), cell("een lange uitleg die niet in een kolom past")), Target("x")),
        TableRow((cell("bèta"), cell("12", number=12), cell("kort")), group="B", note=inline("een noot")),
    )
    return Table("t", columns, made, **options)


def test_the_cells_of_a_table_stand_under_each_other_and_wrap_where_there_is_little_room():
    head, first, group, second, below = rows(table(), width=100)
    assert head.index("Uitleg") == first.index("een lange") == second.index("kort")
    assert first.index("5") == second.index("12") + 1
    assert group.strip() == "B"
    assert below.strip() == "een noot"
    narrow = rows(table(), width=36)
    assert max(map(width_of, narrow)) <= 36
    assert [word for row in narrow for word in row.split()].count("uitleg") == 1


def test_what_belongs_to_an_item_or_a_section_is_indented_and_sections_stand_apart():
    document = Document(
        Target("x"),
        "Titel",
        (
            paragraph("eerst"),
            section("a", "Kop", Items((item("punt", blocks=(note("noot"),)),)), section("b", "Onder", paragraph("x"))),
            section("c", "Kop 2", paragraph("y")),
        ),
    )
    assert list(text_lines(document, 80)) == [
        "Titel",
        "eerst",
        "",
        "Kop",
        "    - punt",
        "        noot",
        "",
        "    Onder",
        "        x",
        "",
        "Kop 2",
        "    y",
    ]


def test_courses_with_one_top_share_a_scale():
    first, second = (rows(Course(((2010, value), (2011, value)), top=100))[0] for value in (100, 50))
    assert first.count("█") == pytest.approx(2 * second.count("█"), abs=1)
