"""The edition that follows another: options that say how, for `kmtui editions new` and `kmtui round new`."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kmtui.cli.completion import EDITION, MAPPING, SCHEME
from kmtui.cli.session import Session
from kmtui.editions.errors import EditionError
from kmtui.editions.scaffold import plan_edition
from kmtui.model.edition import Edition
from kmtui.monitor import UnknownIdError

C = TypeVar("C", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--framework", help="Framework to score on; else the one that applies at its end."),
    click.option("--scheme", type=SCHEME, help="Scheme to weigh by; else the framework's own."),
    click.option(
        "--after",
        type=EDITION,
        help="Edition that it follows: its corps, partners and length; else the newest complete one.",
    ),
    click.option(
        "--mapping",
        type=MAPPING,
        help="Assess the units of this mapping instead of the corps in them; 'none' for corps. "
        "Else that of the edition before, if it has one.",
    ),
    click.option("--title", help="Title; else the id."),
    click.option(
        "--start", type=click.DateTime(["%Y-%m-%d"]), help="First day; else the day after the edition before."
    ),
    click.option("--end", type=click.DateTime(["%Y-%m-%d"]), help="Last day; else after as many years again."),
)


def planning_options(command: C) -> C:
    """Add the options to a command, which gets them by name."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def planned(session: Session, edition_id: str, options: dict[str, Any]) -> tuple[Edition, Edition]:
    """The edition that is planned, every score open, and the one that it follows.

    Raises click.UsageError for what does not fit, or UnknownIdError.
    """
    monitor = session.monitor
    earlier = session.edition(options["after"])
    mapping = options["mapping"]
    units = None
    if mapping != "none" and (mapping or earlier.head.unit_mapping):
        units = monitor.mapping(earlier, mapping)
    framework = options["framework"]
    if framework and framework not in monitor.registry.frameworks:
        raise UnknownIdError("framework", framework, monitor.registry.frameworks)
    try:
        plan = plan_edition(
            edition_id,
            earlier,
            monitor.context,
            framework=framework,
            scheme=options["scheme"],
            mapping=units,
            title=options["title"],
            start=options["start"].date() if options["start"] else None,
            end=options["end"].date() if options["end"] else None,
        )
    except EditionError as error:
        problems = "; ".join(f"{fault.key}: {fault.problem}" for fault in error.faults)
        raise click.UsageError(problems, click.get_current_context()) from None
    return plan, earlier
