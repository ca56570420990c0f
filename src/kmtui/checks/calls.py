"""What a plugin's functions do when they are called on a small sample."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations_with_replacement, product
from typing import get_args

from kmtui.checks.finding import Finding, error, place, tried
from kmtui.checks.samples import sample
from kmtui.computed_scores import ScorerError, scored
from kmtui.model.base import Language
from kmtui.model.edition import Edition
from kmtui.model.figures import Figures
from kmtui.model.framework import Framework
from kmtui.model.scale import Scale
from kmtui.monitor import Monitor
from kmtui.plugins.offers import (
    AddedDimension,
    Command,
    ExportContext,
    Exporter,
    Panel,
    PanelContext,
    RollUp,
    ScoringContext,
)
from kmtui.plugins.panel_blocks import BlockError
from kmtui.plugins.registry import Registry
from kmtui.weighing.weigher import Weigher

LANGUAGES: tuple[Language, ...] = get_args(Language)
MOST = 10_000
"""Pieces of text or lines after which an exporter or a panel is taken to have no end."""
COLUMNS = ("corps", "level", "note", "count")
ROWS = (("alfa", "x", 'a "quoted" word;\na second line, é €', 3), ("beta", None, "", 0.5))


def scorer_findings(thing: str, added: AddedDimension, monitor: Monitor) -> Iterator[Finding]:
    """What a scorer does on an edition without figures."""
    framework = monitor.registry.frameworks[added.framework]
    edition = sample(framework)
    for corps in edition.head.corps:
        try:
            scored(added, ScoringContext(corps, edition.head, framework, Figures()))
        except ScorerError as failure:
            yield error(f"{thing}, scorer{place(failure)}", f"{failure} (in an edition without figures)")
            return


def roll_up_findings(thing: str, roll_up: RollUp, monitor: Monitor) -> Iterator[Finding]:
    """What a roll-up makes of up to three corps, on each scale."""
    scales = {framework.scale.ids: framework.scale for framework in monitor.registry.frameworks.values()}
    for scale in scales.values():
        yield from tried(thing, _combined, roll_up, scale)


def _combined(roll_up: RollUp, scale: Scale) -> Iterator[str]:
    kinds: list[tuple[str, ...]] = [(), *((level,) for level in scale.ids), scale.ids[:2], scale.ids]
    for members in (members for size in (1, 2, 3) for members in combinations_with_replacement(kinds, size)):
        found, sample_is = roll_up.combine(members, scale), f"of {_text_of(members)} it makes"
        if not isinstance(found, tuple) or any(level not in scale.ids for level in found):
            yield f"{sample_is} {found!r}, expected a tuple of {', '.join(scale.ids)}"
        elif found != scale.ordered(found):
            yield f"{sample_is} {_text_of([found])}, expected each level once, worst first"
        else:
            certain = product(*(_certain(possible) for possible in members))
            reached = scale.ordered(level for choice in certain for level in roll_up.combine(choice, scale))
            if found != reached:
                yield f"{sample_is} {_text_of([found])}, expected {_text_of([reached])} as the open scores allow"


def _certain(possible: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What a score can turn out to be, one level each, or a blank."""
    return [(level,) for level in possible] or [()]


def _text_of(members: Iterable[Sequence[str]]) -> str:
    return " and ".join("|".join(possible) or "blank" for possible in members)


def exporter_findings(thing: str, exporter: Exporter) -> Iterator[Finding]:
    """What an exporter writes of a table of two rows, and of one without any."""
    for rows in (ROWS, ()):
        yield from tried(thing, _written, exporter, ExportContext("sample", COLUMNS, iter(rows), LANGUAGES[0]))


def _written(exporter: Exporter, context: ExportContext) -> Iterator[str]:
    for at, piece in enumerate(exporter.write(context)):
        if not isinstance(piece, str):
            yield f"gives {type(piece).__name__}, expected text"
        if at > MOST:
            yield f"gives more than {MOST} pieces of text for two rows"


def command_findings(thing: str, command: Command) -> Iterator[Finding]:
    """Make a command and its help; it is not run, because its effects are unknown."""
    yield from tried(thing, _made, command)


def _made(command: Command) -> Iterator[str]:
    import click

    made = command.make()
    if isinstance(made, click.Command):
        made.get_help(click.Context(made, info_name=command.id))
    else:
        yield f"its make() returned {type(made).__name__}, expected a click command"


def panel_findings(thing: str, panel: Panel, monitor: Monitor) -> Iterator[Finding]:
    """Draw a panel on a sample edition of each framework."""
    registry = monitor.registry
    mapping = next(iter(registry.mappings.values()), None)
    for framework in registry.frameworks.values():
        scheme = registry.schemes.get(framework.default_scheme)
        if scheme is None:
            continue
        edition = sample(framework, partners=registry.partner_columns.values(), mapping=mapping)
        weigher = Weigher(framework, scheme)
        for subject, language in product(_subjects(panel, edition, framework, registry), LANGUAGES):
            where = f"{thing}, {panel.about} '{subject}' of a sample edition on '{framework.id}'"
            found = tried(where, _drawn, panel, PanelContext(subject, edition, weigher, language, Figures))
            yield from found
            if found:
                break


def _subjects(panel: Panel, edition: Edition, framework: Framework, registry: Registry) -> Sequence[str]:
    """What a panel can be about."""
    match panel.about:
        case "corps":
            return edition.head.corps
        case "dimension":
            return framework.dimension_ids
        case "unit":
            return [unit.id for mapping in registry.mappings.values() for unit in mapping.units][:1]
        case "partner":
            return list(registry.partner_types)
        case "edition":
            return [edition.id]


def _drawn(panel: Panel, context: PanelContext) -> Iterator[str]:
    try:
        for _ in panel.made(context):
            pass
    except BlockError as failure:
        yield f"gives a wrong block: {failure}"
