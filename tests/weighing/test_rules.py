"""Each rule of section 2.4.1 by itself, on a corps that is green on everything else."""

import pytest

from kmtui import Basis, Score
from kmtui.model.names import UnknownIdError

RED, YELLOW, GREEN = "rood", "geel", "groen"
OPEN = "geel|groen"

CASES = [
    # dimension, end score when it alone is yellow, when it alone is red, when it is red and one other yellow
    ("referentiekader", YELLOW, YELLOW, RED),
    ("korpsexpert-kwaliteit", YELLOW, YELLOW, YELLOW),
    ("korpsexpert-mandaat", YELLOW, YELLOW, YELLOW),
    ("gedragscode", GREEN, YELLOW, RED),
    ("toezicht-kwaliteit", GREEN, YELLOW, RED),
    ("toezicht-continuiteit", GREEN, YELLOW, RED),
    ("vergunde-branche", YELLOW, YELLOW, RED),
    ("niet-vergunde-branche", GREEN, YELLOW, RED),
    ("informatieorganisatie", GREEN, YELLOW, RED),
    ("centrale-informatiecoordinatie", GREEN, YELLOW, RED),
    ("themakennis", GREEN, GREEN, GREEN),
    ("aanleveren-emm", GREEN, YELLOW, RED),
    ("opsporing-kwaliteit", GREEN, YELLOW, RED),
    ("slachtofferbejegening", YELLOW, YELLOW, RED),
    ("procesverantwoordelijkheid", GREEN, GREEN, GREEN),
    ("weging", YELLOW, YELLOW, RED),
    ("financieel-rechercheren", YELLOW, YELLOW, RED),
]
BY_THE_TEXT_ITSELF = ("vergunde-branche", "niet-vergunde-branche")


@pytest.fixture
def weigh(weigher):
    """Weigh a corps that is green but for what is said: `"geel"`, `"geel|groen"` for open, `""` for blank."""

    def weigh(scores=None, by=weigher):
        green = dict.fromkeys(by.framework.dimension_ids, GREEN)
        return by.weigh_levels(
            {name: cell.split("|") if cell else () for name, cell in (green | (scores or {})).items()}
        )

    return weigh


def beside(dimension):
    """A dimension that never decides, to be the other weak one."""
    return "themakennis" if dimension != "themakennis" else "procesverantwoordelijkheid"


def test_the_cases_cover_every_dimension(framework):
    assert tuple(case[0] for case in CASES) == framework.dimension_ids


def test_the_scheme_speaks_of_every_dimension(framework, weigher):
    assert all(weigher.scheme.rules_on(name) for name in framework.dimension_ids)


def test_all_green_is_green_without_a_reason(weigh):
    weighing = weigh()
    assert (weighing.verdict, weighing.reasons, weighing.pivotal) == (GREEN, (), ())


@pytest.mark.parametrize(("dimension", "yellow", "red", "red_with_yellow"), CASES)
def test_one_weak_dimension(weigh, dimension, yellow, red, red_with_yellow):
    assert weigh({dimension: YELLOW}).verdict == yellow
    assert weigh({dimension: RED}).verdict == red
    assert weigh({dimension: RED, beside(dimension): YELLOW}).verdict == red_with_yellow


@pytest.mark.parametrize("dimension", [case[0] for case in CASES if case[3] == RED])
def test_another_red_weighs_as_much_as_a_yellow(weigh, dimension):
    assert weigh({dimension: RED, beside(dimension): RED}).verdict == RED


@pytest.mark.parametrize("dimension", [case[0] for case in CASES if case[3] == RED])
def test_without_escalation_only_the_two_sectors_turn_red(monitor, weigh, dimension):
    weigher = monitor.weigher("referentiekader-2008", {"overige-rode-scores-verzwaren": 0})
    expected = RED if dimension in BY_THE_TEXT_ITSELF else YELLOW
    assert weigh({dimension: RED, beside(dimension): YELLOW}, weigher).verdict == expected


@pytest.mark.parametrize("needed", [1, 2, 3, 4])
@pytest.mark.parametrize("present", [0, 1, 2, 3, 4])
def test_a_red_sector_turns_red_with_as_many_others_as_the_parameter_asks(monitor, weigh, needed, present):
    weigher = monitor.weigher("referentiekader-2008", {"geel-naast-rood": needed})
    others = ("themakennis", "procesverantwoordelijkheid", "gedragscode", "toezicht-kwaliteit")[:present]
    weighing = weigh({"vergunde-branche": RED, **dict.fromkeys(others, YELLOW)}, weigher)
    assert weighing.verdict == (RED if present >= needed else YELLOW)


def test_many_yellows_on_dimensions_that_may_be_yellow_stay_green(weigh):
    assert weigh({case[0]: YELLOW for case in CASES if case[1] == GREEN}).verdict == GREEN


@pytest.mark.parametrize("level", [YELLOW, RED])
@pytest.mark.parametrize("dimension", ["themakennis", "procesverantwoordelijkheid"])
def test_a_neutral_dimension_is_never_a_reason(weigh, dimension, level):
    assert weigh({dimension: level}).reasons == ()


# Prerequisites


@pytest.mark.parametrize("level", [YELLOW, RED])
@pytest.mark.parametrize("expert", ["korpsexpert-kwaliteit", "korpsexpert-mandaat"])
def test_a_weak_expert_makes_a_green_referentiekader_count_as_yellow(weigh, expert, level):
    weighing = weigh({expert: level})
    assert weighing.verdict == YELLOW
    assert {reason.rule.id: reason.dimensions for reason in weighing.reasons} == {
        "referentiekader-moet-groen": ("referentiekader",),
        f"{expert}-voorwaarde": ("referentiekader", expert),
    }


def test_both_experts_weak_are_both_among_the_reasons(weigh):
    weighing = weigh({"korpsexpert-kwaliteit": YELLOW, "korpsexpert-mandaat": YELLOW})
    assert {reason.rule.id for reason in weighing.reasons} == {
        "referentiekader-moet-groen",
        "korpsexpert-kwaliteit-voorwaarde",
        "korpsexpert-mandaat-voorwaarde",
    }


def test_an_open_expert_does_not_hide_that_the_other_one_is_weak(weigh):
    weighing = weigh({"korpsexpert-kwaliteit": OPEN, "korpsexpert-mandaat": YELLOW})
    certain = {reason.rule.id for reason in weighing.reasons if reason.certain}
    assert certain == {"referentiekader-moet-groen", "korpsexpert-mandaat-voorwaarde"}


def test_an_open_referentiekader_does_not_hide_a_prerequisite_that_may_be_in_force(weigh):
    weighing = weigh({"referentiekader": OPEN, "korpsexpert-mandaat": YELLOW})
    assert weighing.verdict == YELLOW
    assert "korpsexpert-mandaat-voorwaarde" in {reason.rule.id for reason in weighing.reasons}


def test_a_referentiekader_that_counts_as_yellow_is_a_weak_score_beside_a_red_one(monitor, weigh):
    weigher = monitor.weigher("referentiekader-2008", {"geel-naast-rood": 2})
    weighing = weigh({"vergunde-branche": RED, "korpsexpert-mandaat": YELLOW}, weigher)
    assert weighing.verdict == RED
    assert weighing.reasons[0].dimensions == ("vergunde-branche", "referentiekader", "korpsexpert-mandaat")


def test_a_prerequisite_is_no_heavier_than_its_limit(weigh):
    weighing = weigh({"referentiekader": RED, "korpsexpert-mandaat": YELLOW})
    assert weighing.verdict == RED
    assert [reason.rule.id for reason in weighing.deciding] == ["referentiekader-rood-met-geel"]


def test_a_prerequisite_gives_no_score_to_a_blank_referentiekader(weigh):
    assert weigh({"referentiekader": "", "korpsexpert-mandaat": RED}).verdict == GREEN


# Blanks


@pytest.mark.parametrize("dimension", [case[0] for case in CASES])
def test_a_blank_does_not_gate(weigh, dimension):
    assert weigh({dimension: ""}).verdict == GREEN


def test_a_blank_is_no_weak_score_beside_a_red_one(weigh):
    assert weigh({"vergunde-branche": RED, "themakennis": ""}).verdict == YELLOW


def test_all_blank_gives_no_verdict(weigher):
    weighing = weigher.weigh({})
    assert (weighing.verdict, weighing.possible, weighing.reasons, weighing.pivotal) == (None, (), (), ())


def test_missing_and_blank_scores_are_the_same(weigher):
    blank = Score(basis=Basis.BLANK, source=("1",), note="not judged")
    red = Score(possible=(RED,), basis=Basis.STATED, source=("1",), note="said so")
    others = {name: blank for name in weigher.framework.dimension_ids if name != "weging"}
    assert weigher.weigh({"weging": red}) == weigher.weigh({"weging": red, **others})
    assert weigher.weigh({"weging": red}).verdict == YELLOW


@pytest.mark.parametrize("scores", [{"wegging": ["rood"]}, {"weging": ["oranje"]}])
def test_unknown_dimensions_and_levels_are_refused(weigher, scores):
    with pytest.raises(UnknownIdError, match=r"unknown .*expected one of|did you mean"):
        weigher.weigh_levels(scores)


# Reasons


def test_reasons_come_heaviest_first_and_then_in_the_order_of_the_scheme(weigh, weigher):
    weighing = weigh({"financieel-rechercheren": RED, "niet-vergunde-branche": RED, "weging": YELLOW})
    assert [reason.rule.id for reason in weighing.reasons] == [
        "niet-vergunde-branche-rood-met-geel",
        "financieel-rechercheren-rood-met-geel",
        "weging-moet-groen",
        "financieel-rechercheren-moet-groen",
        "niet-vergunde-branche-rood-sluit-groen-uit",
    ]
    assert [reason.verdict for reason in weighing.reasons] == [RED, RED, YELLOW, YELLOW, YELLOW]


def test_a_reason_names_its_dimension_first_and_then_the_others(weigh):
    weighing = weigh({"vergunde-branche": RED, "gedragscode": YELLOW, "themakennis": RED, "weging": ""})
    assert weighing.reasons[0].dimensions == ("vergunde-branche", "gedragscode", "themakennis")


def test_a_lighter_rule_is_told_but_does_not_decide(weigh):
    weighing = weigh({"vergunde-branche": RED, "themakennis": YELLOW})
    assert [(reason.rule.id, reason.certain, reason.decisive) for reason in weighing.reasons] == [
        ("vergunde-branche-rood-met-geel", True, True),
        ("vergunde-branche-moet-groen", True, False),
    ]
    assert weighing.deciding == weighing.reasons[:1]


@pytest.mark.parametrize(
    ("scores", "rule", "paragraphs"),
    [
        ({"vergunde-branche": RED, "themakennis": YELLOW}, "vergunde-branche-rood-met-geel", ("2.4.1",)),
        ({"niet-vergunde-branche": RED, "themakennis": YELLOW}, "niet-vergunde-branche-rood-met-geel", ("2.4.1",)),
        ({"weging": RED, "themakennis": YELLOW}, "weging-rood-met-geel", ("2.12.5", "2.16.5")),
        ({"weging": YELLOW}, "weging-moet-groen", ("2.4.1", "3.3.4")),
        ({"gedragscode": RED}, "gedragscode-rood-sluit-groen-uit", ("2.4.1",)),
        ({"korpsexpert-mandaat": YELLOW}, "korpsexpert-mandaat-voorwaarde", ("2.4.1",)),
    ],
)
def test_a_reason_cites_its_paragraphs(weigh, scores, rule, paragraphs):
    assert {reason.rule.id: reason.rule.source for reason in weigh(scores).reasons}[rule] == paragraphs


def test_every_escalation_beyond_2_4_1_hangs_on_the_switch(weigher):
    escalations = [rule for rule in weigher.scheme.rules if getattr(rule, "others", None)]
    assert {rule.dimension for rule in escalations} == {case[0] for case in CASES if case[3] == RED}
    for rule in escalations:
        literal = rule.dimension in BY_THE_TEXT_ITSELF
        assert ("2.4.1" in rule.source) == literal
        assert rule.switch == (None if literal else "overige-rode-scores-verzwaren")


@pytest.mark.parametrize(("counts", "verdict"), [(1, RED), (0, YELLOW)])
def test_whether_red_counts_as_yellow_beside_red_is_a_parameter(monitor, counts, verdict):
    weigher = monitor.weigher("referentiekader-2008", {"rood-telt-als-geel": counts})
    scores = dict.fromkeys(weigher.framework.dimension_ids, (GREEN,))
    assert weigher.weigh_levels(scores | {"weging": (RED,), "themakennis": (RED,)}).verdict == verdict
    assert weigher.weigh_levels(scores | {"weging": (RED,), "themakennis": (YELLOW,)}).verdict == RED


@pytest.mark.parametrize(("holds", "verdict"), [(0, RED), (1, YELLOW)])
def test_whether_a_yellow_licensed_sector_holds_the_end_score_at_yellow_is_a_parameter(monitor, holds, verdict):
    weigher = monitor.weigher("referentiekader-2008", {"geel-vergund-houdt-geel": holds})
    scores = dict.fromkeys(weigher.framework.dimension_ids, (GREEN,))
    assert weigher.weigh_levels(scores | {"weging": (RED,), "vergunde-branche": (YELLOW,)}).verdict == verdict
    assert weigher.weigh_levels(scores | {"vergunde-branche": (RED,), "weging": (YELLOW,)}).verdict == RED


# Open scores


def test_open_scores_give_every_verdict_that_can_come_about_worst_first(weigh):
    weighing = weigh({"financieel-rechercheren": "rood|groen", "themakennis": OPEN})
    assert (weighing.verdict, weighing.possible) == (None, (RED, YELLOW, GREEN))


def test_an_open_score_that_changes_nothing_leaves_the_verdict_certain(weigh):
    weighing = weigh({"themakennis": "rood|geel|groen"})
    assert (weighing.verdict, weighing.reasons, weighing.pivotal) == (GREEN, (), ())


def test_certain_and_decisive_tell_what_holds_in_every_case_and_what_bounds_the_verdict(weigh):
    weighing = weigh({"referentiekader": YELLOW, "financieel-rechercheren": "rood|groen"})
    assert weighing.possible == (RED, YELLOW)
    assert {reason.rule.id: (reason.certain, reason.decisive) for reason in weighing.reasons} == {
        "financieel-rechercheren-rood-met-geel": (False, True),
        "referentiekader-moet-groen": (True, True),
        "financieel-rechercheren-moet-groen": (False, False),
    }


@pytest.mark.parametrize(
    ("scores", "pivotal"),
    [
        ({"weging": OPEN}, ("weging",)),
        ({"weging": OPEN, "vergunde-branche": YELLOW}, ()),
        ({"themakennis": OPEN}, ()),
        ({"themakennis": OPEN, "vergunde-branche": RED}, ("themakennis",)),
        ({"themakennis": OPEN, "vergunde-branche": RED, "gedragscode": YELLOW}, ()),
        ({"themakennis": OPEN, "vergunde-branche": "rood|geel"}, ("vergunde-branche", "themakennis")),
        ({"korpsexpert-mandaat": OPEN}, ("korpsexpert-mandaat",)),
        ({"korpsexpert-mandaat": OPEN, "referentiekader": YELLOW}, ()),
        ({"korpsexpert-mandaat": "rood|geel"}, ()),
        ({"weging": OPEN, "financieel-rechercheren": OPEN}, ("weging", "financieel-rechercheren")),
    ],
)
def test_pivotal_names_the_open_dimensions_that_could_change_the_verdict(weigh, scores, pivotal):
    assert weigh(scores).pivotal == pivotal
