"""`kmtui weigh`: any CSV of scores under any scheme, row by row."""

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from kmtui.cli.session import Session, pass_session
from kmtui.cli.weigh_file import weigh_rows
from kmtui.export import DIALECTS, write_rows


def _parameters(_ctx: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, int]:
    parameters = {}
    for value in values:
        name, _, number = value.partition("=")
        try:
            parameters[name.strip()] = int(number)
        except ValueError:
            raise click.BadParameter(f"found '{value}', expected PARAMETER=NUMBER") from None
    return parameters


@click.command("weigh")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--scheme", required=True, help="Id of the weighting scheme.")
@click.option("--set", "parameters", multiple=True, callback=_parameters, metavar="PARAMETER=NUMBER",
              help="Another value for a parameter that the scheme leaves open; repeatable.")  # fmt: skip
@click.option(
    "--dialect", default="rfc4180", show_default=True, type=click.Choice(list(DIALECTS)), help="Form of the output."
)
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
    with nullcontext(sys.stdin.buffer) if name == "<stdin>" else file.open("rb") as raw:
        write_rows(sys.stdout, ("corps", "verdict", "possible", "reasons"), weigh_rows(raw, name, weigher), dialect)
