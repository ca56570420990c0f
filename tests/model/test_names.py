"""A name that does not exist is met with the one that was meant, or with those that there are."""

import pytest

from kmtui.model.names import expectation


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("rod", ["rood", "geel"], " (did you mean 'rood'?)"),
        ("paars", ["rood", "geel"], ", expected one of rood, geel"),
        ("rood", [], ", and there are none"),
    ],
)
def test_what_is_said_after_an_unknown_name(name, known, said):
    assert expectation(name, iter(known)) == said
