"""Documents and findings as plain text on standard output."""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence

import click

from kmtui.analysis.findings import FindingsTable
from kmtui.blocks import Document
from kmtui.cli.session import Session
from kmtui.model.base import Text
from kmtui.model.edition import Edition
from kmtui.model.tabular import Cell, Column
from kmtui.render.text import text_lines
from kmtui.terminal import speaks_unicode, visible

LONG = ("text",)
"""Columns of an analysis whose cells are sentences: they are left to CSV."""
PIPED_WIDTH = 100
"""Columns of a page that is not printed on a terminal."""


def print_document(document: Document, about: str = "") -> None:
    """Print a document, and below its title what it is about."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED_WIDTH
    for line in text_lines(document, width, speaks_unicode(), about):
        click.echo(line)


def print_findings(
    session: Session, edition: Edition, tables: Sequence[FindingsTable], left_out: Sequence[Text], title: Text
) -> None:
    """Write the tables of an analysis with the names of what their ids stand for, and what was left out."""
    say = session.wording
    names = _names(session, edition)
    click.echo(visible(say.of(title)))
    click.echo(visible(edition.title))
    for table in tables:
        click.echo()
        if table.title != title:
            click.echo(visible(say.of(table.title)))
        shown = [at for at, column in enumerate(table.columns) if column.name not in LONG]
        columns = [table.columns[at] for at in shown]
        heads = [names["corps"].get(column.name) or say.head(column.name) for column in columns]
        numeric = [column.kind != "string" for column in columns]
        rows = [
            [_cell(session, column, row[at], names) for at, column in zip(shown, columns, strict=True)]
            for row in table.rows
        ]
        for row in aligned_rows([heads, *rows], numeric):
            click.echo(visible(row))
        if not rows:
            click.echo(f"  {say('nothing')}")
    if left_out:
        click.echo()
        click.echo(say("not_considered"))
        for text in left_out:
            for part in textwrap.wrap(say.of(text), PIPED_WIDTH, initial_indent="  - ", subsequent_indent="    "):
                click.echo(visible(part))


def aligned_rows(rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> Iterator[str]:
    """Cells under each other, numbers to the right; the last column is not padded."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(numeric))]
    for row in rows:
        padded = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        yield f"  {'  '.join(padded)}".rstrip()


def _names(session: Session, edition: Edition) -> dict[str, dict[str, str]]:
    """The names of ids, by the column that holds them."""
    say = session.wording
    corps = {one.id: one.name for one in edition.corps}
    dimensions = {one.id: say.of(one.name) for one in session.monitor.framework(edition).dimensions}
    scale = session.monitor.framework(edition).scale
    levels = {level.id: say.of(level.label) for level in (*scale.levels, scale.blank)}
    return {"corps": corps, "subject": corps | {"total": say("total")}, "dimension": dimensions, "": levels}


def _cell(session: Session, column: Column, cell: Cell, names: dict[str, dict[str, str]]) -> str:
    if cell is None:
        return "-"
    if not isinstance(cell, str):
        return session.wording.number(cell)
    known = names[""] if column.levels else names.get(column.name, {})
    if column.values:
        return session.wording.cell(cell)
    return ", ".join(known.get(part, part) for part in cell.split("|"))
