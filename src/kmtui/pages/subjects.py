"""What claims may be about: corps, units, dimensions, partners, tables; each by its kind and its id."""

from collections.abc import Callable, Iterable, Mapping

from kmtui.elements import Line, Target, line
from kmtui.pages.view import View

SUBJECTS: Mapping[str, Callable[[View], Iterable[str]]] = {
    "corps": lambda view: view.corps,
    "unit": lambda view: [unit.id for unit in view.mapping.units] if view.mapping else [],
    "dimension": lambda view: view.dimensions,
    "partner": lambda view: dict.fromkeys(column.partner.id for column in view.partners.values()),
    "table": lambda view: [table.id for table in view.tables],
}
"""The kinds of things that claims are about, and which there are."""


def subject_ids(view: View) -> list[str]:
    """Everything that a claim may be about."""
    return [f"{kind}.{own_id}" for kind, ids in SUBJECTS.items() for own_id in ids(view)]


def subject_target(subject: str) -> Target:
    """What leads to the page of something that claims are about."""
    kind, _, own_id = subject.partition(".")
    return Target(kind, own_id) if kind == "corps" else Target(kind, "", own_id)


def subject_title(view: View, subject: str) -> str:
    """What something that claims are about is called (raises KeyError)."""
    kind, _, own_id = subject.partition(".")
    match kind:
        case "corps":
            return view.corps[own_id].name
        case "dimension":
            return view.dimension_name(own_id)
        case "partner":
            return view.say.of(view.monitor.registry.partner_types[own_id].name)
        case "table":
            return table_title(view, own_id)
    if view.mapping is None:
        raise KeyError(subject)
    return view.say.of(view.mapping.unit(own_id).name)


def table_title(view: View, table_id: str) -> str:
    """The number of a table and its title, also where its cells cannot be read (raises KeyError)."""
    titles = {table.id: table.title for table in view.tables}
    return f"{table_id}. {view.say.of(titles[table_id])}"


def claims_link(view: View, kind: str, own_id: str) -> Line:
    """What leads to the claims about something."""
    return line(f"{view.say('claims_on')} ...", target=Target("subject", "", f"{kind}.{own_id}"))
