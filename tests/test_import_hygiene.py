"""Heavy imports stay at home: what each way into kmtui loads, seen in a process of its own."""

import json
import subprocess
import sys

import pytest

HEAVY = ("pydantic", "textual", "rich", "click", "pluggy", "asyncio")
LOOK = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)"
CALL = f"from kmtui.cli.app import cli; cli.main(%r, standalone_mode=False); {LOOK}"


def loaded(code, folder):
    """The heavy packages that are loaded when the code has run, and its output."""
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    return set(json.loads(run.stderr.splitlines()[-1])) & set(HEAVY), run.stdout


def called(arguments, folder):
    return loaded(CALL % arguments, folder)


def test_importing_kmtui_loads_next_to_nothing(tmp_path):
    assert loaded(f"import kmtui; {LOOK}", tmp_path) == (set(), "")


def test_asking_for_the_hook_marker_loads_no_terminal(tmp_path):
    found, _ = loaded(f"from kmtui import hookimpl, Framework; {LOOK}", tmp_path)
    assert found & {"textual", "rich", "click"} == set()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_no_more_than_click(tmp_path, option):
    found, output = called([option], tmp_path)
    assert found & {"pydantic", "textual", "rich", "pluggy", "asyncio"} == set()
    assert "kmtui" in output


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "scores"],
        ["export", "verdicts"],
        ["show", "corps", "utrecht"],
        ["plugins", "list"],
        ["editions", "check"],
        ["weigh", "scores.csv", "--scheme", "referentiekader-2008"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_no_command_loads_the_terminal_interface_or_what_tells_of_faults(tmp_path, framework, arguments):
    (tmp_path / "scores.csv").write_text(f"corps,{','.join(framework.dimension_ids)}\nx{',groen' * 17}\n", "utf-8")
    found, output = called(arguments, tmp_path)
    assert found & {"textual", "rich", "asyncio", "pydantic"} == set()
    assert output or arguments[0] == "editions"


def test_the_interface_loads_no_command_line_and_nothing_that_tells_of_faults(tmp_path):
    code = f"from kmtui.cli.session import Session; Session().monitor.newest(); import kmtui.tui.app; {LOOK}"
    found, _ = loaded(code, tmp_path)
    assert "textual" in found
    assert found & {"click", "pydantic"} == set()


def test_a_fault_is_reported_without_a_heavy_import(tmp_path):
    (tmp_path / "choices.toml").write_text("theme = 3")
    code = "from kmtui.settings import SettingsError, read_choices\ntry: read_choices(Path('choices.toml'))\n"
    found, output = loaded(
        f"from pathlib import Path\n{code}except SettingsError as error: print(error)\n{LOOK}", tmp_path
    )
    assert output == "choices.toml: theme: found number 3, expected text\n"
    assert "pydantic" not in found


def test_the_look_into_a_process_sees_what_is_loaded(tmp_path):
    assert loaded(f"import textual, pydantic; {LOOK}", tmp_path)[0] >= {"textual", "rich", "pydantic"}
