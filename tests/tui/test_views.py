"""Going from view to view by the digits."""

import pytest

from kmtui.tui.views import VIEWS


def test_every_digit_is_there_once() -> None:
    keys = [destination.key for destination in VIEWS.values()]
    assert len(set(keys)) == len(keys)
    assert all(key.isdecimal() for key in keys)


@pytest.mark.parametrize("keys", [(), ("enter",), ("c",), ("question_mark",)])
async def test_digits_open_views_from_every_screen(open_app, keys) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("utrecht", "gedragscode")
        await hand.press(*keys, "2")
        assert hand.target == ("corps", "utrecht", "")
        await hand.press("3")
        assert hand.target == ("dimension", "", "gedragscode")
        await hand.press("1")
        assert hand.depth == 1


async def test_a_view_that_is_open_is_gone_back_to(open_app) -> None:
    async with open_app() as hand:
        await hand.press("2", "3", "2", "3", "2")
        assert hand.depth == 2


async def test_the_corps_looked_at_last_goes_before_the_one_in_the_matrix(open_app, edition) -> None:
    async with open_app() as hand:
        await hand.press("2", "right_square_bracket", "3", "2")
        assert hand.target.corps == edition.corps[1].id


async def test_on_the_end_score_the_first_dimension_is_as_good_as_any(open_app, framework) -> None:
    async with open_app() as hand:
        await hand.press("end", "3")
        assert hand.target.id == framework.dimension_ids[0]


# The way back


async def test_escape_goes_back_to_where_one_was_before_a_digit(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("utrecht", "gedragscode")
        await hand.press("2", "down", "down")
        line = hand.page_view.cursor
        for digit in "145":
            await hand.press(digit)
            assert hand.depth == 1
            await hand.press("escape")
            assert hand.target == ("corps", "utrecht", "")
            assert hand.page_view.cursor == line
        await hand.press("escape")
        assert hand.depth == 1
        assert hand.app.screen.kind == "scores", "the grid that was there before the digits"


async def test_what_was_tried_out_is_still_there_on_the_way_back(open_app) -> None:
    async with open_app() as hand:
        await hand.press("8", "minus", "1", "down", "escape")
        assert "1 wijziging" in hand.title


async def test_a_view_gone_back_to_has_a_way_back_too(open_app) -> None:
    async with open_app() as hand:
        await hand.press("2", "3", "2")
        assert hand.target.kind == "corps"
        await hand.press("escape")
        assert hand.target.kind == "dimension"
        await hand.press("escape", "escape")
        assert hand.depth == 1
        await hand.press("escape", "escape")
        assert hand.depth == 1


async def test_screens_that_are_left_for_good_are_removed(open_app) -> None:
    async with open_app() as hand:
        for _ in range(5):
            await hand.press("2", "3", "6", "1")
        assert len(hand.app._installed_screens) <= 3
        await hand.press("escape", "escape", "escape", "escape")
        assert len(hand.app._installed_screens) == 0
