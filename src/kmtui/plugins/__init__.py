"""Hook specifications, discovery, isolation and the registry of what plugins offer."""

from kmtui.plugins.assembly import load_registry
from kmtui.plugins.discovery import bundled_folder
from kmtui.plugins.failure import PluginFailureError, blaming
from kmtui.plugins.loader import Plugin
from kmtui.plugins.registry import Registry
from kmtui.plugins.specs import API_VERSION, Hooks

__all__ = [
    "API_VERSION",
    "Hooks",
    "Plugin",
    "PluginFailureError",
    "Registry",
    "blaming",
    "bundled_folder",
    "load_registry",
]
