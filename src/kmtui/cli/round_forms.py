"""The commands of `kmtui round` about questionnaire, forms and figures: what is asked, answered and compared."""

import csv
import io
from pathlib import Path

import click

from kmtui.cli.round_actions import attach
from kmtui.cli.round_context import REMOTE, File, pass_monitor, read_file, say, with_round, write_file
from kmtui.files.faults import FaultyFilesError, unknown
from kmtui.files.reading import read_value
from kmtui.model.questionnaire import Questionnaire, question_changes
from kmtui.monitor import Monitor
from kmtui.rounds import actions as do
from kmtui.rounds.comparing import PREVIOUS, Difference, censored, differences, previous_figures
from kmtui.rounds.errors import FormError, RefusedError
from kmtui.rounds.forms import read_form, write_csv, write_workbook
from kmtui.rounds.round import Round
from kmtui.terminal import visible


def _read_questionnaire(file: Path) -> Questionnaire:
    found, faults = read_value(file, file.parent, Questionnaire)
    if found is None:
        raise FaultyFilesError(file.parent, faults)
    return found


@click.command("questionnaire")
@with_round
@click.argument("file", type=File(), required=False)
@click.option("--against", metavar="EDITION", help="Edition or file to compare with; else the edition that it follows.")
@pass_monitor
def questionnaire(monitor: Monitor, opened: Round, file: Path | None, against: str | None) -> None:
    """Set the questionnaire from FILE (TOML), or show how the one that is set differs from that of the edition before.

    A change that breaks a trend is marked; docs/round.md says how the file is written.
    """
    if file is not None:
        opened.do(do.Ask(questionnaire=_read_questionnaire(file)))
    asked = opened.state.questionnaire
    if asked is None:
        raise click.UsageError("there is no questionnaire yet; name its file")
    say(f"{asked.title}: {len(asked.chapters)} chapters, {len(asked.questions)} questions, version {asked.version}")
    before = _before(monitor, opened, against)
    if before is None:
        say("the edition before has no questionnaire to compare with")
        return
    for change in question_changes(before, asked):
        mark = "breaks the trend" if change.breaks else ""
        parts = (change.change, change.question, change.old, "->" if change.old and change.new else "", change.new)
        click.echo(visible(f"{' '.join(part for part in parts if part)}{f'  ({mark})' if mark else ''}"))


def _before(monitor: Monitor, opened: Round, against: str | None) -> Questionnaire | None:
    if against is not None and Path(against).is_file() and REMOTE not in click.get_current_context().meta:
        return _read_questionnaire(Path(against))
    name = against or opened.state.of.follows
    if name is None or (against is None and name not in monitor.edition_ids):
        return None
    return monitor.questionnaire(monitor.edition(name))


@click.command("form")
@with_round
@click.argument("corps")
@click.option("-o", "--output", type=File(), required=True, help="File to write, .xlsx or .csv; - for standard output.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of a workbook; also by the name of the file.")
def form(opened: Round, corps: str, output: Path, as_csv: bool) -> None:
    """Write the form of CORPS: its questions, last time's figures, and what it has answered so far.

    Only the cells to be filled in are unlocked. It changes nothing in the round; `send` records that it was sent.
    """
    _known_corps(opened, corps)
    writer = write_csv if as_csv or output.suffix.lower() == ".csv" else write_workbook
    write_file(output, writer(opened.state, corps))


def _known_corps(opened: Round, corps: str) -> None:
    me, known = opened.me, list(opened.state.of.corps)
    if me is not None and opened.state.cells == {} and me.corps and set(opened.state.participants) == {me.id}:
        known = [me.corps]
    if corps not in known:
        raise click.UsageError(unknown("corps", corps, known))


@click.command("receive")
@with_round
@click.argument("corps")
@click.argument("file", type=File())
@click.option(
    "--author", type=click.Choice(["expert", "leadership"]), help="Whose answers these are; else your role's."
)
@click.option("--queries/--no-queries", default=True, help="Ask about each difference, where you may.")
def receive(opened: Round, corps: str, file: Path, author: str | None, queries: bool) -> None:
    """Take in the form of CORPS from FILE (a workbook or CSV; - is standard input).

    Every fault is named by sheet and cell, and then nothing is recorded. What differs from other sources or from last
    time is printed, and asked about. The file is kept with the round.
    """
    _known_corps(opened, corps)
    me = opened.me
    roles = me.roles if me else ()
    author = author or ("leadership" if do.Role.LEADERSHIP in roles and do.Role.EXPERT not in roles else "expert")
    content = read_file(file)
    try:
        answers = read_form(content, opened.state, corps)
    except FormError as error:
        raise FormError([f"{file}: {fault}" for fault in error.faults]) from None
    receiving = do.Receive(corps=corps, author="leadership" if author == "leadership" else "expert", answers=answers)
    opened.allowed(receiving)
    digest = attach(opened, file, "questionnaire", corps, None, content)
    event = opened.do(receiving.model_copy(update={"file": digest}))
    say(f"event {event.seq}: {len(answers)} answers of {corps}, as the {author} wrote them")
    for name, expert, leadership in censored(opened.state, corps):
        texts = (str(one.value if one and one.value is not None else one and one.kind) for one in (expert, leadership))
        click.echo(visible("{}: expert {}, leadership {}".format(name, *texts)))
    _ask_about(opened, corps, list(differences(opened.state, corps)), queries)


@click.command("differences")
@with_round
@click.argument("corps", required=False)
@click.option("--query", "queries", is_flag=True, help="Ask the corps about each that is not explained.")
@click.option("--all", "everything", is_flag=True, help="Show those that are explained as well.")
def show_differences(opened: Round, corps: str | None, queries: bool, everything: bool) -> None:
    """List where answers lie further from other sources than the margin, and how that is explained (2.1.5).

    These are points for the interview; the report prints what stays unexplained.
    """
    if corps is not None:
        _known_corps(opened, corps)
    for name in [corps] if corps else opened.state.of.corps:
        found = [one for one in differences(opened.state, name) if everything or one.explanation is None]
        _ask_about(opened, name, found, queries)


def _ask_about(opened: Round, corps: str, found: list[Difference], queries: bool) -> None:
    """Print differences, and open a query for each that is neither explained nor asked about."""
    for one in found:
        answered = "no number" if one.answered is None else f"{one.answered:g}"
        line = f"{corps}  {one.question}  answered {answered}, {one.source} {one.found:g}"
        line += f" ({one.share:+.0%})" if one.share is not None else ""
        click.echo(visible(line + (f"  {one.explanation}" if one.explanation else "")))
        asked = any(query.topic == one.question for query in opened.state.queries.values() if query.corps == corps)
        if queries and not asked and one.explanation is None:
            text = f"{one.source}: {one.found:g}; formulier: {'geen getal' if one.answered is None else one.answered}."
            try:
                event = opened.do(do.Query(corps=corps, topic=one.question, text=f"Hoe is dit te verklaren? {text}"))
                say(f"query {event.seq} to {corps} about {one.question}")
            except RefusedError:  # who may not ask has seen the difference
                queries = False


@click.command("compare")
@with_round
@click.argument("source")
@click.argument("file", type=File(), required=False)
@click.option("--title", help="What the source is called; else its id.")
@click.option("--margin", type=float, help="Share by which an answer may differ; else that of the question or round.")
@click.option("--edition", "edition_id", help="Take the figures of an edition instead of a file.")
@pass_monitor
def compare(
    monitor: Monitor,
    opened: Round,
    source: str,
    file: Path | None,
    title: str | None,
    margin: float | None,
    edition_id: str | None,
) -> None:
    """Bring in the figures of SOURCE from a CSV FILE with the columns corps,question,value.

    SOURCE `previous` with --edition takes what an edition says: forms show it beside each question, and striking
    changes become points to explain. Figures of corps are added up for the unit that they went into.
    """
    if (file is None) == (edition_id is None):
        raise click.UsageError("name a FILE or an --edition, one of the two")
    if edition_id is not None:
        edition = monitor.edition(edition_id)
        figures = previous_figures(opened.state, monitor, edition)
        title = title or edition.title
        source = source or PREVIOUS
    else:
        assert file is not None
        figures = _read_figures(file)
    action = do.Compare(source=source, title=title or source, figures=figures, margin=margin)
    event = opened.do(action)
    say(f"event {event.seq}: {sum(map(len, figures.values()))} figures of {source} about {len(figures)} corps")


def _read_figures(file: Path) -> dict[str, dict[str, int | float]]:
    """The figures in a CSV (raises FormError with every fault)."""
    try:
        text = read_file(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormError([f"{file}: found a byte that is not UTF-8 at offset {error.start}"]) from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    wanted = ["corps", "question", "value"]
    if reader.fieldnames != wanted:
        raise FormError([f"{file}:1: found {','.join(reader.fieldnames or [])}, expected {','.join(wanted)}"])
    figures: dict[str, dict[str, int | float]] = {}
    faults = []
    try:
        for row in reader:
            try:
                value = float(row["value"] or "")
            except ValueError:
                faults.append(f"{file}:{reader.line_num}: value: found '{row['value']}', expected a number")
                continue
            of = figures.setdefault(row["corps"] or "", {})
            if row["question"] in of:
                faults.append(f"{file}:{reader.line_num}: question {row['question']} of {row['corps']} is there twice")
            of[row["question"] or ""] = int(value) if value.is_integer() else value
    except csv.Error as error:
        faults.append(f"{file}:{reader.line_num}: broken CSV: {error}")
    if faults:
        raise FormError(faults)
    return figures


FORM_COMMANDS = (questionnaire, form, receive, compare, show_differences)
