"""A full check of one plugin, for its author: all findings in one run."""

from collections.abc import Collection, Iterable

from kmtui.checks.finding import Finding, Severity, error
from kmtui.checks.loading import load
from kmtui.checks.things import findings_on
from kmtui.monitor import monitor_over
from kmtui.plugins.assembly import taken
from kmtui.plugins.found import INSTALLED, FoundPlugin
from kmtui.plugins.loader import load_plugin

__all__ = ["Finding", "Severity", "examine"]


def examine(found: FoundPlugin, others: Iterable[FoundPlugin], disabled: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything that is wrong with a plugin, by itself and beside the others, in the order in which it came up.

    It is imported first, so that its cost is its own; others whose ids are `disabled` are not. Where one of the two
    is installed, another of its id is the same plugin found twice: its author works on the folder that is installed.
    """
    plugin, findings = load(found)
    beside = []
    for other in others:
        if other.id != found.id:
            beside.append(load_plugin(other, disabled=other.id in disabled))
        elif other.location != found.location and INSTALLED not in (other.source, found.source):
            findings.append(error(f"plugin '{found.id}'", taken(other)))
    return tuple(dict.fromkeys((*findings, *findings_on(plugin, beside, monitor_over))))
