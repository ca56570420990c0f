"""Tables of judgements that more than one part of the report has."""

from collections.abc import Callable, Iterable, Sequence
from itertools import dropwhile, islice

from kmtui.analysis.projection import projected_on
from kmtui.blocks import Column as TableColumn
from kmtui.blocks import Inline, Role, Span, Table, TableCell, TableRow, Target, cell, inline, source, text_of
from kmtui.model.edition import Corps, Edition
from kmtui.model.score import Judgement, Score
from kmtui.pages.view import View
from kmtui.report.words import WORDS
from kmtui.wording import BASIS

EDITIONS = 3
"""How many editions stand beside each other: the one that the report is about, and those before it."""


class Print:
    """A view, and the words of the report in its language."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __call__(self, key: str) -> str:
        """A word of the report (raises KeyError)."""
        return self.view.say.of(WORDS[key])


def editions(view: View) -> list[Edition]:
    """The edition of the report and those before it, oldest first, as they look on its framework."""
    older = dropwhile(lambda edition: edition.id != view.edition.id, view.monitor.openable())
    next(older, None)
    seen = (found for edition in older if (found := projected_on(view.monitor, edition, view.framework)))
    return [*reversed(list(islice(seen, EDITIONS - 1))), view.edition]


def corps_of(edition: Edition, corps_id: str) -> Corps | None:
    """A corps of an edition, None where it has no corps of this id."""
    return next((corps for corps in edition.corps if corps.id == corps_id), None)


def judged(view: View, judgement: Judgement | None, target: Target | None = None) -> TableCell:
    """The cell of a judgement; `open` alone where every level is possible."""
    if judgement is None:
        return TableCell((Span("-"),))
    return level_cell(view, judgement.possible, target=target)


def level_cell(view: View, possible: Sequence[str], *more: Inline, target: Target | None = None) -> TableCell:
    """The cell of possible levels; `open` alone where every level is possible."""
    everything = set(possible) >= set(view.scale.ids)
    return view.level_cell(possible, *more, brief=everything, target=target)


def by_edition(
    view: View,
    corps_id: str,
    columns: Iterable[tuple[str, str, Callable[[Corps], Judgement | None], Target | None]],
    caption: str,
    shown: Sequence[Edition],
) -> Table:
    """A row for each edition and a column for each id, title and judgement of a corps: the colour cells of the source.

    The cells of the view's own edition lead to the target of their column.
    """
    columns = list(columns)
    rows = []
    for edition in shown:
        corps = corps_of(edition, corps_id)
        own = edition is view.edition
        found = (judged(view, get(corps) if corps else None, to if own else None) for _, _, get, to in columns)
        rows.append(TableRow((cell(edition.id), *found)))
    heads = (view.level_column(column_id, title) for column_id, title, _, _ in columns)
    return Table(f"{caption}-{corps_id}", (TableColumn("edition", view.say("edition")), *heads), tuple(rows), caption)


def evidence(view: View, title: str, rows: Iterable[tuple[str, Score]], caption: str) -> Table:
    """What judgements rest on: levels, basis, paragraphs and note, a row for each name and judgement."""
    say = view.say
    columns = (
        TableColumn("about", title),
        view.level_column("level", say("level")),
        TableColumn("basis", say("basis")),
        TableColumn("note", say("note")),
    )
    made = []
    for about, score in rows:
        relies = (Span(f" {say('cell')} {say('relies')}.", Role.WARNING),) if score.relies_on_verdict else ()
        note = inline(
            text_of(score.note) if score.note else "", " " if score.note else "", source(score.source), relies
        )
        basis = cell(say.of(BASIS[score.basis]))
        made.append(TableRow((cell(about), level_cell(view, score.possible), basis, TableCell(note))))
    return Table("evidence", columns, tuple(made), caption)
