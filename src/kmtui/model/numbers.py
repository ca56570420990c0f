"""Exact numbers: what a source prints as a number is kept to the digit."""

import re
from decimal import Decimal
from typing import Literal

Number = int | Decimal
"""A whole number, or a decimal one with the digits that it was written with."""

DecimalMark = Literal["", ",", "."]
"""The mark before decimals; empty where both are in use."""

LARGEST = 2**63
"""The first whole number that 64 bits no longer hold."""
SURE_DIGITS = 15
"""Decimal digits that a double keeps."""

_WHOLE = re.compile(r"[-−]?\d+")
_DECIMAL = re.compile(r"([-−]?\d+)[.,](\d+)")
_GROUPED = re.compile(r"[-−]?\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")


def parse_number(text: str, mark: DecimalMark = "") -> Number | None:
    """The number that a text is, or None.

    `12,5` and `12.5` are both numbers. Three digits behind one mark (`1.234`) may be thousands or decimals: that is a
    number only where `mark` says which mark stands before decimals.
    """
    if _WHOLE.fullmatch(text):
        return int(text.replace("−", "-"))
    if mark:
        thousands = "." if mark == "," else ","
        if _GROUPED.fullmatch(text) and thousands in text:
            text = text.replace(thousands, "")
            return parse_number(text, mark)
        found = _DECIMAL.fullmatch(text) if mark in text else None
    else:
        found = _DECIMAL.fullmatch(text)
        if found and len(found[2]) == 3 and len(found[1].lstrip("-−")) <= 3 and found[1].lstrip("-−") != "0":
            return None
    return Decimal(f"{found[1].replace('−', '-')}.{found[2]}") if found else None


def digits(number: float | Decimal) -> str:
    """The number in plain notation, to the last digit: never with an exponent."""
    if isinstance(number, int):
        return str(number)
    if isinstance(number, float):
        number = Decimal(repr(number))
        return str(int(number)) if number == number.to_integral_value() else f"{number:f}"
    return f"{number:f}"
