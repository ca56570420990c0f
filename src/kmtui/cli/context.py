"""How commands get the session."""

import click

from kmtui.cli.session import Session

pass_session = click.make_pass_decorator(Session)
