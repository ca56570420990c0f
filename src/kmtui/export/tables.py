"""The tables of facts that `kmtui export` writes. Column names and their order are a promise."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import isfinite

from kmtui.analysis.rollup_methods import rollup_method
from kmtui.analysis.verdicts import verdicts
from kmtui.export.schema import (
    BASIS,
    CORPS,
    EDITION,
    LEVEL,
    NOTE,
    POSSIBLE,
    SOURCE,
    TEXT,
    YES_NO,
    Export,
    Table,
    levels_column,
    of_edition,
    source_cell,
)
from kmtui.model.cells import CellStatus
from kmtui.model.numbers import digits
from kmtui.model.scheme import Ground, Rule
from kmtui.model.score import Judgement
from kmtui.model.tabular import Column, Row
from kmtui.model.words import Passage
from kmtui.weighing.outcome import Reason


def _judgement(found: Judgement) -> tuple[str, str, str, str, str]:
    levels = found.possible
    possible = "|".join(levels)
    return possible if len(levels) < 2 else "", possible, found.basis, source_cell(found.source), found.note


def _scores(export: Export) -> Iterator[Row]:
    edition = export.edition.id
    places = [(dimension.area, dimension.id) for dimension in export.monitor.framework(export.edition).dimensions]
    for corps in export.edition.corps:
        name, scores = corps.id, corps.scores
        for area, dimension in places:
            yield edition, name, area, dimension, *_judgement(scores[dimension])


def _verdicts(export: Export) -> Iterator[Row]:
    weigher = export.monitor.weigher_for(export.edition, export.scheme)
    for found in verdicts(export.edition, weigher):
        yield (
            export.edition.id,
            found.corps,
            weigher.scheme.id,
            found.weighing.verdict or "",
            "|".join(found.weighing.possible),
            "|".join(found.published.possible) if found.published else "",
            found.agreement,
            reasons_cell(found.weighing.deciding),
        )


def _reasons(export: Export) -> Iterator[Row]:
    weigher = export.monitor.weigher_for(export.edition, export.scheme)
    for found in verdicts(export.edition, weigher):
        for order, reason in enumerate(found.weighing.reasons, 1):
            status = reason.status.value
            rule = (reason.rule.id, status, "yes" if reason.decisive else "no", reason.verdict)
            about = ("|".join(reason.dimensions), source_cell(reason.rule.source))
            yield export.edition.id, found.corps, weigher.scheme.id, order, *rule, *about


def reasons_cell(deciding: Iterable[Reason]) -> str:
    """The deciding rules in order of weight with their paragraphs; `?` marks one that only may be in force."""
    return deciding_cell((reason.rule, reason.certain) for reason in deciding)


def deciding_cell(deciding: Iterable[tuple[Rule | Ground, bool]]) -> str:
    """The same for rules, each with whether it is certain."""
    return "; ".join(
        f"{rule.id} [{', '.join(rule.source)}]{'' if is_certain else '?'}" for rule, is_certain in deciding
    )


def _partners(export: Export) -> Iterator[Row]:
    for corps in export.edition.corps:
        for column in export.monitor.partner_columns(export.edition):
            if column.id in corps.partners:
                yield export.edition.id, corps.id, column.id, *_judgement(corps.partners[column.id])


def _indicators(export: Export) -> Iterator[Row]:
    for table in export.monitor.figures(export.edition).tables:
        for cell in table.cells:
            row = (table.id, cell.indicator, cell.subject, cell.year, cell.value, cell.raw, cell.status, cell.footnote)
            yield export.edition.id, *row


def _units(export: Export) -> Iterator[Row]:
    from kmtui.analysis.rollup import roll_up, unit_verdict, units_of

    edition, monitor = export.edition, export.monitor
    if edition.head.unit_mapping is None and export.mapping is None:
        return
    mapping = monitor.mapping(edition, export.mapping)
    weigher = monitor.weigher_for(edition, export.scheme)
    way = rollup_method(monitor.registry, export.roll_up or mapping.roll_up)
    for unit in units_of(edition, mapping):
        for row in roll_up(edition, unit, weigher, way):
            yield edition.id, mapping.id, unit.id, row.dimension, *_rolled(row.possible, row.distribution)
        verdict = unit_verdict(edition, unit, weigher, way)
        yield edition.id, mapping.id, unit.id, "verdict", *_rolled(verdict.possible, verdict.distribution)


def _rolled(possible: tuple[str, ...], distribution: Mapping[tuple[str, ...], int]) -> tuple[str, str, str]:
    level = possible[0] if len(possible) == 1 else ""
    counts = "; ".join(f"{'|'.join(levels) or 'blank'}: {count}" for levels, count in distribution.items())
    return level, "|".join(possible), counts


def _claims(export: Export) -> Iterator[Row]:
    from kmtui.analysis.verify import verify

    for found in verify(export.monitor, export.edition):
        claim, bounds = found.claim, found.bounds
        certain = bounds is None or bounds.value is not None
        yield (
            export.edition.id,
            claim.id,
            found.kind,
            source_cell(claim.source),
            claim.text,
            claim.relation,
            claim.asserted if isinstance(claim.asserted, str) else digits(claim.asserted),
            _exact(claim.margin) if claim.margin else None,
            found.unit,
            found.found if certain else "",
            _exact(bounds.low) if bounds else None,
            _exact(bounds.high) if bounds else None,
            found.outcome,
            claim.known or "",
            claim.remark,
            claim.wording,
            claim.reading,
        )


def _exact(number: float) -> Decimal | None:
    """A number for a column of numbers, None where it is infinite; a quotient has six decimals."""
    return Decimal(digits(round(number, 6))) if isfinite(number) else None


def _counts(export: Export) -> Iterator[Row]:
    for count in export.monitor.counts(export.edition).counts:
        about = count.dimension or count.partner or "verdict"
        kind = "dimension" if count.dimension else "partner" if count.partner else "verdict"
        exact = "yes" if count.exact else "no"
        levels, source = "|".join(count.levels), source_cell(count.source)
        yield export.edition.id, kind, about, levels, count.count, exact, source, count.note


def _recommendations(export: Export) -> Iterator[Row]:
    for advice in export.monitor.recommendations(export.edition).recommendations:
        yield (
            export.edition.id,
            advice.id,
            "|".join(advice.addressees),
            advice.theme,
            "yes" if advice.repeated else "no",
            source_cell(advice.source),
            advice.text,
        )


def _words(export: Export) -> Iterator[Row]:
    """All passages of text, by subject."""

    def row(kind: str, subject: str, about: str, passage: Passage) -> Row:
        return export.edition.id, kind, subject, about, source_cell(passage.source), passage.text

    for corps in export.edition.corps:
        for area, passage in corps.explanations.items():
            yield row("explanation", corps.id, area, passage)
        for passage in corps.actions:
            yield row("action", corps.id, "", passage)
        for passage in (*corps.outlook, *([corps.outlook_note] if corps.outlook_note else [])):
            yield row("outlook", corps.id, "", passage)
        for remark in corps.remarks:
            yield row("remark", corps.id, remark.partner, remark)
    picture = export.monitor.picture(export.edition)
    for kind, passages in (
        ("dimension", picture.dimensions),
        ("partner", picture.partners),
        ("answer", picture.answers),
        ("development", picture.developments),
    ):
        for about, passage in passages.items():
            yield row(kind, "", about, passage)
    for unit, baseline in export.monitor.baselines(export.edition).items():
        for area, passage in baseline.findings.items():
            yield row("finding", unit, area, passage)
        for passage in baseline.points:
            yield row("point", unit, "", passage)


FACTS: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "scores",
            "Scores by corps and dimension",
            (
                EDITION,
                CORPS,
                Column("area", "id of the focus area"),
                Column("dimension", "id of the dimension"),
                LEVEL,
                POSSIBLE,
                BASIS,
                SOURCE,
                NOTE,
            ),
            _scores,
            key=("edition", "corps", "dimension"),
            foreign_keys=(
                of_edition("corps", table="corps"),
                of_edition("area", table="areas"),
                of_edition("dimension", table="dimensions"),
                of_edition("level", table="levels"),
            ),
        ),
        Table(
            "verdicts",
            "End scores, computed beside published",
            (
                EDITION,
                CORPS,
                Column("scheme", "id of the weighting scheme"),
                levels_column("computed", "the end score under the scheme where exactly one is possible, else empty"),
                POSSIBLE,
                levels_column("published", "the end score that the source prints, or what can be derived of it"),
                Column("agrees", "yes, assumed, possible, no, or empty where nothing was published"),
                Column("reasons", "the deciding rules with their paragraphs, heaviest first; ? where only possible"),
            ),
            _verdicts,
            key=("edition", "corps", "scheme"),
            foreign_keys=(
                of_edition("corps", table="corps"),
                of_edition("computed", table="levels", refers_to=("level",)),
            ),
        ),
        Table(
            "reasons",
            "The rules that apply or could apply to each corps, heaviest first",
            (
                EDITION,
                CORPS,
                Column("scheme", "id of the weighting scheme"),
                Column("order", "place by weight among the corps's reasons, from 1 for the heaviest", "integer"),
                Column("rule", "id of the rule"),
                Column(
                    "status",
                    "applies, or could-apply where only some of the possible levels make the rule apply",
                    values=("applies", "could-apply"),
                ),
                Column("decisive", "no where a heavier rule settles the end score already", values=YES_NO),
                levels_column("verdict", "the end score that the rule brings about"),
                Column("dimensions", "ids of the dimensions through which the rule applies, with | between them"),
                SOURCE,
            ),
            _reasons,
            key=("edition", "corps", "scheme", "order"),
            foreign_keys=(of_edition("corps", table="corps"), of_edition("scheme", "rule", table="rules")),
        ),
        Table(
            "partners",
            "Judgements of corps on their external partners",
            (
                EDITION,
                CORPS,
                Column("partner", "id of the partner, or of its aspect"),
                LEVEL,
                POSSIBLE,
                BASIS,
                SOURCE,
                NOTE,
            ),
            _partners,
            key=("edition", "corps", "partner"),
            foreign_keys=(
                of_edition("corps", table="corps"),
                of_edition("partner", table="partner_columns"),
                of_edition("level", table="levels"),
            ),
        ),
        Table(
            "indicators",
            "The tables of figures, cell by cell",
            (
                EDITION,
                Column("table", "printed number of the table"),
                Column("indicator", "id of the indicator"),
                Column("subject", "corps, or another row of the table"),
                Column("year", "year of the figure, empty where the source gives none", "integer", optional=True),
                Column("value", "the number where the cell is one", "number", optional=True),
                Column("raw", "the printed cell without its footnote number"),
                Column(
                    "status",
                    "number, unknown, not-given, empty, yes, no, partly, range, double, mixed or text",
                    values=tuple(CellStatus),
                ),
                Column("footnote", "printed number of the footnote", optional=True),
            ),
            _indicators,
            key=("edition", "table", "indicator", "subject", "year"),
            foreign_keys=(
                of_edition("table", table="figure_tables"),
                of_edition("table", "indicator", table="figure_indicators"),
                of_edition("subject", table="subjects"),
                of_edition("footnote", table="footnotes"),
            ),
        ),
        Table(
            "units",
            "Scores rolled up to units",
            (
                EDITION,
                Column("mapping", "id of the unit mapping"),
                Column("unit", "id of the unit"),
                Column("dimension", "id of the dimension, or verdict for the end score"),
                LEVEL,
                POSSIBLE,
                Column("distribution", "how many of the unit's corps have which levels, worst first"),
            ),
            _units,
            key=("edition", "mapping", "unit", "dimension"),
            foreign_keys=(of_edition("mapping", "unit", table="unit_names"), of_edition("level", table="levels")),
        ),
        Table(
            "claims",
            "What the source asserts, and whether the data bear it out",
            (
                EDITION,
                Column("claim", "id of the claim"),
                Column(
                    "kind",
                    "independent: set against other paragraphs or figures; echo: against its own; internal: a count",
                    values=("independent", "echo", "internal"),
                ),
                SOURCE,
                TEXT,
                Column(
                    "relation",
                    "how what is found must relate to what is asserted",
                    values=("equals", "about", "at-least", "at-most", "more-than", "less-than"),
                ),
                Column("asserted", "the number, level or word; where wording is not empty, how that is read"),
                Column("margin", "the most that a number may differ", "number", optional=True),
                Column("unit", "what the number counts; empty for a level or word", optional=True),
                Column("found", "the number where it is certain, the printed cell, or levels", optional=True),
                Column("low", "the least that the number can be; empty where unbounded", "number", optional=True),
                Column("high", "the most that the number can be; empty where unbounded", "number", optional=True),
                Column("outcome", "how the claim stands", values=("holds", "contradicted", "undetermined")),
                Column("known", "the outcome on record where the claim does not hold", optional=True),
                Column("remark", "the likely cause, in Dutch", optional=True),
                Column("wording", "the loose wording of the source, where it gives no number", optional=True),
                Column("reading", "how that wording, or a margin, is read, and why", optional=True),
            ),
            _claims,
            key=("edition", "claim"),
        ),
        Table(
            "counts",
            "Published counts of scores",
            (
                EDITION,
                Column("kind", "dimension, partner or verdict"),
                Column("about", "id of the dimension or partner"),
                Column("levels", "the level, or several that are counted together"),
                Column("count", "how many corps", "integer"),
                Column("exact", "no where the number is loose or derived", values=YES_NO),
                SOURCE,
                NOTE,
            ),
            _counts,
        ),
        Table(
            "recommendations",
            "Recommendations of the source",
            (
                EDITION,
                Column("recommendation", "id of the recommendation"),
                Column("addressees", "to whom, with | between them"),
                Column("theme", "focus area or theme"),
                Column("repeated", "yes where it repeats one of the edition before", values=YES_NO),
                SOURCE,
                TEXT,
            ),
            _recommendations,
            key=("edition", "recommendation"),
        ),
        Table(
            "words",
            "Explanations, actions, outlook, remarks, the national picture, and findings on units",
            (
                EDITION,
                Column(
                    "kind",
                    "explanation, action, outlook, remark, dimension, partner, answer, development, finding or point",
                ),
                Column("subject", "id of the corps or unit, empty for the country"),
                Column("about", "id of the focus area, dimension or partner"),
                SOURCE,
                TEXT,
            ),
            _words,
        ),
    )
}
