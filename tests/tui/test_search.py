"""What is found by what is typed."""

import time

import pytest

from kmtui.pages.kinds import KINDS, title_of
from kmtui.tui.search import Index, fold

NAMES = [
    "Korps: Groningen",
    "Korps: Gooi- en Vechtstreek",
    "Dimensie: Continuïteit van het toezicht",
    "Dimensie: Slachtofferbejegening",
    "Dimensie: Financieel rechercheren",
    "Partner: Openbaar Ministerie",
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(NAMES)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gron", [0]),
        ("GOOI vecht", [1]),
        ("vechtstreek gooi", [1]),
        ("continuiteit", [2]),
        ("CONTINUÏTEIT", [2]),
        ("continuïteit", [2]),  # typed in two parts
        ("contiuniteit", [2]),
        ("slachtofer", [3]),
        ("bejegening", [3]),
        ("rechecheren", [4]),
        ("minsterie", [5]),
        ("korps", [0, 1]),
        ("dimensie toezicht", [2]),
        ("gron dimensie", []),
        ("xyzzy", []),
        ("", []),
        ("- ,", []),
    ],
)
def test_a_name_is_found(index: Index, query: str, expected: list[int]) -> None:
    assert [found.entry for found in index.search(query)] == expected


def test_the_better_match_comes_first() -> None:
    found = Index(["onderzoek", "zoeken", "zoek"]).search("zoek")
    assert [match.entry for match in found] == [2, 1, 0]
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_places_are_those_of_the_words_that_match(index: Index) -> None:
    (found,) = index.search("toezicht")
    assert "".join(NAMES[2][place] for place in found.places) == "toezicht"


def test_case_and_accents_do_not_count() -> None:
    assert fold("Coördinatie ÉÉN") == "coordinatie een"


@pytest.mark.parametrize("query", ["gron", "mensenhandl", "xqzwvk", "toezicht vergunde"])
def test_all_that_there_is_can_be_searched_while_one_types(make_app, query: str) -> None:
    view = make_app().view
    everything = Index([title_of(view, kind, name) for kind, found in KINDS.items() for name in found.ids(view)])
    start = time.process_time()
    everything.search(query)
    assert time.process_time() - start < 0.25


@pytest.mark.parametrize("query", ["continuiteit", "contniuiteit"])
async def test_the_palette_forgives(open_app, query: str) -> None:
    async with open_app() as hand:
        await hand.press("ctrl+p")
        await hand.type(query)
        await hand.until(lambda: "Dimensie: Toezicht: continuïteit" in hand.text, "the dimension is offered")


async def test_the_palette_finds_what_is_recommended(open_app) -> None:
    async with open_app() as hand:
        advice = hand.app.monitor.recommendations(hand.app.view.edition).recommendations[0]
        await hand.press("ctrl+p")
        await hand.type(" ".join(advice.text.split()[:6]))
        await hand.until(lambda: " ".join(advice.text.split()[:3]) in hand.text, "the recommendation is offered")
        await hand.press("down", "enter")
        await hand.until(lambda: hand.target.kind == "topic", "its page opens")


def test_a_long_query_is_searched_by_its_beginning() -> None:
    index = Index([f"naam{number} van een korps" for number in range(1500)])
    words = " ".join(f"korbs{number}" for number in range(1000))
    began = time.monotonic()
    assert index.search("naam7 " + "x" * 10_000) == index.search("naam7 " + "x" * 94)
    assert index.search(words) == index.search(" ".join(words.split()[:8]))
    assert time.monotonic() - began < 10, "seconds, not minutes"
