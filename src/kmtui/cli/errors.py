"""What a problem sounds like on standard error, and the exit status that goes with it."""

import click

from kmtui.analysis.errors import ClaimError
from kmtui.cli.streams import ReaderGoneError
from kmtui.cli.weigh_file import WeighFileError
from kmtui.files.faults import FaultyFilesError, unknown
from kmtui.monitor import NoEditionError, UnknownIdError
from kmtui.plugins.failure import PluginFailureError
from kmtui.rounds.errors import RoundError
from kmtui.terminal import visible
from kmtui.weighing.coded import JudgeError
from kmtui.weighing.compile import SchemeError

FELL_SHORT, WRONG_USAGE = 1, 2
EXPLAINED = (
    click.ClickException,
    click.exceptions.Exit,
    click.Abort,
    UnknownIdError,
    NoEditionError,
    SchemeError,
    FaultyFilesError,
    WeighFileError,
    ClaimError,
    PluginFailureError,
    JudgeError,
    ReaderGoneError,
    RoundError,
    OSError,
)
"""Errors that are reported by their message; all others are internal."""


def explain(error: BaseException) -> tuple[list[str], int]:
    """The lines to print, and the exit status."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return error.format_message().splitlines(), WRONG_USAGE
        case click.exceptions.Abort() | KeyboardInterrupt():
            notes = getattr(error.__cause__ or error, "__notes__", ())
            return [_line(" ".join(("stopped", *notes)))], FELL_SHORT
        case click.UsageError():
            return [_line(_with_hint(error))], WRONG_USAGE
        case click.ClickException():
            return [_line(error.format_message())], error.exit_code
        case UnknownIdError():
            return [_line(unknown(error.kind, error.name, error.known))], WRONG_USAGE
        case NoEditionError():
            text = f"{error}; --edition-dir names a folder of editions, and `kmtui editions list` shows what was found"
            return [_line(text)], FELL_SHORT
        case SchemeError():
            return [_line(str(error))], WRONG_USAGE
        case FaultyFilesError() | WeighFileError():
            return [_line(str(fault)) for fault in error.faults], FELL_SHORT
        case RoundError():
            lines = [_line(line) for line in str(error).splitlines()]
            return lines, WRONG_USAGE if error.wrong_usage else FELL_SHORT
        case OSError():
            text = str(error.strerror or error)
            name = error.filename2 or error.filename  # of a move, the place that its user knows
            return [_line(f"{name}: {text}" if name else text)], FELL_SHORT
        case ClaimError() | PluginFailureError() | JudgeError():
            return [_line(str(error))], FELL_SHORT
        case _:
            text = f"{type(error).__name__}: {error}"
            return [_line(f"something went wrong inside kmtui ({text}); --debug shows where")], FELL_SHORT


def _with_hint(error: click.UsageError) -> str:
    message = error.format_message()
    if error.ctx is None:
        return message
    return f"{message}{'' if message.endswith(('.', '?')) else '.'} Try '{error.ctx.command_path} --help'."


def _line(text: str) -> str:
    return f"kmtui: {visible(text)}"
