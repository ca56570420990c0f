"""`kmtui weigh`: any CSV of scores under any scheme, row by row."""

import os
import stat
import sys
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

import click

from kmtui.cli.context import pass_session
from kmtui.cli.options import csv_options, parameters_option
from kmtui.cli.session import Session
from kmtui.cli.streams import results, telling_of_waiting
from kmtui.cli.weigh_file import read_header, steady, weigh_rows
from kmtui.export.delimited import Dialect, Out, write_header, write_more, write_rows
from kmtui.model.scheme import WeightingScheme
from kmtui.terminal import visible
from kmtui.weighing.weigher import Weigher

COLUMNS = ("corps", "verdict", "possible", "reasons")
LONG = 2**20
"""Bytes from which on a file is weighed in blocks, where there are pyarrow and numpy for it."""


@click.command("weigh")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--scheme", required=True, help="Id of the weighting scheme.")
@parameters_option
@csv_options
@pass_session
def command(session: Session, file: Path, scheme: str, parameters: dict[str, int], dialect: Dialect) -> None:
    """Weigh FILE, a CSV of scores ('-': standard input), under a scheme.

    FILE has a column `corps` and one for each dimension id of the scheme's framework.
    A cell is a level id, empty for blank, or several ids with | between them for an open score. The result has the
    columns corps,verdict,possible,reasons. Rows are weighed as they are read; the first wrong one ends it, with file,
    line and column on standard error and exit status 1.
    """
    weigher = session.monitor.weigher(scheme, parameters)
    name, out = "<stdin>" if str(file) == "-" else str(file), results()
    with nullcontext(sys.stdin.buffer) if name == "<stdin>" else _opened(file) as raw, steady(raw, name):
        weighed, is_whole = 0, False
        if _is_for_blocks(raw, weigher):
            weighed, is_whole = _weigh_blocks(raw, name, weigher, dialect, out)
        if is_whole:
            return
        rows = weigh_rows(raw, name, weigher, after=weighed)
        if weighed:
            write_more(out, rows, dialect, at_once=1)
        else:
            write_rows(out, COLUMNS, rows, dialect, at_once=1)  # others may still be on their way in


def _opened(file: Path) -> BinaryIO:
    """The file, open for reading (raises OSError). A named pipe opens when its writer does, like standard input."""
    with telling_of_waiting(f"waiting for a writer of {visible(str(file))}"):
        return file.open("rb")


def _is_for_blocks(raw: BinaryIO, weigher: Weigher) -> bool:
    status = os.fstat(raw.fileno())
    is_long = stat.S_ISREG(status.st_mode) and status.st_size >= LONG
    is_ruled = isinstance(weigher.scheme, WeightingScheme)
    return is_long and is_ruled and all(find_spec(package) for package in ("numpy", "pyarrow"))


def _weigh_blocks(raw: BinaryIO, name: str, weigher: Weigher, dialect: Dialect, out: Out) -> tuple[int, bool]:
    """Weigh as many rows as are plain: how many, and whether these are all; if not, the file is at its beginning."""
    from kmtui.cli.weigh_blocks import NotPlainError, weigh_blocks

    weighed = 0
    try:
        for rows, text in weigh_blocks(raw, read_header(raw, name, weigher.framework.dimension_ids), weigher, dialect):
            if not weighed:
                write_header(out, COLUMNS, dialect)
            out.write(text)
            weighed += rows
    except NotPlainError:
        raw.seek(0)
        return weighed, False
    return weighed, weighed > 0
