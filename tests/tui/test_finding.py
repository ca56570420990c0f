"""Finding by `/` on any screen, and what stands above a long page."""

import pytest

from kmtui.blocks import Document, Target, paragraph, section
from kmtui.tui.widgets.page_view import MEASURE

CORPS = Target("corps", "kennemerland")


async def opened(hand, target: Target) -> None:
    hand.app.navigator.open(target)
    await hand.until(lambda: hand.depth > 1 and hand.app.screen.query("#page") and hand.entries)


async def test_lines_of_a_page_are_found_while_typing_and_gone_through(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CORPS)
        await hand.press("slash", *"weging")
        wanted = [at for at, found in enumerate(hand.entries) if "weging" in hand.told(found).lower()]
        assert hand.page_view.cursor == wanted[0]
        assert f"{len(wanted)} gevonden" in hand.static("hints")
        await hand.press("enter", "n")
        assert hand.page_view.cursor == wanted[1]
        await hand.press("N", "N")
        assert hand.page_view.cursor == wanted[-1], "round to the last"
        await hand.press("n")
        assert hand.page_view.cursor == wanted[0]


@pytest.mark.parametrize("typed", ["wégïng", "WEGING", "wegnig"])
async def test_accents_case_and_slips_do_not_matter(open_app, typed: str) -> None:
    async with open_app() as hand:
        await opened(hand, CORPS)
        await hand.press("slash", *typed)
        assert "weging" in hand.told(hand.page_line).lower()


async def test_escape_ends_the_search_before_it_leaves_the_page(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CORPS)
        await hand.press("slash", *"xyzzy")
        assert "0 gevonden" in hand.static("hints")
        await hand.press("escape")
        assert hand.depth == 2
        await hand.press("escape")
        assert hand.depth == 1


async def test_what_is_found_stays_found_in_another_language(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CORPS)
        await hand.press("slash", *"referenties", "enter", "L", "n")
        assert "referenties" in hand.told(hand.page_line).lower()


async def test_a_column_of_the_matrix_is_found_where_no_row_is(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"financieel", "enter")
        assert hand.cell == ("groningen", "financieel-rechercheren")
        assert len(hand.matrix.row_lines.rows) == len(hand.app.view.corps)


async def test_a_dimension_is_found_in_what_if(open_app) -> None:
    async with open_app() as hand:
        await hand.press("8", "slash", *"gedragscode", "enter")
        assert hand.app.screen.editor.item.dimension == "gedragscode"


async def test_the_head_of_what_is_read_stays_above_a_long_page(open_app) -> None:
    first = section("a", "Eerste", *(paragraph(f"a{at}") for at in range(40)))
    blocks = (first, section("b", "Tweede", paragraph("slot")))
    async with open_app(size=(80, 24)) as hand:
        await opened(hand, CORPS)
        view = hand.page_view
        view.show(Document(CORPS, "lang", blocks))
        await hand.pilot.pause()
        assert view.render_line(0).text.strip().endswith("%")
        assert "Eerste" not in view.render_line(0).text, "it stands below"
        await hand.press("pagedown")
        assert view.render_line(0).text.startswith("  Eerste")
        await hand.press("end")
        assert view.render_line(0).text.rstrip().endswith("100%")
        view.show(Document(CORPS, "kort", (section("a", "Eerste", paragraph("a0")),)))
        await hand.pilot.pause()
        assert view.render_line(0).text.strip(" ·") == "Eerste", "a page that is all there needs none"


async def test_prose_is_no_wider_than_can_be_read(open_app) -> None:
    async with open_app(size=(200, 50)) as hand:
        await opened(hand, CORPS)
        view = hand.page_view
        assert max(len(view.render_line(y).text.rstrip()) for y in range(1, 40)) <= MEASURE + 10


async def test_each_grid_keeps_what_is_sought_in_it(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"kenne", "enter", "5")
        assert len(hand.matrix.row_lines.rows) > 1
        await hand.press("slash", *"oost", "enter", "1")
        await hand.until(lambda: hand.matrix.row_lines.rows == ("kennemerland",))
        await hand.press("5")
        await hand.until(lambda: len(hand.matrix.row_lines.rows) == 2)


async def test_the_cursor_of_a_grid_stays_while_another_with_a_search_is_looked_at(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"brabant", "enter", "down", "down")
        place = hand.cell
        await hand.press("5", "1")
        assert hand.cell == place
        assert len(hand.matrix.row_lines.rows) == 3
