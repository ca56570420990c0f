"""What is promised of the interface, and how it is measured beside other programs with a screen."""

from collections.abc import Iterator, Mapping

from benchmarks import made_up
from benchmarks.interfaces import (
    APPLICATIONS,
    FAST,
    HELLO,
    OURS,
    PANE,
    TABLE,
    VISIDATA,
    Beside,
    data_table,
    fast_table,
    hello,
    ours,
    visidata,
)
from benchmarks.sessions import Found
from benchmarks.table import Row, kb, mb, ms

TEXTUAL = (HELLO, TABLE, VISIDATA)
LARGE, LARGER = 10_000, 100_000
"""Rows of the large table: kmtui and Textual's DataTable have the fewer."""


def rows(environment: Mapping[str, str], bare: float) -> Iterator[Row]:
    """Every row about the interface; `bare` are the seconds of the floor."""
    small = made_up.grid(27, 20)
    near = {
        HELLO: hello(),
        TABLE: data_table(small),
        PANE: data_table(small, "naive"),
        VISIDATA: visidata(small),
        OURS: ours([], "Groningen · Ref"),
    }
    few = Beside(near, environment, 9)
    others = Beside(APPLICATIONS, environment, 2)
    large, larger = made_up.grid(LARGE, 20), made_up.grid(LARGER, 20)
    wide = {
        TABLE: data_table(large),
        VISIDATA: visidata(larger),
        FAST: fast_table(larger),
        OURS: ours(made_up.monitor(LARGE, 20), "corps-0 ·"),
    }
    many = Beside(wide, environment, 1)
    yield _first_screen(few, others, bare)
    yield _memory(few, others)
    yield from _step(few)
    yield _drawn(few, many)
    yield _at_rest(few, others)
    yield _large_table(few, many, bare)
    yield _quit(few, others)


def _first_screen(few: Beside, others: Beside, bare: float) -> Row:
    def told(found: Found) -> str:
        return f"{found.median('ready') / bare:.0f}x"

    seconds = few[OURS].median("ready")
    ratio = seconds / few[HELLO].median("ready")
    return Row(
        "first usable screen of the matrix",
        f"{few.told(TEXTUAL, told)}; {others.told(APPLICATIONS, told)}",
        "1.4 times Textual's hello-world, aim 1.25",
        f"{told(few[OURS])} ({ms(seconds)}): {ratio:.2f} times",
        ratio <= 1.4,
    )


def _memory(few: Beside, others: Beside) -> Row:
    def told(found: Found) -> str:
        return mb(found.median("memory"))

    return Row(
        "memory of one session, first screen",
        f"{few.told(TEXTUAL, told)}; {others.told(APPLICATIONS, told)}",
        "45 MB",
        told(few[OURS]),
        few[OURS].median("memory") <= 45 * 2**20,
    )


def _step(few: Beside) -> Iterator[Row]:
    peers = (TABLE, VISIDATA, PANE)
    first, last, size = (few[OURS].step(what) for what in ("first", "last", "size"))
    yield Row(
        "cursor step in the matrix with the detail pane, key to quiet",
        few.told(peers, _steps),
        "cursor 8 ms, pane 16 ms",
        _steps(few[OURS]),
        first <= 0.008 and last <= 0.016,
    )
    yield Row(
        "bytes for that step",
        few.told(peers, lambda found: kb(found.step("size"))),
        "1,200 with the pane",
        kb(size),
        size <= 1200,
    )


def _steps(found: Found) -> str:
    return f"first byte {ms(found.step('first'))}, quiet {ms(found.step('last'))}"


def _drawn(few: Beside, many: Beside) -> Row:
    def sizes(name: str) -> tuple[float, ...]:
        return few[name].median("size"), many[name].median("page"), many[name].median("held")

    return Row(
        "bytes of the first screen, of a page, of each step of a held key that scrolls",
        "; ".join(f"{name} {', '.join(map(kb, sizes(name)))}" for name in (TABLE, VISIDATA)),
        "20 kB, 4 kB, 1.5 kB on average",
        ", ".join(map(kb, sizes(OURS))),
        all(size <= most for size, most in zip(sizes(OURS), (20_000, 4_000, 1_500), strict=True)),
    )


def _at_rest(few: Beside, others: Beside) -> Row:
    def told(found: Found) -> str:
        return f"{found.median('idle'):.0f} B/s and {found.median('cpu'):.1%}"

    resting = few[OURS]
    return Row(
        "idle traffic and CPU over five seconds",
        f"{few.told(TEXTUAL, told)}; {others.told(APPLICATIONS, told)}",
        "0",
        told(resting),
        not resting.median("idle") and not resting.median("cpu"),
    )


def _large_table(few: Beside, many: Beside, bare: float) -> Row:
    def told(found: Found) -> str:
        return f"{found.median('ready') / bare:.0f}x"

    seconds = many[OURS].median("ready")
    step = many[OURS].step("last")
    same = step / few[OURS].step("last")
    return Row(
        f"{LARGE:,} rows of 20 cells in the interface: ready; a step",
        f"{many.told([TABLE], told)}; on {LARGER:,} rows: {many.told([VISIDATA, FAST], told)}",
        "40x, and a step as on 27 rows",
        f"{told(many[OURS])} ({ms(seconds)}); a step {ms(step)}, {same:.1f} times",
        seconds / bare <= 40 and same <= 1.2,
    )


def _quit(few: Beside, others: Beside) -> Row:
    def told(found: Found) -> str:
        return ms(found.median("quit"))

    seconds = few[OURS].median("quit")
    peers = f"{few.told(TEXTUAL, told)}; {others.told(APPLICATIONS, told)}"
    return Row("quit", peers, "100 ms", ms(seconds), seconds <= 0.1)
