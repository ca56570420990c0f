"""Documents as plain text on standard output."""

import shutil
import sys

import click

from kmtui.blocks import Document
from kmtui.render.text import text_lines
from kmtui.terminal import speaks_unicode

PIPED_WIDTH = 100
"""Columns of a page that is not printed on a terminal."""


def print_document(document: Document, about: str = "") -> None:
    """Print a document, and below its title what it is about."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED_WIDTH
    for line in text_lines(document, width, speaks_unicode(), about):
        click.echo(line)
