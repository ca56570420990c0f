"""What a terminal is shown, what it can show, and in which language."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.terminal import language_of, speaks_unicode, visible

VISIBLE = {
    "plain": ("Korps Utrecht: geel|groen", "Korps Utrecht: geel|groen"),
    "accents": ("coördinatie ●■▲·, één", "coördinatie ●■▲·, één"),
    "combining": ("e\u0301\u200dn", "e\u0301<U+200D>n"),
    "escape": ("\x1b[31mrood\x1b[0m", "␛[31mrood␛[0m"),
    "title": ("\x1b]0;x\x07", "␛]0;x␇"),
    "NUL": ("a\0b", "a␀b"),
    "line breaks": ("a\nb\r\nc\td", "a b  c d"),
    "delete": ("a\x7f", "a<U+007F>"),
    "C1 control": ("\x9b2J", "<U+009B>2J"),
    "next line": ("a\x85b", "a<U+0085>b"),
    "bidi": ("\u202eabc\u2066", "<U+202E>abc<U+2066>"),
    "zero width": ("a\u200bb\ufeffc\u00add", "a<U+200B>b<U+FEFF>c<U+00AD>d"),
    "line separator": ("a\u2028b\u2029c", "a<U+2028>b<U+2029>c"),
    "surrogate": ("\udcff", "<U+DCFF>"),
    "private": ("\ue000", "<U+E000>"),
    "tag": ("\U000e0041", "<U+E0041>"),
    "markup": ("[bold]x[/] <b>", "[bold]x[/] <b>"),
    "no-break space": ("a\xa0b", "a\xa0b"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("case", VISIBLE)
def test_what_would_steer_a_terminal_is_a_mark(case):
    text, shown = VISIBLE[case]
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_nothing_that_steers_comes_through(text):
    shown = visible(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert shown.splitlines() in ([shown], [])
    assert visible(shown) == shown
    assert len(shown) >= len(text)


@given(st.text(st.characters().filter(str.isprintable)))
def test_printable_text_stays_as_it_is(text):
    assert visible(text) == text


UNICODE = [
    ({"LANG": "nl_NL.UTF-8"}, True),
    ({"LANG": "nl_NL.utf8"}, True),
    ({"LANG": "C.UTF-8"}, True),
    ({"LANG": "nl_NL"}, False),
    ({"LANG": "nl_NL.ISO-8859-15"}, False),
    ({"LANG": "C"}, False),
    ({"LC_ALL": "C", "LANG": "nl_NL.UTF-8"}, False),
    ({"LC_ALL": "", "LANG": "nl_NL.UTF-8"}, True),
    ({"LC_ALL": "C.UTF-8", "LANG": "C"}, True),
    ({"LC_CTYPE": "nl_NL.UTF-8", "LANG": "C"}, True),
    ({"LC_CTYPE": "nl_NL.ISO-8859-1", "LANG": "nl_NL.UTF-8"}, False),
    ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, False),  # Python put LC_CTYPE there, not the user
    ({"LC_CTYPE": "C.UTF-8", "LANG": "POSIX"}, False),
    ({"LC_MESSAGES": "nl_NL.UTF-8", "LANG": "C"}, False),
]


@pytest.mark.parametrize(("environment", "promised"), UNICODE, ids=str)
def test_unicode_is_what_the_locale_promises(environment, promised):
    assert speaks_unicode(environment) is promised


LANGUAGES = [
    (None, {}, "nl"),
    (None, {"LANG": "nl_NL.UTF-8"}, "nl"),
    (None, {"LANG": "en_GB.UTF-8"}, "en"),
    (None, {"LANG": "en"}, "en"),
    (None, {"LANG": "fy_NL.UTF-8"}, "nl"),
    (None, {"LANG": "C"}, "nl"),
    (None, {"LC_ALL": "nl_NL.UTF-8", "LANG": "en_US.UTF-8"}, "nl"),
    (None, {"LC_ALL": "en_US.UTF-8", "LANG": "nl_NL.UTF-8"}, "en"),
    (None, {"LC_MESSAGES": "en_US.UTF-8", "LANG": "nl_NL.UTF-8"}, "en"),
    (None, {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_US.UTF-8"}, "en"),
    (None, {"LC_CTYPE": "en_US.UTF-8", "LANG": "nl_NL.UTF-8"}, "nl"),
    (None, {"LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8"}, "en"),
    (None, {"LC_ALL": "C.utf8", "LANG": "en_US.UTF-8"}, "en"),
    (None, {"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "en"),
    ("nl", {"LANG": "en_US.UTF-8"}, "nl"),
    ("en", {"LANG": "nl_NL.UTF-8"}, "en"),
]


@pytest.mark.parametrize(("asked", "environment", "language"), LANGUAGES, ids=str)
def test_the_language_is_the_one_asked_for_else_that_of_the_locale_else_dutch(asked, environment, language):
    assert language_of(asked, environment) == language
