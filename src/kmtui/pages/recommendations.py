"""What the source advises: an index by addressee and by topic, and the advice to one or about one."""

from collections import Counter
from collections.abc import Callable, Iterable

from kmtui.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Item,
    Items,
    Table,
    TableRow,
    Target,
    cell,
    item,
    name,
    paragraph,
    section,
    source,
)
from kmtui.model.words import Recommendation
from kmtui.pages.evidence import link
from kmtui.pages.inline_errors import empty_state
from kmtui.pages.page_kind import PageKind, Rows, text
from kmtui.pages.view import View
from kmtui.wording import capital


def recommendations_page(view: View) -> Document:
    """How much is advised to whom, and about what."""
    say, found = view.say, advice(view)
    if not found:
        return empty_state(
            view, "recommendations", lambda edition: view.monitor.recommendations(edition).recommendations
        )
    repeated = sum(recommendation.repeated for recommendation in found)
    return view.document(
        Target("recommendations"),
        say("recommendations"),
        paragraph(f"{say.count(len(found), 'advice')}, {say('of_which')} {repeated} {say('repeated')}"),
        section("addressee", say("by_addressee"), _counts(view, "addressee", _addressees(found), addressee_name)),
        section("topic", say("by_topic"), _counts(view, "topic", (one.theme for one in found), topic_name)),
    )


def addressee_page(view: View, addressee: str) -> Document:
    """What is advised to one addressee, by topic."""
    found = [recommendation for recommendation in advice(view) if addressee in recommendation.addressees]
    blocks: list[Block] = []
    if any(column.partner.id == addressee for column in view.partners.values()):
        target = Target("partner", "", addressee)
        blocks.append(Facts((link(view.say("partner"), addressee_name(view, addressee), target),)))
    for topic in dict.fromkeys(recommendation.theme for recommendation in found):
        about = (one for one in found if one.theme == topic)
        target = Target("topic", "", topic)
        blocks.append(section(topic, topic_name(view, topic), _list(view, about), target=target))
    title = f"{view.say('recommendations')}: {addressee_name(view, addressee)}"
    return view.document(Target("addressee", "", addressee), title, *blocks)


def topic_page(view: View, topic: str) -> Document:
    """What is advised about one topic, below what the source says of it."""
    said = view.monitor.picture(view.edition).developments.get(topic)
    about = [paragraph(said.text, " ", source(said.source))] if said else []
    found = [recommendation for recommendation in advice(view) if recommendation.theme == topic]
    title = f"{view.say('recommendations')}: {topic_name(view, topic)}"
    return view.document(Target("topic", "", topic), title, *about, _list(view, found))


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
    """The name of a partner, else that in the edition, else the id in words."""
    partner = view.monitor.registry.partner_types.get(addressee)
    return view.say.of(partner.name) if partner else _name(view, addressee)


def topic_name(view: View, topic: str) -> str:
    """The name of a focus area, else that in the edition, else the id in words."""
    names = {area.id: view.say.of(area.name) for area in view.framework.areas}
    return names.get(topic) or _name(view, topic)


def _name(view: View, slug: str) -> str:
    names = view.monitor.recommendations(view.edition).names
    return names.get(slug) or capital(slug.replace("-", " "))


def _addressees(found: Iterable[Recommendation]) -> Iterable[str]:
    return (addressee for recommendation in found for addressee in recommendation.addressees)


def _counts(view: View, kind: str, ids: Iterable[str], name_of: Callable[[View, str], str]) -> Table:
    rows = (
        TableRow((cell(str(count), number=count), cell(name(name_of(view, found)))), Target(kind, "", found))
        for found, count in Counter(ids).most_common()
    )
    columns = (Column("count", "", "number", align="right"), Column(kind, view.say(kind)))
    return Table(kind, columns, tuple(rows))


def _list(view: View, found: Iterable[Recommendation]) -> Items:
    return Items(tuple(_item(view, recommendation) for recommendation in found))


def _item(view: View, recommendation: Recommendation) -> Item:
    """An advice, and to whom it goes."""
    repeated = f" ({view.say('repeated')})" if recommendation.repeated else ""
    to = Facts(
        tuple(
            link(view.say("to_addressee"), addressee_name(view, addressee), Target("addressee", "", addressee))
            for addressee in recommendation.addressees
        )
    )
    return item(f"{recommendation.text} ", source(recommendation.source), repeated, blocks=(to,))


RECOMMENDATIONS = PageKind.single(
    "recommendations",
    text("Hoeveel wordt aanbevolen, aan wie, en waarover.", "How much is advised to whom, and about what."),
    recommendations_page,
    Rows("recommendations"),
)
ADDRESSEE = PageKind(
    "addressee",
    text("Wat aan één geadresseerde wordt aanbevolen.", "What is advised to one addressee."),
    addressee_page,
    addressees,
    addressee_name,
)
TOPIC = PageKind(
    "topic",
    text("Wat over één onderwerp of aandachtsveld wordt aanbevolen.", "What is advised about one topic or focus area."),
    topic_page,
    topics,
    topic_name,
    rows=Rows.by("recommendations", "theme"),
)
