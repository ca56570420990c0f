"""A dimension on exploitation outside the sex industry, computed from the table of investigations and case files.

The report judges no corps on this subject, so the norm, the thresholds and the rule below are the author's own choice
(standing `assumed`). The paragraphs only make them plausible: 3.3.4 has the figures, 5.1.5 asks for more priority.
"""

from collections.abc import Iterable
from typing import NamedTuple

from kmtui import AddedDimension, Basis, Cap, Dimension, Score, ScoringContext, Standing, Text, hookimpl

KMTUI_API = (1, 1)

INVESTIGATIONS = "onderzoeken-overige-uitbuiting"
FILES = "dossiers-overige-uitbuiting"
NO_NUMBER = {"unknown": "niet bekend"}

DIMENSION = Dimension(
    id="overige-uitbuiting",
    area="opsporing",
    name=Text(nl="Overige uitbuiting", en="Other exploitation"),
    short="OvU",
    norm=Text(
        nl="Het korps doet ook onderzoek naar uitbuiting buiten de prostitutie, en brengt zaken daarvan bij het OM.",
        en="The corps also investigates exploitation outside prostitution, and brings cases of it to the prosecutor.",
    ),
    standing=Standing.ASSUMED,
    source=("3.3.4", "5.1.5"),
)

RULE = Cap(
    kind="cap",
    id="overige-uitbuiting-rood-sluit-groen-uit",
    dimension="overige-uitbuiting",
    at_most="rood",
    verdict="geel",
    text=Text(
        nl="Rood op overige uitbuiting sluit een groene eindscore uit.",
        en="Red on other exploitation rules out a green end score.",
    ),
    standing=Standing.ASSUMED,
    source=("5.1.5",),
)


@hookimpl
def dimensions() -> list[AddedDimension]:
    """One dimension at the end of the focus area, with its scorer and its rule."""
    rules = {"referentiekader-2008": (RULE,)}
    return [AddedDimension(framework="referentiekader-2008", dimension=DIMENSION, scorer=score, rules=rules)]


class Figure(NamedTuple):
    """What a cell of the table says: its number, None where it has none, and that in words."""

    number: float | None
    words: str


def score(context: ScoringContext) -> Score | None:
    """Green: a case file went to the prosecutor. Yellow: there were investigations only. Red: not even those.

    A cell without a number may stand for any number. Where that could change the level the score stays open; where no
    cell has a number there is no score.
    """
    period = context.edition.period
    years = range(period.start.year, period.end.year + 1)
    investigations, files = (_figures(context, indicator, years) for indicator in (INVESTIGATIONS, FILES))
    if all(figure.number is None for figure in (*investigations.values(), *files.values())):
        return None
    levels = {
        "groen" if filed else "geel" if investigated else "rood"
        for filed in _above_zero(files)
        for investigated in _above_zero(investigations)
    }
    doubt = " Wat ontbreekt, laat de score open." if len(levels) > 1 else ""
    return Score(
        possible=context.framework.scale.ordered(levels),
        basis=Basis.COMPUTED if len(levels) == 1 else Basis.OPEN,
        source=context.figures.table(_table(context, INVESTIGATIONS)).source,
        note=f"Onderzoeken: {_told(investigations)}. Dossiers naar het OM: {_told(files)}.{doubt}",
    )


def _table(context: ScoringContext, indicator: str) -> str:
    """The number of the table with an indicator: other editions may number their tables otherwise."""
    tables = context.figures.tables
    return next((table.id for table in tables for found in table.indicators if found.id == indicator), "")


def _figures(context: ScoringContext, indicator: str, years: Iterable[int]) -> dict[int, Figure]:
    """What the table says of the corps, by year."""
    figures = {}
    for year in years:
        cell = context.figures.cell(_table(context, indicator), indicator, context.corps, year)
        if cell is None or cell.value is None:
            figures[year] = Figure(None, NO_NUMBER.get(cell.status if cell else "", "niet opgegeven"))
        else:
            figures[year] = Figure(cell.value, f"{cell.value:g}")
    return figures


def _above_zero(figures: dict[int, Figure]) -> set[bool]:
    """Whether one of the numbers is above zero; both answers where only a cell without a number could tell."""
    numbers = [figure.number for figure in figures.values()]
    if any(numbers):
        return {True}
    return {False, True} if None in numbers else {False}


def _told(figures: dict[int, Figure]) -> str:
    return ", ".join(f"{figure.words} in {year}" for year, figure in figures.items())
