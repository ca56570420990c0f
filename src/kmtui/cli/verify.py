"""`kmtui verify`: do the data bear out what the source asserts?"""

import click

from kmtui.analysis.claim_evidence import Kind
from kmtui.analysis.verify import Outcome, Verified, tally, verify
from kmtui.cli.completion import EDITION
from kmtui.cli.context import pass_session
from kmtui.cli.session import Session
from kmtui.terminal import visible

NAMED = 6
"""How many corps with an open score are named before the rest is left to `show`."""

PROVES = {
    Kind.INDEPENDENT: "the data rest on other paragraphs or on printed figures, so the source is set against itself",
    Kind.ECHO: "the score rests on the same paragraph, so this only proves that it was read consistently",
    Kind.INTERNAL: "scores are counted, so this proves that they fit what the source counts",
}
"""What the outcome of a claim of each kind proves."""


@click.command("verify")
@click.argument("edition_id", type=EDITION, metavar="[EDITION]", required=False)
@click.option("--all", "show_all", is_flag=True, help="Show the claims that hold as well.")
@click.option("--kind", type=click.Choice(list(Kind)), help="Show claims of this kind only.")
@pass_session
def command(session: Session, edition_id: str | None, show_all: bool, kind: str | None) -> None:
    """Evaluate every claim of EDITION (the newest complete one, if none is named).

    There are three kinds of claims, counted apart: independent (the data rest on other paragraphs or on printed
    figures), echo (the score rests on the paragraph of the claim) and internal (counts over scores).

    Claims that are contradicted or undetermined are printed with what was found and a remark; those with an outcome
    that is not on record are marked NEW. The exit status is 1 only where there is one.
    """
    edition = session.edition(edition_id)
    outcomes = verify(session.monitor, edition)
    for of_kind, counted in tally(outcomes).items():
        shown = [found for found in outcomes if found.kind is of_kind] if kind in (None, of_kind) else []
        for found in shown:
            if show_all or found.outcome is not Outcome.HOLDS or not found.expected:
                for line in _lines(found):
                    click.echo(visible(line))
        counts = ", ".join(f"{count} {outcome}" for outcome, count in counted.items())
        unexpected = sum(not found.expected for found in outcomes if found.kind is of_kind)
        summary = f"{counts}; {unexpected} otherwise than on record"
        click.echo(f"{edition.id}: {of_kind} claims: {summary} ({PROVES[of_kind]})", err=True)
    if not all(found.expected for found in outcomes):
        raise click.exceptions.Exit(1)


def _lines(found: Verified) -> list[str]:
    claim = found.claim
    mark = "" if found.expected else "NEW "
    unit = f" {found.unit}" if found.unit else ""
    missing = f", {found.missing} cells without a number" if found.missing else ""
    lines = [
        f"{mark}{found.outcome} {found.kind} {claim.id} [{', '.join(claim.source)}] {claim.text}",
        f"    asserted {_asserted(found)}, found {found.found or 'nothing'}{unit}{missing}",
    ]
    if found.outcome is Outcome.UNDETERMINED and found.open_cells:
        for about in dict.fromkeys(about for _, about in found.open_cells):
            corps = [name for name, dimension in found.open_cells if dimension == about]
            named = ", ".join(corps[:NAMED]) + (", ..." if len(corps) > NAMED else "")
            lines.append(f"    open on {about}: {len(corps)} corps ({named})")
    lines += [f"    {said}" for said in (claim.reading, claim.remark) if said]
    return lines


def _asserted(found: Verified) -> str:
    """What is asserted: a loose wording as the source has it, beside how it is read."""
    claim = found.claim
    asserted = claim.asserted if isinstance(claim.asserted, str) else f"{claim.asserted:g}"
    relation = "" if claim.relation == "equals" else f"{claim.relation} "
    margin = f" +- {claim.margin:g}" if claim.margin else ""
    read = f"{relation}{asserted}{margin}"
    return f"'{claim.wording}', read as {read}" if claim.wording else read
