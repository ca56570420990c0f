"""Cells under each other, and how lines that are longer than the screen go on below them."""

from kmtui.cli.printing import print_page
from kmtui.elements import Page, Span, Target, line
from kmtui.pages.aligned import aligned


def text(spans):
    told = ""
    for span in spans:
        told = told.ljust(span.at or 0) + span.text
    return told


def test_columns_line_up_at_the_left_or_at_the_right():
    rows = [["", "2012", "how many"], ["Utrecht", "Groen", "7"], ["Zaanstreek-Waterland", "", "12"]]
    assert [text(row) for row in aligned(rows, right={2})] == [
        "                      2012   how many",
        "Utrecht               Groen         7",
        "Zaanstreek-Waterland               12",
    ]


def test_a_level_has_room_for_its_sign(view):
    rows = [[tuple(view.levels(["groen"])), "x"], ["123456789", "x"]]
    assert [row[-1].at for row in aligned(rows)] == [11, 11]
    rows = [[tuple(view.levels(["groen"])), "x"], ["12345", "x"]]
    assert [row[-1].at for row in aligned(rows)] == [11, 11]


def test_a_line_goes_on_behind_the_columns_before_its_text(capsys):
    print_page(Page(Target("x"), "title", (line("12", Span("word " * 40, at=6), indent=1),)))
    first, *others = capsys.readouterr().out.splitlines()[1:]
    assert first.startswith("    12    word")
    assert others
    assert all(row.startswith(" " * 10 + "word") for row in others)
    print_page(Page(Target("x"), "title", (line("12", Span("word " * 40, at=90), indent=1),)))
    assert capsys.readouterr().out.splitlines()[2].startswith("    word"), "too far to the right to go on there"


def test_what_is_longer_than_its_column_keeps_apart_from_the_next(capsys):
    print_page(Page(Target("x"), "title", (line("12345678", Span("next", at=4)),)))
    assert "12345678 next" in capsys.readouterr().out
