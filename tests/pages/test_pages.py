"""What all pages have in common, and what the smaller ones tell."""

import pytest

from kmtui import open_monitor
from kmtui.blocks import Target, outline, plain, tables
from kmtui.model.base import Text
from kmtui.model.provenance import Standing
from kmtui.model.scheme import Ground
from kmtui.monitor import UnknownIdError
from kmtui.pages.evidence import norm_section
from kmtui.pages.kinds import CELLS, KINDS, page_of, siblings, target_of, title_of
from kmtui.pages.view import View
from kmtui.weighing.outcome import Reason
from kmtui.wording import STANDING, Wording, capital


def test_every_link_leads_to_a_page(view, targets):
    """Each kind of target is followed once for every kind of page that has it."""
    followed = set()
    for kind, pages in KINDS.items():
        for name in pages.ids(view)[:8]:
            page = page_of(view, target_of(kind, name))
            assert page.target == target_of(kind, name)
            for target in targets(page):
                if target not in followed:
                    followed.add(target)
                    assert target in siblings(view, target)
                    if target.kind in CELLS:
                        assert target.id in CELLS[target.kind].column_ids(view)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_has_a_title_without_being_made(monitor, edition, kind, language):
    view = View(monitor, edition, Wording(language))
    for name in KINDS[kind].ids(view)[:30]:
        assert title_of(view, kind, name).strip()
    assert view.say(kind)


@pytest.mark.parametrize("target", [Target("corps", "atlantis"), Target("claim", "", "x"), Target("nowhere")], ids=str)
def test_what_is_not_there_is_told_as_such(view, target):
    with pytest.raises(UnknownIdError):
        page_of(view, target)


def test_every_recommendation_stands_with_its_addressees_and_its_topic(view, text, targets):
    found = view.monitor.recommendations(view.edition).recommendations
    index = targets(page_of(view, Target("recommendations")))
    for kind, names in (
        ("addressee", {name for one in found for name in one.addressees}),
        ("topic", {one.theme for one in found}),
    ):
        assert {target.id for target in index if target.kind == kind} == names
    for one in found:
        for target in (Target("topic", "", one.theme), *(Target("addressee", "", name) for name in one.addressees)):
            assert one.text in text(page_of(view, target))


def test_an_addressee_has_the_name_that_the_edition_gives_it(view):
    """An abbreviation is not to be had from an id."""
    assert title_of(view, "addressee", "lem") == "LEM"
    assert title_of(view, "addressee", "regionaal-college") == "Regionaal college"


@pytest.mark.parametrize(("text", "told"), [("eMM x", "EMM x"), ("LEM", "LEM"), ("", ""), ("beter", "Beter")])
def test_a_capital_leaves_the_other_letters_alone(text, told):
    assert capital(text) == told


def test_what_is_counted_stands_in_the_plural_unless_it_is_one():
    assert [Wording("nl").count(number, "holds") for number in (0, 1, 2)] == ["0 kloppen", "1 klopt", "2 kloppen"]
    assert Wording("en").count(2, "unknown") == "2 undetermined", "a word without a plural"


def test_a_partner_leads_to_what_it_is_advised(view, targets):
    assert Target("addressee", "", "om") in targets(page_of(view, Target("partner", "", "om")))


def test_the_status_tells_of_every_plugin_and_edition(view, text):
    page = text(page_of(view, Target("status")))
    for plugin in view.monitor.registry.plugins:
        assert f"{plugin.id} {plugin.version} geladen" in page
    for entry in view.monitor.entries:
        assert f"\n{entry.id} " in page


def test_the_status_says_why_an_edition_cannot_be_opened(monitor, edition, text, tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "edition.toml").write_text("id = 'broken'")
    found = open_monitor(edition_folders=[tmp_path])
    page = text(page_of(View(found, found.edition("2012"), Wording("en")), Target("status")))
    assert "broken cannot be read" in page
    assert "edition.toml" in page


def test_a_scheme_tells_its_parameters_with_their_reasons(view, text):
    page = text(page_of(view, Target("scheme", "", view.weigher.scheme.id)))
    for parameter in view.weigher.scheme.parameters:
        assert parameter.reason.nl in page


def test_a_corps_shows_its_scores_in_all_editions_side_by_side_and_leads_to_each(view):
    page = page_of(view, Target("corps", "drenthe"))
    rows = {
        row.target.id: (table, row)
        for table in tables(page.blocks)
        for row in table.rows
        if row.target and row.target.kind == "cell"
    }
    assert list(rows) == list(view.dimensions)
    for dimension_id, (table, row) in rows.items():
        by_column = {column.id: cell for column, cell in zip(table.columns, row.cells, strict=True)}
        for edition in (view.edition, *view.earlier):
            score = edition.find_corps("drenthe").scores[dimension_id]
            assert tuple(level.id for level in by_column[edition.id].levels) == score.possible
            is_certain = by_column[edition.id].spans[0].level is not None
            assert is_certain == (len(score.possible) < 2)


def test_a_corps_tells_of_its_figures(view, text, targets):
    page = page_of(view, Target("corps", "kennemerland"))
    indicators = [target for target in targets(page) if target.kind == "indicator"]
    assert len(indicators) > 15
    assert "▇█▆ 2008 8, 2010 10, 2012 7" in text(page)


def test_a_dimension_tells_who_improved_or_fell_since_the_edition_before(view, text):
    page = text(page_of(view, Target("dimension", "", "niet-vergunde-branche")))
    assert "Sinds 2010" in page
    pages = [page_of(view, Target("dimension", "", name)) for name in view.dimensions]
    assert any(table.id == "since" and table.rows for page in pages for table in tables(page.blocks))


@pytest.mark.parametrize(
    ("standing", "nl", "en"),
    [
        (Standing.CITED, "", ""),
        (Standing.CARRIED, "overgenomen", "carried over"),
        (Standing.ASSUMED, "aangenomen", "assumed"),
    ],
)
def test_norms_and_rules_that_the_source_does_not_state_are_marked(view, standing, nl, en):
    dimension = next(iter(view.dimensions.values())).replace(standing=standing)
    rule = view.weigher.scheme.rules[0].replace(standing=standing)
    for word, language in ((nl, "nl"), (en, "en")):
        view.say = Wording(language)
        for spans in (norm_section(view, dimension).title, view.rule(rule)):
            ends = spans[-1].text
            assert ends == f" ({word})" if word else not ends.endswith(")")


def test_a_reason_names_the_other_dimensions_of_a_rule_and_all_those_of_a_ground(view):
    rule = view.weigher.scheme.rules[0]
    ids = (rule.dimension, next(name for name in view.dimensions if name != rule.dimension))
    names = view.dimension_names(ids)
    ground = Ground(id="many", text=Text(nl="Te veel", en="Too many"), source=("1",))
    for found, told in ((ground, names), (rule, view.dimension_name(ids[1]))):
        reason = Reason(rule=found, verdict=view.scale.ids[0], dimensions=ids, certain=True, decisive=True)
        assert f"(samen met: {told})" in plain(view.reason(reason).spans)


def test_no_page_begins_with_what_stands_above_it(view, text):
    """The title and the edition are in the line above a page, on screen and in print."""
    for kind, pages in KINDS.items():
        for name in pages.ids(view)[:3]:
            page = page_of(view, target_of(kind, name))
            first = text(page).strip().splitlines()[0]
            assert view.edition.title not in first
            assert first != page.title


def test_a_dimension_tells_who_scores_what_right_after_norm_and_distribution(view):
    page = page_of(view, Target("dimension", "", "weging"))
    anchors = [found.section.anchor for found in outline(page.blocks)]
    at = anchors.index("who")
    assert {anchor.partition("-")[0] for anchor in anchors[:at]} == {"norm", "distribution"}
    assert "role" in anchors[at:]


# The framework of 2013


def test_the_page_of_a_scheme_tells_how_older_dimensions_continue(view, text):
    told = text(page_of(view, Target("scheme", "", "referentiekader-2013")))
    assert "Korpsexpert: kwaliteit + Korpsexpert: mandaat wordt Expert mensenhandel: samengevoegd" in told
    walk = view.monitor.registry.crosswalk("referentiekader-2008", "referentiekader-2013")
    for found in walk.continuations:
        assert found.note is None or found.note.nl in told
    assert walk.name.nl not in text(page_of(view, Target("scheme", "", "referentiekader-2008")))


def test_under_a_framework_that_is_not_all_cited_each_norm_says_how_it_stands(monitor, edition, view, text):
    new = View(monitor, edition, Wording("nl"), "referentiekader-2013")
    for dimension in new.dimensions.values():
        assert f"({STANDING[dimension.standing].nl})" in text(page_of(new, Target("dimension", "", dimension.id)))
    assert "(aangehaald)" not in text(page_of(view, Target("dimension", "", "weging")))


def test_every_paragraph_that_a_page_cites_leads_to_a_page(view, entries):
    known = set(KINDS["paragraph"].ids(view))
    for kind, pages in KINDS.items():
        for name in pages.ids(view)[:6]:
            page = page_of(view, target_of(kind, name))
            spans = (span for entry in entries(page) for row in entry.rows for span in row)
            cited = {span.target.id for span in spans if span.target and span.target.kind == "paragraph"}
            assert cited <= known, f"{kind} {name}"


def test_a_paragraph_shows_the_scores_that_rest_on_it(view, targets):
    for corps in view.edition.corps[::9]:
        for dimension_id, score in list(corps.scores.items())[::5]:
            for number in score.source:
                found = targets(page_of(view, Target("paragraph", "", number)))
                assert Target("cell", corps.id, dimension_id) in found


def test_anchors_of_sections_and_ids_of_tables_are_unique_within_a_page(view):
    for kind, pages in KINDS.items():
        for name in pages.ids(view)[:6]:
            page = page_of(view, target_of(kind, name))
            anchors = [found.section.anchor for found in outline(page.blocks)]
            ids = [table.id for table in tables(page.blocks)]
            assert len(anchors) == len(set(anchors)), f"{kind} {name}"
            assert len(ids) == len(set(ids)), f"{kind} {name}"


def test_many_rules_that_could_apply_are_summarised_and_their_page_lists_them(monitor, text):
    view = View(monitor, monitor.edition("2010"), Wording("en"))
    found = view.verdict("groningen").weighing
    could = [reason for reason in found.reasons if not reason.certain]
    assert len(could) > 10
    corps, listed = (text(page_of(view, target_of(kind, "groningen"))) for kind in ("corps", "weighing"))
    assert "rules could still apply; these scores decide: " in corps
    assert "Would apply if" not in corps
    assert listed.count("\n- Would apply if open scores turn out so: ") == len(could)
