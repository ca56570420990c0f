"""A round of made-up people, from its questionnaire to an edition that opens, and a second one that follows it."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest

from kmtui import open_monitor
from kmtui.model.claims import Claims
from kmtui.model.questionnaire import question_changes
from kmtui.model.score import Basis
from kmtui.rounds import actions as do
from kmtui.rounds.access import find
from kmtui.rounds.publication import digest_of, edition_of, problems, publish, seal_of, signature_of
from kmtui.rounds.round import Round, verify

SCRIPT = Path(__file__).resolve().parents[2] / "examples" / "ronde_2014" / "play.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("play_round", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def key(tmp_path_factory) -> Path:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("this machine has no ssh-keygen")
    folder = tmp_path_factory.mktemp("key")
    for name in ("key", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "signers").write_text(f"secretariaat {(folder / 'key.pub').read_text()}")
    return folder / "key"


@pytest.fixture(scope="module")
def played(script, monitor, key, tmp_path_factory):
    """The folder of a round of 2014 and its edition."""
    folder = tmp_path_factory.mktemp("played")
    script.play(folder / "2014.round", folder / "2014", monitor, key=key)
    return folder


@pytest.fixture
def copy(played, tmp_path) -> Path:
    """The same, to be changed."""
    return shutil.copytree(played, tmp_path / "copy")


def test_the_edition_checks_opens_compares_and_exports(played, monitor, kmtui):
    ours = open_monitor(edition_folders=[played / "2014"])
    edition, faults = ours.check(played / "2014")
    assert faults == []
    assert edition.head.unmentioned is None
    assert len(edition.corps) == 12
    assert {score.basis for corps in edition.corps for score in corps.scores.values()} == {Basis.RECORDED}
    assert all(corps.published for corps in edition.corps)
    for arguments in (["export", "verdicts"], ["show", "corps", "limburg"], ["compare", "2012", "2014"]):
        done = kmtui("--edition-dir", played / "2014", *arguments)
        assert (done.status, done.err) == (0, "")
    verdicts = kmtui("--edition-dir", played / "2014", "export", "verdicts", "--edition", "2014").out
    assert verdicts.count(",yes,") == 12, "the published verdicts are those that the scheme gives"


def test_figures_keep_gaps_reasons_and_differences(played):
    ours = open_monitor(edition_folders=[played / "2014"])
    figures = ours.figures(ours.edition("2014"))
    remarks = [remark.text for table in figures.tables for remark in table.remarks]
    assert "Dit is niet bijgehouden." in remarks
    assert any(remark.endswith("Er is anders geteld.") for remark in remarks)
    unknown = [cell for table in figures.tables for cell in table.cells if cell.status == "unknown"]
    assert unknown
    assert ours.questionnaire(ours.edition("2014")).questions


def test_the_journal_verifies_and_the_seal_is_about_it(played, key, kmtui):
    round_file, folder = played / "2014.round", played / "2014"
    signers = ["--signers", key.parent / "signers", "--signer", "secretariaat"]
    done = kmtui("round", "verify", round_file, "--edition", folder, *signers)
    assert (done.status, done.out) == (0, "")
    assert "2014.seal.sig by secretariaat, no faults" in done.err
    with Round.open(find(str(round_file))) as opened:
        published = opened.whole.publications[-1]
        assert published.digest == digest_of(folder)
        assert published.head in seal_of(folder).read_text()
        assert verify(opened.journal).faults == ()


@pytest.mark.parametrize("what", ["score", "seal", "signature", "signer"])
def test_what_was_changed_after_publication_is_found(copy, key, kmtui, what):
    folder = copy / "2014"
    if what == "score":
        file = folder / "corps" / "limburg.toml"
        file.write_text(file.read_text().replace("Gewogen.", "Herwogen.", 1))
    elif what == "seal":
        seal_of(folder).write_text(seal_of(folder).read_text().replace("edition 2014", "edition 2015"))
    elif what == "signature":
        seal = seal_of(folder)
        signature_of(seal).unlink()
        subprocess.run(
            ["ssh-keygen", "-Y", "sign", "-q", "-n", "kmtui-edition", "-f", key.with_name("other"), seal], check=True
        )
    signer = "somebody" if what == "signer" else "secretariaat"
    signers = ["--signers", key.parent / "signers", "--signer", signer]
    done = kmtui("round", "verify", copy / "2014.round", "--edition", folder, *signers)
    assert done.status == 1
    assert {
        "score": "found digest",
        "seal": "not about these files",
        "signature": "ssh-keygen",
        "signer": "ssh-keygen",
    }[what] in done.out


def test_an_erratum_gives_another_digest(copy, monitor, script):
    with Round.open(find(str(copy / "2014.round")), "voorzitter") as chair:
        before = chair.whole.score("limburg", "weging").level
        level = next(one for one in chair.whole.of.levels if one != before)
        erratum = do.Erratum(
            corps="limburg", dimension="weging", level=level, reason="Een telfout.", evidence=("interview/limburg",)
        )
        event = chair.do(erratum)
        assert event.old["level"] == before
        done = publish(chair, monitor, copy / "2014-b")
        assert [one.digest for one in chair.whole.publications] == [digest_of(copy / "2014"), done.digest]
    again = open_monitor(edition_folders=[copy / "2014-b"]).edition("2014")
    assert again.corps[[one.id for one in again.corps].index("limburg")].scores["weging"].level == level


def test_a_second_round_builds_on_it(played, script, tmp_path):
    ours = open_monitor(edition_folders=[played / "2014"])
    script.play(tmp_path / "2016.round", tmp_path / "2016", ours, after="2014")
    both = open_monitor(edition_folders=[played / "2014", tmp_path / "2016"])
    assert both.check(tmp_path / "2016")[1] == []
    assert both.edition("2016").head.corps == both.edition("2014").head.corps
    with Round.open(find(str(tmp_path / "2016.round"))) as opened:
        last = opened.whole.sources["previous"].figures["limburg"]
    figures = both.figures(both.edition("2014"))
    table = next(table for table in figures.tables if "aangiften" in [one.id for one in table.indicators])
    assert last["aangiften"] == figures.cell(table.id, "aangiften", "limburg", 2014).value
    old, new = (both.questionnaire(both.edition(name)) for name in ("2014", "2016"))
    assert list(question_changes(old, new)) == []


def test_nothing_is_left_of_a_publication_that_fails(copy, monitor, tmp_path):
    with Round.open(find(str(copy / "2014.round")), "voorzitter") as chair:
        head = chair.whole.head
        with pytest.raises(Exception, match="nothing was corrected since"):
            publish(chair, monitor, tmp_path / "new")
        chair.do(
            do.Erratum(corps="limburg", dimension="weging", level="geel", reason="x", evidence=("interview/limburg",))
        )
        with pytest.raises(Exception, match="ssh-keygen"):
            publish(chair, monitor, tmp_path / "new", key=tmp_path / "no-key")
        assert len(chair.whole.publications) == 1
        assert chair.whole.head != head
    assert list(tmp_path.glob("new*")) == []


def test_a_claim_that_the_edition_contradicts_stands_in_the_way(played, monitor):
    claim = {
        "id": "one", "source": ["1"], "text": "All are good.", "asserted": 13,
        "value": {"verdicts": "groen", "over": "corps"},
    }  # fmt: skip
    claims = Claims.model_validate({"claims": [claim]})
    with Round.open(find(str(played / "2014.round"))) as opened:
        (found,) = problems(opened.whole, monitor, claims)
        assert found.startswith("claim one is contradicted: asserted 13")
        assert problems(opened.whole, monitor) == []


def test_a_preview_has_open_scores(tmp_path, monitor, script, kmtui):
    file = tmp_path / "2014.round"
    made = kmtui("round", "new", "2014", "-o", file)
    assert made.status == 0, made.err
    done = kmtui("round", "preview", file, "-o", tmp_path / "draft")
    assert done.status == 0, done.err
    assert kmtui("--edition-dir", tmp_path / "draft", "editions", "check", "2014").status == 0
    assert kmtui("round", "preview", file, "-o", tmp_path / "draft").status == 0
    (tmp_path / "mine").mkdir()
    assert kmtui("round", "preview", file, "-o", tmp_path / "mine").status == 2
    with Round.open(find(str(file))) as opened:
        edition, _ = edition_of(opened.whole, monitor)
    assert {score.basis for corps in edition.corps for score in corps.scores.values()} == {Basis.OPEN}
