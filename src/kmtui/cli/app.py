"""The `kmtui` command: global options, and subcommands that are imported when they are called."""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

import click

import kmtui
from kmtui.cli.commands import COMMANDS
from kmtui.cli.running import has_terminal, open_interface
from kmtui.cli.session import EDITION_PATHS, PLUGIN_PATHS, Session
from kmtui.plugins.failure import noted_failures

FELL_SHORT = 1


class Commands(click.Group):
    """A group that knows the names and first lines of its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the contract."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command (None where there is none of the name)."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"kmtui.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; else a command of a plugin, or a suggestion for a misspelt name."""
        if args[0] in COMMANDS or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from kmtui.cli.plugin_commands import plugin_command

        return args[0], plugin_command(ctx, args[0], COMMANDS), args[1:]

    def invoke(self, ctx: click.Context) -> object:
        """Open the session before a command is looked for, since plugins may have it; name the plugins that failed."""
        ctx.obj = session = Session(**ctx.params)
        with noted_failures() as failures:
            result = super().invoke(ctx)
        for problem in failures:
            session.tell(problem)
        return FELL_SHORT if failures else result

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option as click makes it, but taken in its turn: help lists the plugins that options before it name."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.is_eager = False
        return option

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first lines of the commands, and below them those of plugins."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        from kmtui.cli.plugin_help import described_commands

        described = described_commands(ctx, self.params)
        if described:
            with formatter.section("Commands of plugins"):
                formatter.write_dl(described)


class _Folders(click.Path):
    """Folders of an option or of a search path in the environment, where an empty entry means nothing."""

    def split_envvar_value(self, rv: str) -> list[str]:
        return [part for part in super().split_envvar_value(rv) if part]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder, with the `~` that a shell expands in arguments and not everywhere in variables."""
        from kmtui.settings import from_home

        try:
            return from_home(Path(os.fsdecode(super().convert(value, param, ctx))))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(kmtui.__version__, prog_name="kmtui")
@click.option(
    "--plugin-dir",
    "plugin_dirs",
    multiple=True,
    type=_Folders(path_type=Path),
    envvar=PLUGIN_PATHS,
    help="A plugin's folder or .py file, or a folder that holds some; repeatable.  [env: KMTUI_PLUGIN_PATH]",
)
@click.option(
    "--edition-dir",
    "edition_dirs",
    multiple=True,
    type=_Folders(path_type=Path),
    envvar=EDITION_PATHS,
    help="An edition's folder, or a folder of such folders; takes the place of a bundled edition with the same id; "
    "repeatable.  [env: KMTUI_EDITION_PATH]",
)
@click.option("--lang", type=click.Choice(["nl", "en"]), help="Language of labels; else the locale's, else Dutch.")
@click.option("--debug", is_flag=True, help="Show a traceback where kmtui itself goes wrong.")
@click.pass_context
def cli(ctx: click.Context, /, **_options: object) -> None:
    """Browse, weigh and export the Korpsmonitor prostitutie & mensenhandel.

    Without a command the terminal interface opens. Results go to standard output, everything else to standard error.
    Exit status: 0 done, 1 the data or a check falls short, 2 wrong usage.

    Plugins may add commands of their own, which are listed last.
    """
    if ctx.invoked_subcommand is None:
        if not has_terminal():
            raise click.UsageError("the terminal interface needs a terminal; `kmtui export` and `kmtui show` do not")
        ctx.exit(open_interface(ctx.obj))
