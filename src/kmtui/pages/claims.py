"""What the source asserts: all claims by outcome and by paragraph, those of one paragraph, and each by itself."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from math import isinf

from kmtui.analysis.verify import Bounds, ClaimError, Outcome, Verified, Verifier, verifier_of
from kmtui.editions.errors import EditionError
from kmtui.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, note, source
from kmtui.model.claims import Claim
from kmtui.monitor import UnknownIdError
from kmtui.pages.claimed import claimed_lines
from kmtui.pages.in_place import in_place, warning
from kmtui.pages.nothing import empty_page
from kmtui.pages.view import View


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with what was found, or why nothing could be."""

    claim: Claim
    found: Verified | None
    error: str = ""

    @property
    def outcome(self) -> Outcome:
        """How it stands; what cannot be checked is undetermined."""
        return self.found.outcome if self.found else Outcome.UNDETERMINED

    @property
    def expected(self) -> bool:
        """Whether this outcome was known already."""
        return self.found is not None and self.found.expected


def claims_page(view: View) -> Page:
    """Counts, then what does not hold one by one, then every paragraph."""
    say = view.say
    if not _claims(view):
        return empty_page(view, "claims", lambda edition: view.monitor.claims(edition).claims)
    verifier = verifier_of(view.monitor, view.own.edition)
    checked = [_checked(verifier, claim) for claim in _claims(view)]
    lines: list[Line] = [line(view.edition.title), line(_counted(view, checked))]
    for title, outcome, expected in (
        ("contradicted_new", Outcome.CONTRADICTED, (False,)),
        ("contradicted_known", Outcome.CONTRADICTED, (True,)),
        ("undetermined_claims", Outcome.UNDETERMINED, (False, True)),
    ):
        chosen = [one for one in checked if one.outcome is outcome and one.expected in expected]
        if chosen:
            lines += [EMPTY, heading(f"{say(title)} ({len(chosen)})")]
        for one in chosen:
            lines += (_claim_line(one.claim, "", 1), *_finding(view, one, 2), *_remark(one.claim, 2))
    lines += [EMPTY, heading(say("by_paragraph"))]
    for paragraph in paragraphs(view):
        about = _counted(view, (one for one in checked if paragraph in one.claim.source))
        lines.append(line(f"{paragraph}: {about}", indent=1, target=Target("paragraph", "", paragraph)))
    return Page(Target("claims"), say("claims"), tuple(lines))


def paragraph_page(view: View, paragraph: str) -> Page:
    """The claims of one paragraph."""
    verifier = verifier_of(view.monitor, view.own.edition)
    checked = [_checked(verifier, claim) for claim in _claims(view) if paragraph in claim.source]
    lines: list[Line] = [line(view.edition.title), line(_counted(view, checked)), EMPTY]
    for one in checked:
        lines.append(_claim_line(one.claim, f" ({view.say(one.outcome)})", 0))
    title = f"{view.say('claims')}, {view.say('paragraph').lower()} {paragraph}"
    return Page(Target("paragraph", "", paragraph), title, tuple(lines))


def claim_page(view: View, claim_id: str) -> Page:
    """One claim: what it says, what was found, and the scores and figures that it is about (raises KeyError)."""
    say = view.say
    claim = claim_of(view, claim_id)
    verifier = verifier_of(view.monitor, view.own.edition)
    one = _checked(verifier, claim)
    known = "known" if one.expected else "new"
    told = f" ({say(known)})" if one.outcome is not Outcome.HOLDS else ""
    paragraph = Target("paragraph", "", claim.source[0])
    lines = (
        line(claim.text),
        EMPTY,
        line(f"{say('paragraph')}: {', '.join(claim.source)}", target=paragraph),
        *_finding(view, one, 0),
        line(f"{say('outcome')}: ", Span(say(one.outcome), Role.NAME), told),
        *_remark(claim, 0),
        EMPTY,
        heading(say("about_what")),
        *claimed_lines(view, verifier, claim),
    )
    return Page(Target("claim", "", claim_id), f"{say('claim')} {claim_id}", lines)


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
        verifier = verifier_of(view.monitor, view.own.edition)
        for claim in _claims(view):
            if chosen(verifier, claim):
                yield _claim_line(claim, f" ({view.say(_checked(verifier, claim).outcome)})", 1)

    lines = in_place(made)
    if lines:
        yield from (EMPTY, heading(view.say("claims_on")), *lines)


def paragraphs(view: View) -> list[str]:
    """The paragraphs that assert something, in the order of the source."""
    return list(dict.fromkeys(paragraph for claim in _claims(view) for paragraph in claim.source))


def claim_ids(view: View) -> list[str]:
    """Every claim, in the order of the source."""
    return [claim.id for claim in _claims(view)]


def claim_of(view: View, claim_id: str) -> Claim:
    """The claim with this id (raises KeyError)."""
    for claim in _claims(view):
        if claim.id == claim_id:
            return claim
    raise KeyError(claim_id)


def _claims(view: View) -> tuple[Claim, ...]:
    return view.monitor.claims(view.edition).claims


def _checked(verifier: Verifier, claim: Claim) -> Checked:
    try:
        return Checked(claim, verifier.verify(claim))
    except (ClaimError, EditionError, UnknownIdError) as error:
        return Checked(claim, None, str(error))


def _counted(view: View, checked: Iterable[Checked]) -> str:
    counted = Counter(one.outcome for one in checked)
    return ", ".join(f"{counted[outcome]} {view.say(outcome)}" for outcome in Outcome if counted[outcome])


def _claim_line(claim: Claim, outcome: str, indent: int) -> Line:
    target = Target("claim", "", claim.id)
    return line(f"- {claim.text}{outcome} ", source(claim.source), indent=indent, target=target)


def _asserted(view: View, claim: Claim) -> Iterator[Span]:
    if isinstance(claim.asserted, str):
        yield from view.levels((claim.asserted,)) if claim.asserted in view.scale.ids else (Span(claim.asserted),)
        return
    relation = "" if claim.relation == "equals" else f"{view.say(claim.relation)} "
    margin = f" ± {view.say.number(claim.margin)}" if claim.margin else ""
    yield Span(f"{relation}{view.say.number(claim.asserted)}{margin}")


def _finding(view: View, one: Checked, indent: int) -> Iterator[Line]:
    """What is asserted beside what was found, or why nothing could be."""
    say = view.say
    yield line(f"{say('asserted')}: ", _asserted(view, one.claim), *_found(view, one.found), indent=indent)
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
        yield _number(view, found.bounds)
    elif set(levels) <= set(view.scale.ids):
        yield from view.levels(levels)
    else:
        yield found.found or say("nothing")
    if found.missing:
        yield f" ({found.missing} {say('cells_without')})"


def _number(view: View, bounds: Bounds) -> str:
    """The best reading, and between which it must be where that is not certain."""
    if bounds.low == bounds.high:
        return view.say.number(bounds.value)
    low, high = ("" if isinf(bound) else view.say.number(bound) for bound in (bounds.low, bounds.high))
    return f"{view.say.number(bounds.value)} ({low}..{high})"


def _remark(claim: Claim, indent: int) -> Iterator[Line]:
    if claim.remark:
        yield note(claim.remark, indent)
