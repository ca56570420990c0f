"""All claims: by how they stand, by what they are about, by paragraph."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kmtui.analysis.verify import Outcome
from kmtui.elements import EMPTY, Line, Page, Target, heading, line, link, name
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
    for way, found in chosen.items():
        if found:
            lines.append(line(f"{len(found):>5} {standing_title(view, way)}", target=Target("standing", "", way)))
    lines.append(line(say("by_subject"), target=Target("subjects")))
    for way in TOLD:
        if chosen[way]:
            lines += [EMPTY, heading(f"{standing_title(view, way)} ({len(chosen[way])})")]
            lines += (made for one in chosen[way] for made in checked_lines(view, one, 1, ""))
    lines += [EMPTY, heading(say("by_paragraph"))]
    for paragraph in paragraphs(view):
        about = _counted(view, (one for one in checked if paragraph in one.claim.source))
        lines.append(line(f"{paragraph}: {about}", indent=1, target=Target("paragraph", "", paragraph)))
    return Page(Target("claims"), say("claims"), tuple(lines))


def standing_page(view: View, way: str) -> Page:
    """The claims that stand in one way."""
    found = [one for one in all_checked(view) if STANDINGS[way].takes(one)]
    lines = [line(_counted(view, found) or view.say("no_claims_here")), EMPTY]
    lines += (made for one in found for made in checked_lines(view, one, 0, ""))
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
        yield from checked_lines(view, one, 0, f" ({view.say(one.outcome)})")


def _counted(view: View, checked: Iterable[Checked]) -> str:
    counted = Counter(one.outcome for one in checked)
    return ", ".join(view.say.count(counted[outcome], outcome) for outcome in Outcome if counted[outcome])
