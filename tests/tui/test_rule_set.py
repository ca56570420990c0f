"""The page of a scheme: its parameters, what its rules can do, and what they do in this edition."""

from kmtui.blocks import Target
from kmtui.tui.screens.page import PageScreen


def page_text(hand) -> str:
    return "\n".join(map(hand.told, hand.entries))


async def test_the_palette_finds_it(open_app, monitor, edition) -> None:
    scheme = monitor.scheme(edition.scheme)
    async with open_app() as hand:
        await hand.press("ctrl+p")
        await hand.type("weegregels bij")
        await hand.until(lambda: scheme.name.nl in hand.text)
        await hand.press("enter", "enter")
        await hand.until(lambda: isinstance(hand.app.screen, PageScreen))
        assert hand.target == Target("scheme", "", scheme.id)


async def test_the_name_of_the_scheme_leads_to_it_and_its_rules_to_their_dimensions(open_app, edition) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("kennemerland", "financieel-rechercheren")
        await hand.press("enter")
        while hand.page_line.target != Target("scheme", "", edition.scheme):
            before = hand.page_view.cursor
            await hand.press("tab")
            assert hand.page_view.cursor != before, "no line leads to the scheme"
        await hand.press("enter")
        assert hand.target == Target("scheme", "", edition.scheme)
        text = page_text(hand)
        assert "geel-naast-rood = 1" in text
        assert "kan in zijn eentje de doorslag geven" in text
        assert "beslist bij" in text
        await hand.press("tab", "enter")
        assert hand.target.kind == "dimension"
