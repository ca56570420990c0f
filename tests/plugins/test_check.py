"""`kmtui plugins check`: everything that is wrong with one plugin, by name and place."""

import json

import pytest

HEAD = """
import kmtui

KMTUI_API = (1, 1)
TEXT = kmtui.Text(nl="Bereik", en="Reach")
SOURCE = ("4.1",)
"""

SCHEME = (
    HEAD
    + """
def cap(name, dimension, at_most, verdict, **more):
    return kmtui.Cap(kind="cap", id=name, dimension=dimension, at_most=at_most, verdict=verdict, text=TEXT,
                     source=SOURCE, **more)

def neutral(name):
    return kmtui.Neutral(kind="neutral", id="no-" + name, dimension=name, text=TEXT, source=SOURCE)

SAID = {"weging"}

@kmtui.hookimpl
def weighting_schemes():
    others = [name for name in (
        "referentiekader korpsexpert-kwaliteit korpsexpert-mandaat gedragscode toezicht-kwaliteit "
        "toezicht-continuiteit vergunde-branche niet-vergunde-branche informatieorganisatie "
        "centrale-informatiecoordinatie themakennis "
        "aanleveren-emm opsporing-kwaliteit slachtofferbejegening procesverantwoordelijkheid weging "
        "financieel-rechercheren").split() if name not in SAID]
    rules = [RULES, *map(neutral, others)]
    return [kmtui.WeightingScheme(id="own", name=TEXT, framework="referentiekader-2008", source="A note", rules=rules)]
"""
)
GOOD = 'cap("weging-rood", "weging", "rood", "rood")'

CODED = (
    HEAD
    + """
def judge(levels, parameters):
    BODY

@kmtui.hookimpl
def weighting_schemes():
    grounds = (kmtui.Ground(id="all", text=TEXT, source=SOURCE),)
    return [kmtui.CodedScheme(id="own", name=TEXT, framework="referentiekader-2008", source="A note", grounds=grounds,
                              monotone=True, judge=judge)]
"""
)

OFFERS = (
    HEAD
    + """
@kmtui.hookimpl
def HOOK():
    return [BODY]
"""
)


@pytest.fixture
def check(kmtui, tmp_path, write_plugin):
    """What is found in a plugin of this code, as (severity, place, problem)."""

    def check(code):
        folder = write_plugin(tmp_path / "examined", code)
        outcome = kmtui("plugins", "check", folder, "--json")
        findings = [(found["severity"], found["where"], found["problem"]) for found in json.loads(outcome.out)]
        assert outcome.status == any(severity == "error" for severity, _, _ in findings)
        return findings

    return check


def test_bundled_plugins_have_nothing_wrong(kmtui, bundled):
    for name in bundled:
        outcome = kmtui("plugins", "check", name)
        assert (outcome.status, outcome.out, outcome.err) == (0, "", f"{name}: no findings\n")


@pytest.mark.parametrize(
    "code", [SCHEME.replace("RULES", GOOD), CODED.replace("BODY", "return kmtui.Judged(verdict='groen')")]
)
def test_a_good_plugin_has_no_findings(check, code):
    assert check(code) == []


SCHEME_FAULTS = {
    "unknown dimension": ('cap("a", "wegign", "rood", "rood")', "error", "names dimension wegign"),
    "unknown level": ('cap("a", "weging", "paars", "rood")', "error", "names level paars"),
    "overshadowed": (
        'cap("first", "weging", "geel", "rood"), cap("later", "weging", "rood", "geel")',
        "warning",
        "rule 'later': never decides: wherever it is in force, other rules hold the end score lower: rule",
    ),
    "same twice": (f'{GOOD}, cap("again", "weging", "rood", "rood")', "warning", "changes no end score"),
    "contradicts": (f'{GOOD}, neutral("weging")', "error", "calls its dimension neutral, but rule 'weging-rood'"),
    "missing rule": (GOOD, "warning", "dimension 'themakennis': no rule of 'own' is about it"),
}


@pytest.mark.parametrize("name", SCHEME_FAULTS)
def test_faults_of_rules_are_found(check, name):
    rules, severity, told = SCHEME_FAULTS[name]
    code = SCHEME.replace("RULES", rules)
    if name == "missing rule":
        code = code.replace('SAID = {"weging"}', 'SAID = {"weging", "themakennis"}')
    assert [found for found in check(code) if found[0] == severity and told in f"{found[1]}: {found[2]}"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "return kmtui.Judged(verdict='groen' if levels['weging'] == 'rood' else 'rood')",
            "is not monotone as it says",
        ),
        ("raise ValueError('too hard')", "raised ValueError: too hard"),
        ("return kmtui.Judged(verdict='paars')", "gave verdict 'paars'"),
    ],
)
def test_faults_of_a_scheme_in_code_are_found(check, body, told):
    ((severity, where, problem),) = check(CODED.replace("BODY", body))
    assert severity == "error"
    assert where.startswith("weighting scheme 'own'")
    assert told in problem


@pytest.mark.parametrize(
    ("hook", "body", "where", "told"),
    [
        (
            "exporters",
            "kmtui.Exporter(id='x', name=TEXT, suffix='x', write=lambda context: [5])",
            "exporter 'x'",
            "int",
        ),
        (
            "panels",
            "kmtui.Panel(id='x', title=TEXT, about='corps', lines=lambda context: 1 / 0)",
            "panel 'x'",
            "ZeroDiv",
        ),
        ("commands", "kmtui.Command(id='x', help=TEXT, make=lambda: 5)", "command 'x'", "expected a click command"),
        (
            "roll_ups",
            "kmtui.RollUp(id='x', name=TEXT, combine=lambda members, scale: ('paars',))",
            "roll-up 'x'",
            "paars",
        ),
        ("roll_ups", "kmtui.RollUp(id='worst', name=TEXT, combine=min)", "roll-up 'worst'", ""),
    ],
)
def test_functions_are_called_on_samples(check, hook, body, where, told):
    found = check(OFFERS.replace("HOOK", hook).replace("BODY", body))
    assert [one for one in found if one[0] == "error" and one[1].startswith(where) and told in one[2]]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import no_such_module", "cannot be imported: ModuleNotFoundError"),
        ("import kmtui\nKMTUI_API = (7, 9)\n@kmtui.hookimpl\ndef panels(): return []", "works with versions 7 to 9"),
        ("import kmtui\nKMTUI_API = (1, 1)\n@kmtui.hookimpl\ndef pannels(): return []", "did you mean 'panels'?"),
        ("import kmtui\nKMTUI_API = (1, 1)\n@kmtui.hookimpl\ndef panels(): return 5", "returned int, expected a list"),
        ("import kmtui\n@kmtui.hookimpl\ndef panels(): return []", "does not say which versions"),
        (
            "import kmtui, time\nKMTUI_API = (1, 1)\ntime.sleep(.3)\n@kmtui.hookimpl\ndef panels(): return []",
            "s to import",
        ),
        ("import kmtui, textual\nKMTUI_API = (1, 1)\n@kmtui.hookimpl\ndef panels(): return []", "brings in textual"),
    ],
)
def test_faults_of_the_module_are_found(check, code, told):
    assert any(told in problem for _, _, problem in check(code))


def test_lines_name_severity_and_place(kmtui, tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "examined", SCHEME.replace("RULES", 'cap("a", "wegign", "rood", "rood")'))
    outcome = kmtui("plugins", "check", folder)
    assert outcome.status == 1
    assert outcome.out.startswith("error: weighting scheme 'own'")
    assert outcome.err.startswith("examined: 1 error, ")


def test_an_unknown_plugin_is_refused(kmtui):
    refused = kmtui("plugins", "check", "ketenpartner")
    assert (refused.status, refused.out) == (2, "")
    assert "unknown plugin 'ketenpartner' (did you mean 'ketenpartners'?)" in refused.err
