"""All claims: by how they stand, by what they are about, by paragraph."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kmtui.analysis.claim_evidence import Kind
from kmtui.analysis.verify import Outcome
from kmtui.elements import EMPTY, Line, Page, Target, heading, line, link, name, note
from kmtui.pages.claimed import subjects_of
from kmtui.pages.claims import Checked, all_checked, checked_lines, claims_of
from kmtui.pages.nothing import empty_page
from kmtui.pages.subjects import SUBJECTS, subject_target, subject_title
from kmtui.pages.view import View


class Standing(msgspec.Struct, frozen=True):
    """How claims may stand, and the word for those that do."""

    word: str
    outcome: Outcome
    expected: bool | None = None
    """Whether that was known; None where it makes no difference."""

    def takes(self, one: Checked) -> bool:
        """Whether a claim stands so."""
        return one.outcome is self.outcome and self.expected in (None, one.expected)


STANDINGS = {
    "new": Standing("contradicted_new", Outcome.CONTRADICTED, False),
    "contradicted": Standing("contradicted_known", Outcome.CONTRADICTED, True),
    "undetermined": Standing("undetermined_claims", Outcome.UNDETERMINED),
    "holds": Standing("holding_claims", Outcome.HOLDS),
}
"""Every way, by the id of its page."""
TOLD = ("new", "contradicted")
"""Of whom the index tells one by one."""


def claims_page(view: View) -> Page:
    """How many stand in which way, then those that are contradicted one by one, then every paragraph."""
    say = view.say
    if not claims_of(view):
        return empty_page(view, "claims", lambda edition: view.monitor.claims(edition).claims)
    checked = all_checked(view)
    chosen = {way: [one for one in checked if standing.takes(one)] for way, standing in STANDINGS.items()}
    lines: list[Line] = []
    for kind, of_kind in _by_kind(checked):
        lines += _kind_head(view, kind)
        for way, standing in STANDINGS.items():
            count = sum(standing.takes(one) for one in of_kind)
            if count:
                title = f"{count:>5} {standing_title(view, way)}"
                lines.append(line(title, indent=1, target=Target("standing", "", way)))
        lines.append(EMPTY)
    lines.append(line(say("by_subject"), target=Target("subjects")))
    for way in TOLD:
        if chosen[way]:
            lines += [EMPTY, heading(standing_title(view, way)), *_kinds(view, chosen[way])]
    lines += [EMPTY, heading(say("by_paragraph"))]
    for paragraph in paragraphs(view):
        about = _counted(view, (one for one in checked if paragraph in one.claim.source))
        lines.append(line(f"{paragraph}: {about}", indent=1, target=Target("paragraph", "", paragraph)))
    return Page(Target("claims"), say("claims"), tuple(lines))


def standing_page(view: View, way: str) -> Page:
    """The claims that stand in one way."""
    found = [one for one in all_checked(view) if STANDINGS[way].takes(one)]
    lines = list(_kinds(view, found)) or [line(view.say("no_claims_here"))]
    return Page(Target("standing", "", way), f"{view.say('claims')}: {standing_title(view, way)}", tuple(lines))


def standing_title(view: View, way: str) -> str:
    """How claims stand, in words."""
    return view.say(STANDINGS[way].word)


def subjects_page(view: View) -> Page:
    """What claims are about: every corps, unit, dimension, partner and table, with how its claims stand."""
    lines: list[Line] = []
    checked = [(one, subjects_of(view, one.claim)) for one in all_checked(view)]
    for kind in SUBJECTS:
        lines += [EMPTY, heading(view.say(kind))]
        for own_id in SUBJECTS[kind](view):
            subject = f"{kind}.{own_id}"
            found = [one for one, about in checked if subject_target(subject) in about]
            if found:
                told = f": {_counted(view, found)}"
                target = Target("subject", "", subject)
                lines.append(line(name(subject_title(view, subject)), told, indent=1, target=target))
    return Page(Target("subjects"), view.say("subjects"), tuple(lines))


def subject_page(view: View, subject: str) -> Page:
    """The claims about one corps, unit, dimension, partner or table."""
    target = subject_target(subject)
    found = [one for one in all_checked(view) if target in subjects_of(view, one.claim)]
    title = subject_title(view, subject)
    lines = [
        link(view.say(target.kind), title, target),
        *_list(view, found),
    ]
    return Page(Target("subject", "", subject), f"{view.say('claims')}: {title}", tuple(lines))


def paragraph_page(view: View, paragraph: str) -> Page:
    """The claims of one paragraph."""
    checked = [one for one in all_checked(view) if paragraph in one.claim.source]
    title = f"{view.say('claims')}, {view.say('paragraph').lower()} {paragraph}"
    return Page(Target("paragraph", "", paragraph), title, tuple(_list(view, checked)))


def paragraphs(view: View) -> list[str]:
    """The paragraphs that assert something, in the order of the source."""
    return list(dict.fromkeys(paragraph for claim in claims_of(view) for paragraph in claim.source))


def _list(view: View, checked: Sequence[Checked]) -> Iterator[Line]:
    """How claims stand, and then each of them."""
    yield line(_counted(view, checked) or view.say("no_claims_here"))
    yield EMPTY
    for one in checked:
        yield from checked_lines(view, one, 0, f" ({view.say(one.outcome)}, {view.say(one.kind)})")


def _kinds(view: View, checked: Sequence[Checked]) -> Iterator[Line]:
    """Claims, the kinds apart."""
    for kind, of_kind in _by_kind(checked):
        yield line(name(f"{view.say(kind)}: {len(of_kind)}"), indent=0)
        for one in of_kind:
            yield from checked_lines(view, one, 1, "")


def _kind_head(view: View, kind: str) -> Iterator[Line]:
    """A kind of claims, and what it proves."""
    yield heading(view.say(kind).capitalize())
    yield note(view.say(f"proves_{kind}"), 1)


def _by_kind(checked: Iterable[Checked]) -> list[tuple[str, list[Checked]]]:
    """The claims of each kind that has any, in the order of what they prove."""
    found: dict[str, list[Checked]] = {kind: [] for kind in Kind}
    for one in checked:
        found[one.kind].append(one)
    return [(kind, of_kind) for kind, of_kind in found.items() if of_kind]


def _counted(view: View, checked: Iterable[Checked]) -> str:
    """How many claims of each kind stand how; kinds are never added up."""
    told = []
    for kind, of_kind in _by_kind(checked):
        counted = Counter(one.outcome for one in of_kind)
        outcomes = ", ".join(view.say.count(counted[outcome], outcome) for outcome in Outcome if counted[outcome])
        told.append(f"{view.say(kind)}: {outcomes}")
    return "; ".join(told)
