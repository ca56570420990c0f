"""`kmtui show`: the pages of one corps or dimension as plain text."""

import shutil
import sys
import textwrap
from collections.abc import Sequence

import click

from kmtui.cli.session import Session, pass_session
from kmtui.monitor import UnknownIdError
from kmtui.pages import Line, Page, View, corps_page, dimension_page
from kmtui.terminal import speaks_unicode, visible

INDENT = 4
PIPED_WIDTH = 100
"""Columns of a page that is not printed on a terminal."""


@click.group("show")
def command() -> None:
    """Print what is known of one corps or dimension."""


edition_option = click.option("--edition", "edition_id", help="Edition id; else the newest.")
scheme_option = click.option("--scheme", help="Weigh under this scheme instead of the edition's own.")


@command.command("corps")
@click.argument("corps_id", metavar="ID")
@edition_option
@scheme_option
@pass_session
def show_corps(session: Session, corps_id: str, edition_id: str | None, scheme: str | None) -> None:
    """The verdict of a corps with its reasons, and every score with basis, paragraph and note."""
    view = _view(session, edition_id, scheme)
    _print(corps_page(view, _known("corps", corps_id, list(view.corps))))


@command.command("dimension")
@click.argument("dimension_id", metavar="ID")
@edition_option
@scheme_option
@pass_session
def show_dimension(session: Session, dimension_id: str, edition_id: str | None, scheme: str | None) -> None:
    """The norm of a dimension, its role in the end score, its distribution, and who scores what."""
    view = _view(session, edition_id, scheme)
    _print(dimension_page(view, _known("dimension", dimension_id, list(view.dimensions))))


def _view(session: Session, edition_id: str | None, scheme: str | None) -> View:
    monitor = session.monitor
    edition = monitor.newest() if edition_id is None else monitor.edition(edition_id)
    return View(edition, monitor.weigher_for(edition, scheme), session.wording)


def _known(kind: str, name: str, known: Sequence[str]) -> str:
    if name not in known:
        raise UnknownIdError(kind, name, known)
    return name


def _print(page: Page) -> None:
    """Write a page; what comes from files cannot steer the terminal."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED_WIDTH
    unicode = speaks_unicode()
    click.echo(visible(page.title))
    for line in page.lines:
        text, indent = _plain(line, unicode), " " * (INDENT * line.indent)
        hanging = indent + ("  " if text.startswith("- ") else "")
        for part in textwrap.wrap(
            text, max(40, width), initial_indent=indent, subsequent_indent=hanging, break_long_words=False
        ) or [""]:
            click.echo(part)


def _plain(line: Line, unicode: bool) -> str:
    pieces = []
    for span in line.spans:
        if span.level is not None:
            pieces.append(f"{span.level.glyph if unicode else span.level.ascii} ")
        pieces.append(span.text)
    return visible("".join(pieces))
