"""The journal keeps every event once, in order, chained; and says so when somebody has changed it."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from kmtui.rounds import actions as do
from kmtui.rounds import round as rounds
from kmtui.rounds.errors import ConflictError, JournalAwayError, JournalError
from kmtui.rounds.journal import Journal
from kmtui.rounds.round import Round, verify
from kmtui.rounds.state import LAYOUT


def score(level="high", reason="Seen.", dimension="skill", corps="south"):
    return do.Propose(corps=corps, dimension=dimension, level=level, reason=reason, evidence=("form/staff",))


def until(holds) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_whole_round_verifies_and_replays_to_the_same_state(either, journal_of):
    either.whole()
    found = verify(journal_of(either))
    assert found.faults == ()
    assert found.events == either.state.seq
    with Round.open(either.place, "ann", either.clock) as opened:
        assert opened.whole == either.state


def test_an_event_has_who_when_role_old_and_new(either):
    either.collect()
    either.do("chris", do.OpenSession(number=1))
    either.do("ann", score("low", "First look."))
    event = either.do("ann", score("high", "Second look."))
    assert (event.by, event.role, event.old["level"], event.old["reason"]) == ("ann", "weigher", "low", "First look.")
    assert [one.action.level for one in either["ann"].history("proposal/south/skill")] == ["low", "high"]


def test_everybody_sees_what_others_did_when_they_look(either):
    either.collect()
    either.do("chris", do.OpenSession(number=1))
    ann, bob = either["ann"], either["bob"]
    bob.changed_since("")
    assert ann.refresh() == ann.state
    head = bob.refresh().head
    assert not bob.changed_since(head)
    ann.do(score())
    until(lambda: bob.changed_since(head))
    assert bob.state.cell("south", "skill").proposals["ann"].level == "high"
    assert not bob.changed_since(bob.state.head)


def test_of_two_who_settle_one_score_the_second_is_shown_the_first(either):
    either.do("office", do.Enrol(id="carl", roles=("chair",)))
    either.collect()
    either.do("chris", do.OpenSession(number=1), do.CloseSession(), do.OpenSession(number=2))
    seen = either["carl"].refresh().seq
    settle = do.Settle(corps="south", dimension="skill", level="low", reason="Together.", evidence=("form/staff",))
    either.do("chris", settle)
    other = settle.model_copy(update={"level": "high"})
    with pytest.raises(ConflictError, match=r"chris changed score/south/skill") as error:
        either["carl"].do(other, seen=seen)
    assert error.value.events[0].action == settle
    either["carl"].do(other, seen=error.value.events[-1].seq)
    assert [one.action.level for one in either["carl"].history("score/south/skill")] == ["low", "high"]


def test_two_weighers_on_one_cell_are_no_conflict_but_one_weigher_at_two_desks_is(either):
    either.collect()
    either.do("chris", do.OpenSession(number=1))
    seen = either["bob"].refresh().seq
    either.do("ann", score())
    either["bob"].do(score("low"), seen=seen)
    with Round.open(either.place, "bob", either.clock) as elsewhere, pytest.raises(ConflictError):
        elsewhere.do(score("mid"), seen=seen)


def test_what_is_sent_again_is_recorded_once(either):
    either.collect()
    either.do("chris", do.OpenSession(number=1))
    first = either["ann"].do(score(), token="a-token-of-mine")
    with Round.open(either.place, "ann", either.clock) as again:
        assert again.do(score(), token="a-token-of-mine") == first
    assert either["ann"].do(score(), token="a-token-of-mine") == first
    assert len(either["ann"].history("proposal/south/skill")) == 1


def test_many_writers_leave_one_chain(either, journal_of):
    either.collect()
    either.do("chris", do.OpenSession(number=1))
    for number in range(6):
        either.do("office", do.Enrol(id=f"w{number}", roles=("weigher",)))
    acknowledged: list[int] = []
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with Round.open(either.place, f"w{number}", either.clock) as mine:
                for at in range(10):
                    acknowledged.append(mine.do(score(reason=f"{number} {at}")).seq)
        except BaseException as error:
            failures.append(error)

    before = either.state.seq
    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    assert sorted(acknowledged) == list(range(before + 1, before + 61))
    assert verify(journal_of(either)).faults == ()


def changed(file: Path, statement: str) -> tuple[str, ...]:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()
    journal = Journal(file)
    try:
        return verify(journal).faults
    finally:
        journal.close()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE event SET record = replace(record, 'high', 'low') WHERE seq = {last}", "event {last}: its hash"),
        ("DELETE FROM event WHERE seq = 5", "event 5: found event 6 in its place"),
        ("UPDATE event SET hash = 'x' WHERE seq = 7", "event 7: its hash"),
        ("UPDATE event SET about = 'score/x/y' WHERE seq = {last}", "event {last}: its columns differ"),
        ("UPDATE event SET record = '{{}}' WHERE seq = 4", "event 4"),
        ("UPDATE file SET content = x'00'", "its content was changed"),
        ("DELETE FROM file", "its content is not there"),
    ],
)
def test_what_somebody_changed_is_found(table, statement, fault):
    table.collect().interview().weigh()
    last = next(event.seq for event, _ in reversed(list(table["ann"].journal.read())) if event.action.kind == "propose")
    table.close()
    found = changed(Path(table.place.database), statement.format(last=last))
    assert any(fault.format(last=last) in line for line in found), found


def test_an_event_that_the_rules_forbid_is_found_even_with_a_good_hash(table, journal_of):
    table.collect()
    table.do("chris", do.OpenSession(number=1))
    journal = journal_of(table)
    state = table.state

    def forge(rows, since):
        return do.Event(
            seq=state.seq + 1, at=table.clock(), by="nora", role="weigher", token="forged-event",
            action=score(corps="north"),
        )  # fmt: skip

    journal.append(forge, state.seq, "forged-event")
    assert "nobody assesses their own corps" in verify(journal).faults[0]


def test_a_newer_kind_of_event_is_named(table):
    table.close()
    with sqlite3.connect(table.place.database) as connection:
        connection.execute("""UPDATE event SET record = replace(record, '"v":1', '"v":2') WHERE seq = 3""")
    connection.close()
    with pytest.raises(JournalError, match=r"event 3: action\.enrol\.v: .* written by a newer kmtui"):
        Round.open(table.place, "ann")


def test_the_cached_state_is_dropped_where_the_journal_differs(table, monkeypatch):
    monkeypatch.setattr(rounds, "SNAPSHOT_AFTER", 5)
    table.collect()
    Round.open(table.place, "ann").close()
    with Round.open(table.place, "ann") as opened:
        assert opened.journal.snapshot(LAYOUT)[0] > 5
        assert opened.whole == table.state
    table.close()
    with sqlite3.connect(table.place.database) as connection:
        connection.execute("UPDATE snapshot SET state = x'81a3736571ff'")
    connection.close()
    with Round.open(table.place, "ann") as opened:
        assert opened.whole.forms


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"SQLite format 3\0 and then nothing", "not a database|malformed"), (b"text", "not a database")],
)
def test_what_is_no_journal_is_named(tmp_path, content, problem):
    file = tmp_path / "odd.round"
    file.write_bytes(content)
    with pytest.raises(JournalError, match=problem):
        Journal(file)


def test_a_database_without_a_round_and_one_that_is_not_there(tmp_path, database):
    Journal(database, create=True).close()
    with pytest.raises(JournalError, match="already"):
        Journal(database, create=True)
    empty = tmp_path / "empty.round"
    sqlite3.connect(empty).execute("CREATE TABLE x (y)").connection.close()
    with pytest.raises(JournalError, match="no round in this database"):
        Journal(empty)
    with pytest.raises(JournalError, match="found no such file"):
        Journal(tmp_path / "none.round")
    with pytest.raises(JournalAwayError, match="nowhere"):
        Journal(f"postgresql://kmtui:secret@/nowhere?host={tmp_path}")
    with pytest.raises(JournalError, match="mysql: found this kind of database"):
        Journal("mysql://x/y")


def test_who_is_at_work_where_is_known_until_they_leave_and_is_no_event(either):
    events = either.state.seq
    either["ann"].journal.announce("ann", "north", 1.0)
    either["bob"].journal.announce("bob", "north", 2.0)
    either["ann"].journal.announce("ann", "south", 3.0)
    assert either["bob"].journal.present() == {"ann": ("south", 3.0), "bob": ("north", 2.0)}
    either["ann"].journal.announce("ann", "", 4.0)
    assert either["bob"].journal.present() == {"bob": ("north", 2.0)}
    assert either.state.seq == events
