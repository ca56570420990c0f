"""No hook without a page in the guide, and none without a test that brings a plugin with it."""

from pathlib import Path

import pytest

from kmtui.plugins.discovery import bundled_folder
from kmtui.plugins.specs import RESULT_TYPES

TESTS = Path(__file__).resolve().parents[1]
DOCS = bundled_folder("plugins").parent / "docs"


@pytest.mark.parametrize("hook", RESULT_TYPES)
def test_a_hook_has_a_page(hook):
    assert f"# {hook}" in (DOCS / "hooks" / f"{hook}.md").read_text("utf-8").partition("\n")[0]


@pytest.mark.parametrize("hook", RESULT_TYPES)
def test_a_hook_has_a_test(hook):
    others = (file.read_text("utf-8") for file in TESTS.rglob("*.py") if file != Path(__file__))
    assert any(f"def {hook}()" in text or f'("{hook}",' in text for text in others)
