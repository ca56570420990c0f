"""`kmtui weigh`: a CSV of scores, row by row."""

import csv
import io
import shutil
import subprocess
import sys
import threading
from decimal import Decimal

import pytest

from kmtui.export.delimited import DIALECTS, with_digits, write_rows

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


OUT = "corps,verdict,possible,reasons,warning\r\n"


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
    assert lines[1] == "goed,groen,groen,,"
    assert "vergunde-branche" in lines[2]
    assert "[2.4.1]" in lines[2]
    assert "[2.4.1]?" in lines[3]
    assert lines[3].endswith(",weighed on 16 of 17")
    assert lines[5].endswith(",weighed on 0 of 17")
    assert lines[6] == '"zo, of zo",groen,groen,,'


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
    assert weighed.out == (
        '\ufeff"corps";"verdict";"possible";"reasons";"warning"\r\n"\'=cmd()";"groen";"groen";"";""\r\n'
    )


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
        "not UTF-8": (row("dérde").encode() + row("vierde").encode().replace(b"groen", b"gr\xf6n", 1), "4: ", "UTF-8"),
        "endless line": (b"x" * (2**20 + 1) + b",groen" * 17, "3: ", "more than 1048576 characters"),
    }


@pytest.mark.parametrize("case", damaged("", lambda corps, **cells: corps))
def test_a_bad_row_is_refused_and_nothing_is_written(kmtui, tmp_path, header, row, case):
    file = tmp_path / "scores.csv"
    bad, place, words = damaged(header, row)[case]
    file.write_bytes((header + row("goed")).encode() + (bad.encode() if isinstance(bad, str) else bad))
    refused = kmtui("weigh", file, *SCHEME)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith(f"kmtui: {file}:{place}")
    assert words in refused.err
    assert refused.err.count("\n") == 1
    assert len(refused.err) < 500


@pytest.mark.parametrize("case", damaged("", lambda corps, **cells: corps))
def test_in_a_stream_the_rows_before_a_bad_one_are_written(kmtui, header, row, case):
    bad, place, words = damaged(header, row)[case]
    text = (header + row("goed")).encode() + (bad.encode() if isinstance(bad, str) else bad)
    refused = kmtui("weigh", "-", *SCHEME, "--stream", stdin=text)
    assert refused.status == 1
    assert refused.out.startswith(OUT + "goed,groen,groen,,\r\n")
    assert refused.out.count("\r\n") == (3 if case == "not UTF-8" else 2)
    assert refused.err.startswith(f"kmtui: <stdin>:{place}")
    assert words in refused.err


def test_all_faults_are_reported_in_one_run(kmtui, header, row):
    text = header + row("a", weging="paars", gedragscode="x") + row("b") + "c,groen\n" + row("", weging="y")
    refused = kmtui("weigh", "-", *SCHEME, stdin=text)
    assert (refused.status, refused.out) == (1, "")
    places = [line.split(": ")[1] for line in refused.err.splitlines()]
    assert places == ["<stdin>:2", "<stdin>:2", "<stdin>:4", "<stdin>:5", "<stdin>:5"]


def test_faults_are_reported_up_to_a_number(kmtui, header, row):
    refused = kmtui("weigh", "-", *SCHEME, stdin=header + row("a", weging="paars") * 500)
    assert refused.err.count("\n") == 100


def test_a_corps_that_stands_twice_is_a_fault_unless_other_columns_tell_them_apart(kmtui, header, row):
    refused = kmtui("weigh", "-", *SCHEME, stdin=header + row("a") + row("b") + row("a"))
    assert (refused.status, refused.out) == (1, "")
    assert "<stdin>:4: the same corps as in row 2" in refused.err
    text = f"edition,{header}2010,{row('a')}2012,{row('a', weging='geel')}"
    weighed = kmtui("weigh", "-", *SCHEME, "--by", "edition,corps", stdin=text)
    assert weighed.out.splitlines()[:2] == ["edition,corps,verdict,possible,reasons,warning", "2010,a,groen,groen,,"]
    assert "2012,a,geel,geel," in weighed.out


def test_extra_columns_are_named_to_be_skipped(kmtui, header, row):
    text = f"{header.strip()},plaats\n{row('a').strip()},Utrecht\n"
    refused = kmtui("weigh", "-", *SCHEME, stdin=text)
    assert refused.status == 1
    assert "column 19: unknown dimension 'plaats'" in refused.err
    assert "--ignore 'plaats'" in refused.err
    assert kmtui("weigh", "-", *SCHEME, "--ignore", "plaats", stdin=text).out == OUT + "a,groen,groen,,\r\n"


def test_levels_are_named_by_id_label_letter_or_sign_in_any_case(kmtui, header, row):
    for red, blank in (("rood", "blanco"), ("Red", "-"), ("r", ""), ("ROOD", "Blanco"), ("■", "")):
        text = header + row("a", weging=red, gedragscode=f"groen|{blank or '-'}", toezicht_kwaliteit=blank)
        expected = header + row("a", weging="rood", gedragscode="groen|blanco", toezicht_kwaliteit="")
        weighed = kmtui("weigh", "-", *SCHEME, stdin=text)
        assert weighed.status == 0, weighed.err
        assert weighed.out == kmtui("weigh", "-", *SCHEME, stdin=expected).out


FORMS = {
    "semicolons": (lambda text: text.replace(",", ";").encode(), "delimiter semicolon"),
    "tabs": (lambda text: text.replace(",", "\t").encode(), "delimiter tab"),
    "UTF-8 with a mark": (lambda text: text.encode("utf-8-sig"), ""),
    "UTF-16": (lambda text: text.encode("utf-16"), "encoding UTF-16"),
    "Windows-1252": (lambda text: text.encode("windows-1252"), "encoding Windows-1252"),
    "CR only": (lambda text: text.replace("\n", "\r").encode(), ""),
    "quotes": (lambda text: "".join(f'"{line}"\n' for line in text.replace(",", '","').splitlines()).encode(), ""),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_csv_are_recognised_and_reported(kmtui, header, row, form):
    change, recognised = FORMS[form]
    text = header + row("a", weging="geel") + row("Súdwest")
    weighed = kmtui("weigh", "-", *SCHEME, stdin=change(text))
    assert weighed.status == 0, weighed.err
    assert weighed.out == kmtui("weigh", "-", *SCHEME, stdin=text).out
    assert weighed.err == (f"kmtui: <stdin>: read as {recognised}\n" if recognised else "")


def test_a_wrong_guess_can_be_overridden(kmtui, header, row):
    text = header.replace(",", ";") + row("a,b;c".replace(";", "")).replace(",groen", ";groen")
    assert kmtui("weigh", "-", *SCHEME, "--delimiter", "semicolon", stdin=text).status == 0
    refused = kmtui("weigh", "-", *SCHEME, "--delimiter", "comma", stdin=text)
    assert "--delimiter names another delimiter" in refused.err
    latin = (header + row("Łódź")).encode("iso-8859-2")
    assert "Łódź" in kmtui("weigh", "-", *SCHEME, "--encoding", "iso-8859-2", stdin=latin).out
    assert "expected an encoding" in kmtui("weigh", "-", *SCHEME, "--encoding", "nonsense", stdin=latin).err


@pytest.mark.parametrize(
    ("table", "options", "packages"),
    [
        ("matrix", (), ()),
        ("matrix", ("--dialect", "excel-nl"), ()),
        ("matrix", ("--format", "xlsx"), ("xlsxwriter", "python_calamine")),
        ("matrix", ("--format", "parquet"), ("pyarrow",)),
        ("scores", (), ()),
        ("scores", ("--dialect", "excel-nl"), ()),
        ("scores", ("--format", "xlsx"), ("xlsxwriter", "python_calamine")),
    ],
)
def test_what_kmtui_exports_it_weighs(kmtui, tmp_path, table, options, packages):
    for package in packages:
        pytest.importorskip(package)
    file = tmp_path / "exported"
    assert kmtui("export", table, *options, "-o", file).status == 0
    weighed = kmtui("weigh", file, *SCHEME)
    assert weighed.status == 0, weighed.err
    assert verdicts_in(weighed.out) == published_by_kmtui(kmtui)


def verdicts_in(text):
    return {row["corps"]: row["possible"] for row in csv.DictReader(io.StringIO(text))}


def published_by_kmtui(kmtui):
    found = verdicts_in(kmtui("export", "verdicts").out)
    assert len(found) == 27
    return found


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("options", [("--dialect", "excel-nl"), ("--format", "xlsx")], ids=["csv", "xlsx"])
def test_the_matrix_survives_libreoffice_in_a_dutch_locale(kmtui, tmp_path, options):
    if "xlsx" in options:
        pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    suffix = "xlsx" if "xlsx" in options else "csv"
    kmtui("export", "matrix", *options, "-o", tmp_path / f"matrix.{suffix}")
    found = converted(tmp_path / f"matrix.{suffix}", tmp_path)
    assert verdicts_in(kmtui("weigh", found, *SCHEME).out) == published_by_kmtui(kmtui)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_numbers_and_ids_survive_libreoffice_in_a_dutch_locale(tmp_path):
    calamine = pytest.importorskip("python_calamine")
    out = io.StringIO(newline="")
    cells = [("1-01", Decimal("5.333")), ("2.5", 1234567), ("3-4", Decimal("0.1")), ("=1+1", None)]
    write_rows(out, ("id", "value"), with_digits(cells, DIALECTS["excel-nl"]), DIALECTS["excel-nl"])
    file = tmp_path / "numbers.csv"
    file.write_bytes(out.getvalue().encode())
    book = calamine.CalamineWorkbook.from_path(converted(file, tmp_path))
    _, *rows = book.get_sheet_by_index(0).to_python()
    assert rows == [["1-01", 5.333], ["2.5", 1234567.0], ["3-4", 0.1], ["'=1+1", ""]]


def converted(file, folder):
    """The file as LibreOffice in a Dutch locale opens it and saves it as XLSX; quoted fields are text."""
    out = folder / "converted"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx"]
    if file.suffix == ".csv":
        command += ["--infilter=CSV:59,34,76,1,,1043,true"]
    subprocess.run([*command, "--outdir", out, file], check=True, capture_output=True, timeout=120)
    return out / f"{file.stem}.xlsx"


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
    "empty file": (lambda header: "", "1: ", "found nothing, expected a header: corps,referentiekader,"),
    "not UTF-8": (lambda header: header.encode().replace(b"weging", b"\x81"), "1: ", "neither UTF-8"),
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
                    for n in range(times):
                        pipe.write(some.replace("korps ", f"korps {n} ").encode())

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
        [kmtui.path, "weigh", "-", *SCHEME, "--stream"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=kmtui.environment({}),
        cwd=kmtui.folder,
    )
    too_long = threading.Timer(20, process.kill)
    too_long.start()
    with process:
        rows = "".join(row(f"{'a' * 1000}{n}") for n in range(40))  # less than a pipe holds
        process.stdin.write((header + rows).encode())
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
    assert (refused.status, refused.out) == (1, "")
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
