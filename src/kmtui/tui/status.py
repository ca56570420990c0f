"""The status line: problems if there are any, else the legend and what is loaded."""

from collections.abc import Iterator, Sequence

from rich.style import Style
from rich.text import Text

from kmtui.monitor import Monitor
from kmtui.pages.grids import Grid
from kmtui.render.signs import Signs
from kmtui.tui.drawing import MORE, paint
from kmtui.wording import AGREEMENT, Wording

BOLD = Style(bold=True)


def problems(monitor: Monitor, say: Wording) -> str:
    """Failed plugins, unreadable editions and problems reported so far, as one text; empty if there are none."""
    return " · ".join(_problems(monitor, say))


def _problems(monitor: Monitor, say: Wording) -> Iterator[str]:
    failed = [f"{plugin.id}: {plugin.error}" for plugin in monitor.registry.failed]
    if failed:
        yield f"{say('plugins')} {say('off')}: {'; '.join(failed)}"
    unread = [f"{entry.id}: {entry.faults[0]}" for entry in monitor.entries if entry.faults]
    if unread:
        yield f"{say('passed_over')}: {'; '.join(unread)}"
    yield from monitor.problems


def loaded(monitor: Monitor, say: Wording) -> str:
    """The numbers of plugins and editions, and the plugins that the user disabled."""
    plugins = monitor.registry.plugins
    on = sum(plugin.status == "loaded" for plugin in plugins)
    disabled = ", ".join(plugin.id for plugin in plugins if plugin.disabled)
    off = f" ({say('off')}: {disabled})" if disabled else ""
    return f"{on} {say('plugins').lower()}{off}, {len(monitor.entries)} {say('editions')}"


def legend(grid: Grid, say: Wording, signs: Signs, room: int) -> Text:
    """The signs of a grid with their meanings, shortened to fit `room` cells."""
    whole = [(name[0], name) for name in grid.ends.values()]
    brief = [("".join(letter for letter, _ in whole), grid.end_head.lower())] if whole else []
    for meanings, ends, agreement in (
        (True, whole, grid.agreement),
        (False, whole, grid.agreement),
        (False, brief, grid.agreement),
    ):
        text = _legend(grid, say, signs, meanings, ends, agreement)
        if text.cell_len <= room:
            return text
    return _legend(grid, say, signs, meanings=False, ends=brief, agreement=False)


def _legend(
    grid: Grid, say: Wording, signs: Signs, meanings: bool, ends: Sequence[tuple[str, str]], agreement: bool
) -> Text:
    scale = grid.scale
    several = ["".join(map(signs, scale.levels[:2])), *([MORE] if len(scale.levels) > 2 else [])]
    entries = [
        *(
            (signs(level), paint(level, scale), say.of(level.meaning if meanings else level.label))
            for level in scale.levels
        ),
        (signs(scale.blank), paint(scale.blank, scale), say.of(scale.blank.label)),
        (" ".join(several), BOLD, say("open")),
        *((letter, BOLD, name) for letter, name in ends),
    ]
    if agreement:
        entries += [
            (signs.agreement("yes") + signs.agreement("assumed"), BOLD, say("agrees")),
            (signs.agreement("no"), BOLD, say.of(AGREEMENT["no"])),
        ]
    return Text(" ").join(Text.assemble((sign, style), " ", signs.text(word)) for sign, style, word in entries)
