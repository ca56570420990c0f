"""Where plugins are found, in which order, and where they are not looked for."""

import os
from pathlib import Path

import pytest

from kmtui.plugins.assembly import load_registry
from kmtui.plugins.discovery import discover

CODE = "import kmtui\n\n@kmtui.hookimpl\ndef frameworks(): return []"
BUNDLED = "referentiekader-2008"


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
