"""Text takes the cells that the screen gives it, and is never cut within what is seen as one character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kmtui.render.signs import Signs, cut, width_of

SEEN = ("👮🏽", "👮🏿", "☝🏽", "🇳🇱", "❤️", "1️⃣", "e\u0301", "警", "Å", "a", " ", "●", "■")
"""Each is one character to its reader: skin tones, flags, emoji style, keycaps, accents, wide and narrow ones."""

names = st.lists(st.sampled_from(SEEN), max_size=8)


@given(names)
def test_widths_are_those_of_the_screen(parts: list[str]) -> None:
    assert width_of("".join(parts)) == cell_len("".join(parts)) == sum(map(cell_len, parts))


@given(names, st.integers(0, 20))
def test_a_text_is_cut_between_characters(parts: list[str], width: int) -> None:
    text = "".join(parts)
    head, tail = cut(text, width)
    assert head + tail == text
    assert head in ["".join(parts[:end]) for end in range(len(parts) + 1)]
    assert cell_len(head) <= width
    assert not tail or cell_len(head) + 2 > width


@pytest.mark.parametrize("width", range(1, 20))
def test_a_name_with_a_skin_tone_fits_exactly(width: int) -> None:
    shown = Signs(unicode=True).fit("Korps 👮🏽👮🏿 Groningen", width)
    assert cell_len(shown) == width
    assert shown.count("👮") == shown.count("🏽") + shown.count("🏿")
