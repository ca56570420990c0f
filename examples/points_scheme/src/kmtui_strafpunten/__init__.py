"""Penalty points instead of gates: a weighting scheme in Python for the Referentiekader of 2008.

Every weak score costs points and the sum decides; no score decides alone. All numbers are the author's own choice, and
stand as parameters with their reasons. Which dimensions are heavy is cited: 2.4.1 makes green on them a condition.
"""

from collections.abc import Mapping

from kmtui import CodedScheme, Ground, Judged, Parameter, Standing, Text, hookimpl

KMTUI_API = (1, 1)

PENALTY = {"rood": 2, "geel": 1}
HEAVY = ("referentiekader", "vergunde-branche", "slachtofferbejegening", "weging", "financieel-rechercheren")
SOURCE = ("2.4.1",)


def judge(levels: Mapping[str, str | None], parameters: Mapping[str, int]) -> Judged:
    """The end score of one set of scores, and the dimensions that lost points.

    A blank costs nothing, as green does. Points only come on as scores get worse, so that a better score never gives a
    worse end score.
    """
    lost = {
        name: PENALTY[level] * (parameters["zware-dimensie"] if name in HEAVY else 1)
        for name, level in levels.items()
        if level in PENALTY
    }
    points = sum(lost.values())
    if points <= parameters["groen-tot"]:
        return Judged(verdict="groen")
    because = {
        "punten-op-zware-dimensies": tuple(name for name in lost if name in HEAVY),
        "punten-op-andere-dimensies": tuple(name for name in lost if name not in HEAVY),
    }
    verdict = "geel" if points <= parameters["geel-tot"] else "rood"
    return Judged(verdict=verdict, because={ground: names for ground, names in because.items() if names})


GROUNDS = (
    Ground(
        id="punten-op-zware-dimensies",
        dimensions=HEAVY,
        text=Text(nl="Strafpunten op zware dimensies.", en="Penalty points on heavy dimensions."),
        source=SOURCE,
    ),
    Ground(
        id="punten-op-andere-dimensies",
        text=Text(nl="Strafpunten op andere dimensies.", en="Penalty points on other dimensions."),
        standing=Standing.ASSUMED,
        source=SOURCE,
    ),
)

PARAMETERS = (
    Parameter(
        id="groen-tot",
        name=Text(
            nl="Strafpunten waarmee de eindscore nog groen is", en="Penalty points with which the end score is green"
        ),
        reason=Text(
            nl="Eigen keuze: enkele aandachtspunten mogen, maar niet op elk gebied.",
            en="The author's choice: a few weak scores may be, but not everywhere.",
        ),
        default=4,
        minimum=0,
        maximum=9,
        source=SOURCE,
    ),
    Parameter(
        id="geel-tot",
        name=Text(
            nl="Strafpunten waarmee de eindscore nog geel is", en="Penalty points with which the end score is yellow"
        ),
        reason=Text(
            nl="Eigen keuze: het dubbele van groen, en wat ruimte voor zware dimensies.",
            en="The author's choice: twice that of green, and some room for heavy dimensions.",
        ),
        default=10,
        minimum=10,
        maximum=30,
        source=SOURCE,
    ),
    Parameter(
        id="zware-dimensie",
        name=Text(
            nl="Hoe vaak de punten van een zware dimensie tellen", en="How often the points of a heavy dimension count"
        ),
        reason=Text(
            nl="2.4.1 laat deze dimensies zwaarder wegen, maar noemt geen getal; met 1 wegen alle dimensies gelijk.",
            en="2.4.1 gives these dimensions more weight and names no number; with 1 all dimensions weigh the same.",
        ),
        default=2,
        minimum=1,
        maximum=4,
        source=SOURCE,
    ),
)


@hookimpl
def weighting_schemes() -> list[CodedScheme]:
    """One scheme, beside the rules of the framework's own."""
    return [
        CodedScheme(
            id="strafpunten-2008",
            name=Text(nl="Strafpunten bij het Referentiekader 2008", en="Penalty points with the 2008 framework"),
            framework="referentiekader-2008",
            source="Een voorbeeld; de zware dimensies volgen Korpsmonitor 2011-2012, paragraaf 2.4.1",
            parameters=PARAMETERS,
            grounds=GROUNDS,
            monotone=True,
            judge=judge,
        )
    ]
