"""`kmtui weigh`: a CSV of scores, row by row."""

import subprocess
import sys
import threading

import pytest

SCHEME = ("--scheme", "referentiekader-2008")


@pytest.fixture(scope="module")
def header(framework):
    return ",".join(["corps", *framework.dimension_ids]) + "\n"


@pytest.fixture(scope="module")
def row(framework):
    """A row of a corps that scores green, or what is given by dimension id."""

    def write(corps, **cells):
        scores = {name.replace("_", "-"): cell for name, cell in cells.items()}
        assert scores.keys() <= set(framework.dimension_ids)
        return ",".join([corps, *(scores.get(name, "groen") for name in framework.dimension_ids)]) + "\n"

    return write


OUT = "corps,verdict,possible,reasons\r\n"


def test_each_row_gets_its_verdict_with_reasons(kmtui, tmp_path, header, row, framework):
    file = tmp_path / "scores.csv"
    blank = "leeg" + "," * len(framework.dimensions) + "\n"
    file.write_text(
        header
        + row("goed")
        + row("zwak", vergunde_branche="geel")
        + row("open", vergunde_branche="geel|groen", gedragscode="")
        + row("slecht", vergunde_branche="rood", gedragscode="geel")
        + blank
        + row('"zo, of zo"')
    )
    weighed = kmtui("weigh", file, *SCHEME)
    assert (weighed.status, weighed.err) == (0, "")
    lines = weighed.out.split("\r\n")
    assert [line.split(",")[:3] for line in lines[:6]] == [
        ["corps", "verdict", "possible"],
        ["goed", "groen", "groen"],
        ["zwak", "geel", "geel"],
        ["open", "", "geel|groen"],
        ["slecht", "rood", "rood"],
        ["leeg", "", ""],
    ]
    assert lines[1] == "goed,groen,groen,"
    assert "vergunde-branche" in lines[2]
    assert "[2.4.1]" in lines[2]
    assert "[2.4.1]?" in lines[3]
    assert lines[6] == '"zo, of zo",groen,groen,'


def test_columns_come_in_any_order_and_files_as_editors_save_them(kmtui, header, row):
    cells = [line.strip().split(",") for line in (header, row("a", weging="geel"))]
    turned = "".join(",".join(line[::-1]) + "\r\n" for line in cells)
    expected = kmtui("weigh", "-", *SCHEME, stdin=header + row("a", weging="geel")).out
    assert expected.startswith(OUT + "a,geel,geel,")
    for text in ("\ufeff" + turned.rstrip(), turned.replace(",", " , ") + "\r\n\r\n"):
        assert kmtui("weigh", "-", *SCHEME, stdin=text).out == expected


def test_an_open_parameter_can_be_set(kmtui, header, row):
    text = header + row("a", financieel_rechercheren="rood", gedragscode="geel")
    assert "a,rood,rood," in kmtui("weigh", "-", *SCHEME, stdin=text).out
    setting = ("--set", "overige-rode-scores-verzwaren=0", "--set", "geel-naast-rood=2")
    assert "a,geel,geel," in kmtui("weigh", "-", *SCHEME, *setting, stdin=text).out


def test_the_result_may_be_for_a_dutch_spreadsheet(kmtui, header, row):
    weighed = kmtui("weigh", "-", *SCHEME, "--dialect", "excel-nl", stdin=header + row("=cmd()"))
    assert weighed.out == ('\ufeff"corps";"verdict";"possible";"reasons"\r\n"\'=cmd()";"groen";"groen";""\r\n')


def damaged(header, row):
    """What is wrong: the file after two good lines, where it is wrong, and what is said of it."""
    good = row("vierde").strip()
    return {
        "bad level": (row("derde", weging="paars"), "3: column weging: ", "unknown level 'paars', expected rood, geel"),
        "level misspelt": (row("derde", weging="gorene"), "3: column weging: ", "(did you mean 'groen'?)"),
        "one of several": (row("derde", weging="geel|"), "3: column weging: ", "unknown level ''"),
        "short row": ("derde,groen\n", "3: ", "found 2 cells, expected 18 as in the header"),
        "long row": (f"{good},groen\n", "3: ", "found 19 cells, expected 18 as in the header"),
        "no corps": (row(" "), "3: column corps: ", "found nothing, expected the corps"),
        "open quote": (f'"{good}\n{good}\n', "4: ", "broken CSV"),
        "text after a quote": (f'"derde"x{good}\n', "3: ", "broken CSV"),
        "quote over two lines": (f'"der\nde"{good.removeprefix("vierde")},\n', "4: ", "found 19 cells"),
        "not UTF-8": (row("derde").encode() + row("vierde").encode().replace(b"groen", b"gr\xf6n", 1), "4: ", "UTF-8"),
        "endless line": (b"x" * (2**20 + 1) + b",groen" * 17, "3: ", "more than 1048576 characters"),
    }


@pytest.mark.parametrize("case", damaged("", lambda corps, **cells: corps))
def test_a_bad_row_is_refused_after_the_rows_before_it(kmtui, tmp_path, header, row, case):
    file = tmp_path / "scores.csv"
    bad, place, words = damaged(header, row)[case]
    file.write_bytes((header + row("goed")).encode() + (bad.encode() if isinstance(bad, str) else bad))
    refused = kmtui("weigh", file, *SCHEME)
    assert refused.status == 1
    assert refused.out.startswith(OUT + "goed,groen,groen,\r\n")
    assert refused.out.count("\r\n") == (3 if case == "not UTF-8" else 2)
    assert refused.err.startswith(f"kmtui: {file}:{place}")
    assert words in refused.err
    assert refused.err.count("\n") == 1
    assert len(refused.err) < 500


HEADERS = {
    "unknown dimension": (
        lambda header: header.replace("weging", "wegign"),
        "1: column 17: ",
        "(did you mean 'weging'?)",
    ),
    "missing column": (lambda header: header.replace(",weging", ""), "1: ", "missing column weging"),
    "missing columns": (
        lambda header: header.replace("corps,", "").replace(",weging", ""),
        "1: ",
        "missing columns corps, weging",
    ),
    "column twice": (
        lambda header: header.replace("\n", ",weging\n"),
        "1: column 19: ",
        "column 'weging' is there twice",
    ),
    "column without a name": (lambda header: header.replace("\n", ",\n"), "1: column 19: ", "unknown dimension ''"),
    "other delimiter": (lambda header: header.replace(",", ";"), "1: column 1: ", "unknown dimension 'corps;"),
    "empty file": (lambda header: "", "1: ", "found nothing, expected a header: corps,referentiekader,"),
    "not UTF-8": (lambda header: header.encode().replace(b"weging", b"\xff"), "1: ", "UTF-8"),
    "UTF-16": (lambda header: header.encode("utf-16"), "1: ", "UTF-8"),
}


@pytest.mark.parametrize("case", HEADERS)
def test_a_bad_header_is_refused(kmtui, tmp_path, header, row, case):
    change, place, words = HEADERS[case]
    file, changed = tmp_path / "scores.csv", change(header)
    file.write_bytes(changed if isinstance(changed, bytes) else (changed + row("a") * bool(changed)).encode())
    refused = kmtui("weigh", file, *SCHEME)
    assert refused.status == 1
    assert refused.out in ("", OUT)
    assert refused.err.startswith(f"kmtui: {file}:{place}")
    assert words in refused.err


def test_standard_input_is_named_as_such(kmtui, header, row):
    refused = kmtui("weigh", "-", *SCHEME, stdin=header + row("a", weging="\x1b[31m"))
    assert refused.err.startswith("kmtui: <stdin>:2: column weging: unknown level '␛[31m'")
    assert refused.status == 1


def test_a_file_that_is_not_there_is_named(kmtui):
    refused = kmtui("weigh", "nowhere.csv", *SCHEME)
    assert refused.status in (1, 2)
    assert refused.out == ""
    assert "nowhere.csv" in refused.err


MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdin=sys.stdin, stdout=subprocess.PIPE)
print(done.returncode, done.stdout.count(b"\\n"), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_a_long_file_takes_no_more_memory_than_a_short_one(kmtui, header, row):
    """Through a pipe, so that nothing can be looked up twice. The measuring process is small, so it hides nothing."""
    some = "".join(
        row(f"korps {n}", gedragscode=("groen", "geel", "rood", "")[n % 4], weging="groen") for n in range(1000)
    )

    def weigh(times):
        command = [sys.executable, "-c", MEASURE, kmtui.path, "weigh", "-", *SCHEME]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=kmtui.environment({}), cwd=kmtui.folder
        ) as process:

            def feed():
                with process.stdin as pipe:
                    pipe.write(header.encode())
                    for _ in range(times):
                        pipe.write(some.encode())

            thread = threading.Thread(target=feed)
            thread.start()
            status, lines, kilobytes = map(int, process.stdout.read().split())
            thread.join()
        assert (status, lines) == (0, 1000 * times + 1)
        return kilobytes

    short, long = weigh(1), weigh(200)
    assert long - short < 8 * 1024


def test_rows_come_out_while_others_still_go_in(kmtui, header, row):
    process = subprocess.Popen(
        [kmtui.path, "weigh", "-", *SCHEME],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=kmtui.environment({}),
        cwd=kmtui.folder,
    )
    too_long = threading.Timer(20, process.kill)
    too_long.start()
    with process:
        process.stdin.write(header.encode() + row("a" * 1000).encode() * 40)  # less than a pipe holds
        process.stdin.flush()
        assert process.stdout.readline() == OUT.encode()
        assert process.stdout.readline().startswith(b"aaa")
        process.stdin.close()
        assert process.stdout.read().count(b"\n") == 39
    too_long.cancel()
    assert process.returncode == 0


LONG_AFTER = 12_000
"""Rows after which a file is long enough to be weighed in blocks, and a block ends."""


@pytest.fixture(scope="module")
def long_text(header, row):
    """Many different rows, some of them open, some with names that are not ASCII."""
    cells = ("groen", "geel", "rood", "", "geel|groen", "rood|groen")
    dimensions = ("gedragscode", "weging", "vergunde_branche", "korpsexpert_mandaat")
    rows = (
        row(f"korpsé {n}", **{name: cells[(n // 6**at) % 6] for at, name in enumerate(dimensions)})
        for n in range(4 * LONG_AFTER)
    )
    return header + "".join(rows)


def both(kmtui, file, text, *options):
    """The outcome for a file, which is weighed in blocks, and for a pipe, which is weighed row by row."""
    file.write_text(text, newline="")
    return kmtui("weigh", file, *SCHEME, *options), kmtui("weigh", "-", *SCHEME, *options, stdin=text)


@pytest.mark.parametrize("dialect", ["rfc4180", "excel-nl"])
def test_a_long_file_is_weighed_as_its_rows_are(kmtui, tmp_path, long_text, dialect):
    in_blocks, by_rows = both(kmtui, tmp_path / "long.csv", long_text, "--dialect", dialect)
    assert in_blocks.out == by_rows.out
    assert in_blocks.out.count("\r\n") == 4 * LONG_AFTER + 1
    assert (in_blocks.status, in_blocks.err) == (0, "")


@pytest.mark.parametrize(
    "odd",
    [
        ["", '"zo, of zo"', "=cmd()", " met spaties "],
        [' "a'],  # a quote that is text
    ],
)
def test_rows_that_are_not_plain_are_weighed_too(kmtui, tmp_path, long_text, row, odd):
    text = long_text + "".join(row(name) if name else "\n" for name in odd)
    in_blocks, by_rows = both(kmtui, tmp_path / "long.csv", text)
    assert (in_blocks.out, in_blocks.status) == (by_rows.out, by_rows.status)


@pytest.mark.parametrize("case", damaged("", lambda corps, **cells: corps))
def test_a_bad_row_far_down_is_told_as_in_a_short_file(kmtui, tmp_path, header, long_text, row, case):
    bad = damaged(header, row)[case][0]
    file, many = tmp_path / "long.csv", long_text.count("\n")
    file.write_bytes(long_text.encode() + (bad.encode() if isinstance(bad, str) else bad))
    refused = kmtui("weigh", file, *SCHEME)
    assert refused.status == 1
    assert refused.out.count("\r\n") == many + (case == "not UTF-8")
    line = int(damaged(header, row)[case][1].split(":")[0])
    assert refused.err.startswith(f"kmtui: {file}:{many + line - 2}: ")
    assert damaged(header, row)[case][2] in refused.err


def test_without_the_packages_for_blocks_rows_are_weighed(kmtui, tmp_path, long_text):
    file, hidden = tmp_path / "long.csv", tmp_path / "hidden"
    file.write_text(long_text)
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util, sys\n"
        "found = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'pyarrow' else found(name, *more)\n"
        "sys.modules['pyarrow'] = None\n"
    )
    weighed = kmtui("weigh", file, *SCHEME, environment={"PYTHONPATH": str(hidden)})
    assert (weighed.status, weighed.out) == (0, kmtui("weigh", file, *SCHEME).out)
