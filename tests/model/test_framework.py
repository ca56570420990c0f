"""Frameworks and scales hold together: no dangling references, nothing twice, levels in order."""

import pytest

from kmtui import Band, Framework, Measure, Scale, Text
from kmtui.model.base import ValidationError

SAID = Text(nl="zo", en="so")


@pytest.fixture
def plain(make_framework):
    return make_framework(("a", "b"), ("low", "mid", "high"))


def changed(value, **changes):
    """The same value with changes, validated anew."""
    return type(value).model_validate(dict(value) | changes)


def test_levels_run_from_worst_to_best(plain):
    scale = plain.scale
    assert scale.ids == ("low", "mid", "high")
    assert [scale.rank(name) for name in scale.ids] == [0, 1, 2]
    assert scale.ordered(["high", "low", "high"]) == ("low", "high")
    assert scale["mid"].id == "mid"


@pytest.mark.parametrize("ask", [Scale.rank, Scale.__getitem__, lambda scale, name: scale.ordered([name])])
def test_a_level_that_is_not_on_the_scale_is_a_key_error(plain, ask):
    for name in ("no-level", "worse"):
        with pytest.raises(KeyError):
            ask(plain.scale, name)


@pytest.mark.parametrize("sign", ["id", "glyph", "ascii", "letter"])
def test_no_two_levels_share_a_sign_not_even_with_blank(plain, sign):
    low, mid, high = plain.scale.levels
    twin = mid.replace(**{sign: getattr(low, sign)})
    with pytest.raises(ValidationError, match=f"share the same {sign}"):
        changed(plain.scale, levels=(low, twin, high))
    with pytest.raises(ValidationError, match=f"share the same {sign}"):
        changed(plain.scale, blank=plain.scale.blank.replace(**{sign: getattr(high, sign)}))


@pytest.mark.parametrize(
    ("key", "sign", "problem"),
    [
        ("glyph", "\u4e00", "takes one cell"),
        ("glyph", "\U0001f7e2", "takes one cell"),
        ("glyph", "\u0301", "takes one cell"),
        ("glyph", "\u200b", "takes one cell"),
        ("glyph", "\x1b", "takes one cell"),
        ("glyph", " ", "takes one cell"),
        ("glyph", "\u00a0", "takes one cell"),
        ("letter", "\x7f", "takes one cell"),
        ("glyph", "?", "which stands for more levels than can be shown"),
        ("glyph", "\u2191", "which stands for what became better"),
        ("ascii", "v", "which stands for what became worse"),
        ("ascii", "=", "which stands for an end score as published"),
        ("letter", "?", "which stands for"),
        ("letter", "1", "which is a key"),
        ("letter", "\u0663", "which is a key"),
        ("letter", "b", "which is a key"),
    ],
)
def test_a_sign_of_a_level_is_one_that_can_be_told_from_all_others(plain, key, sign, problem):
    with pytest.raises(ValidationError) as error:
        plain.scale.levels[0].replace(**{key: sign})
    assert [one.key for one in error.value.problems] == [key]
    assert problem in str(error.value)


@pytest.mark.parametrize("key", ["glyph", "ascii", "letter"])
@pytest.mark.parametrize("other", ["glyph", "ascii", "letter"])
def test_a_sign_stands_for_one_level_in_every_form(plain, key, other):
    low, mid, high = plain.scale.levels
    twin = mid.replace(**{key: "#"})
    with pytest.raises(ValidationError, match="two levels"):
        plain.scale.replace(levels=(low.replace(**{other: "#"}), twin, high))


def test_a_scale_has_two_levels_at_least(plain):
    with pytest.raises(ValidationError):
        changed(plain.scale, levels=plain.scale.levels[:1])


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        ("dimensions", lambda one: (one[0], one[0]), "dimension a is there twice"),
        ("areas", lambda one: one * 2, "focus area area is there twice"),
        (
            "dimensions",
            lambda one: (one[0].replace(area="elsewhere"),),
            "dimension a names focus area elsewhere",
        ),
        (
            "dimensions",
            lambda one: (
                one[0].replace(
                    measure=Measure(quantity=SAID, unit="%", source=("1",), bands=(Band(below=1, levels=("worse",)),))
                ),
            ),
            "the measure of a names level worse",
        ),
    ],
)
def test_dangling_references_and_duplicates_are_refused(plain, part, change, told):
    with pytest.raises(ValidationError, match=told):
        changed(plain, **{part: change(getattr(plain, part))})


@pytest.mark.parametrize("part", ["areas", "dimensions"])
def test_a_framework_without_areas_or_dimensions_is_refused(plain, part):
    with pytest.raises(ValidationError):
        changed(plain, **{part: ()})


def test_dimensions_are_found_by_id_and_by_area(framework):
    assert framework.dimension("weging").area == "opsporing"
    assert framework.area("toezicht").id == "toezicht"
    assert [len(framework.dimensions_of(area.id)) for area in framework.areas] == [4, 4, 4, 5]
    for ask in (framework.dimension, framework.area):
        with pytest.raises(KeyError):
            ask("wegging")


def test_a_framework_cannot_be_changed(framework):
    with pytest.raises(AttributeError, match="immutable"):
        framework.id = "other"
    assert isinstance(framework, Framework)


@pytest.mark.parametrize("wrong", ["", "Upper", "with space", "a--b", "-a", "a-", "é", "a_b", "a" * 81])
def test_an_id_is_a_lower_case_ascii_slug(plain, wrong):
    with pytest.raises(ValidationError):
        changed(plain, id=wrong)


@pytest.mark.parametrize("words", [{"nl": "zo"}, {"en": "so"}, {"nl": "zo", "en": "  "}, {"nl": "", "en": "so"}])
def test_a_text_comes_in_both_languages(words):
    with pytest.raises(ValidationError):
        Text.model_validate(words)
    assert (SAID("nl"), SAID("en")) == ("zo", "so")
