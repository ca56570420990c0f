"""`kmtui show`: the facts of one corps or dimension as plain text."""

import pytest

from kmtui.analysis.verify import Outcome, tally, verify
from kmtui.wording import AGREEMENT, BASIS, WORDS


def joined(text):
    """The text without the line breaks of its layout."""
    return " ".join(text.split())


def label(scale, level, language):
    return (scale[level] if level else scale.blank).label(language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("corps_id", ["utrecht", "gelderland-zuid", "flevoland", "klpd"])
def test_a_corps_is_told_with_every_score_and_its_evidence(kmtui, edition, framework, weigher, corps_id, language):
    shown = kmtui("--lang", language, "show", "corps", corps_id)
    assert (shown.status, shown.err) == (0, "")
    text, corps = joined(shown.out), edition.find_corps(corps_id)
    for words in (corps.name, edition.title, ", ".join(corps.published.source), corps.published.note):
        assert words in text
    row = text.index(framework.areas[0].name(language))
    for dimension in framework.dimensions:
        score = corps.scores[dimension.id]
        row = text.index(f"{dimension.name(language)} ", row)
        for level in score.possible or [None]:
            row = text.index(label(framework.scale, level, language), row)
        at = row
        for words in (BASIS[score.basis](language), ", ".join(score.source), joined(score.note)):
            at = text.index(words, at)
        assert at - row < 800
    for reason in weigher.weigh(corps.scores).deciding:
        assert joined(reason.rule.text(language)) in text


def test_what_is_not_certain_is_told(kmtui):
    english = joined(kmtui("--lang", "en", "show", "corps", "flevoland").out)
    for words in (
        "Yellow or Green",
        AGREEMENT["assumed"].en,
        WORDS["relies"].en,
        WORDS["pivotal_none"].en,
    ):
        assert words in english
    dutch = joined(kmtui("show", "corps", "flevoland").out)
    for words in ("Geel of Groen", AGREEMENT["assumed"].nl, WORDS["relies"].nl, WORDS["pivotal_none"].nl):
        assert words in dutch
    blank = joined(kmtui("show", "corps", "klpd").out)
    assert "Vergunde branche · Blanco" in blank
    assert BASIS["blank"].nl in blank


def test_a_score_that_could_turn_the_verdict_is_named(kmtui, copied):
    """Financial investigation holds the end score at yellow where it is yellow."""
    good = '[scores.weging]\nlevel = "groen"\nbasis = "stated"'
    opened = '[scores.weging]\npossible = ["geel", "groen"]\nbasis = "open"'
    folder = copied("mine", ("corps/friesland.toml", good, opened))
    text = joined(kmtui("--edition-dir", folder, "--lang", "en", "show", "corps", "friesland").out)
    assert f"{WORDS['pivotal'].en}: Weighing of cases" in text
    assert "▲ Yellow or ● Green" in text
    assert AGREEMENT["possible"].en in text


def mark(scale, level):
    return (scale[level] if level else scale.blank).glyph


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("dimension_id", ["korpsexpert-kwaliteit", "vergunde-branche", "themakennis"])
def test_a_dimension_is_told_with_its_norm_its_rules_and_every_corps(
    kmtui, edition, framework, weigher, dimension_id, language
):
    shown = kmtui("--lang", language, "show", "dimension", dimension_id)
    assert (shown.status, shown.err) == (0, "")
    text, dimension = joined(shown.out), framework.dimension(dimension_id)
    for words in (dimension.name(language), ", ".join(dimension.source), joined(dimension.norm(language))):
        assert words in text
    for rule in weigher.scheme.rules_on(dimension_id):
        assert joined(rule.text(language)) in text
    if dimension.measure:
        assert dimension.measure.quantity(language) in text
    wide = joined(kmtui.on_terminal("--lang", language, "show", "dimension", dimension_id, COLUMNS=240))
    who = wide[wide.index(WORDS["who"](language)) :]
    for corps in edition.corps:
        score = corps.scores[dimension_id]
        at = who.index(f"{corps.name} {mark(framework.scale, (score.possible or [None])[0])}")
        assert label(framework.scale, (score.possible or [None])[0], language) in who[at : at + 60]
        assert joined(score.note) in who


def test_the_language_is_that_of_the_locale_unless_it_is_asked_for(kmtui):
    dutch, english = kmtui("show", "corps", "utrecht"), kmtui("--lang", "en", "show", "corps", "utrecht")
    assert dutch.out != english.out
    assert kmtui("show", "corps", "utrecht", LANG="en_GB.UTF-8").out == english.out
    assert kmtui("--lang", "nl", "show", "corps", "utrecht", LANG="en_GB.UTF-8").out == dutch.out


def test_signs_suit_a_terminal_without_unicode(kmtui):
    plain = kmtui("show", "corps", "utrecht", LANG="C").out
    assert "! Geel" in plain
    assert "+ Groen" in plain
    assert not set("■▲●·") & set(plain)


def test_lines_fit_the_page(kmtui):
    for what in (("corps", "kennemerland"), ("dimension", "referentiekader")):
        assert max(map(len, kmtui("show", *what).out.splitlines())) <= 100
    assert max(map(len, kmtui.on_terminal("show", "corps", "utrecht", COLUMNS=60).splitlines())) <= 60


HOSTILE = r"\u001b[31mred \u001b]0;title\u0007 \u009b2J \u202eback \u200bzero \u007fdel [bold]markup[/]"
MARKED = ("␛[31mred", "␛]0;title␇", "<U+009B>2J", "<U+202E>back", "<U+200B>zero", "[bold]markup[/]")


@pytest.mark.parametrize("page", [("corps", "utrecht"), ("dimension", "gedragscode")])
def test_what_a_file_says_is_shown_and_not_obeyed(kmtui, copied, page):
    folder = copied(
        "mine",
        ("corps/utrecht.toml", 'name = "Utrecht"', f'name = "Utrecht {HOSTILE}"'),
        ("corps/utrecht.toml", 'note = "', f'note = "{HOSTILE}'),
        ("corps/utrecht.toml", '[scores.gedragscode]\nlevel = "groen"\nbasis = "stated"', "[scores.gedragscode]\n"
         f'level = "groen"\nbasis = "recorded"\nnote = "{HOSTILE}"\n#'),
        ("edition.toml", 'title = "', f'title = "{HOSTILE}'),
    )  # fmt: skip
    file = folder / "corps/utrecht.toml"
    text = file.read_text("utf-8").replace('#\nsource = ["2.13.1", "4.1.4"]\nnote', '\nsource = ["2.13.1"]\n#', 1)
    file.write_text(text, "utf-8")
    for outcome in (
        kmtui.on_terminal("--edition-dir", folder, "show", *page, COLUMNS=1000),
        kmtui("--edition-dir", folder, "show", *page).out,
    ):
        assert not set("\x1b\x07\x7f\x9b\u202e\u200b") & set(outcome)
        for words in MARKED:
            assert joined(outcome).count(words) >= 2


def test_the_list_of_editions_shows_and_does_not_obey_either(kmtui, copied):
    folder = copied("mine", ("edition.toml", 'title = "', f'title = "{HOSTILE}'))
    listed = kmtui.on_terminal("--edition-dir", folder, "editions", "list")
    assert "\x1b" not in listed
    assert all(words in listed for words in MARKED)


ONE_OF_MANY = {
    "table": "5",
    "indicator": "5.controles-vergund",
    "claim": "2-5-2-06",
    "paragraph": "3.3.3",
    "standing": "undetermined",
    "subject": "unit.oost-nederland",
    "addressee": "om",
    "topic": "toezicht",
    "scheme": "referentiekader-2008",
}
ONLY_ONE = ("figures", "claims", "subjects", "recommendations", "status")


@pytest.mark.parametrize("kind", ONE_OF_MANY)
def test_a_page_of_each_kind_is_told_by_its_id(kmtui, kind):
    shown = kmtui("show", kind, ONE_OF_MANY[kind])
    assert (shown.status, shown.err) == (0, "")
    assert len(shown.out.splitlines()) > 5
    unknown = kmtui("show", kind, "atlantis")
    assert (unknown.status, unknown.out) == (2, "")
    assert f"unknown {kind} 'atlantis'" in unknown.err


@pytest.mark.parametrize("kind", ONLY_ONE)
def test_a_page_that_is_the_only_one_of_its_kind_takes_no_id(kmtui, kind):
    shown = kmtui("--lang", "en", "show", kind)
    assert (shown.status, shown.err) == (0, "")
    assert len(shown.out.splitlines()) > 5
    assert kmtui("show", kind, "atlantis").status == 2


def test_charts_are_drawn_to_the_width_and_in_the_signs_of_the_terminal(kmtui):
    what = ("show", "indicator", "5.controles-vergund")
    wide, narrow = kmtui(*what).out, kmtui.on_terminal(*what, COLUMNS=60)
    assert max(map(len, wide.splitlines())) == 100
    assert max(map(len, narrow.splitlines())) == 60
    assert "█" in wide
    assert "\x1b" not in narrow
    assert "█" not in kmtui(*what, LANG="C").out
    assert "▇" not in kmtui("show", "corps", "utrecht", LANG="C").out


def test_a_claim_that_does_not_hold_is_told_with_its_remark(kmtui, monitor, edition):
    text = joined(kmtui("--lang", "en", "show", "claims").out)
    for kind, counted in tally(verify(monitor, edition)).items():
        assert f"{counted[Outcome.CONTRADICTED]} Contradicted by the data, and known" in text, kind
    assert "Contradicted by the data, and new" not in text
    assert "Tabel 5 geeft 36 controles" in text
