"""Recommendations over editions: which are repeated, which are new, and what answers them."""

from collections.abc import Mapping

from kmtui.analysis.findings import Findings, FindingsTable
from kmtui.model.base import Text
from kmtui.model.edition import Edition
from kmtui.model.tabular import Column, Row
from kmtui.model.words import Passage, Recommendation
from kmtui.monitor import Monitor

COLUMNS = (
    Column("edition", "id of the edition"),
    Column("recommendation", "id of the recommendation"),
    Column("addressees", "to whom, with | between them"),
    Column("theme", "focus area or theme"),
    Column("standing", "whether it repeats one of an earlier edition", values=("repeated", "new")),
    Column("repeats", "id of the one that it repeats, where that is known", optional=True),
    Column("follow_up", "what became of it, where an edition says so", optional=True),
    Column("answered_by", "partners whose answer stands in the edition, with | between them", optional=True),
    Column("answer_source", "paragraphs of these answers, with ; between them", optional=True),
    Column("source", "paragraphs of the recommendation, with ; between them"),
    Column("text", "the recommendation, in our own words"),
)


def follow_up(monitor: Monitor, edition: Edition | None = None) -> Findings:
    """The recommendations of one edition, or of every one, with what each repeats and what answers it.

    An answer is what an addressed partner says in the same edition; the follow-up is what an edition holds of it.
    """
    rows: list[Row] = []
    without, silent = [], 0
    for one in monitor.select("all") if edition is None else [edition]:
        recommendations = monitor.recommendations(one).recommendations
        if not recommendations:
            without.append(one.id)
        answers = monitor.picture(one).answers
        for advice in recommendations:
            rows.append(_row(one, advice, answers))
            silent += advice.follow_up is None
    counted = {word: sum(row[4] == word for row in rows) for word in ("repeated", "new")}
    title = Text(nl="Aanbevelingen en wat ervan kwam", en="Recommendations and what became of them")
    left_out = [
        Text(
            nl=f"Van {silent} aanbevelingen zegt geen editie wat ervan is gekomen.",
            en=f"No edition says what became of {silent} recommendations.",
        )
    ]
    if without:
        said = ", ".join(without)
        left_out.append(Text(nl=f"Edities zonder aanbevelingen: {said}.", en=f"Editions without any: {said}."))
    summary = FindingsTable(
        "counts",
        Text(nl="Herhaald en nieuw", en="Repeated and new"),
        (COLUMNS[4], Column("count", "how many", "integer")),
        tuple(counted.items()),
    )
    return Findings(title, (FindingsTable("recommendations", title, COLUMNS, tuple(rows)), summary), tuple(left_out))


def _row(edition: Edition, advice: Recommendation, answers: Mapping[str, Passage]) -> Row:
    answering = [name for name in advice.addressees if name in answers]
    paragraphs = dict.fromkeys(paragraph for name in answering for paragraph in answers[name].source)
    return (
        edition.id,
        advice.id,
        "|".join(advice.addressees),
        advice.theme,
        "repeated" if advice.repeated else "new",
        advice.repeats or "",
        advice.follow_up.status if advice.follow_up else "",
        "|".join(answering),
        "; ".join(paragraphs),
        "; ".join(advice.source),
        advice.text,
    )
