"""The page of one paragraph of the source: everything in the edition that rests on it, and what it asserts."""

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from kmtui.blocks import Block, Document, Inline, Item, Items, Target, inline, item, name, note, paragraph, section
from kmtui.model.edition import Corps
from kmtui.pages.claims import all_checked, claims_of, claims_with_outcomes
from kmtui.pages.inline_errors import FAILURES, inline_errors
from kmtui.pages.page_kind import PageKind, text
from kmtui.pages.recommendations import addressee_name, advice
from kmtui.pages.view import View
from kmtui.source_store import SourceError, read_source

Found = tuple[str, str, Inline, Target | None]
"""A paragraph, the word for the kind of thing that rests on it, the thing, and its page."""


def paragraph_page(view: View, number: str) -> Document:
    """The paragraph itself where the source is at hand, the claims of the paragraph, and what rests on it by kind."""
    say = view.say
    by_kind: dict[str, list[Item]] = {}
    for kind, spans, target in _index(view).get(number, ()):
        by_kind.setdefault(kind, []).append(item(spans, target=target))

    def claims() -> Iterator[Block]:
        checked = [one for one in all_checked(view.own) if number in one.claim.source]
        if checked:
            yield section("claims", say("claims"), *claims_with_outcomes(view.own, checked))

    return view.document(
        Target("paragraph", "", number),
        f"{say('paragraph')} {number}",
        *inline_errors(lambda: _printed(view, number)),
        *inline_errors(claims),
        *(section(kind, say(kind), Items(tuple(dict.fromkeys(items)))) for kind, items in by_kind.items()),
    )


def _printed(view: View, number: str) -> Iterator[Block]:
    """The paragraph as the source prints it, both of a number that is printed twice; nothing without a source."""
    text = read_source(view.own.edition.id)
    if text is None:
        return
    found = text.by_number.get(number, ())
    if not found:
        yield note(view.say("not_in_source"))
    for at, printed in enumerate(found):
        yield section(f"source-{at}", f"{printed.number} {printed.title}", *map(paragraph, printed.blocks))


def paragraph_ids(view: View) -> list[str]:
    """Every paragraph that something in the edition rests on: those that assert something first, as in the source.

    With the text of the source at hand, every paragraph that it prints as well.
    """
    claimed = [number for claim in claims_of(view.own) for number in claim.source]
    printed: list[str] = []
    with suppress(SourceError):  # the page of a paragraph shows the error
        source = read_source(view.own.edition.id)
        printed += source.by_number if source else ()
    return list(dict.fromkeys((*claimed, *_index(view), *printed)))


@lru_cache(maxsize=4)
def _index(view: View) -> dict[str, list[tuple[str, Inline, Target | None]]]:
    """What rests on each paragraph."""
    index: dict[str, list[tuple[str, Inline, Target | None]]] = {}
    parts = (_corps, _framework, _rules, _figures, _advice, _units, _counts, _glossary, _developments, _other_editions)
    for part in parts:
        try:
            for number, kind, spans, target in part(view):
                index.setdefault(number, []).append((kind, spans, target))
        except FAILURES:
            continue  # the pages of those data show the errors
    return index


def _corps(view: View) -> Iterator[Found]:
    """Scores, judgements, verdicts, explanations and remarks of every corps."""
    for corps in view.edition.corps:
        yield from _of_corps(view, corps)


def _of_corps(view: View, corps: Corps) -> Iterator[Found]:
    here, about = Target("corps", corps.id), name(corps.name)
    yield from ((number, "corps", (about,), here) for number in corps.source)
    for dimension_id, score in corps.scores.items():
        if dimension_id in view.dimensions:
            spans = inline(about, f" · {view.dimension_name(dimension_id)}: ", view.levels(score.possible))
            yield from ((number, "scores", spans, Target("cell", corps.id, dimension_id)) for number in score.source)
    for column_id, score in corps.partners.items():
        spans = inline(about, f" · {view.say.of(view.partners[column_id].name)}: ", view.levels(score.possible))
        yield from ((number, "partners", spans, Target("judgement", corps.id, column_id)) for number in score.source)
    if corps.published:
        spans = inline(about, ": ", view.levels(corps.published.possible))
        yield from ((number, "verdict", spans, here) for number in corps.published.source)
    passages = [
        *(("note", passage) for passage in corps.explanations.values()),
        *(("actions", passage) for passage in corps.actions),
        *(("outlook", passage) for passage in corps.outlook),
        *([("outlook", corps.outlook_note)] if corps.outlook_note else []),
        *(("remarks", passage) for passage in corps.remarks),
    ]
    for kind, passage in passages:
        spans = inline(about, f": {passage.text}")
        yield from ((number, kind, spans, here) for number in passage.source)


def _framework(view: View) -> Iterator[Found]:
    """Norms and their measures, the roles of partners."""
    for dimension in view.framework.dimensions:
        sources = (*dimension.source, *(dimension.measure.source if dimension.measure else ()))
        spans, target = (name(view.say.of(dimension.name)),), Target("dimension", "", dimension.id)
        yield from ((number, "norm", spans, target) for number in sources)
    for column in view.partners.values():
        spans, target = (name(view.say.of(column.partner.name)),), Target("partner", "", column.partner.id)
        yield from ((number, "partner", spans, target) for number in column.partner.source)
    picture = view.monitor.picture(view.edition)
    for kind, passages in (
        ("dimension", picture.dimensions),
        ("partner", picture.partners),
        ("partner", picture.answers),
    ):
        for own_id, passage in passages.items():
            yield from (
                (number, "picture", inline(passage.text), Target(kind, "", own_id)) for number in passage.source
            )


def _developments(view: View) -> Iterator[Found]:
    """What the source says of developments in the country."""
    for passage in view.monitor.picture(view.edition).developments.values():
        yield from ((number, "developments", inline(passage.text), None) for number in passage.source)


def _rules(view: View) -> Iterator[Found]:
    """Rules and parameters of the scheme, continuations of crosswalks."""
    scheme = view.weigher.scheme
    target = Target("scheme", "", scheme.id)
    for rule in scheme.rules:
        yield from ((number, "scheme", inline(view.say.of(rule.text)), target) for number in rule.source)
    for parameter in scheme.parameters:
        spans = inline(f"{parameter.id}: {view.say.of(parameter.reason)}")
        yield from ((number, "parameters", spans, target) for number in parameter.source)
    for walk in view.monitor.registry.crosswalks.values():
        if walk.new == view.framework.id:
            for found in walk.continuations:
                yield from ((number, "framework", inline(view.say.of(walk.name)), target) for number in found.source)


def _figures(view: View) -> Iterator[Found]:
    for table in view.tables:
        spans = (name(f"{table.id}. {view.say.of(table.title)}"),)
        yield from ((number, "table", spans, Target("table", "", table.id)) for number in table.source)
    for levels in view.level_tables:
        head = inline(name(f"{levels.id}. {view.say.of(levels.title)}"))
        yield from ((number, "table", head, Target("table", "", levels.id)) for number in levels.source)
    for found in view.figures.footnotes:
        told = inline(f"{found.id}. {found.text}")
        yield from ((number, "footnotes", told, None) for number in found.source)


def _advice(view: View) -> Iterator[Found]:
    for found in advice(view):
        names = ", ".join(addressee_name(view, addressee) for addressee in found.addressees)
        spans, target = inline(found.text, f" ({names})"), Target("topic", "", found.theme)
        yield from ((number, "recommendations", spans, target) for number in found.source)


def _glossary(view: View) -> Iterator[Found]:
    """The abbreviations that a paragraph explains, or has first."""
    for term in view.monitor.glossary(view.own.edition).terms:
        spans = inline(name(term.term), f": {term.text}")
        yield from ((number, "glossary", spans, Target("glossary")) for number in term.source)


def _units(view: View) -> Iterator[Found]:
    """Units, and what the source finds about them."""
    for unit in view.mapping.units if view.mapping else ():
        about, target = name(view.say.of(unit.name)), Target("unit", "", unit.id)
        yield from ((number, "unit", (about,), target) for number in unit.source)
        baseline = view.baselines.get(unit.id)
        if baseline:
            for passage in (*baseline.findings.values(), *baseline.points):
                spans = inline(about, f": {passage.text}")
                yield from ((number, "finding", spans, target) for number in passage.source)
            for figure in baseline.figures:
                spans = inline(about, f": {figure.text}")
                yield from ((number, "figures", spans, target) for number in figure.source)


def _counts(view: View) -> Iterator[Found]:
    """The published counts."""
    for count in view.monitor.counts(view.edition).counts:
        levels = [level for level in count.levels if level != view.scale.blank.id]
        column = view.partners.get(count.partner or "")
        about, target = view.say("verdict"), None
        if count.dimension in view.dimensions:
            about, target = view.dimension_name(count.dimension), Target("dimension", "", count.dimension)
        elif column:
            about, target = view.say.of(column.name), Target("partner", "", column.partner.id)
        spans = inline(name(about), f": {count.count} ", view.levels(levels), f" {count.note}".rstrip())
        yield from ((number, "distribution", spans, target) for number in count.source)


def _other_editions(view: View) -> Iterator[Found]:
    """Scores and published end scores of the editions before and after, which pages show beside those of this one."""
    for edition in view.earlier:
        for corps in edition.corps:
            here, about = Target("corps", corps.id) if corps.id in view.corps else None, name(corps.name)
            judged = [
                *((view.dimension_name(own), found) for own, found in corps.scores.items() if own in view.dimensions),
                *([(view.say("verdict"), corps.published)] if corps.published else []),
            ]
            for label, found in judged:
                spans = inline(f"{edition.id}: ", about, f" · {label}: ", view.levels(found.possible))
                yield from ((number, "edition", spans, here) for number in found.source)


PARAGRAPH = PageKind(
    "paragraph",
    text(
        "Alles wat op één paragraaf berust, en wat die paragraaf beweert.",
        "Everything that rests on one paragraph, and what that paragraph asserts.",
    ),
    paragraph_page,
    paragraph_ids,
    lambda _view, number: number,
    many=True,
)
