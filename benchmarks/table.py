"""The table that a run ends with."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One promise: beside what it is measured, what must be reached, what was found, and whether that is met."""

    what: str
    peers: str
    promised: str
    measured: str
    met: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """As they are printed."""
        return self.what, self.peers, self.promised, self.measured, "met" if self.met else "**missed**"


HEADER = ("what", "floor and peers", "kmtui must reach", "kmtui measured", "")


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a table."""
    lines = [HEADER, ("---",) * len(HEADER), *(row.cells for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def ms(seconds: float) -> str:
    """Milliseconds, with a decimal where they are few."""
    return f"{seconds * 1000:.{1 if seconds < 0.02 else 0}f} ms"


def mb(size: float) -> str:
    """Megabytes."""
    return f"{size / 2**20:.0f} MB"


def gb(size: float) -> str:
    """Gigabytes."""
    return f"{size / 2**30:.1f} GB"


def kb(size: float) -> str:
    """Bytes, or kilobytes where there are many."""
    return f"{size:.0f} B" if size < 1000 else f"{size / 1000:.1f} kB"


def rate(per_second: float) -> str:
    """Thousands or millions of rows a second."""
    return f"{per_second / 1e6:.1f} M/s" if per_second >= 1e6 else f"{per_second / 1e3:.0f} k/s"
