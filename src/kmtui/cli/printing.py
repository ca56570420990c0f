"""Pages as plain text on standard output."""

import shutil
import sys
import textwrap
from collections.abc import Iterable

import click

from kmtui.charts import PLAIN_TREND, chart_rows
from kmtui.elements import Page, Role, Span
from kmtui.terminal import speaks_unicode, visible

INDENT = 4
PIPED_WIDTH = 100
"""Columns of a page that is not printed on a terminal."""


def print_page(page: Page, about: str = "") -> None:
    """Write a page, and below its title what it is about; what comes from files cannot steer the terminal."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED_WIDTH
    unicode = speaks_unicode()
    for head in filter(None, (page.title, about)):
        click.echo(visible(head))
    for line in page.lines:
        lead, indent = _plain(line.lead(width // 2), unicode), " " * (INDENT * line.indent)
        text = _plain(line.spans, unicode)[len(lead) :]
        hanging = indent + " " * (len(lead) or 2 * text.startswith("- "))
        for part in textwrap.wrap(
            text, max(40, width), initial_indent=indent + lead, subsequent_indent=hanging, break_long_words=False
        ) or [""]:
            click.echo(part)
        if line.chart is not None:
            for row in chart_rows(line.chart, max(40, width) - len(indent), unicode):
                click.echo(indent + row)


def _plain(spans: Iterable[Span], unicode: bool) -> str:
    text = ""
    for span in spans:
        if span.at is not None:
            text += " " * max(span.at - len(text), 1 if text else 0)
        if span.level is not None:
            text += f"{span.level.glyph if unicode else span.level.ascii} "
        text += span.text.translate(PLAIN_TREND) if span.role is Role.TREND and not unicode else span.text
    return visible(text)
