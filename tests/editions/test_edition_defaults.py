"""An edition that names no framework or scheme gets those of its last day."""

from datetime import date
from pathlib import Path

import pytest

from kmtui.editions.context import Context
from kmtui.editions.edition_defaults import with_defaults
from kmtui.model.provenance import Validity

FILE = Path("edition.toml")


@pytest.fixture
def context(framework, weigher):
    """A framework until the end of 2012, its successor from then on, each with a scheme of its name."""
    spans = {"old": Validity(end=date(2012, 12, 31)), "new": Validity(start=date(2013, 1, 1))}
    change = {name: {"id": name, "valid": valid} for name, valid in spans.items()}
    return Context(
        frameworks={n: framework.replace(**(c | {"default_scheme": n})) for n, c in change.items()},
        schemes={n: weigher.scheme.replace(**(c | {"framework": n})) for n, c in change.items()},
    )


def head(day, **more):
    return {"period": {"start": date(2000, 1, 1), "end": day}, **more}


@pytest.mark.parametrize(("day", "name"), [(date(2012, 12, 31), "old"), (date(2013, 1, 1), "new")])
def test_the_last_day_decides(context, day, name):
    found, faults = with_defaults(FILE, head(day), context)
    assert (found["framework"], found["scheme"], faults) == (name, name, [])


def test_what_the_edition_says_goes_first(context):
    found, _ = with_defaults(FILE, head(date(2014, 1, 1), framework="old", scheme="old"), context)
    assert (found["framework"], found["scheme"]) == ("old", "old")


def test_of_several_the_one_that_began_last_applies(context):
    newest = context.frameworks["new"].replace(id="newest", valid=Validity(start=date(2014, 1, 1)))
    context = Context({**context.frameworks, "newest": newest}, context.schemes)
    assert with_defaults(FILE, head(date(2014, 5, 1)), context)[0]["framework"] == "newest"
    assert with_defaults(FILE, head(date(2013, 5, 1)), context)[0]["framework"] == "new"


def test_where_several_apply_alike_one_must_be_named(context):
    twin = context.frameworks["new"].replace(id="twin")
    context = Context({**context.frameworks, "twin": twin}, context.schemes)
    found, (fault,) = with_defaults(FILE, head(date(2013, 5, 1)), context)
    assert "framework" not in found
    assert str(fault) == (
        "edition.toml: framework: found nothing, and on 2013-05-01 apply new, twin; expected one of them"
    )


@pytest.mark.parametrize("period", [None, 5, {}, {"end": "2013"}])
def test_without_a_last_day_nothing_is_picked(context, period):
    assert with_defaults(FILE, {"period": period}, context) == ({"period": period}, [])
