"""Commands that plugins add to `kmtui`."""

from collections.abc import Iterable

import click

from kmtui.cli.errors import EXPLAINED
from kmtui.files.faults import unknown
from kmtui.plugins.failure import blaming


def plugin_command(ctx: click.Context, name: str, others: Iterable[str]) -> click.Command:
    """The command of this name that a plugin offers.

    Raises click.UsageError where there is none, PluginFailureError where the plugin does not give one.
    """
    registry = ctx.obj.monitor.registry
    if name not in registry.commands:
        raise click.UsageError(unknown("command", name, [*others, *registry.commands]), ctx)
    owner = registry.owner("commands", name)
    with blaming(owner, f"command '{name}'"):
        made = registry.commands[name].make()
        if not isinstance(made, click.Command):
            raise TypeError(f"make() returned {type(made).__name__}, expected a click command")
    return _Blamed(owner, name, made)


class _Blamed(click.Command):
    """A plugin's command; its errors are reported with the plugin's name."""

    def __init__(self, owner: str, name: str, command: click.Command) -> None:
        super().__init__(name, help=command.help, add_help_option=False)
        self._owner, self._command = owner, command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Parse as the plugin's command does."""
        context = self._command.make_context(info_name, args, parent, **extra)
        context.command = self
        return context

    def invoke(self, ctx: click.Context) -> object:
        """Run the plugin's command."""
        with blaming(self._owner, f"command '{self.name}'", but=(*EXPLAINED, SystemExit), aloud=True):
            return self._command.invoke(ctx)
