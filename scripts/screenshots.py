"""Make the pictures of the README and the docs from the real program: `.venv/bin/python scripts/screenshots.py`."""

import asyncio
import os
from pathlib import Path

os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
os.environ.pop("NO_COLOR", None)

from kmtui import open_monitor
from kmtui.tui.app import KmtuiApp

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
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
"""File name: size of the terminal in columns and lines, and the keys that lead to the view."""


async def shoot(name: str, size: tuple[int, int], keys: list[str]) -> None:
    """Press the keys in a fresh program and save what stands on the screen."""
    app = KmtuiApp(open_monitor(), "nl")
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause(0.3)
        (IMAGES / f"{name}.svg").write_text(app.export_screenshot(title="kmtui"), "utf-8")


async def main() -> None:
    """Make every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, (size, keys) in SHOTS.items():
        await shoot(name, size, keys)


if __name__ == "__main__":
    asyncio.run(main())
