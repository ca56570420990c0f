"""Rows of cells under each other: where each begins, so that columns line up however levels are drawn."""

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from kmtui.elements import SIGN_ROOM, Span

Cell = str | Sequence[Span]
GAP = 2
"""Columns between cells."""


def aligned(rows: Sequence[Sequence[Cell]], right: Collection[int] = ()) -> Iterator[tuple[Span, ...]]:
    """The spans of each row, with those columns set to the `right` whose numbers are given; the last needs no room."""
    told = [[(Span(cell),) if isinstance(cell, str) else tuple(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*told, strict=True)]
    starts = [sum(widths[:column]) + GAP * column for column in range(len(widths))]
    for row in told:
        spans: list[Span] = []
        for column, (cell, start, width) in enumerate(zip(row, starts, widths, strict=True)):
            if _width(cell):
                at = start + (width - _width(cell) if column in right else 0)
                spans += [replace(cell[0], at=at), *cell[1:]]
        yield tuple(spans)


def _width(cell: Sequence[Span]) -> int:
    return sum(len(span.text) + SIGN_ROOM * (span.level is not None) for span in cell)
