"""docs/round.md holds: every command on the page does what it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VARYING = re.compile(r"\b[0-9a-f]{16,64}\b|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
"""Hashes and times, which are others every time."""


def steps(text: str) -> list[tuple[str, str]]:
    """Each command of the page with what it prints, in order."""
    found = []
    for block in CONSOLE.findall(text):
        _, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
        found += [(command, printed) for command, _, printed in (part.partition("\n") for part in parts)]
    return found


def matches(printed: str, shown: str) -> bool:
    """Whether the output is as shown, `...` standing for any lines."""
    printed, shown = VARYING.sub("X", printed), VARYING.sub("X", shown)
    pattern = "".join(r"(?:.*\n)*?" if line == "...\n" else re.escape(line) for line in shown.splitlines(keepends=True))
    return re.fullmatch(pattern, printed) is not None


def test_every_command_prints_what_the_page_shows(tmp_path):
    (tmp_path / "play").mkdir()
    ours = ("KMTUI_", "PYTHON", "LC_", "LANG", "COLUMNS")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment = bare | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path),
        "KMTUI_ROUNDS": "rounds",
        "KMTUI_CONFIG": str(tmp_path),
        "KMTUI_STATE": str(tmp_path),
        "EXAMPLE": str(ROOT / "examples" / "ronde_2014"),
    }
    done = steps((ROOT / "docs" / "round.md").read_text("utf-8"))
    assert len(done) > 30
    for command, shown in done:
        ended = subprocess.run(
            ["sh", "-c", command],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        assert matches(ended.stdout, shown), f"$ {command}\n{ended.stdout}\nexpected:\n{shown}"
