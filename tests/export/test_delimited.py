"""CSV that any reader takes back unchanged, and in spreadsheet forms that no spreadsheet runs."""

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kmtui.export.delimited import DIALECTS, EXACT, dialect_of, unguarded, with_digits, write_rows

NASTY = [
    'she said "no"',
    "a,b;c",
    "two\nlines",
    "carriage\r\nreturn",
    "lone\rreturn",
    " blanks around ",
    "",
    '"',
    "|",
    "é ■ \u202e 漢字 \U0001f6a8",
    "\x00\x1b[31m",
    "'already",
    "a\tb",
]
HARMLESS = ["-5", "+5", "-3.25", "+3,5", "-", "+", "-0", "2-1", "a=b", "x@y", "5", "Nb", "0(1)", "15-20", "", "'=1"]
FORMULAS = [
    "=1+1",
    "=",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-cmd|' /C calc'!A0",
    "\t=1",
    "\r=1",
    "-5-3",
    "+3,5+1",
    "--5",
    "-(1)",
    "-5 ",
    "- 5",
    "+1e5+A1",
    "-\n1+1",
    "+\n1+1",
    "-5\n+1",
    '=HYPERLINK("x")',
]


GUARDED = dialect_of("rfc4180", guards=True)
DUTCH = DIALECTS["excel-nl"]
ALL = [EXACT, GUARDED, DUTCH, dialect_of("excel-nl", guards=False)]


def written(rows, dialect=EXACT, columns=("one", "two")):
    out = io.StringIO(newline="")
    write_rows(out, columns, rows, dialect)
    return out.getvalue()


def cell_after(cell, dialect=EXACT):
    """What a reader gets back for one cell."""
    text = written([(cell, "end")], dialect).removeprefix("\ufeff")
    header, row = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, strict=True)
    assert (header, row[1:]) == (["one", "two"], ["end"])
    return row[0]


@pytest.mark.parametrize("dialect", ALL)
@pytest.mark.parametrize("cell", NASTY)
def test_nasty_content_comes_back_as_it_was(cell, dialect):
    assert cell_after(cell, dialect) == cell


@pytest.mark.parametrize("dialect", ALL)
@pytest.mark.parametrize("cell", HARMLESS)
def test_numbers_and_bare_signs_stay_as_they_are(cell, dialect):
    assert cell_after(cell, dialect) == cell


@pytest.mark.parametrize("dialect", [GUARDED, DUTCH])
@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_and_restored(cell, dialect):
    assert cell_after(cell, dialect) == f"'{cell}"
    assert unguarded(cell_after(cell, dialect)) == cell


@pytest.mark.parametrize("cell", [*FORMULAS, "+ 21 seksinrichtingen", "-1 (-1..24)"])
def test_rfc4180_keeps_every_cell_exactly(cell):
    assert cell_after(cell) == cell
    assert cell_after(cell, dialect_of("excel-nl", guards=False)) == cell


NUMBER_OR_SIGN = re.compile(r"[+-](\d+([.,]\d+)?)?")
CELL = st.text(st.sampled_from("=+-@\t\r\n'\",; 5.aé")) | st.text(st.characters(exclude_categories=["Cs"]))


@example("-\n1")
@given(CELL)
def test_any_cell_comes_back_and_never_as_a_formula(cell):
    back = cell_after(cell, GUARDED)
    assert back in (cell, f"'{cell}")
    may_run = cell[:1] in set("=+-@\t\r") and not NUMBER_OR_SIGN.fullmatch(cell.strip())
    assert back != cell if may_run else back == cell or cell != cell.strip()


def test_lines_end_as_rfc_4180_says_and_only_what_needs_it_is_quoted():
    assert written([("a", 'b,"c"'), ("", "d")]) == 'one,two\r\na,"b,""c"""\r\n,d\r\n'


def test_an_empty_table_is_its_header():
    assert written([]) == "one,two\r\n"


def test_a_dutch_spreadsheet_gets_decimal_commas_quoted_text_and_a_byte_order_mark():
    rows = with_digits([("2.5", Decimal("5.333")), ("1-01", 1234567), ("c;d", None), ("e", Decimal("1E-7"))], DUTCH)
    text = written(rows, DUTCH)
    assert text == '\ufeff"one";"two"\r\n"2.5";5,333\r\n"1-01";1234567\r\n"c;d";""\r\n"e";0,0000001\r\n'
    assert text.encode().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("at_once", [1, 7])
def test_rows_are_written_as_they_come(at_once):
    """A table is never held in memory whole."""
    out = io.StringIO(newline="")

    def rows():
        for row in range(100):
            assert out.getvalue().count("\n") > row - at_once
            yield (str(row), "b")

    write_rows(out, ("one", "two"), rows(), at_once=at_once)
    assert out.getvalue().endswith("\r\n99,b\r\n")


def test_rows_before_a_fault_are_written_and_none_of_them_is_a_formula():
    out = io.StringIO(newline="")

    def rows():
        yield ("a", "b")
        yield ("=c", "d")
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_rows(out, ("one", "two"), rows(), GUARDED)
    assert out.getvalue() == "one,two\r\na,b\r\n'=c,d\r\n"
    assert out.getvalue().endswith("c,d\r\n")


def test_an_unknown_dialect_is_a_key_error():
    with pytest.raises(KeyError):
        dialect_of("excel-fr")
