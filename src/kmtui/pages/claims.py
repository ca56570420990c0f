"""What the source asserts: a claim with what was found, and the claims about a score."""

from collections.abc import Callable, Collection, Iterator

import msgspec

from kmtui.analysis.claim_evidence import RATIO, Kind
from kmtui.analysis.errors import ClaimError
from kmtui.analysis.verify import Outcome, Verified, Verifier, verifier_of
from kmtui.editions.errors import EditionError
from kmtui.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, note, source
from kmtui.model.claims import Claim
from kmtui.model.figures import Figures
from kmtui.monitor import UnknownIdError
from kmtui.pages.claimed import claimed_lines, tables_of, told
from kmtui.pages.in_place import in_place, warning
from kmtui.pages.view import View

UNITS = ("corps", "rows", RATIO)
"""Units that have a name in both languages; others are those of an indicator."""


class Checked(msgspec.Struct, frozen=True):
    """A claim with what was found, or why nothing could be."""

    claim: Claim
    found: Verified | None
    error: str = ""

    @property
    def outcome(self) -> Outcome:
        """How it stands; what cannot be checked is undetermined."""
        return self.found.outcome if self.found else Outcome.UNDETERMINED

    @property
    def kind(self) -> Kind:
        """What its outcome proves; a claim that cannot be checked rests on something else than its paragraph."""
        return self.found.kind if self.found else Kind.INDEPENDENT

    @property
    def expected(self) -> bool:
        """Whether this outcome was known already."""
        return self.found is not None and self.found.expected


def claim_page(view: View, claim_id: str) -> Page:
    """One claim: what it says, what was found, and the scores and figures that it is about (raises KeyError)."""
    say = view.say
    claim = claim_of(view, claim_id)
    verifier = _verifier(view)
    one = _checked(view, verifier, claim)
    known = "known" if one.expected else "new"
    told = f" ({say(known)})" if one.outcome is not Outcome.HOLDS else ""
    paragraph = Target("paragraph", "", claim.source[0])
    lines = (
        line(f"{say('paragraph')}: {', '.join(claim.source)}", target=paragraph),
        *_finding(view, one, 0),
        line(f"{say('outcome')}: ", Span(say(one.outcome), Role.NAME), told),
        *_kind(view, one),
        *_remark(claim, 0),
        EMPTY,
        heading(say("about_what")),
        *claimed_lines(view, verifier, claim),
    )
    return Page(Target("claim", "", claim_id), claim.text, lines)


def claims_on_score(view: View, corps_id: str, dimension_id: str) -> Iterator[Line]:
    """The claims about one score, by name or in a count, and whether the data bear them out."""
    return _claims_where(view, lambda verifier, claim: verifier.bears_on(claim, corps_id, dimension_id))


def claims_on_judgement(view: View, corps_id: str, column_id: str) -> Iterator[Line]:
    """The claims about what one corps gives a partner, by name or in a count."""
    return _claims_where(view, lambda verifier, claim: verifier.bears_on_judgement(claim, corps_id, column_id))


def claims_within(view: View, members: Collection[str], dimension_id: str) -> Iterator[Line]:
    """The claims about the scores on a dimension of these corps alone."""
    return _claims_where(view, lambda verifier, claim: verifier.bears_within(claim, members, dimension_id))


def claims_on_dimension(view: View, dimension_id: str) -> Iterator[Line]:
    """The claims that count the scores on a dimension."""
    return _claims_where(view, lambda verifier, claim: verifier.counts(claim, dimension_id))


def _claims_where(view: View, chosen: Callable[[Verifier, Claim], bool]) -> Iterator[Line]:
    def made() -> Iterator[Line]:
        verifier = _verifier(view)
        for claim in claims_of(view):
            if chosen(verifier, claim):
                yield _claim_line(claim, f" ({view.say(_checked(view, verifier, claim).outcome)})", 1)

    lines = in_place(made)
    if lines:
        yield from (EMPTY, heading(view.say("claims_on")), *lines)


def claim_ids(view: View) -> list[str]:
    """Every claim, in the order of the source."""
    return [claim.id for claim in claims_of(view)]


def claim_of(view: View, claim_id: str) -> Claim:
    """The claim with this id (raises KeyError)."""
    for claim in claims_of(view):
        if claim.id == claim_id:
            return claim
    raise KeyError(claim_id)


def all_checked(view: View) -> list[Checked]:
    """Every claim with what was found, in the order of the source."""
    verifier = _verifier(view)
    return [_checked(view, verifier, claim) for claim in claims_of(view)]


def checked_lines(view: View, one: Checked, indent: int, outcome: str) -> Iterator[Line]:
    """A claim, and where it does not hold, what is asserted and found, and the remark."""
    yield _claim_line(one.claim, outcome, indent)
    if one.outcome is not Outcome.HOLDS:
        yield from (*_finding(view, one, indent + 1), *_remark(one.claim, indent + 1))


def claims_of(view: View) -> tuple[Claim, ...]:
    """The claims of the edition."""
    return view.monitor.claims(view.edition).claims


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
    """What is wrong with the tables that a claim rests on."""
    try:
        faults = [fault for table_id in tables_of(claim) for fault in view.table_faults.get(table_id, ())]
    except EditionError as error:
        faults = list(error.faults)
    return "; ".join(map(str, faults))


def _claim_line(claim: Claim, outcome: str, indent: int) -> Line:
    target = Target("claim", "", claim.id)
    return line(f"- {claim.text}{outcome} ", source(claim.source), indent=indent, target=target)


def _kind(view: View, one: Checked) -> Iterator[Line]:
    """The kind of a claim, and what its outcome proves."""
    if one.found is not None:
        kind = one.found.kind
        yield line(f"{view.say('kind')}: ", Span(view.say(kind), Role.NAME), f". {view.say(f'proves_{kind}')}")


def _asserted(view: View, claim: Claim) -> Iterator[Span]:
    if claim.wording:
        yield Span(f"“{claim.wording}”, {view.say('read_as')} ")
    if isinstance(claim.asserted, str):
        is_level = claim.asserted in (*view.scale.ids, view.scale.blank.id)
        yield from view.levels((claim.asserted,)) if is_level else (Span(claim.asserted),)
        return
    relation = "" if claim.relation == "equals" else f"{view.say(claim.relation)} "
    margin = f" ± {view.say.number(claim.margin)}" if claim.margin else ""
    yield Span(f"{relation}{view.say.number(claim.asserted)}{margin}")


def _finding(view: View, one: Checked, indent: int) -> Iterator[Line]:
    """What is asserted beside what was found, or why nothing could be."""
    say = view.say
    yield line(f"{say('asserted')}: ", _asserted(view, one.claim), *_found(view, one.found), indent=indent)
    if one.claim.reading:
        yield note(one.claim.reading, indent)
    if one.found is None:
        yield warning(f"{say('found')}: {one.error}", indent)


def _found(view: View, found: Verified | None) -> Iterator[str | Span]:
    """Levels, a printed cell, a number, or a number with its bounds."""
    say = view.say
    if found is None:
        return
    yield f"; {say('found').lower()}: "
    levels = found.found.split("|")
    if found.bounds:
        yield told(view, found.bounds)
    elif set(levels) <= {*view.scale.ids, view.scale.blank.id}:
        yield from view.levels(levels)
    else:
        yield found.found or say("nothing")
    if found.unit:
        yield f" {say(f'unit_{found.unit}') if found.unit in UNITS else found.unit}"
    if found.missing:
        yield f" ({say.count(found.missing, 'cell_without')})"


def _remark(claim: Claim, indent: int) -> Iterator[Line]:
    if claim.remark:
        yield note(claim.remark, indent)
