"""Make the pictures of the README and the docs from the real program: `.venv/bin/python scripts/screenshots.py`."""

import asyncio
import os
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
os.environ.pop("NO_COLOR", None)

from kmtui import Monitor, open_monitor
from kmtui.tui.app import KmtuiApp

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
TO_KENNEMERLAND = ["j"] * 11
SHOTS = {
    "matrix": ((112, 40), [*TO_KENNEMERLAND, "end"]),
    "cell": ((100, 30), [*TO_KENNEMERLAND, "l", "l", "enter"]),
    "corps": ((100, 34), [*TO_KENNEMERLAND, "c"]),
    "dimension": ((100, 34), ["end", "left", "d", "pagedown"]),
    "partners": ((100, 36), ["4"]),
    "units": ((100, 26), ["5"]),
    "figures": ((100, 34), ["6", "J", "J", "enter"]),
    "compare": ((100, 34), ["7"]),
    "what-if": ((100, 40), [*TO_KENNEMERLAND, "8", "end", "plus"]),
    "claims": ((100, 34), ["9"]),
    "recommendations": ((100, 34), ["0"]),
}
ROUND_SHOTS = {
    "board": ((100, 26), []),
    "desk": ((110, 36), ["down", "right", "right", "right", "enter", "down", "a"]),
}
"""File name: size of the terminal in columns and lines, and the keys that lead to the view."""


async def shoot(name: str, size: tuple[int, int], keys: list[str]) -> None:
    """Press the keys in a fresh program and save what stands on the screen."""
    app = KmtuiApp(open_monitor(), "nl")
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause(0.3)
        (IMAGES / f"{name}.svg").write_text(app.export_screenshot(title="kmtui"), "utf-8")


def half_a_round(file: Path, monitor: Monitor) -> None:
    """The example of a round, as far as three corps that are weighed in session 1, and two forms that are late."""
    import runpy

    from kmtui.rounds import actions as do

    play = runpy.run_path(str(ROOT / "examples" / "ronde_2014" / "play.py"))
    cast = play["begin"](file, monitor, "2012")
    play["prepare"](cast, monitor, "2012")
    corps = list(cast["secretariaat"].state.of.corps)
    for name in corps[:-2]:
        play["collect"](cast, name)
    for name in corps[:-4]:
        play["interview"](cast, name)
    cast.do("voorzitter", do.OpenSession(number=1))
    for name in corps[:3]:
        play["propose"](cast, name)
    cast.close()


async def shoot_round(name: str, file: Path, size: tuple[int, int], keys: list[str]) -> None:
    """The same in a round, ten weeks after its period, as a weigher."""
    from datetime import UTC, datetime

    from kmtui.rounds.access import find
    from kmtui.rounds.round import Round
    from kmtui.tui.rounds.app import RoundApp

    with Round.open(find(str(file)), "weger-1", lambda: datetime(2015, 2, 10, 9, tzinfo=UTC)) as opened:
        app = RoundApp(opened, open_monitor(), "nl")
        async with app.run_test(size=size) as pilot:
            await pilot.pause(0.3)
            for key in keys:
                await pilot.press(key)
            await pilot.pause(1)
            (IMAGES / f"{name}.svg").write_text(app.export_screenshot(title="kmtui round open 2014"), "utf-8")


async def main() -> None:
    """Make every picture."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "2014.round"
        half_a_round(file, open_monitor())
        for name, (size, keys) in ROUND_SHOTS.items():
            await shoot_round(name, file, size, keys)
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, (size, keys) in SHOTS.items():
        await shoot(name, size, keys)


if __name__ == "__main__":
    asyncio.run(main())
