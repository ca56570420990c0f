"""The index of all figures: every table by its number, every indicator by its name."""

from kmtui.elements import EMPTY, Line, Page, Target, heading, line, name, source
from kmtui.model.figures import FigureTable, Indicator
from kmtui.pages.in_place import warning
from kmtui.pages.nothing import empty_page
from kmtui.pages.view import View


def figures_page(view: View) -> Page:
    """The tables and indicators of the edition."""
    say = view.say
    if not view.tables:
        return empty_page(view, "figures", lambda edition: view.monitor.figures(edition).tables)
    lines: list[Line] = [heading(say("tables"))]
    for table in view.tables:
        title = (f"{table.id}. ", name(say.of(table.title)), " ", source(table.source))
        lines.append(line(*title, indent=1, target=Target("table", "", table.id)))
        lines += (warning(str(fault), 2) for fault in view.table_faults.get(table.id, ()))
    lines += (warning(str(fault), 1) for fault in view.stray_faults)
    lines += [EMPTY, heading(say("indicators"))]
    for indicator_id in sorted(indicator_ids(view), key=lambda found: indicator_title(view, found).casefold()):
        table, indicator = indicator_of(view, indicator_id)
        years = sorted(year for year in table.years(indicator.id) if year)
        span = f", {'-'.join(map(str, dict.fromkeys((years[0], years[-1]))))}" if years else ""
        about = f" ({say('table').lower()} {table.id}{span})"
        target = Target("indicator", "", indicator_id)
        lines.append(line(name(say.of(indicator.name)), about, indent=1, target=target))
    return Page(Target("figures"), say("figures"), tuple(lines))


def indicator_ids(view: View) -> list[str]:
    """Every indicator, as the number of its table and its own id."""
    return [f"{table.id}.{indicator.id}" for table in view.figures.tables for indicator in table.indicators]


def indicator_of(view: View, indicator_id: str) -> tuple[FigureTable, Indicator]:
    """An indicator and its table (raises KeyError)."""
    table_id, _, own_id = indicator_id.partition(".")
    table = view.table(table_id)
    return table, table.indicator(own_id)


def indicator_title(view: View, indicator_id: str) -> str:
    """Its name, and the table that it stands in (raises KeyError)."""
    table, indicator = indicator_of(view, indicator_id)
    return f"{view.say.of(indicator.name)} ({view.say('table').lower()} {table.id})"
