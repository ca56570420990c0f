"""The web page against WCAG 2.2 AA (axe-core in real Chromium) and the rules of HTML (the Nu checker).

Both come from npm; `.ci/run` installs them into .node/ of the checkout. Where they or the browser are missing, these
tests are skipped.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kmtui.pages.view import View
from kmtui.render.html import html
from kmtui.report.compose import report
from kmtui.report.parts import Choice
from kmtui.wording import Wording

MODULES = Path(__file__).resolve().parents[2] / ".node" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
CHECKER = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values: rules}})"
PATIENCE = 240_000
"""Milliseconds that the browser may take for a whole report on a slow machine."""

needs_browser = pytest.mark.skipif(
    not (CHROMIUM and AXE.is_file()), reason="Chromium or axe-core (.node/, see .ci/run) is not installed"
)


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(whole, monitor, edition, tmp_path_factory):
    """The whole report in Dutch, and a draft of a part in English."""
    folder = tmp_path_factory.mktemp("web")
    english = View(monitor, edition, Wording("en"))
    choice = Choice(units=("midden-nederland",))
    (folder / "whole.html").write_text(html(whole), "utf-8")
    (folder / "draft.html").write_text(html(report(english, choice, draft="hearing")), "utf-8")
    return folder


def opened(browser, file, colours):
    """The page in a browser, and everything that it asks for or complains of."""
    page = browser.new_context(color_scheme=colours, bypass_csp=True).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(file.as_uri())
    return page


@needs_browser
@pytest.mark.parametrize(("name", "colours"), [("whole", "light"), ("draft", "light"), ("draft", "dark")])
def test_axe_finds_no_violation(browser, files, name, colours):
    page = opened(browser, files / f"{name}.html", colours)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(RUN, RULES)
    assert len(found["passes"]) > 30
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


@needs_browser
def test_scripts_search_filter_and_sort_under_the_policy_of_the_page_itself(browser, files):
    page = browser.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    file = files / "whole.html"
    page.goto(file.as_uri())

    page.fill("#search", "bordelen zeeland")
    page.fill("#search", "korpsexpert vier maanden")
    page.wait_for_selector("#results a")
    assert any("Utrecht" in text for text in page.locator("#results a").all_inner_texts())

    rows = page.locator("#matrix tbody tr:visible")
    assert rows.count() == 27
    page.get_by_label("Rood").check()
    names = [row.split("\t")[0].strip() for row in rows.all_inner_texts()]
    assert "Gelderland-Zuid" in names
    assert len(names) < 10
    page.get_by_label("Rood").uncheck()
    assert rows.count() == 27

    head = page.locator("#end-scores > div thead button").first
    head.click()
    first = page.locator("#end-scores > div tbody tr th").first
    assert first.inner_text() == "Amsterdam-Amstelland"
    head.click()
    assert first.inner_text() == "Zuid-Holland-Zuid"

    assert page.evaluate("document.documentElement.dataset.theme") is None
    page.click("#colours")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert (asked, complaints) == ([file.as_uri()], [])


@needs_browser
def test_it_reads_without_scripts(browser, files):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((files / "whole.html").as_uri())
    assert not page.locator(".tools").is_visible()
    assert page.locator("#matrix tbody tr").count() == 27


@pytest.mark.skipif(
    not (shutil.which("java") and CHECKER.is_file()), reason="Java or the Nu checker (.node/, see .ci/run) is missing"
)
def test_the_checker_finds_no_error(files):
    command = ["java", "-Xss8m", "-jar", CHECKER, "--errors-only", "--format", "json", *sorted(files.glob("*.html"))]
    run = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert [message["message"] for message in json.loads(run.stderr)["messages"]] == []
