"""Where plugins are found, in which order, and where they are not looked for."""

import os
import shutil
import sys
import zipapp
from pathlib import Path

import pytest

from kmtui.plugins.assembly import load_registry
from kmtui.plugins.discovery import discover

CODE = "import kmtui\n\n@kmtui.hookimpl\ndef frameworks(): return []"
BUNDLED = "referentiekader-2008"
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_the_disk_makes_no_difference(tmp_path, write_plugin, monkeypatch, reverse):
    for name, plugin_id in [("one", "zebra"), ("two", "aap"), ("three", "mees"), ("four", "aap")]:
        write_plugin(tmp_path / name, CODE, plugin_id=plugin_id)
    iterdir = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: iter(sorted(iterdir(self), reverse=reverse)))
    found = [(plugin.id, Path(plugin.location).name) for plugin in discover([tmp_path]) if plugin.source == "folder"]
    assert found == [("aap", "four"), ("aap", "two"), ("mees", "three"), ("zebra", "one")]


@pytest.mark.usefixtures("fresh_modules")
def test_named_folders_keep_the_order_they_are_named_in(tmp_path, write_plugin):
    later, sooner = (write_plugin(tmp_path / name, CODE) for name in ("bbb", "aaa"))
    assert [plugin.id for plugin in load_registry([later, sooner]).plugins if plugin.source == "folder"] == [
        "bbb",
        "aaa",
    ]


@pytest.mark.usefixtures("fresh_modules")
def test_a_plugin_may_be_a_package_below_src(tmp_path, write_plugin):
    folder = write_plugin(tmp_path / "packed", None)
    (folder / "src" / "packed").mkdir(parents=True)
    (folder / "src" / "packed" / "__init__.py").write_text("from packed.hooks import frameworks")
    (folder / "src" / "packed" / "hooks.py").write_text(CODE)
    (plugin,) = [plugin for plugin in load_registry([folder]).plugins if plugin.id == "packed"]
    assert (plugin.status, plugin.version, plugin.hooks) == ("loaded", "1.2.3", ("frameworks",))


@pytest.mark.usefixtures("fresh_modules")
def test_a_folder_may_hold_projects_and_single_files(tmp_path, write_plugin):
    write_plugin(tmp_path / "mine" / "project", CODE)
    (tmp_path / "mine" / "loose_one.py").write_text(CODE)
    (tmp_path / "mine" / "broken.py").write_text(f"{CODE}[")
    (tmp_path / "mine" / "script.py").write_text("raise SystemExit('this is no plugin, and is not to be run')")
    (tmp_path / "mine" / "notes.txt").write_text(CODE)
    (tmp_path / "mine" / ".hidden.py").write_text(CODE)
    os.mkfifo(tmp_path / "mine" / "pipe.py")
    found = {plugin.id: plugin for plugin in load_registry([tmp_path / "mine"], bundled=False).plugins}
    assert [(plugin.id, plugin.source, plugin.status) for plugin in found.values()] == [
        ("broken", "file", "failed"),
        ("loose-one", "file", "loaded"),
        ("pipe.py", "file", "failed"),
        ("project", "folder", "loaded"),
    ]
    assert "broken.py, line 4" in found["broken"].error
    assert found["pipe.py"].error == "found something that is not a plain file"


def test_a_project_that_cannot_be_read_hides_no_other(tmp_path, write_plugin):
    for name in ("one", "two"):
        write_plugin(tmp_path / name, CODE)
    manifest = tmp_path / "one" / "pyproject.toml"
    manifest.write_text(manifest.read_text().replace('"one"', f'"{"x" * 300}"'))
    found = {plugin.id: plugin.error for plugin in discover([tmp_path], bundled=False, installed=False)}
    assert list(found) == ["one", "two"]
    assert found["one"].startswith(f"{tmp_path / 'one'}/xxx")
    assert found["one"].endswith("cannot be read: File name too long")
    assert found["two"] == ""


def test_an_empty_folder_holds_no_plugin_and_is_no_fault(tmp_path):
    assert discover([tmp_path], bundled=False, installed=False) == []


def test_folders_are_named_by_option_or_environment(kmtui, bundled, tmp_path, write_plugin):
    folders = [write_plugin(tmp_path / name, CODE) for name in ("one", "two", "three")]
    listed = kmtui("plugins", "list", KMTUI_PLUGIN_PATH=os.pathsep.join(map(str, folders[:2])))
    assert [line.split()[0] for line in listed.out.splitlines() if line[0] != " "] == [*bundled, "one", "two"]
    listed = kmtui("--plugin-dir", folders[2], "plugins", "list")
    assert [line.split()[0] for line in listed.out.splitlines() if line[0] != " "] == [*bundled, "three"]
    assert (listed.status, listed.err) == (0, "")


@pytest.mark.parametrize(
    "path", [None, "", os.pathsep, f"{{other}}{os.pathsep}"], ids=["unset", "empty", "separator", "end"]
)
def test_the_current_folder_is_not_searched_by_itself(kmtui, tmp_path, write_plugin, path):
    here, other = write_plugin(tmp_path / "here", CODE), write_plugin(tmp_path / "other", CODE)
    environment = {} if path is None else {"KMTUI_PLUGIN_PATH": path.format(other=other)}
    listed = kmtui("plugins", "list", cwd=here, **environment)
    assert BUNDLED in listed.out
    assert "here  1.2.3" not in listed.out


@pytest.fixture
def install(tmp_path):
    """Lay down a distribution as pip would, on a path of its own."""

    def lay(entry_points, metadata="Metadata-Version: 2.1\nName: Some-Plugin\nVersion: 4.5\n", **modules):
        info = tmp_path / "site" / "some_plugin-4.5.dist-info"
        info.mkdir(parents=True)
        (info / "entry_points.txt").write_text(entry_points)
        if metadata is not None:
            (info / "METADATA").write_text(metadata)
        for name, code in modules.items():
            (tmp_path / "site" / f"{name}.py").write_text(code)
        return {"PYTHONPATH": tmp_path / "site"}

    return lay


def test_an_installed_distribution_is_found(kmtui, install):
    listed = kmtui("plugins", "list", **install("[kmtui]\nsome = some_plugin\n", some_plugin=CODE))
    assert "some  4.5  installed  loaded" in listed.out
    assert listed.status == 0


def test_an_installed_plugin_cannot_take_a_bundled_id(kmtui, install):
    listed = kmtui("plugins", "list", **install(f"[kmtui]\n{BUNDLED} = some_plugin\n", some_plugin=CODE))
    assert f"the id '{BUNDLED}' is taken by the bundled plugin" in listed.out
    assert listed.status == 1


@pytest.mark.parametrize(
    ("entry_points", "metadata"),
    [
        ("[kmtui]\nsome = some_plugin\n", None),
        ("[kmtui]\nsome = some_plugin\n", "Metadata-Version: 2.1\n"),
        ("[kmtui]\nsome = ::\n", "Name: x\nVersion: 1\n"),
    ],
    ids=["without metadata", "without a name", "strange value"],
)
def test_a_damaged_distribution_stops_nothing(kmtui, install, entry_points, metadata):
    environment = install(entry_points, metadata)
    listed = kmtui("plugins", "list", **environment)
    assert f"{BUNDLED}  1.0.0  bundled  loaded" in listed.out
    exported = kmtui("export", "verdicts", **environment)
    assert exported.status == 0
    assert exported.out.count("\r\n") == 28


DAMAGED = {
    "no name at all": ".dist-info",
    "an older one of the plugin": "some_plugin-4.4.dist-info",
    "another package": "zzz-1.0.dist-info",
    "an old format": "old.egg-info",
}


@pytest.mark.parametrize("case", DAMAGED)
def test_an_empty_description_of_a_distribution_is_named_and_hides_no_plugin(kmtui, install, tmp_path, case):
    environment = install("[kmtui]\nsome = some_plugin\n", some_plugin=CODE)
    (tmp_path / "site" / DAMAGED[case]).mkdir()
    listed = kmtui("plugins", "list", **environment)
    assert listed.status == 1
    assert "some  4.5  installed  loaded" in listed.out
    assert f"{DAMAGED[case]}  -  installed  failed" in listed.out
    assert "a damaged installation, without " in listed.out
    assert kmtui("plugins", "disable", "some", **environment, KMTUI_STATE=tmp_path).status == 0


def test_a_plugin_whose_description_is_gone_is_named_where_no_other_is_installed(kmtui, tmp_path):
    (tmp_path / "site" / "some_plugin-4.5.dist-info").mkdir(parents=True)
    (tmp_path / "site" / "some_plugin.py").write_text(CODE)
    exported = kmtui("export", "verdicts", PYTHONPATH=tmp_path / "site")
    assert exported.status == 0
    assert "some_plugin-4.5.dist-info' is switched off: a damaged installation, without METADATA" in exported.err


def test_of_two_distributions_of_a_name_the_first_on_the_path_counts(kmtui, install, tmp_path):
    environment = install("[kmtui]\nsome = some_plugin\n", some_plugin=CODE)
    older = tmp_path / "older" / "Some.Plugin-1.0.dist-info"
    older.mkdir(parents=True)
    (older / "METADATA").write_text("Metadata-Version: 2.1\nName: Some.Plugin\nVersion: 1.0\n")
    (older / "entry_points.txt").write_text("[kmtui]\nolder = some_plugin\n")
    path = f"{environment['PYTHONPATH']}{os.pathsep}{tmp_path / 'older'}"
    listed = kmtui("plugins", "list", PYTHONPATH=path)
    assert listed.status == 0
    assert "older" not in listed.out.replace(str(tmp_path), "")


OBJECT = """
import kmtui


class Offer:
    @kmtui.hookimpl
    def frameworks(self):
        return []

    def __getattr__(self, name):
        raise {error}


offer, number, text, nothing, function = Offer(), 5, "some", None, Offer.frameworks
"""
ENTRIES = {
    "an object": ("some_plugin:offer", "AttributeError(name)", ""),
    "an object in an object": ("some_plugin:Offer.frameworks", "AttributeError(name)", "no function is marked"),
    "an object that refuses": ("some_plugin:offer", "ZeroDivisionError()", "cannot be looked into: ZeroDivisionError"),
    "a class": ("some_plugin:Offer", "AttributeError(name)", "names class Offer, expected a module or an object"),
    "a number": ("some_plugin:number", "AttributeError(name)", "has no hooks: no function is marked"),
    "a text": ("some_plugin:text", "AttributeError(name)", "has no hooks: no function is marked"),
    "nothing": ("some_plugin:nothing", "AttributeError(name)", "has no hooks: no function is marked"),
    "a function": ("some_plugin:function", "AttributeError(name)", "has no hooks: no function is marked"),
    "what is not there": ("some_plugin:missing", "AttributeError(name)", "has no attribute 'missing'"),
}


@pytest.mark.parametrize("case", ENTRIES)
@pytest.mark.parametrize("way", ["installed", "folder"])
def test_an_entry_point_may_name_an_object(kmtui, install, tmp_path, write_plugin, case, way):
    value, error, problem = ENTRIES[case]
    code = OBJECT.format(error=error)
    if way == "installed":
        listed = kmtui("plugins", "list", **install(f"[kmtui]\nsome = {value}\n", some_plugin=code))
    else:
        description = f'[project]\nname = "x"\n[project.entry-points.kmtui]\nsome = "{value}"\n'
        folder = write_plugin(tmp_path / "some_plugin", code, description=description)
        listed = kmtui("--plugin-dir", folder, "plugins", "list")
    assert f"{BUNDLED}  1.0.0  bundled  loaded" in listed.out
    assert f"  {way}  {'failed' if problem else 'loaded'}" in listed.out
    assert problem in listed.out
    assert listed.status == bool(problem)


@pytest.mark.parametrize("value", ["pack.inner", "pack.deep", "pack.inner:offer", "pack"])
def test_a_folder_may_have_its_module_anywhere_in_a_package(kmtui, tmp_path, write_plugin, value):
    description = f'[project]\nname = "x"\n[project.entry-points.kmtui]\nsome = "{value}"\n'
    folder = write_plugin(tmp_path / "some", None, description=description)
    (folder / "src" / "pack" / "deep").mkdir(parents=True)
    (folder / "src" / "pack" / "__init__.py").write_text("from pack.inner import frameworks")
    (folder / "src" / "pack" / "inner.py").write_text(
        f"{CODE}\n\nclass Offer: frameworks = staticmethod(frameworks)\noffer = Offer()"
    )
    (folder / "src" / "pack" / "deep" / "__init__.py").write_text("from ..inner import frameworks")
    listed = kmtui("--plugin-dir", folder, "plugins", "list")
    assert (listed.status, listed.err) == (0, "")
    assert "some  -  folder  loaded" in listed.out


def test_what_a_package_imported_before_it_failed_is_forgotten(tmp_path, write_plugin):
    description = '[project]\nname = "x"\n[project.entry-points.kmtui]\nsome = "half_way.inner"\n'
    folder = write_plugin(tmp_path / "some", None, description=description)
    (folder / "half_way").mkdir()
    (folder / "half_way" / "__init__.py").write_text("")
    (folder / "half_way" / "inner.py").write_text("import half_way.other\n1 / 0")
    (folder / "half_way" / "other.py").write_text("")
    (off,) = load_registry([folder]).failed
    assert "ZeroDivisionError" in off.error
    assert [name for name in sys.modules if name.startswith("half_way")] == []


@pytest.mark.parametrize("plugin_id", ["", " ", "x" * 81])
def test_an_id_by_which_a_plugin_could_not_be_disabled_is_refused(kmtui, tmp_path, write_plugin, plugin_id):
    description = f'[project]\nname = "x"\n[project.entry-points.kmtui]\n"{plugin_id}" = "some"\n'
    folder = write_plugin(tmp_path / "some", CODE, description=description)
    listed = kmtui("--plugin-dir", folder, "plugins", "list")
    assert listed.status == 1
    assert "some  -  folder  failed" in listed.out
    assert "as its id, expected 1 to 80 characters that are not blank" in listed.out


LATER = """
import pathlib
pathlib.Path({mark!r}).write_text("imported")
from kmtui import SomethingOfLater
KMTUI_API = (2, 3)
"""


@pytest.mark.parametrize("way", ["installed", "folder", "file", "package"])
def test_a_plugin_for_a_later_version_says_so_and_is_not_imported(kmtui, install, tmp_path, write_plugin, way):
    mark = tmp_path / "mark"
    code = LATER.format(mark=str(mark)).replace("2, 3", "97, 98")
    if way == "installed":
        listed = kmtui("plugins", "list", **install("[kmtui]\nsome = some_plugin\n", some_plugin=code))
    elif way == "package":
        (tmp_path / "site" / "pack").mkdir(parents=True)
        (tmp_path / "site" / "pack" / "__init__.py").write_text("1 / 0")
        (tmp_path / "site" / "pack" / "some.py").write_text(code)
        listed = kmtui("plugins", "list", **install("[kmtui]\nsome = pack.some:offer\n"))
    else:
        folder = write_plugin(tmp_path / "some", code)
        listed = kmtui("--plugin-dir", folder if way == "folder" else folder / "some.py", "plugins", "list")
    assert "works with versions 97 to 98 of the plugin interface, but this kmtui has version" in listed.out
    assert listed.status == 1
    assert not mark.exists()


@pytest.mark.usefixtures("fresh_modules")
def test_a_hook_of_a_later_version_may_be_optional(tmp_path, write_plugin):
    later = "\n\n@kmtui.hookimpl{}\ndef of_later(): return []\nKMTUI_API = (1, 99)\n"
    optional = write_plugin(tmp_path / "optional", CODE + later.format("(optionalhook=True)"))
    demanded = write_plugin(tmp_path / "demanded", CODE + later.format(""))
    plugins = {plugin.id: plugin for plugin in load_registry([optional, demanded], bundled=False).plugins}
    assert (plugins["optional"].status, plugins["optional"].hooks) == ("loaded", ("frameworks",))
    assert plugins["demanded"].error.startswith("unknown hook 'of_later'")


def test_kmtui_runs_from_a_zip_archive_with_its_bundle(kmtui, tmp_path):
    package = tmp_path / "build" / "kmtui"
    shutil.copytree(ROOT / "src" / "kmtui", package, ignore=shutil.ignore_patterns("__pycache__"))
    for kind in ("plugins", "editions"):
        shutil.copytree(ROOT / kind, package / "bundled" / kind, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    zipapp.create_archive(tmp_path / "build", tmp_path / "kmtui.pyz", main="kmtui.cli:main")
    python = type(kmtui)(kmtui.folder, kmtui.home)
    python.path = Path(sys.executable)
    exported = python("-I", tmp_path / "kmtui.pyz", "export", "verdicts")
    assert (exported.status, exported.err) == (0, "")
    assert exported.out == kmtui("export", "verdicts").out


def link_outside(file):
    (file.parent.parent / "elsewhere.toml").write_text("secret = true")
    file.symlink_to("../elsewhere.toml")


STRANGE = {
    "pipe": (os.mkfifo, "found something that is not a plain file"),
    "folder": (os.mkdir, "found something that is not a plain file"),
    "device": (lambda file: file.symlink_to("/dev/zero"), "found a link out of its folder"),
    "link to outside": (link_outside, "found a link out of its folder, expected a file in it"),
    "link to nothing": (lambda file: file.symlink_to("nothing"), "found no such file"),
}


@pytest.mark.parametrize("case", STRANGE)
def test_a_description_that_is_no_plain_file_in_its_folder_is_told_and_not_waited_for(tmp_path, write_plugin, case):
    make, words = STRANGE[case]
    folder = write_plugin(tmp_path / "plugins" / "strange", CODE)
    (folder / "pyproject.toml").unlink()
    make(folder / "pyproject.toml")
    write_plugin(tmp_path / "plugins" / "zeal", CODE)
    for named in (folder, tmp_path / "plugins"):
        strange, *others = discover([named], bundled=False, installed=False)
        assert strange.error.startswith(f"pyproject.toml: {words}")
        assert [other.error for other in others] == [""] * (named != folder)
