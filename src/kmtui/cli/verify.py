"""`kmtui verify`: do the data bear out what the source asserts?"""

from collections import Counter

import click

from kmtui.analysis.verify import Outcome, Verified, verify
from kmtui.cli.context import pass_session
from kmtui.cli.session import Session
from kmtui.terminal import visible

NAMED = 6
"""How many corps with an open score are named before the rest is left to `show`."""


@click.command("verify")
@click.argument("edition_id", metavar="[EDITION]", required=False)
@click.option("--all", "show_all", is_flag=True, help="Show the claims that hold as well.")
@pass_session
def command(session: Session, edition_id: str | None, show_all: bool) -> None:
    """Evaluate every claim of EDITION (the newest complete one, if none is named).

    Claims that are contradicted or undetermined are printed with what was found and a remark; those that nobody knew of
    are marked NEW. The exit status is 1 only where there is a new one, or a known one has been resolved.
    """
    edition = session.edition(edition_id)
    outcomes = verify(session.monitor, edition)
    for found in outcomes:
        if show_all or found.outcome is not Outcome.HOLDS or not found.expected:
            for line in _lines(found):
                click.echo(visible(line))
    counted = Counter(found.outcome for found in outcomes)
    new = sum(not found.expected for found in outcomes)
    told = ", ".join(f"{counted[outcome]} {outcome}" for outcome in Outcome)
    click.echo(f"{edition.id}: {len(outcomes)} claims, {told}; {new} otherwise than known", err=True)
    if new:
        raise click.exceptions.Exit(1)


def _lines(found: Verified) -> list[str]:
    claim = found.claim
    mark = "" if found.expected else "NEW "
    asserted = claim.asserted if isinstance(claim.asserted, str) else f"{claim.asserted:g}"
    relation = "" if claim.relation == "equals" else f"{claim.relation} "
    margin = f" +- {claim.margin:g}" if claim.margin else ""
    missing = f", {found.missing} cells not counted" if found.missing else ""
    lines = [
        f"{mark}{found.outcome} {claim.id} [{', '.join(claim.source)}] {claim.text}",
        f"    asserted {relation}{asserted}{margin}, found {found.found or 'nothing'}{missing}",
    ]
    if found.outcome is Outcome.UNDETERMINED and found.open_cells:
        for about in dict.fromkeys(about for _, about in found.open_cells):
            corps = [name for name, dimension in found.open_cells if dimension == about]
            named = ", ".join(corps[:NAMED]) + (", ..." if len(corps) > NAMED else "")
            lines.append(f"    open on {about}: {len(corps)} corps ({named})")
    if claim.remark:
        lines.append(f"    {claim.remark}")
    return lines
