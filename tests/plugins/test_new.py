"""New plugin projects: every kind loads and passes its own tests; what cannot be made is refused without a trace."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kmtui.plugins import scaffold
from kmtui.plugins.assembly import load_registry
from kmtui.plugins.scaffold import COMMON, KINDS, MARK, TEMPLATES, MissingToolError, ScaffoldError
from kmtui.plugins.specs import RESULT_TYPES

AWKWARD = "'t {{ 7 * 7 }} & {% raw %} <é> # \U0001f600"
FILES_OF_ALL = {".gitignore", "README.md", "pyproject.toml", "tests/conftest.py", "tests/test_plugin.py"}


@pytest.fixture(scope="module")
def registry(monitor):
    return monitor.registry


@pytest.fixture(scope="module")
def projects(tmp_path_factory, registry):
    """One project of each kind."""
    folder = tmp_path_factory.mktemp("new")
    plans = [scaffold.plan(kind, folder / f"proef-{kind}", registry, name=AWKWARD) for kind in KINDS]
    return {plan.kind: scaffold.make(plan) for plan in plans}


def python(*arguments, cwd, **environment):
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("KMTUI_", "PYTHON", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=bare | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def test_there_is_a_kind_for_every_hook_and_templates_for_every_kind():
    assert {kind.hook for kind in KINDS.values()} == set(RESULT_TYPES)
    assert {folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()} == {*KINDS, COMMON}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("fresh_modules")
def test_a_new_project_loads_beside_the_bundled_plugins(projects, kind):
    made = projects[kind]
    assert {str(file) for file in made.files} >= FILES_OF_ALL
    registry = load_registry([made.plan.folder])
    assert [plugin for plugin in registry.plugins if plugin.error] == []
    (plugin,) = [plugin for plugin in registry.plugins if plugin.id == f"proef-{kind}"]
    assert plugin.status == "loaded"
    assert KINDS[kind].hook in plugin.hooks
    assert "KMTUI_API = (1, 1)\n" in (made.plan.folder / "src" / made.plan.module / "__init__.py").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_tests_of_a_new_project_pass(projects, kind):
    folder = projects[kind].plan.folder
    done = python("-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", cwd=folder, PYTHONPATH="src")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("fresh_modules")
def test_all_kinds_go_together(projects):
    registry = load_registry(made.plan.folder for made in projects.values())
    assert {plugin.id: plugin.error for plugin in registry.failed} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_its_author_is_told_where_to_edit(projects, kind):
    made = projects[kind]
    assert made.marked
    for file, count in made.marked.items():
        assert count == sum(MARK in line for line in (made.plan.folder / file).read_text("utf-8").splitlines()) > 0
    data = [file for file in made.files if file.parts[0] == "src"]
    assert [str(file) for file in data if file not in made.marked and file.name != "__init__.py"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_stands_as_it_was_given(projects, kind):
    made = projects[kind]
    assert made.plan.name == AWKWARD
    description = tomllib.loads((made.plan.folder / "pyproject.toml").read_text("utf-8"))["project"]["description"]
    assert description == f"{AWKWARD}, a plugin for kmtui"
    for file in made.files:
        assert "{{" not in (made.plan.folder / file).read_text("utf-8").replace(AWKWARD, "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_project_is_in_good_style(tmp_path, registry, kind):
    folder = tmp_path / "stijl"
    scaffold.make(scaffold.plan(kind, folder, registry, name="Stijl"))
    rules = "E,F,W,I,UP,B,C4,SIM,PT,RET,PIE,PTH,N"
    for check in (("check", "--select", rules), ("format", "--check")):
        done = python("-m", "ruff", *check, "--isolated", "--no-cache", "--line-length", "120", ".", cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("folder", "options", "expected"),
    [
        ("my-plugin", {}, ("my-plugin", "My plugin", "my_plugin")),
        ("My Plug_in", {}, ("my-plug-in", "My plug in", "my_plug_in")),
        ("Één", {}, ("een", "Een", "een")),
        ("x", {"plugin_id": "team-3"}, ("team-3", "Team 3", "team_3")),
        ("x", {"plugin_id": "team", "name": " Vast team "}, ("team", "Vast team", "team")),
    ],
)
def test_names_come_from_the_folder_unless_they_are_given(tmp_path, registry, folder, options, expected):
    plan = scaffold.plan("panel", tmp_path / folder, registry, **options)
    assert (plan.id, plan.name, plan.module) == expected


@pytest.mark.parametrize(
    ("kind", "plugin_id", "reason"),
    [
        ("dimensoin", "x", "unknown kind 'dimensoin' (did you mean 'dimension'?)"),
        ("zzz", "x", "unknown kind 'zzz', expected one of framework, dimension"),
        ("panel", "My Panel", "id 'My Panel' is no slug"),
        ("panel", "My Panel", "did you mean 'my-panel'?"),
        ("panel", "a--b", "did you mean 'a-b'?"),
        ("panel", "-", "id '-' is no slug"),
        ("panel", "", "makes no id"),
        ("panel", "x" * 41, "40 at most"),
        ("panel", "2027", "makes no Python module"),
        ("panel", "class", "is a keyword of Python"),
        ("panel", "json", "would hide Python's own module 'json'"),
        ("panel", "kmtui", "would hide kmtui's own module"),
        ("panel", "tests", "would hide kmtui's own module or the tests"),
        ("panel", "pydantic", "would hide the module 'pydantic' in "),
        ("panel", "ketenpartners", "is that of a bundled plugin"),
        ("dimension", "gedragscode", "referentiekader-2008 offers a dimension 'gedragscode' already"),
        ("partner-type", "om", "ketenpartners offers a partner type 'om' already"),
        ("roll-up", "worst", "kmtui offers a roll-up 'worst' already"),
        ("command", "export", "kmtui has a command 'export' of its own"),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(tmp_path, registry, kind, plugin_id, reason):
    with pytest.raises(ScaffoldError) as refused:
        scaffold.plan(kind, tmp_path / "...", registry, plugin_id=plugin_id or None, own_commands=["export"])
    assert reason in str(refused.value)


@pytest.mark.parametrize("name", ["", "  ", 'a "quoted" one', "back\\slash", "two\nlines", "\x1b[31m", "x" * 61])
def test_a_name_that_does_not_fit_in_a_file_is_refused(tmp_path, registry, name):
    with pytest.raises(ScaffoldError, match="expected 1 to 60 printable characters"):
        scaffold.plan("panel", tmp_path / "x", registry, name=name)


@pytest.fixture
def planned(tmp_path, registry):
    """A plan in a folder of its own."""
    return scaffold.plan("panel", tmp_path / "my-panel", registry)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (lambda folder: folder.write_text("mine"), "is no folder"),
        (lambda folder: (folder.mkdir(), (folder / "mine").write_text("")), "is there already, with files in it"),
        (lambda folder: folder.symlink_to("nowhere"), "is no folder"),
    ],
)
def test_a_place_that_is_taken_is_refused(planned, prepare, reason):
    prepare(planned.folder)
    before = names_in(planned.folder.parent)
    with pytest.raises(ScaffoldError, match=reason):
        scaffold.make(planned)
    assert names_in(planned.folder.parent) == before


def test_a_folder_in_nowhere_is_refused(tmp_path, registry):
    with pytest.raises(ScaffoldError, match=r"there is no folder .*nowhere to make 'x' in"):
        scaffold.make(scaffold.plan("panel", tmp_path / "nowhere" / "x", registry))


def test_an_empty_folder_will_do(planned):
    planned.folder.mkdir()
    inode = planned.folder.stat().st_ino
    made = scaffold.make(planned)
    assert (planned.folder / "pyproject.toml").is_file()
    assert planned.folder.stat().st_ino == inode
    assert names_in(planned.folder.parent) == ["my-panel"]
    assert len(made.files) == len([path for path in planned.folder.rglob("*") if path.is_file()])


def test_force_writes_over_its_own_files_and_leaves_the_rest(planned, registry):
    scaffold.make(planned)
    readme, mine = planned.folder / "README.md", planned.folder / "src" / "mine.txt"
    rendered = readme.read_text()
    readme.write_text("changed")
    mine.write_text("mine")
    scaffold.make(planned, force=True)
    assert (readme.read_text(), mine.read_text()) == (rendered, "mine")
    assert names_in(planned.folder.parent) == ["my-panel"]


@pytest.mark.parametrize("there", [False, True])
def test_nothing_stays_behind_when_rendering_fails(planned, monkeypatch, there):
    if there:
        planned.folder.mkdir()

    def renderer():
        def render(project, answers):
            if answers["layer"] != COMMON:
                raise OSError("no space left")
            project.mkdir()
            (project / "half").write_text("x")

        return render

    monkeypatch.setattr(scaffold, "_renderer", renderer)
    with pytest.raises(OSError, match="no space left"):
        scaffold.make(planned)
    assert names_in(planned.folder.parent) == (["my-panel"] if there else [])
    assert not there or names_in(planned.folder) == []


@pytest.mark.parametrize("at", range(1, 7))
def test_what_was_there_comes_back_when_a_file_cannot_be_put_in_its_place(planned, monkeypatch, at):
    (planned.folder / "tests").mkdir(parents=True)
    (planned.folder / "README.md").write_text("mine")
    (planned.folder / "tests" / "conftest.py").write_text("mine too")
    before = {path: path.is_file() and path.read_text() for path in planned.folder.rglob("*")}
    replace, calls = Path.replace, []

    def failing(self, target):
        calls.append(target)
        if len(calls) == at:
            raise OSError("full")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="full"):
        scaffold.make(planned, force=True)
    assert {path: path.is_file() and path.read_text() for path in planned.folder.rglob("*")} == before
    assert names_in(planned.folder.parent) == ["my-panel"]


def test_without_copier_it_says_what_to_install(planned, monkeypatch):
    monkeypatch.setitem(sys.modules, "copier", None)
    with pytest.raises(MissingToolError, match=r"pip install 'kmtui\[author\]'"):
        scaffold.make(planned)
    assert names_in(planned.folder.parent) == []


def test_the_command_says_what_it_made_and_what_comes_next(kmtui, tmp_path):
    done = kmtui(
        "plugins", "new", "weighting-scheme", "mijn regels", "--id", "streng", "--name", "Streng", cwd=tmp_path
    )
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == f"streng: a weighting scheme made of rules, in {tmp_path / 'mijn regels'}"
    assert "    src/streng/weighing.toml" in lines
    assert lines[-4:-2] == ["Next:", "    1. try it as it is:  cd 'mijn regels' && pip install -e . && pytest"]
    assert lines[-2].startswith("    2. make it yours:    grep -rn EDIT .  (")
    assert lines[-1].endswith("kmtui plugins check . && kmtui export verdicts --scheme streng")
    weighed = kmtui("--plugin-dir", tmp_path / "mijn regels", "export", "verdicts", "--scheme", "streng")
    assert (weighed.status, weighed.err) == (0, "")


def test_a_dimension_is_made_where_no_kind_is_named_and_stands_in_the_scores(kmtui, tmp_path):
    assert kmtui("plugins", "new", "vast-team", cwd=tmp_path).status == 0
    exported = kmtui("--plugin-dir", tmp_path / "vast-team", "export", "scores")
    assert exported.status == 0
    (row,) = [line for line in exported.out.splitlines() if line.startswith("2012,flevoland,toezicht,vast-team,")]
    assert row.startswith("2012,flevoland,toezicht,vast-team,rood,rood,computed,3.3.2,")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["panel"], 2, "expected [KIND] FOLDER, found panel"),
        (["panel", "a", "b"], 2, "expected [KIND] FOLDER, found panel a b"),
        (["dimensoin", "a"], 2, "did you mean 'dimension'?"),
        (["panel", "a", "--id", "json"], 2, "would hide Python's own module 'json'"),
        (["panel", "taken"], 2, "--force"),
        ([], 2, "Missing argument"),
    ],
)
def test_the_command_refuses_in_one_line(kmtui, tmp_path, arguments, status, said):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").write_text("")
    done = kmtui("plugins", "new", *arguments, cwd=tmp_path)
    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert names_in(tmp_path) == ["taken"]


def test_the_command_without_copier_ends_with_1_and_what_to_install(kmtui, tmp_path):
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "copier.py").write_text("raise ImportError('no copier here')")
    done = kmtui("plugins", "new", "panel", "x", cwd=tmp_path, PYTHONPATH=stub, PYTHONDONTWRITEBYTECODE=1)
    assert (done.status, done.out) == (1, "")
    assert "(no copier here); pip install 'kmtui[author]' brings it" in done.err
    assert names_in(tmp_path) == ["stub"]


def test_copier_is_imported_by_this_command_alone(tmp_path):
    code = "import json, sys; from kmtui.cli.app import cli; cli.main(['plugins', '%s'], standalone_mode=False); "
    code += "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    for arguments in ("list", "new', '--help"):
        done = python("-c", code % arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert {"copier", "jinja2", "plumbum"} & set(json.loads(done.stderr.splitlines()[-1])) == set()


def test_help_names_every_kind(kmtui):
    told = " ".join(kmtui("plugins", "new", "--help").out.split())
    for name, kind in KINDS.items():
        assert f"{name} {kind.about}" in told
