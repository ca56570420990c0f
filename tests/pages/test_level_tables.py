"""The printed tables of levels, whose cells are scores, judgements and verdicts."""

from kmtui.blocks import Target, tables
from kmtui.pages.kinds import page_of


def test_the_table_of_partners_has_what_is_known_of_each_cell(view, edition):
    (table,) = tables(page_of(view, Target("table", "", "24")).blocks)
    assert [column.id for column in table.columns] == ["corps", *edition.head.partners]
    for row, corps in zip(table.rows, edition.corps, strict=True):
        found = [tuple(level.id for level in cell.levels) for cell in row.cells[1:]]
        assert found == [corps.partners[name].possible for name in edition.head.partners]
        assert row.cells[1].target == Target("judgement", corps.id, edition.head.partners[0])


def test_the_table_of_end_scores_has_a_column_for_each_edition(view, edition):
    (table,) = tables(page_of(view, Target("table", "", "1")).blocks)
    assert [column.id for column in table.columns] == ["corps", "2008", "2010", "2012"]
    for row, corps in zip(table.rows, edition.corps, strict=True):
        assert tuple(level.id for level in row.cells[-1].levels) == corps.published.possible


def test_the_table_of_scores_leads_to_each_cell(view, framework):
    (table,) = tables(page_of(view, Target("table", "", "2")).blocks)
    assert [column.id for column in table.columns] == ["corps", *framework.dimension_ids]
    assert table.rows[0].cells[1].target == Target("cell", "groningen", framework.dimension_ids[0])
