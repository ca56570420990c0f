"""`kmtui plugins`: what is loaded, and why something is not."""

import json

import click

from kmtui.cli.session import Session, pass_session
from kmtui.plugins import Plugin
from kmtui.terminal import visible


@click.group("plugins")
def command() -> None:
    """Look at the plugins that were found."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="A JSON array instead of lines.")
@pass_session
def list_plugins(session: Session, as_json: bool) -> None:
    """List every plugin: id, version, source, status, hooks, and the reason where it is switched off.

    The exit status is 1 where a plugin is switched off.
    """
    plugins = session.quiet_monitor.registry.plugins
    if as_json:
        click.echo(json.dumps([_record(plugin) for plugin in plugins], indent=2, ensure_ascii=False))
    else:
        for plugin in plugins:
            for line in _lines(plugin):
                click.echo(line)
    if any(plugin.error for plugin in plugins):
        raise click.exceptions.Exit(1)


def _record(plugin: Plugin) -> dict[str, object]:
    return {
        "id": plugin.id,
        "version": plugin.version,
        "source": plugin.source,
        "location": plugin.location,
        "status": plugin.status,
        "hooks": list(plugin.hooks),
        "error": plugin.error,
    }


def _lines(plugin: Plugin) -> list[str]:
    head = f"{visible(plugin.id)}  {visible(plugin.version) or '-'}  {plugin.source}  {plugin.status}"
    lines = [head, f"    from   {visible(plugin.location)}"]
    if plugin.hooks:
        lines.append(f"    hooks  {', '.join(plugin.hooks)}")
    if plugin.error:
        lines.append(f"    error  {visible(plugin.error)}")
    return lines
