"""`kmtui editions`: what can be opened, and everything that is wrong with what cannot."""

import os
import shlex
from datetime import datetime
from pathlib import Path

import click

from kmtui.cli.context import pass_session
from kmtui.cli.session import Session
from kmtui.editions.errors import EditionError
from kmtui.editions.scaffold import plan_edition
from kmtui.monitor import UnknownIdError
from kmtui.terminal import visible


@click.group("editions")
def command() -> None:
    """Look at the editions that were found, and check them."""


@command.command("list")
@pass_session
def list_editions(session: Session) -> None:
    """List every edition: id, period, framework, number of corps, title, folder."""
    for entry in session.monitor.entries:
        if entry.head is None:
            click.echo(f"{visible(entry.id)}  cannot be opened: {visible(str(entry.faults[0]))}")
            continue
        head = entry.head
        period = f"{head.period.start} to {head.period.end}"
        click.echo(f"{head.id}  {period}  {head.framework}  {len(head.corps)} corps  {visible(head.title)}")
        click.echo(f"    from   {visible(str(entry.folder))}")


@command.command("check")
@click.argument("editions", nargs=-1, metavar="[EDITION|FOLDER]...")
@pass_session
def check(session: Session, editions: tuple[str, ...]) -> None:
    """Name every fault of each EDITION (an id or a folder; all that were found, if none is named).

    Faults go to standard output, one a line, with file, key, what was found and what is expected. The exit status is 1
    where there are any.
    """
    monitor = session.monitor
    faulty = False
    for folder in [_folder(session, name) for name in editions] or [entry.folder for entry in monitor.entries]:
        edition, faults = monitor.check(folder)
        faulty = faulty or bool(faults)
        for fault in faults:
            click.echo(visible(str(fault)))
        scores = sum(len(corps.scores) for corps in edition.corps) if edition else 0
        told = f"{len(edition.corps)} corps, {scores} scores, " if edition else ""
        count = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}" if faults else "no faults"
        click.echo(f"{visible(str(folder))}: {told}{count}", err=True)
    if faulty:
        raise click.exceptions.Exit(1)


@command.command("new")
@click.argument("edition_id", metavar="ID")
@click.option("--framework", "framework_id", help="Framework to score on; else the one that applies at its end.")
@click.option("--scheme", help="Scheme to weigh by; else the framework's own.")
@click.option("--after", help="Edition that it follows: its corps, partners and length; else the newest complete one.")
@click.option("--mapping", help="Assess the units of this mapping instead of the corps in them; 'none' for corps. "
              "Else that of the edition before, if it has one.")  # fmt: skip
@click.option("--title", help="Title; else the id.")
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="First day; else the day after the edition before.")
@click.option("--end", type=click.DateTime(["%Y-%m-%d"]), help="Last day; else after as many years again.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to make; else one called ID, here.")
@pass_session
def new(
    session: Session,
    edition_id: str,
    framework_id: str | None,
    scheme: str | None,
    after: str | None,
    mapping: str | None,
    title: str | None,
    start: datetime | None,
    end: datetime | None,
    output: Path | None,
) -> None:
    """Make the folder of a new edition in which every score is still open.

    Scores are then written into corps/*.toml, each with basis 'recorded' and its source. `--edition-dir FOLDER` opens
    it beside the others. The folder is written whole or not at all.
    """
    monitor = session.monitor
    earlier = session.edition(after)
    units = None
    if mapping != "none" and (mapping or earlier.head.unit_mapping):
        units = monitor.mapping(earlier, mapping)
    if framework_id and framework_id not in monitor.registry.frameworks:
        raise UnknownIdError("framework", framework_id, monitor.registry.frameworks)
    try:
        plan = plan_edition(
            edition_id,
            earlier,
            monitor.context,
            framework=framework_id,
            scheme=scheme,
            mapping=units,
            title=title,
            start=start.date() if start else None,
            end=end.date() if end else None,
        )
    except EditionError as error:
        problems = "; ".join(f"{fault.key}: {fault.problem}" for fault in error.faults)
        raise click.UsageError(problems, click.get_current_context()) from None
    folder = output or Path(edition_id)
    from kmtui.editions.writing import write_edition

    write_edition(folder, plan, monitor.context)
    click.echo(f"{visible(str(folder))}: {len(plan.corps)} corps on {plan.framework}, every score still open", err=True)
    click.echo(f"next: kmtui --edition-dir {shlex.quote(str(folder))} editions check {edition_id}", err=True)


def _folder(session: Session, name: str) -> Path:
    """The folder, where the name is a path or that of an edition's folder here; else the folder of the edition."""
    folder = Path(name)
    if folder.is_dir() and (os.sep in name or (folder / "edition.toml").exists()):
        return folder
    return session.monitor.entry(name).folder
