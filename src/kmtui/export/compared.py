"""Comparisons as rows: two editions beside each other, and two schemes on one edition. Column names are a promise."""

from collections.abc import Iterator

from kmtui.analysis.compare import EditionComparison, Shift, UnderBoth
from kmtui.export.tables import reasons_cell

EDITION_COLUMNS = ("old", "new", "subject", "kind", "dimension", "from", "to", "direction")
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
