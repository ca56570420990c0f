"""Parts that pages about judgements share: what a judgement rests on, other editions, distributions, norms."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from kmtui.analysis.distribution import distribution
from kmtui.analysis.rollup import UnitVerdict
from kmtui.blocks import (
    Block,
    Column,
    Fact,
    Facts,
    Inline,
    Items,
    Paragraph,
    Role,
    Section,
    Span,
    Table,
    TableCell,
    TableRow,
    Target,
    cell,
    fact,
    inline,
    item,
    name,
    note,
    paragraph,
    section,
    source,
    warning,
)
from kmtui.model.edition import Corps, Edition
from kmtui.model.framework import Dimension
from kmtui.model.score import Judgement, Score
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.view import View
from kmtui.wording import BASIS, BASIS_MEANING

BOUNDS = ("at_least", "above", "at_most", "below")


def evidence(view: View, score: Score) -> Iterator[Block]:
    """Basis and its meaning, paragraphs, note, and whether the score depends on the published verdict."""
    basis = f"{view.say.of(BASIS[score.basis])} ({view.say.of(BASIS_MEANING[score.basis])})"
    yield Facts((fact(view.say("basis"), basis, " ", source(score.source)),))
    yield from _notes(view, score)


def brief_evidence(view: View, score: Score) -> Iterator[Block]:
    """Basis, paragraphs, note, and whether the score depends on the published verdict."""
    yield Facts((fact(view.say("basis"), view.say.of(BASIS[score.basis]), " ", source(score.source)),))
    yield from _notes(view, score)


def _notes(view: View, score: Score) -> Iterator[Block]:
    if score.note:
        yield note(score.note)
    if score.relies_on_verdict:
        yield warning(_reliance(view))


def remark(view: View, score: Score, *, with_source: bool = False) -> Inline:
    """What stands below the row of a score: its note, and whether it depends on the published verdict."""
    before = inline(source(score.source), " " if score.note else "") if with_source and score.source else ()
    text = (Span(score.note, Role.NOTE),) if score.note else ()
    doubt = (Span(f"{' ' if score.note else ''}{_reliance(view)}", Role.WARNING),) if score.relies_on_verdict else ()
    return (*before, *text, *doubt)


def _reliance(view: View) -> str:
    return f"{view.say('cell')} {view.say('relies')}."


def basis_column(view: View) -> Column:
    """The column of what scores rest on."""
    return Column("basis", view.say("basis"))


def basis_cell(view: View, score: Score) -> TableCell:
    """What a score rests on."""
    return cell(view.say.of(BASIS[score.basis]))


def judgements_table(
    view: View, table_id: str, judgements: Iterable[tuple[str, Score]], kind: str, id_of: str
) -> Table:
    """A table of judgements by corps, worst first; each row leads to the page of its cell."""
    columns = (
        Column("corps", view.say("corps")),
        view.level_column("level", view.say("level")),
        basis_column(view),
        Column("source", view.say("source")),
    )
    rows = []
    for corps_id, score in sorted(judgements, key=lambda found: view.badness(found[1].possible)):
        target = Target(kind, corps_id, id_of)
        cells = (
            cell(name(view.corps[corps_id].name)),
            view.level_cell(score.possible),
            basis_cell(view, score),
            cell(source(score.source)),
        )
        rows.append(TableRow(cells, target, note=remark(view, score)))
    return Table(table_id, columns, tuple(rows))


JudgementOf = Callable[[Corps], Judgement | None]


def by_edition(
    view: View,
    table_id: str,
    head: str,
    corps_id: str,
    rows: Sequence[tuple[str, JudgementOf, Target | None]],
    scores: Sequence[Score] = (),
) -> Table:
    """A row for each name and judgement of a corps, and across, the edition in view and the others.

    With `scores`, the row of each has its basis, and its paragraphs and note below.
    """
    editions = (view.edition, *view.earlier)
    found = [next((corps for corps in edition.corps if corps.id == corps_id), None) for edition in editions]
    columns = [Column("name", head), *(view.level_column(edition.id, edition.id) for edition in editions)]
    if scores:
        columns.append(basis_column(view))
    made = []
    for at, (label, judgement_of, target) in enumerate(rows):
        judged = [judgement_of(corps) if corps else None for corps in found]
        cells = [cell(name(label)), *(view.level_cell(one.possible if one else None, brief=True) for one in judged)]
        below: Inline = ()
        if scores:
            cells.append(basis_cell(view, scores[at]))
            below = remark(view, scores[at], with_source=True)
        made.append(TableRow(tuple(cells), target, note=below))
    return Table(table_id, tuple(columns), tuple(made))


def elsewhere(view: View, corps_id: str, judgement_of: JudgementOf) -> list[Block]:
    """What each other edition knows of a judgement, where that is more than that it is open; and what it rests on."""
    facts: list[Fact] = []
    for edition in view.earlier:
        corps = next((corps for corps in edition.corps if corps.id == corps_id), None)
        found = judgement_of(corps) if corps else None
        if found and set(found.possible) != set(view.scale.ids):
            facts.append(
                fact(edition.id, view.levels(found.possible), " ", source(found.source), f" {found.note}".rstrip())
            )
    return [Facts(tuple(facts))] if facts else []


Counted = Literal["dimension", "partner", "verdict"]


def distribution_table(view: View, table_id: str, judgements: Iterable[Judgement]) -> Table:
    """How many judgements have each level, and each kind of open or blank judgement that occurs."""
    spread = distribution(judgements, view.scale)
    counts = [
        *(((level,), count) for level, count in spread.certain.items()),
        *spread.open.items(),
        *([((), spread.blank)] if spread.blank else []),
    ]
    columns = (
        Column("count", "", "number", align="right"),
        view.level_column("level", ""),
        Column("bar", "", "bar"),
    )
    rows = (
        TableRow((cell(str(count), number=count), view.level_cell(levels), TableCell(number=count)))
        for levels, count in counts
    )
    return Table(table_id, columns, tuple(rows))


def is_known(view: View, edition: Edition, dimension_id: str) -> bool:
    """Whether anything is known of the scores of an edition on a dimension: a count, or some levels ruled out."""
    counted = any(count.dimension == dimension_id for count in view.monitor.counts(edition).counts)
    return counted or any(len(corps.scores[dimension_id].possible) < 3 for corps in edition.corps)


def distribution_section(view: View, edition: Edition, dimension_id: str) -> Section:
    """How the corps of an edition are spread over the levels of a dimension, beside the published counts."""
    scores = (corps.scores[dimension_id] for corps in edition.corps)
    return section(
        f"distribution-{edition.id}",
        f"{view.say('distribution')} - {edition.title}",
        distribution_table(view, f"distribution-{edition.id}", scores),
        *published_counts(view, edition, "dimension", dimension_id),
    )


def published_counts(view: View, edition: Edition, kind: Counted, about: str) -> list[Block]:
    """The counts that the source prints; nothing where it prints none."""
    blocks = inline_errors(lambda: _published(view, edition, kind, about))
    return [paragraph(f"{view.say('published')}:"), *blocks] if blocks else []


def _published(view: View, edition: Edition, kind: Counted, about: str) -> Iterator[Block]:
    items = []
    for count in view.monitor.counts(edition).counts:
        if (kind == "verdict" and count.verdict) or (kind != "verdict" and getattr(count, kind) == about):
            doubt = "" if count.exact else f" ({view.say('loose')})"
            remark = f" {count.note}" if count.note else ""
            levels = [level for level in count.levels if level != view.scale.blank.id]
            items.append(item(f"{count.count} ", view.levels(levels), doubt, " ", source(count.source), remark))
    if items:
        yield Items(tuple(items))


def norm_section(view: View, dimension: Dimension) -> Section:
    """The norm, what it rests on, and what is measured."""
    title = inline(view.say("norm"), " ", source(dimension.source), view.standing(dimension.standing))
    return section("norm", title, *norm(view, dimension))


def norm(view: View, dimension: Dimension) -> Iterator[Block]:
    """The norm, what is measured, the levels of each band, and the remark."""
    say, measure = view.say, dimension.measure
    yield paragraph(say.of(dimension.norm))
    if measure is None:
        return
    yield Facts((fact(say("measure"), f"{say.of(measure.quantity)} ({measure.unit}) ", source(measure.source)),))
    items = []
    for band in measure.bands:
        bounds = [(word, bound) for word in BOUNDS if (bound := getattr(band, word)) is not None]
        between = f" {say('and')} ".join(f"{say(word)} {say.number(bound)}" for word, bound in bounds)
        items.append(item(f"{between}: ", view.levels(band.levels)))
    yield Items(tuple(items))
    if measure.note:
        yield note(say.of(measure.note))


def role_section(view: View, dimension_id: str) -> Section:
    """The rules of the scheme that name the dimension."""
    scheme = view.weigher.scheme
    rules = scheme.rules_on(dimension_id)
    block: Block = Items(tuple(item(view.rule(rule)) for rule in rules)) if rules else paragraph(view.say("no_rule_on"))
    title = f"{view.say('role')} - {view.say.of(scheme.name)}"
    return section("role", title, block, target=Target("scheme", "", scheme.id))


def link(label: str, text: str, target: Target) -> Fact:
    """What leads to a thing, by what it is and what it is called."""
    return Fact(label, (name(text),), target)


def claims_link(view: View, kind: str, own_id: str) -> Paragraph:
    """What leads to the claims about something."""
    return paragraph(f"{view.say('claims_on')} ...", target=Target("subject", "", f"{kind}.{own_id}"))


def unit_verdict_blocks(view: View, verdict: UnitVerdict) -> Iterator[Block]:
    """The end score of a unit: combined from its corps, and weighed over its rolled-up scores."""
    counts = f" ({distribution_text(view, verdict.distribution)})"
    yield Facts(
        (
            fact(combined_name(view), view.levels(verdict.combined), counts),
            fact(view.say("ruled"), view.levels(verdict.weighing.possible)),
        )
    )


def combined_name(view: View) -> str:
    """The name of the roll-up method of the view's mapping."""
    own = view.monitor.registry.roll_ups.get(view.mapping.roll_up) if view.mapping else None
    return view.say.of(own.name) if own else view.say("worst")


def distribution_text(view: View, distribution: Mapping[tuple[str, ...], int]) -> str:
    """How many corps have which levels."""
    parts = []
    for levels, count in distribution.items():
        names = [view.say.of(view.scale[level].label) for level in levels] or [view.say.of(view.scale.blank.label)]
        parts.append(f"{count} {view.say.joined(names)}")
    return ", ".join(parts)
