"""Editions for the command line to meet."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtui.plugins.discovery import bundled_folder


@pytest.fixture
def copied(tmp_path: Path) -> Callable[..., Path]:
    """Copy the bundled edition into the test's own folder; `changes` are (file, old, new)."""

    def copy(name: str, *changes: tuple[str, str, str]) -> Path:
        folder = Path(shutil.copytree(bundled_folder("editions") / "2012", tmp_path / name))
        for file, old, new in changes:
            text = (folder / file).read_text("utf-8")
            assert old in text
            (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return copy
