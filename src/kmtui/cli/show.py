"""`kmtui show`: pages as plain text."""

import click

from kmtui.cli.printing import print_page
from kmtui.cli.session import Session, pass_session
from kmtui.monitor import UnknownIdError
from kmtui.pages import KINDS, View

ABOUT = {
    "corps": "The verdict of a corps with its reasons, every score with its evidence, partners, actions, outlook.",
    "dimension": "The norm of a dimension, its role in the end score, its distribution, and who scores what.",
    "unit": "The baseline of a unit: its corps, scores rolled up, findings, points of attention, figures.",
    "partner": "A partner: its role, how it is judged and by whom, and what it answered.",
    "table": "A table of figures, cell by cell, with sums that say what they could not add.",
}


@click.group("show")
def command() -> None:
    """Print what is known of one corps, dimension, unit, partner or table, as plain text."""


def _command(kind: str) -> click.Command:
    @click.command(kind, help=ABOUT[kind])
    @click.argument("name", metavar="ID")
    @click.option("--edition", "edition_id", help="Edition id; else the newest complete one.")
    @click.option("--scheme", help="Weigh under this scheme instead of the edition's own.")
    @pass_session
    def show(session: Session, name: str, edition_id: str | None, scheme: str | None) -> None:
        view = View(session.monitor, session.edition(edition_id), session.wording, scheme)
        make, ids = KINDS[kind]
        if name not in ids(view):
            raise UnknownIdError(kind, name, ids(view))
        print_page(make(view, name))

    return show


for _kind in ABOUT:
    command.add_command(_command(_kind))
