"""The pages of single cells: what each rests on and what bears on it, and the ways to its row and its column."""

from itertools import product

import pytest

from kmtui.analysis.expressions import parts
from kmtui.analysis.rollup import roll_up
from kmtui.blocks import Target
from kmtui.model.claims import JudgementOf, ScoreCount
from kmtui.monitor import UnknownIdError
from kmtui.pages.grids import GRIDS
from kmtui.pages.kinds import CELLS, column_of, page_of, row_of


@pytest.mark.parametrize(("grid", "kind"), [("scores", "cell"), ("partners", "judgement"), ("units", "rolled")])
def test_every_cell_of_a_grid_has_its_own_page_that_leads_to_row_and_column(view, grid, kind, targets):
    made = GRIDS[grid](view)
    for row_id, column in list(product(made.names, made.columns))[::7]:
        target = made.target(row_id, column.id)
        page = page_of(view, target)
        assert page.target == target == Target(kind, row_id, column.id)
        assert {row_of(target), column_of(view, target)} <= set(targets(page))
        assert row_of(target) == made.row_target(row_id)
        assert column_of(view, target) == made.column_target(column.id)


def test_a_judgement_tells_level_basis_paragraphs_note_and_the_published_counts(view, text):
    for corps in view.edition.corps[::6]:
        for column_id, judgement in corps.partners.items():
            page = text(page_of(view, Target("judgement", corps.id, column_id)))
            assert f"[{', '.join(judgement.source)}]" in page
            assert " ".join(judgement.note.split()) in page
    assert "Gepubliceerd:\n- 11 ● Groen [3.4.4]" in text(
        page_of(view, Target("judgement", "utrecht", "comensha-opvang"))
    )


def test_a_judgement_leads_to_the_claims_about_it_and_these_lead_back(view, targets):
    claims = view.monitor.claims(view.edition).claims
    named = {part: claim for claim in claims for part in parts(claim.value) if isinstance(part, JudgementOf)}
    assert named
    for part, claim in list(named.items())[::20]:
        target = Target("judgement", part.of, part.judgement)
        assert Target("claim", "", claim.id) in targets(page_of(view, target))
        assert target in targets(page_of(view, Target("claim", "", claim.id)))


def test_a_rolled_up_score_tells_its_rule_and_every_member_with_its_evidence(view, text, targets):
    for unit in view.mapping.units:
        for rolled in roll_up(view.edition, unit, view.weigher)[::5]:
            page = page_of(view, Target("rolled", unit.id, rolled.dimension))
            assert "Slechtste van de korpsen" in text(page)
            for corps_id in unit.corps:
                assert Target("cell", corps_id, rolled.dimension) in targets(page)
                assert view.score(corps_id, rolled.dimension).note in text(page)


def test_a_rolled_up_score_leads_to_claims_about_its_corps_alone(view, targets):
    claims = {claim.id: claim for claim in view.monitor.claims(view.edition).claims}
    found = targets(page_of(view, Target("rolled", "oost-nederland", "gedragscode")))
    led_to = [claims[target.id] for target in found if target.kind == "claim"]
    counted = [part for claim in led_to for part in parts(claim.value) if isinstance(part, ScoreCount)]
    assert "oost-nederland" in [part.over for part in counted]
    assert "corps" not in [part.over for part in counted], "a count of the whole country says nothing about a unit"


@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("name", [("atlantis", ""), ("", "atlantis")], ids=["row", "column"])
def test_a_cell_that_is_not_there_is_told_as_such(view, kind, name):
    row, column = name[0] or next(iter(CELLS[kind].row_ids(view))), name[1] or next(iter(CELLS[kind].column_ids(view)))
    with pytest.raises(UnknownIdError, match="atlantis"):
        page_of(view, Target(kind, row, column))
