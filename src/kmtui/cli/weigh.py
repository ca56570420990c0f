"""`kmtui weigh`: scores from a file under any scheme."""

import codecs
import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

import click

from kmtui.cli.completion import SCHEME
from kmtui.cli.context import pass_session
from kmtui.cli.options import csv_options, parameters_option
from kmtui.cli.session import Session
from kmtui.cli.streams import results, telling_of_waiting
from kmtui.cli.weigh_file import KEY, MOST, ScoreReader, WeighFileError, steady, weighed
from kmtui.export.delimited import Dialect, Out, write_header, write_more
from kmtui.files.sheets import DELIMITERS, SheetError, read_sheet
from kmtui.model.scheme import WeightingScheme
from kmtui.terminal import visible
from kmtui.weighing.weigher import Weigher

COLUMNS = ("verdict", "possible", "reasons", "warning")
"""The columns behind those that name a subject."""
LONG = 2**20
"""Bytes from which on a file is weighed in blocks, where there are pyarrow and numpy for it."""
HELD = 2**20
"""Bytes of a result that are held in memory until the file is known to be right; more go to a temporary file."""


def _names(_ctx: click.Context, _option: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _encoding(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        return codecs.lookup(value).name if value else None
    except LookupError:
        raise click.BadParameter(f"found '{value}', expected an encoding such as utf-8 or windows-1252") from None


@click.command("weigh")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--scheme", type=SCHEME, required=True, help="Id of the weighting scheme.")
@parameters_option
@click.option(
    "--by",
    multiple=True,
    default=KEY,
    show_default=True,
    callback=_names,
    help="Columns that name a subject, with commas between them.",
)
@click.option("--ignore", "ignored", multiple=True, callback=_names, help="Columns to skip, with commas between them.")
@click.option(
    "--delimiter", type=click.Choice(list(DELIMITERS)), help="What stands between cells; else it is recognised."
)
@click.option("--encoding", callback=_encoding, help="Encoding of the file; else it is recognised.")
@click.option("--stream", is_flag=True, help="Write each row when it is weighed; the first fault ends it.")
@csv_options
@pass_session
def command(
    session: Session,
    file: Path,
    scheme: str,
    parameters: dict[str, int],
    by: tuple[str, ...],
    ignored: tuple[str, ...],
    delimiter: str | None,
    encoding: str | None,
    stream: bool,
    dialect: Dialect,
) -> None:
    """Weigh FILE, a table of scores ('-': standard input), under a scheme.

    FILE has a column `corps` and one for each dimension id of the scheme's framework, or is what `kmtui export matrix`
    or `export scores` wrote, as CSV, XLSX or Parquet. A cell is a level by id, label or letter, empty for a blank, or
    several levels with | between them for an open score. Commas, semicolons, tabs, UTF-8, UTF-16 and Windows-1252 are
    recognised; what is not plain CSV is reported on standard error.

    The result has the columns corps,verdict,possible,reasons,warning. Where some scores are blank the warning says on
    how many dimensions a verdict rests. All faults of a file are reported with line and column, and then nothing is
    written (exit status 1); --stream writes the rows before the first fault.

    A blank brings no cap into force, does not count as a weak score beside others, and limits no other dimension; in a
    rule of points it costs what the rule says. A row of blanks has no verdict. `kmtui scheme ID` shows the rules.
    """
    weigher = session.monitor.weigher(scheme, parameters)
    name = "<stdin>" if str(file) == "-" else str(file)
    is_plain = not ignored and by == KEY and delimiter in (None, "comma") and encoding is None
    with (
        nullcontext(sys.stdin.buffer) if name == "<stdin>" else _opened(file) as raw,
        steady(raw, name),
        nullcontext(results()) if stream else _held(results()) as out,
    ):
        if is_plain and _is_for_blocks(raw, weigher):
            done = _weigh_blocks(raw, weigher, dialect, out)
            if done is None:
                return
            raw.seek(0)
        else:
            done = 0
        separator = DELIMITERS[delimiter] if delimiter else None
        _weigh_rows(raw, name, weigher, by, ignored, separator, encoding, dialect, out, done, stream)


def _weigh_rows(
    raw: BinaryIO,
    name: str,
    weigher: Weigher,
    by: Sequence[str],
    ignored: Sequence[str],
    delimiter: str | None,
    encoding: str | None,
    dialect: Dialect,
    out: Out,
    after: int,
    stream: bool,
) -> None:
    """Weigh the rows after so many, row by row (raises WeighFileError)."""
    try:
        sheet = read_sheet(raw, name, delimiter, encoding)
        reader = ScoreReader(sheet, weigher, by, ignored)
    except SheetError as error:
        raise WeighFileError([str(error)]) from None

    def rows() -> Iterator[tuple[str, ...]]:
        for scored in reader.scores(after):
            if not reader.faults:
                yield weighed(scored, weigher)
            elif stream:
                return

    if not after:
        write_header(out, (*by, *COLUMNS), dialect)
    write_more(out, rows(), dialect, at_once=1 if stream else 256)
    if reader.faults:
        raise WeighFileError(reader.faults[: 1 if stream else MOST])
    if sheet.recognised:
        click.echo(f"kmtui: {visible(name)}: read as {', '.join(sheet.recognised)}", err=True)


@contextmanager
def _held(out: Out) -> Iterator[Out]:
    """Hold what is written until all of it is known to be right, and then pass it on."""
    with SpooledTemporaryFile(HELD) as spool:
        held = io.TextIOWrapper(spool, "utf-8", newline="", write_through=True)
        yield held
        held.seek(0)
        while text := held.read(HELD):
            out.write(text)


def _opened(file: Path) -> BinaryIO:
    """The file, open for reading (raises OSError). A named pipe opens when its writer does, like standard input."""
    with telling_of_waiting(f"waiting for a writer of {visible(str(file))}"):
        return file.open("rb")


def _is_for_blocks(raw: BinaryIO, weigher: Weigher) -> bool:
    status = os.fstat(raw.fileno())
    is_long = stat.S_ISREG(status.st_mode) and status.st_size >= LONG
    is_ruled = isinstance(weigher.scheme, WeightingScheme)
    return is_long and is_ruled and all(find_spec(package) for package in ("numpy", "pyarrow"))


def _weigh_blocks(raw: BinaryIO, weigher: Weigher, dialect: Dialect, out: Out) -> int | None:
    """Weigh as many rows as are plain: how many these are, or None where they are all."""
    from kmtui.cli.weigh_blocks import NotPlainError, weigh_blocks

    done = 0
    try:
        for rows, text in weigh_blocks(raw, weigher, dialect):
            if not done:
                write_header(out, (*KEY, *COLUMNS), dialect)
            out.write(text)
            done += rows
    except NotPlainError:
        return done
    return None if done else 0
