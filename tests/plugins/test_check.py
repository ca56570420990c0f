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
    counts = [
        kmtui.Parameter(id=name, name=TEXT, reason=TEXT, default=17, minimum=least, maximum=20, source=SOURCE)
        for name, least in (("most", 17), ("many", 0))
    ]
    return [kmtui.WeightingScheme(id="own", name=TEXT, framework="referentiekader-2008", source="A note", rules=rules,
                                  parameters=counts)]
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
    "without effect": ('cap("a", "weging", "geel", "groen")', "warning", "without it every one would be the same"),
    "dead": (
        'cap("a", "weging", "rood", "rood", others=kmtui.Others(at_most="geel", count="most"))',
        "error",
        "rule 'a': can never fire: no scores bring it into force, whatever the parameters are",
    ),
    "dead at first": (
        'cap("a", "weging", "rood", "rood", others=kmtui.Others(at_most="geel", count="many"))',
        "warning",
        "rule 'a': fires only with other parameters",
    ),
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
        ("roll_ups", "kmtui.RollUp(id='worst', name=TEXT, combine=min)", "hook roll_ups", "a way of kmtui's own"),
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


REFERENCES = {
    "two dimensions of a crosswalk": (
        "crosswalks",
        """kmtui.Crosswalk(id="x", name=TEXT, old="referentiekader-2013", new="referentiekader-2008", continuations=[
            kmtui.Continuation(change="same", old=(name,), new=(name,), source=SOURCE) for name in ("wegin", "gedrag")
        ])""",
        [
            (
                "crosswalk 'x'",
                f"names {which} dimension '{name}', which framework 'referentiekader-{year}' does not have",
            )
            for which, year in (("old", 2013), ("new", 2008))
            for name in ("wegin", "gedrag")
        ],
    ),
    "two corps of a mapping": (
        "unit_mappings",
        """kmtui.UnitMapping(id="x", name=TEXT, source="A note", units=(
            kmtui.Unit(id="all", name=TEXT, corps=("utrecht", "zeelnd", "groninge"), source=SOURCE),
        ))""",
        [
            ("unit mapping 'x', unit 'all'", "unknown corps 'zeelnd' (did you mean 'zeeland'?); no edition has it"),
            ("unit mapping 'x', unit 'all'", "unknown corps 'groninge' (did you mean 'groningen'?); no edition has it"),
        ],
    ),
    "a column of a partner": (
        "partner_types",
        """kmtui.PartnerType(id="om", name=TEXT, short="OM", kind="dependent", role=TEXT, source=SOURCE)""",
        [
            ("partner type 'om'", "is offered by plugin 'ketenpartners' already"),
            ("partner column 'om'", "is offered by plugin 'ketenpartners' already"),
        ],
    ),
    "keys of a value": (
        "partner_types",
        """kmtui.PartnerType(
            id="Not A Slug", name={"nl": "", "en": "x"}, short="OM", kind="dependent", role=TEXT, source=()
        )""",
        [
            ("hook partner_types (examined.py:10): PartnerType id", "found text 'Not A Slug', expected an id"),
            ("hook partner_types (examined.py:10): PartnerType name.nl", "found text '', expected at least 1 char"),
            ("hook partner_types (examined.py:10): PartnerType source", "found tuple (), expected "),
        ],
    ),
    "a scorer": (
        "dimensions",
        """kmtui.AddedDimension(
            framework="referentiekader-2008",
            dimension=kmtui.Dimension(id="x", area="toezicht", name=TEXT, short="x", norm=TEXT, source=SOURCE),
            scorer=lambda context: context.figures.table("3"),
            rules={"referentiekader-2008": [
                kmtui.Neutral(kind="neutral", id="no-x", dimension="x", text=TEXT, source=SOURCE)
            ]},
        )""",
        [("dimension 'x', scorer (examined.py:13)", "raised KeyError: '3' (in an edition without figures)")],
    ),
}
"""A hook, what it gives, and every error in it, each by place and the beginning of what is wrong."""


@pytest.mark.parametrize("name", REFERENCES)
def test_everything_that_is_wrong_is_named_at_once_with_its_place(check, name):
    hook, body, expected = REFERENCES[name]
    found = [(where, problem) for severity, where, problem in check(_offer(hook, body)) if severity == "error"]
    assert len(found) == len(expected)
    for (where, problem), (place, beginning) in zip(found, expected, strict=True):
        assert where == place
        assert problem.startswith(beginning)


def _offer(hook, body):
    return OFFERS.replace("HOOK", hook).replace("BODY", body)


def test_a_text_that_was_not_translated_is_found(check):
    same = "Deze zin staat in beide talen in het Nederlands."
    body = f'kmtui.Panel(id="x", title=kmtui.Text(nl={same!r}, en={same!r}), about="corps", lines=lambda context: [])'
    assert check(_offer("panels", body)) == [
        ("warning", "panel 'x': title", f"its Dutch and English are the same: {same!r}")
    ]


def test_a_crosswalk_that_leaves_dimensions_out_is_told(check):
    body = """kmtui.Crosswalk(id="x", name=TEXT, old="referentiekader-2013", new="referentiekader-2008", continuations=[
        kmtui.Continuation(change="same", old=("weging",), new=("weging",), source=SOURCE)])"""
    problems = [problem for _, _, problem in check(_offer("crosswalks", body))]
    assert "does not say what became of dimension 'gedragscode' of 'referentiekader-2013'" in problems
    assert "does not say where dimension 'gedragscode' of 'referentiekader-2008' comes from" in problems
    assert not any("'weging'" in problem for problem in problems)


EDITION = """
id = "x-1"
title = "x"
framework = "referentiekader-2008"
scheme = "referentiekader-2008"
corps = ["utrecht"]
period = { start = 1999-01-01, end = 1999-12-31 }
source = { title = "x", publisher = "x" }
unmentioned = { source = ["1"], note = "x" }
"""


def test_scores_outside_the_scale_are_found_in_the_editions_of_a_plugin(kmtui, tmp_path, write_plugin):
    code = _offer("edition_folders", 'Path(__file__).parent / "edition"').replace(
        "import kmtui", "import kmtui\nfrom pathlib import Path"
    )
    folder = write_plugin(tmp_path / "examined", code)
    (folder / "edition" / "corps").mkdir(parents=True)
    (folder / "edition" / "edition.toml").write_text(EDITION)
    score = '{ level = "paars", basis = "stated", source = ["1"], note = "x" }'
    corps = f'id = "utrecht"\nname = "x"\nsource = ["1"]\n[scores]\nweging = {score}\n'
    (folder / "edition" / "corps" / "utrecht.toml").write_text(corps)
    outcome = kmtui("plugins", "check", folder)
    place = "edition/corps/utrecht.toml: scores.weging.level"
    assert outcome.out == f"error: {place}: unknown level 'paars', expected one of rood, geel, groen\n"
    assert outcome.status == 1


SLOW = "import time, textual, kmtui\nKMTUI_API = (1, 1)\ntime.sleep(.3)\n@kmtui.hookimpl\ndef panels(): return []"


@pytest.mark.parametrize("named", [True, False])
def test_a_plugin_that_kmtui_has_already_is_examined_as_if_it_had_not(kmtui, tmp_path, write_plugin, named):
    folder = write_plugin(tmp_path / "examined", SLOW)
    outcome = kmtui("--plugin-dir", folder, "plugins", "check", "examined" if named else folder)
    assert outcome.status == 0
    assert "s to import, expected at most 0.2 s" in outcome.out
    assert "brings in textual" in outcome.out


@pytest.mark.parametrize("named", [True, False])
def test_the_folder_of_an_installed_plugin_is_that_plugin(kmtui, tmp_path, write_plugin, named):
    folder = write_plugin(tmp_path / "examined", SCHEME.replace("RULES", GOOD))
    info = folder / "examined-1.2.3.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text("[kmtui]\nexamined = examined\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: examined\nVersion: 1.2.3\n")
    outcome = kmtui("plugins", "check", "examined" if named else ".", cwd=folder, PYTHONPATH=folder)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "examined: no findings\n")


def test_a_folder_is_examined_and_not_its_installed_copy(kmtui, tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "examined", SCHEME.replace("RULES", GOOD))
    site = tmp_path / "site"
    info = site / "examined-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "examined.py").write_text("raise ValueError('the installed copy was imported')")
    (info / "entry_points.txt").write_text("[kmtui]\nexamined = examined\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: examined\nVersion: 1.0\n")
    outcome = kmtui("plugins", "check", ".", cwd=folder, PYTHONPATH=site)
    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err == (
        "kmtui: examining the folder, and not the installed copy of 'examined' (examined 1.0)\nexamined: no findings\n"
    )


def test_plugins_of_one_folder_are_examined_beside_each_other(kmtui, tmp_path, write_plugin):
    for name in ("one", "two"):
        write_plugin(tmp_path / "both" / name, SCHEME.replace("RULES", GOOD))
    outcome = kmtui("plugins", "check", tmp_path / "both")
    assert outcome.status == 1
    assert "error: weighting scheme 'own': is offered by plugin 'two' already" in outcome.out


def test_the_id_of_a_bundled_plugin_is_taken(kmtui, tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "thief", SCHEME.replace("RULES", GOOD), plugin_id="ketenpartners")
    outcome = kmtui("plugins", "check", folder)
    assert outcome.status == 1
    assert "error: plugin 'ketenpartners': the id 'ketenpartners' is taken by the bundled plugin" in outcome.out


@pytest.mark.parametrize("path", ["./nowhere", "empty", "./empty"])
def test_a_path_without_a_plugin_is_refused(kmtui, tmp_path, path):
    (tmp_path / "empty").mkdir()
    refused = kmtui("plugins", "check", path, cwd=tmp_path)
    assert (refused.status, refused.out) == (2, "")
    assert f"there is no plugin in '{path}', expected a folder" in refused.err


def test_a_misspelt_key_gets_the_one_that_lacks_beside_it(kmtui, tmp_path, write_plugin):
    misspelt = SCHEME.replace("RULES", GOOD).replace("at_most=", "atmost=")
    folder = write_plugin(tmp_path / "examined", misspelt)
    for command in (["plugins", "check", folder], ["--plugin-dir", folder, "plugins", "list"]):
        assert "atmost: unknown key (did you mean 'at_most'?)" in kmtui(*command).out


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
