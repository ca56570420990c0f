"""Tables sorted, filtered and as rows of a CSV file."""

import pytest

from kmtui.blocks import Column, Table, TableCell, TableRow, cell, inline
from kmtui.render.arrange import FilterError, Order, csv_columns, csv_rows, filtered, ordered


@pytest.fixture
def table(framework):
    scale = framework.scale
    worst, middle, best = scale.levels

    def level(*levels):
        return TableCell(inline(" of ".join(found.label.nl for found in levels)), None, levels)

    columns = (
        Column("name", "Naam"),
        Column("count", "Aantal", "number"),
        Column("level", "Niveau", "level", levels=(*scale.levels, scale.blank)),
    )
    rows = (
        TableRow((cell("bèta"), cell("12", number=12), level(best)), note=inline("let op")),
        TableRow((cell("Alfa"), cell("Nb"), level(worst, middle)), group="G"),
        TableRow((cell("gamma"), cell("5", number=5), level())),
        TableRow((cell("delta"), cell("5", number=5), level(worst))),
    )
    return Table("t", columns, rows, totals=(TableRow((cell("som"), cell("22", number=22))),))


def names(table):
    return [row.cells[0].text for row in table.rows]


@pytest.mark.parametrize(
    ("column", "descending", "expected"),
    [
        (0, False, ["Alfa", "bèta", "delta", "gamma"]),
        (1, False, ["gamma", "delta", "bèta", "Alfa"]),
        (1, True, ["bèta", "gamma", "delta", "Alfa"]),
        (2, False, ["delta", "Alfa", "bèta", "gamma"]),
        (2, True, ["bèta", "Alfa", "delta", "gamma"]),
    ],
)
def test_rows_are_sorted_by_any_column_both_ways_and_empty_cells_come_last(table, column, descending, expected):
    found = ordered(table, Order(column, descending))
    assert names(found) == expected
    assert found.columns[column].head.endswith("↓" if descending else "↑")
    assert found.totals == table.totals


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("", ["bèta", "Alfa", "gamma", "delta"]),
        ("ta", ["bèta", "delta"]),
        ("LET", ["bèta"]),
        ("level:rood", ["Alfa", "delta"]),
        ("niv:geel,groen", ["bèta", "Alfa"]),
        ("name:al,gam", ["Alfa", "gamma"]),
        (">5", ["bèta"]),
        ("count>=5 delta", ["delta"]),
        ("aantal=5", ["gamma", "delta"]),
        ("count!=5", ["bèta"]),
        ("<6", ["gamma", "delta"]),
    ],
)
def test_rows_are_filtered_by_words_values_and_numbers(table, expression, expected):
    found = filtered(table, expression)
    assert names(found) == expected
    assert bool(found.totals) == (expected == names(table)), "a total of all rows is none of some"


@pytest.mark.parametrize(("expression", "wrong"), [("kleur:rood", "column 'kleur'"), ("count>veel", "found 'veel'")])
def test_a_filter_names_what_is_wrong_with_it(table, expression, wrong):
    with pytest.raises(FilterError, match=wrong):
        filtered(table, expression)


def test_a_table_in_csv_has_ids_of_levels_exact_numbers_groups_and_notes(table):
    assert csv_columns(table) == ["group", "name", "count", "level", "note"]
    assert list(csv_rows(table))[:2] == [
        ["", "bèta", "12", "groen", "let op"],
        ["G", "Alfa", "Nb", "rood|geel", ""],
    ]
