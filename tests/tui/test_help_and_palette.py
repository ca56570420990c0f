"""Help on every screen, the command palette, and the way out."""

import importlib
import pkgutil
import shutil
from collections.abc import Iterator

import pytest
from textual.app import App
from textual.binding import Binding
from textual.command import CommandInput, CommandList, CommandPalette
from textual.dom import DOMNode
from textual.events import MouseDown, MouseUp, Paste
from textual.widgets import Input

import kmtui.tui
from kmtui import Monitor, open_monitor
from kmtui.plugins.discovery import bundled_folder
from kmtui.tui.screens.help import HelpScreen
from kmtui.tui.screens.page import PageScreen
from kmtui.wording import AGREEMENT_MEANING, BASIS, BASIS_MEANING, KEYS

PRINTED = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "dollar_sign": "$",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
}
"""What stands on a key, where Textual calls it otherwise."""

SCREENS = {"matrix": (), "cell": ("enter",), "corps": ("c",), "dimension": ("d",)}
"""The keys that lead to each screen."""


def classes() -> list[type[DOMNode]]:
    """Every widget, screen and app that kmtui defines."""
    for module in pkgutil.walk_packages(kmtui.tui.__path__, "kmtui.tui."):
        importlib.import_module(module.name)
    found, waiting = [], [DOMNode]
    while waiting:
        for subclass in waiting.pop().__subclasses__():
            if subclass not in found:
                found.append(subclass)
                waiting.append(subclass)
    return [subclass for subclass in found if subclass.__module__.startswith("kmtui.tui")]


def own_bindings(subclass: type) -> Iterator[Binding]:
    """What the class and its ancestors in kmtui bind."""
    for ancestor in subclass.__mro__:
        if ancestor.__module__.startswith("kmtui."):
            for binding in vars(ancestor).get("BINDINGS", ()):
                assert isinstance(binding, Binding), f"{ancestor.__name__} binds a bare tuple, which has no id"
                yield binding


def help_lines(hand) -> list[str]:
    return [hand.told(line) for line in hand.entries]


def help_keys(hand) -> list[tuple[list[str], str]]:
    """The keys of each line of help, and what they do."""
    rows = [entry for entry in hand.entries if entry.table == "keys"]
    found = []
    for entry in rows:
        at = entry.bounds[1][0]
        parts = [("".join(span.text for span in row)) for row in entry.rows]
        found.append((" ".join(part[:at] for part in parts).split(), " ".join(part[at:].strip() for part in parts)))
    return found


async def asked(hand) -> None:
    """Press `?` and wait for what comes."""
    await hand.press("question_mark")
    await hand.until(lambda: isinstance(hand.app.screen, HelpScreen))


# Help


def test_there_are_bindings_to_be_explained() -> None:
    assert {"MatrixView", "PageView", "MatrixScreen", "PageScreen"} <= {found.__name__ for found in classes()}


REMAPPABLE = [subclass for subclass in classes() if not subclass.__module__.startswith("kmtui.tui.rounds")]
"""The keys of rounds are fixed, and each screen names its own (tests/tui/rounds)."""


@pytest.mark.parametrize("subclass", REMAPPABLE, ids=lambda subclass: subclass.__name__)
def test_every_binding_has_an_id_and_a_word(subclass: type[DOMNode]) -> None:
    for binding in own_bindings(subclass):
        assert binding.id, f"{binding.key} has no id"
        assert binding.id in KEYS, f"{binding.key} ({binding.id}) has no word in wording.KEYS"


def test_every_word_belongs_to_a_binding() -> None:
    bound = {binding.id for subclass in classes() for binding in own_bindings(subclass)}
    assert set(KEYS) - bound == set()


@pytest.mark.parametrize("subclass", classes(), ids=lambda subclass: subclass.__name__)
def test_every_binding_has_its_action(subclass: type[DOMNode]) -> None:
    from kmtui.tui.app import KmtuiApp

    for binding in own_bindings(subclass):
        name = binding.action.split("(")[0]
        owner = KmtuiApp if name.startswith("app.") else subclass
        assert hasattr(owner, f"action_{name.removeprefix('app.')}"), f"{binding.key} calls {binding.action}"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("screen", SCREENS)
async def test_help_lists_every_key_of_the_screen_that_asks(open_app, screen: str, language: str) -> None:
    async with open_app(language=language) as hand:
        await hand.press(*SCREENS[screen])
        assert isinstance(hand.app.screen, PageScreen) == (screen != "matrix")
        nodes = [hand.app.focused, hand.app.screen]
        await asked(hand)
        listed = help_keys(hand)
        for node in nodes:
            for binding in own_bindings(type(node)):
                (keys,) = (keys for keys, meaning in listed if meaning == KEYS[binding.id](language))
                for key in binding.key.split(","):
                    assert PRINTED.get(key.strip(), key.strip()) in keys, f"{key} in '{keys}'"
        assert any("enter" in keys for keys, _ in listed)


@pytest.mark.parametrize("screen", SCREENS)
async def test_help_lists_no_key_twice(open_app, screen: str) -> None:
    async with open_app() as hand:
        await hand.press(*SCREENS[screen])
        await asked(hand)
        keys = [key for keys, _ in help_keys(hand) for key in keys]
        assert sorted(keys) == sorted(set(keys))


async def test_help_explains_levels_agreement_and_basis(open_app, framework) -> None:
    async with open_app(size=(120, 100)) as hand:
        await asked(hand)
        text = "\n".join(help_lines(hand))
        for level in (*framework.scale.levels, framework.scale.blank):
            assert level.label.nl in text
            assert level.meaning.nl in text
            assert f"{level.glyph} {level.label.nl}" in hand.text
        for told in (*AGREEMENT_MEANING.values(), *BASIS.values(), *BASIS_MEANING.values()):
            assert told.nl in text
        for sign in "=≈≠?":
            assert f"\n{sign} " in text


async def test_help_in_ascii(open_app, monkeypatch, framework) -> None:
    monkeypatch.setenv("LANG", "C")
    async with open_app(size=(120, 100)) as hand:
        await asked(hand)
        for level in (*framework.scale.levels, framework.scale.blank):
            assert f"{level.ascii} {level.label.nl}" in hand.text
        assert not set("●▲■≈≠›…") & set(hand.text.split("\n", 3)[3].split("\n", 88)[0])


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12)])
async def test_help_can_be_read_to_its_end_and_fits_the_screen(open_app, size) -> None:
    async with open_app(size=size) as hand:
        await asked(hand)
        region = hand.page_view.region
        assert region.x >= 0
        assert region.right <= size[0]
        assert region.bottom <= size[1]
        seen = hand.text
        for _ in help_lines(hand):
            await hand.press("down")
            seen += hand.text
        for line in help_lines(hand):
            assert line.split("  ")[0].split(" ")[0] in seen
        last = help_lines(hand)[-1].split()[-1]
        assert last in hand.text


@pytest.mark.parametrize("key", ["escape", "question_mark", "q"])
@pytest.mark.parametrize("screen", SCREENS)
async def test_help_closes_and_gives_the_keyboard_back(open_app, screen: str, key: str) -> None:
    async with open_app() as hand:
        await hand.press(*SCREENS[screen])
        depth, focused = hand.depth, hand.app.focused
        await asked(hand)
        await hand.press("down", "end", key)
        assert hand.depth == depth
        assert hand.app.focused is focused
        assert hand.app.is_running


async def test_help_keeps_the_keys_of_the_screen_below_to_itself(open_app) -> None:
    async with open_app() as hand:
        await asked(hand)
        await hand.press("c", "d", "s", "v", "slash", "enter")
        assert isinstance(hand.app.screen, HelpScreen)
        assert hand.depth == 2


async def test_question_mark_is_a_letter_while_one_types(open_app) -> None:
    async with open_app() as hand:
        await hand.press("slash", "question_mark")
        assert hand.app.screen.query_one("#filter", Input).value == "?"
        assert hand.depth == 1


# The palette


async def summoned(hand) -> None:
    await hand.press("ctrl+p")
    await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))


def offers(hand) -> list[str]:
    """What the palette offers now, first lines only."""
    found = hand.app.screen.query_one(CommandList)
    return [str(found.get_option_at_index(at).prompt).split("\n")[0] for at in range(found.option_count)]


async def sought(hand, text: str, expected: str) -> None:
    """Type into the palette until the offer expected comes first."""
    await summoned(hand)
    hand.app.screen.query_one(CommandInput).insert_text_at_cursor(text)
    await hand.until(lambda: offers(hand)[:1] == [expected], f"{expected} comes first")


@pytest.mark.parametrize(
    ("language", "offer"), [("nl", "Korps: Kennemerland"), ("en", "Corps: Kennemerland")], ids=["nl", "en"]
)
async def test_the_palette_finds_a_corps_and_opens_it(open_app, language: str, offer: str) -> None:
    async with open_app(language=language) as hand:
        await sought(hand, "kennemer", offer)
        await hand.press("enter")
        await hand.until(lambda: isinstance(hand.app.screen, PageScreen))
        assert hand.target == ("corps", "kennemerland", "")
        await hand.press("escape")
        assert hand.depth == 1


async def test_the_palette_finds_a_dimension_and_opens_it(open_app) -> None:
    async with open_app() as hand:
        await sought(hand, "slachtoffer", "Dimensie: Slachtofferbejegening")
        await hand.press("enter")
        await hand.until(lambda: isinstance(hand.app.screen, PageScreen))
        assert hand.target == ("dimension", "", "slachtofferbejegening")


async def test_the_palette_offers_everything_before_one_types(open_app, edition, framework) -> None:
    async with open_app() as hand:
        await summoned(hand)
        wanted = {"Matrix", "Wat als", "Stoppen", "Kleurthema: donker"}
        wanted |= {f"Korps: {corps.name}" for corps in edition.corps if corps.id not in ("klpd", "kmar")}
        wanted |= {f"Korps: {edition.find_corps(name).name} ({name})" for name in ("klpd", "kmar")}
        wanted |= {"Volgende editie", "Hulp bij dit scherm"}
        wanted |= {f"Dimensie: {dimension.name.nl}" for dimension in framework.dimensions}
        await hand.until(lambda: wanted <= set(offers(hand)))


async def test_the_palette_goes_home_from_deep(open_app) -> None:
    async with open_app() as hand:
        await hand.press("enter", "c", "tab", "enter")
        await sought(hand, "matrix", "Matrix")
        await hand.press("enter")
        await hand.until(lambda: hand.depth == 1)


async def test_the_palette_quits(open_app) -> None:
    async with open_app() as hand:
        await sought(hand, "stoppen", "Stoppen")
        await hand.press("enter")
        await hand.until(lambda: hand.app.return_code == 0)


@pytest.mark.parametrize("screen", [*SCREENS, "filter", "help"])
async def test_the_palette_comes_on_every_screen_and_escape_leaves_it(open_app, screen: str) -> None:
    async with open_app() as hand:
        await hand.press(*{**SCREENS, "filter": ("slash",), "help": ("question_mark",)}[screen])
        depth, below = hand.depth, hand.app.screen
        await summoned(hand)
        await hand.press("escape")
        await hand.until(lambda: hand.depth == depth)
        assert hand.app.screen is below


async def test_from_help_the_palette_leads_to_a_page_and_back_to_the_screen_that_asked(open_app) -> None:
    async with open_app() as hand:
        await asked(hand)
        await sought(hand, "kennemer", "Korps: Kennemerland")
        await hand.press("enter")
        await hand.until(lambda: isinstance(hand.app.screen, PageScreen))
        await hand.press("escape")
        assert not isinstance(hand.app.screen, HelpScreen), "help was done with"
        assert hand.depth == 1


async def test_where_a_part_is_broken_the_palette_says_so_and_offers_the_rest(open_app, tmp_path) -> None:
    folder = tmp_path / "2012"
    shutil.copytree(bundled_folder("editions") / "2012", folder)
    (folder / "recommendations.toml").write_text("x = [", "utf-8")
    async with open_app(open_monitor(edition_folders=[folder])) as hand:
        await sought(hand, "groning", "Korps: Groningen")
        hand.app.screen.query_one(CommandInput).value = ""
        hand.app.screen.query_one(CommandInput).insert_text_at_cursor("recommendations.toml")
        told = ["Deze gegevens zijn niet te lezen"]
        await hand.until(lambda: [offer.split(":")[0] for offer in offers(hand)] == told)


async def test_the_palette_says_where_nothing_is_found(open_app) -> None:
    async with open_app() as hand:
        await sought(hand, "xyzzyx", "Niets gevonden")
        await hand.press("enter")
        assert hand.app.is_running


async def test_the_palette_speaks_the_language_of_the_interface(open_app) -> None:
    async with open_app(language="nl") as hand:
        await summoned(hand)
        assert "Search for commands" not in hand.text


@pytest.mark.parametrize("name", ["[bold]Korps[/bold] X", "Korps [/] X", "Korps [/bold] X", "Korps \x1b[31m\u202e X"])
async def test_names_from_files_are_shown_with_marks_in_the_palette(open_app, altered, holding, name: str) -> None:
    shown = name.replace("\x1b", "␛").replace("\u202e", "<U+202E>") + " (zeeland)"
    async with open_app(holding(altered("zeeland", name=name)), size=(120, 60)) as hand:
        await summoned(hand)
        await hand.until(lambda: f"Korps: {shown}" in offers(hand))
        await sought_further(hand, "X", f"Korps: {shown}")


async def sought_further(hand, text: str, expected: str) -> None:
    hand.app.screen.query_one(CommandInput).insert_text_at_cursor(text)
    await hand.until(lambda: expected in offers(hand), f"{expected} is found")


@pytest.mark.parametrize("title", ["[bold]Titel[/bold]", "Titel [/bold]", "Titel \x1b[31m"])
async def test_a_title_from_files_is_shown_with_marks_in_the_palette(open_app, titled, holding, title: str) -> None:
    async with open_app(holding(titled(title)), size=(120, 60)) as hand:
        await summoned(hand)
        await hand.until(lambda: "Matrix" in offers(hand))
        await hand.until(lambda: title.replace("\x1b", "␛") in "\n".join(hand.lines[5:]))


# The way out


@pytest.mark.parametrize("screen", SCREENS)
async def test_q_quits(open_app, screen: str) -> None:
    async with open_app() as hand:
        await hand.press(*SCREENS[screen])
        assert hand.app.return_code is None
        await hand.press("q")
        await hand.until(lambda: hand.app.return_code == 0)


async def test_without_any_edition_one_is_told_where_to_look(monitor) -> None:

    from kmtui.cli.errors import explain
    from kmtui.tui.app import KmtuiApp

    empty = Monitor(monitor.registry, ())
    with pytest.raises(LookupError) as caught:
        KmtuiApp(empty, "nl")
    lines, status = explain(caught.value)
    assert "'newest'" not in " ".join(lines), "nobody asked for an edition of that name"
    assert "kmtui editions" in " ".join(lines)
    assert status != 0


def test_the_bundled_monitor_has_no_failed_plugins() -> None:
    assert open_monitor().registry.failed == ()


async def test_the_palette_offers_none_of_textual_s_own_commands(open_app) -> None:
    """One of them writes a picture wherever it likes."""
    async with open_app() as hand:
        own = {command.title for command in App.get_system_commands(hand.app, hand.app.screen)}
        ours = {command.title for command in hand.app.get_system_commands(hand.app.screen)}
    assert own & ours == set()
    assert "Screenshot" in own


async def test_a_long_paste_is_cut_and_shown_at_once(open_app) -> None:
    async with open_app() as hand:
        await hand.press("ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        hand.app.post_message(Paste("korps " * 2_000))
        field = hand.app.screen.query_one(Input)
        await hand.until(lambda: field.value, "it is echoed")
        assert field.value == ("korps " * 2_000)[:500]
        await hand.press("escape")
        await hand.until(lambda: hand.depth == 1)


async def test_a_click_outside_of_a_screen_that_became_smaller_does_no_harm(open_app) -> None:
    async with open_app() as hand:
        await hand.press("ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        for kind in (MouseDown, MouseUp):
            hand.app.post_message(kind(None, 90, 30, 0, 0, 1, False, False, False, screen_x=90, screen_y=30))
        await hand.settle()
        assert hand.app.is_running
        assert isinstance(hand.app.screen, CommandPalette)
