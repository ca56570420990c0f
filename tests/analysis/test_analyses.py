"""The questions that are asked of a whole edition, on the edition of 2012."""

from decimal import Decimal

import pytest

from kmtui.analysis.catalog import ANALYSES, Choices
from kmtui.analysis.expressions import Bounds
from kmtui.analysis.figures_by_score import correlation, figures_by_score, kendall
from kmtui.analysis.follow_up import follow_up
from kmtui.analysis.gaps import gaps
from kmtui.analysis.norms import norms
from kmtui.analysis.sensitivity import sensitivity
from kmtui.analysis.source_pairs import TOTAL, source_pairs
from kmtui.analysis.trends import modified_z_scores, trends


def records(findings, name=None):
    table = findings.table(name) if name else findings.tables[0]
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def told(findings):
    return " ".join(text.nl for text in findings.left_out)


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_fills_the_columns_of_its_tables_and_says_what_it_left_out(monitor, edition, name):
    findings = ANALYSES[name].run(monitor, edition, Choices())
    assert findings.left_out
    assert findings.tables[0].rows
    for table in findings.tables:
        assert len({column.name for column in table.columns}) == len(table.columns)
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                assert isinstance(cell, str) if column.kind == "string" else cell is None or not isinstance(cell, str)
                assert column.optional or cell not in (None, ""), (table.name, column.name, row)
                assert not column.values or cell in column.values


def test_thirteen_regions_stay_below_six_checks_and_nine_of_these_are_green(monitor, edition):
    found = records(norms(monitor, edition))
    below = [row for row in found if row["value"] < 6]
    assert (len(found), len(below), sum(row["possible"] == "groen" for row in below)) == (25, 13, 9)
    values = {row["corps"]: round(float(row["value"]), 2) for row in found}
    assert (values["amsterdam-amstelland"], values["twente"], values["drenthe"]) == (1.99, 2.05, 3.0)
    assert all(row["allows"] == "groen" for row in found if row["value"] >= 6)


def test_measures_that_no_table_has_are_named(monitor, edition, framework):
    measured = [one for one in framework.dimensions if one.measure and not one.measure.computed]
    findings = norms(monitor, edition)
    assert len(measured) == 4
    assert all(one.name.nl in told(findings) for one in measured)
    assert "Marechaussee" in told(findings)


def test_two_sources_of_one_quantity_stand_side_by_side(monitor, edition):
    found = {(row["quantity"], row["subject"], row["year"]): row for row in records(source_pairs(monitor, edition))}
    for corps, first, second in (("rotterdam-rijnmond", 118, 330), ("brabant-zuid-oost", 71, 266)):
        row = found["signalen", corps, 2012]
        assert (row["first"], row["second"], row["first_by"], row["second_by"]) == (first, second, "korps", "EMM")
    assert found["signalen", "rotterdam-rijnmond", 2012]["ratio"] == Decimal("2.797")
    victims = found["slachtoffers", "gelderland-midden", 2012]
    assert (victims["first"], victims["second"], victims["difference"]) == (83, 44, -39)
    assert found["dossiers", TOTAL, 2012]["first"] == 332
    assert found["dossiers", TOTAL, 2012]["second"] == 311


def test_the_total_of_two_sources_is_over_those_that_have_both(monitor, edition):
    found = [row for row in records(source_pairs(monitor, edition, 2012)) if row["quantity"] == "slachtoffers"]
    *rows, total = found
    assert total["subject"] == TOTAL
    assert total["first"] == sum(row["first"] for row in rows)
    assert {"friesland", "klpd"}.isdisjoint(row["subject"] for row in rows)
    assert "Friesland" in told(source_pairs(monitor, edition, 2012))


def test_gaps_are_counted_by_corps_kind_and_year(monitor, edition):
    found = {row["corps"]: row for row in records(gaps(monitor, edition))}
    assert [found[name]["gaps"] for name in ("kmar", "friesland", "klpd", "utrecht")] == [38, 21, 18, 12]
    for row in found.values():
        assert row["gaps"] == row["unknown"] + row["not_given"] == row["year_2011"] + row["year_2012"]
    assert next(iter(found)) == "kmar"
    matrix = records(gaps(monitor, edition), "matrix")
    for corps, row in found.items():
        assert sum(bool(line[corps]) for line in matrix) == row["gaps"]


def test_a_trend_is_over_the_corps_that_have_both_years(monitor, edition):
    found = {row["indicator"]: row for row in records(trends(monitor, edition))}
    checks = found["5.controles-vergund"]
    assert (checks["from_year"], checks["to_year"], checks["corps"]) == (2010, 2012, 24)
    assert (checks["before"], checks["after"], checks["change"]) == (2897, 3335, 438)
    assert (checks["rose"], checks["fell"], checks["one_only"], checks["sum_of_all"]) == (14, 10, 2, 799)
    assert "7.controles-vergund" not in found
    other = {row["indicator"]: row for row in records(trends(monitor, edition, 2011, 2012))}
    assert other["5.controles-vergund"]["from_year"] == 2011
    assert "3.pct-medewerkers" not in other


def test_outliers_follow_the_rule_that_is_named(monitor, edition):
    findings = trends(monitor, edition)
    assert "Iglewicz" in findings.table("outliers").title.nl
    found = [row for row in records(findings, "outliers") if row["indicator"] == "5.controles-vergund"]
    assert [row["corps"] for row in found] == ["haaglanden", "amsterdam-amstelland", "utrecht"]
    assert all(abs(row["score"]) > 3.5 for row in found)


def test_modified_z_scores():
    """The median is 3 and the median absolute deviation 1."""
    found = modified_z_scores({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0, "e": 13.0})
    assert found == pytest.approx({"a": -1.349, "b": -0.6745, "c": 0, "d": 0.6745, "e": 6.745})
    assert modified_z_scores({"a": 0.0, "b": 0.0, "c": 0.0, "d": 9.0}) is None


def test_kendalls_tau_allows_for_ties():
    assert kendall([1, 2, 3], [1, 2, 3]) == 1
    assert kendall([1, 2, 3], [3, 2, 1]) == -1
    assert kendall([1, 2, 3, 4], [1, 1, 2, 2]) == pytest.approx(4 / (6 * 4) ** 0.5)
    assert kendall([1, 2, 3], [1, 1, 1]) is None


def test_open_scores_bound_a_correlation():
    certain = [(1.0, (0,)), (2.0, (1,)), (3.0, (2,))]
    assert correlation(certain) == Bounds(1, 1)
    found = correlation([(1.0, (0,)), (2.0, (0, 2)), (3.0, (1,))])
    assert (round(found.low, 3), round(found.high, 3)) == (0.333, 0.816)
    assert correlation([*certain, (0.0, (None,))]) == Bounds(1, 1)
    assert correlation([(float(at), (0, 1)) for at in range(20)]) is None


def test_figures_against_scores_have_their_distribution(monitor, edition):
    findings = figures_by_score(monitor, edition, ["5.controles-vergund"], ["vergunde-branche"])
    (row,) = records(findings)
    assert (row["corps"], row["open"], row["low"]) == (25, 0, row["high"])
    levels = {one["level"]: one for one in records(findings, "levels")}
    assert {level: one["corps"] for level, one in levels.items()} == {"rood": 1, "geel": 3, "groen": 21}
    assert (levels["geel"]["lowest"], levels["geel"]["median"], levels["geel"]["highest"]) == (33, 50, 69)
    with pytest.raises(KeyError):
        figures_by_score(monitor, edition, ["99.nothing"])


def test_a_correlation_with_open_scores_is_bounded(monitor, edition):
    (row,) = records(figures_by_score(monitor, edition, ["15.onderzoeken"], ["opsporing-kwaliteit"]))
    assert row["open"] == 3
    assert row["low"] < row["high"]


def test_recommendations_are_repeated_or_new_and_answered_by_whom_they_address(monitor, edition):
    found = records(follow_up(monitor, edition))
    source = {one.id: one for one in monitor.recommendations(edition).recommendations}
    assert [row["recommendation"] for row in found] == list(source)
    counted = {row["standing"]: row["count"] for row in records(follow_up(monitor, edition), "counts")}
    assert counted == {"repeated": sum(one.repeated for one in source.values()), "new": 54}
    answered = [row for row in found if row["answered_by"]]
    assert answered
    for row in answered:
        assert set(row["answered_by"].split("|")) <= set(row["addressees"].split("|"))
        assert row["answer_source"]
    assert len(records(follow_up(monitor))) == len(found)


def test_open_scores_and_parameters_are_tried_one_by_one(monitor, edition, weigher):
    findings = sensitivity(monitor, edition)
    is_open = {(corps.id, name) for corps in edition.corps for name, score in corps.scores.items() if score.is_open}
    assert {(row["corps"], row["dimension"]) for row in records(findings)} == is_open
    tried = {(row["parameter"], row["value"]) for row in records(findings, "parameters")}
    for parameter in weigher.scheme.parameters:
        assert {value for name, value in tried if name == parameter.id} == {
            *range(parameter.minimum, parameter.maximum + 1)
        } - {parameter.default}
    changed = {(row["parameter"], row["value"]): row["changed"] for row in records(findings, "parameters")}
    counted = [(row["parameter"], row["value"]) for row in records(findings, "changes")]
    assert {key: counted.count(key) for key in changed} == changed
    assert any(row["corps"] == "kennemerland" for row in records(findings, "changes"))
