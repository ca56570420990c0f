"""Numbers are exact: what is read comes back to the digit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.model.cells import CellStatus
from kmtui.model.figures import Notation, parse_cell
from kmtui.model.numbers import digits, parse_number

NOTATION = Notation(not_given=("-",))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234567", 1234567),
        ("12,5", Decimal("12.5")),
        ("12.5", Decimal("12.5")),
        ("-3", -3),
        ("−0,25", Decimal("-0.25")),
        ("0.333", Decimal("0.333")),
        ("1234.567", Decimal("1234.567")),
        ("1.234", None),
        ("1,234", None),
        ("", None),
        ("-", None),
        ("1e5", None),
        ("12,", None),
        ("1.2.3", None),
    ],
)
def test_both_marks_are_decimals_unless_they_may_group_thousands(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1.234", ",", 1234),
        ("1.234", ".", Decimal("1.234")),
        ("1.234.567,8", ",", Decimal("1234567.8")),
        ("1,234,567.8", ".", Decimal("1234567.8")),
        ("5,333", ",", Decimal("5.333")),
        ("12.5", ",", None),
    ],
)
def test_a_declared_mark_settles_what_groups_thousands(text, mark, number):
    assert parse_number(text, mark) == number


@given(st.integers(-(10**30), 10**30) | st.decimals(allow_nan=False, allow_infinity=False, places=7))
def test_digits_come_back_to_the_last(number):
    text = digits(number)
    assert "e" not in text.lower()
    assert parse_number(text, ".") == number


def test_digits_of_a_float_have_no_exponent():
    assert [digits(number) for number in (1234567.0, 1e16, 2.5, 1e-7)] == [
        "1234567",
        "10000000000000000",
        "2.5",
        "0.0000001",
    ]


def test_a_printed_decimal_is_a_number_and_an_ambiguous_one_is_not():
    assert parse_cell("12,5", NOTATION) == (CellStatus.NUMBER, Decimal("12.5"), ())
    assert parse_cell("1.234", NOTATION) == (CellStatus.MIXED, None, (1, 234))
    assert parse_cell("1.234", Notation(decimal=",")) == (CellStatus.NUMBER, 1234, ())
    assert parse_cell("-", NOTATION)[0] is CellStatus.NOT_GIVEN
