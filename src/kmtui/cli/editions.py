"""`kmtui editions`: what can be opened, and everything that is wrong with what cannot."""

import os
import shlex
from pathlib import Path
from typing import Any

import click

from kmtui.cli.completion import EDITION
from kmtui.cli.context import pass_session
from kmtui.cli.planning import planned, planning_options
from kmtui.cli.session import Session
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
@click.argument("editions", type=EDITION, nargs=-1, metavar="[EDITION|FOLDER]...")
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
        counted = f"{len(edition.corps)} corps, {scores} scores, " if edition else ""
        count = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}" if faults else "no faults"
        click.echo(f"{visible(str(folder))}: {counted}{count}", err=True)
    if faulty:
        raise click.exceptions.Exit(1)


@command.command("new")
@click.argument("edition_id", metavar="ID")
@planning_options
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to make; else one called ID, here.")
@pass_session
def new(session: Session, /, edition_id: str, output: Path | None, **options: Any) -> None:
    """Make the folder of a new edition in which every score is still open.

    Scores are then written into corps/*.toml, each with basis 'recorded' and its source. `--edition-dir FOLDER` opens
    it beside the others. The folder is written whole or not at all.
    """
    plan, _ = planned(session, edition_id, options)
    folder = output or Path(edition_id)
    from kmtui.editions.writing import write_edition

    write_edition(folder, plan, session.monitor.context)
    click.echo(f"{visible(str(folder))}: {len(plan.corps)} corps on {plan.framework}, every score still open", err=True)
    click.echo(f"next: kmtui --edition-dir {shlex.quote(str(folder))} editions check {edition_id}", err=True)


def _folder(session: Session, name: str) -> Path:
    """The folder, where the name is a path or that of an edition's folder here; else the folder of the edition."""
    folder = Path(name)
    if folder.is_dir() and (os.sep in name or (folder / "edition.toml").exists()):
        return folder
    return session.monitor.entry(name).folder
