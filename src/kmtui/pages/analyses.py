"""Analyses as pages: the tables that they find, with the names of what is in them, and what they left out."""

from collections.abc import Mapping

from kmtui.analysis.catalog import ANALYSES, Choices
from kmtui.analysis.findings import Findings, FindingsTable
from kmtui.blocks import (
    Block,
    Column,
    Document,
    Items,
    Table,
    TableCell,
    TableRow,
    Target,
    cell,
    item,
    paragraph,
    section,
)
from kmtui.model.tabular import Cell, Row
from kmtui.model.tabular import Column as TabularColumn
from kmtui.pages.inline_errors import document_or_errors
from kmtui.pages.page_kind import PageKind, text
from kmtui.pages.view import View

LONG = ("text", "unit", "answer_source", "sum_of_all", "first_by", "second_by")
"""Columns that take much room: they are left to CSV."""

Names = Mapping[str, Mapping[str, str]]
"""The names of ids, by the column that holds them."""


def analysis_page(view: View, name: str) -> Document:
    """The tables of one analysis of the edition (raises KeyError)."""
    target = Target("analysis", "", name)

    def make() -> Document:
        return findings_document(view, target, ANALYSES[name].run(view.monitor, view.own.edition, Choices()))

    return document_or_errors(view, target, make)


def findings_document(view: View, target: Target, findings: Findings, table: str | None = None) -> Document:
    """The tables of an analysis, or one of them, and what was left out."""
    say = view.say
    names = _names(view)
    blocks: list[Block] = []
    for one in findings.tables:
        if table == one.name or (table is None and not one.wide):
            found = _table(view, one, names) if one.rows else paragraph(say("nothing"))
            blocks.append(found if one.title == findings.title else section(one.name, say.of(one.title), found))
    if findings.left_out:
        left_out = Items(tuple(item(say.of(left)) for left in findings.left_out))
        blocks.append(section("left-out", say("not_considered"), left_out))
    return view.document(target, say.of(findings.title), *blocks)


def _table(view: View, found: FindingsTable, names: Names) -> Table:
    shown = [
        at
        for at, column in enumerate(found.columns)
        if column.name not in LONG and not (column.optional and all(row[at] in (None, "") for row in found.rows))
    ]
    columns = []
    for column in (found.columns[at] for at in shown):
        head = names["corps"].get(column.name) or view.say.head(column.name)
        if column.levels:
            columns.append(view.level_column(column.name, head, head))
        elif column.kind == "string":
            columns.append(Column(column.name, head))
        else:
            columns.append(Column(column.name, head, "number", align="right"))
    rows = [
        TableRow(tuple(_cell(view, found.columns[at], row[at], names) for at in shown), _target(view, found, row))
        for row in found.rows
    ]
    return Table(found.name, tuple(columns), tuple(rows))


def _cell(view: View, column: TabularColumn, value: Cell, names: Names) -> TableCell:
    if value is None:
        return cell("-")
    if not isinstance(value, str):
        return cell(view.say.number(value), number=value)
    if column.levels:
        levels = [level for level in value.split("|") if level and level != view.scale.blank.id]
        return view.level_cell(levels, brief=True)
    if column.values:
        return cell(view.say.cell(value))
    known = names.get(column.name, {})
    return cell(", ".join(known.get(part, part) for part in value.split("|")))


def _target(view: View, found: FindingsTable, row: Row) -> Target | None:
    """Where a row leads: the cell of its corps and dimension, its indicator, or its corps."""
    ids = {column.name: str(value) for column, value in zip(found.columns, row, strict=True)}
    corps_id = ids.get("corps", ids.get("subject", ""))
    if corps_id in view.corps and ids.get("dimension") in view.dimensions:
        return Target("cell", corps_id, ids["dimension"])
    if "indicator" in ids:
        return Target("indicator", "", ids["indicator"])
    return Target("corps", corps_id) if corps_id in view.corps else None


def _names(view: View) -> Names:
    corps = {one.id: one.name for one in view.own.edition.corps}
    dimensions = {name: view.own.dimension_name(name) for name in view.own.dimensions}
    return {"corps": corps, "subject": corps | {"total": view.say("total")}, "dimension": dimensions}


ANALYSIS = PageKind(
    "analysis",
    text(
        "Een vraag over de hele editie: normen, bronnen, ontbrekende gegevens, trends, gevoeligheid.",
        "A question about the whole edition: norms, sources, missing data, trends, sensitivity.",
    ),
    analysis_page,
    lambda _view: list(ANALYSES),
    lambda view, name: view.say.of(ANALYSES[name].title),
)
