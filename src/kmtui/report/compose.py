"""Which parts make the report, and what stands before them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from kmtui.blocks import (
    Block,
    Callout,
    Column,
    Facts,
    Role,
    Section,
    Span,
    Table,
    TableRow,
    Target,
    cell,
    fact,
    inline,
    paragraph,
    text_of,
)
from kmtui.model.score import Basis, Judgement
from kmtui.monitor import UnknownIdError
from kmtui.pages.inline_errors import FAILURES, warnings
from kmtui.pages.view import View
from kmtui.render.publication import Publication
from kmtui.report.advice import advice_sections
from kmtui.report.annexes import annex_sections
from kmtui.report.corps import corps_section
from kmtui.report.judgements import Print, editions
from kmtui.report.national import national_sections
from kmtui.report.parts import ADVICE, CORPS, NATIONAL, UNITS, Choice
from kmtui.report.units import unit_section
from kmtui.wording import BASIS


class Part(NamedTuple):
    """A part of the report: its title, its opening, and its sections, which are made one by one."""

    anchor: str
    title: str
    opening: str
    sections: Iterator[Section]


def report(view: View, choice: Choice | None = None, day: date | None = None, draft: str | None = None) -> Publication:
    """The report of the edition that is viewed; `draft` is the state of a round that is not finished.

    Raises UnknownIdError for a part, corps or unit that does not exist.
    """
    blocks = []
    for part in report_parts(view, choice):
        sections = tuple(part.sections)
        if sections:
            opening = (paragraph(part.opening),) if part.opening else ()
            blocks.append(Section(part.anchor, inline(part.title), (*opening, *sections)))
    return publication(view, tuple(blocks), choice, day, draft)


def publication(
    view: View,
    blocks: tuple[Block, ...],
    choice: Choice | None = None,
    day: date | None = None,
    draft: str | None = None,
) -> Publication:
    """These blocks with the front matter of the report."""
    return Publication(
        title=view.edition.title,
        language=view.say.language,
        scale=view.scale,
        blocks=blocks,
        subtitle=", ".join(_names(view, choice or Choice())),
        publisher=view.edition.head.source.publisher,
        day=day,
        draft=draft,
        front=tuple(_front(view)),
    )


def report_parts(view: View, choice: Choice | None = None) -> Iterator[Part]:
    """The parts that are asked for (raises UnknownIdError for a part, corps or unit that does not exist)."""
    choice, words = choice or Choice(), Print(view)
    _check("part", choice.parts, PARTS)
    _check("corps", choice.corps, view.corps)
    _check("unit", choice.units, _units(view))
    wanted = choice.parts or _parts_of(choice)
    for number in wanted or PARTS:
        title, opening, make = PARTS[number]
        yield Part(f"part-{number}", words(title), words(opening), _guarded(view, make(view, choice)))
    if not wanted:
        yield Part("annexes", words("annexes"), "", _guarded(view, annex_sections(view)))


def _guarded(view: View, sections: Iterable[Section]) -> Iterator[Section]:
    """The sections; where making them fails, those that were made before and one with a warning for each error."""
    try:
        yield from sections
    except FAILURES as error:
        yield Section("faults", inline(view.say("problems")), tuple(warnings(error)))


def _in_place(anchor: str, title: str, target: Target, make: Callable[[], Section]) -> Section:
    """The section, or one with a warning for each error that keeps it from being made."""
    try:
        return make()
    except FAILURES as error:
        return Section(anchor, inline(title), tuple(warnings(error)), target)


def _check(kind: str, names: Iterable[str], known: Mapping[str, object]) -> None:
    for name in names:
        if name not in known:
            raise UnknownIdError(kind, name, known)


def _units(view: View) -> dict[str, object]:
    return {unit.id: unit for unit in view.mapping.units} if view.mapping else {}


def _parts_of(choice: Choice) -> tuple[str, ...]:
    """The parts that a choice of corps and units asks for; none where there is no such choice."""
    if choice.units:
        return CORPS, UNITS
    return (CORPS,) if choice.corps else ()


def _names(view: View, choice: Choice) -> Iterator[str]:
    """The parts, corps and units that were chosen, by name."""
    yield from (Print(view)(PARTS[number][0]) for number in choice.parts)
    yield from (view.corps[name].name for name in choice.corps)
    for unit in view.mapping.units if view.mapping else ():
        if unit.id in choice.units:
            yield view.say.of(unit.name)


def _corps_part(view: View, choice: Choice) -> Iterator[Section]:
    shown = editions(view)
    members = (
        {name for unit in view.mapping.units if unit.id in choice.units for name in unit.corps}
        if view.mapping
        else set()
    )
    wanted = {*choice.corps, *members}
    for corps_id, corps in view.corps.items():
        if not wanted or corps_id in wanted:
            target = Target("corps", corps_id)
            yield _in_place(corps_id, corps.name, target, partial(corps_section, view, corps_id, shown))


def _national_part(view: View, _choice: Choice) -> Iterator[Section]:
    return national_sections(view, editions(view))


def _units_part(view: View, choice: Choice) -> Iterator[Section]:
    if view.mapping:
        for unit in view.mapping.units:
            present = any(name in view.corps for name in unit.corps)
            if present and (not choice.units or unit.id in choice.units):
                target = Target("unit", "", unit.id)
                make = partial(unit_section, view, view.mapping, unit)
                yield _in_place(unit.id, view.say.of(unit.name), target, make)


def _advice_part(view: View, _choice: Choice) -> Iterator[Section]:
    return advice_sections(view)


Make = Callable[[View, Choice], Iterator[Section]]
PARTS: Mapping[str, tuple[str, str, Make]] = {
    CORPS: ("corps_part", "corps_part_text", _corps_part),
    NATIONAL: ("national_part", "national_part_text", _national_part),
    UNITS: ("units_part", "units_part_text", _units_part),
    ADVICE: ("recommendations_part", "recommendations_text", _advice_part),
}
"""The parts by number, as the printed report has them: the words of title and opening, and the sections."""


def _front(view: View) -> Iterator[Block]:
    """The period, what the colours mean, and how much of the report is certain, open or blank."""
    say, words, head = view.say, Print(view), view.edition.head
    yield Facts(
        (
            fact(words("period"), f"{head.period.start} - {head.period.end}"),
            fact(say("framework"), say.of(view.framework.name)),
            fact(say("scheme"), say.of(view.weigher.scheme.name)),
        )
    )
    yield Callout(
        "note", (paragraph(Span(words("certainty"), Role.NAME)), paragraph(words("certainty_text")), _certainty(view))
    )
    if view.edition.head.unmentioned:
        yield paragraph(text_of(view.edition.head.unmentioned.note))
    yield paragraph(Span(say("legend"), Role.NAME))
    yield _legend(view)


def _legend(view: View) -> Table:
    say, words = view.say, Print(view)
    levels = (*reversed(view.scale.levels), view.scale.blank)
    rows = [TableRow((view.level_cell(_possible(view, level.id)), cell(say.of(level.meaning)))) for level in levels]
    rows.append(TableRow((view.level_cell(view.scale.ids, brief=True), cell(words("legend_open")))))
    columns = (view.level_column("level", say("level")), Column("meaning", say("note")))
    return Table("legend", columns, tuple(rows))


def _possible(view: View, level_id: str) -> tuple[str, ...]:
    return () if level_id == view.scale.blank.id else (level_id,)


def _certainty(view: View) -> Table:
    """How many judgements of each kind rest on what."""
    say, words = view.say, Print(view)
    kinds: list[tuple[str, Sequence[Judgement]]] = [
        (words("scores"), [score for corps in view.edition.corps for score in corps.scores.values()]),
        (words("judgements"), [score for corps in view.edition.corps for score in corps.partners.values()]),
        (words("verdicts"), [corps.published for corps in view.edition.corps if corps.published]),
    ]
    counted = [(title, Counter(one.basis for one in found)) for title, found in kinds if found]
    used = [basis for basis in Basis if any(counts[basis] for _, counts in counted)]
    columns = [Column("kind", words("kind"))]
    columns += [Column(basis, say.of(BASIS[basis]), "number", align="right") for basis in used]
    columns.append(Column("together", words("together"), "number", align="right"))
    rows = []
    for title, counts in counted:
        numbers = [*(counts[basis] for basis in used), counts.total()]
        rows.append(TableRow((cell(title), *(cell(str(number), number=number) for number in numbers))))
    return Table("certainty", tuple(columns), tuple(rows))
