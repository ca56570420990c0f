"""Two editions or two schemes side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui import Monitor
from kmtui.blocks import Target
from kmtui.tui.screens.compare import CompareScreen, Sides


def page_text(hand) -> str:
    return "\n".join(map(hand.told, hand.entries))


async def test_who_fell_back_since_2010(open_app) -> None:
    async with open_app() as hand:
        await hand.press("7")
        assert isinstance(hand.app.screen, CompareScreen)
        assert hand.title.startswith("Vergelijken: 2010 › 2012")
        text = page_text(hand)
        assert text.index("Slechter: 1") < text.index("Kennemerland: ") < text.index("Beter: 10")
        assert "Kennemerland:" in hand.text


async def test_enter_on_a_corps_opens_it_and_escape_comes_back(open_app) -> None:
    async with open_app() as hand:
        await hand.press("7", "tab", "enter")
        assert hand.target == Target("corps", "kennemerland")
        await hand.press("escape", "8")
        assert hand.app.screen.target == Target("whatif", "kennemerland")
        await hand.press("7")
        assert hand.depth == 2


async def test_keys_choose_both_sides(open_app) -> None:
    async with open_app() as hand:
        await hand.press("7", "comma")
        assert "2008 › 2012" in hand.title
        await hand.press("full_stop")
        assert "2008 › 2010" in hand.title
        await hand.press("x")
        assert "2010 › 2008" in hand.title


async def test_units_have_pages_too(open_app) -> None:
    async with open_app() as hand:
        await hand.press("7", "r")
        assert "eenheden" in hand.title
        await hand.press("tab", "enter")
        assert hand.target.kind == "unit"
        await hand.press("escape", "comma", "full_stop")
        only = "Alleen in 2010: Landelijke Eenheid"
        await hand.until(lambda: only in page_text(hand), "units of editions that have none of their own")
        await hand.press("r")
        assert "korpsen" in hand.title


async def test_schemes_on_one_edition(open_app, monitor: Monitor) -> None:
    async with open_app() as hand:
        await hand.press("7", "X")
        old, new = monitor.registry.schemes
        assert f"{old} › {new}" in hand.title
        assert "Niemand krijgt een andere eindscore" in page_text(hand)
        await hand.press("X")
        assert "2010 › 2012" in hand.title


async def test_another_language_says_everything_anew(open_app) -> None:
    async with open_app() as hand:
        await hand.press("7", "L")
        assert hand.title.startswith("Compare: 2010 › 2012")
        assert "Worse: 1" in page_text(hand)


async def test_with_one_edition_there_is_nothing_to_compare(open_app, monitor: Monitor) -> None:
    shown = Monitor(monitor.registry, tuple(entry for entry in monitor.entries if entry.id == "2012"))
    async with open_app(shown) as hand:
        await hand.press("7")
        assert page_text(hand) == "Er is niets om mee te vergelijken."
        await hand.press("comma", "full_stop", "x", "enter", "tab")
        assert hand.app.is_running


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_hints_fit_on_80_columns(open_app, language) -> None:
    async with open_app(language=language) as hand:
        for digit in "78":
            await hand.press(digit)
            assert len(hand.static("hints")) <= 78


@given(
    known=st.lists(st.text(min_size=1), min_size=2, max_size=5, unique=True), turns=st.lists(st.booleans(), max_size=9)
)
def test_the_sides_never_meet_and_come_round(known: list[str], turns: list[bool]) -> None:
    sides = Sides(tuple(known), known[0], known[-1])
    for left in turns:
        sides = sides.turned_left() if left else sides.turned_right()
        assert sides.left != sides.right
    turned = sides
    seen = set()
    for _ in known[1:]:
        turned = turned.turned_left()
        seen.add(turned.left)
    assert turned == sides
    assert seen == set(known) - {sides.right}
