"""Options that several commands have."""

import click

from kmtui.export.delimited import DIALECTS


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

dialect_option = click.option(
    "--dialect", default="rfc4180", show_default=True, type=click.Choice(list(DIALECTS)), help="Form of the CSV."
)

roll_up_option = click.option(
    "--roll-up",
    help="End score of a unit: 'worst' of its corps, 'rules' over its dimensions, or a plugin's way; "
    "else as the mapping says.",
)

edition_option = click.option("--edition", "edition_id", help="Edition id; else the newest complete one.")
