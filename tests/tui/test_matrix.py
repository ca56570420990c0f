"""The matrix, as someone at the keyboard meets it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input, Static

from kmtui import Corps, Framework, Scale, open_monitor
from kmtui.tui.screens import matrix as matrix_screen
from kmtui.tui.screens.matrix import MatrixScreen
from kmtui.tui.search import fold
from kmtui.tui.widgets.columns import END_WIDTH, lay_out
from kmtui.tui.widgets.matrix import HEADER_LINES, MatrixView

SIZES = [(80, 24), (60, 20), (40, 12), (200, 50)]


def pattern(hand) -> str:
    return "".join(field.value for field in hand.app.screen.query("#filter").results(Input))


def filter_is_open(hand) -> bool:
    return any(field.display for field in hand.app.screen.query("#filter").results(Input))


# Opening


@pytest.mark.parametrize("size", SIZES)
async def test_it_opens_on_the_newest_edition_with_its_first_cell(open_app, monitor, size) -> None:
    edition = monitor.newest()
    async with open_app(size=size) as hand:
        assert edition.title in hand.title
        assert hand.cell == (edition.corps[0].id, monitor.framework(edition).dimension_ids[0])
        assert hand.app.focused is hand.matrix
        assert hand.depth == 1
        assert all(len(line) <= size[0] for line in hand.lines)
        assert len(hand.lines) == size[1]


async def test_80x24_shows_all_columns_the_end_score_and_a_corps_in_every_line_left(open_app, edition) -> None:
    async with open_app(size=(80, 24)) as hand:
        assert hand.rows == [corps.name for corps in edition.corps[: len(hand.rows)]]
        assert len(hand.rows) >= 12
        for dimension in hand.app.view.dimensions.values():
            assert dimension.short in hand.text
        assert "Eindscore" in hand.text


async def test_names_and_heads_stay_in_view_wherever_the_cursor_goes(open_app) -> None:
    async with open_app(size=(40, 12)) as hand:
        for key in ("G", "end", "home", "pageup", "end", "g"):
            await hand.press(key)
            assert hand.lines[1].startswith("Korps")
            assert "Eindscore" in hand.lines[1]
            assert hand.rows


# Moving


@pytest.mark.parametrize(
    ("keys", "step"),
    [
        (("down", "j"), (1, 0)),
        (("up", "k"), (-1, 0)),
        (("right", "l"), (0, 1)),
        (("left", "h"), (0, -1)),
    ],
)
async def test_arrows_and_letters_move_by_one_cell(open_app, keys: Sequence[str], step: tuple[int, int]) -> None:
    async with open_app() as hand:
        for key in keys:
            hand.matrix.go_to("twente", "gedragscode")
            row, column = hand.matrix.row, hand.matrix.column
            await hand.press(key)
            assert (hand.matrix.row, hand.matrix.column) == (row + step[0], column + step[1]), key


@pytest.mark.parametrize("size", SIZES)
async def test_the_edges_hold_the_cursor(open_app, edition, size) -> None:
    async with open_app(size=size) as hand:
        await hand.press("up", "left", "pageup", "b", "k", "h")
        assert (hand.matrix.row, hand.matrix.column) == (0, 0)
        await hand.press("G", "end", "down", "right", "pagedown", "space", "j", "l")
        assert (hand.matrix.row, hand.matrix.column) == (len(edition.corps) - 1, len(hand.app.view.dimensions))


async def test_home_and_end_go_along_the_row_g_along_the_column(open_app, edition, framework) -> None:
    async with open_app() as hand:
        for last in ("end", "dollar_sign"):
            await hand.press("down", last)
            row = hand.cell[0]
            assert hand.cell[1] is None, "the end score is the last column"
            await hand.press("home")
            assert hand.cell == (row, framework.dimension_ids[0])
        await hand.press("right", "G")
        assert hand.cell == (edition.corps[-1].id, framework.dimension_ids[1])
        await hand.press("g")
        assert hand.cell == (edition.corps[0].id, framework.dimension_ids[1])


async def test_pages_turn_over_every_corps_once(open_app, edition) -> None:
    async with open_app(size=(80, 24)) as hand:
        for forward, backward in (("pagedown", "pageup"), ("space", "b")):
            await hand.press("g")
            seen = list(hand.rows)
            while hand.cell[0] != edition.corps[-1].id:
                await hand.press(forward)
                seen += [name for name in hand.rows if name not in seen]
            assert len(seen) == len(edition.corps)
            while hand.cell[0] != edition.corps[0].id:
                await hand.press(backward)
            assert hand.rows[0] == edition.corps[0].name


async def test_the_row_of_the_cursor_is_on_the_screen_at_every_step(open_app, edition) -> None:
    async with open_app(size=(80, 24)) as hand:
        for corps in edition.corps:
            assert cursor_line(hand.matrix).text.startswith(corps.name[:30])
            await hand.press("down")


async def test_the_column_of_the_cursor_is_on_the_screen_at_every_step(open_app, framework) -> None:
    async with open_app(size=(40, 12)) as hand:
        for dimension in framework.dimensions:
            assert dimension.short in "\n".join(hand.lines[2:4])
            await hand.press("right")
        assert hand.cell[1] is None


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12), (140, 20)])
async def test_what_a_step_changes_on_the_screen_is_drawn_again(open_app, monkeypatch, size) -> None:
    """Every cell that looks other than before lies in a region that was marked for drawing."""

    async with open_app(size=size) as hand:
        view = hand.matrix
        drawn: list[Region] = []
        monkeypatch.setattr(view, "refresh", lambda *regions, **_: drawn.extend(regions or [Region(0, 0, *view.size)]))
        for key in (*["right"] * 17, *["left"] * 17, "end", "down", "home", "down", "end", "G", "home", "up", "pageup"):
            before = looks(view)
            drawn.clear()
            await hand.press(key)
            stale = {at for at, cell in looks(view).items() if cell != before[at]}
            missed = {at for at in stale if not any(region.contains(*at) for region in drawn)}
            assert not missed, f"{key} leaves old paint at {sorted(missed)}"


def looks(view: MatrixView) -> dict[tuple[int, int], tuple[str, object]]:
    """Character and style of each cell of the widget."""
    found: dict[tuple[int, int], tuple[str, object]] = {}
    for y in range(view.size.height):
        x = 0
        for segment in view.render_line(y):
            for character in segment.text:
                for cell in range(x, x + cell_len(character)):
                    found[cell, y] = (character, segment.style)
                x += cell_len(character)
    return found


def cursor_line(view: MatrixView) -> Strip:
    """The line with the name that is marked."""
    lines = map(view.render_line, range(HEADER_LINES, view.size.height))
    (marked,) = (line for line in lines if (first := next(iter(line), None)) and first.style and first.style.reverse)
    return marked


# The pane below


async def test_the_pane_follows_at_once_unless_the_hand_goes_on(open_app, monkeypatch, edition, framework) -> None:
    async with open_app() as hand:
        told: list[str] = []
        pane = hand.app.screen.query_one("#detail", Static)
        update = pane.update
        monkeypatch.setattr(pane, "update", lambda text, **how: (told.append(str(text)), update(text, **how)))
        await hand.until(lambda: "sinds 2010" in hand.title, "the edition before is known")
        told.clear()
        monkeypatch.setattr(matrix_screen, "REST", 60.0)
        before = hand.pane
        await hand.press("down", "right", "down")
        assert not told, "a moving cursor leaves the pane alone"
        assert hand.pane == before
        monkeypatch.setattr(matrix_screen, "REST", 0.0)
        await hand.press("right")
        await hand.until(lambda: told, "the pane follows")
        assert len(told) == 1, "it goes to the last cell at once"
        assert edition.corps[2].name in told[0]
        assert framework.dimensions[2].name.nl in told[0]


async def test_the_pane_tells_level_basis_paragraphs_and_note(open_app, edition) -> None:
    score = edition.find_corps("kennemerland").scores["financieel-rechercheren"]
    async with open_app() as hand:
        hand.matrix.go_to("kennemerland", "financieel-rechercheren")
        await hand.until(lambda: "Kennemerland" in hand.pane)
        assert "Financieel rechercheren: " in hand.pane
        assert "Rood" in hand.pane
        assert "Basis: vermeld" in hand.pane
        assert ", ".join(score.source) in hand.pane
        assert score.note in " ".join(hand.pane.split())


async def test_the_pane_tells_both_levels_of_an_open_score_and_what_a_blank_is(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("kennemerland", "korpsexpert-mandaat")
        await hand.until(lambda: "Korpsexpert: mandaat" in hand.pane)
        assert "■ Rood  of  ▲ Geel" in hand.pane
        assert "Basis: open" in hand.pane
        hand.matrix.go_to("utrecht", "korpsexpert-mandaat")
        await hand.until(lambda: "Utrecht" in hand.pane)
        assert "· Blanco" in hand.pane
        assert "Basis: geen oordeel" in hand.pane


async def test_the_pane_tells_computed_beside_published_on_the_end_score(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("kennemerland", None)
        await hand.until(lambda: "Eindscore" in hand.pane)
        assert "Kennemerland" in hand.pane
        assert hand.pane.count("■ Rood") == 2
        assert "berekend" in hand.pane.lower()
        assert "gepubliceerd" in hand.pane.lower()


async def test_the_pane_says_that_a_score_leans_on_the_published_end_score(open_app, edition) -> None:
    corps, dimension = next(
        (corps.id, dimension)
        for corps in edition.corps
        for dimension, score in corps.scores.items()
        if score.relies_on_verdict
    )
    async with open_app(size=(80, 24)) as hand:
        hand.matrix.go_to(corps, dimension)
        await hand.until(lambda: "dankzij de gepubliceerde eindscore" in hand.pane)


# Opening pages


async def test_enter_opens_the_cell_and_on_the_end_score_the_corps(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("utrecht", "gedragscode")
        await hand.press("enter")
        assert hand.target == ("cell", "utrecht", "gedragscode")
        await hand.press("escape", "end", "enter")
        assert hand.target == ("corps", "utrecht", "")
        await hand.press("escape")
        assert hand.cell == ("utrecht", None), "one comes back to where one was"
        assert hand.depth == 1


async def test_c_opens_the_corps_and_d_the_dimension(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("utrecht", "gedragscode")
        await hand.press("c")
        assert hand.target == ("corps", "utrecht", "")
        await hand.press("escape", "d")
        assert hand.target == ("dimension", "", "gedragscode")


async def test_the_end_score_has_no_dimension_to_open(open_app) -> None:
    async with open_app() as hand:
        await hand.press("end", "d")
        assert hand.depth == 1


# The mouse


async def test_a_click_moves_and_a_second_click_opens(open_app) -> None:
    async with open_app() as hand:
        columns = lay_out(80, 32, [dimension.area for dimension in hand.app.view.framework.dimensions], 0, END_WIDTH)
        there = (columns.x(5), HEADER_LINES + 3)
        await hand.pilot.click("#matrix", offset=there)
        assert (hand.matrix.row, hand.matrix.column) == (3, 5)
        assert hand.depth == 1
        await hand.pilot.click("#matrix", offset=(columns.end_x + 2, HEADER_LINES + 4))
        assert (hand.matrix.row, hand.matrix.column) == (4, 17)
        await hand.pilot.click("#matrix", offset=there, times=2)
        await hand.until(lambda: hand.depth == 2)
        assert hand.target == ("cell", "ijsselland", hand.app.view.framework.dimension_ids[5])


async def test_a_click_on_a_name_takes_the_row(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("groningen", "gedragscode")
        await hand.pilot.click("#matrix", offset=(2, HEADER_LINES + 3))
        assert hand.cell == ("ijsselland", "gedragscode")


async def test_a_click_beside_the_cells_does_nothing(open_app) -> None:
    async with open_app(size=(200, 50)) as hand:
        for offset in ((40, 0), (40, 2), (0, 1)):
            await hand.pilot.click("#matrix", offset=offset)
            assert (hand.matrix.row, hand.matrix.column) == (0, 0)


@pytest.mark.parametrize("where", ["#title", "#detail", "#status", "#hints"])
async def test_a_click_elsewhere_does_not_take_the_keyboard_away(open_app, where: str) -> None:
    async with open_app() as hand:
        await hand.pilot.click(where)
        await hand.press("down")
        assert hand.matrix.row == 1


async def test_tab_does_not_take_the_keyboard_away(open_app) -> None:
    async with open_app() as hand:
        await hand.press("tab", "down", "shift+tab", "down")
        assert hand.matrix.row == 2


# Sorting


def badness(framework: Framework, possible: Sequence[str]) -> tuple[int, ...]:
    """The levels as ranks, worst first."""
    return tuple(sorted(framework.scale.rank(level) for level in possible))


async def test_sorting_goes_from_worst_first_to_best_first_to_the_order_of_the_source(
    open_app, edition, framework
) -> None:
    source = [corps.name for corps in edition.corps]
    async with open_app(size=(200, 50)) as hand:
        hand.matrix.go_to("groningen", "niet-vergunde-branche")

        def scores() -> list[tuple[int, ...]]:
            by_name = {corps.name: corps for corps in edition.corps}
            judged = [by_name[name].scores["niet-vergunde-branche"].possible for name in hand.rows]
            return [badness(framework, possible) for possible in judged if possible]

        assert hand.rows == source
        await hand.press("s")
        assert hand.rows[0] == "Gelderland-Zuid", "the only red"
        assert scores() == sorted(scores())
        assert sorted(hand.rows) == sorted(source)
        assert "gesorteerd op" in hand.title
        assert "slechtste eerst" in hand.title
        await hand.press("s")
        assert scores() == sorted(scores(), reverse=True)
        assert "beste eerst" in hand.title
        await hand.press("s")
        assert hand.rows == source
        assert "gesorteerd" not in hand.title


async def test_equals_keep_the_order_of_the_source(open_app, edition) -> None:
    source = [corps.name for corps in edition.corps]
    async with open_app(size=(200, 50)) as hand:
        hand.matrix.go_to("groningen", "aanleveren-emm")
        for _ in range(2):
            await hand.press("s")
            assert hand.rows == source, "every corps is green on this dimension"


@pytest.mark.parametrize("presses", [1, 2])
async def test_a_blank_is_neither_worst_nor_best(open_app, edition, presses: int) -> None:
    dimension = "vergunde-branche"
    blank = [corps.name for corps in edition.corps if corps.scores[dimension].is_blank]
    assert blank
    async with open_app(size=(200, 50)) as hand:
        hand.matrix.go_to("groningen", dimension)
        await hand.press(*["s"] * presses)
        assert hand.rows[-len(blank) :] == blank


async def test_another_column_starts_anew_with_worst_first(open_app) -> None:
    async with open_app(size=(200, 50)) as hand:
        await hand.press("s", "s", "right", "s")
        assert "slechtste eerst" in hand.title
        assert hand.app.view.dimension_name("korpsexpert-kwaliteit") in hand.title


async def test_v_sorts_by_end_score_from_any_column_and_o_undoes_it(open_app, edition) -> None:
    async with open_app(size=(200, 50)) as hand:
        await hand.press("v")
        assert "gesorteerd op Eindscore, slechtste eerst" in hand.title
        assert set(hand.rows[:2]) == {"Gelderland-Zuid", "Kennemerland"}
        await hand.press("v")
        assert set(hand.rows[-2:]) == {"Gelderland-Zuid", "Kennemerland"}
        await hand.press("o")
        assert hand.rows == [corps.name for corps in edition.corps]
        assert "gesorteerd" not in hand.title


async def test_s_on_the_end_score_is_the_same_as_v(open_app) -> None:
    async with open_app(size=(200, 50)) as hand:
        await hand.press("end", "s")
        by_s, title = hand.rows, hand.title
        await hand.press("o", "v")
        assert (hand.rows, hand.title) == (by_s, title)


async def test_the_cursor_stays_on_its_corps_when_the_order_changes(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("kmar", "gedragscode")
        for key in ("v", "v", "o", "s", "s", "s"):
            await hand.press(key)
            assert hand.cell == ("kmar", "gedragscode")


async def test_on_80_columns_one_sees_what_it_is_sorted_by_and_in_which_direction(open_app) -> None:
    async with open_app(size=(80, 24)) as hand:
        await hand.press("v")
        ways = [hand.lines[0]]
        await hand.press("v")
        ways.append(hand.lines[0])
        assert "Eindscore" in ways[0]
        assert ways[0] != ways[1], "worst first and best first look different"


# Editions


async def test_e_goes_round_the_editions_and_starts_anew(open_app, monitor) -> None:
    editions = list(monitor.openable())
    assert len(editions) > 1
    async with open_app(size=(200, 50)) as hand:
        first = hand.app.view
        await hand.press("v", "e")
        shown = [hand.app.view.edition.id]
        assert hand.app.view.edition.title in hand.title
        assert "gesorteerd" not in hand.title
        assert hand.rows == [corps.name for corps in hand.app.view.edition.corps]
        while shown[-1] != monitor.newest().id:
            await hand.press("e")
            shown.append(hand.app.view.edition.id)
        assert sorted(shown) == sorted(edition.id for edition in editions)
        assert hand.app.view is first, "nothing is weighed twice"


async def test_the_pane_and_the_pages_go_along_with_the_edition(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("kennemerland", "financieel-rechercheren")
        await hand.until(lambda: "3.3.4 noemt dit korps" in hand.pane)
        await hand.press("e")
        await hand.until(lambda: "3.3.4 noemt dit korps" not in hand.pane)
        assert hand.cell == ("kennemerland", "financieel-rechercheren")
        await hand.press("enter")
        assert hand.app.view.edition.title in hand.title


async def test_a_filter_holds_in_the_next_edition(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"brabant", "enter", "e")
        assert set(hand.rows) == {"Midden- en West-Brabant", "Brabant-Noord", "Brabant-Zuid-Oost"}


# Finding


async def test_typing_narrows_the_matrix_letter_by_letter(open_app) -> None:
    async with open_app(size=(80, 24)) as hand:
        await hand.press("slash")
        assert filter_is_open(hand)
        await hand.type("br")
        assert set(hand.rows) == {"Midden- en West-Brabant", "Brabant-Noord", "Brabant-Zuid-Oost"}
        await hand.type("abant-z")
        assert hand.rows == ["Brabant-Zuid-Oost"]
        await hand.press("backspace", "backspace")
        assert len(hand.rows) == 3


@pytest.mark.parametrize("typed", ["kennemer", "KENNEMER", "kénnëmèr", "Ken ", " ken"])
async def test_case_accents_and_blanks_at_the_ends_do_not_matter(open_app, typed: str) -> None:
    async with open_app() as hand:
        await hand.press("slash")
        hand.app.screen.query_one("#filter", Input).insert_text_at_cursor(typed)
        await hand.until(lambda: "Kennemerland" in hand.rows and "Groningen" not in hand.rows)


async def test_a_name_with_accents_is_found_without(open_app, altered, holding) -> None:
    edition = altered("zeeland", name="Zeeuwse Coördinatie")
    async with open_app(holding(edition)) as hand:
        await hand.press("slash", *"coord")
        assert (hand.cell[0], len(hand.rows)) == ("zeeland", 1)


@pytest.mark.parametrize(
    ("one", "other"), [("Coördinatie", "coordinatie"), ("ĲSSEL", "ijssel"), ("Straße", "STRASSE"), ("é", "e\u0301")]
)
def test_folding(one: str, other: str) -> None:
    assert fold(one) == fold(other)


async def test_the_id_finds_a_corps_too(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"klpd")
        assert hand.cell[0] == "klpd"


async def test_where_nobody_matches_it_says_so_and_nothing_breaks(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"xyz", "enter")
        assert "Geen korps voldoet aan 'xyz'" in hand.text
        await hand.until(lambda: not hand.pane, "there is nothing to tell")
        for key in ("down", "up", "G", "g", "end", "pagedown", "enter", "c", "s", "v", "o"):
            await hand.press(key)
        assert hand.depth == 1
        assert hand.cell[0] is None
        await hand.press("escape")
        assert len(hand.rows) > 10
        await hand.until(lambda: hand.pane)


async def test_enter_keeps_the_filter_and_gives_the_keyboard_to_the_matrix(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"brabant", "enter")
        assert len(hand.rows) == 3
        assert pattern(hand) == "brabant"
        assert "brabant" in hand.text, "one sees that there is a filter"
        await hand.press("down", "down", "down")
        assert hand.matrix.row == 2
        await hand.press("enter", "escape")
        assert len(hand.rows) == 3, "a page in between leaves the filter alone"


async def test_enter_without_a_pattern_closes_the_filter(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", "enter")
        assert not filter_is_open(hand)
        await hand.press("down")
        assert hand.matrix.row == 1


@pytest.mark.parametrize("keep", [True, False])
async def test_escape_clears_the_filter(open_app, edition, keep: bool) -> None:
    async with open_app(size=(200, 50)) as hand:
        await hand.press("slash", *"brabant", *(["enter"] if keep else []), "escape")
        assert not filter_is_open(hand)
        assert pattern(hand) == ""
        await hand.until(lambda: hand.rows == [corps.name for corps in edition.corps], "every corps is shown again")
        assert hand.app.focused is hand.matrix


async def test_escape_on_the_first_screen_does_not_leave(open_app) -> None:
    async with open_app() as hand:
        await hand.press("escape", "escape", "down")
        assert hand.app.is_running
        assert hand.matrix.row == 1


async def test_the_filter_keeps_the_corps_under_the_cursor_where_it_matches(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("brabant-noord", "gedragscode")
        await hand.press("slash", *"brabant")
        assert hand.cell == ("brabant-noord", "gedragscode")
        await hand.press("escape")
        assert hand.cell == ("brabant-noord", "gedragscode")


async def test_filter_and_order_hold_together(open_app) -> None:
    async with open_app() as hand:
        await hand.press("v", "slash", *"land", "enter")
        assert hand.rows[:2] == ["Gelderland-Zuid", "Kennemerland"]
        assert "gesorteerd" in hand.title
        await hand.press("o")
        assert hand.rows[0] == "Friesland"


async def test_letters_that_are_keys_are_letters_in_the_filter(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"qcdsvo1jkhl?/")
        assert pattern(hand) == "qcdsvo1jkhl?/"
        assert hand.depth == 1
        assert hand.app.is_running


@pytest.mark.parametrize("key", ["tab", "shift+tab"])
async def test_tab_leaves_the_filter_for_the_matrix(open_app, key: str) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"brabant", key, "down")
        assert hand.matrix.row == 1
        assert pattern(hand) == "brabant"


async def test_slash_takes_the_filter_up_again(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", *"brabant", "enter", "slash", *"zeel", "enter")
        assert pattern(hand) in ("zeel", "brabantzeel")
        assert filter_is_open(hand)


# State is never colour alone


def decoded(text: str, scale: Scale, unicode: bool = True) -> tuple[str, ...]:
    """The levels that a cell's text stands for; () for a blank."""
    levels = (*scale.levels, scale.blank)
    signs = {level.glyph if unicode else level.ascii: level.id for level in levels}
    found = tuple(signs[sign] for sign in text.strip().rstrip("↑↓^v"))
    return () if found == (scale.blank.id,) else found


def told_cells(hand) -> dict[tuple[str, str], str]:
    """The text of every cell of the matrix, drawn corps by corps and page by page."""
    view, matrix, found = hand.app.view, hand.matrix, {}
    areas = [dimension.area for dimension in view.framework.dimensions]
    longest = max(len(corps.name) for corps in view.corps.values())
    for corps in view.corps:
        drawn = None
        for column, dimension in enumerate(view.dimensions):
            columns = lay_out(matrix.size.width, longest, areas, column, END_WIDTH)
            if columns != drawn:
                matrix.go_to(corps, dimension)
                line, drawn = cursor_line(matrix).text, columns
            x = columns.x(column)
            found[corps, dimension] = line[x : x + columns.cell_width]
    return found


@pytest.mark.parametrize(("size", "unicode"), [((80, 24), True), ((200, 50), True), ((40, 12), False)])
async def test_every_level_every_open_and_every_blank_is_told_by_signs(
    open_app, monkeypatch, edition, framework, size, unicode: bool
) -> None:
    if not unicode:
        monkeypatch.setenv("LANG", "C")
    async with open_app(size=size) as hand:
        cells = told_cells(hand)
    for (corps, dimension), text in cells.items():
        assert decoded(text, framework.scale, unicode) == edition.find_corps(corps).scores[dimension].possible


async def test_computed_published_and_agreement_are_told_by_signs(open_app, edition, framework) -> None:
    async with open_app(size=(200, 50)) as hand:
        x = hand.matrix.render_line(HEADER_LINES).text.rindex("│") + 1
        for at, (corps, found) in enumerate((corps.id, hand.app.view.verdict(corps.id)) for corps in edition.corps):
            text = hand.matrix.render_line(HEADER_LINES + at).text[x:]
            assert decoded(text[:3], framework.scale) == found.weighing.possible
            assert decoded(text[3:6], framework.scale) == edition.find_corps(corps).published.possible
            assert text[6:].strip() == {"yes": "=", "assumed": "≈", "possible": "?", "no": "≠"}[found.agreement]


async def test_the_legend_names_every_sign(open_app, framework) -> None:
    async with open_app(size=(200, 50)) as hand:
        legend = hand.static("status")
        for level in (*framework.scale.levels, framework.scale.blank):
            assert level.glyph in legend
        for sign in ("?", "open", "B Berekend", "G Gepubliceerd", "=", "≈", "≠"):
            assert sign in legend


@pytest.mark.parametrize(("key", "there", "absent"), [("4", "open", "=≠BG"), ("5", "SW", "=≠B")])
async def test_the_legend_of_another_grid_has_no_signs_that_it_has_not(open_app, key, there, absent) -> None:
    async with open_app(size=(80, 24)) as hand:
        await hand.press(key)
        legend = hand.static("status").replace("Blanco", "").replace("Groen", "").replace("Geel", "")
        assert there in legend
        assert not set(absent) & set(legend)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_on_80_columns_the_legend_is_whole(open_app, language: str) -> None:
    async with open_app(language=language, size=(80, 24)) as hand:
        assert hand.static("status") in hand.lines[-2]


async def test_on_80_columns_the_hints_are_whole(open_app) -> None:
    async with open_app(size=(80, 24)) as hand:
        assert hand.lines[-1].rstrip().endswith("stoppen")


async def test_an_open_verdict_is_told_by_signs(open_app, edition, altered, holding) -> None:
    every = {name: {"possible": ("rood", "geel", "groen"), "basis": "open"} for name in edition.corps[0].scores}
    edition = altered("kennemerland", scores=every, published=None)
    async with open_app(holding(edition), size=(200, 50)) as hand:
        hand.matrix.go_to("kennemerland", None)
        line = hand.matrix.render_line(HEADER_LINES + hand.matrix.row).text
        assert line.count("?") == 17 + 1, "every score and the end score"
        await hand.until(lambda: "Kennemerland" in hand.pane)
        assert "Rood  of  ▲ Geel  of  ● Groen" in hand.pane


# Other terminals, other languages


@pytest.mark.parametrize("locale", ["C", "POSIX", "nl_NL.ISO-8859-1"])
async def test_ascii_signs_where_the_locale_has_no_utf8(open_app, monkeypatch, locale: str) -> None:
    monkeypatch.setenv("LANG", locale)
    async with open_app() as hand:
        for y in range(hand.matrix.size.height):
            assert hand.matrix.render_line(y).text.isascii()
        assert hand.static("status").isascii()
        for sign in "#!+.":
            assert sign in hand.static("status")


async def test_without_utf8_nothing_but_ascii_is_drawn_around_the_data(open_app, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "C")
    async with open_app(size=(80, 24)) as hand:
        foreign = {character for character in hand.text if not character.isascii()}
        assert not foreign


async def test_the_locale_of_the_terminal_counts_in_the_usual_order(open_app, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    async with open_app() as hand:
        assert "●" in hand.text


async def test_english_labels(open_app) -> None:
    async with open_app(language="en", size=(200, 50)) as hand:
        assert hand.lines[1].startswith("Corps")
        for word in ("Organisation", "Supervision", "Information", "Investigation", "End score"):
            assert word in hand.lines[1]
        for word in ("find", "help", "quit", "sort", "dimension"):
            assert word in hand.lines[-1]
        assert "Basis: stated" in hand.pane
        await hand.press("v")
        assert "sorted by End score, worst first" in hand.title
        await hand.press("slash", *"xyz")
        assert "No corps matches 'xyz'" in hand.text


async def test_no_color_leaves_greys_only(open_app, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_app() as hand:
        colours = set()
        for strip in hand.app.screen._compositor.render_strips():
            for filter_ in hand.app._filters:
                strip = strip.apply_filter(filter_, hand.app.screen.background_colors[1])
            for segment in strip:
                style = segment.style
                colours |= {paint.get_truecolor() for paint in (style.color, style.bgcolor) if paint}
        assert all(max(colour) - min(colour) <= 1 for colour in colours)


# Plugins that are switched off


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    folder = tmp_path / "kapot"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(
        '[project]\nname = "kapot"\nversion = "1"\n[project.entry-points.kmtui]\nkapot = "kapot_for_the_tui"\n'
    )
    (folder / "kapot_for_the_tui.py").write_text('raise RuntimeError("the [red]tank[/red] is \\x1b[31mempty")\n')
    return folder


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_a_plugin_that_fails_is_named_in_the_status_line(open_app, failing: Path, size) -> None:
    async with open_app(open_monitor([failing]), size=size) as hand:
        line = hand.lines[-2]
        assert "kapot: cannot be imported" in line
        assert "uitgeschakeld" in line
        assert hand.rows, "the rest goes on"
        if size[0] == 200:
            assert "RuntimeError: the [red]tank[/red] is ␛[31mempty" in line


async def test_a_plugin_that_fails_does_not_take_the_legend_away(open_app, failing: Path) -> None:
    async with open_app(open_monitor([failing])) as hand:
        await hand.press("question_mark")
        assert "Onvoldoende" in "\n".join(map(hand.told, hand.entries))


# What files say is shown, not obeyed

HOSTILE = "[bold red]vet[/bold red] [/] [@click=app.quit]klik[/] \x1b[31mrood\x1b[0m \x07\u202eomgekeerd\r\nnieuw"
MARKED = "[bold red]vet[/bold red] [/] [@click=app.quit]klik[/] ␛[31mrood␛[0m ␇<U+202E>omgekeerd  nieuw"


async def test_notes_are_shown_with_marks_in_the_pane(open_app, altered, holding) -> None:
    edition = altered("groningen", {"referentiekader": {"note": HOSTILE}})
    async with open_app(holding(edition), size=(200, 50)) as hand:
        assert MARKED in hand.pane
        assert MARKED in hand.text


async def test_names_are_shown_with_marks_in_matrix_pane_and_title(open_app, altered, holding) -> None:
    edition = altered("groningen", name=HOSTILE)
    async with open_app(holding(edition), size=(250, 50)) as hand:
        assert hand.rows[0] == MARKED
        assert MARKED in hand.pane
        await hand.press("c")
        assert MARKED in hand.title
        assert MARKED in hand.lines[0]


async def test_a_title_is_shown_with_marks(open_app, titled, holding) -> None:
    async with open_app(holding(titled(HOSTILE)), size=(250, 50)) as hand:
        assert MARKED in hand.lines[0]


async def test_what_is_typed_is_shown_with_marks(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash")
        hand.app.screen.query_one("#filter", Input).insert_text_at_cursor("[bold]x[/]\u202e")
        await hand.until(lambda: "Geen korps voldoet aan '[bold]x[/]<U+202E>'" in hand.text)


@pytest.mark.parametrize("name", ["Coo\u0308rdinatie", "警察本部", "👮 Politie", "\x07\u202e" * 5])
async def test_names_of_other_widths_leave_the_columns_in_their_place(open_app, altered, holding, name: str) -> None:
    async with open_app(holding(altered("friesland", name=name))) as hand:
        at = {position: character for position, (character, _) in looks(hand.matrix).items()}
        first, second = ([x for x in range(80) if at.get((x, HEADER_LINES + row)) == "│"] for row in (0, 1))
        assert first == second


# Screens of another size


async def test_resizing_keeps_the_cursor_and_shows_it(open_app) -> None:
    async with open_app(size=(80, 24)) as hand:
        hand.matrix.go_to("limburg-zuid", "weging")
        for size in ((40, 12), (200, 50), (60, 20), (24, 8), (10, 3), (80, 24)):
            await hand.resize(*size)
            assert hand.cell == ("limburg-zuid", "weging")
            if size[0] >= 40:
                assert any(name.startswith("Limburg-Z"[: len(name) - 1]) for name in hand.rows if name)
                assert "Weg" in hand.text
                await hand.press("left", "right")
                assert hand.cell == ("limburg-zuid", "weging")


async def test_the_pane_grows_with_the_screen(open_app) -> None:
    async with open_app(size=(80, 20)) as hand:
        heights = []
        for height in (20, 24, 50):
            await hand.resize(80, height)
            heights.append(hand.app.screen.query_one("#detail").size.height)
        assert heights == sorted(set(heights))


# Many corps


async def test_ten_thousand_corps_open_and_step(open_app, edition, holding, with_corps) -> None:
    patterns = edition.corps
    many = [
        Corps(
            id=f"korps-{at:05}",
            name=f"Korps {at:05}",
            source=("1",),
            published=patterns[at % len(patterns)].published,
            scores=patterns[at % len(patterns)].scores,
        )
        for at in range(10_000)
    ]
    async with open_app(holding(with_corps(many))) as hand:
        await hand.press("down", "down", "right", "pagedown", "G")
        assert hand.cell[0] == "korps-09999"
        await hand.press("up", "s", "g")
        assert hand.matrix.row == 0
        await hand.press("slash", *"09998", "enter")
        assert hand.rows == ["Korps 09998"]
        await hand.press("c")
        assert hand.target == ("corps", "korps-09998", "")
        await hand.press("1", "escape", "v")
        assert hand.matrix.row >= 0


async def test_one_corps_is_enough(open_app, edition, holding, with_corps) -> None:
    async with open_app(holding(with_corps(edition.corps[:1]))) as hand:
        await hand.press("down", "G", "g", "pagedown", "end", "v")
        assert hand.rows == [edition.corps[0].name]


async def test_an_edition_without_corps_opens(make_app, holding, with_corps) -> None:
    app = make_app(holding(with_corps([])))
    async with app.run_test() as pilot:
        await pilot.press("down", "enter", "c", "d", "s", "v", "o", "escape")
        assert isinstance(app.screen_stack[0], MatrixScreen)
