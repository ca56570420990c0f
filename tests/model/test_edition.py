"""An edition and its corps: read-only, and found by id."""

import copy
import json
import pickle
from datetime import date

import pytest

from kmtui import Corps, Period
from kmtui.model.base import ValidationError


def test_a_period_does_not_end_before_it_starts():
    day, next_day = date(2012, 1, 1), date(2012, 1, 2)
    assert Period(start=day, end=day).end == day
    with pytest.raises(ValidationError, match="before it starts"):
        Period(start=next_day, end=day)


def test_corps_are_found_by_id(edition):
    assert edition.find_corps("utrecht").name == "Utrecht"
    with pytest.raises(KeyError):
        edition.find_corps("utrech")


def test_nothing_in_an_edition_can_be_changed(edition):
    corps = edition.find_corps("utrecht")
    with pytest.raises(AttributeError, match="immutable"):
        corps.name = "Elders"
    with pytest.raises(TypeError):
        corps.scores["weging"] = corps.scores["gedragscode"]
    with pytest.raises(AttributeError, match="immutable"):
        edition.corps = ()


def test_scores_do_not_follow_the_mapping_that_they_were_made_from(edition):
    corps = edition.find_corps("utrecht")
    given = dict(corps.scores)
    made = Corps(id="one", name="One", source=("1",), scores=given)
    given.clear()
    assert made.scores == corps.scores


def pickled(value):
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("twin", [copy.deepcopy, pickled])
def test_a_corps_can_be_copied(edition, twin):
    corps = edition.find_corps("utrecht")
    assert twin(corps) == corps


def test_a_corps_goes_out_as_plain_data_and_comes_back(edition):
    corps = edition.find_corps("utrecht")
    assert Corps.model_validate(corps.model_dump()) == corps
    assert Corps.model_validate(json.loads(json.dumps(corps.model_dump()))) == corps
