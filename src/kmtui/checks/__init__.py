"""A full check of one plugin, for its author: everything that is wrong with it, said at once."""

from collections.abc import Sequence

from kmtui.checks.finding import Finding, Severity, error
from kmtui.checks.loading import load
from kmtui.checks.things import findings_on
from kmtui.monitor import monitor_over
from kmtui.plugins import Plugin
from kmtui.plugins.assembly import taken
from kmtui.plugins.discovery import Found

__all__ = ["Finding", "Severity", "examine"]


def examine(found: Found, others: Sequence[Plugin]) -> tuple[Finding, ...]:
    """Everything that is wrong with a plugin, by itself and beside the others, in the order in which it came up."""
    plugin, findings = load(found)
    findings += [error(f"plugin '{found.id}'", taken(other)) for other in others if other.id == found.id]
    return tuple(dict.fromkeys((*findings, *findings_on(plugin, others, monitor_over))))
