"""Pages about one judgement: a score, a judgement on a partner; the weighing of a corps; and their summaries."""

from collections.abc import Iterator

from kmtui.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Items,
    Section,
    Table,
    TableRow,
    Target,
    cell,
    fact,
    inline,
    item,
    paragraph,
    passage,
    section,
)
from kmtui.model.edition import Corps
from kmtui.model.partners import PartnerColumn
from kmtui.pages.claims import claims_on_judgement, claims_on_score
from kmtui.pages.evidence import (
    distribution_section,
    distribution_table,
    elsewhere,
    evidence,
    link,
    norm_section,
    published_counts,
    role_section,
)
from kmtui.pages.page_kind import CellKind, PageKind, Rows, text
from kmtui.pages.view import View


def cell_page(view: View, corps_id: str, dimension_id: str) -> Document:
    """Everything about one score."""
    say, corps, dimension = view.say, view.corps[corps_id], view.dimensions[dimension_id]
    score = view.score(corps_id, dimension_id)
    return view.document(
        Target("cell", corps_id, dimension_id),
        f"{corps.name} · {say.of(dimension.name)}",
        Facts((fact(say("level"), view.levels(score.possible)),)),
        *evidence(view, score),
        *elsewhere(view, corps_id, lambda found: found.scores.get(dimension_id)),
        section("effect", say("effect"), _effects(view, corps_id, dimension_id)),
        norm_section(view, dimension),
        role_section(view, dimension_id),
        distribution_section(view, view.edition, dimension_id),
        *claims_on_score(view, corps_id, dimension_id),
        section(
            "more",
            say("see_also"),
            Facts(
                (
                    link(say("corps"), corps.name, Target("corps", corps_id)),
                    link(say("dimension"), say.of(dimension.name), Target("dimension", "", dimension_id)),
                )
            ),
        ),
    )


def _effects(view: View, corps_id: str, dimension_id: str) -> Table:
    """The verdict of the corps for each level that this score might have had."""
    say = view.say
    scores = view.corps[corps_id].scores
    now = scores[dimension_id].possible
    levels = {name: score.possible for name, score in scores.items()}
    rows = []
    for level_id in reversed(view.scale.ids):
        weighing = view.weigher.weigh_levels(levels | {dimension_id: (level_id,)})
        here = f"({say('now')})" if now == (level_id,) else f"({say('possible')})" if level_id in now else ""
        rows.append(TableRow((view.level_cell((level_id,)), view.level_cell(weighing.possible), cell(here))))
    columns = (view.level_column("level", say("cell")), view.level_column("verdict", say("verdict")), Column("now", ""))
    return Table("effect", columns, tuple(rows))


def judgement_page(view: View, corps_id: str, column_id: str) -> Document:
    """Everything about the judgement of one corps on a partner, or on an aspect of it."""
    say, corps, column = view.say, view.corps[corps_id], view.partners[column_id]
    judgement = corps.partners.get(column_id)
    level = view.levels(judgement.possible) if judgement else inline(say("not_judged"))
    return view.document(
        Target("judgement", corps_id, column_id),
        f"{corps.name} · {say.of(column.name)}",
        Facts((fact(say("level"), level),)),
        *(evidence(view, judgement) if judgement else ()),
        *elsewhere(view, corps_id, lambda found: found.partners.get(column_id)),
        *_aspects(view, corps, column),
        *_remarks(view, corps, column),
        judgements_distribution(view, column),
        *claims_on_judgement(view, corps_id, column_id),
        section(
            "more",
            say("see_also"),
            Facts(
                (
                    link(say("corps"), corps.name, Target("corps", corps_id)),
                    link(say("partner"), say.of(column.partner.name), Target("partner", "", column.partner.id)),
                )
            ),
        ),
    )


def judgements_distribution(view: View, column: PartnerColumn, *more: Block) -> Section:
    """How the judgements of all corps are spread over the levels, beside the published counts."""
    judgements = [corps.partners[column.id] for corps in view.edition.corps if column.id in corps.partners]
    return section(
        f"distribution-{column.id}",
        f"{view.say('distribution')} - {view.say.of(column.name)}",
        distribution_table(view, f"distribution-{column.id}", judgements),
        *published_counts(view, view.edition, "partner", column.id),
        *more,
    )


def _aspects(view: View, corps: Corps, column: PartnerColumn) -> Iterator[Block]:
    """How the corps judges the other aspects of the partner."""
    facts = []
    for other in view.partners.values():
        if other.partner.id == column.partner.id and other.id != column.id and other.id in corps.partners:
            levels = view.levels(corps.partners[other.id].possible)
            facts.append(fact(view.say.of(other.name), levels, target=Target("judgement", corps.id, other.id)))
    if facts:
        yield Facts(tuple(facts))


def _remarks(view: View, corps: Corps, column: PartnerColumn) -> Iterator[Block]:
    """What the corps says about the partner or this aspect of it."""
    found = [remark for remark in corps.remarks if remark.partner in (column.id, column.partner.id)]
    if found:
        yield section("remarks", view.say("remarks"), Items(tuple(item(passage(remark)) for remark in found)))


def weighing_page(view: View, corps_id: str) -> Document:
    """Every rule that applies to a corps, and every rule that would apply if open scores turn out so."""
    say, found = view.say, view.verdict(corps_id)
    weighing = found.weighing
    groups = (
        ("decided_by", [reason for reason in weighing.reasons if reason.decisive]),
        ("in_force", [reason for reason in weighing.reasons if not reason.decisive]),
    )
    pivotal = weighing.pivotal
    return view.document(
        Target("weighing", "", corps_id),
        f"{say('weighing')}: {view.corps[corps_id].name}",
        Facts((fact(say("computed"), view.levels(weighing.possible)),)),
        *([paragraph(f"{say('pivotal')}: {view.dimension_names(pivotal)}")] if pivotal else []),
        *(section(word, say(word), *view.reasons(reasons, pivotal)) for word, reasons in groups if reasons),
        *([] if weighing.reasons else [paragraph(say("no_rule"))]),
        Facts((link(say("corps"), view.corps[corps_id].name, Target("corps", corps_id)),)),
    )


WEIGHING = PageKind(
    "weighing",
    text(
        "Elke regel die voor een korps geldt, of geldt als open scores zo uitvallen.",
        "Every rule that applies to a corps, or would apply if open scores turn out so.",
    ),
    weighing_page,
    lambda view: list(view.corps),
    lambda view, corps_id: view.corps[corps_id].name,
    many=True,
    rows=Rows.by("verdicts", "corps"),
)
CELL = CellKind(
    "cell",
    cell_page,
    "corps",
    "dimension",
    lambda view: view.corps,
    lambda view: view.dimensions,
    lambda _view, dimension_id: Target("dimension", "", dimension_id),
    Rows("scores", lambda _, target: {"corps": {target.corps}, "dimension": {target.id}}),
)
JUDGEMENT = CellKind(
    "judgement",
    judgement_page,
    "corps",
    "partner",
    lambda view: view.corps,
    lambda view: view.partners,
    lambda view, column_id: Target("partner", "", view.partners[column_id].partner.id),
    Rows("partners", lambda _, target: {"corps": {target.corps}, "partner": {target.id}}),
)
