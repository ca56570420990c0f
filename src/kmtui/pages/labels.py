"""What levels, dimensions and rules of a framework are called in a language, as parts of documents."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from kmtui.blocks import (
    Block,
    Column,
    Inline,
    Item,
    Items,
    Role,
    Span,
    TableCell,
    Target,
    inline,
    item,
    paragraph,
    source,
)
from kmtui.model.framework import Dimension, Framework
from kmtui.model.provenance import Standing
from kmtui.model.scale import Scale
from kmtui.model.scheme import Ground, Rule
from kmtui.weighing.outcome import Reason
from kmtui.wording import STANDING, Wording

FEW = 4
"""So many rules that could apply are listed; of more, only the scores that decide are."""


class Labels:
    """A framework, and what its levels and dimensions are called in a language."""

    def __init__(self, framework: Framework, say: Wording) -> None:
        self.framework: Framework = framework
        self.scale: Scale = framework.scale
        self.say = say

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """The dimensions by id, in the framework's order."""
        return {dimension.id: dimension for dimension in self.framework.dimensions}

    @cached_property
    def is_mixed(self) -> bool:
        """Whether some of the framework is not stated by its source, so that the standing of each part is shown."""
        return any(dimension.standing is not Standing.CITED for dimension in self.framework.dimensions)

    def dimension_name(self, dimension_id: str) -> str:
        """The dimension's name in this language (raises KeyError)."""
        return self.say.of(self.dimensions[dimension_id].name)

    def dimension_names(self, dimension_ids: Iterable[str]) -> str:
        """Names with commas between them."""
        return ", ".join(self.dimension_name(dimension_id) for dimension_id in dimension_ids)

    def levels(self, possible: Sequence[str]) -> Inline:
        """One level, several with `or` between them, or the blank."""
        spans: list[Span] = []
        for level in [self.scale[level_id] for level_id in possible] or [self.scale.blank]:
            if spans:
                spans.append(Span(f" {self.say('or')} "))
            spans.append(Span(self.say.of(level.label), Role.LEVEL, level))
        return tuple(spans)

    def brief(self, possible: Sequence[str]) -> Inline:
        """A level that is certain; of an open judgement the names alone, without signs."""
        if len(possible) < 2:
            return self.levels(possible)
        if set(possible) >= set(self.scale.ids):
            return (Span(self.say("open")),)
        return (Span(self.say.joined([self.say.of(self.scale[level_id].label) for level_id in possible])),)

    def level_column(self, column_id: str, head: str, short: str = "") -> Column:
        """A column of judgements."""
        return Column(column_id, head, "level", short=short, levels=(*self.scale.levels, self.scale.blank))

    def level_cell(
        self, possible: Sequence[str] | None, *more: Inline, brief: bool = False, target: Target | None = None
    ) -> TableCell:
        """A judgement in a table; an empty cell where there is none."""
        if possible is None:
            return TableCell()
        spans = self.brief(possible) if brief else self.levels(possible)
        return TableCell(inline(spans, *more), None, tuple(self.scale[level] for level in possible), target)

    def place(self, possible: Sequence[str]) -> tuple[int, ...]:
        """The place of a judgement in the order of the scale, by its worst level first; a blank comes last."""
        return tuple(map(self.scale.rank, possible or (self.scale.blank.id,)))

    def standing(self, standing: Standing) -> Inline:
        """The standing of a norm or rule, in brackets; nothing where all of the framework is cited."""
        shown = standing is not Standing.CITED or self.is_mixed
        return (Span(f" ({self.say.of(STANDING[standing])})", Role.NOTE),) if shown else ()

    def rule(self, rule: Rule | Ground) -> Inline:
        """What a rule says, with its paragraphs and its standing."""
        return inline(self.say.of(rule.text), " ", source(rule.source), self.standing(rule.standing))

    def reason(self, reason: Reason) -> Item:
        """A rule that applies, or would apply if open scores turn out so; with the dimensions that it does not name."""
        would = "" if reason.certain else f"{self.say('would_apply')}: "
        return item(would, self.rule(reason.rule), self._contributing(reason))

    def _contributing(self, reason: Reason) -> str:
        """The dimensions that a rule does not name itself, or the points that each costs."""
        say = self.say
        if reason.points:
            costs = zip(reason.dimensions, reason.points, strict=True)
            listed = ", ".join(f"{self.dimension_name(name)} {points}" for name, points in costs)
            return f" ({say('points_total')}: {sum(reason.points)} = {listed})"
        return f" ({say('others')}: {self.dimension_names(reason.others)})" if reason.others else ""

    def reasons(self, reasons: Sequence[Reason], pivotal: Sequence[str], more: Target | None = None) -> list[Block]:
        """The rules that apply, then those that could apply.

        Where there are many of the second kind, their number and the open scores that decide stand for them; `more`
        is the page that lists them.
        """
        applies = [reason for reason in reasons if reason.certain]
        could = [reason for reason in reasons if not reason.certain]
        if more is None or len(could) <= FEW:
            items = tuple(map(self.reason, (*applies, *could)))
            return [Items(items)] if items else []
        blocks: list[Block] = [Items(tuple(map(self.reason, applies)))] if applies else []
        say = self.say
        decided = f"; {say('scores_decide')} {self.dimension_names(pivotal)}" if pivotal else ""
        blocks.append(paragraph(f"{say.count(len(could), 'could_apply')}{decided}", target=more))
        return blocks
