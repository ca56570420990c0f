"""The tables of the contract: their columns, and what stands in them."""

from decimal import Decimal

import pytest

from kmtui.export.catalog import TABLES
from kmtui.export.schema import Export, export_of
from kmtui.model.names import UnknownIdError

COLUMNS = {
    "scores": "edition,corps,area,dimension,level,possible,basis,source,note",
    "verdicts": "edition,corps,scheme,computed,possible,published,agrees,reasons",
    "reasons": "edition,corps,scheme,order,rule,status,decisive,verdict,dimensions,source",
    "partners": "edition,corps,partner,level,possible,basis,source,note",
    "indicators": "edition,table,indicator,subject,year,value,raw,status,footnote",
    "units": "edition,mapping,unit,dimension,level,possible,distribution",
    "claims": "edition,claim,kind,source,text,relation,asserted,margin,unit,found,low,high,outcome,known,remark,"
    "wording,reading",
    "counts": "edition,kind,about,levels,count,exact,source,note",
    "recommendations": "edition,recommendation,addressees,theme,repeated,source,text",
    "words": "edition,kind,subject,about,source,text",
}


def rows_of(name, monitor, edition, scheme=None):
    table = TABLES[name]
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows(Export(monitor, edition, scheme))]


@pytest.fixture(scope="module")
def scores(monitor, edition):
    return rows_of("scores", monitor, edition)


@pytest.fixture(scope="module")
def verdicts(monitor, edition):
    return {row["corps"]: row for row in rows_of("verdicts", monitor, edition)}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_of_the_contract(name):
    assert TABLES[name].name == name
    assert ",".join(column.name for column in TABLES[name].columns) == COLUMNS[name]


def test_there_is_one_row_for_each_score_in_order(edition, framework, scores):
    expected = [(corps.id, name) for corps in edition.corps for name in framework.dimension_ids]
    assert [(row["corps"], row["dimension"]) for row in scores] == expected
    assert {row["edition"] for row in scores} == {"2012"}
    assert {row["dimension"]: row["area"] for row in scores} == {one.id: one.area for one in framework.dimensions}


def test_a_score_is_written_with_its_evidence(edition, scores):
    for row in scores:
        score = edition.find_corps(row["corps"]).scores[row["dimension"]]
        assert row["possible"].split("|") == list(score.possible or ("",))
        assert row["level"] == (row["possible"] if len(score.possible) == 1 else "")
        assert (row["basis"], row["note"]) == (score.basis.value, score.note)
        assert tuple(row["source"].split("; ")) == score.source


def test_blank_and_open_scores_have_no_level(scores):
    cells = {(row["corps"], row["dimension"]): row for row in scores}
    blank = cells["utrecht", "korpsexpert-mandaat"]
    assert (blank["level"], blank["possible"], blank["basis"]) == ("", "", "blank")
    undecided = cells["kennemerland", "korpsexpert-mandaat"]
    assert (undecided["level"], undecided["possible"], undecided["basis"]) == ("", "rood|geel", "open")


def test_a_verdict_is_written_beside_the_published_one(edition, verdicts):
    assert list(verdicts) == [corps.id for corps in edition.corps]
    assert verdicts["utrecht"] == {
        "edition": "2012",
        "corps": "utrecht",
        "scheme": "referentiekader-2008",
        "computed": "geel",
        "possible": "geel",
        "published": "geel",
        "agrees": "yes",
        "reasons": "referentiekader-moet-groen [2.4.1]",
    }
    assert verdicts["kennemerland"]["reasons"] == "financieel-rechercheren-rood-met-geel [2.12.5, 2.16.5]"
    assert verdicts["hollands-midden"]["agrees"] == "assumed"
    assert verdicts["groningen"]["reasons"] == ""


def test_an_undecided_verdict_has_no_computed_level_and_marks_what_may_be_in_force(monitor, edition):
    kennemerland = edition.find_corps("kennemerland")
    weging = kennemerland.scores["weging"]
    undecided = weging.replace(possible=("rood", "geel"), basis="open")
    green = {
        name: score.replace(possible=("groen",), basis="stated", note="x")
        for name, score in kennemerland.scores.items()
    }
    yellow = {"gedragscode": weging.replace(possible=("geel",), basis="stated", note="x")}
    corps = kennemerland.replace(scores=green | yellow | {"weging": undecided})
    (row,) = rows_of("verdicts", monitor, edition.replace(corps=(corps,)))
    assert (row["computed"], row["possible"], row["agrees"]) == ("", "rood|geel", "possible")
    assert row["reasons"] == "weging-rood-met-geel [2.12.5, 2.16.5]?; weging-moet-groen [2.4.1, 3.3.4]"


def test_a_corps_without_a_published_verdict_agrees_with_nothing(monitor, edition):
    corps = edition.find_corps("utrecht").replace(published=None)
    (row,) = rows_of("verdicts", monitor, edition.replace(corps=(corps,)))
    assert (row["computed"], row["published"], row["agrees"]) == ("geel", "", "")


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_has_the_type_of_its_column(monitor, edition, name):
    kinds = {"string": str, "integer": int | None, "number": int | Decimal | None}
    expected = [kinds[column.kind] for column in TABLES[name].columns]
    rows = list(TABLES[name].rows(Export(monitor, edition)))
    assert rows
    for row in rows:
        assert all(isinstance(cell, kind) for cell, kind in zip(row, expected, strict=True)), row


@pytest.mark.parametrize("name", TABLES)
def test_keys_tell_rows_apart_and_foreign_keys_find_theirs(monitor, edition, name):
    export, table = Export(monitor, edition), TABLES[name]

    def keys(table, columns):
        places = [table.names.index(column) for column in columns]
        return [tuple(row[at] for at in places) for row in table.rows(export)]

    if table.key:
        found = keys(table, table.key)
        assert len(set(found)) == len(found)
    for foreign in table.foreign_keys:
        there = set(keys(TABLES[foreign.table], foreign.refers_to or foreign.columns))
        assert {key for key in keys(table, foreign.columns) if "" not in key} <= there


def test_reasons_are_those_of_the_verdicts(monitor, edition, verdicts):
    reasons = rows_of("reasons", monitor, edition)
    first = next(row for row in reasons if row["corps"] == "kennemerland")
    assert (first["rule"], first["status"], first["decisive"], first["source"]) == (
        "financieel-rechercheren-rood-met-geel",
        "applies",
        "yes",
        "2.12.5; 2.16.5",
    )
    for corps, verdict in verdicts.items():
        decisive = [row["rule"] for row in reasons if row["corps"] == corps and row["decisive"] == "yes"]
        assert [reason.split(" ")[0] for reason in filter(None, verdict["reasons"].split("; "))] == decisive


def test_a_corps_in_no_unit_stands_by_itself(monitor, edition):
    rows = rows_of("units", monitor, edition)
    (verdict,) = [row for row in rows if (row["unit"], row["dimension"]) == ("kmar", "verdict")]
    assert (verdict["level"], verdict["distribution"]) == ("groen", "groen: 1")
    assert len({row["unit"] for row in rows}) == 12


def test_a_scheme_of_another_framework_sees_the_edition_through_a_crosswalk(monitor, edition):
    export = export_of(monitor, edition, "referentiekader-2013")
    rows = [dict(zip(TABLES["verdicts"].names, row, strict=True)) for row in TABLES["verdicts"].rows(export)]
    assert len(rows) == 27
    assert {row["scheme"] for row in rows} == {"referentiekader-2013"}
    dimensions = {row[3] for row in TABLES["scores"].rows(export)}
    assert dimensions == set(monitor.registry.frameworks["referentiekader-2013"].dimension_ids)
    with pytest.raises(UnknownIdError):
        export_of(monitor, edition, "no-such-scheme")
