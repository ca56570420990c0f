"""Sensitivity: which open score, and which value of a parameter, could change which end score."""

from kmtui.analysis.findings import Findings, FindingsTable, listed
from kmtui.model.base import Text
from kmtui.model.edition import Edition
from kmtui.model.tabular import Column, Row
from kmtui.monitor import Monitor
from kmtui.weighing.weigher import Weigher

MOST_VALUES = 12
"""Values of a parameter that are tried; of a longer range the lowest."""

SCORES = (
    Column("corps", "id of the corps"),
    Column("dimension", "id of the dimension with an open score"),
    Column("possible", "the levels still possible, worst first", levels=True),
    Column("verdict", "the end scores that are possible as it stands, worst first", levels=True),
    Column("level", "the level that the score is given", levels=True),
    Column("then", "the end scores that are possible then", levels=True),
    Column("changes", "whether the end score can be another one than without it", values=("yes", "no")),
)
PARAMETERS = (
    Column("parameter", "id of the parameter"),
    Column("value", "the value that is tried", "integer"),
    Column("default", "the value that the scheme has", "integer"),
    Column("changed", "how many corps get other possible end scores", "integer"),
    Column("corps", "those corps, with | between them", optional=True),
)
CHANGES = (
    Column("parameter", "id of the parameter"),
    Column("value", "the value that is tried", "integer"),
    Column("corps", "id of the corps"),
    Column("verdict", "the end scores that are possible with the scheme's own value", levels=True),
    Column("then", "the end scores that are possible with this value", levels=True),
)


def sensitivity(monitor: Monitor, edition: Edition, scheme_id: str | None = None) -> Findings:
    """What each open score and each parameter of a scheme could change in the end scores of an edition.

    Every open score is fixed on each of its levels, the others left open; every parameter is set to each value of its
    range, the others left as they are. Combinations of parameters are left out. Raises UnknownIdError or SchemeError.
    """
    weigher = monitor.weigher_for(edition, scheme_id)
    scores: list[Row] = []
    for corps in edition.corps:
        levels = {name: score.possible for name, score in corps.scores.items()}
        possible = weigher.possible(levels)
        for name, score in corps.scores.items():
            if not score.is_open:
                continue
            for level in score.possible:
                fixed = () if level == weigher.framework.scale.blank.id else (level,)
                then = weigher.possible(levels | {name: fixed})
                changes = "yes" if then != possible else "no"
                row = (corps.id, name, "|".join(score.possible), "|".join(possible), level, "|".join(then), changes)
                scores.append(row)
    parameters, changes_of, skipped = _parameters(monitor, edition, weigher)
    title = Text(nl="Wat de eindscores kan veranderen", en="What could change the end scores")
    left_out = [
        Text(
            nl="Combinaties van parameters: elke waarde is alleen geprobeerd.",
            en="Combinations of parameters: each value is tried alone.",
        )
    ]
    if skipped:
        said = listed(skipped)
        left_out.append(
            Text(nl=f"Waarden boven de eerste twaalf: {said}.", en=f"Values past the first twelve: {said}.")
        )
    return Findings(
        title,
        (
            FindingsTable("scores", Text(nl="Open scores", en="Open scores"), SCORES, tuple(scores)),
            FindingsTable("parameters", Text(nl="Parameters", en="Parameters"), PARAMETERS, tuple(parameters)),
            FindingsTable(
                "changes", Text(nl="Andere eindscores door een parameter", en="End scores that a parameter changes"),
                CHANGES, tuple(changes_of),
            ),
        ),
        tuple(left_out),
    )  # fmt: skip


def _parameters(monitor: Monitor, edition: Edition, weigher: Weigher) -> tuple[list[Row], list[Row], list[str]]:
    """What each value of each parameter changes, for whom, and the parameters of which not all values are tried."""
    day = edition.head.period.end
    levels = {corps.id: {name: score.possible for name, score in corps.scores.items()} for corps in edition.corps}
    usual = {name: weigher.possible(of) for name, of in levels.items()}
    rows: list[Row] = []
    changes: list[Row] = []
    skipped = []
    for parameter in weigher.scheme.parameters:
        now = parameter.value_on(day)
        values = range(parameter.minimum, parameter.maximum + 1)
        if len(values) > MOST_VALUES:
            skipped.append(parameter.id)
        for value in values[:MOST_VALUES]:
            if value == now:
                continue
            other = monitor.weigher(weigher.scheme.id, {parameter.id: value}, day)
            found = {name: then for name, of in levels.items() if (then := other.possible(of)) != usual[name]}
            rows.append((parameter.id, value, now, len(found), "|".join(found)))
            changes += [
                (parameter.id, value, name, "|".join(usual[name]), "|".join(then)) for name, then in found.items()
            ]
    return rows, changes, skipped
