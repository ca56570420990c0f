"""One command for each action, made from its model: fields become arguments and options, the docstring the help."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

import click
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from kmtui.cli.round_context import REMOTE, read_file, say, with_round
from kmtui.files.faults import unknown
from kmtui.rounds import actions as do
from kmtui.rounds.actions import ACTION, KINDS, Action, Hash
from kmtui.rounds.round import Round

ELSEWHERE = (do.Begin, do.Ask, do.Receive, do.Attach, do.Compare, do.Freeze, do.Publish)
"""Actions with a command of their own: what they record comes from files."""
KEPT_AS = {do.Draft: "draft", do.Finalise: "report"}
"""How a file is kept that is handed in with an action."""


class _Date(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"found '{value}', expected a date as YYYY-MM-DD", param, ctx)


def make(kind: type[Action]) -> click.Command:
    """The command of an action."""
    name = str(kind.model_fields["kind"].default)

    def run(opened: Round, /, seen: int | None, **given: Any) -> None:
        perform(opened, kind, given, seen)

    command: Callable[..., Any] = click.option(
        "--seen", type=int, metavar="EVENT", help="The last event that you have seen: a later change is shown first."
    )(run)
    fields = [name for name in kind.model_fields if name not in ("kind", "v", *kind.POSITIONAL)]
    for field in reversed((*kind.POSITIONAL, *fields)):
        command = _parameter(kind, field, kind.model_fields[field])(command)
    return click.command(name, help=kind.__doc__)(with_round(command))


def perform(opened: Round, kind: type[Action], given: dict[str, Any], seen: int | None = None) -> None:
    """Do an action with these fields, and say under which number it is recorded."""
    data: dict[str, Any] = {"kind": kind.model_fields["kind"].default}
    for field, value in given.items():
        if value is None or value == ():
            continue
        if _is_hash(kind.model_fields[field]):
            value = _file(opened, kind, str(value), given)
        elif field == "level" and value == opened.state.of.blank:
            continue
        data[field] = value
    event = opened.do(validated(data), seen=seen)
    say(f"event {event.seq}: {event.action.kind} {event.action.about}, by {event.by} as {event.role}")


def validated(data: Any, place: str = "") -> Action:
    """The action in the data (raises click.UsageError with every fault)."""
    try:
        return ACTION.validate_python(data)
    except ValidationError as error:
        raise click.UsageError("; ".join(faults_of(error, place))) from None


def faults_of(error: ValidationError, place: str = "") -> list[str]:
    """What pydantic found, each with its key."""
    faults = []
    for entry in error.errors():
        if entry["type"] == "union_tag_invalid":
            message = unknown("kind", str(entry["ctx"]["tag"]), KINDS)
        else:
            message = entry["msg"].removeprefix("Value error, ")
        key = ".".join(str(part) for part in entry["loc"] if part not in KINDS)
        faults.append(": ".join(part for part in (place, key, message) if part))
    return faults


def _parameter(kind: type[Action], field: str, about: FieldInfo) -> Callable[..., Any]:
    inner, optional = _unwrapped(about.annotation)
    multiple = get_origin(inner) is tuple
    if multiple:
        inner, _ = _unwrapped(get_args(inner)[0])
    option = f"--{field.removeprefix('points_').replace('_', '-')}"
    typed = _type(inner)
    help_text = about.description
    if field in kind.POSITIONAL:
        return click.argument(field, type=typed, nargs=-1 if multiple else 1, required=True)
    if inner is bool:
        return click.option(f"{option}/--no-{option[2:]}", field, default=about.default or False, help=help_text)
    return click.option(
        option, field, type=typed, multiple=multiple, required=about.is_required() and not optional, help=help_text
    )


def _type(inner: Any) -> Any:
    if inner is date:
        return _Date()
    if get_origin(inner) is Literal:
        choices = get_args(inner)
        return click.Choice([str(choice) for choice in choices]) if isinstance(choices[0], str) else int
    if isinstance(inner, type) and issubclass(inner, Enum):
        return click.Choice([str(choice.value) for choice in inner])
    return inner if inner in (int, float, bool) else str


def _unwrapped(annotation: Any) -> tuple[Any, bool]:
    """The type in an annotation, and whether it may be left out."""
    if get_origin(annotation) is Annotated:
        return _unwrapped(get_args(annotation)[0])
    if get_origin(annotation) is UnionType or NoneType in get_args(annotation):
        (inner,) = (one for one in get_args(annotation) if one is not NoneType)
        return _unwrapped(inner)[0], True
    return annotation, False


def _is_hash(about: FieldInfo) -> bool:
    (pattern,) = get_args(Hash)[1].metadata
    return pattern in about.metadata


def _file(opened: Round, kind: type[Action], value: str, given: dict[str, Any]) -> str:
    """The hash of a file in the round: by the beginning of its hash, or of a file that is attached now."""
    kept = [digest for digest in opened.state.files if digest.startswith(value)] if len(value) >= 8 else []
    if len(kept) == 1:
        return kept[0]
    if kind not in KEPT_AS or (REMOTE in click.get_current_context().meta and value != "-"):
        raise click.UsageError(unknown("file", value, [digest[:12] for digest in opened.state.files]))
    subject = given.get("subject")
    return attach(opened, Path(value), KEPT_AS[kind], subject, None)


def attach(
    opened: Round, file: Path, what: str, subject: str | None, delete_by: date | None, content: bytes | None = None
) -> str:
    """Keep a file with the round, and return its hash; recordings and drafts get the latest date for deletion."""
    if delete_by is None and what in ("recording", "draft"):
        delete_by = opened.today + timedelta(days=opened.state.of.keep)
    name = "standard-input" if str(file) == "-" else file.name
    content = read_file(file) if content is None else content
    return opened.attach(name, content, what, subject=subject, delete_by=delete_by)


ACTION_COMMANDS: dict[str, click.Command] = {name: make(kind) for name, kind in KINDS.items() if kind not in ELSEWHERE}
"""By name, in the order of the steps."""
