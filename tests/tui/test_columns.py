"""Where the columns of the matrix stand: a pure function of width, names, areas and cursor."""

from collections.abc import Sequence
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui import Framework
from kmtui.tui.widgets.columns import CELL_WIDTHS, END_WIDTH, NARROWEST_NAME, Columns, lay_out

SMALLEST = 40
"""The narrowest screen on which the matrix promises to be whole."""

FOUR_AREAS = [*"aaaa", *"bbbb", *"cccc", *"ddddd"]

areas_in_blocks = st.lists(st.integers(1, 12), min_size=1, max_size=8).map(
    lambda sizes: [chr(ord("a") + at) for at, size in enumerate(sizes) for _ in range(size)]
)
any_areas = st.lists(st.sampled_from("abc"), min_size=1, max_size=40)
widths = st.integers(SMALLEST, 250)
names = st.integers(1, 60)


def runs(areas: Sequence[str]) -> list[list[int]]:
    """The columns of each area, areas that come back counted anew."""
    return [list(members) for _, members in groupby(range(len(areas)), key=lambda column: areas[column])]


def shown(columns: Columns) -> list[int]:
    return [column for column, _ in columns.shown]


@given(width=widths, longest=names, areas=areas_in_blocks | any_areas, data=st.data())
def test_nothing_overlaps_and_nothing_lies_beyond_the_screen(
    width: int, longest: int, areas: list[str], data: st.DataObject
) -> None:
    found = lay_out(width, longest, areas, data.draw(st.integers(0, len(areas) - 1)), END_WIDTH)
    taken = [(0, found.name_width), *((gap, gap + 1) for gap in found.gaps)]
    taken += [(x, x + found.cell_width) for _, x in found.shown]
    taken.append((found.end_x, found.end_x + END_WIDTH))
    taken.sort()
    assert all(start < end for start, end in taken)
    for (_, end), (start, _) in pairwise(taken):
        assert end == start, "columns follow on one another, without overlap and without holes"
    assert taken[-1][1] <= width


@given(width=widths, longest=names, areas=areas_in_blocks | any_areas, data=st.data())
def test_the_column_of_the_cursor_is_shown(width: int, longest: int, areas: list[str], data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(areas) - 1))
    found = lay_out(width, longest, areas, cursor, END_WIDTH)
    assert found.x(cursor) is not None
    assert shown(found) == list(range(shown(found)[0], shown(found)[-1] + 1)), "a page is a run of columns"
    assert all(found.x(column) is None for column in range(len(areas)) if column not in shown(found))


@given(width=widths, longest=names, areas=areas_in_blocks | any_areas)
def test_every_column_is_reached_and_belongs_to_one_page(width: int, longest: int, areas: list[str]) -> None:
    pages = {tuple(shown(lay_out(width, longest, areas, cursor, END_WIDTH))) for cursor in range(len(areas))}
    assert sorted(column for page in pages for column in page) == list(range(len(areas)))


@given(width=widths, longest=names, areas=areas_in_blocks | any_areas, data=st.data())
def test_a_page_looks_the_same_from_each_of_its_columns(
    width: int, longest: int, areas: list[str], data: st.DataObject
) -> None:
    found = lay_out(width, longest, areas, data.draw(st.integers(0, len(areas) - 1)), END_WIDTH)
    assert {lay_out(width, longest, areas, column, END_WIDTH) for column in shown(found)} == {found}


@given(width=widths, longest=names, areas=areas_in_blocks | any_areas)
def test_an_area_that_fits_is_kept_whole(width: int, longest: int, areas: list[str]) -> None:
    for run in runs(areas):
        pages = [lay_out(width, longest, areas, column, END_WIDTH) for column in run]
        room = width - END_WIDTH - pages[0].name_width
        if len(run) * pages[0].cell_width + 1 <= room:
            assert len(set(pages)) == 1


@given(width=widths, longest=names, areas=areas_in_blocks | any_areas, data=st.data())
def test_a_rule_stands_before_each_area_and_nowhere_else(
    width: int, longest: int, areas: list[str], data: st.DataObject
) -> None:
    found = lay_out(width, longest, areas, data.draw(st.integers(0, len(areas) - 1)), END_WIDTH)
    starts = [group[0] for group in runs([areas[column] for column in shown(found)])]
    assert found.gaps == tuple(found.shown[start][1] - 1 for start in starts)


@given(width=widths, longest=names, areas=areas_in_blocks | any_areas)
def test_rows_without_an_end_leave_its_room_to_names_and_cells(width: int, longest: int, areas: list[str]) -> None:
    assert lay_out(width, longest, areas, 0, 0) == lay_out(width + END_WIDTH, longest, areas, 0, END_WIDTH)


@given(width=widths, longest=names, areas=areas_in_blocks | any_areas)
def test_cells_are_as_wide_as_the_names_leave_room_for(width: int, longest: int, areas: list[str]) -> None:
    found = lay_out(width, longest, areas, 0, END_WIDTH)
    assert found.cell_width in CELL_WIDTHS
    wider = [cell for cell in CELL_WIDTHS if cell > found.cell_width]
    if len(found.shown) == len(areas):
        needed = longest + 1 + END_WIDTH + len(runs(areas))
        assert all(needed + cell * len(areas) > width for cell in wider)
    else:
        assert found.cell_width == CELL_WIDTHS[-1]


@given(longest=names, areas=areas_in_blocks | any_areas, width=widths)
def test_a_wider_screen_never_shows_less(longest: int, areas: list[str], width: int) -> None:
    now, wider = (lay_out(at, longest, areas, 0, END_WIDTH) for at in (width, width + 1))
    assert len(shown(wider)) >= len(shown(now))


@given(width=st.integers(0, SMALLEST), longest=names, areas=areas_in_blocks | any_areas, data=st.data())
def test_no_screen_is_too_small_to_lay_out(width: int, longest: int, areas: list[str], data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(areas) - 1))
    assert lay_out(width, longest, areas, cursor, END_WIDTH).x(cursor) is not None


@pytest.mark.parametrize(("width", "cell"), [(60, 2), (80, 2), (100, 3), (120, 4), (132, 5), (200, 5)])
def test_widths_of_cells_on_usual_screens(width: int, cell: int) -> None:
    found = lay_out(width, 32, FOUR_AREAS, 0, END_WIDTH)
    assert (found.cell_width, len(found.shown)) == (cell, len(FOUR_AREAS))


def test_a_narrow_screen_is_split_into_pages_of_whole_areas() -> None:
    pages = {tuple(shown(lay_out(SMALLEST, 32, FOUR_AREAS, cursor, END_WIDTH))) for cursor in range(len(FOUR_AREAS))}
    assert sorted(pages) == [tuple(range(8)), tuple(range(8, 12)), tuple(range(12, 17))]


def test_an_area_wider_than_the_screen_is_broken() -> None:
    areas = ["one"] * 30
    pages = sorted({tuple(shown(lay_out(SMALLEST, 32, areas, cursor, END_WIDTH))) for cursor in range(len(areas))})
    assert len(pages) > 1
    assert all(len(runs([areas[column] for column in page])) == 1 for page in pages)


def test_names_give_way_before_columns_do() -> None:
    assert lay_out(60, 32, FOUR_AREAS, 0, END_WIDTH).name_width >= NARROWEST_NAME
    assert len(lay_out(60, 32, FOUR_AREAS, 0, END_WIDTH).shown) == len(FOUR_AREAS)


def test_short_names_take_no_more_than_they_need() -> None:
    assert lay_out(40, 3, FOUR_AREAS, 0, END_WIDTH).name_width <= 4


def test_the_bundled_framework_stands_whole_on_80_columns(framework: Framework) -> None:
    found = lay_out(80, 32, [dimension.area for dimension in framework.dimensions], 0, END_WIDTH)
    assert len(found.shown) == len(framework.dimensions)
