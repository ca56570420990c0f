"""What the commands of `kmtui round` share: the round they work on, who acts, and files that they may touch."""

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import click

from kmtui.cli.session import Session
from kmtui.files.writing import write_atomically
from kmtui.rounds.access import find
from kmtui.rounds.round import Round
from kmtui.terminal import visible

REMOTE = "kmtui.round.remote"
"""Key of click's context: the participant for whom a forced command runs, who reaches no files here."""
STREAM = Path("-")
P = ParamSpec("P")
R = TypeVar("R")


class File(click.Path):
    """A file, or `-` for a standard stream; for those who come in by a forced command, `-` alone."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path, allow_dash=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path (fails for anything but `-` where the command is a remote one)."""
        if ctx is not None and REMOTE in ctx.meta and str(value) != "-":
            self.fail(f"found '{value}', expected '-': files on the server are out of reach", param, ctx)
        return super().convert(value, param, ctx)


def with_round(command: Callable[Concatenate[Round, P], R]) -> Callable[P, R]:
    """Give the command the round that is named first, open to the participant who acts."""

    @click.argument("place", metavar="ROUND")
    @click.option("--as", "as_id", metavar="ID", help="Act as this participant: for the round's owner.")
    @functools.wraps(command)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        name, as_id = str(kwargs.pop("place")), kwargs.pop("as_id")
        forced = click.get_current_context().meta.get(REMOTE)
        if forced is not None and as_id is not None:
            raise click.UsageError("--as: the key that you log in with says who you are")
        with Round.open(find(name), forced or (str(as_id) if as_id else None)) as found:
            return command(found, *args, **kwargs)

    return opened


def pass_monitor(command: Callable[Concatenate[Any, P], R]) -> Callable[P, R]:
    """Give the command the monitor first: plugins and editions, which are opened for this."""

    @functools.wraps(command)
    def given(*args: P.args, **kwargs: P.kwargs) -> R:
        session = click.get_current_context().find_object(Session)
        assert session is not None
        return command(session.monitor, *args, **kwargs)

    return given


def read_file(file: Path) -> bytes:
    """The content of a file or of standard input (raises OSError; click.UsageError where it is too large)."""
    from kmtui.rounds.journal import LARGEST_FILE

    if file == STREAM:
        content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    else:
        with file.open("rb") as raw:
            content = raw.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise click.UsageError(f"{file}: found more than {LARGEST_FILE} bytes, expected at most as many")
    return content


def write_file(file: Path, content: bytes) -> None:
    """Write the content whole into a file, or on standard output (raises OSError)."""
    if file == STREAM:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_atomically(file, content)


def say(text: str) -> None:
    """A message on standard error."""
    click.echo(visible(text), err=True)
