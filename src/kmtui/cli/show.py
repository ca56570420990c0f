"""`kmtui show`: pages as plain text, a command for each kind of page."""

import click

from kmtui.cli.completion import EDITION, SCHEME, page_id
from kmtui.cli.context import pass_session
from kmtui.cli.printing import print_document
from kmtui.cli.session import Session
from kmtui.pages.kinds import KINDS, page_of, target_of
from kmtui.pages.page_kind import PageKind
from kmtui.pages.view import View


@click.group("show")
def command() -> None:
    """Print what is known of one corps, dimension, unit, partner, table and so on, as plain text."""


def _command(kind: PageKind) -> click.Command:
    @click.command(kind.id, help=kind.help("en"))
    @click.option("--edition", "edition_id", type=EDITION, help="Edition id; else the newest complete one.")
    @click.option("--scheme", "scheme_id", type=SCHEME, help="Weigh under this scheme instead of the edition's own.")
    @pass_session
    def show(session: Session, edition_id: str | None, scheme_id: str | None, name: str = "") -> None:
        view = View(session.monitor, session.edition(edition_id), session.wording, scheme_id)
        print_document(page_of(view, target_of(kind.id, name)), view.edition.title)

    if not kind.is_single:
        show.params[:0] = [click.Argument(["name"], type=page_id(kind.id), metavar="ID")]
    return show


for _kind in KINDS.values():
    command.add_command(_command(_kind))
