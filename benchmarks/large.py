"""What is promised of large monitors. The largest takes minutes: measured when asked for, its figures are kept."""

import json
from collections.abc import Iterator, Mapping

from benchmarks import commands, made_up
from benchmarks.environment import HERE
from benchmarks.table import Row, gb, ms

Figures = dict[str, dict[str, float]]
SIZES = {"10^3": (10, 100, 1), "10^4": (100, 100, 1), "10^5": (1_000, 100, 1)}
LARGEST = {"10^6": (10_000, 100, 1), "10^7": (10_000, 100, 10)}
"""Corps, dimensions and editions for each number of cells."""
KEPT = HERE / "largest.json"


def rows(environment: Mapping[str, str], *, largest: bool) -> Iterator[Row]:
    """Every row about large monitors; the largest are measured anew where that is asked for."""
    figures = _figures(SIZES, environment)
    if largest:
        KEPT.write_text(json.dumps(_figures(LARGEST, environment), indent=2) + "\n")
    figures |= json.loads(KEPT.read_text())
    apart = "" if largest else " (measured in an earlier run with `--large`)"
    opened = figures["10^7"]["opened"]
    yield Row(
        f"10,000 corps x 100 dimensions x 10 editions open{apart}",
        f"1,000 corps x 100 dimensions {ms(figures['10^5']['opened'])}",
        "2 s",
        f"{opened:.1f} s",
        opened <= 2,
    )
    cells = [figure["cell"] * 1e6 for figure in figures.values()]
    yield Row(
        f"cost of reading a cell among {', '.join(figures)}{apart}",
        "",
        "flat",
        f"{', '.join(f'{cell:.1f}' for cell in cells)} us; all of them held in {gb(figures['10^7']['memory'])}",
        max(cells) <= 1.2 * min(cells),
    )
    for size, told in (("10^5", ""), ("10^6", apart)):
        ours, alone = figures[size]["export"], figures[size]["csv"]
        yield Row(
            f"export of {size} scores{told}",
            f"csv.writer alone {ms(alone)}",
            "the speed of csv.writer",
            f"{ms(ours)}, {ours / alone:.1f} times",
            ours <= 1.2 * alone,
        )


def _figures(sizes: Mapping[str, tuple[int, int, int]], environment: Mapping[str, str]) -> Figures:
    figures = {}
    for name, size in sizes.items():
        _, plugin, _, folder = made_up.monitor(*size)
        figures[name] = commands.inside(environment, "large", plugin, folder)
    return figures
