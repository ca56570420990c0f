"""Charts as rows of text, in one colour and to a given width; plotext draws them and is loaded for the first."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from threading import Lock
from typing import Any

from kmtui.elements import Bars, Chart, Course
from kmtui.terminal import visible
from kmtui.wording import written

NARROWEST = 12
"""Columns that a chart takes at the least, labels included."""
COURSE_ROWS = 9
THIN = 1 / 100
"""How high a bar is, so that it takes one row."""
TREND = "▁▂▃▄▅▆▇█"
PLAIN_TREND = str.maketrans(dict(zip(TREND, "_.,-~=*#", strict=True)))
"""ASCII for the signs of a trend."""

_DRAWING = Lock()
"""plotext has one figure for all threads."""


def chart_rows(chart: Chart, width: int, unicode: bool) -> list[str]:
    """The rows of a chart, none longer than the width."""
    width = max(NARROWEST, width)
    with _DRAWING:
        return _bars(chart, width, unicode) if isinstance(chart, Bars) else _course(chart, width, unicode)


def trend(numbers: Sequence[float | Decimal | None]) -> str:
    """One sign for each value, from nothing to the highest; a blank where there is none."""
    values = [None if number is None else float(number) for number in numbers]
    most = max((value for value in values if value is not None), default=0)
    return "".join(" " if value is None else _step(value / most if most > 0 else 0) for value in values)


def _step(share: float) -> str:
    return TREND[round(max(share, 0) * (len(TREND) - 1))]


def _bars(chart: Bars, width: int, unicode: bool) -> list[str]:
    """A row for each bar: its label, its number, and the bar."""
    from rich.cells import cell_len, set_cell_size

    labels, values = [visible(label) for label, _ in chart.values], [float(value) for _, value in chart.values]
    numbers = [written(value, chart.decimal) for value in values]
    number_width = max(map(len, numbers), default=0)
    label_width = max(1, min(max(map(cell_len, labels), default=0), width // 2 - number_width))
    ticks = [
        f"{set_cell_size(label, label_width)} {number:>{number_width}} "
        for label, number in zip(labels, numbers, strict=True)
    ]
    at = list(range(len(values), 0, -1))
    plot = _canvas(width, len(values))
    plot.frame(False)
    plot.bar(at, values, orientation="h", width=THIN, marker="█" if unicode else "#")
    plot.xticks([])
    plot.yticks(at, ticks)
    plot.xlim(0, max(values, default=0) or 1)
    plot.ylim(1, max(len(values), 2))
    return _drawn(plot)


def _course(chart: Course, width: int, unicode: bool) -> list[str]:
    """A line from year to year, above a floor of nothing."""
    years, values = [year for year, _ in chart.points], [float(value) for _, value in chart.points]
    top = max(values, default=0) or 1
    ticks = [0, top / 2, top]
    plot = _canvas(width, COURSE_ROWS)
    plot.xaxes(False, False)
    plot.yaxes(False, False)
    plot.xticks(years, [str(year) for year in years])
    plot.yticks(ticks, [f"{written(tick, chart.decimal)} " for tick in ticks])
    plot.ylim(0, top)
    plot.plot(years, values, marker="braille" if unicode else "*")
    return _drawn(plot)


def _canvas(width: int, height: int) -> Any:
    """plotext has one figure, which every chart uses anew."""
    import plotext  # type: ignore[import-untyped]

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    return plotext


def _drawn(plot: Any) -> list[str]:
    rows: Iterable[str] = plot.uncolorize(plot.build()).splitlines()
    return [row.rstrip() for row in rows]
