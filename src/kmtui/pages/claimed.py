"""Lines about the scores, judgements and figures that a claim rests on, each leading to its page."""

from collections.abc import Iterable, Iterator
from functools import partial
from math import isinf

from kmtui.analysis.expressions import Bounds, parts
from kmtui.analysis.verify import Verifier
from kmtui.elements import Line, Role, Span, Target, line, name
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
from kmtui.pages.figures import indicator_title
from kmtui.pages.in_place import in_place, warning
from kmtui.pages.table import subject_name
from kmtui.pages.view import View


def claimed_lines(view: View, verifier: Verifier, claim: Claim) -> list[Line]:
    """A line for each thing, without repeats; of a count, for each corps that has or may have the level."""

    def told(part: Expression) -> Iterator[Line]:
        try:
            yield from _part(view, verifier, part)
        except KeyError as error:
            yield warning(str(error.args[0]), 1)

    return list(dict.fromkeys(found for part in parts(claim.value) for found in in_place(partial(told, part))))


def subjects_of(view: View, claim: Claim) -> set[Target]:
    """The corps, units, dimensions, partners and tables that a claim is about, each as what leads to its page."""
    return {found for part in parts(claim.value) for found in _subjects(view, part)}


def tables_of(claim: Claim) -> list[str]:
    """The tables that a claim rests on."""
    columns = (column for part in parts(claim.value) for column in _columns(part))
    return list(dict.fromkeys(column.partition(".")[0] for column in columns))


def told(view: View, bounds: Bounds) -> str:
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


def _part(view: View, verifier: Verifier, part: Expression) -> Iterator[Line]:
    edition = getattr(part, "edition", None)
    if edition not in (None, view.edition.id):
        yield line(f"{view.say('edition')} {edition}", indent=1)
        return
    match part:
        case ScoreOf():
            yield _cell(view, part.of, part.score)
        case ScoreCount():
            target = Target("dimension", "", part.scores)
            about = (f"{view.say('dimension')}: ", name(view.dimension_name(part.scores)))
            yield line(*about, *_levels(view, verifier, part), indent=1, target=target)
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
            yield line(*about, *_levels(view, verifier, part), indent=1, target=target)
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
                yield line(name(indicator_title(view, column_id)), indent=1, target=Target("indicator", "", column_id))
            yield line(
                f"{_group(view, part.over)}, {view.say('counted').lower()}: ",
                told(view, verifier.number(part)),
                indent=1,
            )
        case Sum() | CountOf() | CellOf():
            yield _figure(view, verifier, part)
            if isinstance(part, CellOf) and part.of in view.corps:
                yield _corps(view, part.of)


def _levels(view: View, verifier: Verifier, part: ScoreCount | JudgementCount) -> Iterator[str | Span]:
    """Of whom, and how many have the level."""
    yield f" · {_group(view, part.over)}: {told(view, verifier.number(part))} "
    yield from view.levels((part.level,) if part.level in view.scale.ids else ())


def _figure(view: View, verifier: Verifier, part: Sum | CountOf | CellOf) -> Line:
    """The indicator and its year, of whom, and the printed cell, or what the cells come to."""
    column = _column(part)
    year = f", {part.year}" if part.year is not None else ""
    if isinstance(part, CellOf):
        whose, found = subject_name(view, part.of), verifier.cell(part).raw or "."
    else:
        way = "summed" if isinstance(part, Sum) else "counted"
        bounds = verifier.number(part)
        whose, found = f"{_group(view, part.over)}, {view.say(way).lower()}", told(view, bounds)
        if bounds.missing:
            found += f" ({view.say.count(bounds.missing, 'cell_without')})"
    about = (name(indicator_title(view, column)), f"{year} · {whose}: ")
    return line(*about, Span(found, Role.NAME), indent=1, target=Target("indicator", "", column))


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


def _cell(view: View, corps_id: str, dimension_id: str) -> Line:
    names = (name(view.corps[corps_id].name), " · ", view.dimension_name(dimension_id), ": ")
    levels = view.levels(view.score(corps_id, dimension_id).possible)
    return line(*names, levels, indent=1, target=Target("cell", corps_id, dimension_id))


def _judgement(view: View, corps_id: str, column_id: str) -> Line:
    corps, column = view.corps[corps_id], view.partners[column_id]
    levels = view.levels(corps.partners[column_id].possible)
    target = Target("judgement", corps_id, column_id)
    return line(name(corps.name), " · ", view.say.of(column.name), ": ", levels, indent=1, target=target)


def _corps(view: View, corps_id: str) -> Line:
    published = view.corps[corps_id].published
    levels = line(": ", view.levels(published.possible)).spans if published else ()
    return line(name(view.corps[corps_id].name), levels, indent=1, target=Target("corps", corps_id))
