"""`kmtui plugins`: what is loaded, and why something is not."""

import json
import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmtui.cli.completion import PLUGIN
from kmtui.cli.context import pass_session
from kmtui.cli.session import Session
from kmtui.monitor import UnknownIdError
from kmtui.plugins.discovery import discover, discover_at
from kmtui.plugins.found import INSTALLED, FoundPlugin
from kmtui.plugins.loader import Plugin
from kmtui.terminal import visible

if TYPE_CHECKING:
    from kmtui.plugins.scaffold import Scaffolded

DEFAULT_KIND = "dimension"


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
        click.echo(json.dumps([_record(plugin) for plugin in plugins], indent=2))
    else:
        for plugin in plugins:
            for line in _lines(plugin):
                click.echo(line)
    if any(plugin.error for plugin in plugins):
        raise click.exceptions.Exit(1)


@command.command("check")
@click.argument("plugin", type=PLUGIN, metavar="NAME|PATH")
@click.option("--json", "as_json", is_flag=True, help="A JSON array instead of lines.")
@pass_session
def check(session: Session, plugin: str, as_json: bool) -> None:
    """Examine one plugin: everything that is wrong with it, by itself and beside the others.

    NAME is the id of a plugin that was found, PATH a folder or .py file. Its code is imported and its functions are
    called on small samples; commands are made but not run. The exit status is 1 where there is an error, 0 where there
    are warnings at the most.
    """
    from kmtui.checks import examine
    from kmtui.checks.finding import Severity

    examined = _found(session, plugin)
    others = [*discover(session.plugin_paths), *examined]
    disabled = session.choices.disabled_plugins
    for copy in _installed_copies(examined, others):
        told = f"examining the folder, and not the installed copy of '{copy.id}' ({copy.location} {copy.version})"
        click.echo(visible(f"kmtui: {told}"), err=True)
    findings = [(found.id, finding) for found in examined for finding in examine(found, others, disabled)]
    if as_json:
        records = [{"plugin": name, **finding.model_dump()} for name, finding in findings]
        click.echo(json.dumps(records, indent=2))
    else:
        for _, finding in findings:
            click.echo(visible(str(finding)))
    errors = sum(finding.severity is Severity.ERROR for _, finding in findings)
    told = f"{errors} error{'' if errors == 1 else 's'}, {len(findings) - errors} to look at"
    names = ", ".join(found.id for found in examined)
    click.echo(visible(f"{names}: {told if findings else 'no findings'}"), err=True)
    if errors:
        raise click.exceptions.Exit(1)


def _installed_copies(examined: Sequence[FoundPlugin], known: Sequence[FoundPlugin]) -> list[FoundPlugin]:
    """The installed plugins of which these are other copies, as the folders are that their authors work on."""
    edited = {found.id: found.source_file() for found in examined if found.source != INSTALLED}
    return [
        one for one in known if one.source == INSTALLED and one.id in edited and one.source_file() != edited[one.id]
    ]


def _found(session: Session, plugin: str) -> list[FoundPlugin]:
    """The plugins of a path, or the one of an id (raises UnknownIdError, or UsageError for a path without any)."""
    path = Path(plugin)
    is_path = os.sep in plugin or path.suffix == ".py" or (path / "pyproject.toml").exists()
    known = discover(session.plugin_paths)
    named = [] if is_path else [one for one in known if one.id == plugin]
    if named:
        return named[:1]
    if not is_path and not path.exists():
        raise UnknownIdError("plugin", plugin, [one.id for one in known])
    found = discover_at(path) if path.exists() else []
    if not found:
        wanted = "expected a folder with pyproject.toml, a .py file with hooks, or a folder of those"
        raise click.UsageError(f"there is no plugin in '{plugin}', {wanted}", click.get_current_context())
    return found


@command.command("disable")
@click.argument("plugin", type=PLUGIN)
@pass_session
def disable(session: Session, plugin: str) -> None:
    """Do not import PLUGIN any more, from the next start on, until it is enabled again."""
    _known(session, plugin)
    _update_disabled(lambda disabled: disabled | {plugin})
    click.echo(f"{visible(plugin)} is disabled; `kmtui plugins enable {visible(plugin)}` takes that back", err=True)


@command.command("enable")
@click.argument("plugin", type=PLUGIN)
@pass_session
def enable(session: Session, plugin: str) -> None:
    """Import PLUGIN again after it was disabled, from the next start on."""
    if plugin not in session.choices.disabled_plugins:
        _known(session, plugin)
        click.echo(f"{visible(plugin)} was not disabled", err=True)
        return
    _update_disabled(lambda disabled: disabled - {plugin})
    click.echo(f"{visible(plugin)} is enabled", err=True)


def _update_disabled(change: Callable[[frozenset[str]], frozenset[str]]) -> None:
    """Change the set of disabled plugins as it is on the disk by now, which another call may have changed."""
    from kmtui.settings import choices_file, update_choices

    update_choices(
        choices_file(),
        lambda choices: choices.replace(disabled_plugins=tuple(sorted(change(frozenset(choices.disabled_plugins))))),
    )


def _known(session: Session, plugin: str) -> None:
    """Refuse an id that no plugin has, unless it is remembered of one that is gone. None is imported for it."""
    known = [*(found.id for found in discover(session.plugin_paths)), *session.choices.disabled_plugins]
    if plugin not in known:
        raise UnknownIdError("plugin", plugin, known)


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
    for command_ in plugin.results.get("commands", ()):
        lines.append(f"    adds   kmtui {command_.id}: {visible(command_.help.en)}")
    if plugin.error:
        lines.append(f"    error  {visible(plugin.error)}")
    return lines


class _NewCommand(click.Command):
    """`plugins new`, whose help lists the kinds from their one table."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the kinds below the options."""
        from kmtui.plugins.scaffold import KINDS

        with formatter.section("Kinds"):
            formatter.write_dl([(name, kind.about) for name, kind in KINDS.items()])


@command.command("new", cls=_NewCommand)
@click.argument("names", metavar="[KIND] FOLDER", nargs=-1, required=True)
@click.option("--id", "plugin_id", help="The plugin's id, and that of what it offers; else from the folder's name.")
@click.option("--name", help="What users see; else from the id.")
@click.option("--force", is_flag=True, help="Also where there are files: write over those of the same name.")
@pass_session
def new(session: Session, names: tuple[str, ...], plugin_id: str | None, name: str | None, force: bool) -> None:
    """Make an installable plugin project, with data, texts and tests that pass, to make your own.

    KIND is what the plugin offers: a dimension if none is named.
    """
    from kmtui.cli.commands import COMMANDS
    from kmtui.plugins import scaffold

    *kinds, folder = names
    if len(kinds) > 1 or (not kinds and folder in scaffold.KINDS):
        raise click.UsageError(f"expected [KIND] FOLDER, found {' '.join(names)}", click.get_current_context())
    try:
        plan = scaffold.plan(
            kinds[0] if kinds else DEFAULT_KIND,
            Path(folder),
            session.quiet_monitor.registry,
            plugin_id=plugin_id,
            name=name,
            again=force,
            own_commands=COMMANDS,
        )
        made = scaffold.make(plan, force=force)
    except scaffold.ScaffoldError as error:
        raise click.UsageError(str(error), click.get_current_context()) from error
    except scaffold.MissingToolError as error:
        raise click.ClickException(str(error)) from error
    for line in _summary(made, folder):
        click.echo(visible(line))


def _summary(made: "Scaffolded", folder: str) -> list[str]:
    """What was made, and the next steps."""
    from kmtui.plugins.scaffold import KINDS, MARK

    plan, place = made.plan, shlex.quote(folder)
    marked = f"{sum(made.marked.values())} lines in {len(made.marked)} files"
    look = KINDS[plan.kind].look.format(id=plan.id)
    return [
        f"{plan.id}: {KINDS[plan.kind].about}, in {plan.folder}",
        *(f"    {file}" for file in made.files),
        "Next:",
        f"    1. try it as it is:  cd {place} && pip install -e . && pytest",
        f"    2. make it yours:    grep -rn {MARK} .  ({marked})",
        f"    3. look at it:       kmtui plugins check .{f' && {look}' if look else ''}",
    ]
