"""Values are made twice over: what msgspec takes, pydantic takes as the same; and what it refuses, pydantic decides."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec
import pytest
import rtoml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect

from kmtui.model.base import FrozenMap, ReadOnly, Text, ValidationError, Value, Words, checked, converted
from kmtui.model.checking import schema_of, validated
from kmtui.model.claims import Claim, Claims
from kmtui.model.crosswalk import Crosswalk
from kmtui.model.edition import Corps, EditionHead
from kmtui.model.figures import Figures
from kmtui.model.framework import Framework
from kmtui.model.scheme import Cap, WeightingScheme
from kmtui.model.units import Baseline, UnitMapping
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
    st.floats(allow_nan=False),
    st.sampled_from(
        ["", " ", " a", "a\n", "a", "A", "cap", "open", "groen", "2.5.1", "2012-01-01", "5", "true", "\x1ca"]
    ),
    st.sampled_from([date(2012, 1, 1), [], ["groen"], ["groen", "geel"], {}, {"a": 1}, {"nl": "a", "en": "b"}]),
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
def test_what_is_shipped_is_made_without_pydantic_and_with_it_the_same(model):
    assert converted(GIVEN[model], model) == validated(model, GIVEN[model])


@pytest.mark.parametrize("model", GIVEN, ids=lambda model: model.__name__)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_what_msgspec_takes_of_damaged_data_pydantic_takes_as_the_same(model, data):
    given_ = GIVEN[model]
    ways = list(places(given_))
    changes = st.tuples(st.sampled_from(ways), st.sampled_from(["drop", "add", "replace"]), ODD)
    way, change, odd = data.draw(changes)
    spoilt = damaged(given_, way, change, odd)
    try:
        value = converted(spoilt, model)
    except msgspec.ValidationError:
        with suppress(ValidationError):
            assert isinstance(checked(model, spoilt), model)
    else:
        assert validated(model, spoilt) == value


@pytest.mark.parametrize("model", GIVEN, ids=lambda model: model.__name__)
def test_a_value_goes_out_as_plain_data_and_comes_back(model):
    value = checked(model, GIVEN[model])
    assert checked(model, value.model_dump()) == value


def test_other_spellings_are_taken_as_what_they_mean():
    text = Text.model_validate({"nl": " een ", "en": "one\n"})
    assert (text.nl, text.en) == ("een", "one")
    head = GIVEN[EditionHead]
    written = head | {"period": {"start": "2011-01-01", "end": date(2012, 12, 31)}}
    assert EditionHead.model_validate(json.loads(json.dumps(written, default=str))).period.start == date(2011, 1, 1)


def test_every_fault_is_told_with_its_key():
    with pytest.raises(ValidationError) as told:
        Text.model_validate({"nl": "", "fr": "un"})
    assert [(entry["loc"], entry["type"]) for entry in told.value.entries] == [
        (("nl",), "string_too_short"),
        (("en",), "missing"),
        (("fr",), "extra_forbidden"),
    ]
    assert str(told.value).startswith("Text: nl: ")


def test_values_inside_are_taken_as_they_are():
    text = Text(nl="een", en="one")

    class Named(Value):
        name: Text
        others: FrozenMap[Text] = ReadOnly()

    named = Named(name=text, others={"a": text})
    assert named.name is text
    assert named.others["a"] is text
    assert validated(Named, {"name": text, "others": {"a": text}}) == named


def test_a_note_that_msgspec_does_not_know_is_no_check_at_all_and_refused():
    from typing import Annotated

    class Noted(Value):
        name: Annotated[str, "short"]

    with pytest.raises(AssertionError):
        schema_of(Noted)


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


def test_a_value_can_stand_in_a_model_of_pydantic_s():
    import pydantic

    class Own(pydantic.BaseModel):
        name: Words
        text: Text

    assert Own(name="x", text={"nl": "een", "en": "one"}).text == Text(nl="een", en="one")
    with pytest.raises(pydantic.ValidationError):
        Own(name="x", text={"nl": "een"})


@pytest.mark.parametrize("make", [converted, lambda data, model: validated(model, data)], ids=["msgspec", "pydantic"])
def test_the_name_of_a_group_is_a_name_whoever_reads_it(make):
    claim = {"id": "a", "source": ["1"], "text": "x", "asserted": 1, "value": {"verdicts": "groen", "over": "corps"}}
    assert make(claim, Claim).value.over == "corps"
    with pytest.raises(ValueError, match="expected a name that matches"):
        make(claim | {"value": {"verdicts": "groen", "over": "No Such"}}, Claim)


def test_a_rule_is_made_with_or_without_its_kind():
    rule = GIVEN[WeightingScheme]["rules"][0]
    without = {key: value for key, value in rule.items() if key != "kind"}
    assert Cap(**rule) == Cap(**without)
    assert Cap(**rule).kind == "cap"
