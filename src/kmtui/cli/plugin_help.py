"""The commands of plugins in `kmtui --help`; apart from what runs them, so that help stays quick."""

from collections.abc import Iterable

import click

from kmtui.cli.session import Session
from kmtui.files.faults import FaultyFilesError
from kmtui.terminal import visible


def described_commands(ctx: click.Context, options: Iterable[click.Parameter]) -> list[tuple[str, str]]:
    """Each command of a plugin with its help and the plugin; none where settings or options cannot be used.

    Options that stand before `--help` count, and those that the environment gives.
    """
    from kmtui.plugins.discovery import discover

    given = {**ctx.params}
    try:
        for option in options:
            if option.name is not None and option.expose_value and option.name not in given:
                value = option.value_from_envvar(ctx)
                given |= {} if value is None else {option.name: option.type_cast_value(ctx, value)}
        session = Session(**given)
        if not discover(session.plugin_paths, bundled=False):
            return []  # the bundled plugins have none, and need not be loaded to know that
        from kmtui.plugins.assembly import load_registry

        registry = load_registry(session.plugin_paths, session.choices.disabled_plugins)
    except (FaultyFilesError, OSError, click.UsageError):
        return []
    return [
        (name, visible(f"{command.help.en} (plugin '{registry.owner('commands', name)}')"))
        for name, command in registry.commands.items()
    ]
