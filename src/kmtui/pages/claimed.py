"""Lines about the scores, judgements and figures that a claim rests on, each leading to its page."""

from collections.abc import Iterable, Iterator

from kmtui.analysis.verify import Verifier, parts
from kmtui.elements import Line, Target, line, name
from kmtui.model.claims import (
    CellOf,
    Claim,
    CountOf,
    Expression,
    JudgementCount,
    JudgementOf,
    ScoreCount,
    ScoreOf,
    Sum,
    VerdictCount,
    VerdictOf,
)
from kmtui.pages.figures import indicator_title
from kmtui.pages.in_place import warning
from kmtui.pages.view import View


def claimed_lines(view: View, verifier: Verifier, claim: Claim) -> list[Line]:
    """A line for each thing, without repeats; of a count, for each corps that has or may have the level."""
    try:
        return list(dict.fromkeys(found for part in parts(claim.value) for found in _part(view, verifier, part)))
    except KeyError as error:
        return [warning(str(error.args[0]), 1)]


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
            yield line(f"{view.say('dimension')}: ", name(view.dimension_name(part.scores)), indent=1, target=target)
            for corps_id in _among(view, verifier.group(part.over)):
                possible = view.score(corps_id, part.scores).possible or (view.scale.blank.id,)
                if part.level in possible:
                    yield _cell(view, corps_id, part.scores)
        case JudgementOf():
            yield _judgement(view, part.of, part.judgement)
        case JudgementCount():
            yield _partner(view, part.judgements)
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
        case Sum():
            yield _indicator(view, part.sum, part.year)
        case CountOf():
            yield _indicator(view, part.count, part.year)
        case CellOf():
            yield _indicator(view, part.cell, part.year)
            if part.of in view.corps:
                yield _corps(view, part.of)


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


def _partner(view: View, column_id: str) -> Line:
    column = view.partners[column_id]
    target = Target("partner", "", column.partner.id)
    return line(f"{view.say('partner')}: ", name(view.say.of(column.name)), indent=1, target=target)


def _indicator(view: View, column: str, year: int | None) -> Line:
    told = f", {year}" if year is not None else ""
    target = Target("indicator", "", column)
    return line(name(indicator_title(view, column)), told, indent=1, target=target)
