"""`kmtui weigh`: any CSV of scores under any scheme, row by row."""

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from kmtui.cli.options import dialect_option, parameters_option
from kmtui.cli.session import Session, pass_session
from kmtui.cli.weigh_file import steady, weigh_rows
from kmtui.export.delimited import write_rows
from kmtui.files.reading import opened


@click.command("weigh")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--scheme", required=True, help="Id of the weighting scheme.")
@parameters_option
@dialect_option
@pass_session
def command(session: Session, file: Path, scheme: str, parameters: dict[str, int], dialect: str) -> None:
    """Weigh FILE, a CSV of scores ('-': standard input), under a scheme.

    FILE has a column `corps` and one for each dimension id of the scheme's framework.
    A cell is a level id, empty for blank, or several ids with | between them for an open score. The result has the
    columns corps,verdict,possible,reasons. Rows are weighed as they are read; the first wrong one ends it, with file,
    line and column on standard error and exit status 1.
    """
    weigher = session.monitor.weigher(scheme, parameters)
    name = "<stdin>" if str(file) == "-" else str(file)
    with nullcontext(sys.stdin.buffer) if name == "<stdin>" else opened(file) as raw, steady(raw, name):
        write_rows(sys.stdout, ("corps", "verdict", "possible", "reasons"), weigh_rows(raw, name, weigher), dialect)
