"""A scheme as data: its rules and parameters refer to each other without dangling ends or duplicates."""

import pytest

from kmtui import WeightingScheme
from kmtui.model.base import ValidationError

SAID = {"nl": "zo", "en": "so"}
RULE = {"id": "r", "kind": "cap", "dimension": "a", "at_most": "low", "verdict": "low", "text": SAID, "source": ["1"]}
NUMBER = {"id": "n", "name": SAID, "reason": SAID, "default": 1, "minimum": 0, "maximum": 2, "source": ["1"]}
SCHEME = {"id": "s", "name": SAID, "framework": "f", "source": "a test", "parameters": [NUMBER], "rules": [RULE]}
COUNTING = {"others": {"at_most": "low", "count": "n"}}


def scheme(*rules, parameters=(NUMBER,)):
    return WeightingScheme.model_validate(SCHEME | {"rules": rules, "parameters": parameters})


@pytest.mark.parametrize(
    ("rules", "parameters", "told"),
    [
        ([RULE, RULE], [], "rule r is there twice"),
        ([RULE], [NUMBER, NUMBER], "parameter n is there twice"),
        ([RULE | COUNTING], [], "rule r uses parameter n, which is not there"),
        ([RULE | {"switch": "m"}], [NUMBER], "rule r uses parameter m, which is not there"),
        ([RULE], [NUMBER | {"default": 3}], "value 3 lies outside 0 to 2"),
        ([RULE], [NUMBER | {"default": -1}], "value -1 lies outside 0 to 2"),
    ],
)
def test_dangling_references_and_duplicates_are_refused(rules, parameters, told):
    with pytest.raises(ValidationError, match=told):
        scheme(*rules, parameters=parameters)


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [RULE | {"kind": "guess"}],
        [RULE | {"source": []}],
        [RULE | {"text": {"nl": "zo"}}],
        [RULE | {"requires": "b"}],
        [{key: value for key, value in RULE.items() if key != "verdict"}],
    ],
)
def test_a_rule_is_whole_and_cited(rules):
    with pytest.raises(ValidationError):
        scheme(*rules)


def test_the_rules_on_a_dimension_are_those_that_name_it():
    requires = {"id": "p", "kind": "prerequisite", "dimension": "b", "requires": "a", "limit": "low"}
    requires |= {"at_most": "low", "text": SAID, "source": ["1"]}
    neutral = {"id": "z", "kind": "neutral", "dimension": "c", "text": SAID, "source": ["1"]}
    trial = scheme(requires, RULE | COUNTING, neutral)
    assert [[rule.id for rule in trial.rules_on(name)] for name in "abcd"] == [["p", "r"], ["p"], ["z"], []]


def test_every_rule_and_parameter_of_2008_is_cited_in_both_languages(weigher):
    for rule in weigher.scheme.rules:
        assert rule.source
        assert rule.text("nl") != rule.text("en")
    for parameter in weigher.scheme.parameters:
        assert parameter.source
        assert parameter.reason("nl") != parameter.reason("en")


def test_a_scheme_cannot_be_changed(weigher):
    with pytest.raises(AttributeError, match="immutable"):
        weigher.scheme.rules = ()
