"""Slow work runs in the background and does not block the event loop."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from kmtui import Monitor, Text
from kmtui.blocks import Target, paragraph
from kmtui.plugins.offers import Panel
from kmtui.tui.work import Work

SLOW = Target("panel", "", "traag")


class Receiver:
    """Queues callbacks until the test runs them."""

    def __init__(self) -> None:
        self.asked: list[Callable[[], Any]] = []
        self.heard = threading.Event()

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        self.asked.append(lambda: callback(*args, **kwargs))
        self.heard.set()
        return True


@pytest.fixture
def waits() -> list[bool]:
    return []


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def work(receiver: Receiver, waits: list[bool]) -> Work:
    work = Work(receiver, lambda: waits.append(work.lasts))
    work.patience = 0.02
    return work


def test_a_quick_result_is_passed_on_at_once(work: Work, waits: list[bool]) -> None:
    found: list[int] = []
    work.patience = 5
    work.do(lambda: 7, found.append)
    assert (found, waits, work.lasts) == ([7], [], False)


def test_a_slow_result_is_announced_and_passed_on_later(work: Work, receiver: Receiver, waits: list[bool]) -> None:
    go, found = threading.Event(), list[bool]()
    work.do(go.wait, found.append)
    assert (found, waits) == ([], [True])
    go.set()
    assert receiver.heard.wait(5)
    receiver.asked.pop()()
    assert (found, waits, work.lasts) == ([True], [True, False], False)


def test_a_cancelled_result_is_dropped(work: Work, receiver: Receiver) -> None:
    go, found = threading.Event(), list[object]()
    work.do(go.wait, found.append)
    assert work.cancel()
    assert not work.cancel()
    go.set()
    assert receiver.heard.wait(5)
    receiver.asked.pop()()
    assert found == []


def test_a_new_task_replaces_an_unfinished_one(work: Work, receiver: Receiver) -> None:
    go, found = threading.Event(), list[object]()
    work.do(go.wait, found.append)
    work.patience = 5
    work.do(lambda: "second", found.append)
    go.set()
    assert receiver.heard.wait(5)
    receiver.asked.pop()()
    assert found == ["second"]


@pytest.mark.parametrize("error", [ValueError, TimeoutError])
def test_what_goes_wrong_is_raised_where_it_is_waited_for(work: Work, error: type[Exception]) -> None:
    def fail() -> None:
        raise error

    work.patience = 5
    with pytest.raises(error):
        work.do(fail, lambda _: None)


@pytest.fixture
def slow(monitor):
    """A panel that waits until it is waits to go on, however many pages it is on."""
    go = threading.Event()

    def lines(_context):
        go.wait(20)
        return [paragraph("eindelijk")]

    panels = {"traag": Panel(id="traag", about="edition", title=Text(nl="Traag", en="Slow"), blocks=lines)}
    owners = {**monitor.registry.owners, ("panel", "traag"): "proef"}
    yield Monitor(replace(monitor.registry, panels=panels, owners=owners), monitor.entries), go
    go.set()


async def begun(hand) -> None:
    """Open the slow page, and see that it is waited for."""
    hand.app.navigator.open(SLOW)
    await hand.until(lambda: "Bezig" in hand.text)


async def test_a_slow_page_is_told_of_and_shown_when_it_is_there(open_app, slow) -> None:
    shown, go = slow
    async with open_app(shown) as hand:
        await begun(hand)
        assert "niet wachten" in hand.static("hints")
        go.set()
        await hand.until(lambda: "eindelijk" in hand.text)
        assert "Bezig" not in hand.static("hints")


async def test_nobody_has_to_wait_for_a_slow_page(open_app, slow) -> None:
    shown, go = slow
    async with open_app(shown) as hand:
        await begun(hand)
        await hand.press("escape")
        assert hand.depth == 1
        await hand.press("down")
        assert hand.matrix.row == 1
        go.set()
        await hand.press("2")
        assert "eindelijk" not in hand.text


async def test_other_views_open_while_a_page_is_made(open_app, slow) -> None:
    shown, go = slow
    async with open_app(shown) as hand:
        await begun(hand)
        await hand.press("3")
        assert hand.target.kind == "dimension"
        go.set()
        await hand.press("escape")
        await hand.until(lambda: "eindelijk" in hand.text)
