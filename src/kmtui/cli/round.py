"""`kmtui round`: make the next edition. The commands are imported when one is named; they need the extra `round`."""

from importlib.util import find_spec

import click

NEEDED = ("sqlalchemy", "pydantic")


class _Commands(click.Group):
    """A group whose commands come from another module, which imports the packages of the extra."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The commands, those for a round as a whole first."""
        return list(self._commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        return self._commands().get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a misspelt name."""
        if args[0] not in self._commands() and not ctx.resilient_parsing:
            from kmtui.files.faults import unknown

            ctx.fail(unknown("command", args[0], self._commands()))
        return super().resolve_command(ctx, args)

    def _commands(self) -> dict[str, click.Command]:
        lacking = [name for name in NEEDED if find_spec(name) is None]
        if lacking:
            raise click.ClickException(f"rounds need {', '.join(lacking)}: pip install 'kmtui[round]'")
        from kmtui.cli.round_commands import COMMANDS

        return COMMANDS


@click.command("round", cls=_Commands)
def command() -> None:
    """Make the next edition: collect, compare, interview, weigh, hear, freeze, publish.

    ROUND is the id of a round in the folder of rounds (KMTUI_ROUNDS), a path, or the URL of a PostgreSQL database.
    Everything that is done is an event in the round's journal; nothing is overwritten.
    """
