"""What the source advises: an index by addressee and by topic, and the advice to one or about one."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from kmtui.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, link, name, source
from kmtui.model.words import Recommendation
from kmtui.pages.nothing import empty_page
from kmtui.pages.view import View
from kmtui.wording import capital


def recommendations_page(view: View) -> Page:
    """How much is advised to whom, and about what."""
    say, found = view.say, advice(view)
    if not found:
        return empty_page(
            view, "recommendations", lambda edition: view.monitor.recommendations(edition).recommendations
        )
    repeated = sum(recommendation.repeated for recommendation in found)
    lines: list[Line] = [
        line(f"{say.count(len(found), 'advice')}, {say('of_which')} {repeated} {say('repeated')}"),
    ]
    for title, kind, names, told in (
        ("by_addressee", "addressee", _addressees(found), addressee_name),
        ("by_topic", "topic", (recommendation.theme for recommendation in found), topic_name),
    ):
        lines += [EMPTY, heading(say(title)), *_counted(view, kind, names, told)]
    return Page(Target("recommendations"), say("recommendations"), tuple(lines))


def addressee_page(view: View, addressee: str) -> Page:
    """What is advised to one addressee."""
    found = [recommendation for recommendation in advice(view) if addressee in recommendation.addressees]
    lines = [*_partner(view, addressee), *_by_topic(view, found)]
    title = f"{view.say('recommendations')}: {addressee_name(view, addressee)}"
    return Page(Target("addressee", "", addressee), title, tuple(lines))


def topic_page(view: View, topic: str) -> Page:
    """What is advised about one topic."""
    found = [recommendation for recommendation in advice(view) if recommendation.theme == topic]
    lines = [made for one in found for made in _told(view, one)]
    title = f"{view.say('recommendations')}: {topic_name(view, topic)}"
    return Page(Target("topic", "", topic), title, tuple(lines))


def addressees(view: View) -> list[str]:
    """Everyone who is advised, in the order of the source."""
    return list(dict.fromkeys(_addressees(advice(view))))


def topics(view: View) -> list[str]:
    """Everything that is advised about, in the order of the source."""
    return list(dict.fromkeys(recommendation.theme for recommendation in advice(view)))


def advice(view: View) -> tuple[Recommendation, ...]:
    """The recommendations of the edition."""
    return view.monitor.recommendations(view.edition).recommendations


def addressee_name(view: View, addressee: str) -> str:
    """The name of a partner, else what the edition calls it, else the id in words."""
    partner = view.monitor.registry.partner_types.get(addressee)
    return view.say.of(partner.name) if partner else _name(view, addressee)


def topic_name(view: View, topic: str) -> str:
    """The name of a focus area, else what the edition calls it, else the id in words."""
    names = {area.id: view.say.of(area.name) for area in view.framework.areas}
    return names.get(topic) or _name(view, topic)


def _name(view: View, slug: str) -> str:
    names = view.monitor.recommendations(view.edition).names
    return names.get(slug) or capital(slug.replace("-", " "))


def _addressees(found: Iterable[Recommendation]) -> Iterator[str]:
    return (addressee for recommendation in found for addressee in recommendation.addressees)


def _counted(view: View, kind: str, names: Iterable[str], told: Callable[[View, str], str]) -> Iterator[Line]:
    for found, count in Counter(names).most_common():
        yield line(f"{count:>3} ", name(told(view, found)), indent=1, target=Target(kind, "", found))


def _partner(view: View, addressee: str) -> Iterator[Line]:
    if any(column.partner.id == addressee for column in view.partners.values()):
        target = Target("partner", "", addressee)
        yield link(view.say("partner"), addressee_name(view, addressee), target)


def _by_topic(view: View, found: Iterable[Recommendation]) -> Iterator[Line]:
    found = list(found)
    for topic in dict.fromkeys(recommendation.theme for recommendation in found):
        yield EMPTY
        yield line(Span(topic_name(view, topic), Role.HEADING), target=Target("topic", "", topic))
        for recommendation in found:
            if recommendation.theme == topic:
                yield from _told(view, recommendation)


def _told(view: View, recommendation: Recommendation) -> Iterator[Line]:
    """An advice, and to whom it goes."""
    repeated = f" ({view.say('repeated')})" if recommendation.repeated else ""
    yield line(f"- {recommendation.text} ", source(recommendation.source), repeated, indent=1)
    for addressee in recommendation.addressees:
        target = Target("addressee", "", addressee)
        yield link(view.say("to_addressee"), addressee_name(view, addressee), target, 2)
