"""Pages of two editions beside each other, and of two schemes on one edition."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from kmtui.analysis.compare import Course, Direction, EditionComparison, Shift, UnderBoth, migration
from kmtui.analysis.difference import Difference
from kmtui.analysis.subjects import Possible
from kmtui.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, name, note
from kmtui.model.edition import Edition
from kmtui.model.scheme import Scheme
from kmtui.pages.aligned import Cell, aligned
from kmtui.pages.rules import reason_line
from kmtui.pages.telling import Telling
from kmtui.weighing.outcome import Reason
from kmtui.wording import capital

GROUPS = (
    Direction.WORSE,
    Direction.BETTER,
    Direction.WITHHELD,
    Direction.GIVEN,
    Direction.UNKNOWN,
    Direction.SAME,
)
"""The order in which those who went one way are told of."""

PUBLISHED, COMPUTED = "published", "computed"

UNTOLD = (Direction.SAME, Direction.UNKNOWN)
"""What is counted, but not told of one by one."""


class Subjects(msgspec.Struct, frozen=True):
    """What is compared: the names of corps and units by id, and which of these are units."""

    names: Mapping[str, str]
    units: frozenset[str] = frozenset()

    def target(self, subject: str) -> Target:
        """Where the line of one of them leads."""
        return Target("unit", "", subject) if subject in self.units else Target("corps", subject)


def editions_page(
    telling: Telling, subjects: Subjects, editions: tuple[Edition, Edition], found: EditionComparison
) -> Page:
    """What changed from one edition to the next; those whose end score is worse stand first."""
    say = telling.say
    lines = [line(edition.title) for edition in editions]
    basis, others = _bases(found.courses)
    lines += [EMPTY, heading(f"{say('verdict')}, {say(basis).lower()}")]
    lines += _summary(telling, [shift for course in found.courses if (shift := _shift_of(course, basis))])
    lines += [EMPTY, heading(f"{say('changes')} ({say('verdict').lower()}: {say(basis).lower()})")]
    lines += _courses(telling, subjects, found.courses, basis)
    for other in others:
        shifts = [shift for course in found.courses if (shift := _shift_of(course, other))]
        lines += [EMPTY, heading(f"{say('verdict')}, {say(other).lower()}"), *_summary(telling, shifts)]
    lines += [EMPTY, heading(say("scores"))]
    for dimension_id in telling.dimensions:
        counted = _counted(telling, [course.dimensions[dimension_id] for course in found.courses])
        target = Target("dimension", "", dimension_id)
        lines.append(line(name(telling.dimension_name(dimension_id)), f": {counted}", indent=1, target=target))
    for edition, only in zip(editions, (found.only_old, found.only_new), strict=True):
        if only:
            told = ", ".join(subjects.names[subject] for subject in only)
            lines += [EMPTY, line(f"{say('only_in')} {edition.id}: {told}")]
    title = f"{say('edition')} {found.old} {say('to')} {found.new}"
    return Page(Target("compare", "", f"{found.old} {found.new}"), title, tuple(lines))


def schemes_page(
    tellings: tuple[Telling, Telling],
    subjects: Subjects,
    edition: Edition,
    schemes: tuple[Scheme, Scheme],
    found: Sequence[UnderBoth],
    difference: Difference,
) -> Page:
    """Who has another end score under another scheme, and through which rules.

    Each scheme comes with the telling of its own framework; `difference` is over all scores of the first.
    """
    new = tellings[1]
    say = new.say
    lines = [line(edition.title)]
    for scheme in schemes:
        target = Target("scheme", "", scheme.id) if scheme.framework == edition.framework else None
        lines.append(line(f"{scheme.id}: {say.of(scheme.name)}", target=target))
    lines += [EMPTY, heading(say("verdict")), *_summary(new, [one.verdict for one in found])]
    lines += [EMPTY, heading(say("changes"))]
    changed = [one for one in found if one.verdict.old != one.verdict.new]
    for one in sorted(changed, key=lambda one: GROUPS.index(one.verdict.direction)):
        lines.append(_subject(subjects, one.subject, _shift(new, one.verdict)))
        for telling, scheme, deciding in zip(tellings, schemes, (one.old_deciding, one.new_deciding), strict=True):
            lines += _under(telling, scheme, (), deciding)
    if not changed:
        lines.append(line(say("nobody_changes"), indent=1))
    lines += [EMPTY, heading(say("smallest_difference")), *_difference(tellings, schemes, difference)]
    title = f"{schemes[0].id} {say('to')} {schemes[1].id}"
    return Page(Target("compare", "", " ".join(scheme.id for scheme in schemes)), title, tuple(lines))


def _bases(courses: Sequence[Course]) -> tuple[str, tuple[str, ...]]:
    """By which end score all are told of, so that the counts are of one thing: published if every one has it."""
    published = [course.published is not None for course in courses]
    if all(published):
        return PUBLISHED, (COMPUTED,)
    return COMPUTED, ()


def _shift_of(course: Course, basis: str) -> Shift | None:
    return course.published if basis == PUBLISHED else course.computed


def _courses(telling: Telling, subjects: Subjects, courses: Iterable[Course], basis: str) -> Iterator[Line]:
    """Who went which way, and below each what else changed; those of whom there is nothing else to tell in one line."""
    grouped: dict[Direction, list[tuple[Course, Shift]]] = {}
    for course in courses:
        if verdict := _shift_of(course, basis):
            grouped.setdefault(verdict.direction, []).append((course, verdict))
    for direction in GROUPS:
        found = grouped.get(direction, [])
        if found:
            yield line(Span(f"{capital(telling.say(direction))}: {len(found)}", Role.HEADING), indent=1)
        for course, verdict in found:
            yield _subject(subjects, course.subject, _from_to(telling, verdict.old, verdict.new))
            for dimension_id, shift in course.dimensions.items():
                if shift.direction not in UNTOLD:
                    about = f"- {telling.dimension_name(dimension_id)}: "
                    yield line(about, _shift(telling, shift), indent=2)


def _subject(subjects: Subjects, subject: str, told: Iterable[Span]) -> Line:
    return line(name(subjects.names[subject]), ": ", told, indent=1, target=subjects.target(subject))


def _summary(telling: Telling, shifts: Sequence[Shift]) -> Iterator[Line]:
    """How many went which way; and from what to what: a row for each there was, a column for each there is."""
    yield line(_counted(telling, shifts), indent=1)
    counts, scale = migration(shifts, telling.scale), telling.scale
    levels: list[Possible] = [(level,) for level in scale.ids]
    old, new = (
        [*(one for one in levels if place or one in found), *sorted(found - {*levels}, key=telling.place)]
        for place, found in enumerate(({pair[0] for pair in counts}, {pair[1] for pair in counts}))
    )
    head: list[Cell] = [telling.say("from_to"), *map(telling.briefly, new)]
    rows: list[list[Cell]] = [head]
    for was in old:
        rows.append([telling.briefly(was), *(str(counts.get((was, now), "-")) for now in new)])
    for spans in aligned(rows, right=range(1, len(head))):
        yield line(spans, indent=1)


def _counted(telling: Telling, shifts: Iterable[Shift]) -> str:
    counted = Counter(shift.direction for shift in shifts)
    return ", ".join(f"{counted[kind]} {telling.say(kind)}" for kind in Direction if counted[kind])


def _from_to(telling: Telling, old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    yield from telling.briefly(old)
    yield Span(f" {telling.say('to')} ")
    yield from telling.briefly(new)


def _shift(telling: Telling, shift: Shift) -> Iterator[Span]:
    yield from _from_to(telling, shift.old, shift.new)
    yield Span(f" ({telling.say(shift.direction)})")


def _under(telling: Telling, scheme: Scheme, verdict: Iterable[Span], deciding: Iterable[Reason]) -> Iterator[Line]:
    """What a scheme says, and why."""
    reasons = [reason_line(telling, reason, 3) for reason in deciding]
    yield line(f"{telling.say('under')} {scheme.id}: ", verdict, indent=2)
    yield from reasons or [line(telling.say("no_rule"), indent=3)]


def _difference(
    tellings: tuple[Telling, Telling], schemes: tuple[Scheme, Scheme], difference: Difference
) -> Iterator[Line]:
    first, example = tellings[0], difference.example
    if example is None:
        yield note(first.say("no_difference" if difference.complete else "no_difference_found"), 1)
        return
    best = first.scale.ids[-1]
    for dimension_id, level in example.scores.items():
        if level != best:
            levels = first.levels([level] if level else [])
            yield line(name(first.dimension_name(dimension_id)), ": ", levels, indent=1)
    yield line(f"{first.say('all_others')}: ", first.levels([best]), indent=1)
    for telling, scheme, weighing in zip(tellings, schemes, (example.first, example.second), strict=True):
        yield from _under(telling, scheme, telling.levels(weighing.possible), weighing.deciding)
