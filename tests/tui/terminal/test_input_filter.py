"""Only keys, events and pastes reach the interface, however the terminal's input is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.tui.terminal.input_filter import (
    ESCAPE_DELAY,
    MOST_PASTED,
    PASTE_DELAY,
    SEQUENCE_DELAY,
    InputFilter,
    Paste,
)

REPLIES = {
    "device attributes": "\x1b[?1;2c",
    "secondary attributes": "\x1b[>0;276;0c",
    "status": "\x1b[0n",
    "size": "\x1b[8;24;80t",
    "keyboard flags": "\x1b[?1u",
    "colour scheme": "\x1b[?997;1n",
    "a key without a name": "\x1b[99~",
    "no character": "\x1b[1114112u",
    "half a character": "\x1b[55296u",
    "a number without an end": "\x1b[" + "1" * 5_000 + "u",
    "SS3 without a key": "\x1bOz",
    "background colour": "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\",
    "background colour with bell": "\x1b]11;rgb:1c1c/1c1c/1c1c\x07",
    "terminal version": "\x1bP>|xterm(390)\x1b\\",
    "settings": "\x1bP1$r0m\x1b\\",
    "graphics": "\x1b_Gi=1;OK\x1b\\",
    "privacy message": "\x1b^quit\x1b\\",
    "start of string": "\x1bXquit\x1b\\",
    "old mouse": "\x1b[M !!",
}
KEYS = (
    "\x1b[A",
    "\x1b[1;5A",
    "\x1bOA",
    "\x1b[3~",
    "\x1b[97u",
    "\x1b[97;5u",
    "\x1b[27;5;99~",
    "\x1b[I",
    "\x1b[<0;3;4M",
    "\x1b[Z",
)
EVENTS = ("\x1b[I", "\x1b[<0;3;4M", "\x1b[?2026;2$y", "\x1b[48;24;80;480;800t")


def fed(*pieces: str | None) -> list[str | Paste]:
    """What comes of these pieces; None is silence."""
    split = InputFilter()
    return [unit for piece in pieces for unit in (split.flush() if piece is None else split.feed(piece))]


@pytest.mark.parametrize("reply", REPLIES)
def test_a_sequence_that_is_no_key_is_dropped(reply: str) -> None:
    assert fed("a" + REPLIES[reply] + "b") == ["a", "b"]


@pytest.mark.parametrize("sequence", [*KEYS, *EVENTS])
def test_keys_and_events_pass(sequence: str) -> None:
    assert fed("a" + sequence + "b") == ["a", sequence, "b"]


@given(st.lists(st.sampled_from([*REPLIES.values(), *KEYS, "q", "\x1b[200~c\x1b[Ad\x1b[201~"]), max_size=4), st.data())
def test_it_does_not_matter_where_input_is_cut(parts: list[str], data: st.DataObject) -> None:
    whole = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=4)))
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]

    def joined(units: list[str | Paste]) -> list[str | Paste]:
        return [*"".join(unit for unit in units if isinstance(unit, str)), *(u for u in units if isinstance(u, Paste))]

    assert joined(fed(*pieces)) == joined(fed(whole))


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("\x1b", None, "q"), ["\x1b", "q"]),
        (("\x1b[", None, "q"), ["\x1b[", "q"]),
        (("\x1bq",), ["\x1bq"]),
        (("\x1bP", None, "q"), ["\x1bP", "q"]),
        (("\x1b\x1b[A",), ["\x1b", "\x1b[A"]),
        (("\x1b[?1;", None, "q"), ["q"]),
        (("\x1b]11;rgb:", None, "q"), ["q"]),
        (("\x1b]11;rgb:\x1b[A",), ["\x1b[A"]),
        (("\x1b[1\rq",), ["\rq"]),
    ],
)
def test_silence_and_interruptions_end_a_sequence(pieces, expected) -> None:
    assert fed(*pieces) == expected


def test_how_long_silence_must_last() -> None:
    for held, delay in {"q": None, "\x1b": ESCAPE_DELAY, "\x1b[1": SEQUENCE_DELAY, "\x1b[200~a": PASTE_DELAY}.items():
        split = InputFilter()
        list(split.feed(held))
        assert split.delay == delay


def test_a_paste_is_text_whatever_it_holds() -> None:
    pasted = "a\x1b[?1;2cb\x00\x9bq" + "x" * 40 + "\nc"
    assert fed(f"\x1b[200~{pasted}\x1b[201~q") == [
        Paste("a[?1;2cbq" + "x" * 40 + "\nc"),
        "q",
    ]


def test_a_paste_is_bounded_and_has_an_end() -> None:
    (paste,) = fed("\x1b[200~" + "x" * (MOST_PASTED + 10), None)
    assert isinstance(paste, Paste)
    assert len(paste.text) == MOST_PASTED


@given(
    st.lists(st.one_of(st.none(), st.text("\x1b[]PO_^X\\;:?<>0123456789ABMRcmnqtuy~\x07\r é", max_size=12)), max_size=6)
)
def test_it_never_fails_and_forgets(pieces: list[str | None]) -> None:
    split = InputFilter()
    for piece in pieces:
        list(split.flush() if piece is None else split.feed(piece))
    list(split.flush())
    assert split.delay is None
    assert list(split.feed("q")) == ["q"]
