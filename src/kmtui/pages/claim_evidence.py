"""The scores, judgements and figures that a claim rests on, each with a link to its page; and what claims are about."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isinf

from kmtui.analysis.expressions import Bounds, parts
from kmtui.analysis.verify import Verifier
from kmtui.blocks import Block, Inline, Item, Items, Role, Span, Target, inline, item, name
from kmtui.model.claims import (
    CellOf,
    Claim,
    CountOf,
    Expression,
    Group,
    JudgementCount,
    JudgementOf,
    RatioCount,
    ScoreCount,
    ScoreOf,
    Sum,
    VerdictCount,
    VerdictOf,
)
from kmtui.pages.figures import indicator_title, subject_name, table_title
from kmtui.pages.inline_errors import FAILURES, warnings
from kmtui.pages.view import View

SUBJECTS: Mapping[str, Callable[[View], Iterable[str]]] = {
    "corps": lambda view: view.corps,
    "unit": lambda view: [unit.id for unit in view.mapping.units] if view.mapping else [],
    "dimension": lambda view: view.dimensions,
    "partner": lambda view: dict.fromkeys(column.partner.id for column in view.partners.values()),
    "table": lambda view: [table.id for table in view.tables],
}
"""The kinds of things that claims are about, and which there are."""


def subject_ids(view: View) -> list[str]:
    """Everything that a claim may be about, as KIND.ID."""
    return [f"{kind}.{own_id}" for kind, ids in SUBJECTS.items() for own_id in ids(view)]


def subject_target(subject: str) -> Target:
    """The page of something that claims are about."""
    kind, _, own_id = subject.partition(".")
    return Target(kind, own_id) if kind == "corps" else Target(kind, "", own_id)


def subject_title(view: View, subject: str) -> str:
    """The name of something that claims are about (raises KeyError)."""
    kind, _, own_id = subject.partition(".")
    match kind:
        case "corps":
            return view.corps[own_id].name
        case "dimension":
            return view.dimension_name(own_id)
        case "partner":
            return view.say.of(view.monitor.registry.partner_types[own_id].name)
        case "table":
            return table_title(view, own_id)
    if view.mapping is None:
        raise KeyError(subject)
    return view.say.of(view.mapping.unit(own_id).name)


def evidence_of(view: View, verifier: Verifier, claim: Claim) -> list[Block]:
    """Each thing that a claim rests on, once; of a count, each corps that has or may have the level."""
    items: list[Item] = []
    errors: list[Block] = []
    for part in parts(claim.value):
        try:
            items += _part(view, verifier, part)
        except KeyError as error:
            errors += warnings(LookupError(str(error.args[0])))
        except FAILURES as error:
            errors += warnings(error)
    unique = tuple(dict.fromkeys(items))
    return [*([Items(unique)] if unique else []), *dict.fromkeys(errors)]


def subjects_of(view: View, claim: Claim) -> set[Target]:
    """The corps, units, dimensions, partners and tables that a claim is about, each as what leads to its page."""
    return {found for part in parts(claim.value) for found in _subjects(view, part)}


def tables_of(claim: Claim) -> list[str]:
    """The tables that a claim rests on."""
    columns = (column for part in parts(claim.value) for column in _columns(part))
    return list(dict.fromkeys(column.partition(".")[0] for column in columns))


def bounds_text(view: View, bounds: Bounds) -> str:
    """A number, or between which two it lies."""
    if bounds.low == bounds.high:
        return view.say.number(bounds.low)
    low, high = ("" if isinf(bound) else view.say.number(bound) for bound in (bounds.low, bounds.high))
    return f"{low}..{high}"


def _subjects(view: View, part: Expression) -> Iterator[Target]:
    match part:
        case ScoreOf() | ScoreCount():
            yield Target("dimension", "", part.score if isinstance(part, ScoreOf) else part.scores)
        case JudgementOf() | JudgementCount():
            column = view.partners.get(part.judgement if isinstance(part, JudgementOf) else part.judgements)
            if column:
                yield Target("partner", "", column.partner.id)
        case Sum() | CountOf() | CellOf() | RatioCount():
            for column_id in _columns(part):
                yield Target("table", "", column_id.partition(".")[0])
    over = part.verdict if isinstance(part, VerdictOf) else getattr(part, "of", getattr(part, "over", ()))
    units = {unit.id for unit in view.mapping.units} if view.mapping else set()
    for subject in (over,) if isinstance(over, str) else over:
        if subject in view.corps:
            yield Target("corps", subject)
        elif subject in units:
            yield Target("unit", "", subject)


def _part(view: View, verifier: Verifier, part: Expression) -> Iterator[Item]:
    edition = getattr(part, "edition", None)
    if edition not in (None, view.edition.id):
        yield item(f"{view.say('edition')} {edition}")
        return
    match part:
        case ScoreOf():
            yield _cell(view, part.of, part.score)
        case ScoreCount():
            target = Target("dimension", "", part.scores)
            about = (f"{view.say('dimension')}: ", name(view.dimension_name(part.scores)))
            yield item(*about, _levels(view, verifier, part), target=target)
            for corps_id in _among(view, verifier.group(part.over)):
                possible = view.score(corps_id, part.scores).possible or (view.scale.blank.id,)
                if part.level in possible:
                    yield _cell(view, corps_id, part.scores)
        case JudgementOf():
            yield _judgement(view, part.of, part.judgement)
        case JudgementCount():
            column = view.partners[part.judgements]
            about = (f"{view.say('partner')}: ", name(view.say.of(column.name)))
            target = Target("partner", "", column.partner.id)
            yield item(*about, _levels(view, verifier, part), target=target)
            for corps_id in _among(view, verifier.group(part.over)):
                possible = view.corps[corps_id].partners[part.judgements].possible or (view.scale.blank.id,)
                if part.level in possible:
                    yield _judgement(view, corps_id, part.judgements)
        case VerdictOf():
            yield _corps(view, part.verdict)
        case VerdictCount():
            for corps_id in _among(view, verifier.group(part.over)):
                published = view.corps[corps_id].published
                if published is None or part.verdicts in published.possible:
                    yield _corps(view, corps_id)
        case RatioCount():
            for column_id in part.ratios:
                yield item(name(indicator_title(view, column_id)), target=Target("indicator", "", column_id))
            counted = f"{_group(view, part.over)}, {view.say('counted').lower()}: "
            yield item(counted, bounds_text(view, verifier.number(part)))
        case Sum() | CountOf() | CellOf():
            yield _figure(view, verifier, part)
            if isinstance(part, CellOf) and part.of in view.corps:
                yield _corps(view, part.of)


def _levels(view: View, verifier: Verifier, part: ScoreCount | JudgementCount) -> Inline:
    """Of whom, and how many have the level."""
    counted = f" · {_group(view, part.over)}: {bounds_text(view, verifier.number(part))} "
    return inline(counted, view.levels((part.level,) if part.level in view.scale.ids else ()))


def _figure(view: View, verifier: Verifier, part: Sum | CountOf | CellOf) -> Item:
    """The indicator and its year, of whom, and the printed cell, or what the cells come to."""
    column = _column(part)
    year = f", {part.year}" if part.year is not None else ""
    if isinstance(part, CellOf):
        whose, found = subject_name(view, part.of), verifier.cell(part).raw or "."
    else:
        way = "summed" if isinstance(part, Sum) else "counted"
        bounds = verifier.number(part)
        whose, found = f"{_group(view, part.over)}, {view.say(way).lower()}", bounds_text(view, bounds)
        if bounds.missing:
            found += f" ({view.say.count(bounds.missing, 'cell_without')})"
    about = (name(indicator_title(view, column)), f"{year} · {whose}: ")
    return item(*about, Span(found, Role.NAME), target=Target("indicator", "", column))


def _column(part: Sum | CountOf | CellOf) -> str:
    return part.sum if isinstance(part, Sum) else part.count if isinstance(part, CountOf) else part.cell


def _columns(part: Expression) -> tuple[str, ...]:
    """The columns of figures that a part itself rests on."""
    if isinstance(part, RatioCount):
        return part.ratios
    return (_column(part),) if isinstance(part, Sum | CountOf | CellOf) else ()


def _group(view: View, over: Group) -> str:
    """What a group is called: corps by their names, a unit by its own."""
    if not isinstance(over, str):
        return ", ".join(subject_name(view, subject) for subject in over)
    units = {unit.id: view.say.of(unit.name) for unit in view.mapping.units} if view.mapping else {}
    named = {"corps": view.say("all_corps"), "rows": view.say("all_rows")}
    return units.get(over) or named.get(over) or over


def _among(view: View, group: Iterable[str]) -> Iterator[str]:
    return (corps_id for corps_id in group if corps_id in view.corps)


def _cell(view: View, corps_id: str, dimension_id: str) -> Item:
    names = (name(view.corps[corps_id].name), " · ", view.dimension_name(dimension_id), ": ")
    levels = view.levels(view.score(corps_id, dimension_id).possible)
    return item(*names, levels, target=Target("cell", corps_id, dimension_id))


def _judgement(view: View, corps_id: str, column_id: str) -> Item:
    corps, column = view.corps[corps_id], view.partners[column_id]
    levels = view.levels(corps.partners[column_id].possible)
    target = Target("judgement", corps_id, column_id)
    return item(name(corps.name), " · ", view.say.of(column.name), ": ", levels, target=target)


def _corps(view: View, corps_id: str) -> Item:
    published = view.corps[corps_id].published
    levels = inline(": ", view.levels(published.possible)) if published else ()
    return item(name(view.corps[corps_id].name), levels, target=Target("corps", corps_id))
