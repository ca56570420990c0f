"""The tables that `kmtui export` writes: columns and rows. Column names and their order are a promise."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from kmtui.analysis.rollup_methods import rollup_method
from kmtui.analysis.verdicts import verdicts
from kmtui.model.edition import Edition
from kmtui.model.numbers import digits
from kmtui.model.scheme import Ground, Rule
from kmtui.model.score import Judgement
from kmtui.model.words import Passage
from kmtui.monitor import Monitor
from kmtui.weighing.outcome import Reason

Row = Sequence[str]


class Export(msgspec.Struct, frozen=True):
    """What is exported: an edition, seen under a scheme and a unit mapping (None: its own).

    Raises UnknownIdError or SchemeError where there is no such scheme, mapping or roll-up, whatever table is asked for.
    """

    monitor: Monitor
    edition: Edition
    scheme: str | None = None
    mapping: str | None = None
    roll_up: str | None = None

    def __post_init__(self) -> None:
        if self.scheme is not None:
            self.monitor.weigher_for(self.edition, self.scheme)
        if self.mapping is not None:
            self.monitor.mapping(self.edition, self.mapping)
        if self.roll_up is not None:
            rollup_method(self.monitor.registry, self.roll_up)


class Column(msgspec.Struct, frozen=True):
    """A column and what it holds; `kind` is a type of Frictionless' Table Schema."""

    name: str
    description: str
    kind: str = "string"


class Table(msgspec.Struct, frozen=True):
    """One tidy table."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Export], Iterator[Row]]


EDITION = Column("edition", "id of the edition")
CORPS = Column("corps", "id of the corps")
LEVEL = Column("level", "the level where exactly one is possible, else empty")
POSSIBLE = Column("possible", "the levels still possible, worst first, with | between them; empty for blank")
BASIS = Column("basis", "what it rests on: stated, counted, recorded, computed, open or blank")
SOURCE = Column("source", "paragraphs of the source, with ; between them")
NOTE = Column("note", "remark in Dutch")
TEXT = Column("text", "what the source says, in Dutch and in our own words")


def _judgement(found: Judgement) -> tuple[str, str, str, str, str]:
    levels = found.possible
    possible = "|".join(levels)
    return possible if len(levels) < 2 else "", possible, found.basis, _source(found.source), found.note


def _source(paragraphs: Sequence[str]) -> str:
    return "; ".join(paragraphs)


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
            year = "" if cell.year is None else str(cell.year)
            value = "" if cell.value is None else digits(cell.value)
            row = (table.id, cell.indicator, cell.subject, year, value, cell.raw, cell.status, cell.footnote)
            yield export.edition.id, *row


def _units(export: Export) -> Iterator[Row]:
    from kmtui.analysis.rollup import roll_up, unit_verdict

    edition, monitor = export.edition, export.monitor
    if edition.head.unit_mapping is None and export.mapping is None:
        return
    mapping = monitor.mapping(edition, export.mapping)
    weigher = monitor.weigher_for(edition, export.scheme)
    way = rollup_method(monitor.registry, export.roll_up or mapping.roll_up)
    for unit in mapping.units:
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
        claim = found.claim
        asserted = claim.asserted if isinstance(claim.asserted, str) else f"{claim.asserted:g}"
        relation = "" if claim.relation == "equals" else f"{claim.relation} "
        margin = f" +- {claim.margin:g}" if claim.margin else ""
        yield (
            export.edition.id,
            claim.id,
            _source(claim.source),
            f"{relation}{asserted}{margin}",
            found.found,
            found.outcome,
        )


def _counts(export: Export) -> Iterator[Row]:
    for count in export.monitor.counts(export.edition).counts:
        about = count.dimension or count.partner or "verdict"
        kind = "dimension" if count.dimension else "partner" if count.partner else "verdict"
        exact = "yes" if count.exact else "no"
        levels, source = "|".join(count.levels), _source(count.source)
        yield export.edition.id, kind, about, levels, str(count.count), exact, source, count.note


def _recommendations(export: Export) -> Iterator[Row]:
    for advice in export.monitor.recommendations(export.edition).recommendations:
        yield (
            export.edition.id,
            advice.id,
            "|".join(advice.addressees),
            advice.theme,
            "yes" if advice.repeated else "no",
            _source(advice.source),
            advice.text,
        )


def _words(export: Export) -> Iterator[Row]:
    """Everything that is told in words, by what it is about."""

    def row(kind: str, subject: str, about: str, passage: Passage) -> Row:
        return export.edition.id, kind, subject, about, _source(passage.source), passage.text

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
    ):
        for about, passage in passages.items():
            yield row(kind, "", about, passage)
    for unit, baseline in export.monitor.baselines(export.edition).items():
        for area, passage in baseline.findings.items():
            yield row("finding", unit, area, passage)
        for passage in baseline.points:
            yield row("point", unit, "", passage)


TABLES: Mapping[str, Table] = {
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
        ),
        Table(
            "verdicts",
            "End scores, computed beside published",
            (
                EDITION,
                CORPS,
                Column("scheme", "id of the weighting scheme"),
                Column("computed", "the end score under the scheme where exactly one is possible, else empty"),
                POSSIBLE,
                Column("published", "the end score that the source prints, or what can be derived of it"),
                Column("agrees", "yes, assumed, possible, no, or empty where nothing was published"),
                Column("reasons", "the deciding rules with their paragraphs, heaviest first; ? where only possible"),
            ),
            _verdicts,
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
        ),
        Table(
            "indicators",
            "The tables of figures, cell by cell",
            (
                EDITION,
                Column("table", "printed number of the table"),
                Column("indicator", "id of the indicator"),
                Column("subject", "corps, or another row of the table"),
                Column("year", "year of the figure, empty where the source gives none", "integer"),
                Column("value", "the number where the cell is one", "number"),
                Column("raw", "the printed cell without its footnote number"),
                Column("status", "number, unknown, not-given, empty, yes, no, partly, range, double, mixed or text"),
                Column("footnote", "printed number of the footnote"),
            ),
            _indicators,
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
        ),
        Table(
            "claims",
            "What the source asserts, and whether the data bear it out",
            (
                EDITION,
                Column("claim", "id of the claim"),
                SOURCE,
                Column("asserted", "what the source says, with how exactly"),
                Column("found", "what the data give; bounds in brackets"),
                Column("outcome", "holds, contradicted or undetermined"),
            ),
            _claims,
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
                Column("exact", "no where the number is loose or derived"),
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
                Column("repeated", "yes where it repeats one of the edition before"),
                SOURCE,
                TEXT,
            ),
            _recommendations,
        ),
        Table(
            "words",
            "Explanations, actions, outlook, remarks, the national picture, and findings on units",
            (
                EDITION,
                Column("kind", "explanation, action, outlook, remark, dimension, partner, answer, finding or point"),
                Column("subject", "id of the corps or unit, empty for the country"),
                Column("about", "id of the focus area, dimension or partner"),
                SOURCE,
                TEXT,
            ),
            _words,
        ),
    )
}
