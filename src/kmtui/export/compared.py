"""Comparisons as rows: two editions, two schemes, other scores of a corps. Column names are a promise."""

from collections.abc import Iterator, Mapping, Sequence

from kmtui.analysis.compare import EditionComparison, Shift, UnderBoth
from kmtui.analysis.improve import prospects
from kmtui.export.tables import reasons_cell
from kmtui.weighing.weigher import Weigher

EDITION_COLUMNS = ("old", "new", "subject", "kind", "dimension", "from", "to", "direction")
WHATIF_COLUMNS = ("edition", "corps", "scheme", "case", "step", "dimension", "from", "to", "possible")
SCHEME_COLUMNS = ("edition", "subject", "old", "new", "from", "to", "direction", "reasons_from", "reasons_to")


def edition_rows(found: EditionComparison) -> Iterator[tuple[str, ...]]:
    """Each end score and score of two editions; what only one of them publishes is left out."""
    for course in found.courses:
        shifts = [("published", "", course.published), ("computed", "", course.computed)]
        shifts += [("score", name, shift) for name, shift in course.dimensions.items()]
        for kind, dimension, shift in shifts:
            if shift is not None:
                yield found.old, found.new, course.subject, kind, dimension, *_cells(shift)


def scheme_rows(edition: str, old: str, new: str, found: tuple[UnderBoth, ...]) -> Iterator[tuple[str, ...]]:
    """Each end score under two schemes, and what decides it."""
    for one in found:
        reasons = (reasons_cell(one.old_deciding), reasons_cell(one.new_deciding))
        yield edition, one.subject, old, new, *_cells(one.verdict), *reasons


def _cells(shift: Shift) -> tuple[str, str, str]:
    return "|".join(shift.old), "|".join(shift.new), shift.direction


def whatif_rows(
    edition: str,
    corps: str,
    weigher: Weigher,
    levels: Mapping[str, Sequence[str]],
    changes: Mapping[str, Sequence[str]],
) -> Iterator[tuple[str, ...]]:
    """The end score as it is and with the changes, and from there each change that would matter.

    `case` is now, then, improvement, deterioration, left-out, or to-LEVEL for a set of fewest improvements; rows of one
    `step` of a case belong together.
    """
    about, then = (edition, corps, weigher.scheme.id), {**levels, **changes}

    def row(case: str, step: int, dimension: str, to: Sequence[str], possible: Sequence[str]) -> tuple[str, ...]:
        return (*about, case, str(step), dimension, "|".join(then.get(dimension, ())), "|".join(to), "|".join(possible))

    yield row("now", 1, "", (), weigher.possible(levels))
    if changes:
        possible = weigher.possible(then)
        for dimension, found in changes.items():
            old = "|".join(levels.get(dimension, ()))
            yield (*about, "then", "1", dimension, old, "|".join(found), "|".join(possible))
    prospect = prospects(weigher, then)
    cases = [("improvement", prospect.improvements), ("deterioration", prospect.deteriorations)]
    cases += [(f"to-{route.goal}", route.moves) for route in prospect.routes]
    for case, moves in cases:
        for step, move in enumerate(moves, 1):
            for taken in move.steps:
                yield row(case, step, taken.dimension, (taken.level,), move.possible)
    for step, (dimension, left) in enumerate(prospect.without.items(), 1):
        yield row("left-out", step, dimension, (), left)
