"""`kmtui round`: a round from the command line, wrong use, and what its commands print."""

import json

import pytest

from kmtui.rounds.actions import KINDS


@pytest.fixture
def at(kmtui, tmp_path):
    """Call `kmtui round COMMAND ROUND ...` on a new round."""
    file = tmp_path / "2014.round"
    made = kmtui("round", "new", "2014", "-o", file, "--title", "Korpsmonitor 2013-2014")
    assert (made.status, made.out) == (0, "")
    assert "12 corps, 19 dimensions of referentiekader-2013" in made.err

    def call(command, *arguments, **options):
        return kmtui("round", command, file, *arguments, **options)

    return call


def test_help_names_every_action(kmtui):
    listed = kmtui("round", "--help").out
    for kind in set(KINDS) - {"begin", "ask"}:
        assert f"\n  {kind} " in listed
    assert "ROUND CORPS DIMENSION LEVEL" in kmtui("round", "propose", "--help").out


def test_what_is_done_is_printed_and_logged(at):
    assert at("enrol", "an", "analyst", "weigher").err.startswith("event 2: enrol participant/an")
    assert at("enrol", "vz", "chair").status == 0
    assert at("open-session", "1", "--blind", "--as", "vz").status == 0
    done = at("propose", "limburg", "weging", "blanco", "--reason", "Geen zaken.", "--as", "an")
    assert (done.status, done.out) == (0, "")
    assert "an (weigher)  propose  proposal/limburg/weging  blanco: Geen zaken." not in at("log").out, "blind"
    assert "blanco: Geen zaken." in at("log", "--as", "an").out
    last = json.loads(at("log", "--json", "--as", "an").out.splitlines()[-1])
    assert (last["by"], last["action"]["kind"], last["action"]["level"]) == ("an", "propose", None)
    assert at("verify").status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (["propose", "limburg", "weging", "groen", "--reason", "x"], 1, "the role that this takes: weigher (2.1.6)"),
        (["send", "limbur"], 2, "unknown corps 'limbur' (did you mean 'limburg'?)"),
        (["send", "limburg"], 1, "there is no questionnaire yet (2.1.1)"),
        (["send", "Limburg!"], 2, "corps: String should match pattern"),
        (["send", "limburg", "--due", "tomorrow"], 2, "found 'tomorrow', expected a date as YYYY-MM-DD"),
        (["enrol", "x", "boss"], 2, "'boss' is not one of"),
        (["enrol", "x", "expert"], 1, "belong to a corps; name it"),
        (["status", "limbur"], 2, "did you mean 'limburg'"),
        (["fetch", "abc", "-o", "-"], 2, "unknown file 'abc'"),
        (["verify", "--signers", "/etc/hosts"], 2, "--signers goes with --edition and --signer"),
        (["questionnaire"], 2, "there is no questionnaire yet"),
        (["form", "limburg", "-o", "-"], 1, "there is no questionnaire yet"),
        (["compare", "emm"], 2, "name a FILE or an --edition"),
        (["freeze"], 1, "limburg: no score on referentiekader"),
        (["publish", "-o", "x"], 1, "no score on"),
        (["status", "--as", "nobody"], 1, "unknown participant 'nobody'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_what_cannot_be_done_says_why(at, arguments, status, problem):
    done = at(*arguments)
    assert (done.status, done.out) == (status, "")
    assert problem in done.err


def test_wrong_commands_get_a_suggestion(kmtui):
    done = kmtui("round", "propse")
    assert done.status == 2
    assert "unknown command 'propse' (did you mean 'propose'?)" in done.err


def test_lines_that_are_refused_do_not_stop_the_others(at):
    lines = [
        {"kind": "enrol", "id": "an", "roles": ["analyst"]},
        {"kind": "enrol", "id": "bo", "roles": ["boss"]},
        {"kind": "enroll", "id": "bo"},
        ["no", "object"],
        {"kind": "send", "corps": "limburg"},
        {"kind": "enrol", "id": "bo", "roles": ["chair"], "token": "mine-and-once"},
        {"kind": "enrol", "id": "bo", "roles": ["chair"], "token": "mine-and-once"},
    ]
    done = at("apply", stdin="\n".join([*map(json.dumps, lines), "{broken"]))
    assert done.status == 1
    assert done.out == "1 2\n6 3\n7 3\n"
    faults = done.err.splitlines()
    assert list(dict.fromkeys(fault.split(":")[0] for fault in faults)) == [f"line {at}" for at in (2, 3, 4, 5, 8)]
    assert "did you mean 'enrol'" in done.err
    assert "there is no questionnaire yet" in done.err


def test_a_file_is_kept_fetched_and_deleted(at, tmp_path):
    (tmp_path / "note.txt").write_bytes(b"\x1b[31mnote")
    digest = at("attach", tmp_path / "note.txt", "--subject", "limburg").out.strip()
    assert at("fetch", digest[:10], "-o", "-").out == "\x1b[31mnote"
    assert at("delete", digest[:10], "--reason", "Not needed.").status == 0
    done = at("fetch", digest[:10], "-o", "-")
    assert (done.status, done.out) == (1, "")
    assert "its content was deleted" in done.err


def test_due_lists_what_has_a_date(at, tmp_path, monkeypatch):
    (tmp_path / "talk").write_bytes(b"talk")
    at("attach", tmp_path / "talk", "--what", "recording", "--subject", "limburg", "--delete-by", "2020-01-01")
    done = at("due")
    assert done.status == 1
    assert done.out.startswith("2020-01-01  late  limburg  delete recording")
    assert at("due", "--by", "2019-01-01").out == ""


def test_a_form_goes_out_and_comes_back(at, tmp_path):
    (tmp_path / "q.toml").write_text(
        'id = "q"\nversion = 1\ntitle = "Q"\nsource = "a test"\n[[chapters]]\nid = "a"\ntitle = "A"\n'
        '[[questions]]\nid = "aangiften"\nchapter = "a"\ntext = "Hoeveel?"\ntype = "number"\n'
        'indicator = "14.aangiften"\n'
    )
    assert at("questionnaire", tmp_path / "q.toml").status == 0
    assert "figures of previous about" in at("compare", "previous", "--edition", "2012", "--margin", "0.5").err
    at("send", "limburg")
    form = at("form", "limburg", "-o", "-", "--csv").out
    before = int(form.splitlines()[2].split(";")[3])
    filled = form.replace(f";{before};;;", f";{before};{before * 3};;")
    done = at("receive", "limburg", "-", stdin=filled)
    assert done.status == 0
    assert done.out == f"limburg  aangiften  answered {before * 3}, previous {before} (+200%)\n"
    assert "query 7 to limburg about aangiften" in done.err
    assert "compare    previous/aangiften" in at("status", "limburg").out
    assert at("explain", "limburg", "previous", "aangiften", "--text", "Meer zaken.").status == 0
    assert at("close", "7", "--reason", "Helder.").status == 0
    assert at("accept", "limburg").status == 0
    done = at("receive", "limburg", "-", stdin=form)
    assert done.status == 1
    assert "line 3, column antwoord: found nothing" in done.err
