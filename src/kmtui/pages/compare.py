"""Pages of two editions beside each other, and of two schemes on one edition."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kmtui.analysis import Difference, Direction, EditionComparison, Shift, UnderBoth, migration
from kmtui.elements import EMPTY, Line, Page, Span, Target, heading, line, name, note
from kmtui.model import Edition, Scheme
from kmtui.pages.rules import reason_line
from kmtui.pages.telling import Telling
from kmtui.weighing import Reason

UNTOLD = (Direction.SAME, Direction.UNKNOWN)
"""What is counted, but not told of one by one."""


def editions_page(
    telling: Telling, names: Mapping[str, str], editions: tuple[Edition, Edition], found: EditionComparison
) -> Page:
    """What changed from one edition to the next; `names` are those of the corps or units by id."""
    say = telling.say
    lines = [line(edition.title) for edition in editions]
    published = [course.published for course in found.courses if course.published]
    for kind, shifts in (("published", published), ("computed", [course.computed for course in found.courses])):
        if shifts:
            lines += [EMPTY, heading(f"{say('verdict')}, {say(kind).lower()}"), *_summary(telling, shifts)]
    lines += [EMPTY, heading(say("scores"))]
    for dimension_id in telling.dimensions:
        counted = _counted(telling, [course.dimensions[dimension_id] for course in found.courses])
        target = Target("dimension", "", dimension_id)
        lines.append(line(name(telling.dimension_name(dimension_id)), f": {counted}", indent=1, target=target))
    lines += [EMPTY, heading(say("changes"))]
    for course in found.courses:
        verdict = course.published or course.computed
        lines.append(line(name(names[course.subject]), ": ", _shift(telling, verdict), indent=1))
        for dimension_id, shift in course.dimensions.items():
            if shift.direction not in UNTOLD:
                about = f"- {telling.dimension_name(dimension_id)}: "
                lines.append(line(about, _shift(telling, shift), indent=2))
    for edition, only in zip(editions, (found.only_old, found.only_new), strict=True):
        if only:
            told = ", ".join(names[subject] for subject in only)
            lines += [EMPTY, line(f"{say('only_in')} {edition.id}: {told}")]
    title = f"{say('edition')} {found.old} {say('to')} {found.new}"
    return Page(Target("editions", "", f"{found.old} {found.new}"), title, tuple(lines))


def schemes_page(
    tellings: tuple[Telling, Telling],
    names: Mapping[str, str],
    edition: Edition,
    schemes: tuple[Scheme, Scheme],
    found: Sequence[UnderBoth],
    difference: Difference,
) -> Page:
    """Who has another end score under another scheme, and through which rules; `names` are by id.

    Each scheme comes with the telling of its own framework; `difference` is over all scores of the first.
    """
    new = tellings[1]
    say = new.say
    lines = [line(edition.title), *(line(f"{scheme.id}: {say.of(scheme.name)}") for scheme in schemes)]
    lines += [EMPTY, heading(say("verdict")), *_summary(new, [one.verdict for one in found])]
    lines += [EMPTY, heading(say("changes"))]
    changed = [one for one in found if one.verdict.old != one.verdict.new]
    for one in changed:
        lines.append(line(name(names[one.subject]), ": ", _shift(new, one.verdict), indent=1))
        for telling, scheme, deciding in zip(tellings, schemes, (one.old_deciding, one.new_deciding), strict=True):
            lines += _under(telling, scheme, (), deciding)
    if not changed:
        lines.append(line(say("nobody_changes"), indent=1))
    lines += [EMPTY, heading(say("smallest_difference")), *_difference(tellings, schemes, difference)]
    title = f"{schemes[0].id} {say('to')} {schemes[1].id}"
    return Page(Target("schemes", "", " ".join(scheme.id for scheme in schemes)), title, tuple(lines))


def _summary(telling: Telling, shifts: Sequence[Shift]) -> Iterator[Line]:
    yield line(_counted(telling, shifts), indent=1)
    for (old, new), count in migration(shifts, telling.scale).items():
        yield line(f"{count:>3} ", telling.levels(old), f" {telling.say('to')} ", telling.levels(new), indent=1)


def _counted(telling: Telling, shifts: Iterable[Shift]) -> str:
    counted = Counter(shift.direction for shift in shifts)
    return ", ".join(f"{counted[kind]} {telling.say(kind)}" for kind in Direction if counted[kind])


def _shift(telling: Telling, shift: Shift) -> Iterator[Span]:
    yield from telling.levels(shift.old)
    yield Span(f" {telling.say('to')} ")
    yield from telling.levels(shift.new)
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
