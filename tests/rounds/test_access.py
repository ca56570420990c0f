"""Where rounds are found, and as whom an account may act."""

import pytest

from kmtui.rounds import access
from kmtui.rounds.access import Place, find, identify, read_people, remember_person
from kmtui.rounds.errors import IdentityError, PlaceError


@pytest.fixture
def rounds(tmp_path, monkeypatch):
    folder = tmp_path / "rounds"
    folder.mkdir()
    monkeypatch.setenv("KMTUI_ROUNDS", str(folder))
    return folder


def test_a_round_by_id_path_pointer_and_url(rounds, tmp_path):
    (rounds / "one.round").write_text("")
    (rounds / "two.toml").write_text('database = "postgresql://host/two"\n')
    (rounds / "two.people.toml").write_text("")
    assert find("one") == Place(str(rounds / "one.round"), rounds / "one.round")
    assert find(str(rounds / "one.round")).file == rounds / "one.round"
    assert find("two").database == "postgresql://host/two"
    assert find("postgresql://host/x") == Place("postgresql://host/x", None)
    assert access.known_rounds() == ["one", "two"]
    with pytest.raises(PlaceError, match=r"unknown round 'on' \(did you mean 'one'\?\)"):
        find("on")
    with pytest.raises(PlaceError, match="found no such file"):
        find(str(tmp_path / "x.round"))


@pytest.mark.parametrize(("text", "problem"), [("database = 3", "database"), ("", "database"), ("x", "TOML")])
def test_a_pointer_with_faults_is_named(rounds, text, problem):
    (rounds / "two.toml").write_text(text)
    with pytest.raises(Exception, match=problem):
        find("two")


def test_the_owner_acts_for_anybody_and_others_for_themselves(table, monkeypatch):
    place = find(table.place.database)
    assert identify(table.state, place, None) == "office"
    assert identify(table.state, place, "ann") == "ann"
    with pytest.raises(IdentityError, match="did you mean 'ann'"):
        identify(table.state, place, "anne")
    remember_person(place, "bob", "Bob B.", "bob-account")
    monkeypatch.setattr(access, "account", lambda: "bob-account")
    assert identify(table.state, place, None) == "bob"
    monkeypatch.setattr(Place, "owned", False)
    assert identify(table.state, place, None) == "bob"
    assert identify(table.state, place, "bob") == "bob"
    for other in ("ann", "office", "nobody-at-all"):
        with pytest.raises(IdentityError, match=f"cannot act as '{other}'"):
            identify(table.state, place, other)
    monkeypatch.setattr(access, "account", lambda: "stranger")
    with pytest.raises(IdentityError, match="is no participant of this round"):
        identify(table.state, place, None)


def test_the_environment_does_not_say_who_somebody_is(monkeypatch):
    mine = access.account()
    for name in ("USER", "LOGNAME", "LNAME", "USERNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "somebody-else")
    assert access.account() == mine


def test_names_stay_beside_the_journal(table, kmtui):
    place = find(table.place.database)
    table.close()
    file = place.file
    assert kmtui("round", "people", file, "--set", "ann", "--name", "Ann Example", "--account", "ann1").status == 0
    assert read_people(place)["ann"].name == "Ann Example"
    assert place.people.stat().st_mode & 0o077 == 0
    assert "Ann Example" in kmtui("round", "people", file, "--names").out
    with pytest.raises(IdentityError, match="is that of 'ann'"):
        remember_person(place, "bob", None, "ann1")
    for command in (["people", file], ["log", file], ["log", file, "--json"], ["export", file], ["status", file]):
        done = kmtui("round", *command)
        assert done.status == 0
        assert "Example" not in done.out + done.err
        assert "ann1" not in done.out + done.err
