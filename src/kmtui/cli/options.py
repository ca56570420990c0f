"""Options that several commands have."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from kmtui.cli.completion import EDITION
from kmtui.export.delimited import DIALECTS, dialect_of


def _parameters(_ctx: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, int]:
    parameters = {}
    for value in values:
        name, _, number = value.partition("=")
        try:
            parameters[name.strip()] = int(number)
        except ValueError:
            raise click.BadParameter(f"found '{value}', expected PARAMETER=NUMBER") from None
    return parameters


parameters_option = click.option(
    "--set",
    "parameters",
    multiple=True,
    callback=_parameters,
    metavar="PARAMETER=NUMBER",
    help="Another value for a parameter that the scheme leaves open; repeatable.",
)


def csv_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options for the form of a CSV; the function gets them as one `dialect`."""

    @click.option(
        "--dialect",
        "dialect_name",
        default="rfc4180",
        show_default=True,
        type=click.Choice(list(DIALECTS)),
        help="; ".join(f"{name}: {dialect.help}" for name, dialect in DIALECTS.items()),
    )
    @click.option(
        "--guard-formulas/--no-guard-formulas",
        "guards",
        default=None,
        help="Put an apostrophe before cells that a spreadsheet would run as a formula; else as the dialect does.",
    )
    @wraps(function)
    def with_dialect(*arguments: Any, dialect_name: str, guards: bool | None, **options: Any) -> Any:
        return function(*arguments, dialect=dialect_of(dialect_name, guards), **options)

    return with_dialect


roll_up_option = click.option(
    "--roll-up",
    help="End score of a unit: 'worst' of its corps, 'rules' over its dimensions, or a plugin's way; "
    "else as the mapping says.",
)

edition_option = click.option("--edition", "edition_id", type=EDITION, help="Edition id; else the newest complete one.")
