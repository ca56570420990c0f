"""What plugins can offer beside whole frameworks, and how it joins what others offer."""

import textwrap

import pytest

from kmtui import computed_scores, open_monitor
from kmtui.model.figures import Figures
from kmtui.model.score import Basis
from kmtui.plugins.assembly import load_registry

HEAD = """
import kmtui

TEXT = kmtui.Text(nl="Bereik", en="Reach")
SOURCE = ("4.1",)
"""

DIMENSION = (
    HEAD
    + """
def scorer(context):
    return kmtui.Score(possible=("geel",), basis="computed", source=SOURCE, note=f"Voor {context.corps}")

RULE = kmtui.Cap(
    kind="cap", id="reach-red", dimension="reach", at_most="geel", verdict="geel", text=TEXT, source=SOURCE
)

@kmtui.hookimpl
def dimensions():
    dimension = kmtui.Dimension(
        id="reach", area="toezicht", name=TEXT, short="Rea", norm=TEXT, standing="assumed", source=SOURCE
    )
    return [
        kmtui.AddedDimension(
            framework="referentiekader-2008",
            dimension=dimension,
            after="toezicht-kwaliteit",
            scorer=scorer,
            rules={"referentiekader-2008": [RULE]},
        )
    ]
"""
)

MAPPING = (
    HEAD
    + """
@kmtui.hookimpl
def unit_mappings():
    unit = kmtui.Unit(id="all", name=TEXT, corps=("utrecht",), source=SOURCE)
    return [kmtui.UnitMapping(id="one", name=TEXT, source="A note", roll_up="best", units=(unit,))]
"""
)

CROSSWALK = (
    HEAD
    + """
@kmtui.hookimpl
def crosswalks():
    step = kmtui.Continuation(change="same", old=("gedragscode",), new=("manners",), source=SOURCE)
    return [
        kmtui.Crosswalk(id="walk", name=TEXT, old="referentiekader-2013", new="referentiekader-2008",
                        continuations=(step,))
    ]
"""
)

NOTHING = "import kmtui\n\n@kmtui.hookimpl\ndef panels():\n    return []\n"


@pytest.fixture
def load(tmp_path, write_plugin, fresh_modules):
    def load(*codes, **options):
        folders = [write_plugin(tmp_path / f"added-{at}", code) for at, code in enumerate(codes)]
        return load_registry(folders, **options)

    return load


def reasons(registry):
    return {plugin.id: plugin.error for plugin in registry.failed}


def test_a_dimension_joins_framework_and_rules(load, monitor):
    registry = load(DIMENSION)
    assert reasons(registry) == {}
    before = monitor.registry.frameworks["referentiekader-2008"].dimension_ids
    at = before.index("toezicht-kwaliteit") + 1
    framework = registry.frameworks["referentiekader-2008"]
    assert framework.dimension_ids == (*before[:at], "reach", *before[at:])
    assert registry.schemes["referentiekader-2008"].rules[-1].id == "reach-red"
    assert registry.owners["dimension", "reach"] == "added-0"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            ('framework="referentiekader-2008"', 'framework="no-such"'),
            "it joins framework 'no-such', which no plugin offers, expected one of referentiekader-2008",
        ),
        (('after="toezicht-kwaliteit"', 'after="no-such"'), "it comes after 'no-such'"),
        (('after="toezicht-kwaliteit"', 'after="kwaliteit"'), "(did you mean 'toezicht-kwaliteit'?)"),
        (('area="toezicht"', 'area="no-such"'), "names focus area no-such, which is not there, expected one of organ"),
        (
            ('id="reach", area', 'id="weging", area'),
            "dimension 'weging': framework 'referentiekader-2008' of plugin 'referentiekader-2008' has it already",
        ),
        (('rules={"referentiekader-2008"', 'rules={"no-such"'), "it adds rules to scheme 'no-such'"),
        (('at_most="geel"', 'at_most="paars"'), "rule reach-red names level paars"),
        (
            ('id="reach-red"', 'id="weging-moet-groen"'),
            "scheme 'referentiekader-2008' has a rule 'weging-moet-groen' already",
        ),
    ],
)
def test_a_dimension_that_does_not_fit_is_refused_and_its_plugin_blamed(load, monitor, change, reason):
    registry = load(DIMENSION.replace(*change))
    assert list(reasons(registry)) == ["added-0"]
    assert reason in reasons(registry)["added-0"]
    assert registry.frameworks == monitor.registry.frameworks
    assert registry.schemes == monitor.registry.schemes


def test_two_plugins_cannot_add_the_same_dimension(load):
    registry = load(DIMENSION, DIMENSION)
    assert reasons(registry) == {"added-1": "dimension 'reach' is offered by plugin 'added-0' already"}


def completed(registry, edition):
    return computed_scores.with_added(edition, registry, Figures)


def test_a_scorer_fills_the_dimension_for_each_corps(load, edition):
    found, problems = completed(load(DIMENSION), edition)
    assert problems == []
    score = found.find_corps("utrecht").scores["reach"]
    assert (score.level, score.basis, score.note) == ("geel", Basis.COMPUTED, "Voor utrecht")
    assert list(found.find_corps("utrecht").scores)[4:6] == ["toezicht-kwaliteit", "reach"]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (
            "raise ValueError('no figures')",
            "plugin 'added-0': dimension 'reach': its scorer raised ValueError: no figures",
        ),
        ("return 'geel'", "its scorer returned str, expected a Score or None"),
        (
            "return kmtui.Score(possible=('paars',), basis='computed', source=SOURCE, note='x')",
            "its scorer gave level 'paars', expected rood, geel, groen",
        ),
    ],
)
def test_a_scorer_that_fails_leaves_a_blank_and_is_told_once(load, edition, code, problem):
    code = DIMENSION.replace("return kmtui.Score(", f"{code}\n    return kmtui.Score(", 1)
    found, problems = completed(load(code), edition)
    assert len(problems) == 1
    assert problem in problems[0]
    assert all(corps.scores["reach"].is_blank for corps in found.corps)


ROLL_UP = "\n@kmtui.hookimpl\ndef roll_ups():\n    return [kmtui.RollUp(id='best', name=TEXT, combine=max)]\n"


PARTNER = (
    HEAD
    + """
@kmtui.hookimpl
def partner_types():
    return [kmtui.PartnerType(id=NAME, name=TEXT, kind="dependent", role=TEXT, source=SOURCE, short="Own",
                              aspects=(kmtui.Aspect(id="help", name=TEXT, short="Hlp"),))]
"""
)


def test_two_partners_cannot_have_the_same_column(load):
    registry = load(PARTNER.replace("NAME", "'one'"), PARTNER.replace("NAME", "'other'"))
    assert reasons(registry) == {"added-1": "partner column 'help' is offered by plugin 'added-0' already"}
    assert registry.partner_columns["help"].partner.id == "one"


def test_a_mapping_names_a_roll_up_that_nobody_offers(load):
    assert reasons(load(MAPPING)) == {
        "added-0": "unit mapping 'one' rolls up by 'best', which nobody offers, expected one of worst, rules"
    }


def test_a_mapping_names_a_roll_up_of_another_plugin(load):
    registry = load(MAPPING, HEAD + ROLL_UP)
    assert reasons(registry) == {}
    assert list(registry.roll_ups) == ["best"]


def test_a_crosswalk_names_dimensions_that_are_there(load):
    assert "names new dimension 'manners'" in reasons(load(CROSSWALK))["added-0"]


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ("(1, 1)", ""),
        ("(1, 9)", ""),
        ("(2, 3)", "works with versions 2 to 3 of the plugin interface, but this kmtui has version 1"),
        ("(0, 0)", "works with version 0 of the plugin interface"),
        ("1", "KMTUI_API is 1, expected (first, last)"),
        ("(3, 1)", "KMTUI_API is (3, 1), expected (first, last)"),
    ],
)
def test_a_plugin_says_which_versions_it_works_with(load, declared, reason):
    errors = reasons(load(f"KMTUI_API = {declared}\n{NOTHING}"))
    assert bool(errors) == bool(reason)
    assert reason in errors.get("added-0", "")


def test_a_disabled_plugin_is_not_even_imported(load, tmp_path):
    mark = tmp_path / "imported"
    registry = load(f"open({str(mark)!r}, 'w').close()\n{NOTHING}", disabled=["added-0"])
    (plugin,) = [plugin for plugin in registry.plugins if plugin.id == "added-0"]
    assert (plugin.status, plugin.hooks, plugin.error) == ("disabled", (), "")
    assert not mark.exists()


@pytest.mark.usefixtures("fresh_modules")
def test_a_single_file_is_a_plugin(tmp_path):
    file = tmp_path / "my_panels.py"
    file.write_text(NOTHING)
    (plugin,) = [plugin for plugin in load_registry([file]).plugins if plugin.source == "file"]
    assert (plugin.id, plugin.status, plugin.hooks, plugin.location) == ("my-panels", "loaded", ("panels",), str(file))


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ("plugin", "plugin"),
        ("plugin", "."),
        ("plugin", "plugin/pyproject.toml"),
        ("plugin", "plugin/src"),
        ("plugin", "plugin/src/plugin"),
        ("plugin", "plugin/src/plugin/__init__.py"),
        ("plugin", "plugin/src/plugin/data/rules.toml"),
        ("plugin/src/single.py", "plugin/src/single.py"),
        ("plugin/src", "plugin/src/single.py"),
        ("links", "plugin"),
    ],
)
def test_a_place_where_every_user_may_write_is_refused(tmp_path, write_plugin, named, place):
    package = write_plugin(tmp_path / "plugin", None) / "src" / "plugin"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text(NOTHING)
    (package / "data" / "rules.toml").write_text("")
    (package.parent / "single.py").write_text(NOTHING)
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "single.py").symlink_to(package.parent / "single.py")
    open_place = tmp_path / place
    mode = open_place.stat().st_mode
    open_place.chmod(mode | 0o002)
    try:
        (error,) = reasons(load_registry([tmp_path / named])).values()
        assert f"every user may write to {open_place}" in error
    finally:
        open_place.chmod(mode)


def test_what_is_neither_folder_nor_plugin_file_is_named(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("x")
    assert reasons(load_registry([file])) == {"notes.txt": "this is no folder and no .py file"}
    (off,) = reasons(load_registry([tmp_path])).values()
    assert off.startswith("there is no plugin in this folder, expected pyproject.toml, folders with one, or .py files")


def test_an_added_dimension_is_weighed_with_the_rest(tmp_path, write_plugin, fresh_modules):
    folder = write_plugin(tmp_path / "added", textwrap.dedent(DIMENSION))
    monitor = open_monitor([folder])
    edition = monitor.edition("2012")
    weighing = monitor.weigher_for(edition).weigh(edition.find_corps("groningen").scores)
    assert weighing.verdict == "geel"
    assert [reason.rule.id for reason in weighing.deciding] == ["reach-red"]
