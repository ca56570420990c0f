"""What a problem sounds like on standard error, and the exit status that goes with it."""

import click

from kmtui.analysis import ClaimError
from kmtui.cli.weigh_file import WeighFileError
from kmtui.editions import EditionError
from kmtui.editions.faults import unknown
from kmtui.monitor import UnknownIdError
from kmtui.terminal import visible
from kmtui.weighing import SchemeError

FELL_SHORT, WRONG_USAGE = 1, 2


def explain(error: Exception) -> tuple[list[str], int]:
    """The lines to print, and the exit status."""
    match error:
        case click.exceptions.Abort():
            return ["stopped"], FELL_SHORT
        case click.UsageError():
            hint = f" Try '{error.ctx.command_path} --help'." if error.ctx else ""
            return [_line(f"{error.format_message()}{hint}")], WRONG_USAGE
        case click.ClickException():
            return [_line(error.format_message())], error.exit_code
        case UnknownIdError():
            return [_line(unknown(error.kind, error.name, error.known))], WRONG_USAGE
        case SchemeError():
            return [_line(str(error))], WRONG_USAGE
        case EditionError():
            return [_line(str(fault)) for fault in error.faults], FELL_SHORT
        case WeighFileError() | ClaimError() | OSError():
            return [_line(str(error))], FELL_SHORT
        case _:
            told = f"{type(error).__name__}: {error}"
            return [_line(f"something went wrong inside kmtui ({told}); --debug shows where")], FELL_SHORT


def _line(text: str) -> str:
    return visible(text)
