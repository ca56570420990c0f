"""How the screens look, to the last cell; `pytest tests/tui/test_snapshots.py --snapshot-update` after a look."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from kmtui.blocks import Target
from kmtui.tui.screens.help import HelpScreen

SIZES = [(80, 24), (120, 40)]
PAGES = {
    "cell": Target("cell", "kennemerland", "korpsexpert-mandaat"),
    "corps": Target("corps", "kennemerland"),
    "dimension": Target("dimension", "", "niet-vergunde-branche"),
    "figures": Target("figures"),
    "indicator": Target("indicator", "", "5.controles-vergund"),
    "claims": Target("claims"),
    "claim": Target("claim", "", "2-16-5-03"),
    "recommendations": Target("recommendations"),
    "status": Target("status"),
}

Before = Callable[[Pilot], Awaitable[None]]


@pytest.fixture
def same(snap_compare, make_app) -> Callable[..., bool]:
    """Open the interface, do something, and compare what is seen with the picture kept."""

    def compare(size: tuple[int, int], language: str = "nl", act: Before | None = None) -> bool:
        app = make_app(language=language)

        async def before(pilot: Pilot) -> None:
            title = app.screen.query_one("#title")
            await until(pilot, lambda: any(word in str(title.visual) for word in ("sinds", "since")))
            if act is not None:
                await act(pilot)
            await pilot.pause()

        return snap_compare(app, terminal_size=size, run_before=before)

    return compare


async def until(pilot: Pilot, holds: Callable[[], object]) -> None:
    for _ in range(500):
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("the screen did not come")


def sizes(test):
    return pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")(test)


@sizes
def test_matrix(same, size) -> None:
    assert same(size)


@sizes
def test_matrix_in_english(same, size) -> None:
    assert same(size, "en")


@sizes
def test_matrix_without_colour(same, monkeypatch, size) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert same(size)


@sizes
def test_matrix_in_ascii(same, monkeypatch, size) -> None:
    monkeypatch.setenv("LANG", "C")
    assert same(size)


@sizes
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("keys", [("4",), ("5",), ("r",)], ids=["partners", "units", "grouped"])
def test_grid(same, keys: tuple[str, ...], language: str, size) -> None:
    async def act(pilot: Pilot) -> None:
        await pilot.press(*keys)
        await pilot.pause(0.3)

    assert same(size, language, act)


@sizes
@pytest.mark.parametrize("page", PAGES)
def test_page(same, page: str, size) -> None:
    async def act(pilot: Pilot) -> None:
        pilot.app.navigator.open(PAGES[page])
        await until(pilot, lambda: len(pilot.app.screen_stack) > 1)

    assert same(size, act=act)


@sizes
@pytest.mark.parametrize("keys", [("7",), ("8", "end", "up", "up", "minus")], ids=["compare", "what_if"])
def test_view(same, keys: tuple[str, ...], size) -> None:
    async def act(pilot: Pilot) -> None:
        pilot.app.screen.query_one("#matrix").go_to("kennemerland", "weging")
        await pilot.press(*keys)
        await pilot.pause(0.3)

    assert same(size, act=act)


@sizes
def test_help(same, size) -> None:
    async def act(pilot: Pilot) -> None:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))

    assert same(size, act=act)
