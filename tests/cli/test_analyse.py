"""`kmtui analyse`: questions that are asked of a whole edition."""

import csv
import io

import pytest

from kmtui.analysis.catalog import ANALYSES


@pytest.mark.parametrize("name", ANALYSES)
def test_an_analysis_is_printed_and_written_as_csv(kmtui, name):
    printed = kmtui("analyse", name)
    assert (printed.status, printed.err) == (0, "")
    assert "Buiten beschouwing:" in printed.out
    written = kmtui("analyse", name, "--csv")
    head, *rows = csv.reader(io.StringIO(written.out))
    assert rows
    assert all(len(row) == len(head) for row in rows)
    assert written.err


def test_another_table_language_and_edition(kmtui):
    matrix = kmtui("analyse", "missing", "--table", "matrix", "--csv").out.splitlines()
    assert matrix[0].startswith("indicator,year,gaps,groningen")
    assert "Left out:" in kmtui("--lang", "en", "analyse", "norms").out
    assert "Cellen zonder antwoord" in kmtui("show", "analysis", "missing").out
    assert "Cijfers" in kmtui("analyse", "scores", "--edition", "2012", "--dimension", "weging").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("norm",), "unknown analysis 'norm' (did you mean 'norms'?)"),
        (("norms", "--from", "2010"), "--from does not go with 'norms'"),
        (("norms", "--table", "norm"), "unknown table 'norm' (did you mean 'norms'?)"),
        (("scores", "--dimension", "wegin"), "unknown dimension 'wegin' (did you mean 'weging'?)"),
        (("scores", "--indicator", "5.controles"), "unknown indicator '5.controles'"),
        (("sensitivity", "--scheme", "nothing"), "unknown weighting scheme 'nothing'"),
    ],
)
def test_what_does_not_exist_is_named(kmtui, arguments, told):
    found = kmtui("analyse", *arguments)
    assert (found.status, found.out) == (2, "")
    assert told in found.err
