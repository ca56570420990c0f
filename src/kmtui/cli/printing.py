"""Pages as plain text on standard output."""

import shutil
import sys
import textwrap

import click

from kmtui.charts import PLAIN_TREND, chart_rows
from kmtui.elements import Line, Page, Role
from kmtui.terminal import speaks_unicode, visible

INDENT = 4
PIPED_WIDTH = 100
"""Columns of a page that is not printed on a terminal."""


def print_page(page: Page) -> None:
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
        if line.chart is not None:
            for row in chart_rows(line.chart, max(40, width) - len(indent), unicode):
                click.echo(indent + row)


def _plain(line: Line, unicode: bool) -> str:
    pieces = []
    for span in line.spans:
        if span.level is not None:
            pieces.append(f"{span.level.glyph if unicode else span.level.ascii} ")
        pieces.append(span.text.translate(PLAIN_TREND) if span.role is Role.TREND and not unicode else span.text)
    return visible("".join(pieces))
