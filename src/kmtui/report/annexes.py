"""The annexes: method, rules, claims that the data contradict, glossary, sources."""

from collections.abc import Iterator
from functools import partial

from kmtui.analysis.verify import Outcome, verify
from kmtui.blocks import (
    Block,
    Column,
    Facts,
    Items,
    Section,
    Table,
    TableRow,
    Target,
    cell,
    fact,
    inline,
    item,
    paragraph,
    source,
    text_of,
)
from kmtui.pages.claims import asserted, found_text
from kmtui.pages.glossary import glossary_page
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.view import View
from kmtui.report.judgements import Print


def annex_sections(view: View) -> Iterator[Section]:
    """The annexes, in order."""
    words = Print(view)
    yield Section("method", inline(words("method")), tuple(_method(view)))
    scheme = Target("scheme", "", view.weigher.scheme.id)
    yield Section("rules", inline(words("rules")), tuple(_rules(view)), scheme)
    claims = tuple(inline_errors(partial(_contradicted, view)))
    yield Section("claims", inline(words("claims_contradicted")), claims, Target("claims"))
    if view.monitor.glossary(view.own.edition).terms:
        page = glossary_page(view)
        yield Section("glossary", inline(words("glossary")), page.blocks, page.target)
    yield Section("sources", inline(words("sources")), tuple(_sources(view)))


def _method(view: View) -> Iterator[Block]:
    """The publication, the framework, and the note on how the edition was made."""
    say, head = view.say, view.edition.head
    yield Facts(
        (
            fact(say("source"), f"{head.source.title}, {head.source.publisher}"),
            fact(Print(view)("period"), f"{head.period.start} - {head.period.end}"),
            fact(say("framework"), f"{say.of(view.framework.name)}. {view.framework.source}"),
        )
    )
    if head.source.note:
        yield paragraph(text_of(head.source.note))


def _rules(view: View) -> Iterator[Block]:
    """The rules of the scheme with their paragraphs, and the parameters with their reasons."""
    say, scheme = view.say, view.weigher.scheme
    yield Facts((fact(say("scheme"), say.of(scheme.name)), fact(say("source"), scheme.source)))
    yield Items(tuple(item(view.rule(rule)) for rule in scheme.rules))
    if scheme.parameters:
        columns = (
            Column("parameter", say("parameter")),
            Column("value", say("now"), "number", align="right"),
            Column("reason", say("note")),
        )
        rows = tuple(
            TableRow(
                (
                    cell(f"{say.of(one.name)} ({one.id})"),
                    cell(str(view.weigher.parameters[one.id]), number=view.weigher.parameters[one.id]),
                    cell(say.of(one.reason), " ", source(one.source)),
                )
            )
            for one in scheme.parameters
        )
        yield Table("parameters", columns, rows, say("parameters"))


def _contradicted(view: View) -> Iterator[Block]:
    say, words = view.say, Print(view)
    found = [one for one in verify(view.monitor, view.own.edition) if one.outcome is Outcome.CONTRADICTED]
    if not found:
        yield paragraph(words("none_contradicted"))
        return
    yield paragraph(words("claims_contradicted_text"))
    columns = (
        Column("claim", say("claim")),
        Column("asserted", say("asserted")),
        Column("found", say("found")),
        Column("remark", say("note")),
    )
    rows = tuple(
        TableRow(
            (
                cell(text_of(one.claim.text), " ", source(one.claim.source)),
                cell(asserted(view, one.claim)),
                cell(found_text(view, one)),
                cell(text_of(one.claim.remark)),
            )
        )
        for one in found
    )
    yield Table("contradicted", columns, rows)


def _sources(view: View) -> Iterator[Block]:
    """Which paragraphs each corps and unit rests on."""
    say, words = view.say, Print(view)
    yield paragraph(words("sources_text"))
    rows = [
        TableRow((cell(corps.name, target=Target("corps", corps.id)), cell(source(corps.source))))
        for corps in view.edition.corps
    ]
    for unit in view.mapping.units if view.mapping else ():
        target = Target("unit", "", unit.id)
        rows.append(TableRow((cell(say.of(unit.name), target=target), cell(source(unit.source)))))
    columns = (Column("about", f"{say('corps')}, {say('unit').lower()}"), Column("source", words("rests_on")))
    yield Table("sources", columns, tuple(rows))
