"""`kmtui serve`: the interface and the data in a real browser on loopback."""

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

CHROMIUM = shutil.which("chromium")
BROWSER = pytest.mark.skipif(
    CHROMIUM is None or find_spec("playwright") is None, reason="Chromium or playwright is not installed"
)
WEB = pytest.mark.skipif(find_spec("textual_serve") is None, reason="textual-serve is not installed")
DATA = pytest.mark.skipif(find_spec("datasette") is None, reason="datasette is not installed")
PATIENCE = 60


@contextmanager
def served(kmtui, *options, shown=None):
    """A server on a free port, as its address, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [kmtui.path, "serve", "--port", str(port), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=kmtui.folder,
        env=kmtui.environment({}),
    )
    url = f"http://127.0.0.1:{port}"
    try:
        assert process.stderr.readline().decode() == f"kmtui: {shown or url}\n"
        wait_for(lambda: status_of(url) == 200)
        yield url
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def wait_for(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def status_of(url, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except urllib.error.URLError:
        return None


@contextmanager
def browser_page():
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        try:
            yield browser.new_page(viewport={"width": 1100, "height": 640})
        finally:
            browser.close()


@WEB
@BROWSER
def test_the_matrix_is_seen_in_a_browser_and_answers_keys(kmtui):
    received, asked = [], []
    with served(kmtui, "--edition", "2010") as url, browser_page() as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on(
            "websocket",
            lambda socket: socket.on(
                "framereceived",
                lambda frame: received.append(frame if isinstance(frame, bytes) else str(frame).encode()),
            ),
        )
        page.goto(url)

        def drawn(words):
            page.wait_for_timeout(50)
            return words.encode() in b"".join(received)

        wait_for(lambda: drawn("Groningen"))
        assert b"mensenhandel 2010" in b"".join(received)
        page.click("#terminal")
        del received[:]
        page.keyboard.press("c")
        wait_for(lambda: drawn("Eindscore"))
    assert asked
    assert all(address.startswith(url) for address in asked)


@WEB
def test_pages_ask_nothing_of_others_and_answer_nobody_else(kmtui):
    with served(kmtui) as url:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            policy, page = answer.headers["Content-Security-Policy"], answer.read().decode()
        assert "default-src 'none'" in policy
        assert "https://" not in page
        assert status_of(url, Host="elsewhere.example") == 403
        assert status_of(f"{url}/ws", Origin="http://elsewhere.example") == 403


@WEB
def test_a_proxy_before_it_is_named(kmtui):
    with served(kmtui, "--public-url", "https://monitor.example", shown="https://monitor.example") as url:
        assert status_of(url, Host="monitor.example", Origin="https://monitor.example") == 200
        request = urllib.request.Request(url, headers={"Host": "monitor.example"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            assert 'data-session-websocket-url="wss://monitor.example/ws"' in answer.read().decode()
    assert "expected an address" in kmtui("serve", "--public-url", "monitor.example").err


@DATA
@BROWSER
def test_a_facet_of_the_data_can_be_clicked(kmtui):
    with served(kmtui, "--data") as url, browser_page() as page:
        with urllib.request.urlopen(f"{url}/kmtui/scores.json?_shape=array&_size=500", timeout=PATIENCE) as answer:
            assert len(json.load(answer)) == 459
        page.goto(f"{url}/kmtui/scores")
        assert "459 rows" in page.inner_text("h3")
        page.click(".facet-info a:text-is('open')")
        assert "9 rows" in page.inner_text("h3")


@WEB
def test_a_taken_port_and_wrong_options_are_named(kmtui):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = kmtui("serve", "--port", str(port))
    assert refused.status == 1
    assert refused.err == f"kmtui: 127.0.0.1:{port}: Address already in use\n"
    assert kmtui("serve", "--port", "99999").status == 2
    assert "unknown edition '2021'" in kmtui("serve", "--edition", "2021").err
