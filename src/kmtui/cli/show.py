"""`kmtui show`: pages as plain text."""

import click

from kmtui.cli.context import pass_session
from kmtui.cli.printing import print_page
from kmtui.cli.session import Session
from kmtui.pages.kinds import page_of, target_of
from kmtui.pages.view import View

ONE_OF_MANY = {
    "corps": "The verdict of a corps with its reasons, every score with its evidence, figures, partners, outlook.",
    "dimension": "The norm of a dimension, its role in the end score, its distribution, claims, and who scores what.",
    "unit": "The baseline of a unit: its corps, scores rolled up, findings, points of attention, figures.",
    "partner": "A partner: its role, how it is judged and by whom, and what it answered.",
    "table": "A table of figures, cell by cell, with sums that say what they could not add.",
    "indicator": "An indicator, as TABLE.INDICATOR: charts over the years and by corps, sums, footnotes.",
    "claim": "What the source asserts in one place, what the data say, and the scores and figures it is about.",
    "standing": "The claims that stand in one way: contradicted, new (and not known before), undetermined, holds.",
    "subject": "The claims about one thing, as corps.ID, unit.ID, dimension.ID, partner.ID or table.ID.",
    "paragraph": "The claims of one paragraph.",
    "addressee": "What is advised to one addressee.",
    "topic": "What is advised about one topic or focus area.",
    "scheme": "The rules of a weighting scheme, with its parameters and their reasons.",
    "panel": "A page that a plugin adds about the edition.",
}
ONLY_ONE = {
    "figures": "Every table and every indicator.",
    "claims": "What the source asserts, by outcome and by paragraph.",
    "subjects": "What the claims are about, and how those stand.",
    "recommendations": "How much is advised to whom, and about what.",
    "status": "Which plugins and editions are in use, and why others are not.",
}


@click.group("show")
def command() -> None:
    """Print what is known of one corps, dimension, unit, partner, table and so on, as plain text."""


def _command(kind: str, about: str, arguments: list[click.Parameter]) -> click.Command:
    @click.command(kind, help=about)
    @click.option("--edition", "edition_id", help="Edition id; else the newest complete one.")
    @click.option("--scheme", "scheme_id", help="Weigh under this scheme instead of the edition's own.")
    @pass_session
    def show(session: Session, edition_id: str | None, scheme_id: str | None, name: str = "") -> None:
        view = View(session.monitor, session.edition(edition_id), session.wording, scheme_id)
        print_page(page_of(view, target_of(kind, name)), view.edition.title)

    show.params[:0] = arguments
    return show


for _kind, _about in ONE_OF_MANY.items():
    command.add_command(_command(_kind, _about, [click.Argument(["name"], metavar="ID")]))
for _kind, _about in ONLY_ONE.items():
    command.add_command(_command(_kind, _about, []))
