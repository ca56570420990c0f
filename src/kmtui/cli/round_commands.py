"""The commands of `kmtui round`: those about a round as a whole, and one for each action."""

import json
import os
import shlex
import sys
import time
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from kmtui.cli.context import pass_session
from kmtui.cli.planning import planned, planning_options
from kmtui.cli.round_actions import ACTION_COMMANDS, attach, faults_of
from kmtui.cli.round_context import REMOTE, File, say, with_round, write_file
from kmtui.cli.round_forms import FORM_COMMANDS
from kmtui.cli.round_publish import PUBLISH_COMMANDS
from kmtui.cli.running import has_terminal
from kmtui.cli.session import Session
from kmtui.rounds import actions as do
from kmtui.rounds.access import SUFFIX, find, folder_of_rounds, read_people, remember_person
from kmtui.rounds.actions import ACTION
from kmtui.rounds.errors import JournalAwayError, RoundError
from kmtui.rounds.progress import Step, due
from kmtui.rounds.round import Round
from kmtui.rounds.sight import items_seen, subjects_seen
from kmtui.terminal import visible

AWAY_FOR = 60.0
"""Seconds for which `apply` tries again where the database does not answer."""


@click.command("new")
@click.argument("round_id", metavar="ID")
@planning_options
@click.option("--owner", default="secretariat", show_default=True, help="The first participant: the secretariat.")
@click.option("--quorum", default=2, show_default=True, help="Weighers who agree before a score stands by itself.")
@click.option("--database", metavar="URL", help="PostgreSQL database that holds the journal; else an SQLite file.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to make; else ID.round among the rounds.")
@pass_session
def new(session: Session, /, round_id: str, **options: Any) -> None:
    """Start the round that makes edition ID: who is assessed, on what, by which rules.

    Its file goes into the folder of rounds (KMTUI_ROUNDS) unless -o names another. Nobody but you, its owner, can act
    for others.
    """
    from kmtui.rounds.publication import first_event

    plan, earlier = planned(session, round_id, options)
    begin = first_event(plan, earlier, session.monitor, owner=options["owner"], quorum=options["quorum"])
    suffix = ".toml" if options["database"] else SUFFIX
    file = options["output"] or folder_of_rounds() / f"{round_id}{suffix}"
    file.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(file):
        raise click.UsageError(f"{file}: there is something already; a round needs a new file")
    with Round.create(options["database"] or str(file), begin) as opened:
        if options["database"]:
            from kmtui.files.writing import write_toml

            write_toml(file, {"database": options["database"]})
        file.chmod(0o600)
        of = opened.state.of
        say(f"{file}: {len(of.corps)} corps, {len(of.dimensions)} dimensions of {of.framework}, owned by {of.owner}")
    say(f"next: kmtui round enrol {shlex.quote(str(options['output'] or round_id))} ID ROLE")


@click.command("status")
@with_round
@click.argument("subject", required=False)
@click.option("--all", "everything", is_flag=True, help="Show what is done as well.")
def status(opened: Round, subject: str | None, everything: bool) -> None:
    """Show how far each corps and partner is, step by step, or everything about SUBJECT.

    Each step shows the items that are done and their number; docs/round.md says what counts as done.
    """
    state = opened.state
    if subject is None:
        where = "published" if state.published else "frozen" if state.frozen else "open"
        session = f", session {state.session} {'open' if state.session_open else 'closed'}" if state.session else ""
        click.echo(f"{state.of.round}  {where}{session}  event {state.seq}  {visible(state.of.title)}")
        names = list(Step)
        shown = subjects_seen(state, opened.who)
        width = max(map(len, shown), default=0)
        click.echo(f"{'':{width}}  " + "  ".join(f"{name:>9}" for name in names))
        for name in shown:
            seen = items_seen(state, opened.who, name)
            counts = [[item.done for item in seen if item.step is step] for step in names]
            cells = (f"{sum(done)}/{len(done)}" if done else "" for done in counts)
            click.echo(f"{name:{width}}  " + "  ".join(f"{cell:>9}" for cell in cells))
        return
    known = subjects_seen(state, opened.who)
    if subject not in known:
        from kmtui.files.faults import unknown

        raise click.UsageError(unknown("corps or partner", subject, known))
    for item in items_seen(state, opened.who, subject):
        if everything or not item.done:
            mark = "done" if item.done else "open"
            click.echo(f"{mark}  {item.step:9}  {item.about}" + (f"  due {item.due}" if item.due else ""))


@click.command("due")
@with_round
@click.option("--by", type=click.DateTime(["%Y-%m-%d"]), help="Only what is due by this day.")
def due_list(opened: Round, by: Any) -> None:
    """List everything with a date that is not done, the earliest first: forms, interviews, files to be deleted.

    The exit status is 1 where anything is past its date.
    """
    today = opened.today
    late = 0
    for one in due(opened.state):
        if by is None or one.on <= by.date():
            late += one.on < today
            click.echo(f"{one.on}  {'late' if one.on < today else '    '}  {one.subject}  {one.what}")
    if late:
        say(f"{late} past the date")
        raise click.exceptions.Exit(1)


@click.command("log")
@with_round
@click.option("--after", type=int, default=0, help="Only events after this one.")
@click.option("--about", help="Only events about this thing, as in score/CORPS/DIMENSION.")
@click.option("--json", "as_json", is_flag=True, help="Whole events, as JSON Lines.")
def log(opened: Round, after: int, about: str | None, as_json: bool) -> None:
    """Print the journal: number, time, who, role, action, what it is about, the old value and the new.

    What you may not see is left out.
    """
    for event in opened.history(about) if about else opened.log(after):
        if event.seq <= after:
            continue
        if as_json:
            click.echo(event.model_dump_json())
        else:
            click.echo(visible(_line(opened, event)))


def _line(opened: Round, event: do.Event) -> str:
    action = event.action
    line = f"{event.seq:5}  {event.at:%Y-%m-%d %H:%M:%S}  {event.by} ({event.role})  {action.kind}  {action.about}"
    blank = opened.state.of.blank
    if isinstance(action, do.Propose | do.Settle | do.Judge | do.Erratum):
        before = f"{event.old['level'] or blank} -> " if event.old else ""
        line += f"  {before}{action.level or blank}: {action.reason}"
        line += f"  [{', '.join(action.evidence)}]" if action.evidence else ""
    elif text := getattr(action, "text", "") or getattr(action, "reason", ""):
        line += f"  {text}"
    return line


@click.command("export")
@with_round
@click.option("-o", "--output", type=File(), default="-", help="File to write; else standard output.")
def export(opened: Round, output: Path) -> None:
    """Write the whole journal as JSON Lines, each event as it was hashed: for archives. For the secretariat."""
    opened.may(do.Enrol)
    lines = (
        json.dumps({"hash": digest, "record": json.loads(record)}, ensure_ascii=False, sort_keys=True)
        for _, _, _, record, digest in opened.journal.records()
    )
    write_file(output, "".join(f"{line}\n" for line in lines).encode())


@click.command("apply")
@with_round
@click.argument("file", type=File(), default="-")
def apply_file(opened: Round, file: Path) -> None:
    """Do every action in FILE, one JSON object a line; `-` is standard input.

    Prints line number and event for each, once it is on disk. What is refused is reported with its line and the rest
    goes on; the exit status is then 1. An object may have `token`, a text of your own: a line that is sent again with
    it is recorded once. `seen` is the number of the last event that you had seen.
    """
    failed = 0
    lines = sys.stdin.buffer if str(file) == "-" else file.open("rb")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            token, seen = (data.pop("token", None), data.pop("seen", None)) if isinstance(data, dict) else (None, None)
            event = _recorded(opened, ACTION.validate_python(data), token, seen)
        except (ValueError, RoundError) as error:
            failed += 1
            faults = faults_of(error) if isinstance(error, ValidationError) else [str(error)]
            for fault in faults:
                say(f"line {number}: {fault}")
            if isinstance(error, JournalAwayError):
                break
            continue
        click.echo(f"{number} {event.seq}")
        sys.stdout.flush()
    if failed:
        raise click.exceptions.Exit(1)


def _recorded(opened: Round, action: do.Action, token: Any, seen: Any) -> do.Event:
    """Do an action, trying again while the database does not answer: the token keeps it from being done twice."""
    import uuid

    token = str(token or uuid.uuid4().hex)
    until, told = time.monotonic() + AWAY_FOR, False
    while True:
        try:
            return opened.do(action, seen=seen, token=token)
        except JournalAwayError as error:
            if time.monotonic() > until:
                raise
            if not told:
                say(f"{error}; trying again for {AWAY_FOR:g} seconds")
                told = True
            time.sleep(0.5)


@click.command("attach")
@with_round
@click.argument("file", type=File())
@click.option("--what", default="document", show_default=True,
              type=click.Choice(["recording", "draft", "report", "questionnaire", "figures", "document"]))  # fmt: skip
@click.option("--subject", help="The corps or partner that it is about.")
@click.option("--delete-by", type=click.DateTime(["%Y-%m-%d"]), help="Day by which its content is deleted.")
def attach_file(opened: Round, file: Path, what: str, subject: str | None, delete_by: Any) -> None:
    """Keep a file with the round, and print its hash, which evidence names as file/HASH."""
    click.echo(attach(opened, file, what, subject, delete_by.date() if delete_by else None))


@click.command("fetch")
@with_round
@click.argument("digest", metavar="HASH")
@click.option("-o", "--output", type=File(), required=True, help="File to write, or - for standard output.")
def fetch(opened: Round, digest: str, output: Path) -> None:
    """Write the content of a file of the round. kmtui never opens or shows it."""
    found = [name for name in opened.state.files if name.startswith(digest)]
    write_file(output, opened.content(found[0] if len(found) == 1 else digest))


@click.command("people")
@click.argument("place", metavar="ROUND")
@click.option("--names", is_flag=True, help="With names and accounts, from the file beside the round.")
@click.option("--set", "who", metavar="ID", help="Write down --name or --account of this participant.")
@click.option("--name", help="A name; it stays in that file.")
@click.option("--account", help="The account on this machine that acts as this participant.")
def people(place: str, names: bool, who: str | None, name: str | None, account: str | None) -> None:
    """List the participants with their roles, or write down what stays out of the journal: names and accounts."""
    if REMOTE in click.get_current_context().meta:
        raise click.UsageError("names and accounts stay on the server")
    with Round.open(find(place)) as opened:
        if who is not None:
            if who not in opened.state.participants:
                from kmtui.files.faults import unknown

                raise click.UsageError(unknown("participant", who, opened.state.participants))
            if not find(place).owned:
                raise click.UsageError("names and accounts are for the owner of the round to set")
            remember_person(find(place), who, name, account)
        known = read_people(find(place)) if names else {}
        for one in opened.state.participants.values():
            whose = one.corps or one.partner or ""
            person = known.get(one.id)
            more = f"  {person.name}  {person.account}" if person else ""
            line = f"{one.id}  {', '.join(one.roles)}  {whose}{'' if one.active else '  (left)'}{more}"
            click.echo(visible(line.rstrip()))


@click.command("agreement")
@with_round
def agreement_of(opened: Round) -> None:
    """Show how well the proposals agree (Krippendorff's alpha for ordinal levels), and list what differs."""
    from kmtui.rounds.agreement import agreement

    opened.may(do.Query)
    found = agreement(opened.state)
    told = "not defined" if found.alpha is None else f"{found.alpha:.3f}"
    click.echo(f"alpha {told} over {found.scored} scores with two proposals or more")
    for corps, dimension in found.differing:
        cell = opened.state.cell(corps, dimension)
        levels = ", ".join(f"{by}: {one.level or opened.state.of.blank}" for by, one in cell.proposals.items())
        click.echo(f"differs  {corps}  {dimension}  {levels}")
    for corps in opened.state.of.corps:
        lacking = [dimension for name, dimension in found.lacking if name == corps]
        if lacking:
            click.echo(f"lacking  {corps}  {len(lacking)} of {len(opened.state.of.dimensions)}: {', '.join(lacking)}")


@click.command("open")
@click.argument("place", metavar="ROUND")
@click.option("--as", "as_id", metavar="ID", help="Act as this participant: for the round's owner and forced commands.")
@click.pass_context
def open_round(ctx: click.Context, place: str, as_id: str | None) -> None:
    """Work in a round: the board and the weighing desk. Without a terminal, print its status.

    This is also the forced command of an SSH key. With SSH_ORIGINAL_COMMAND, as sshd sets it, its words are a command
    of `kmtui round` without ROUND and --as, as in `ssh server status` or `ssh server receive CORPS - < form.xlsx`.
    Files of the server are out of reach.
    """
    asked = os.environ.get("SSH_ORIGINAL_COMMAND")
    try:
        words = shlex.split(asked or "")
    except ValueError as error:
        raise click.UsageError(f"{asked!r}: {error}") from None
    words = words[2:] if words[:2] == ["kmtui", "round"] else words
    with Round.open(find(place), as_id) as opened:
        who = opened.who
        if not words and has_terminal():
            ctx.exit(_interface(ctx, opened))
    name = words[0] if words else "status"
    if name not in REMOTE_COMMANDS:
        from kmtui.files.faults import unknown

        raise click.UsageError(unknown("command", name, REMOTE_COMMANDS))
    ctx.meta[REMOTE] = who
    with COMMANDS[name].make_context(name, [place, *words[1:]], parent=ctx.parent) as inner:
        COMMANDS[name].invoke(inner)


def _interface(ctx: click.Context, opened: Round) -> int:
    from kmtui.tui.rounds import run

    session = ctx.find_object(Session)
    assert session is not None
    return run(opened, session.monitor, session.language, session.configuration, session.choices)


COMMANDS: dict[str, click.Command] = {
    command.name or "": command
    for command in (
        new,
        open_round,
        status,
        due_list,
        log,
        export,
        apply_file,
        people,
        attach_file,
        fetch,
        agreement_of,
        *FORM_COMMANDS,
        *PUBLISH_COMMANDS,
    )
} | ACTION_COMMANDS
"""By name: those about the round as a whole, then the actions in the order of the steps."""
REMOTE_COMMANDS = [
    name
    for name in COMMANDS
    if name not in ("new", "open", "people", "export", "preview", "freeze", "publish", "verify")
]
"""What a forced command may run."""
