"""What all tests share: the bundled monitor, a builder for frameworks of no consequence, and a hypothesis profile."""

import os
from collections.abc import Callable, Sequence

import pytest
from hypothesis import settings

from kmtui import Dimension, Edition, FocusArea, Framework, Level, Monitor, Paint, Scale, Text, open_monitor
from kmtui.weighing import Weigher

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def monitor() -> Monitor:
    return open_monitor()


@pytest.fixture(scope="session")
def edition(monitor: Monitor) -> Edition:
    return monitor.edition("2012")


@pytest.fixture(scope="session")
def framework(monitor: Monitor, edition: Edition) -> Framework:
    return monitor.framework(edition)


@pytest.fixture(scope="session")
def weigher(monitor: Monitor) -> Weigher:
    return monitor.weigher("referentiekader-2008")


@pytest.fixture(scope="session")
def make_framework() -> Callable[[Sequence[str], Sequence[str]], Framework]:
    """Build a framework from dimension ids and level ids (worst first)."""

    def said(words: str) -> Text:
        return Text(nl=words, en=words)

    def level(name: str, sign: str) -> Level:
        paint = Paint(ink="#000000", ground="#ffffff", ansi="ansi_black on ansi_white")
        return Level(id=name, label=said(name), meaning=said(name), glyph=sign, ascii=sign, letter=sign, paint=paint)

    def build(dimensions: Sequence[str], levels: Sequence[str]) -> Framework:
        return Framework(
            id="plain",
            name=said("plain"),
            source="a test",
            areas=(FocusArea(id="area", name=said("area"), source=("1",)),),
            dimensions=tuple(
                Dimension(id=name, area="area", name=said(name), short=name[:4], norm=said("a norm"), source=("1",))
                for name in dimensions
            ),
            scale=Scale(
                levels=tuple(level(name, chr(ord("A") + at)) for at, name in enumerate(levels)),
                blank=level("none", "-"),
            ),
            default_scheme="plain",
        )

    return build
