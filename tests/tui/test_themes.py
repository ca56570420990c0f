"""Themes, colours on terminals that have few or none, the other language, and the keys and theme of one's own."""

import itertools
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color

from kmtui.files.faults import FaultyFilesError
from kmtui.model.base import Text
from kmtui.model.scale import RESERVED, Level, Paint, Scale
from kmtui.settings import Choices, Configuration, choices_file, configuration_file, read_choices
from kmtui.tui.colours import Colours, colours_of, recolouring
from kmtui.tui.drawing import MORE, Signs, paint
from kmtui.tui.keys import keys_by_action
from kmtui.tui.preferences import check, first_theme, is_key, places
from kmtui.tui.themes import FIRST, LOOKS, STARK, contrast
from kmtui.wording import THEMES

READABLE = 4.5


def scale_of(count: int) -> Scale:
    """A scale of so many levels, all of which the plugin paints alike badly."""

    def level(at: int) -> Level:
        sign = chr(ord("A") + at)
        return Level(
            id=f"level-{at}",
            label=Text(nl=sign, en=sign),
            meaning=Text(nl=sign, en=sign),
            glyph=sign,
            ascii=sign,
            letter=sign,
            paint=Paint(ink="#808080", ground=f"#7f7f{at:02x}", ansi="ansi_white on ansi_black"),
        )

    return Scale(levels=tuple(map(level, range(count))), blank=level(count))


@pytest.fixture
def scales(monitor) -> list[Scale]:
    return [framework.scale for framework in monitor.registry.frameworks.values()]


def levels_of(scale: Scale) -> tuple[Level, ...]:
    return (*scale.levels, scale.blank)


def told(caught) -> list[str]:
    return [str(fault) for fault in caught.value.faults]


# Contrast


@pytest.mark.parametrize("theme", LOOKS)
def test_every_level_can_be_read_in_every_theme(scales, theme: str) -> None:
    for scale in scales:
        for level in levels_of(scale):
            found = LOOKS[theme].paint(scale, level)
            assert contrast(Color.parse(found.ink), Color.parse(found.ground)) >= READABLE


@pytest.mark.parametrize("theme", LOOKS)
def test_every_level_can_be_read_in_256_colours(scales, theme: str) -> None:
    def shown(rgb: str) -> Color:
        downgraded = Style(color=rgb).color.downgrade(ColorSystem.EIGHT_BIT)
        return Color.from_rich_color(downgraded)

    for scale in scales:
        for level in levels_of(scale):
            found = LOOKS[theme].paint(scale, level)
            assert contrast(shown(found.ink), shown(found.ground)) >= READABLE


@pytest.mark.parametrize("count", [2, 3, 4, 5, 9])
def test_a_theme_paints_any_scale(count: int) -> None:
    """However badly the plugin chose, the themes that choose themselves can be read and tell the levels apart."""
    scale = scale_of(count)
    for name, least in (("high-contrast", STARK), ("colour-blind", READABLE)):
        found = [LOOKS[name].paint(scale, level) for level in scale.levels]
        assert all(contrast(Color.parse(paint.ink), Color.parse(paint.ground)) >= least for paint in found)
    assert len({paint.ground for paint in found}) == count


@pytest.mark.parametrize("theme", LOOKS)
def test_text_can_be_read_in_every_theme(theme: str) -> None:
    colours = LOOKS[theme].theme
    for ground in (colours.background, colours.surface, colours.panel):
        assert contrast(Color.parse(colours.foreground), Color.parse(ground)) >= 7
    assert contrast(Color.parse(colours.primary), Color.parse(colours.background)) >= READABLE


def test_every_theme_has_a_name() -> None:
    assert set(THEMES) == set(LOOKS)


# Few colours


@pytest.mark.parametrize(
    ("system", "environment", "expected"),
    [
        ("truecolor", {"TERM": "xterm-256color"}, Colours.MANY),
        ("256", {"TERM": "tmux-256color"}, Colours.MANY),
        ("standard", {"TERM": "xterm"}, Colours.SIXTEEN),
        ("standard", {"TERM": "linux"}, Colours.SIXTEEN),
        (None, {"TERM": "dumb"}, Colours.NONE),
        ("standard", {"TERM": "vt220"}, Colours.NONE),
        ("truecolor", {"TERM": "xterm", "NO_COLOR": "1"}, Colours.NONE),
        ("truecolor", {"TERM": "xterm-256color", "NO_COLOR": ""}, Colours.MANY),
    ],
)
def test_what_a_terminal_is_taken_for(system: str | None, environment: dict[str, str], expected: Colours) -> None:
    assert colours_of(system, environment) is expected


def test_sixteen_colours_are_the_plugins_own(scales) -> None:
    found = recolouring(scales, Colours.SIXTEEN, FIRST)
    for level in (level for scale in scales for level in levels_of(scale)):
        style = found._recolour(paint(level))
        ink, _, ground = level.paint.ansi.replace("ansi_", "").partition(" on ")
        assert (style.color.name, style.bgcolor.name) == (ink, ground)
    other = found._recolour(Style.parse("bold #123456 on #654321"))
    assert other.color.is_default
    assert other.bgcolor.is_default
    assert other.bold


def test_without_colours_there_are_none_and_reverse_is_the_cursors(scales) -> None:
    found = recolouring(scales, Colours.NONE, FIRST)
    styles = [found._recolour(paint(level)) for level in levels_of(scales[0])]
    for style in styles:
        assert style.color.is_default
        assert style.bgcolor.is_default
        assert not style.reverse
    assert styles[0] != styles[1]
    assert styles[-1] != styles[-2]


# In the interface


@pytest.fixture
def two_scales() -> tuple[Scale, Scale]:
    """Two scales that share paints and a level: what is worst in one is in the middle of the other."""
    one = scale_of(3)
    low, middle, high = one.levels
    return one, Scale(levels=(middle, low, high), blank=one.blank)


def test_a_level_has_the_colours_of_its_own_scale(two_scales) -> None:
    one, other = two_scales
    found = recolouring(two_scales, Colours.MANY, "colour-blind")
    for scale in two_scales:
        for level in levels_of(scale):
            wanted = LOOKS["colour-blind"].paint(scale, level)
            style = found._recolour(paint(level, scale))
            assert (style.color, style.bgcolor) == (Style(color=wanted.ink).color, Style(bgcolor=wanted.ground).bgcolor)
    shared = one.levels[0]
    assert found._recolour(paint(shared, one)) != found._recolour(paint(shared, other))
    colours = [(style.color, style.bgcolor) for style in map(found._recolour, (paint(shared), paint(shared, one)))]
    assert colours[0] == colours[1], "without a scale it is the first that has the level"


def test_without_colours_the_worst_of_each_scale_is_underlined(two_scales) -> None:
    found = recolouring(two_scales, Colours.NONE, FIRST)
    for scale in two_scales:
        underlined = [level for level in levels_of(scale) if found._recolour(paint(level, scale)).underline]
        assert underlined == [scale.levels[0]]


def test_text_in_the_colours_of_a_level_is_no_level(two_scales) -> None:
    level = two_scales[0].levels[0]
    alike = Style(color=level.paint.ink, bgcolor=level.paint.ground, bold=True)
    assert recolouring(two_scales, Colours.MANY, "colour-blind")._recolour(alike) == alike


async def test_a_key_goes_through_the_themes_and_the_choice_is_kept(open_app) -> None:
    async with open_app(theme=FIRST) as hand:
        for name in [*list(LOOKS)[1:], FIRST]:
            await hand.press("t")
            await hand.until(lambda wanted=name: hand.app.theme == wanted)
            await hand.until(lambda wanted=name: read_choices(choices_file()).theme == wanted)


async def test_a_theme_changes_the_levels_where_they_stand(open_app, framework) -> None:
    worst = framework.scale.levels[0]
    async with open_app(theme=FIRST) as hand:
        place = hand.cell

        def grounds() -> set[str]:
            strips = hand.app.screen._compositor.render_strips()
            styles = [segment.style for strip in strips for segment in strip if segment.style]
            return {style.bgcolor.name for style in styles if style.bgcolor}

        assert worst.paint.ground in grounds()
        hand.app.choose_theme("colour-blind")
        wanted = LOOKS["colour-blind"].paint(framework.scale, worst).ground
        await hand.until(lambda: wanted in grounds() and worst.paint.ground not in grounds())
        assert hand.cell == place


@pytest.mark.parametrize("keys", [(), ("c",), ("d",), ("enter",)])
async def test_the_other_language_at_a_key_in_the_same_place(open_app, keys: tuple[str, ...]) -> None:
    async with open_app(size=(120, 40)) as hand:
        await hand.press("down", "right", *keys)
        if keys:
            await hand.press("down", "down", "down")
        else:
            await hand.until(lambda: all(told in hand.text for told in ("Friesland · Korpsexpert", "sinds", "●↑")))
        place, line = hand.cell, hand.page_view.cursor if keys else None
        dutch = hand.text
        await hand.press("L")
        await hand.until(lambda: "quit" in hand.static("hints"))
        assert "stoppen" not in hand.text
        if keys:
            assert hand.page_view.cursor == line
        else:
            await hand.until(lambda: "Decided by" in hand.pane or "[" in hand.pane)
        await hand.until(lambda: read_choices(choices_file()).language == "en")
        await hand.press("L")
        await hand.until(lambda: hand.text == dutch)
        assert hand.cell == place


async def test_what_cannot_be_remembered_is_told(open_app, monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KMTUI_STATE", str(tmp_path / "file" / "folder"))
    async with open_app() as hand:
        await hand.press("t")
        await hand.until(lambda: any("Niet onthouden" in note.message for note in hand.app._notifications))
        assert hand.app.theme == FIRST


# Of one's own


async def test_other_keys_do_what_ours_did_and_help_says_so(open_app) -> None:
    async with open_app(keys={"matrix.down": "n,ctrl+n", "help": "f1", "corps": "!"}) as hand:
        first = hand.cell
        await hand.press("j")
        assert hand.cell == first
        await hand.press("n")
        assert hand.cell != first
        await hand.press("f1")
        await hand.until(lambda: hand.app.screen.query("#page"))
        lines = [hand.told(line) for line in hand.entries]
        assert any(line.startswith("n ctrl+n ") for line in lines)
        assert any(line.startswith("f1 ") for line in lines)
        await hand.press("escape", "!")
        assert hand.target.kind == "corps"


def test_what_does_not_exist_is_told_with_file_key_and_what_was_meant() -> None:
    configuration = Configuration(
        theme="drak", keys={"matrix.donw": "n", "matrix.up": "up,ctl+p", "page.up": "ctrl+u,U"}
    )
    with pytest.raises(FaultyFilesError) as caught:
        check(configuration)
    file = configuration_file()
    assert told(caught) == [
        f"{file}: theme: unknown theme 'drak' (did you mean 'dark'?)",
        f"{file}: keys.matrix.donw: unknown action 'matrix.donw' (did you mean 'matrix.down'?)",
        f"{file}: keys.matrix.up: found 'ctl+p', expected a key such as 'up', 'ctrl+n', 'p' or '?'",
    ]


@pytest.mark.parametrize(
    ("keys", "action", "key", "other"),
    [
        ({"page.up": "?"}, "page.up", "?", "help"),
        ({"corps": "question_mark"}, "corps", "?", "help"),
        ({"sort": "a"}, "sort", "a", "jump.changed"),
        ({"help": "j"}, "help", "j", "matrix.down"),
    ],
)
def test_a_key_that_something_else_has_in_the_same_place_is_refused(keys, action: str, key: str, other: str) -> None:
    with pytest.raises(FaultyFilesError) as caught:
        check(Configuration(keys=keys))
    assert f"{configuration_file()}: keys.{action}: '{key}' is the key of '{other}' there too; give another" in told(
        caught
    )


def test_keys_may_change_places() -> None:
    check(Configuration(keys={"sort": "a", "jump.changed": "s"}))


def test_no_two_actions_have_one_key_where_both_are_at_hand() -> None:
    for nodes in places():
        keys = [key for names in keys_by_action(nodes, {}).values() for key in names]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", ["a", "?", "G", "up", "f12", "ctrl+shift+a", "question_mark", "+", "space", "comma"])
def test_a_key(name: str) -> None:
    assert is_key(name)


@pytest.mark.parametrize("name", ["", "ctl+a", "upp", "ctrl+", "ctrl"])
def test_no_key(name: str) -> None:
    assert not is_key(name)


def test_the_choice_goes_before_the_configuration_unless_it_is_gone() -> None:
    configured = Configuration(theme="light")
    found = itertools.starmap(
        first_theme,
        [
            (Configuration(), Choices()),
            (configured, Choices()),
            (configured, Choices(theme="colour-blind")),
            (configured, Choices(theme="gone")),
        ],
    )
    assert list(found) == [FIRST, "light", "colour-blind", "light"]


@pytest.mark.parametrize("unicode", [True, False])
def test_the_signs_of_views_are_none_that_a_level_may_have(unicode):
    signs = Signs(unicode)
    used = {MORE, signs.bar, signs.more, signs.pointer, signs.change("better"), signs.change("worse")}
    used |= {signs.agreement(outcome) for outcome in ("yes", "assumed", "possible", "no")}
    assert used <= RESERVED.keys()
