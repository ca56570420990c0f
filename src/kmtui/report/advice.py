"""Part 5: national developments, and what is recommended, by addressee."""

from collections.abc import Iterator

from kmtui.blocks import Item, Items, Role, Section, Span, Target, inline, item, source, text_of
from kmtui.model.words import Recommendation
from kmtui.pages.recommendations import addressee_name, addressees, advice, topic_name
from kmtui.pages.view import View


def advice_sections(view: View) -> Iterator[Section]:
    """The national developments, and a section for each addressee, in the order of the source (raises EditionError)."""
    developments = view.monitor.picture(view.edition).developments
    if developments:
        listed = tuple(
            item(Span(f"{topic_name(view, topic)}. ", Role.NAME), text_of(passage.text), " ", source(passage.source))
            for topic, passage in developments.items()
        )
        yield Section("developments", inline(view.say("developments")), (Items(listed),))
    found = advice(view)
    for addressee in addressees(view):
        listed = tuple(_item(view, one) for one in found if addressee in one.addressees)
        title = inline(addressee_name(view, addressee))
        target = Target("addressee", "", addressee)
        yield Section(f"addressee-{addressee}", title, (Items(listed),), target)


def _item(view: View, one: Recommendation) -> Item:
    """What is recommended, with its topic before it."""
    topic = Span(f"{topic_name(view, one.theme)}. ", Role.NAME)
    repeated = (Span(f" ({view.say('repeated')})", Role.WARNING),) if one.repeated else ()
    return item(topic, text_of(one.text), " ", source(one.source), repeated)
