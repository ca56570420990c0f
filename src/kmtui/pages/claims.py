"""What the source asserts: one claim with what was found; and all claims by outcome, by subject and by paragraph."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from kmtui.analysis.claim_evidence import RATIO, Kind
from kmtui.analysis.errors import ClaimError
from kmtui.analysis.verify import Outcome, Verified, Verifier, verifier_of
from kmtui.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Inline,
    Item,
    Items,
    Role,
    Section,
    Span,
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
    source,
    warning,
)
from kmtui.editions.errors import EditionError
from kmtui.model.claims import Claim
from kmtui.model.figures import Figures
from kmtui.monitor import UnknownIdError
from kmtui.pages.claim_evidence import (
    SUBJECTS,
    bounds_text,
    evidence_of,
    subject_ids,
    subject_target,
    subject_title,
    subjects_of,
    tables_of,
)
from kmtui.pages.evidence import link
from kmtui.pages.inline_errors import empty_state, inline_errors
from kmtui.pages.page_kind import PageKind, Rows, text
from kmtui.pages.view import View
from kmtui.wording import capital


class Checked(msgspec.Struct, frozen=True):
    """A claim with what was found, or why nothing could be."""

    claim: Claim
    found: Verified | None
    error: str = ""

    @property
    def outcome(self) -> Outcome:
        """The outcome; of what cannot be checked, undetermined."""
        return self.found.outcome if self.found else Outcome.UNDETERMINED

    @property
    def kind(self) -> Kind:
        """What its outcome proves; a claim that cannot be checked rests on something else than its paragraph."""
        return self.found.kind if self.found else Kind.INDEPENDENT

    @property
    def expected(self) -> bool:
        """Whether this outcome was known already."""
        return self.found is not None and self.found.expected


class Standing(msgspec.Struct, frozen=True):
    """A class of outcomes, and the word for it."""

    word: str
    outcome: Outcome
    expected: bool | None = None
    """Whether the outcome was known; None where it makes no difference."""

    def takes(self, one: Checked) -> bool:
        """Whether a claim belongs to the class."""
        return one.outcome is self.outcome and self.expected in (None, one.expected)


STANDINGS = {
    "new": Standing("contradicted_new", Outcome.CONTRADICTED, False),
    "contradicted": Standing("contradicted_known", Outcome.CONTRADICTED, True),
    "undetermined": Standing("undetermined_claims", Outcome.UNDETERMINED),
    "holds": Standing("holding_claims", Outcome.HOLDS),
}
"""Every class, by the id of its page."""
UNITS = ("corps", "rows", RATIO)
"""Units that have a name in both languages; others are those of an indicator."""
LISTED = ("new", "contradicted")
"""The classes whose claims the index lists one by one."""


def claim_page(view: View, claim_id: str) -> Document:
    """One claim: what it says, what was found, and the scores and figures that it is about (raises KeyError)."""
    say = view.say
    claim = claim_of(view, claim_id)
    verifier = _verifier(view)
    one = _checked(view, verifier, claim)
    known = f" ({say('known' if one.expected else 'new')})" if one.outcome is not Outcome.HOLDS else ""
    return view.document(
        Target("claim", "", claim_id),
        claim.text,
        Facts((fact(say("paragraph"), source(claim.source)),)),
        *_finding(view, one),
        Facts((fact(say("outcome"), Span(say(one.outcome), Role.NAME), known),)),
        *_kind(view, one),
        *_remark(claim),
        section("about", say("about_what"), *evidence_of(view, verifier, claim)),
    )


def _kind(view: View, one: Checked) -> list[Block]:
    """The kind of a claim, and what its outcome proves."""
    if one.found is None:
        return []
    kind = one.found.kind
    return [Facts((fact(view.say("kind"), Span(view.say(kind), Role.NAME), f". {view.say(f'proves_{kind}')}"),))]


def claims_on_score(view: View, corps_id: str, dimension_id: str) -> list[Section]:
    """The claims about one score, by name or in a count, and whether the data confirm them."""
    return _claims_where(view, lambda verifier, claim: verifier.bears_on(claim, corps_id, dimension_id))


def claims_on_judgement(view: View, corps_id: str, column_id: str) -> list[Section]:
    """The claims about the judgement of one corps on a partner, by name or in a count."""
    return _claims_where(view, lambda verifier, claim: verifier.bears_on_judgement(claim, corps_id, column_id))


def claims_within(view: View, members: Collection[str], dimension_id: str) -> list[Section]:
    """The claims about the scores on a dimension of these corps alone."""
    return _claims_where(view, lambda verifier, claim: verifier.bears_within(claim, members, dimension_id))


def claims_on_dimension(view: View, dimension_id: str) -> list[Section]:
    """The claims that count the scores on a dimension."""
    return _claims_where(view, lambda verifier, claim: verifier.counts(claim, dimension_id))


def _claims_where(view: View, chosen: Callable[[Verifier, Claim], bool]) -> list[Section]:
    def make() -> Iterator[Block]:
        verifier = _verifier(view)
        items = [
            _claim_item(claim, f" ({view.say(_checked(view, verifier, claim).outcome)})")
            for claim in claims_of(view)
            if chosen(verifier, claim)
        ]
        if items:
            yield Items(tuple(items))

    blocks = inline_errors(make)
    return [section("claims", view.say("claims_on"), *blocks)] if blocks else []


def claim_ids(view: View) -> list[str]:
    """Every claim, in the order of the source."""
    return [claim.id for claim in claims_of(view)]


def claim_of(view: View, claim_id: str) -> Claim:
    """The claim with this id (raises KeyError)."""
    for claim in claims_of(view):
        if claim.id == claim_id:
            return claim
    raise KeyError(claim_id)


def claims_of(view: View) -> tuple[Claim, ...]:
    """The claims of the edition."""
    return view.monitor.claims(view.edition).claims


def all_checked(view: View) -> list[Checked]:
    """Every claim with what was found, in the order of the source."""
    verifier = _verifier(view)
    return [_checked(view, verifier, claim) for claim in claims_of(view)]


def claims_page(view: View) -> Document:
    """How many claims of each kind have which outcome, then those that are contradicted, then every paragraph."""
    say = view.say
    if not claims_of(view):
        return empty_state(view, "claims", lambda edition: view.monitor.claims(edition).claims)
    checked = all_checked(view)
    chosen = {way: [one for one in checked if STANDINGS[way].takes(one)] for way in LISTED}
    return view.document(
        Target("claims"),
        say("claims"),
        *(_kind_section(view, kind, of_kind) for kind, of_kind in _by_kind(checked)),
        paragraph(say("by_subject"), target=Target("subjects")),
        *(section(way, standing_title(view, way), *_lists(view, way, found)) for way, found in chosen.items() if found),
        section("paragraphs", say("by_paragraph"), _paragraphs(view, checked)),
    )


def _kind_section(view: View, kind: str, checked: Sequence[Checked]) -> Section:
    """A kind of claims, what it proves, and how many have which outcome."""
    rows = []
    for way, standing in STANDINGS.items():
        count = sum(map(standing.takes, checked))
        if count:
            cells = (cell(str(count), number=count), cell(standing_title(view, way)))
            rows.append(TableRow(cells, Target("standing", "", way)))
    columns = (Column("count", "", "number", align="right"), Column("outcome", view.say("outcome")))
    proves = note(view.say(f"proves_{kind}"))
    return section(kind, capital(view.say(kind)), proves, Table(kind, columns, tuple(rows)))


def _by_kind(checked: Iterable[Checked]) -> list[tuple[str, list[Checked]]]:
    """The claims of each kind that has any, in the order of what they prove."""
    found: dict[str, list[Checked]] = {kind: [] for kind in Kind}
    for one in checked:
        found[one.kind].append(one)
    return [(kind, of_kind) for kind, of_kind in found.items() if of_kind]


def _lists(view: View, anchor: str, checked: Sequence[Checked]) -> Iterator[Section]:
    """Claims, the kinds apart."""
    for kind, of_kind in _by_kind(checked):
        yield section(f"{anchor}-{kind}", f"{view.say(kind)}: {len(of_kind)}", _list(view, of_kind))


def _paragraphs(view: View, checked: Sequence[Checked]) -> Table:
    """How many claims of each paragraph have which outcome."""
    by_paragraph: dict[str, list[Checked]] = {}
    for one in checked:
        for number in one.claim.source:
            by_paragraph.setdefault(number, []).append(one)
    rows = ((number, found, Target("paragraph", "", number)) for number, found in by_paragraph.items())
    return _outcomes(view, "paragraphs", view.say("paragraph"), rows)


def _outcomes(view: View, table_id: str, head: str, groups: Iterable[tuple[str, Sequence[Checked], Target]]) -> Table:
    """How many claims of each group have which outcome."""
    rows = []
    for label, found, target in groups:
        counted = Counter(one.outcome for one in found)
        counts = (
            cell(view.say.count(counted[outcome], outcome) if counted[outcome] else "", number=counted[outcome])
            for outcome in Outcome
        )
        rows.append(TableRow((cell(name(label)), *counts), target))
    columns = (Column("about", head), *(Column(outcome.value, "", "number") for outcome in Outcome))
    return Table(table_id, columns, tuple(rows))


def standing_page(view: View, way: str) -> Document:
    """The claims with one class of outcomes."""
    found = [one for one in all_checked(view) if STANDINGS[way].takes(one)]
    return view.document(
        Target("standing", "", way),
        f"{view.say('claims')}: {standing_title(view, way)}",
        *(_lists(view, way, found) if found else (paragraph(view.say("no_claims_here")),)),
    )


def standing_title(view: View, way: str) -> str:
    """The name of a class of outcomes."""
    return view.say(STANDINGS[way].word)


def subjects_page(view: View) -> Document:
    """What claims are about: every corps, unit, dimension, partner and table, with the outcomes of its claims."""
    checked = [(one, subjects_of(view, one.claim)) for one in all_checked(view)]
    sections = []
    for kind in SUBJECTS:
        groups = []
        for own_id in SUBJECTS[kind](view):
            subject = f"{kind}.{own_id}"
            found = [one for one, about in checked if subject_target(subject) in about]
            if found:
                groups.append((subject_title(view, subject), found, Target("subject", "", subject)))
        sections.append(section(kind, view.say(kind), _outcomes(view, kind, view.say(kind), groups)))
    return view.document(Target("subjects"), view.say("subjects"), *sections)


def subject_page(view: View, subject: str) -> Document:
    """The claims about one corps, unit, dimension, partner or table."""
    target = subject_target(subject)
    found = [one for one in all_checked(view) if target in subjects_of(view, one.claim)]
    title = subject_title(view, subject)
    return view.document(
        Target("subject", "", subject),
        f"{view.say('claims')}: {title}",
        Facts((link(view.say(target.kind), title, target),)),
        *claims_with_outcomes(view, found),
    )


def claims_with_outcomes(view: View, checked: Sequence[Checked]) -> Iterator[Block]:
    """How many claims have which outcome, and each of them."""
    yield paragraph(_counts(view, checked) or view.say("no_claims_here"))
    if checked:
        yield _list(view, checked, outcomes=True)


def _list(view: View, checked: Iterable[Checked], *, outcomes: bool = False) -> Items:
    """Claims; below those that do not hold, what is asserted and found, and the remark."""
    items = []
    for one in checked:
        outcome = f" ({view.say(one.outcome)}, {view.say(one.kind)})" if outcomes else ""
        below = (*_finding(view, one), *_remark(one.claim)) if one.outcome is not Outcome.HOLDS else ()
        items.append(_claim_item(one.claim, outcome, below))
    return Items(tuple(items))


def _counts(view: View, checked: Iterable[Checked]) -> str:
    """How many claims of each kind have which outcome; kinds are never added up."""
    parts = []
    for kind, of_kind in _by_kind(checked):
        counted = Counter(one.outcome for one in of_kind)
        outcomes = ", ".join(view.say.count(counted[outcome], outcome) for outcome in Outcome if counted[outcome])
        parts.append(f"{view.say(kind)}: {outcomes}")
    return "; ".join(parts)


def _verifier(view: View) -> Verifier:
    """What evaluates the claims, on those tables that can be read."""
    try:
        figures = view.figures
    except (EditionError, UnknownIdError):
        figures = Figures()
    return verifier_of(view.monitor, view.own.edition, figures)


def _checked(view: View, verifier: Verifier, claim: Claim) -> Checked:
    try:
        return Checked(claim, verifier.verify(claim))
    except ClaimError as error:
        return Checked(claim, None, _fault(view, claim) or str(error))
    except (EditionError, UnknownIdError) as error:
        return Checked(claim, None, str(error))


def _fault(view: View, claim: Claim) -> str:
    """The faults of the tables that a claim rests on."""
    try:
        faults = [fault for table_id in tables_of(claim) for fault in view.table_faults.get(table_id, ())]
    except EditionError as error:
        faults = list(error.faults)
    return "; ".join(map(str, faults))


def _claim_item(claim: Claim, outcome: str, below: Iterable[Block] = ()) -> Item:
    return item(f"{claim.text}{outcome} ", source(claim.source), blocks=below, target=Target("claim", "", claim.id))


def asserted(view: View, claim: Claim) -> Inline:
    """What a claim asserts: a level, a word, or a number with its relation and margin."""
    wording = (Span(f"“{claim.wording}”, {view.say('read_as')} "),) if claim.wording else ()
    return (*wording, *_value(view, claim))


def _value(view: View, claim: Claim) -> Inline:
    if isinstance(claim.asserted, str):
        is_level = claim.asserted in (*view.scale.ids, view.scale.blank.id)
        return view.levels((claim.asserted,)) if is_level else (Span(claim.asserted),)
    relation = "" if claim.relation == "equals" else f"{view.say(claim.relation)} "
    margin = f" ± {view.say.number(claim.margin)}" if claim.margin else ""
    return (Span(f"{relation}{view.say.number(claim.asserted)}{margin}"),)


def _finding(view: View, one: Checked) -> Iterator[Block]:
    """What is asserted beside what was found, or why nothing could be."""
    say = view.say
    found = inline(f"; {say('found').lower()}: ", found_text(view, one.found)) if one.found else ()
    yield Facts((fact(say("asserted"), asserted(view, one.claim), found),))
    if one.claim.reading:
        yield note(one.claim.reading)
    if one.found is None:
        yield warning(f"{say('found')}: {one.error}")


def found_text(view: View, found: Verified) -> Inline:
    """Levels, a printed cell, a number, or a number with its bounds."""
    say = view.say
    levels = found.found.split("|")
    if found.bounds:
        result = inline(bounds_text(view, found.bounds))
    elif set(levels) <= {*view.scale.ids, view.scale.blank.id}:
        result = view.levels(levels)
    else:
        result = inline(found.found or say("nothing"))
    unit = f" {say(f'unit_{found.unit}') if found.unit in UNITS else found.unit}" if found.unit else ""
    missing = f" ({say.count(found.missing, 'cell_without')})" if found.missing else ""
    return inline(result, unit, missing)


def _remark(claim: Claim) -> Iterator[Block]:
    if claim.remark:
        yield note(claim.remark)


T = TypeVar("T")


def _own(make: Callable[[View, str], T]) -> Callable[[View, str], T]:
    """With the edition in the terms of the framework that it was scored on."""
    return lambda view, found: make(view.own, found)


CLAIMS = PageKind.single(
    "claims",
    text(
        "Wat het rapport beweert, naar uitkomst en naar paragraaf.",
        "What the source asserts, by outcome and by paragraph.",
    ),
    lambda view: claims_page(view.own),
    Rows("claims"),
)
STANDING = PageKind(
    "standing",
    text(
        "De beweringen met één uitkomst: contradicted, new (en niet al bekend), undetermined, holds.",
        "The claims with one outcome: contradicted, new (and not known before), undetermined, holds.",
    ),
    _own(standing_page),
    lambda _: list(STANDINGS),
    standing_title,
)
SUBJECTS_INDEX = PageKind.single(
    "subjects",
    text("Waar de beweringen over gaan, met hun uitkomsten.", "What the claims are about, and their outcomes."),
    lambda view: subjects_page(view.own),
)
SUBJECT = PageKind(
    "subject",
    text(
        "De beweringen over één ding: corps.ID, unit.ID, dimension.ID, partner.ID of table.ID.",
        "The claims about one thing, as corps.ID, unit.ID, dimension.ID, partner.ID or table.ID.",
    ),
    _own(subject_page),
    lambda view: subject_ids(view.own),
    _own(subject_title),
    many=True,
)
CLAIM = PageKind(
    "claim",
    text(
        "Eén bewering, wat de gegevens zeggen, en de scores en cijfers waar zij over gaat.",
        "What the source asserts in one place, what the data say, and the scores and figures it is about.",
    ),
    _own(claim_page),
    claim_ids,
    lambda view, claim_id: claim_of(view, claim_id).text,
    many=True,
    rows=Rows.by("claims", "claim"),
)
