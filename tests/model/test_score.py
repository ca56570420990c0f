"""A score is never more certain than its source, and says what it rests on."""

import pytest

from kmtui import Basis, Score
from kmtui.model.base import ValidationError


def score(basis, *possible, **others):
    return Score(possible=possible, basis=basis, **{"source": ("1.2",), "note": "because", **others})


ONE_LEVEL = [Basis.STATED, Basis.COUNTED, Basis.RECORDED, Basis.COMPUTED]


@pytest.mark.parametrize("basis", ONE_LEVEL)
def test_a_certain_score_has_its_one_level(basis):
    certain = score(basis, "low")
    assert (certain.level, certain.is_open, certain.is_blank) == ("low", False, False)


def test_an_open_score_has_no_level_but_the_possible_ones():
    undecided = score(Basis.OPEN, "low", "high")
    assert (undecided.level, undecided.is_open, undecided.is_blank) == (None, True, False)


def test_a_blank_score_is_neither_open_nor_certain():
    withheld = score(Basis.BLANK)
    assert (withheld.level, withheld.is_open, withheld.is_blank) == (None, False, True)


@pytest.mark.parametrize(
    ("basis", "possible"),
    [
        *((basis, ()) for basis in ONE_LEVEL),
        *((basis, ("low", "high")) for basis in ONE_LEVEL),
        (Basis.OPEN, ()),
        (Basis.OPEN, ("low",)),
        (Basis.OPEN, ("low", "low")),
        (Basis.BLANK, ("low",)),
        (Basis.BLANK, ("low", "high")),
    ],
)
def test_the_basis_has_to_fit_the_number_of_levels(basis, possible):
    with pytest.raises(ValidationError):
        score(basis, *possible)


@pytest.mark.parametrize("note", ["", "  ", "\n"])
@pytest.mark.parametrize(
    ("basis", "possible"),
    [
        (Basis.STATED, ("low",)),
        (Basis.COMPUTED, ("low",)),
        (Basis.OPEN, ("low", "high")),
        (Basis.BLANK, ()),
    ],
)
def test_a_score_says_why_in_a_note(basis, possible, note):
    with pytest.raises(ValidationError):
        score(basis, *possible, note=note)


@pytest.mark.parametrize("basis", [Basis.COUNTED, Basis.RECORDED])
def test_counted_and_recorded_scores_need_no_note(basis):
    assert score(basis, "low", note="").note == ""


def test_every_score_cites_a_paragraph():
    with pytest.raises(ValidationError):
        score(Basis.STATED, "low", source=())


def test_one_level_may_be_written_alone():
    written = Score.model_validate({"level": "low", "basis": "stated", "source": ["1"], "note": "because"})
    assert written == Score(possible=("low",), basis=Basis.STATED, source=("1",), note="because")


def test_level_and_possible_are_not_written_together():
    with pytest.raises(ValidationError, match="level and possible are both there"):
        Score.model_validate(
            {"level": "low", "possible": ["low"], "basis": "stated", "source": ["1"], "note": "because"}
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": None},
        {"level": ["low"]},
        {"level": "Low"},
        {"possible": "low"},
        {"basis": "guessed"},
        {"source": "1"},
        {"source": ["§ 1"]},
        {"relies_on_verdict": "yes"},
        {"relies_on_verdict": 1},
        {"sorce": ["1"]},
    ],
)
def test_keys_of_the_wrong_kind_are_refused(wrong):
    fine = {"possible": ["low"], "basis": "stated", "source": ["1"], "note": "because"}
    if "level" in wrong:
        del fine["possible"]
    Score.model_validate(fine | {"level": "low"} if "level" in wrong else fine)
    with pytest.raises(ValidationError):
        Score.model_validate(fine | wrong)


@pytest.mark.parametrize("name", ["possible", "basis", "note"])
def test_a_score_cannot_be_changed(name):
    with pytest.raises(AttributeError, match="immutable"):
        setattr(score(Basis.STATED, "low"), name, "high")
