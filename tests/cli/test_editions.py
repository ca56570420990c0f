"""`kmtui editions`, and how all commands go on beside an edition that is broken."""

import pytest

from kmtui.plugins.discovery import bundled_folder

BUNDLED = bundled_folder("editions") / "2012"
BROKEN = ("corps/utrecht.toml", 'level = "groen"', 'level = "groan"')


@pytest.fixture
def broken(copied):
    """A later edition with one unknown level."""
    return copied(
        "later", ("edition.toml", 'id = "2012"', 'id = "2014"'), ("edition.toml", "2012-12-31", "2014-12-31"), BROKEN
    )


def test_the_list_says_what_and_where(kmtui, copied, tmp_path):
    copied("shelf/good", ("edition.toml", 'id = "2012"', 'id = "2010"'), ("edition.toml", "2011-01-01", "2009-01-01"),
           ("edition.toml", "2012-12-31", "2010-12-31"))  # fmt: skip
    copied("shelf/head", ("edition.toml", "id = ", "id "))
    listed = kmtui("--edition-dir", tmp_path / "shelf", "editions", "list")
    assert (listed.status, listed.err) == (0, "")
    lines = listed.out.splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert [head.split("  ")[0] for head in heads] == ["2008", "2010", "2012", "head"]
    assert heads[1].startswith("2010  2009-01-01 to 2010-12-31  referentiekader-2008  27 corps  Korpsmonitor")
    assert heads[2].startswith("2012  2011-01-01 to 2012-12-31  referentiekader-2008  27 corps  Korpsmonitor")
    assert heads[3].startswith("head  cannot be opened: ")
    assert f"{tmp_path / 'shelf/head/edition.toml'}:1:" in heads[3]
    assert f"    from   {tmp_path / 'shelf' / 'good'}" in lines
    assert f"    from   {BUNDLED}" in lines


def test_a_good_edition_is_checked_by_id_by_folder_or_with_all(kmtui, monitor, copied):
    folder = copied("mine")
    found = [entry.folder for entry in monitor.entries]
    for arguments, folders in (
        (["2012"], [BUNDLED]),
        ([BUNDLED], [BUNDLED]),
        ([], found),
        ([folder], [folder]),
        (["2012", folder], [BUNDLED, folder]),
    ):
        checked = kmtui("editions", "check", *arguments)
        assert (checked.status, checked.out) == (0, "")
        lines = checked.err.splitlines()
        assert [line.partition(": ")[0] for line in lines] == [str(folder) for folder in folders]
        assert all(line.endswith(" scores, no faults") for line in lines)
        assert f"{folders[-1]}: 27 corps, 459 scores, no faults" in lines


def test_faults_are_results_and_the_count_is_not(kmtui, broken):
    for arguments in (["check", broken], ["check", "2014"], ["check"], ["check", "2012", "2014"]):
        checked = kmtui("--edition-dir", broken, "editions", *arguments)
        assert checked.status == 1
        (line,) = checked.out.splitlines()
        assert line.startswith(f"{broken / 'corps/utrecht.toml'}: scores.")
        assert line.endswith("unknown level 'groan' (did you mean 'groen'?)")
        assert str(broken) in checked.err


def test_a_folder_may_be_named_from_where_the_user_is(kmtui, broken, tmp_path):
    assert "later/corps/utrecht.toml: " in kmtui("editions", "check", "later", cwd=tmp_path).out
    (broken / "edition.toml").unlink()
    for name in (broken, "./later", "later/"):
        checked = kmtui("editions", "check", name, cwd=tmp_path)
        assert checked.status == 1
        assert "edition.toml: found no such file" in checked.out


def test_a_key_from_a_file_is_shown_and_not_obeyed(kmtui, copied):
    folder = copied("mine", ("corps/utrecht.toml", "name = ", '"\\u001b[31mna\\u202em" = 1\nname = '))
    shown = kmtui.on_terminal("editions", "check", folder)
    assert "␛[31mna<U+202E>m: unknown key" in shown
    assert "\x1b" not in shown


def test_a_broken_edition_stops_nothing_and_is_told(kmtui, broken):
    for arguments in (
        ["export"],
        ["export", "--edition", "all"],
        ["export", "--edition", "2012"],
        ["show", "corps", "utrecht"],
        ["verify"],
    ):
        good, beside = kmtui(*arguments), kmtui("--edition-dir", broken, *arguments)
        assert (beside.status, beside.out) == (good.status, good.out)


@pytest.mark.parametrize(
    "arguments", [["export"], ["export", "--edition", "all"], ["show", "corps", "utrecht"], ["verify"]]
)
def test_an_edition_that_is_passed_over_is_told_beside_the_result(kmtui, broken, arguments):
    """Else an analyst takes the older scores for the newest, or some editions for all."""
    told = kmtui("--edition-dir", broken, *arguments).err
    assert f"kmtui: edition '2014' is passed over: {broken / 'corps/utrecht.toml'}: scores." in told


def test_an_edition_that_nobody_asked_for_is_not_told(kmtui, broken):
    assert kmtui("--edition-dir", broken, "export", "--edition", "2012").err == ""


def test_a_broken_edition_that_is_asked_for_says_why(kmtui, broken):
    for arguments in (["export", "--edition", "2014"], ["show", "corps", "utrecht", "--edition", "2014"]):
        refused = kmtui("--edition-dir", broken, *arguments)
        assert (refused.status, refused.out) == (1, "")
        assert f"{broken / 'corps/utrecht.toml'}: scores." in refused.err
        assert "unknown level 'groan'" in refused.err


def test_where_no_edition_can_be_opened_the_faults_are_told(kmtui, monitor, copied, tmp_path):
    """Broken ones take the place of all others: nobody asked for one that is called `newest`."""
    copied("shelf/2012", BROKEN)
    for name in set(monitor.edition_ids) - {"2012"}:
        (tmp_path / "shelf" / name).mkdir()
    refused = kmtui("--edition-dir", tmp_path / "shelf", "export")
    assert (refused.status, refused.out) == (1, "")
    assert "unknown level 'groan'" in refused.err
    assert f"kmtui: {tmp_path / 'shelf/2010/edition.toml'}: found no such file" in refused.err
    assert "'newest'" not in refused.err


@pytest.mark.parametrize("arguments", [[], ["--edition", "2012"], ["--edition", "all"]])
def test_an_edition_folder_that_is_not_there_is_told(kmtui, tmp_path, arguments):
    exported = kmtui("--edition-dir", tmp_path / "typo", "export", "verdicts", *arguments)
    assert (exported.status, exported.out) == (0, kmtui("export", "verdicts", *arguments).out)
    missing = tmp_path / "typo" / "edition.toml"
    assert exported.err == f"kmtui: edition 'typo' is passed over: {missing}: found no such file\n"
