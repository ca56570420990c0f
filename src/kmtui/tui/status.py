"""The line that says what is wrong, or else what the signs mean and what is loaded."""

from collections.abc import Iterator

from rich.style import Style
from rich.text import Text

from kmtui.monitor import Monitor
from kmtui.pages.view import View
from kmtui.tui.drawing import Signs, paint
from kmtui.wording import AGREEMENT, Wording

BOLD = Style(bold=True)


def trouble(monitor: Monitor, say: Wording) -> str:
    """What is switched off or passed over, and why, as far as has been seen; nothing where all is well."""
    return " · ".join(_troubles(monitor, say))


def _troubles(monitor: Monitor, say: Wording) -> Iterator[str]:
    failed = [f"{plugin.id}: {plugin.error}" for plugin in monitor.registry.failed]
    if failed:
        yield f"{say('plugins')} {say('off')}: {'; '.join(failed)}"
    unread = [f"{entry.id}: {entry.faults[0]}" for entry in monitor.entries if entry.faults]
    if unread:
        yield f"{say('passed_over')}: {'; '.join(unread)}"
    yield from monitor.problems


def loaded(monitor: Monitor, say: Wording) -> str:
    """How many plugins and editions there are, and which plugins the user has switched off."""
    plugins = monitor.registry.plugins
    on = sum(plugin.status == "loaded" for plugin in plugins)
    disabled = ", ".join(plugin.id for plugin in plugins if plugin.disabled)
    off = f" ({say('off')}: {disabled})" if disabled else ""
    return f"{on} {say('plugins').lower()}{off}, {len(monitor.entries)} {say('editions')}"


def legend(view: View, signs: Signs, room: int) -> Text:
    """The signs and what they mean, as many as there is room for."""
    say, scale, agreement = view.say, view.scale, signs.agreement
    told = (
        *((signs(level), paint(level), say.of(level.meaning)) for level in scale.levels),
        (signs(scale.blank), paint(scale.blank), say.of(scale.blank.label)),
        ("".join(map(signs, scale.levels[:2])), BOLD, say("open")),
        (agreement("yes") + agreement("assumed"), BOLD, say("agrees")),
        (agreement("no"), BOLD, say.of(AGREEMENT["no"])),
    )
    text = Text()
    for sign, style, word in told:
        part = Text.assemble((sign, style), " ", signs.text(word), " ")
        if text.cell_len + part.cell_len <= room:
            text.append_text(part)
    return text
