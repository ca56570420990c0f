"""What is left out of the output is not missed: a terminal that gets less looks the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.tui.terminal.output_diff import PLAIN, OutputDiff, apply_sgr, transition

SIZE = (60, 6)
STYLES = (
    "",
    "0",
    "1",
    "2",
    "1;7",
    "4",
    "31",
    "38;2;1;2;3",
    "48;2;9;9;9",
    "1;38;5;7;48;5;2",
    "22",
    "27",
    "39;49",
    "97;107",
)


places = st.builds("\x1b[{};{}H".format, st.integers(1, 2), st.integers(1, 8))
styles = st.sampled_from(STYLES).map("\x1b[{}m".format)
texts = st.text(" ab●│", min_size=1, max_size=4)
pieces = st.one_of(places, styles, texts, st.sampled_from(["\n", "\x1b[?25l", "\x1b[?1049h", "\x1b[2J"]))
writes = st.lists(st.tuples(places, st.lists(pieces, max_size=6)).map(lambda parts: parts[0] + "".join(parts[1])))


@given(written=writes)
def test_the_screen_looks_the_same_after_every_write(emulator, written: list[str]) -> None:
    diff, plenty, little = OutputDiff(), emulator(), emulator()
    for data in written:
        plenty.write(data)
        little.write(diff(data, SIZE))
        assert little.cells == plenty.cells


@given(writes)
def test_what_is_drawn_twice_is_sent_once(written: list[str]) -> None:
    diff = OutputDiff()
    data = "".join(piece for piece in written if "1049" not in piece and "2J" not in piece)
    diff(data, SIZE)
    diff(data, SIZE)
    assert not re.sub(r"\x1b\[[\d;]*[HC]|\x1b\[\?25l|\x1b\[[\d;]*m|[ ab●│]", "", diff(data, SIZE))


@given(st.sampled_from(STYLES), st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_a_transition_gives_the_style(one: str, other: str, third: str) -> None:
    old, new = apply_sgr(PLAIN, one), apply_sgr(apply_sgr(PLAIN, other), third)
    assert (apply_sgr(old, changed[2:-1]) if (changed := transition(old, new)) else old) == new
    assert apply_sgr(old, transition(None, new)[2:-1]) == new


def test_the_same_again_is_nothing_but_the_place() -> None:
    diff = OutputDiff()
    data = "\x1b[1;1H\x1b[1mab\x1b[0m\n\x1b[2;1Hab"
    diff(data, SIZE)
    assert diff(data, SIZE) in ("", "\x1b[2;3H")


@pytest.mark.parametrize("lost", ["\x1b[2J", "\x1b[?1049h", "\x1bc"])
def test_a_screen_that_was_wiped_is_drawn_anew(lost: str) -> None:
    diff = OutputDiff()
    diff("\x1b[1;1Hab", SIZE)
    assert "ab" in diff(f"{lost}\x1b[1;1Hab", SIZE)


def test_a_screen_of_another_size_is_drawn_anew_and_within_it() -> None:
    diff = OutputDiff()
    diff("\x1b[1;1Habcdef", (6, 2))
    assert "abcd" in (less := diff("\x1b[1;1Habcdef\x1b[3;1Hno", (4, 2)))
    assert "e" not in less
    assert "no" not in less


@pytest.mark.parametrize("text", ["警察", "Coo\u0308", "👮"])
def test_lines_with_characters_of_other_widths_are_always_drawn(text: str) -> None:
    diff = OutputDiff()
    data = f"\x1b[1;1H{text}"
    assert text in diff(data, SIZE)
    assert text in diff(data, SIZE)


def test_entering_and_leaving_the_screen_moves_nothing_before_it() -> None:
    diff = OutputDiff()
    assert diff("\x1b[?1049h", SIZE) == "\x1b[0m\x1b[?1049h"
    diff("\x1b[1;1H\x1b[31mab\x1b[0m", SIZE)
    assert diff("\x1b[?1049l", SIZE) == "\x1b[0m\x1b[?1049l"
