"""The page of one dimension: its norm, its distribution, who scores what, and its role in the end score."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from kmtui.analysis.compare import Direction, Shift, shift
from kmtui.blocks import (
    Block,
    Column,
    Document,
    Section,
    Table,
    TableRow,
    Target,
    cell,
    name,
    paragraph,
    passage,
    section,
)
from kmtui.model.edition import Edition
from kmtui.pages.claims import claims_on_dimension
from kmtui.pages.evidence import (
    distribution_section,
    is_known,
    judgements_table,
    norm_section,
    role_section,
)
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.page_kind import PageKind, Rows, text
from kmtui.pages.panels import panel_sections
from kmtui.pages.view import View

MOVES = (Direction.BETTER, Direction.WORSE, Direction.GIVEN, Direction.WITHHELD)
"""The directions that are listed one by one."""


def dimension_page(view: View, dimension_id: str) -> Document:
    """Everything about one dimension."""
    dimension = view.dimensions[dimension_id]
    area = view.say.of(view.framework.area(dimension.area).name)
    scores = [(corps.id, corps.scores[dimension_id]) for corps in view.edition.corps]
    return view.document(
        Target("dimension", "", dimension_id),
        view.say.of(dimension.name),
        paragraph(f"{area} · {view.say.of(view.framework.name)}"),
        norm_section(view, dimension),
        *_distributions(view, dimension_id),
        section("who", view.say("who"), judgements_table(view, "who", scores, "cell", dimension_id)),
        *_moved(view, dimension_id),
        *inline_errors(lambda: _picture(view, dimension_id)),
        role_section(view, dimension_id),
        *claims_on_dimension(view, dimension_id),
        *panel_sections(view, "dimension", dimension_id),
    )


def _distributions(view: View, dimension_id: str) -> Iterator[Block]:
    """This edition's distribution beside the published counts, then what is known of the others."""
    for edition in (view.edition, *view.earlier):
        yield from inline_errors(partial(_distribution, view, edition, dimension_id))


def _distribution(view: View, edition: Edition, dimension_id: str) -> Iterator[Block]:
    if edition is view.edition or is_known(view, edition, dimension_id):
        yield distribution_section(view, edition, dimension_id)


def _picture(view: View, dimension_id: str) -> Iterator[Block]:
    """What the source says of the country as a whole."""
    picture = view.monitor.picture(view.edition).dimensions.get(dimension_id)
    if picture:
        yield section("picture", view.say("picture"), paragraph(passage(picture)))


def _moved(view: View, dimension_id: str) -> Iterator[Section]:
    """Who improved or fell since the edition before, and of how many that cannot be determined."""
    if view.previous is None:
        return
    before = {corps.id: corps.scores.get(dimension_id) for corps in view.previous.corps}
    shifts = {
        corps.id: shift(old.possible, corps.scores[dimension_id].possible, view.scale)
        for corps in view.edition.corps
        if (old := before.get(corps.id))
    }
    counted = Counter(found.direction for found in shifts.values())
    counts = ", ".join(f"{counted[kind]} {view.say(kind)}" for kind in Direction if counted[kind])
    moved = [(corps_id, found) for kind in MOVES for corps_id, found in shifts.items() if found.direction is kind]
    title = f"{view.say('since')} {view.previous.id}"
    tables = [_moves(view, dimension_id, moved)] if moved else []
    yield section("since", title, paragraph(counts), *tables)


def _moves(view: View, dimension_id: str, moved: list[tuple[str, Shift]]) -> Table:
    assert view.previous is not None
    columns = (
        Column("corps", view.say("corps")),
        view.level_column("old", view.previous.id),
        view.level_column("new", view.edition.id),
        Column("direction", view.say("change")),
    )
    rows = tuple(
        TableRow(
            (
                cell(name(view.corps[corps_id].name)),
                view.level_cell(found.old),
                view.level_cell(found.new),
                cell(view.say(found.direction)),
            ),
            Target("cell", corps_id, dimension_id),
        )
        for corps_id, found in moved
    )
    return Table("since", columns, rows)


DIMENSION = PageKind(
    "dimension",
    text(
        "De norm van een dimensie, haar rol bij de eindscore, de verdeling, beweringen, en wie wat scoort.",
        "The norm of a dimension, its role in the end score, its distribution, claims, and who scores what.",
    ),
    dimension_page,
    lambda view: list(view.dimensions),
    View.dimension_name,
    rows=Rows.by("scores", "dimension"),
)
