"""The wheel carries plugins and editions, and works from any folder without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (found,) = out.glob("*.whl")
    return found


def test_it_works_where_the_checkout_is_not(wheel, tmp_path):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code = "import kmtui, sys; sys.argv = ['kmtui', 'export', 'verdicts']; print(kmtui.__file__, file=sys.stderr); "
    code += "from kmtui.cli import main; main()"
    environment = os.environ | {"PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=elsewhere, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr.startswith(str(site))
    assert done.stdout.count("\n") == 28, done.stderr


def test_no_tests_and_no_caches_are_in_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    own = [name for name in names if not name.startswith("kmtui/templates/")]
    assert not [name for name in own if "__pycache__" in name or "/tests/" in name]
    assert "kmtui/bundled/editions/2012/edition.toml" in names


def test_the_templates_of_new_plugins_are_in_it(wheel):
    there = {file.relative_to(ROOT / "src").as_posix() for file in (ROOT / "src/kmtui/templates").rglob("*.jinja")}
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert there <= names
    assert "kmtui/templates/plugin/copier.yml" in names
