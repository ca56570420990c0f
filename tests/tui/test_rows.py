"""How a page is turned: pure arithmetic on rows."""

from hypothesis import given
from hypothesis import strategies as st

from kmtui.tui.widgets.rows import OVERLAP, Rows

pages = st.builds(Rows.of, st.lists(st.integers(1, 40), min_size=1, max_size=30), st.integers(0, 30))


def places(rows: Rows) -> st.SearchStrategy[tuple[int, int]]:
    """A line, and a row at the top of the screen."""
    return st.tuples(st.integers(0, len(rows.starts) - 2), st.integers(0, rows.bounded(rows.starts[-1])))


def seen(rows: Rows, top: int) -> set[int]:
    return set(range(top, min(top + rows.height, rows.starts[-1])))


@given(rows=pages)
def test_each_row_belongs_to_the_line_that_covers_it(rows: Rows) -> None:
    for line in range(len(rows.starts) - 1):
        assert {rows.line_at(row) for row in rows.of_line(line)} == {line}
    assert rows.line_at(rows.starts[-1]) == len(rows.starts) - 1


@given(rows=pages, data=st.data())
def test_what_is_revealed_is_whole_or_from_its_beginning(rows: Rows, data: st.DataObject) -> None:
    line, top = data.draw(places(rows))
    found = rows.reveal(line, top)
    assert found == rows.bounded(found)
    assert rows.reveal(line, found) == found or len(rows.of_line(line)) > rows.height
    wanted = list(rows.of_line(line))[: rows.height]
    assert set(wanted) <= seen(rows, found)


@given(rows=pages, data=st.data())
def test_what_is_whole_in_sight_stays_where_it_is(rows: Rows, data: st.DataObject) -> None:
    line, top = data.draw(places(rows))
    if set(rows.of_line(line)) <= seen(rows, top):
        assert rows.reveal(line, top) == top
        assert rows.read_on(line, top, 1) == rows.read_on(line, top, -1) == top


@given(rows=pages, data=st.data())
def test_reading_on_leaves_no_row_out_and_comes_to_an_end(rows: Rows, data: st.DataObject) -> None:
    line, _ = data.draw(places(rows))
    for direction, start in ((1, rows.reveal(line, 0)), (-1, rows.bounded(rows.of_line(line).stop - rows.height))):
        top, read = start, seen(rows, start)
        while (following := rows.read_on(line, top, direction)) != top:
            assert (following > top) == (direction > 0)
            top = following
            read |= seen(rows, top)
        assert set(rows.of_line(line)) <= read


@given(rows=pages)
def test_turning_leaves_no_row_out(rows: Rows) -> None:
    top, read = 0, seen(rows, 0)
    while (following := rows.bounded(top + rows.page)) != top:
        assert rows.height <= OVERLAP or following - top <= rows.height - OVERLAP
        top = following
        read |= seen(rows, top)
    assert read == set(range(rows.starts[-1]))


@given(rows=pages, data=st.data())
def test_lines_in_sight_are_those_with_a_row_on_the_screen(rows: Rows, data: st.DataObject) -> None:
    _, top = data.draw(places(rows))
    assert list(rows.in_sight(top)) == sorted({rows.line_at(row) for row in seen(rows, top)})
