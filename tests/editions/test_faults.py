"""Whatever is wrong with an edition folder is named: file, key, what was found, what was expected."""

import os
import shutil
from collections.abc import Callable

import pytest

HEAD, CORPS = "edition.toml", "corps/utrecht.toml"
DIMENSION = "gedragscode"
KEY = f"scores.{DIMENSION}"


def score(*lines: str, dimension: str = DIMENSION) -> str:
    return "\n".join([f"[scores.{dimension}]", *lines])


LEVEL, BASIS, SOURCE, NOTE = 'level = "groen"', 'basis = "stated"', 'source = ["2.13.1"]', 'note = "Waarom."'

SCORES = {
    "unknown level": (
        score('level = "groan"', BASIS, SOURCE, NOTE),
        [(KEY, "unknown level 'groan' (did you mean 'groen'?)")],
    ),
    "level like no other": (
        score('level = "paars"', BASIS, SOURCE, NOTE),
        [(KEY, "unknown level 'paars', expected one of rood, geel, groen")],
    ),
    "unknown level among several": (
        score('possible = ["gell", "groen"]', 'basis = "open"', SOURCE, NOTE),
        [(f"{KEY}.possible", "unknown level 'gell' (did you mean 'geel'?)")],
    ),
    "level of a wrong type": (score("level = 3", BASIS, SOURCE, NOTE), [(KEY, "found number 3, expected text")]),
    "levels best first": (
        score('possible = ["groen", "geel"]', 'basis = "open"', SOURCE, NOTE),
        [(f"{KEY}.possible", "found groen, geel, expected worst first: geel, groen")],
    ),
    "level twice": (
        score('possible = ["geel", "geel"]', 'basis = "open"', SOURCE, NOTE),
        [(KEY, "a level is named twice: geel, geel")],
    ),
    "level and possible": (
        score(LEVEL, 'possible = ["groen"]', BASIS, SOURCE, NOTE),
        [(KEY, "level and possible are both there, expected one of them")],
    ),
    "no level": (score(BASIS, SOURCE, NOTE), [(KEY, "a stated score has exactly one level, found 0")]),
    "blank with a level": (
        score(LEVEL, 'basis = "blank"', SOURCE, NOTE),
        [(KEY, "a blank score has no level, found groen")],
    ),
    "open with one level": (
        score(LEVEL, 'basis = "open"', SOURCE, NOTE),
        [(KEY, "an open score has two or more possible levels, found 1")],
    ),
    "missing basis": (score(LEVEL, SOURCE, NOTE), [(f"{KEY}.basis", "found nothing, expected this key")]),
    "unknown basis": (
        score(LEVEL, 'basis = "guessed"', SOURCE, NOTE),
        [(f"{KEY}.basis", "found text 'guessed', expected one of stated, counted")],
    ),
    "missing source": (score(LEVEL, BASIS, NOTE), [(f"{KEY}.source", "found nothing, expected this key")]),
    "empty source": (
        score(LEVEL, BASIS, "source = []", NOTE),
        [(f"{KEY}.source", "found an array [], expected at least 1 item")],
    ),
    "source of a wrong type": (
        score(LEVEL, BASIS, 'source = "2.13.1"', NOTE),
        [(f"{KEY}.source", "found text '2.13.1', expected an array")],
    ),
    "source that is no paragraph": (
        score(LEVEL, BASIS, 'source = ["2.13.1", "§ 4"]', NOTE),
        [(f"{KEY}.source.1", "found text '§ 4', expected a paragraph number")],
    ),
    "stated without a note": (score(LEVEL, BASIS, SOURCE), [(KEY, "a stated score says why in its note, found none")]),
    "switch of a wrong type": (
        score(LEVEL, BASIS, SOURCE, NOTE, 'relies_on_verdict = "yes"'),
        [(f"{KEY}.relies_on_verdict", "found text 'yes', expected true or false")],
    ),
    "unknown key": (score(LEVEL, BASIS, SOURCE, NOTE, "remark = 1"), [(f"{KEY}.remark", "unknown key")]),
    "unknown dimension": (
        score(LEVEL, BASIS, SOURCE, NOTE, dimension="gedragskode"),
        [
            ("scores.gedragskode", "unknown dimension 'gedragskode' (did you mean 'gedragscode'?)"),
            (KEY, "found nothing, expected a score (basis 'blank' where none was given)"),
        ],
    ),
    "missing dimension": ("", [(KEY, "found nothing, expected a score (basis 'blank' where none was given)")]),
    "dimension that is no id": (
        score(LEVEL, BASIS, SOURCE, NOTE) + "\n" + score(LEVEL, BASIS, SOURCE, NOTE, dimension='"Gedrags code"'),
        [("scores.Gedrags code", "found text 'Gedrags code', expected an id")],
    ),
}


def says(faults, expected):
    """The same files and keys, and in each problem the words that matter."""
    assert [(file, key) for file, key, _ in faults] == [(file, key) for file, key, _ in expected]
    for (_, _, problem), (_, _, words) in zip(faults, expected, strict=True):
        assert words in problem


@pytest.mark.parametrize("case", SCORES)
def test_a_fault_in_a_score_is_named(folder, faults_in, case):
    lines, expected = SCORES[case]
    folder.score(CORPS, DIMENSION, lines)
    faults = faults_in(folder)
    assert [file for file, _, _ in faults] == [CORPS] * len(expected)
    for (_, key, problem), (place, words) in zip(faults, expected, strict=True):
        assert key.startswith(place)
        assert words in problem


@pytest.mark.parametrize(
    ("lines", "written"), [('level = "paars"', "level"), ("level = 3", "level"), ('possible = ["paars"]', "possible")]
)
def test_a_fault_names_the_key_as_the_file_writes_it(folder, faults_in, lines, written):
    folder.score(CORPS, DIMENSION, score(lines, BASIS, SOURCE, NOTE))
    ((_, key, _),) = faults_in(folder)
    assert key.startswith(f"{KEY}.{written}")


LINES = {
    "wrong type": (CORPS, "name", "name = 5", "name", "found number 5, expected text"),
    "empty name": (CORPS, "name", 'name = "  "', "name", "expected at least 1 character"),
    "missing name": (CORPS, "name", "", "name", "found nothing, expected this key"),
    "missing source": (CORPS, "source", "", "source", "found nothing, expected this key"),
    "misspelt key": (CORPS, "name", 'name = "Utrecht"\nsoruce = 1', "soruce", "unknown key (did you mean 'source'?)"),
    "other id than the file's": (CORPS, "id", 'id = "utrechtt"', "id", "found 'utrechtt', expected 'utrecht'"),
    "id that is none": (CORPS, "id", 'id = "Utrecht!"', "id", "found text 'Utrecht!', expected an id"),
    "title of a wrong type": (HEAD, "title", "title = true", "title", "found truth value true, expected text"),
    "missing title": (HEAD, "publisher", "", "source.publisher", "found nothing, expected this key"),
    "date of a wrong type": (
        HEAD,
        "start",
        'start = "soon"',
        "period.start",
        "found text 'soon', expected a date",
    ),
    "period that ends first": (HEAD, "end", "end = 2010-12-31", "period", "ends on 2010-12-31, before it starts"),
    "unknown scheme": (HEAD, "scheme", 'scheme = "nope"', "scheme", "unknown weighting scheme 'nope', expected one of"),
}


@pytest.mark.parametrize("case", LINES)
def test_a_fault_in_a_line_is_named(folder, faults_in, case):
    file, key, new, place, words = LINES[case]
    folder.line(file, key, new)
    says(faults_in(folder), [(file, place, words)])


def test_an_unknown_published_level_is_named(folder, faults_in):
    folder.line(CORPS, "level", 'level = "gell"')  # the first level of the file is the published one
    says(faults_in(folder), [(CORPS, "published.level", "unknown level 'gell' (did you mean 'geel'?)")])


def test_an_unknown_framework_is_named_with_the_one_that_was_meant(folder, faults_in):
    folder.line(HEAD, "framework", 'framework = "referentiekader-2009"')
    faults = faults_in(folder)
    assert (HEAD, "framework") in [fault[:2] for fault in faults]
    assert any("did you mean 'referentiekader-2008'?" in problem for _, _, problem in faults)


SYNTAX = {
    "in the middle": ('id = "utrecht"\nname = "Utr\nsource = []\n', 2, 12),
    "at the end": ('id = "utrecht"\nsource = [', 2, 11),
    "twice the same key": ('id = "utrecht"\nid = "utrecht"\n', 2, 1),
    "NUL": ('id = "utrecht"\nname = "\0"\n', 2, 9),
    "lone carriage return": ('id = "utrecht"\nname = "a\rb"\n', 2, 10),
}


@pytest.mark.parametrize("case", SYNTAX)
def test_broken_toml_is_named_with_line_and_column(folder, monitor, case):
    text, line, column = SYNTAX[case]
    (folder / CORPS).write_bytes(text.encode())
    _, (fault,) = monitor.check(folder.path)
    assert (fault.file, fault.line, fault.column) == (folder / CORPS, line, column)
    assert str(fault).startswith(f"{folder / CORPS}:{line}:{column}: broken TOML: ")


def replaced_by(make: Callable) -> Callable:
    def change(folder) -> None:
        (folder / CORPS).unlink()
        make(folder / CORPS, folder.path.parent / "elsewhere.toml")

    return change


def link_outside(file, outside) -> None:
    outside.write_text("secret = true")
    file.symlink_to(outside)


DEEP = f"{{{'a.' * 40}a = " * 50 + "1" + "}" * 50
FILES = {
    "not UTF-8": (lambda folder: (folder / CORPS).write_bytes(b'id = "\xff"\n'), "not UTF-8 at offset 6"),
    "UTF-16": (lambda folder: (folder / CORPS).write_bytes('id = "x"'.encode("utf-16")), "not UTF-8 at offset 0"),
    "nested arrays": (lambda folder: folder.append(CORPS, "deep = " + "[" * 50_000), "nested too deeply"),
    "dotted key": (lambda folder: folder.append(CORPS, "a." * 50_000 + "a = 1"), "nested too deeply"),
    "nested tables": (lambda folder: folder.append(CORPS, "deep = " + "{a=" * 5_000), "nested too deeply"),
    "gone": (replaced_by(lambda file, outside: None), "has no file corps/utrecht.toml"),
    "folder": (replaced_by(lambda file, outside: file.mkdir()), "not a plain file"),
    "link to outside": (replaced_by(link_outside), "a link out of its folder, expected a file in it"),
    "link to nothing": (replaced_by(lambda file, outside: file.symlink_to("nothing.toml")), "no such file"),
    "link to itself": (replaced_by(lambda file, outside: file.symlink_to(file.name)), ""),
    "huge number": (lambda folder: folder.line(CORPS, "name", f"name = {'9' * 5_000}"), "integer number overflowed"),
    "huge hexadecimal number": (
        lambda folder: folder.line(CORPS, "name", f"name = 0x{'f' * 5_000}"),
        "integer number overflowed",
    ),
    "value too deep to print": (
        lambda folder: folder.line(CORPS, "name", f"name = {DEEP}"),
        "found a table, expected text",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_read_is_named(folder, faults_in, case):
    change, words = FILES[case]
    change(folder)
    ((file, _, problem),) = faults_in(folder)
    assert file in (CORPS, HEAD)
    assert "utrecht" in file + problem
    assert words in problem
    assert len(problem) < 500


def test_an_empty_file_lacks_every_key(folder, faults_in):
    (folder / CORPS).write_bytes(b"")
    says(
        faults_in(folder),
        [(CORPS, key, "found nothing, expected this key") for key in ("id", "name", "source", "scores", "partners")],
    )


def test_a_file_that_is_too_large_is_not_read(folder, faults_in, monkeypatch):
    monkeypatch.setattr("kmtui.files.reading.LARGEST_TOML", 2**20)
    folder.append(CORPS, "#" * 2**20)
    ((file, _, problem),) = faults_in(folder)
    assert file == CORPS
    assert problem.endswith("bytes, expected at most 1048576")


def test_a_pipe_in_the_place_of_a_file_is_named_and_not_waited_for(folder, check):
    (folder / CORPS).unlink()
    os.mkfifo(folder / CORPS)
    os.mkfifo(folder / "notes.toml")
    found = check(folder)
    assert found.returncode == 1
    assert f"{folder / CORPS}: found something that is not a plain file" in found.stdout
    assert f"{folder / 'notes.toml'}: stray file" in found.stdout


LISTS = {
    "duplicate corps": (
        lambda folder: folder.line(HEAD, "corps", 'corps = [\n    "utrecht",'),
        [(HEAD, "corps", "corps 'utrecht' is there 2 times, expected once")],
    ),
    "corps without a file": (
        lambda folder: folder.line(HEAD, "corps", 'corps = [\n    "utregt",'),
        [(HEAD, "corps", "corps 'utregt' has no file corps/utregt.toml (did you mean 'utrecht'?)")],
    ),
    "two files of one corps": (
        lambda folder: shutil.copy(folder / CORPS, folder / "corps/utrecht-2.toml"),
        [
            ("corps/utrecht-2.toml", "id", "found 'utrecht', expected 'utrecht-2' as the file is called"),
            ("corps/utrecht-2.toml", "", "stray file: edition.toml does not list corps 'utrecht-2' (did you mean"),
        ],
    ),
    "stray files": (
        lambda folder: [(folder / name).write_text("") for name in ("notes.txt", "corps/utrecht.bak")],
        [("corps/utrecht.bak", "", "stray file"), ("notes.txt", "", "stray file")],
    ),
    "stray folder": (
        lambda folder: (
            shutil.copytree(folder / "corps", folder / "corps/old", ignore=lambda *_: ["klpd.toml"])
            and [file.unlink() for file in (folder / "corps/old").iterdir()]
        ),
        [("corps/old", "", "stray folder")],
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_corps_and_files_match_one_to_one(folder, faults_in, case):
    change, expected = LISTS[case]
    change(folder)
    says(faults_in(folder), expected)


def test_without_the_corps_folder_every_corps_is_missing(folder, faults_in, edition):
    shutil.rmtree(folder / "corps")
    says(
        faults_in(folder),
        [(HEAD, "corps", f"corps '{corps.id}' has no file corps/{corps.id}.toml") for corps in edition.corps],
    )


@pytest.mark.parametrize("name", ["edition.toml", "../nowhere/edition.toml"])
def test_without_a_head_there_is_no_edition(folder, faults_in, name):
    (folder / HEAD).unlink()
    folder.path = (folder / name).parent
    says(faults_in(folder), [(HEAD, "", "found no such file")])


def test_hidden_files_and_readmes_are_the_keepers_own_business(folder, same_as_bundled):
    for name in (".gitignore", "README.md", "corps/README.md", "corps/.utrecht.toml.swp"):
        (folder / name).write_text("mine")
    assert same_as_bundled(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["byte order mark", "CR LF", "both", "no last line end"],
)
def test_how_an_editor_saves_makes_no_difference(folder, same_as_bundled, change):
    for name in (HEAD, CORPS):
        (folder / name).write_bytes(change((folder / name).read_bytes()))
    assert same_as_bundled(folder)


def test_a_folder_that_is_itself_a_link_can_be_read(folder, same_as_bundled):
    (folder.path.parent / "link").symlink_to(folder.path)
    folder.path = folder.path.parent / "link"
    assert same_as_bundled(folder)


def test_one_run_names_the_faults_of_all_files(folder, check):
    folder.line(HEAD, "corps", 'corps = [\n    "zeeland",\n    "atlantis",')
    folder.score("corps/groningen.toml", DIMENSION, score('level = "groan"', BASIS, SOURCE, NOTE))
    folder.score("corps/friesland.toml", DIMENSION, score(LEVEL, BASIS, SOURCE, NOTE, dimension="gedragskode"))
    folder.score("corps/drenthe.toml", DIMENSION, "")
    folder.score("corps/twente.toml", DIMENSION, score(LEVEL, BASIS, NOTE))
    folder.line("corps/klpd.toml", "name", "name = 5")
    folder.append("corps/kmar.toml", "\nbroken = ")
    folder.line("corps/haaglanden.toml", "id", 'id = "haagland"')
    (folder / "corps/flevoland.toml").write_bytes(b"\xff")
    (folder / "notes.txt").write_text("")
    found = check(folder)
    kmar = folder.text("corps/kmar.toml").count("\n") + 1
    expected = [
        ("edition.toml: corps: ", "corps 'zeeland' is there 2 times, expected once"),
        ("edition.toml: corps: ", "corps 'atlantis' has no file corps/atlantis.toml"),
        (f"corps/groningen.toml: {KEY}", "unknown level 'groan' (did you mean 'groen'?)"),
        ("corps/friesland.toml: scores.gedragskode: ", "unknown dimension 'gedragskode' (did you mean 'gedragscode'?)"),
        (f"corps/friesland.toml: {KEY}: ", "found nothing, expected a score"),
        (f"corps/drenthe.toml: {KEY}: ", "found nothing, expected a score"),
        (f"corps/twente.toml: {KEY}.source: ", "found nothing, expected this key"),
        ("corps/klpd.toml: name: ", "found number 5, expected text"),
        (f"corps/kmar.toml:{kmar}:10: ", "broken TOML: "),
        ("corps/haaglanden.toml: id: ", "found 'haagland', expected 'haaglanden'"),
        ("corps/flevoland.toml: ", "not UTF-8 at offset 0"),
        ("notes.txt: ", "stray file"),
    ]
    lines = found.stdout.splitlines()
    for place, words in expected:
        assert [line for line in lines if line.startswith(f"{folder / ''}/{place}") and words in line], (place, words)
    assert len(lines) == len(expected)
    assert f"{len(expected)} faults" in found.stderr
    assert found.returncode == 1


def test_one_run_names_faults_of_different_kinds_in_one_file(folder, faults_in):
    folder.score(CORPS, DIMENSION, score('level = "groan"', BASIS, NOTE))
    folder.score(CORPS, "weging", score('level = "paars"', BASIS, SOURCE, NOTE, dimension="weging"))
    folder.score(CORPS, "themakennis", score(LEVEL, BASIS, SOURCE, NOTE, dimension="thema-kennis"))
    problems = "\n".join(f"{key}: {problem}" for _, key, problem in faults_in(folder))
    assert f"{KEY}.source: found nothing, expected this key" in problems
    assert "unknown level 'groan'" in problems
    assert "unknown level 'paars'" in problems
    assert "unknown dimension 'thema-kennis'" in problems
    assert "scores.themakennis: found nothing" in problems


def test_a_fault_in_the_head_hides_none_in_the_corps(folder, faults_in):
    folder.line(HEAD, "title", "")
    (folder / "corps/atlantis.toml").write_text("")
    folder.score(CORPS, DIMENSION, score('level = "paars"', BASIS, SOURCE, NOTE))
    told = "\n".join(map(": ".join, faults_in(folder)))
    assert "edition.toml: title: found nothing" in told
    assert "unknown level 'paars'" in told
    assert "corps/atlantis.toml: : stray file" in told


def test_a_head_that_cannot_be_read_hides_no_broken_file(folder, faults_in):
    (folder / HEAD).write_text("broken")
    (folder / CORPS).write_text("broken")
    (folder / "notes.txt").write_text("")
    assert [file for file, _, _ in faults_in(folder)] == [HEAD, CORPS, "notes.txt"]


@pytest.mark.parametrize("name", ["claims.toml", "indicators.toml", "tables/03.csv", "units/limburg.toml"])
def test_a_part_that_is_a_link_to_nothing_is_no_part_that_is_left_out(folder, faults_in, name):
    (folder / name).unlink()
    (folder / name).symlink_to("nothing")
    says(faults_in(folder), [(name, "", "found no such file")])


def test_figures_with_a_year_that_only_looks_like_one_are_named(folder, faults_in):
    folder.append("tables/03.csv", "x,utrecht,²²²²,1,1,number,\n")
    assert ("tables/03.csv", "year", "found '²²²²', expected a year or nothing") in faults_in(folder)


def test_cells_stand_in_no_list_of_tables(folder, faults_in) -> None:
    cell = (
        'indicator = "a", subject = "b", raw = "1", status = "number", parts = [], footnote = "", year = 1, value = 1'
    )
    file = folder / "indicators.toml"
    file.write_text(file.read_text("utf-8").replace("[[tables]]", f"[[tables]]\ncells = [{{{cell}}}]", 1), "utf-8")
    assert ("indicators.toml", "tables.0.cells", "unknown key; cells stand in tables/03.csv") in faults_in(folder)
