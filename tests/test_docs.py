"""The guide for plugin authors holds: its plugins load, its commands print what it shows, its errors come about.

A page is worked through from top to bottom in a folder of its own. A block of code whose first line is a comment with a
file's name is written to that file. In a `console` block every line after `$ ` is run; what follows is what it prints,
where `...` stands for any lines. In a table of mistakes a row `old` → `new` changes the plugin of the page, and what
kmtui says of it stands beside.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kmtui.model.base import Value
from kmtui.plugins.assembly import load_registry
from kmtui.plugins.specs import RESULT_TYPES

DOCS = Path(__file__).resolve().parents[1] / "docs"
HOOKS = {name: DOCS / "hooks" / f"{name}.md" for name in RESULT_TYPES}
PAGES = [DOCS / "plugins.md", DOCS / "tutorial.md", *HOOKS.values()]
HOME = "/home/you"
"""What the pages call the folder that they work in."""

BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (?P<name>[\w./-]+\.(?:py|toml|csv))\n")
MISTAKE = re.compile(r"^\| `(?P<old>[^`]+)` → (?:`(?P<new>[^`]+)`|nothing) \| `(?P<said>[^`]+)` \|$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A block of code on a page."""

    language: str
    text: str
    line: int

    @property
    def file(self) -> str:
        found = NAMED.match(self.text)
        return found["name"] if found else ""

    @property
    def commands(self) -> list[tuple[str, str]]:
        """Each command with what it prints."""
        parts = re.split(r"^\$ ", self.text, flags=re.MULTILINE)
        assert parts[0] == "", f"line {self.line}: output without a command"
        return [(command, printed) for command, _, printed in (part.partition("\n") for part in parts[1:])]


def blocks(page):
    text = page.read_text("utf-8")
    return [
        Block(found["language"], found["text"], text.count("\n", 0, found.start()) + 1)
        for found in BLOCK.finditer(text)
    ]


def matches(printed, shown):
    """Whether the output is as shown, `...` on a line of its own standing for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "...\n" else re.escape(line) for line in shown.splitlines(keepends=True))
    return re.fullmatch(pattern, printed) is not None


@pytest.fixture
def home(tmp_path):
    """The folder that a page works in."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    return folder


@pytest.fixture
def shell(home, tmp_path):
    """Run a command as a reader does, in an environment where `pip install` works and touches nothing else."""
    place = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (site,) = place.glob("lib/python*/site-packages")
    (site / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n")
    for name, code in {
        "pip": "from pip._internal.cli.main import main",
        "pytest": "from pytest import console_main as main",
        "kmtui": "from kmtui.cli import main",
    }.items():
        script = place / "bin" / name
        script.write_text(f"#!{place / 'bin' / 'python'}\nimport sys\n{code}\nsys.exit(main())\n")
        script.chmod(0o755)
    environment = {
        "PATH": f"{place / 'bin'}:{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "KMTUI_CONFIG": str(tmp_path / "settings"),
        "KMTUI_STATE": str(tmp_path / "settings"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip's way to say: without isolation
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(command, cwd):
        """What it prints."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
        )
        return done.stdout.decode()

    return run


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_does_what_it_shows(page, home, shell):
    cwd = home
    for block in blocks(page):
        if block.file:
            file = home / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                block.text.removeprefix(NAMED.match(block.text)[0]) if file.suffix == ".csv" else block.text
            )
        elif block.language == "console":
            for command, shown in block.commands:
                if command.startswith("cd "):
                    cwd = (cwd / command.removeprefix("cd ").replace("~", str(home))).resolve()
                    continue
                printed = shell(command, cwd).replace("\r\n", "\n").replace(str(home), HOME)
                assert "Traceback" not in printed
                assert matches(printed, shown), f"{page.name}:{block.line}: {command}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_of_code_is_tested(page):
    for block in blocks(page):
        assert block.file or block.language == "console", f"{page.name}:{block.line}"


def plugins(page):
    """The whole plugins on a page."""
    return [block for block in blocks(page) if block.language == "python" and "hookimpl" in block.text]


@pytest.fixture
def load(home, monkeypatch):
    """Load the text of a plugin as a single file, with the other files of the page beside it."""
    before = set(sys.modules)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # of a text as long as this one, from the same second

    def load(page, block, text):
        for other in blocks(page):
            if other.file and other is not block:
                (home / other.file).parent.mkdir(parents=True, exist_ok=True)
                (home / other.file).write_text(other.text)
        file = home / block.file
        file.write_text(text)
        sys.modules.pop(file.stem, None)
        return next(plugin for plugin in load_registry([file]).plugins if plugin.location == str(file))

    yield load
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(home)):
            del sys.modules[name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_plugins_of_a_page_load(page, load):
    for block in plugins(page):
        if "/" not in block.file:
            found = load(page, block, block.text)
            assert found.error == ""
            assert found.id == Path(block.file).stem.replace("_", "-")


@pytest.mark.parametrize("hook", HOOKS)
def test_the_mistakes_of_a_page_are_told_as_it_says(hook, load):
    page = HOOKS[hook]
    (block,) = plugins(page)
    mistakes = list(MISTAKE.finditer(page.read_text("utf-8")))
    assert mistakes, "a table of mistakes"
    for mistake in mistakes:
        assert mistake["old"] in block.text, mistake["old"]
        found = load(page, block, block.text.replace(mistake["old"], mistake["new"] or "", 1))
        assert all(part in found.error for part in mistake["said"].split("...")), found.error


@pytest.mark.parametrize("hook", HOOKS)
def test_a_page_shows_its_hook_in_one_plugin_that_declares_the_interface(hook):
    (block,) = plugins(HOOKS[hook])
    assert f"\ndef {hook}()" in block.text
    assert "\nKMTUI_API = (1, 1)\n" in block.text


@pytest.mark.parametrize("hook", HOOKS)
def test_a_page_names_every_field_of_what_the_hook_returns(hook):
    text = HOOKS[hook].read_text("utf-8")
    for kind in RESULT_TYPES[hook]:
        assert f"`{kind.__name__}`" in text or kind is Path
        rows = "".join(re.findall(r"^\| (`\w+`[^|]*)\|", text, re.MULTILINE))
        missing = [name for name in _fields(kind) if f"`{name}`" not in rows]
        assert missing == [], f"{kind.__name__}: {missing}"


def _fields(kind):
    return kind.__struct_fields__ if issubclass(kind, Value) else ()


def test_the_guide_leads_to_every_page_and_nowhere_else():
    text = (DOCS / "plugins.md").read_text("utf-8")
    for hook in HOOKS:
        assert f"(hooks/{hook}.md)" in text
    assert {page.name for page in (DOCS / "hooks").glob("*.md")} == {f"{hook}.md" for hook in HOOKS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target
