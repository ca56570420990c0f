"""A plugin that cannot be used is switched off, by name and with its reason; everything else goes on."""

import json
from pathlib import Path

import pytest

from kmtui import computed_scores, open_monitor
from kmtui import monitor as monitors
from kmtui.cli.commands import COMMANDS
from kmtui.export.formats import FORMATS
from kmtui.model.figures import Figures
from kmtui.plugins import discovery
from kmtui.plugins.assembly import load_registry
from kmtui.plugins.registry import OWN
from kmtui.plugins.specs import RESULT_TYPES

HOOK = "import kmtui\n\n@kmtui.hookimpl\ndef frameworks(): "
RULES = "import kmtui\n\n@kmtui.hookimpl\ndef weighting_schemes(): "
LAZY = """
class Lazy(list):
    def __iter__(self):
        raise RuntimeError("too lazy")
    def __getitem__(self, at):
        raise RuntimeError("too lazy")

"""
ENDLESS = """
class Endless(list):
    def __iter__(self):
        while True:
            yield 1

"""

CODE = {
    "import-error": ("import no_such_module_anywhere", "No module named 'no_such_module_anywhere'"),
    "syntax-error": ("x = 1\ndef (", "cannot be imported: SyntaxError: invalid syntax (syntax_error.py, line 2)"),
    "exit-at-import": ("raise SystemExit(3)", "cannot be imported: SystemExit: 3"),
    "error-at-import": ("1 / 0", "cannot be imported: ZeroDivisionError: division by zero"),
    "error-of-two-lines": ("raise ValueError('one\\n\\ntwo')", "cannot be imported: ValueError: one two"),
    "deep-at-import": ("def f(): f()\nf()", "cannot be imported: RecursionError"),
    "no-module": (None, "module 'no_module' is neither in"),
    "no-hooks": ("def frameworks(): return []", "has no hooks: no function is marked @kmtui.hookimpl"),
    "misspelt-hook": (
        HOOK.replace("frameworks", "framworks") + "return []",
        "unknown hook 'framworks' (did you mean 'frameworks'?)",
    ),
    "strange-hook": (
        HOOK.replace("frameworks", "zzz") + "return []",
        "unknown hook 'zzz', expected one of frameworks, dimensions, weighting_schemes, ",
    ),
    "unknown-argument": (HOOK.replace("()", "(monitor)") + "return []", "Argument(s) {'monitor'}"),
    "raising-hook": (HOOK + "return {}['x']", "hook frameworks raised KeyError: 'x'"),
    "exiting-hook": (HOOK + "raise SystemExit('bye')", "hook frameworks raised SystemExit: bye"),
    "returns-nothing": (HOOK + "pass", "hook frameworks returned NoneType, expected a list of Framework"),
    "returns-dict": (HOOK + "return {}", "hook frameworks returned dict, expected a list of Framework"),
    "returns-string": (HOOK + "return 'tiny'", "hook frameworks returned str, expected a list of Framework"),
    "returns-generator": (HOOK + "yield 1", "hook frameworks returned generator, expected a list of Framework"),
    "returns-wrong-things": (
        HOOK + "return ['tiny']",
        "hook frameworks returned a list with str in it, expected a list of",
    ),
    "returns-class": (HOOK + "return [kmtui.Framework]", "hook frameworks returned a list with"),
    "folder-as-text": (
        HOOK.replace("frameworks", "edition_folders") + "return ['editions']",
        "hook edition_folders returned a list with str in it, expected a list of Path",
    ),
    "invalid-model": (
        HOOK + "return [kmtui.Framework(id='Not An Id')]",
        "hook frameworks raised ValidationError",
    ),
    "unchecked-model": (
        HOOK.replace("frameworks", "partner_types") + "return [kmtui.PartnerType.unchecked(id='x', short=5, "
        "name=kmtui.Text(nl='a', en='a'), role=kmtui.Text(nl='a', en='a'), kind='supporting', "
        "source=('1',))]",
        "hook partner_types returned something unsound: ValidationError: PartnerType.short: found number 5",
    ),
    "lazy-list": (LAZY + HOOK + "return Lazy([1])", "hook frameworks"),
    "missing-package": (
        "from no_such_package.things import one",
        "cannot be imported: ModuleNotFoundError: No module named 'no_such_package'",
    ),
    "huge-result": (HOOK + "return range(10**12)", "hook frameworks returned more than 10000 things"),
    "endless-result": (
        ENDLESS + HOOK + "return Endless()",
        "hook frameworks returned more than 10000 things",
    ),
    "own-roll-up": (
        HOOK.replace("frameworks", "roll_ups")
        + "return [kmtui.RollUp(id='worst', name=kmtui.Text(nl='a', en='a'), combine=max)]",
        "RollUp: 'worst' is a way of kmtui's own",
    ),
    **{
        f"raises-in-{hook.replace('_', '-')}": (
            HOOK.replace("frameworks", hook) + "raise OSError('no')",
            f"hook {hook} raised OSError: no",
        )
        for hook in RESULT_TYPES
    },
    "untellable-error": (
        "class E(Exception):\n    def __str__(self): raise RuntimeError('no')\nraise E",
        "cannot be imported: an error without a printable message",
    ),
    "nameless-error": (
        "class M(type): __name__ = property(lambda cls: 1 / 0)\nclass E(Exception, metaclass=M): pass\nraise E",
        "cannot be imported: an error without a printable message",
    ),
    "error-of-a-megabyte": ("raise ValueError('x' * 10**6)", "cannot be imported: ValueError: xxx"),
    "error-of-no-kind": ("raise type('Odd', (BaseException,), {})('no')", "cannot be imported: Odd: no"),
    "too-much-memory": ("'x' * 2**60", "cannot be imported: MemoryError"),
    "tabnanny": (HOOK + "return []", "module 'tabnanny' would hide Python's own"),
    "frictionless": (HOOK + "return []", "module 'frictionless'"),
    "odd-module": ("def __dir__(): raise RuntimeError('odd')", "RuntimeError: odd"),
}
"""Plugin id: its code, and words of the reason why it is off."""

CONFLICTS = {
    "same-framework": (
        {"FRAMEWORK": "referentiekader-2008"},
        "framework 'referentiekader-2008' is offered by plugin 'referentiekader-2008' already",
    ),
    "same-scheme": (
        {"FRAMEWORK": "a1", "WEIGHS": "a1", "SCHEME": "referentiekader-2008", "DEFAULT": "referentiekader-2008"},
        "weighting scheme 'referentiekader-2008' is offered by plugin 'referentiekader-2008' already",
    ),
    "own-framework-twice": (
        {"FRAMEWORK": "a2", "WEIGHS": "a2", "SCHEME": "a2", "DEFAULT": "a2", "TIMES": 2},
        "framework 'a2'",
    ),
    "scheme-for-nothing": (
        {"FRAMEWORK": "a3", "WEIGHS": "nope", "SCHEME": "a3", "DEFAULT": "a3"},
        "weighting scheme 'a3' weighs framework 'nope'",
    ),
    "unknown-dimension": (
        {"FRAMEWORK": "a4", "WEIGHS": "a4", "SCHEME": "a4", "DEFAULT": "a4", "DIMENSION": "height"},
        "weighting scheme 'a4': rule low-reach names dimension height, which framework a4 does not have",
    ),
    "no-default-scheme": (
        {"FRAMEWORK": "a5", "WEIGHS": "a5", "SCHEME": "a5", "DEFAULT": "other"},
        "framework 'a5' has default scheme 'other'",
    ),
    "default-for-another": (
        {"FRAMEWORK": "a6", "WEIGHS": "a6", "SCHEME": "a6", "DEFAULT": "referentiekader-2008"},
        "framework 'a6' has default scheme 'referentiekader-2008'",
    ),
}
"""Plugin id: what it claims, and words of the reason why it is off."""

POINTS = "[project.entry-points.kmtui]\n"
NONE = "pyproject.toml: no [project.entry-points.kmtui]"
DESCRIPTIONS = {
    "broken-description": ("[project\n", "pyproject.toml:1:9: broken TOML: unclosed table"),
    "no-project": ("x = 1\n", NONE),
    "no-entry-point": ('[project]\nname = "x"\n', NONE),
    "empty-entry-points": (POINTS, NONE),
    "project-as-text": ('project = "x"\n', NONE),
    "entry-points-as-list": ("[project]\nentry-points = []\n", NONE),
    "entry-points-as-text": ("[project.entry-points]\nkmtui = 'x'\n", NONE),
    "description-not-utf-8": (
        b'[project]\nname = "\xff"\n',
        "pyproject.toml: found a byte that is not UTF-8 at offset 18",
    ),
    "deep-description": ("x = " + "[" * 50_000, "found tables or arrays nested too deeply"),
    "deep-key": ("a." * 50_000 + "a = 1", "pyproject.toml: found tables or arrays nested too deeply"),
    "long-number": ("x = " + "9" * 5_000, "pyproject.toml:1:5: broken TOML: integer number overflowed"),
    "twice-a-key": ("x = 1\nx = 2\n", "pyproject.toml:2:1: broken TOML: duplicate key"),
    "nul": ("x = '\0'\n", "pyproject.toml:1:6: broken TOML: "),
    "large-description": ("#" * 2**22, "pyproject.toml: found 4194304 bytes, expected at most 2097152"),
    "module-as-number": (
        POINTS + "module-as-number = 5\n",
        "kmtui.module-as-number: found number 5, expected the name of a module",
    ),
    "module-as-endless-number": (
        POINTS + f"module-as-endless-number = 0x{'f' * 5_000}\n",
        "broken TOML: integer number overflowed",
    ),
    "module-elsewhere": (
        POINTS + f"module-elsewhere = '{Path(__file__).with_suffix('')}'\n",
        ", expected a module such as",
    ),
}
"""Plugin id: its pyproject.toml, and words of the reason why it is off."""

REASONS = {name: reason for cases in (CODE, CONFLICTS, DESCRIPTIONS) for name, (_, reason) in cases.items()}


@pytest.fixture(scope="module")
def write_bad(write_plugin, tiny_code):
    """Write one of the bad plugins, as a folder of its name."""

    def write(parent, name):
        if name in DESCRIPTIONS:
            return write_plugin(parent / name, None, description=DESCRIPTIONS[name][0])
        code = CODE[name][0] if name in CODE else tiny_code(**CONFLICTS[name][0])
        return write_plugin(parent / name, code)

    return write


@pytest.mark.usefixtures("fresh_modules")
@pytest.mark.parametrize("name", REASONS)
def test_a_bad_plugin_is_switched_off_and_says_why(tmp_path, monitor, write_bad, name):
    registry = load_registry([write_bad(tmp_path, name)])
    (off,) = registry.failed
    assert (off.id, off.status, off.source, off.location) == (name, "failed", "folder", str(tmp_path / name))
    assert REASONS[name] in off.error
    assert "\n" not in off.error
    assert len(off.error) < 1000
    assert off.results == {}
    assert registry.frameworks == monitor.registry.frameworks
    assert registry.schemes == monitor.registry.schemes


@pytest.mark.usefixtures("fresh_modules")
@pytest.mark.parametrize("name", ["unchecked-model", "odd-module", "same-framework", "no-default-scheme"])
def test_editions_open_beside_a_bad_plugin(tmp_path, edition, write_bad, name):
    assert open_monitor([write_bad(tmp_path, name)]).newest() == edition


@pytest.mark.usefixtures("fresh_modules")
def test_the_id_of_a_bundled_plugin_is_taken(tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "thief", HOOK + "return []", plugin_id="referentiekader-2008")
    (off,) = load_registry([folder]).failed
    assert off.location == str(folder)
    assert "the id 'referentiekader-2008' is taken by the bundled plugin" in off.error


@pytest.mark.usefixtures("fresh_modules")
def test_of_two_plugins_with_one_id_the_first_stays(tmp_path, write_plugin):
    folders = [write_plugin(tmp_path / name, HOOK + "return []", plugin_id="twin") for name in ("twin_b", "twin_a")]
    registry = load_registry(folders)
    assert [(plugin.location, plugin.status) for plugin in registry.plugins if plugin.id == "twin"] == [
        (str(folders[0]), "loaded"),
        (str(folders[1]), "failed"),
    ]
    (off,) = registry.failed
    assert off.error == f"the id 'twin' is taken by the folder plugin in {folders[0]}"


@pytest.mark.usefixtures("fresh_modules")
def test_a_plugin_whose_id_is_taken_is_not_imported(tmp_path, write_plugin):
    mark = tmp_path / "imported"
    first = write_plugin(tmp_path / "one" / "twin", HOOK + "return []")
    second = write_plugin(tmp_path / "two" / "twin", f"open({str(mark)!r}, 'w')\n")
    (off,) = load_registry([first, second]).failed
    assert off.error == f"the id 'twin' is taken by the folder plugin in {first}"
    assert not mark.exists()


@pytest.mark.usefixtures("fresh_modules")
def test_two_plugins_whose_modules_have_one_name_do_not_mix(tmp_path, write_plugin):
    for parent in ("one", "two"):
        write_plugin(tmp_path / parent / "same", HOOK + "return []", plugin_id=f"plugin-{parent}")
    registry = load_registry([tmp_path / "one", tmp_path / "two"])
    (off,) = registry.failed
    assert off.id == "plugin-two"
    assert f"a module 'same' from {tmp_path / 'one' / 'same' / 'same.py'} is loaded already" in off.error


@pytest.mark.usefixtures("fresh_modules")
def test_a_plugin_that_rests_on_a_bad_one_is_off_too_and_the_blame_is_clear(tmp_path, write_plugin, tiny_code):
    write_plugin(tmp_path / "base", tiny_code(FRAMEWORK="base", DEFAULT="missing", WEIGHS="base", SCHEME="base-rules"))
    write_plugin(tmp_path / "more", RULES + "import base; return [s.replace(id='more') for s in "
                                            "base.weighting_schemes()]")  # fmt: skip
    errors = {plugin.id: plugin.error for plugin in load_registry([tmp_path]).failed}
    assert "default scheme 'missing'" in errors["base"]
    assert "weighs framework 'base'" in errors["more"]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory, write_bad, write_plugin):
    """All bad plugins in one folder, and one that is good but talks."""
    folder = tmp_path_factory.mktemp("gallery")
    for name in REASONS:
        write_bad(folder, name)
    write_plugin(folder / "talker", "print('TALK at import')\n" + HOOK + "print('TALK in hook'); return []")
    return folder


@pytest.fixture(scope="module")
def options(gallery):
    return ["--plugin-dir", gallery, "--plugin-dir", gallery / "nowhere"]


def test_the_list_names_every_bad_plugin_with_its_reason(kmtui, bundled, gallery, options):
    listed = kmtui(*options, "plugins", "list", "--json")
    assert listed.status == 1
    plugins = {plugin["id"]: plugin for plugin in json.loads(listed.out)}
    assert set(plugins) == {*REASONS, *bundled, "talker", "nowhere"}
    for name, reason in (REASONS | {"nowhere": "there is no such folder"}).items():
        assert (plugins[name]["status"], plugins[name]["source"]) == ("failed", "folder")
        assert plugins[name]["location"] == str(gallery / name)
        assert reason in plugins[name]["error"]
    assert [name for name, plugin in plugins.items() if plugin["status"] == "loaded"] == [
        *bundled,
        "talker",
    ]
    assert plugins["talker"]["hooks"] == ["frameworks"]
    assert plugins["talker"]["error"] == ""
    assert plugins["raising-hook"]["hooks"] == ["frameworks"]
    assert plugins["raising-hook"]["version"] == "1.2.3"


def test_the_list_says_the_same_in_lines(kmtui, gallery, options):
    listed = kmtui(*options, "plugins", "list")
    assert listed.status == 1
    for name, reason in REASONS.items():
        _, block = listed.out.split(f"\n{name}  ")
        head, place, *more = block.splitlines()
        error = next(line for line in more if line.startswith("    error  "))
        assert head.endswith("  folder  failed")
        assert place.split() == ["from", str(gallery / name)]
        assert reason in error
    assert "TALK" not in listed.out


def test_results_are_whole_and_the_bad_plugins_are_told_beside_them(kmtui, options):
    exported = kmtui(*options, "export", "scores")
    assert exported.status == 0
    assert exported.out == kmtui("export", "scores").out
    for name, reason in REASONS.items():
        assert [line for line in exported.err.splitlines() if f"'{name}' is switched off" in line and reason in line]
    assert "TALK at import" in exported.err
    assert "TALK in hook" in exported.err


def test_what_a_plugin_says_cannot_steer_the_terminal(kmtui, tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "loud", "raise ValueError('\\u202ered \\x9b31m \\u200b')")
    for outcome in (
        kmtui("--plugin-dir", folder, "plugins", "list"),
        kmtui("--plugin-dir", folder, "plugins", "check", folder),
        kmtui("--plugin-dir", folder, "export", "verdicts"),
    ):
        told = outcome.out + outcome.err
        assert "<U+202E>red <U+009B>31m <U+200B>" in told
        assert not set("\u202e\x9b\u200b") & set(told)
    listed = kmtui("--plugin-dir", folder, "plugins", "list", "--json").out
    assert listed.isascii()
    assert "\u202ered \x9b31m \u200b" in json.loads(listed)[-1]["error"]


def test_a_plugin_that_stops_kmtui_is_named_and_can_be_disabled_without_being_imported(kmtui, tmp_path, write_plugin):
    stopper = write_plugin(tmp_path / "stopper", "raise KeyboardInterrupt")
    stopped = kmtui("--plugin-dir", stopper, "export", "verdicts")
    assert (stopped.status, stopped.out, stopped.err.strip()) == (1, "", "kmtui: stopped in plugin 'stopper'")
    ender = write_plugin(tmp_path / "ender", "import os\nos._exit(9)")
    for folder in (stopper, ender):
        ours = ("--plugin-dir", folder)
        assert kmtui(*ours, "plugins", "disable", folder.name, KMTUI_STATE=tmp_path).status == 0
        assert kmtui(*ours, "export", "verdicts", KMTUI_STATE=tmp_path).out == kmtui("export", "verdicts").out


THREAD = "import threading, time\nthreading.Thread(target=lambda: {}).start()\n" + HOOK + "time.sleep(0.1); return []"


def test_threads_that_a_plugin_leaves_behind_are_not_waited_for(kmtui, tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "endless", THREAD.format("time.sleep(600)"))
    assert kmtui("--plugin-dir", folder, "export", "verdicts").out == kmtui("export", "verdicts").out
    assert kmtui("--plugin-dir", folder, "exprot").status == 2


def test_what_a_thread_of_a_plugin_prints_is_no_result(kmtui, tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "chatty", THREAD.format("[print('mine', time.sleep(0.001)) for _ in range(9999)]"))
    exported = kmtui("--plugin-dir", folder, "export", "scores")
    assert exported.out == kmtui("export", "scores").out
    assert "mine" in exported.err


def test_what_fails_in_a_thread_of_a_plugin_is_told_in_one_line(kmtui, tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "failing", THREAD.format("1 / 0"))
    exported = kmtui("--plugin-dir", folder, "export", "verdicts")
    assert exported.out == kmtui("export", "verdicts").out
    assert exported.err == "kmtui: what a plugin left running has failed: ZeroDivisionError: division by zero\n"


def test_a_place_of_plugins_that_cannot_be_looked_into_hides_no_other(tmp_path, write_plugin, monkeypatch):
    for name in ("one", "shut", "two"):
        write_plugin(tmp_path / name, HOOK + "return []")
    is_there = discovery.is_there

    def denied(file):
        if file.parent.name == "shut":
            raise PermissionError(13, "Permission denied")
        return is_there(file)

    monkeypatch.setattr(discovery, "is_there", denied)
    found = {plugin.id: plugin.error for plugin in discovery.discover_at(tmp_path)}
    assert found == {"one": "", "shut": f"{tmp_path / 'shut'} cannot be read: Permission denied", "two": ""}


def test_links_that_lead_in_a_circle_are_no_plugin(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert [plugin.error for plugin in discovery.discover_at(tmp_path / "a")] == ["there is no such folder or file"]


DIMENSION = """
import sys, kmtui

TEXT = kmtui.Text(nl="Bereik", en="Reach")

def scorer(context):
    BODY

@kmtui.hookimpl
def dimensions():
    dimension = kmtui.Dimension(
        id="reach", area="toezicht", name=TEXT, short="Rea", norm=TEXT, standing="assumed", source=("4.1",)
    )
    return [kmtui.AddedDimension(framework="referentiekader-2008", dimension=dimension, scorer=scorer)]
"""
SCORERS = {
    "exits": ("sys.exit('bye')", "raised SystemExit: bye"),
    "unsound": (
        "score = kmtui.Score(level='rood', basis='counted', source=('1',)); "
        "__import__('msgspec').structs.force_setattr(score, 'possible', 5); return score",
        "raised ValidationError: Score.possible: found number 5, expected an array",
    ),
    "changes-the-head": ("context.edition.title = 'mine'", "raised AttributeError: immutable type: 'EditionHead'"),
    "changes-the-framework": (
        "context.framework.dimensions[0].id = 'mine'",
        "raised AttributeError: immutable type: 'Dimension'",
    ),
    "changes-the-tables": ("context.figures.tables.append(1)", "raised AttributeError: 'tuple' object"),
    "changes-what-it-is-given": ("context.corps = 'mine'", "raised AttributeError: immutable type: 'ScoringContext'"),
    "changes-the-groups": ("context.edition.groups['mine'] = ()", "raised TypeError"),
}


@pytest.mark.usefixtures("fresh_modules")
@pytest.mark.parametrize("name", SCORERS)
def test_a_bad_scorer_is_told_and_changes_nothing(tmp_path, edition, write_plugin, name):
    body, reason = SCORERS[name]
    registry = load_registry([write_plugin(tmp_path / name, DIMENSION.replace("BODY", body))])
    head = edition.head.model_dump()
    found, (problem,) = computed_scores.with_added(edition, registry, Figures)
    assert f"plugin '{name}': dimension 'reach': its scorer {reason}" in problem
    assert found.head.model_dump() == head
    for before, after in zip(edition.corps, found.corps, strict=True):
        assert after.scores["reach"].is_blank
        assert {name: score for name, score in after.scores.items() if name != "reach"} == dict(before.scores)


WRITER = """
import sys, kmtui

TEXT = kmtui.Text(nl="Vorm", en="Form")

def write(context):
    BODY
    for row in context.rows:
        yield ";".join(map(str, row)) + "\\n"

def make():
    import click
    return click.Command("ours", callback=lambda: click.echo("mine"))

@kmtui.hookimpl
def exporters():
    return [kmtui.Exporter(id="own", name=TEXT, suffix="own", write=write)]

@kmtui.hookimpl
def commands():
    return [kmtui.Command(id="ours", help=TEXT, make=make)]
"""
WRITERS = {
    "prints": ("print('TALK')", 0, "TALK"),
    "exits": ("sys.exit(0)", 1, "plugin 'writer': exporter 'own' raised SystemExit: 0"),
    "changes-columns": ("context.columns.append('x')", 1, "exporter 'own' raised AttributeError"),
    "changes-context": ("context.rows = ()", 1, "exporter 'own' raised AttributeError: immutable type"),
    "is-no-exception": ("raise type('Odd', (BaseException,), {})('no')", 1, "exporter 'own' raised Odd: no"),
    "gives-numbers": ("yield 5", 1, "exporter 'own' raised TypeError"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_bad_exporter_is_told_with_its_plugin(kmtui, tmp_path, write_plugin, name):
    body, status, told = WRITERS[name]
    folder = write_plugin(tmp_path / "writer", WRITER.replace("BODY", body))
    exported = kmtui("--plugin-dir", folder, "export", "verdicts", "--format", "own")
    assert exported.status == status
    assert told in exported.err
    assert "TALK" not in exported.out
    assert exported.out.count("\n") == (27 if status == 0 else 0)


@pytest.mark.parametrize(
    ("own", "taken", "thing"), [("ours", "export", "command 'export'"), ("own", "csv", "exporter 'csv'")]
)
def test_a_thing_with_an_id_of_kmtuis_own_is_refused_and_named(kmtui, tmp_path, write_plugin, own, taken, thing):
    code = WRITER.replace("BODY", "pass").replace(f'id="{own}"', f'id="{taken}"')
    folder = write_plugin(tmp_path / "writer", code)
    exported = kmtui("--plugin-dir", folder, "export", "verdicts")
    assert exported.out == kmtui("export", "verdicts").out
    assert exported.err == f"kmtui: plugin 'writer' is switched off: {thing} is one of kmtui's own\n"
    checked = kmtui("plugins", "check", folder)
    assert (checked.status, f"error: {thing}: is one of kmtui's own" in checked.out) == (1, True)


def test_the_ids_that_plugins_may_not_take_are_those_of_kmtuis_commands_and_formats():
    assert set(COMMANDS) <= set(OWN["commands"])
    assert {*FORMATS, "csv"} <= set(OWN["exporters"])


def test_help_lists_the_commands_of_plugins(kmtui, tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "writer", WRITER.replace("BODY", "pass"))
    write_plugin(tmp_path / "broken", "1 / 0")
    for shown in (
        kmtui("--plugin-dir", folder, "--help"),
        kmtui("--help", KMTUI_PLUGIN_PATH=f"{folder}:{tmp_path / 'broken'}"),
    ):
        assert (shown.status, shown.err) == (0, "")
        assert "Commands of plugins:\n  ours  Form (plugin 'writer')" in shown.out
    (tmp_path / "config.toml").write_text("nonsense")
    shown = kmtui("--help", KMTUI_CONFIG=tmp_path)
    assert (shown.status, shown.err) == (0, "")
    assert "Commands:" in shown.out


@pytest.mark.usefixtures("fresh_modules")
def test_a_plugin_that_takes_long_to_load_is_told(tmp_path, write_plugin, monkeypatch):
    monkeypatch.setattr(monitors, "SLOW", 0.1)
    folder = write_plugin(tmp_path / "slow", "import time\ntime.sleep(0.2)\n" + HOOK + "return []")
    told = [problem for problem in open_monitor([folder]).problems if problem.startswith("plugin 'slow': it took ")]
    assert len(told) == 1


@pytest.mark.usefixtures("fresh_modules")
def test_a_second_crosswalk_for_one_pair_is_refused_and_named(tmp_path, write_plugin):
    code = HOOK.replace("frameworks", "crosswalks") + (
        "import kmtui_referentiekader_2013 as other; return [walk.replace(id='again') for walk in other.crosswalks()]"
    )
    (off,) = load_registry([write_plugin(tmp_path / "again", code)]).failed
    assert off.id == "again"
    assert "crosswalk 'again' goes from 'referentiekader-2008' to 'referentiekader-2013', as crosswalk '" in off.error


PANEL = HOOK.replace("frameworks", "panels") + (
    "return [kmtui.Panel(id='p', title=kmtui.Text(nl='p', en='p'), about='corps', lines=lambda context: 1 / 0)]"
)
FAILING = {
    "scorer": (DIMENSION.replace("BODY", "1 / 0"), ("export", "scores"), "dimension 'reach': its scorer raised"),
    "panel": (PANEL, ("show", "corps", "utrecht"), "panel 'p' raised"),
}


@pytest.mark.parametrize("kind", FAILING)
def test_what_a_plugin_does_wrong_sets_the_status_and_spoils_no_more_than_its_place(
    kmtui, tmp_path, write_plugin, kind
):
    code, arguments, problem = FAILING[kind]
    folder = write_plugin(tmp_path / "failing", code)
    outcome = kmtui("--plugin-dir", folder, *arguments)
    assert outcome.status == 1
    (line,) = outcome.err.splitlines()
    assert f"plugin 'failing': {problem} ZeroDivisionError: division by zero" in line
    whole = kmtui(*arguments).out.splitlines()
    assert [line for line in outcome.out.splitlines() if line in whole and line] == [line for line in whole if line]
