"""`kmtui scheme`: what the rules of a scheme can do, and what they do in an edition."""

from collections.abc import Iterator, Sequence

import click

from kmtui.analysis.adapted_weigher import adapt
from kmtui.analysis.rule_set import Finding, Frequency, findings, frequencies
from kmtui.analysis.subjects import subjects
from kmtui.cli.completion import SCHEME
from kmtui.cli.context import pass_session
from kmtui.cli.options import csv_options, edition_option, parameters_option
from kmtui.cli.printing import print_document
from kmtui.cli.session import Session
from kmtui.cli.streams import results
from kmtui.export.delimited import Dialect, write_rows
from kmtui.model.scheme import CodedScheme
from kmtui.pages.labels import Labels
from kmtui.pages.schemes import rule_set_page

COLUMNS = (
    "edition",
    "scheme",
    "rule",
    "effect",
    "in_force",
    "maybe_in_force",
    "decides",
    "maybe_decides",
    "covered_by",
    "contradicts",
)


@click.command("scheme")
@click.argument("scheme_id", type=SCHEME, metavar="ID")
@edition_option
@parameters_option
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of text.")
@csv_options
@pass_session
def command(
    session: Session,
    scheme_id: str,
    edition_id: str | None,
    parameters: dict[str, int],
    as_csv: bool,
    dialect: Dialect,
) -> None:
    """Examine the rules of a weighting scheme.

    For each rule: whether any scores bring it into force, whether it can decide, and alone; which rules always go along
    with it, and which contradict it; and on how many corps of an edition it is in force and decides. All this holds for
    the parameters of the edition's day, or those that are --set. `kmtui compare --scheme` shows how two schemes differ.

    \b
    --csv  edition,scheme,rule,effect,in_force,maybe_in_force,decides,maybe_decides,covered_by,
           contradicts

    effect is needed, needless (never decides alone), overshadowed (never decides), dead (never in force), off (by a
    parameter), neutral, or empty where the scheme is code; the numbers with maybe include what open scores allow.
    """
    monitor, edition = session.monitor, session.edition(edition_id)
    weigher = monitor.weigher(scheme_id, parameters, edition.head.period.end)
    side = adapt(monitor.framework(edition), weigher, monitor.registry.crosswalks.values())
    weighings = [side.weigh(subject.levels) for subject in subjects(edition, monitor.framework(edition).scale)]
    often = frequencies(weigher.scheme, weighings)
    found = None if isinstance(weigher.scheme, CodedScheme) else findings(weigher)
    if as_csv:
        rows = ((edition.id, scheme_id, *row) for row in _rows(found or (), often))
        write_rows(results(), COLUMNS, rows, dialect)
        return
    print_document(rule_set_page(Labels(weigher.framework, session.wording), weigher, found, often), edition.title)


def _rows(found: Sequence[Finding], often: Sequence[Frequency]) -> Iterator[tuple[str, ...]]:
    """A row for each rule that can be in force, and each that was examined, in order of weight."""
    counts = {one.rule: one for one in often}
    findings = {finding.rule.id: finding for finding in found}
    for name in findings or counts:
        numbers = ("", "", "", "")
        if name in counts:
            one = counts[name]
            numbers = (str(one.in_force), str(one.maybe_in_force), str(one.decides), str(one.maybe_decides))
        finding = findings.get(name)
        covered, contradicts = (finding.covered_by, finding.contradicts) if finding else ((), ())
        yield name, finding.effect if finding else "", *numbers, "; ".join(covered), "; ".join(contradicts)
