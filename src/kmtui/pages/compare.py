"""Pages of two editions beside each other, and of two schemes on one edition; of their corps, or of their units."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from kmtui.analysis.adapted_weigher import AdaptedWeigher, adapt
from kmtui.analysis.compare import (
    Course,
    Direction,
    EditionComparison,
    Shift,
    UnderBoth,
    compare_editions,
    compare_schemes,
    migration,
)
from kmtui.analysis.difference import Difference, smallest_difference
from kmtui.analysis.rollup_methods import WORST, RollupMethod, rollup_method
from kmtui.analysis.subjects import Possible
from kmtui.blocks import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Inline,
    Item,
    Items,
    Section,
    Table,
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
)
from kmtui.model.edition import Edition
from kmtui.model.scheme import Scheme
from kmtui.model.units import UnitMapping
from kmtui.monitor import Monitor
from kmtui.pages.labels import Labels
from kmtui.weighing.outcome import Reason
from kmtui.weighing.weigher import Weigher
from kmtui.wording import Wording, capital

GROUPS = (
    Direction.WORSE,
    Direction.BETTER,
    Direction.WITHHELD,
    Direction.GIVEN,
    Direction.UNKNOWN,
    Direction.SAME,
)
"""The order of the directions on a page."""

PUBLISHED, COMPUTED = "published", "computed"

COUNTED_ONLY = (Direction.SAME, Direction.UNKNOWN)
"""Directions of scores that are counted, but not listed."""


class Subjects(msgspec.Struct, frozen=True):
    """What is compared: the names of corps and units by id, and which of these are units."""

    names: Mapping[str, str]
    units: frozenset[str] = frozenset()

    def target(self, subject: str) -> Target:
        """The page of one of them."""
        return Target("unit", "", subject) if subject in self.units else Target("corps", subject)


def mapping_of(monitor: Monitor, *editions: Edition) -> UnitMapping | None:
    """The unit mapping of the first edition that has one."""
    own = next((edition for edition in editions if edition.head.unit_mapping), None)
    return monitor.mapping(own) if own else None


class Comparing(msgspec.Struct, frozen=True):
    """How to compare: the corps, or the units of a mapping, which roll up in some way."""

    monitor: Monitor
    mapping: UnitMapping | None = None
    roll_up: str | None = None

    @property
    def way(self) -> RollupMethod:
        """How units roll up: as is asked, else as their mapping says (raises UnknownIdError)."""
        return rollup_method(
            self.monitor.registry, self.roll_up or (self.mapping.roll_up if self.mapping else WORST.id)
        )

    def editions(self, old: Edition, new: Edition) -> EditionComparison:
        """Two editions, each under its own scheme (raises SchemeError where no crosswalk joins them)."""
        weighers = self.monitor.weigher_for(old), self.monitor.weigher_for(new)
        walks = self.monitor.registry.crosswalks.values()
        crosswalk = adapt(weighers[0].framework, weighers[1], walks).crosswalk
        return compare_editions((old, weighers[0]), (new, weighers[1]), crosswalk, self.mapping, self.way)

    def editions_page(self, say: Wording, old: Edition, new: Edition) -> Document:
        """The page of two editions (raises as `editions` does)."""
        labels = Labels(self.monitor.framework(new), say)
        return editions_page(labels, self._subjects(say, old, new), (old, new), self.editions(old, new))

    def schemes(self, edition: Edition, old: Weigher, new: Weigher) -> tuple[UnderBoth, ...]:
        """Two schemes on the scores of an edition (raises SchemeError where a crosswalk lacks)."""
        return compare_schemes(edition, *self._sides(edition, old, new), self.mapping, self.way)

    def schemes_page(self, say: Wording, edition: Edition, old: Weigher, new: Weigher) -> Document:
        """The page of two schemes (raises as `schemes` does)."""
        return schemes_page(
            (Labels(old.framework, say), Labels(new.framework, say)),
            self._subjects(say, edition),
            edition,
            (old.scheme, new.scheme),
            self.schemes(edition, old, new),
            smallest_difference(self.monitor.framework(edition), *self._sides(edition, old, new)),
        )

    def _sides(self, edition: Edition, old: Weigher, new: Weigher) -> tuple[AdaptedWeigher, AdaptedWeigher]:
        framework, walks = self.monitor.framework(edition), tuple(self.monitor.registry.crosswalks.values())
        return adapt(framework, old, walks), adapt(framework, new, walks)

    def _subjects(self, say: Wording, *editions: Edition) -> Subjects:
        """The names of corps and units, and which of them are units."""
        corps = {corps.id: corps.name for edition in editions for corps in edition.corps}
        units = {unit.id: say.of(unit.name) for unit in self.mapping.units} if self.mapping else {}
        return Subjects(corps | units, frozenset(units))


def editions_page(
    labels: Labels, subjects: Subjects, editions: tuple[Edition, Edition], found: EditionComparison
) -> Document:
    """What changed from one edition to the next; those whose end score is worse come first."""
    say = labels.say
    basis, others = _bases(found.courses)
    blocks: list[Block] = [paragraph(edition.title) for edition in editions]
    shifts = [shift for course in found.courses if (shift := _shift_of(course, basis))]
    blocks.append(section("verdict", f"{say('verdict')}, {say(basis).lower()}", *_summary(labels, "verdict", shifts)))
    title = f"{say('changes')} ({say('verdict').lower()}: {say(basis).lower()})"
    blocks.append(section("changes", title, *_courses(labels, subjects, found.courses, basis)))
    for other in others:
        shifts = [shift for course in found.courses if (shift := _shift_of(course, other))]
        blocks.append(section(other, f"{say('verdict')}, {say(other).lower()}", *_summary(labels, other, shifts)))
    blocks.append(section("scores", say("scores"), _scores(labels, found.courses)))
    for edition, only in zip(editions, (found.only_old, found.only_new), strict=True):
        if only:
            names = ", ".join(subjects.names[subject] for subject in only)
            blocks.append(paragraph(f"{say('only_in')} {edition.id}: {names}"))
    title = f"{say('edition')} {found.old} {say('to')} {found.new}"
    return Document(Target("compare", "", f"{found.old} {found.new}"), title, tuple(blocks), say.language)


def schemes_page(
    labels: tuple[Labels, Labels],
    subjects: Subjects,
    edition: Edition,
    schemes: tuple[Scheme, Scheme],
    found: Sequence[UnderBoth],
    difference: Difference,
) -> Document:
    """Who has another end score under another scheme, and through which rules.

    Each scheme comes with the labels of its own framework; `difference` is over all scores of the first.
    """
    new = labels[1]
    say = new.say
    facts = tuple(
        Fact(
            scheme.id,
            (name(say.of(scheme.name)),),
            Target("scheme", "", scheme.id) if scheme.framework == edition.framework else None,
        )
        for scheme in schemes
    )
    items = []
    changed = [one for one in found if one.verdict.old != one.verdict.new]
    for one in sorted(changed, key=lambda one: GROUPS.index(one.verdict.direction)):
        below = [
            block
            for label, scheme, deciding in zip(labels, schemes, (one.old_deciding, one.new_deciding), strict=True)
            for block in _under(label, scheme, (), deciding)
        ]
        items.append(_subject(subjects, one.subject, _shift(new, one.verdict), below))
    title = f"{schemes[0].id} {say('to')} {schemes[1].id}"
    return Document(
        Target("compare", "", " ".join(scheme.id for scheme in schemes)),
        title,
        (
            paragraph(edition.title),
            Facts(facts),
            section("verdict", say("verdict"), *_summary(new, "verdict", [one.verdict for one in found])),
            section("changes", say("changes"), Items(tuple(items)) if items else paragraph(say("nobody_changes"))),
            section("difference", say("smallest_difference"), *_difference(labels, schemes, difference)),
        ),
        say.language,
    )


def _bases(courses: Sequence[Course]) -> tuple[str, tuple[str, ...]]:
    """The end score that all are compared by, so that the counts are of one thing: published if every one has it."""
    published = [course.published is not None for course in courses]
    if all(published):
        return PUBLISHED, (COMPUTED,)
    return COMPUTED, ()


def _shift_of(course: Course, basis: str) -> Shift | None:
    return course.published if basis == PUBLISHED else course.computed


def _courses(labels: Labels, subjects: Subjects, courses: Iterable[Course], basis: str) -> Iterator[Section]:
    """Who went which way, and below each what else changed."""
    grouped: dict[Direction, list[tuple[Course, Shift]]] = {}
    for course in courses:
        if verdict := _shift_of(course, basis):
            grouped.setdefault(verdict.direction, []).append((course, verdict))
    for direction in GROUPS:
        found = grouped.get(direction, [])
        items = []
        for course, verdict in found:
            scores = tuple(
                item(f"{labels.dimension_name(dimension_id)}: ", _shift(labels, shift))
                for dimension_id, shift in course.dimensions.items()
                if shift.direction not in COUNTED_ONLY
            )
            below = [Items(scores)] if scores else []
            items.append(_subject(subjects, course.subject, _from_to(labels, verdict.old, verdict.new), below))
        if items:
            title = f"{capital(labels.say(direction))}: {len(found)}"
            yield section(f"changes-{direction}", title, Items(tuple(items)))


def _subject(subjects: Subjects, subject: str, change: Inline, below: Iterable[Block]) -> Item:
    return item(name(subjects.names[subject]), ": ", change, blocks=below, target=subjects.target(subject))


def _scores(labels: Labels, courses: Sequence[Course]) -> Table:
    """How many scores went which way, by dimension."""
    present = [
        kind
        for kind in Direction
        if any(course.dimensions[name].direction is kind for course in courses for name in labels.dimensions)
    ]
    rows = []
    for dimension_id in labels.dimensions:
        counted = Counter(course.dimensions[dimension_id].direction for course in courses)
        counts = (cell(str(counted[kind]) if counted[kind] else "", number=counted[kind]) for kind in present)
        cells = (cell(name(labels.dimension_name(dimension_id))), *counts)
        rows.append(TableRow(cells, Target("dimension", "", dimension_id)))
    heads = (Column(kind.value, labels.say(kind), "number", align="right") for kind in present)
    return Table("scores", (Column("dimension", labels.say("dimension")), *heads), tuple(rows))


def _summary(labels: Labels, table_id: str, shifts: Sequence[Shift]) -> Iterator[Block]:
    """How many went which way; and from what to what: a row for each there was, a column for each there is."""
    counted = Counter(shift.direction for shift in shifts)
    yield paragraph(", ".join(f"{counted[kind]} {labels.say(kind)}" for kind in Direction if counted[kind]))
    counts, scale = migration(shifts, labels.scale), labels.scale
    levels: list[Possible] = [(level,) for level in scale.ids]
    old, new = (
        [*(one for one in levels if place or one in found), *sorted(found - {*levels}, key=labels.place)]
        for place, found in enumerate(({pair[0] for pair in counts}, {pair[1] for pair in counts}))
    )
    heads = (Column("-".join(now) or scale.blank.id, _head(labels, now), "number", align="right") for now in new)
    rows = []
    for was in old:
        found = (counts.get((was, now)) for now in new)
        numbers = (cell("-" if count is None else str(count), number=count) for count in found)
        rows.append(TableRow((labels.level_cell(was, brief=True), *numbers)))
    yield Table(table_id, (labels.level_column("from", labels.say("from_to")), *heads), tuple(rows))


def _head(labels: Labels, possible: Possible) -> str:
    return "".join(span.text for span in labels.brief(possible))


def _from_to(labels: Labels, old: Sequence[str], new: Sequence[str]) -> Inline:
    return inline(labels.brief(old), f" {labels.say('to')} ", labels.brief(new))


def _shift(labels: Labels, shift: Shift) -> Inline:
    return inline(_from_to(labels, shift.old, shift.new), f" ({labels.say(shift.direction)})")


def _under(labels: Labels, scheme: Scheme, verdict: Inline, deciding: Iterable[Reason]) -> Iterator[Block]:
    """The verdict of a scheme, and why."""
    reasons = labels.reasons(tuple(deciding), ()) or [paragraph(labels.say("no_rule"))]
    yield Items((item(f"{labels.say('under')} {scheme.id}: ", verdict, blocks=reasons),))


def _difference(
    labels: tuple[Labels, Labels], schemes: tuple[Scheme, Scheme], difference: Difference
) -> Iterator[Block]:
    first, example = labels[0], difference.example
    if example is None:
        yield note(first.say("no_difference" if difference.complete else "no_difference_found"))
        return
    best = first.scale.ids[-1]
    facts = [
        fact(first.dimension_name(dimension_id), first.levels([level] if level else []))
        for dimension_id, level in example.scores.items()
        if level != best
    ]
    yield Facts((*facts, fact(first.say("all_others"), first.levels([best]))))
    for label, scheme, weighing in zip(labels, schemes, (example.first, example.second), strict=True):
        yield from _under(label, scheme, label.levels(weighing.possible), weighing.deciding)
