"""What is written reads back equal, and changes to a file keep its comments."""

import shutil
import tomllib
from pathlib import Path
from string import ascii_lowercase

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui import Basis, Corps, Edition, Monitor, Score
from kmtui.editions.errors import EditionError
from kmtui.editions.parts import PARTS, readable_part
from kmtui.editions.reader import check_edition, unmentioned_score
from kmtui.editions.writing import changed_text, write_edition
from kmtui.model.base import ReadOnly
from kmtui.model.edition import Unmentioned
from kmtui.model.score import PublishedVerdict
from kmtui.model.words import PartnerRemark, Passage


def parts_of(monitor, edition):
    """Every part that the edition has, as `write_edition` takes it."""
    parts = []
    for name in PARTS:
        value = readable_part(monitor.entry(edition.id).folder, name, edition, monitor.context).value
        parts += value.values() if isinstance(value, dict) else [value] if value is not None else []
    return parts


@pytest.mark.parametrize("name", ["2008", "2010", "2012"])
def test_the_bundled_editions_read_back_equal(monitor, tmp_path, name):
    edition = monitor.edition(name)
    parts = parts_of(monitor, edition)
    write_edition(tmp_path / name, edition, monitor.context, *parts)
    again = Monitor(monitor.registry, [replace(monitor.entry(name), folder=tmp_path / name)])
    assert again.edition(name) == edition
    assert parts_of(again, edition) == parts
    assert again.check(tmp_path / name) == (edition, [])


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(str.strip).filter(bool)
PARAGRAPHS = st.lists(st.from_regex(r"[1-9](\.[1-9]){0,2}", fullmatch=True), min_size=1, max_size=3).map(tuple)
PASSAGES = st.builds(Passage, text=WORDS, source=PARAGRAPHS)


def scores(levels, blank=None):
    """Any score on a scale; `levels` are worst first."""
    some = st.lists(st.sampled_from(levels), min_size=2, unique=True)
    ordered = some.map(lambda found: tuple(level for level in levels if level in found))
    withheld = some.map(lambda found: tuple(level for level in levels if level in found) + ((blank,) if blank else ()))
    notes = {"source": PARAGRAPHS, "note": WORDS, "relies_on_verdict": st.booleans()}
    certain = st.sampled_from([Basis.STATED, Basis.COUNTED, Basis.RECORDED, Basis.COMPUTED])
    return st.one_of(
        st.builds(Score, possible=st.sampled_from(levels).map(lambda level: (level,)), basis=certain, **notes),
        st.builds(Score, possible=ordered | withheld, basis=st.just(Basis.OPEN), **notes),
        st.builds(Score, basis=st.just(Basis.BLANK), **notes),
    )


@st.composite
def editions(draw, framework, head):
    """An edition of a few corps, complete or half known, with a head like the one given."""
    any_score = scores(framework.scale.ids, framework.scale.blank.id)
    about = draw(st.none() | st.builds(Unmentioned, source=PARAGRAPHS, note=WORDS))
    filler = unmentioned_score(replace(head, unmentioned=about), framework)

    def judged(names):
        return ReadOnly({name: draw(st.just(filler) | any_score if filler else any_score) for name in names})

    ids = draw(st.lists(st.text(ascii_lowercase, min_size=1, max_size=8), min_size=1, max_size=3, unique=True))
    partners = head.partners[:2]
    corps = tuple(
        Corps(
            id=name,
            name=draw(WORDS),
            source=draw(PARAGRAPHS),
            published=draw(
                st.none()
                | st.builds(
                    PublishedVerdict,
                    possible=st.sampled_from(framework.scale.ids).map(lambda level: (level,)),
                    source=PARAGRAPHS,
                    note=st.just("") | WORDS,
                )
            ),
            scores=judged(framework.dimension_ids),
            partners=judged(partners),
            explanations=ReadOnly({area.id: draw(PASSAGES) for area in framework.areas[: draw(st.integers(0, 3))]}),
            actions=tuple(draw(st.lists(PASSAGES, max_size=2))),
            outlook=tuple(draw(st.lists(PASSAGES, max_size=2))),
            outlook_note=draw(st.none() | PASSAGES),
            remarks=tuple(
                draw(
                    st.lists(st.builds(PartnerRemark, text=WORDS, source=PARAGRAPHS, partner=st.just("om")), max_size=2)
                )
            ),
        )
        for name in ids
    )
    head = replace(head, title=draw(WORDS), partners=partners, corps=tuple(ids), groups=ReadOnly(), unmentioned=about)
    return Edition(head=head, corps=corps)


@pytest.fixture(scope="module")
def small(monitor, edition, make_framework):
    """A framework of three dimensions on the levels of the bundled one, and a context that knows it."""
    framework = make_framework(["een", "twee", "drie"], ["rood", "geel", "groen"])
    known = monitor.context
    scheme = replace(monitor.scheme(edition.scheme), id="plain", framework="plain")
    return framework, replace(known, frameworks={"plain": framework}, schemes={"plain": scheme})


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_edition_reads_back_equal(small, edition, tmp_path, data):
    framework, context = small
    made = data.draw(editions(framework, replace(edition.head, framework="plain", scheme="plain")))
    folder = tmp_path / "made"
    shutil.rmtree(folder, ignore_errors=True)
    write_edition(folder, made, context)
    assert check_edition(folder, context) == (made, [])


KEYS = st.sampled_from(["a", "b", "c-d", "id"])
PLAIN = st.one_of(st.integers(-9, 9), st.booleans(), WORDS, st.lists(st.sampled_from("xyz"), max_size=3))
TABLES = st.recursive(
    st.dictionaries(KEYS, PLAIN, max_size=3),
    lambda inner: st.dictionaries(KEYS, PLAIN | inner | st.lists(inner, min_size=1, max_size=3), max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(TABLES, TABLES)
def test_any_file_can_be_changed_into_any_other(before, after):
    """What tomli_w writes, with a comment on each line, is changed into something else, and means that."""
    text = "".join(f"{line}  # {at}\n" if line else "\n" for at, line in enumerate(tomli_w.dumps(before).split("\n")))
    if tomllib.loads(text) != before:  # a comment has come into a text or a list of several lines
        text = tomli_w.dumps(before)
    changed = changed_text(Path("x.toml"), Path(), text, after)
    assert tomllib.loads(changed) == after
    assert changed_text(Path("x.toml"), Path(), text, before) == text


def test_nothing_is_left_of_an_edition_that_does_not_hold(monitor, edition, tmp_path):
    wrong = replace(edition.corps[0], scores=ReadOnly({"nope": edition.corps[0].scores["referentiekader"]}))
    with pytest.raises(EditionError, match="unknown dimension 'nope'"):
        write_edition(tmp_path / "new", replace(edition, corps=(wrong, *edition.corps[1:])), monitor.context)
    with pytest.raises(EditionError, match="does not read back as it was given"):
        write_edition(tmp_path / "new", replace(edition, corps=edition.corps[::-1]), monitor.context)
    named = replace(edition.corps[0], name="half a \ud83d")
    with pytest.raises(EditionError, match=r"corps/groningen\.toml: found '\\ud83d', which is no character"):
        write_edition(tmp_path / "new", replace(edition, corps=(named, *edition.corps[1:])), monitor.context)
    assert list(tmp_path.iterdir()) == []


CASES = {
    "a value, its comment stays": ('a = 1  # one\nb = 2\n', {"a": 3, "b": 2}, "a = 3  # one\nb = 2\n"),
    "a key that goes": ("a = 1\n# about b\nb = 2\n", {"a": 1}, "a = 1\n# about b\n"),
    "a key that comes": ("a = 1 # one\n", {"a": 1, "b": 2}, "a = 1 # one\nb = 2\n"),
    "an item of a list": ('a = [\n  "x", # ex\n  "y",\n]\n', {"a": ["x", "y", "z"]}),
    "a table in a row": ("[[a]]\nid = 'x' # ex\n\n[[a]]\nid = 'y' # why\n", {"a": [{"id": "y"}]}),
    "an inline table": ("[s]\na = { level = 'x', source = ['1'] } # kept\n", {"s": {"a": {"level": "y"}}}),
    "a table between others": ("[s.a]\nx = 1 # one\n[t]\n", {"s": {"a": {"x": 1}, "b": {"x": 2}}, "t": {}}),
    "tables out of order": ("[s.a]\nx = 1 # one\n[t]\n[s.b]\nx = 2\n", {"s": {"a": {"x": 1}, "b": {"x": 3}}, "t": {}}),
    "a dotted key": ("s.a.x = 1 # one\n", {"s": {"a": {"x": 1, "y": 2}}}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_changed_file_means_what_it_should_and_keeps_its_comments(case):
    text, wanted, *exactly = CASES[case]
    changed = changed_text(Path("x.toml"), Path(), text, wanted)
    assert tomllib.loads(changed) == wanted
    assert exactly in ([], [changed])
    kept = [mark for mark in ("# one", "# ex", "# why", "# kept") if mark in text]
    gone = {"a table in a row": ["# ex"]}.get(case, [])
    assert [mark for mark in kept if mark not in changed] == gone
