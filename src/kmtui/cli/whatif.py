"""`kmtui whatif`: the end score of a corps with other scores."""

from collections.abc import Iterable

import click

from kmtui.cli.completion import SCHEME, page_id
from kmtui.cli.context import pass_session
from kmtui.cli.options import csv_options, edition_option, parameters_option
from kmtui.cli.printing import print_document
from kmtui.cli.session import Session
from kmtui.cli.streams import results
from kmtui.export.compared import WHATIF_COLUMNS, whatif_rows
from kmtui.export.delimited import Dialect, write_rows
from kmtui.monitor import UnknownIdError
from kmtui.pages.view import View
from kmtui.pages.whatif import whatif_page


@click.command("whatif")
@click.argument("corps_id", type=page_id("corps"), metavar="CORPS")
@click.argument("changes", nargs=-1, metavar="[DIMENSION=LEVEL]...")
@edition_option
@click.option("--scheme", type=SCHEME, help="Weigh under this scheme instead of the edition's own.")
@parameters_option
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of text.")
@csv_options
@pass_session
def command(
    session: Session,
    corps_id: str,
    changes: tuple[str, ...],
    edition_id: str | None,
    scheme: str | None,
    parameters: dict[str, int],
    as_csv: bool,
    dialect: Dialect,
) -> None:
    """Give CORPS other scores, and see its end score before and after, with the reasons.

    LEVEL is a level id, nothing for a blank, or several ids with | between them for an open score. After that come the
    fewest improvements that lead to each better end score, the single steps that change it, and the dimensions that do
    so when they are left out; without any DIMENSION=LEVEL, from the scores as they are.

    \b
    --csv  edition,corps,scheme,case,step,dimension,from,to,possible

    case is now, then, improvement, deterioration, left-out, or to-LEVEL for a set of fewest improvements; rows of one
    step of a case belong together, and possible is the end score with that step.
    """
    monitor, edition = session.monitor, session.edition(edition_id)
    view = View(monitor, edition, session.wording, scheme)
    if corps_id not in view.corps:
        raise UnknownIdError("corps", corps_id, view.corps)
    weigher = monitor.weigher(view.weigher.scheme.id, parameters, edition.head.period.end)
    changed = _changes(view, changes)
    if as_csv:
        levels = {name: score.possible for name, score in view.corps[corps_id].scores.items()}
        rows = whatif_rows(edition.id, corps_id, weigher, levels, changed)
        write_rows(results(), WHATIF_COLUMNS, rows, dialect)
        return
    print_document(whatif_page(view, weigher, corps_id, changed), view.edition.title)


def _changes(view: View, changes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    changed: dict[str, tuple[str, ...]] = {}
    for dimension, levels in (_change(view, change) for change in changes):
        if dimension in changed:
            raise click.UsageError(
                f"dimension '{dimension}' is given twice, expected one level or several with | between"
            )
        changed[dimension] = levels
    return changed


def _change(view: View, change: str) -> tuple[str, tuple[str, ...]]:
    dimension, equals, levels = change.partition("=")
    if not equals:
        raise click.UsageError(f"found '{change}', expected DIMENSION=LEVEL")
    if dimension not in view.dimensions:
        raise UnknownIdError("dimension", dimension, view.dimensions)
    return dimension, _levels(view, levels)


def _levels(view: View, levels: str) -> tuple[str, ...]:
    """Level ids, worst first; the blank's id alone says the same as nothing."""
    blank = view.scale.blank.id
    if levels in ("", blank):
        return ()
    known = (*view.scale.ids, blank)
    for level in levels.split("|"):
        if level not in known:
            raise UnknownIdError("level", level, known)
    return view.scale.ordered(levels.split("|"))
