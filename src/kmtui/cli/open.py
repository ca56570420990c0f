"""`kmtui open`: the interface on an edition."""

import click

from kmtui.cli.context import pass_session
from kmtui.cli.options import edition_option
from kmtui.cli.running import has_terminal, open_interface
from kmtui.cli.session import Session


@click.command("open")
@edition_option
@pass_session
def command(session: Session, edition_id: str | None) -> None:
    """Open the interface, as kmtui without a command does, on an edition of your choice."""
    if not has_terminal():
        raise click.UsageError("the interface needs a terminal")
    if status := open_interface(session, edition_id):
        raise click.exceptions.Exit(status)
