"""Validation: msgspec and the walk accept the same data, and every fault is reported at its key."""

import copy
import sys
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
import rtoml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect
from msgspec.structs import force_setattr

from kmtui.model.base import FrozenMap, ReadOnly, Text, ValidationError, Value, Words
from kmtui.model.claims import Claim, Claims
from kmtui.model.crosswalk import Crosswalk
from kmtui.model.edition import Corps, EditionHead
from kmtui.model.figures import Figures
from kmtui.model.framework import Framework
from kmtui.model.scheme import Cap, Parameter, WeightingScheme
from kmtui.model.score import Score
from kmtui.model.units import Baseline, UnitMapping
from kmtui.model.validation import MISSING, MOST, converted, validated, walked
from kmtui.model.words import Counts, Picture, Recommendations
from kmtui.settings import Choices, Configuration

ROOT = Path(__file__).resolve().parents[2]


def shipped(*parts):
    return rtoml.loads(ROOT.joinpath(*parts).read_text("utf-8"))


def claims():
    """One claim of each kind, so that every kind is damaged about as often."""
    kinds = {next(iter(claim["value"])): claim for claim in shipped("editions", "2012", "claims.toml")["claims"]}
    return {"claims": list(kinds.values())}


GIVEN = {
    EditionHead: shipped("editions", "2012", "edition.toml"),
    Corps: shipped("editions", "2012", "corps", "utrecht.toml") | {"id": "utrecht"},
    Claims: claims(),
    Counts: shipped("editions", "2012", "counts.toml"),
    Figures: shipped("editions", "2012", "indicators.toml"),
    Picture: shipped("editions", "2012", "picture.toml"),
    Recommendations: shipped("editions", "2012", "recommendations.toml"),
    Baseline: shipped("editions", "2012", "units", "noord-nederland.toml") | {"id": "noord-nederland"},
    Framework: shipped("plugins", "referentiekader_2013", "src", "kmtui_referentiekader_2013", "framework.toml"),
    WeightingScheme: shipped("plugins", "referentiekader_2013", "src", "kmtui_referentiekader_2013", "weighing.toml"),
    Crosswalk: shipped("plugins", "referentiekader_2013", "src", "kmtui_referentiekader_2013", "crosswalk.toml"),
    UnitMapping: shipped("plugins", "eenheden_2013", "src", "kmtui_eenheden_2013", "units.toml"),
    Configuration: {"plugin_paths": ["a"], "language": "nl", "keys": {"matrix.up": "p"}},
    Choices: {"disabled_plugins": ["a"], "theme": "dark"},
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.just(10**30),
    st.just(10**400),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["", " ", " a", "a\n", "a", "A", "cap", "open", "groen", "2.5.1", "2012-01-01", "5", "true", "\x1ca"]
    ),
    st.sampled_from(
        [date(2012, 1, 1), datetime(2012, 1, 1), [], ["groen"], ["groen", "geel"], {}, {"a": 1}, {"nl": "a", "en": "b"}]
    ),
)


def places(data, way=()):
    """The way to everything in the data."""
    yield way
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, item in inside:
        yield from places(item, (*way, key))


def damaged(data, way, change, odd):
    """The data with what stands at the end of the way left out, given another key, or replaced by something odd."""
    if not way:
        return odd
    key, *rest = way
    copied = dict(data) if isinstance(data, dict) else list(data)
    if rest or change == "replace":
        copied[key] = damaged(copied[key], rest, change, odd)
    elif change == "drop":
        del copied[key]
    elif isinstance(copied, dict):
        copied[str(odd)] = copied[key]
    return copied


@pytest.mark.parametrize("model", GIVEN, ids=lambda model: model.__name__)
def test_shipped_data_are_accepted_by_msgspec_and_by_the_walk_as_the_same(model):
    assert converted(model, GIVEN[model]) == walked(model, GIVEN[model])


def key_of(way):
    return ".".join(map(str, way))


@pytest.mark.parametrize("model", GIVEN, ids=lambda model: model.__name__)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_data_are_accepted_alike_or_reported_at_a_key_near_the_damage(model, data):
    given_ = GIVEN[model]
    ways = list(places(given_))
    changes = st.tuples(st.sampled_from(ways), st.sampled_from(["drop", "add", "replace"]), ODD)
    way, change, odd = data.draw(changes)
    spoilt = damaged(given_, way, change, odd)
    try:
        value = converted(model, spoilt)
    except msgspec.ValidationError:
        try:
            value = validated(model, spoilt)
        except ValidationError as error:
            there = {key_of(found) for found in places(spoilt)}
            for problem in error.problems:
                parent = problem.key.rpartition(".")[0]
                lacking = problem.text.startswith(MISSING)
                assert (parent if lacking else problem.key) in there, "the key is one that the data have"
                assert related(problem.key, key_of(way)) or related(problem.key, key_of(way[:-1]))
        else:
            assert isinstance(odd, str)
            assert odd.strip() != odd, "only surrounding blanks are repaired"
            assert isinstance(value, model)
    else:
        assert walked(model, spoilt) == value


def related(one, other):
    """Whether one of two keys is the other, or a table around it."""
    return f"{one}.".startswith(f"{other}." if other else "") or f"{other}.".startswith(f"{one}." if one else "")


@pytest.mark.parametrize("model", GIVEN, ids=lambda model: model.__name__)
def test_a_value_goes_out_as_plain_data_and_comes_back(model):
    value = validated(model, GIVEN[model])
    assert validated(model, value.model_dump()) == value


TEXT = {"nl": "een", "en": "one"}
NUMBER = {"id": "n", "name": TEXT, "reason": TEXT, "default": 1, "minimum": 0, "maximum": 3, "source": ["1"]}
PERIOD = {"start": date(2011, 1, 1), "end": date(2012, 12, 31)}
CLAIM = {"id": "a", "source": ["1"], "text": "x", "asserted": 1, "value": {"verdicts": "groen", "over": "corps"}}
RULE = GIVEN[WeightingScheme]["rules"][0]
WRONG = {
    "truth value for a number": (
        Parameter,
        NUMBER | {"default": True},
        "default",
        "truth value true, expected a whole",
    ),
    "text for a number": (Parameter, NUMBER | {"default": "3"}, "default", "text '3', expected a whole number"),
    "fraction for a whole number": (Parameter, NUMBER | {"default": 3.0}, "default", "number 3.0, expected a whole"),
    "number for a truth value": (
        Score,
        {"relies_on_verdict": 1},
        "relies_on_verdict",
        "number 1, expected true or false",
    ),
    "number for text": (Score, {"note": 1}, "note", "number 1, expected text"),
    "number for a date": (EditionHead, {"period": PERIOD | {"end": 5}}, "period.end", "number 5, expected a date"),
    "text for a date": (
        EditionHead,
        {"period": PERIOD | {"end": "2012-12-31"}},
        "period.end",
        "text '2012-12-31', exp",
    ),
    "time for a date": (
        EditionHead,
        {"period": PERIOD | {"end": datetime(2012, 1, 1)}},
        "period.end",
        "time 2012-01-01",
    ),
    "text for an array": (Score, {"source": "1"}, "source", "text '1', expected an array"),
    "table for text": (Score, {"note": {}}, "note", "a table, expected text"),
    "array for a table": (EditionHead, {"period": []}, "period", "an array [], expected a table"),
    "a name that is close": (Score, {"basis": "stateed"}, "basis", "text 'stateed', expected one of stated, counted"),
    "a name that is not": (Claim, {"relation": "?"}, "relation", "text '?', expected one of equals, about"),
    "an empty text": (Text, {"nl": " "}, "nl", "text ' ', expected at least 1 character"),
    "an empty array": (Score, {"source": []}, "source", "an array [], expected at least 1 item"),
    "an item of an array": (Score, {"source": ["1", 2]}, "source.1", "number 2, expected text"),
    "a negative number": (Claim, CLAIM | {"margin": -1}, "margin", "number -1, expected at least 0"),
    "no number": (Claim, CLAIM | {"margin": float("nan")}, "margin", "number nan, expected at least 0"),
    "a huge number": (Claim, CLAIM | {"margin": 10**400}, "margin", "a number that is too large"),
    "a key that is no id": (Corps, {"scores": {"A b": {}}}, "scores.A b", "text 'A b', expected an id"),
    "one of two kinds": (Claim, CLAIM | {"asserted": []}, "asserted", "an array [], expected a number or text"),
    "no expression": (Claim, CLAIM | {"value": 5}, "value", "number 5, expected an expression: a table with one of"),
    "two expressions": (Claim, CLAIM | {"value": {"sum": "1.a", "cell": "1.a"}}, "value", "a table, expected an exp"),
    "inside an expression": (
        Claim,
        CLAIM | {"value": {"sum": "1.a", "over": 5}},
        "value.over",
        "number 5, expected text",
    ),
    "a group's name": (
        Claim,
        CLAIM | {"value": {"sum": "1.a", "over": "No"}},
        "value.over",
        "text 'No', expected an id",
    ),
    "an expression in one": (
        Claim,
        CLAIM | {"value": {"difference": [{"verdict": "a"}, {"cell": "1.a", "of": "b", "year": "2012"}]}},
        "value.difference.1.year",
        "text '2012', expected a whole number",
    ),
    "too few items": (Claim, CLAIM | {"value": {"ratio": [{"verdict": "a"}]}}, "value.ratio", "1 items, expected 2"),
    "a rule of no kind": (
        WeightingScheme,
        {"rules": [{key: value for key, value in RULE.items() if key != "kind"}]},
        "rules.0.kind",
        "nothing, expected this key, one of cap, prerequisite, points, neutral",
    ),
    "a rule of another kind": (
        WeightingScheme,
        {"rules": [RULE | {"kind": "kap"}]},
        "rules.0.kind",
        "text 'kap', expected one of cap, prerequisite, points, neutral (did you mean 'cap'?)",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_type_is_a_fault_at_its_key(case):
    model, data, key, found = WRONG[case]
    with pytest.raises(ValidationError) as error:
        model.model_validate(data)
    assert any(problem.key == key and f"found {found}" in problem.text for problem in error.value.problems), error.value


def test_surrounding_blanks_of_words_are_removed():
    text = Text.model_validate({"nl": " een ", "en": "one\n"})
    assert (text.nl, text.en) == ("een", "one")


def test_every_fault_is_reported_in_one_go():
    with pytest.raises(ValidationError) as error:
        Text.model_validate({"nl": "", "eng": "un"})
    assert [(problem.key, problem.text) for problem in error.value.problems] == [
        ("nl", "found text '', expected at least 1 character"),
        ("en", "found nothing, expected this key"),
        ("eng", "unknown key (did you mean 'en'?)"),
    ]
    assert str(error.value).startswith("Text.nl: found text '', ")


def test_the_search_for_faults_ends():
    with pytest.raises(ValidationError) as error:
        Counts.model_validate({"counts": [5] * 100_000})
    assert len(error.value.problems) == MOST + 1


def test_data_without_end_are_a_fault():
    endless = {"total": []}
    endless["total"] += [endless, endless]
    with pytest.raises(ValidationError, match="nested too deeply"):
        Claim.model_validate(CLAIM | {"value": endless})


def test_values_inside_are_taken_as_they_are():
    text = Text(nl="een", en="one")

    class Named(Value):
        name: Text
        others: FrozenMap[Text] = ReadOnly()

    named = Named(name=text, others={"a": text})
    assert named.name is text
    assert named.others["a"] is text
    assert walked(Named, {"name": text, "others": {"a": text}}) == named
    assert named.replace(name=text).others is named.others, "a mapping is shared where it is right"


REPLACED = {
    "a wrong type": ({"note": 5}, "note"),
    "a wrong item": ({"possible": ("Not an id",)}, "possible.0"),
    "a broken rule": ({"basis": "open"}, ""),
    "no field": ({"notes": ""}, "notes"),
}


@pytest.mark.parametrize("case", REPLACED)
def test_replace_validates_like_a_new_value(case):
    changes, key = REPLACED[case]
    score = Score(level="low", basis="stated", source=("1",), note="because")
    assert score.replace(possible=("high",)) == Score(level="high", basis="stated", source=("1",), note="because")
    with pytest.raises(ValidationError) as error:
        score.replace(**changes)
    assert [problem.key for problem in error.value.problems] == [key]


def test_a_read_only_mapping_is_validated_like_any_other():
    corps = validated(Corps, GIVEN[Corps])
    with pytest.raises(ValidationError, match=r"scores\.a: found number 5, expected a table"):
        corps.replace(scores=ReadOnly({"a": 5}))


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is new in 3.13")
def test_replace_of_the_standard_library_validates():
    with pytest.raises(ValidationError):
        copy.replace(Text(nl="een", en="one"), nl=5)


def test_a_value_that_was_changed_by_force_is_found_when_it_is_validated_again():
    text = Text(nl="een", en="one")
    force_setattr(text, "nl", 5)
    with pytest.raises(ValidationError, match="nl: found number 5"):
        Text.model_validate(text.model_dump())


def kinds(found):
    """Every type that can stand in a type, and the type itself."""
    yield found
    inside = (getattr(found, name, ()) for name in ("types", "item_types"))
    single = (getattr(found, name, None) for name in ("type", "item_type", "key_type", "value_type"))
    for one in (*(one for several in inside for one in several), *filter(None, single)):
        yield from kinds(one)


def values(kind=Value):
    for value in kind.__subclasses__():
        yield value
        yield from values(value)


def test_no_text_with_a_pattern_stands_beside_a_list():
    """It would crash msgspec, which takes the pattern for the type of the items when it looks for garbage."""
    unions = [
        {type(one).__name__: one for one in kind.types}
        for value in values()
        for field in inspect.type_info(value).fields
        for kind in kinds(field.type)
        if isinstance(kind, inspect.UnionType)
    ]
    assert any("VarTupleType" in union and "StrType" in union for union in unions), "there are such unions at all"
    for union in unions:
        assert (
            len(union) == 1
            or "StrType" not in union
            or union["StrType"].pattern is None
            or set(union)
            == {
                "StrType",
                "NoneType",
            }
        )


def test_a_value_can_be_a_field_of_a_pydantic_model():
    import pydantic

    class Own(pydantic.BaseModel):
        name: Words
        text: Text

    own = Own(name="x", text={"nl": "een", "en": "one"})
    assert own.text == Text(nl="een", en="one")
    assert Own.model_validate_json(own.model_dump_json()) == own
    with pytest.raises(pydantic.ValidationError):
        Own(name="x", text={"nl": "een"})


def test_a_rule_is_made_with_or_without_its_kind():
    rule = GIVEN[WeightingScheme]["rules"][0]
    without = {key: value for key, value in rule.items() if key != "kind"}
    assert Cap(**rule) == Cap(**without)
    assert Cap(**rule).kind == "cap"
