"""The codebook: tables that say what the ids in the tables of facts stand for. Each is keyed by the same ids."""

from collections.abc import Iterator, Mapping

from kmtui.analysis.rollup import units_of
from kmtui.export.schema import (
    EDITION,
    NOTE,
    SOURCE,
    TEXT,
    YES_NO,
    Export,
    Table,
    of_edition,
    source_cell,
)
from kmtui.model.base import Text
from kmtui.model.scheme import CodedScheme, Scheme
from kmtui.model.tabular import Column, Row
from kmtui.model.units import Unit

NAME_NL = Column("name_nl", "name in Dutch")
NAME_EN = Column("name_en", "name in English")


def _names(text: Text) -> tuple[str, str]:
    return text.nl, text.en


def _editions(export: Export) -> Iterator[Row]:
    edition, head = export.edition, export.edition.head
    period = (head.period.start.isoformat(), head.period.end.isoformat())
    mapping = head.unit_mapping or ""
    complete = "yes" if edition.is_complete else "no"
    source = (head.source.title, head.source.publisher)
    yield edition.id, edition.title, *period, edition.framework, edition.scheme, mapping, complete, *source


def _corps(export: Export) -> Iterator[Row]:
    for order, corps in enumerate(export.edition.corps, 1):
        yield export.edition.id, corps.id, order, corps.name, source_cell(corps.source)


def _areas(export: Export) -> Iterator[Row]:
    for order, area in enumerate(export.monitor.framework(export.edition).areas, 1):
        yield export.edition.id, area.id, order, *_names(area.name), source_cell(area.source)


def _dimensions(export: Export) -> Iterator[Row]:
    framework = export.monitor.framework(export.edition)
    for order, found in enumerate(framework.dimensions, 1):
        names = (found.short, *_names(found.name), *_names(found.norm))
        about = (framework.id, found.area, found.id, order)
        yield export.edition.id, *about, *names, found.standing, source_cell(found.source)


def _levels(export: Export) -> Iterator[Row]:
    scale = export.monitor.framework(export.edition).scale
    for rank, level in enumerate((*scale.levels, scale.blank)):
        is_blank = level is scale.blank
        signs = (level.glyph, level.letter, level.paint.ink, level.paint.ground)
        about = (level.id, None if is_blank else rank, "yes" if is_blank else "no")
        yield export.edition.id, *about, *_names(level.label), *_names(level.meaning), *signs


def _partner_columns(export: Export) -> Iterator[Row]:
    for order, column in enumerate(export.monitor.partner_columns(export.edition), 1):
        partner = column.partner
        names = (column.short, *_names(column.name))
        yield export.edition.id, column.id, order, partner.id, partner.kind, *names, source_cell(partner.source)


def _subjects(export: Export) -> Iterator[Row]:
    """The rows of tables of figures: corps, and what stands beside them."""
    for corps in export.edition.corps:
        yield export.edition.id, corps.id, "corps", corps.name, corps.name
    for subject in export.monitor.figures(export.edition).subjects:
        yield export.edition.id, subject.id, subject.kind, *_names(subject.name)


def _figure_tables(export: Export) -> Iterator[Row]:
    for table in export.monitor.figures(export.edition).tables:
        yield export.edition.id, table.id, *_names(table.title), table.note, source_cell(table.source)


def _figure_indicators(export: Export) -> Iterator[Row]:
    for table in export.monitor.figures(export.edition).tables:
        for indicator in table.indicators:
            about = (table.id, indicator.id, *_names(indicator.name))
            yield export.edition.id, *about, indicator.unit, indicator.note


def _footnotes(export: Export) -> Iterator[Row]:
    for footnote in export.monitor.figures(export.edition).footnotes:
        yield export.edition.id, footnote.id, footnote.text


def _glossary(export: Export) -> Iterator[Row]:
    for term in export.monitor.glossary(export.edition).terms:
        explained = "yes" if term.explained else "no"
        yield export.edition.id, term.id, term.term, explained, source_cell(term.source), term.text


def _unit_names(export: Export) -> Iterator[Row]:
    for mapping, unit in _units(export):
        yield export.edition.id, mapping, unit.id, *_names(unit.name), source_cell(unit.source)


def _unit_members(export: Export) -> Iterator[Row]:
    there = {corps.id for corps in export.edition.corps}
    for mapping, unit in _units(export):
        for corps in unit.corps:
            if corps in there:
                yield export.edition.id, mapping, unit.id, corps


def _units(export: Export) -> Iterator[tuple[str, Unit]]:
    if export.edition.head.unit_mapping is None and export.mapping is None:
        return
    mapping = export.monitor.mapping(export.edition, export.mapping)
    for unit in units_of(export.edition, mapping):
        yield mapping.id, unit


def _scheme(export: Export) -> Scheme:
    return export.monitor.scheme(export.scheme or export.edition.scheme)


def _schemes(export: Export) -> Iterator[Row]:
    scheme = _scheme(export)
    kind = "code" if isinstance(scheme, CodedScheme) else "rules"
    yield export.edition.id, scheme.id, scheme.framework, kind, *_names(scheme.name), scheme.source


def _rules(export: Export) -> Iterator[Row]:
    scheme = _scheme(export)
    for order, rule in enumerate(scheme.rules, 1):
        about = (scheme.id, rule.id, order, *_names(rule.text))
        yield export.edition.id, *about, rule.standing, source_cell(rule.source)


def _parameters(export: Export) -> Iterator[Row]:
    scheme, day = _scheme(export), export.edition.head.period.end
    for parameter in scheme.parameters:
        value = (parameter.value_on(day), parameter.minimum, parameter.maximum)
        names = (*_names(parameter.name), *_names(parameter.reason))
        yield export.edition.id, scheme.id, parameter.id, *value, *names, source_cell(parameter.source)


def _crosswalks(export: Export) -> Iterator[Row]:
    for walk in export.monitor.registry.crosswalks.values():
        if export.edition.framework not in (walk.old, walk.new):
            continue
        for order, step in enumerate(walk.continuations, 1):
            note = _names(step.note) if step.note else ("", "")
            dimensions = ("|".join(step.old), "|".join(step.new))
            about = (walk.id, order, walk.old, walk.new, step.change)
            yield export.edition.id, *about, *dimensions, *note, step.standing, source_cell(step.source)


STANDING = Column(
    "standing",
    "cited, carried (from an earlier framework) or assumed (by the plugin)",
    values=("cited", "carried", "assumed"),
)
ORDER = Column("order", "place in the source's order, from 1", "integer")

CODEBOOK: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "editions",
            "Editions of the monitor",
            (
                EDITION,
                Column("title", "title of the edition"),
                Column("start", "first day of its period, as YYYY-MM-DD"),
                Column("end", "last day of its period"),
                Column("framework", "id of the framework that it is scored on"),
                Column("scheme", "id of the weighting scheme that weighs it"),
                Column("mapping", "id of its unit mapping, if it has one"),
                Column("complete", "no where the edition is known from another's remarks only", values=YES_NO),
                Column("source_title", "title of the publication"),
                Column("publisher", "publisher of the publication"),
            ),
            _editions,
            key=("edition",),
        ),
        Table(
            "corps",
            "Assessed corps or units",
            (EDITION, Column("corps", "id of the corps"), ORDER, Column("name", "name of the corps"), SOURCE),
            _corps,
            key=("edition", "corps"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "areas",
            "Focus areas",
            (EDITION, Column("area", "id of the focus area"), ORDER, NAME_NL, NAME_EN, SOURCE),
            _areas,
            key=("edition", "area"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "dimensions",
            "Dimensions with their norms",
            (
                EDITION,
                Column("framework", "id of the framework"),
                Column("area", "id of the focus area"),
                Column("dimension", "id of the dimension"),
                ORDER,
                Column("short", "head of its column, of up to four characters"),
                NAME_NL,
                NAME_EN,
                Column("norm_nl", "norm in Dutch"),
                Column("norm_en", "norm in English"),
                STANDING,
                SOURCE,
            ),
            _dimensions,
            key=("edition", "dimension"),
            foreign_keys=(of_edition("area", table="areas"),),
        ),
        Table(
            "levels",
            "Levels of the scale, with their signs and colours",
            (
                EDITION,
                Column("level", "id of the level"),
                Column("rank", "0 for the worst level; empty for blank", "integer", optional=True),
                Column("blank", "yes for the mark of a withheld judgement, which is no level", values=YES_NO),
                Column("label_nl", "label in Dutch"),
                Column("label_en", "label in English"),
                Column("meaning_nl", "meaning in Dutch"),
                Column("meaning_en", "meaning in English"),
                Column("glyph", "sign of the level"),
                Column("letter", "letter of the level"),
                Column("ink", "colour of text on the level's ground, as #rrggbb"),
                Column("ground", "colour of the ground, as #rrggbb"),
            ),
            _levels,
            key=("edition", "level"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "partner_columns",
            "External partners, and the aspects of them that are judged",
            (
                EDITION,
                Column("partner", "id of the partner or aspect, as in the table partners"),
                ORDER,
                Column("type", "id of the partner that it belongs to"),
                Column("kind", "what the partner is to the corps", values=("dependent", "complementary", "supporting")),
                Column("short", "head of its column, of up to four characters"),
                NAME_NL,
                NAME_EN,
                SOURCE,
            ),
            _partner_columns,
            key=("edition", "partner"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "subjects",
            "Rows of the tables of figures",
            (
                EDITION,
                Column("subject", "id of the row"),
                Column("kind", "what the row is", values=("corps", "body", "place", "national", "total")),
                NAME_NL,
                NAME_EN,
            ),
            _subjects,
            key=("edition", "subject"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "figure_tables",
            "Tables of figures",
            (
                EDITION,
                Column("table", "printed number of the table"),
                Column("title_nl", "title in Dutch"),
                Column("title_en", "title in English"),
                NOTE,
                SOURCE,
            ),
            _figure_tables,
            key=("edition", "table"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "figure_indicators",
            "What each group of columns of a table counts",
            (
                EDITION,
                Column("table", "printed number of the table"),
                Column("indicator", "id of the indicator, unique within its table"),
                NAME_NL,
                NAME_EN,
                Column("unit", "what its numbers count, in Dutch"),
                NOTE,
            ),
            _figure_indicators,
            key=("edition", "table", "indicator"),
            foreign_keys=(of_edition("table", table="figure_tables"),),
        ),
        Table(
            "footnotes",
            "Footnotes of the tables of figures",
            (EDITION, Column("footnote", "printed number of the footnote"), TEXT),
            _footnotes,
            key=("edition", "footnote"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "glossary",
            "Abbreviations of the source",
            (
                EDITION,
                Column("id", "id of the abbreviation"),
                Column("term", "abbreviation as the source prints it"),
                Column("explained", "no where the source does not explain it", values=YES_NO),
                SOURCE,
                Column("text", "what it stands for, in Dutch"),
            ),
            _glossary,
            key=("edition", "id"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "unit_names",
            "Units that corps make up, and corps that stay by themselves",
            (
                EDITION,
                Column("mapping", "id of the unit mapping"),
                Column("unit", "id of the unit"),
                NAME_NL,
                NAME_EN,
                SOURCE,
            ),
            _unit_names,
            key=("edition", "mapping", "unit"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "unit_members",
            "Which corps of the edition make up which unit",
            (
                EDITION,
                Column("mapping", "id of the unit mapping"),
                Column("unit", "id of the unit"),
                Column("corps", "id of the corps"),
            ),
            _unit_members,
            key=("edition", "mapping", "unit", "corps"),
            foreign_keys=(
                of_edition("mapping", "unit", table="unit_names"),
                of_edition("corps", table="corps"),
            ),
        ),
        Table(
            "schemes",
            "Weighting schemes that the end scores are computed by",
            (
                EDITION,
                Column("scheme", "id of the weighting scheme"),
                Column("framework", "id of the framework that it weighs"),
                Column("kind", "rules, or code of a plugin", values=("rules", "code")),
                NAME_NL,
                NAME_EN,
                Column("source", "where the scheme comes from"),
            ),
            _schemes,
            key=("edition", "scheme"),
            foreign_keys=(of_edition(table="editions"),),
        ),
        Table(
            "rules",
            "Rules of the weighting schemes",
            (
                EDITION,
                Column("scheme", "id of the weighting scheme"),
                Column("rule", "id of the rule"),
                Column("order", "place by weight, from 1 for the heaviest", "integer"),
                Column("text_nl", "the rule in Dutch"),
                Column("text_en", "the rule in English"),
                STANDING,
                SOURCE,
            ),
            _rules,
            key=("edition", "scheme", "rule"),
            foreign_keys=(of_edition("scheme", table="schemes"),),
        ),
        Table(
            "parameters",
            "Parameters of the weighting schemes, with the values that apply to the edition",
            (
                EDITION,
                Column("scheme", "id of the weighting scheme"),
                Column("parameter", "id of the parameter"),
                Column("value", "its value on the last day of the edition's period", "integer"),
                Column("minimum", "lowest value that it may have", "integer"),
                Column("maximum", "highest value that it may have", "integer"),
                NAME_NL,
                NAME_EN,
                Column("reason_nl", "why it has this value, in Dutch"),
                Column("reason_en", "why it has this value, in English"),
                SOURCE,
            ),
            _parameters,
            key=("edition", "scheme", "parameter"),
            foreign_keys=(of_edition("scheme", table="schemes"),),
        ),
        Table(
            "crosswalks",
            "How dimensions continue from one framework to another",
            (
                EDITION,
                Column("crosswalk", "id of the crosswalk"),
                ORDER,
                Column("old_framework", "id of the older framework"),
                Column("new_framework", "id of the newer framework"),
                Column("change", "what became of the dimensions"),
                Column("old", "ids of the older dimensions, with | between them"),
                Column("new", "ids of the newer dimensions, with | between them"),
                Column("note_nl", "remark in Dutch"),
                Column("note_en", "remark in English"),
                STANDING,
                SOURCE,
            ),
            _crosswalks,
            key=("edition", "crosswalk", "order"),
            foreign_keys=(of_edition(table="editions"),),
        ),
    )
}
