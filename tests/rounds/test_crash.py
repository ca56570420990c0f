"""Writers that are killed, a disk that is full, a database that goes away: nothing acknowledged is lost or doubled."""

import json
import resource
import signal
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import pytest

from kmtui.rounds import actions as do
from kmtui.rounds.errors import JournalAwayError
from kmtui.rounds.journal import Journal
from kmtui.rounds.round import Round, verify

PATIENCE = 60.0


@pytest.fixture
def weighing(either):
    either.collect()
    either.do("chris", do.OpenSession(number=1))
    return either


def lines(count: int) -> list[str]:
    """So many proposals, each with a token of its own."""
    return [
        json.dumps({
            "kind": "propose", "corps": "south", "dimension": ("skill", "will")[at % 2], "level": "high",
            "reason": f"Look {at}.", "evidence": ["form/staff"], "token": f"proposal-{at:06}",
        })
        for at in range(count)
    ]  # fmt: skip


def writer(kmtui, place, who="ann", **options) -> subprocess.Popen:
    return subprocess.Popen(
        [kmtui.path, "round", "apply", place, "--as", who],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=kmtui.environment({}),
        **options,
    )


def recorded(place: str) -> list[str]:
    """The tokens of the proposals in a journal that verifies."""
    journal = Journal(place)
    try:
        assert verify(journal).faults == ()
        return [event.token for event, _ in journal.read() if event.token.startswith("proposal-")]
    finally:
        journal.close()


def test_kill_9_loses_nothing_that_was_acknowledged(weighing, kmtui):
    place, sent = weighing.place.database, lines(200)
    acknowledged = 0
    for wait_for in (7, 60, 25):
        process = writer(kmtui, place)
        feeder = threading.Thread(target=feed, args=(process, sent), daemon=True)
        feeder.start()
        for _ in range(wait_for):
            acknowledged = max(acknowledged, int(process.stdout.readline().split()[0]))
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
        feeder.join(PATIENCE)
        process.stdout.close()
        process.stderr.close()
        assert len(recorded(place)) >= acknowledged
    done = kmtui("round", "apply", place, "--as", "ann", stdin="\n".join(sent))
    assert (done.status, done.err) == (0, "")
    assert len(done.out.splitlines()) == len(sent)
    assert recorded(place) == [f"proposal-{at:06}" for at in range(len(sent))], "each once, in order"


def feed(process: subprocess.Popen, sent: list[str]) -> None:
    try:
        process.stdin.write("\n".join(sent) + "\n")
        process.stdin.close()
    except BrokenPipeError:
        process.stdin = None


def test_a_full_disk_is_named_and_nothing_is_half_written(table, kmtui, tmp_path):
    """The limit on the size of files stands in for a full disk; the system refuses to write in the same way."""
    table.collect()
    table.do("chris", do.OpenSession(number=1))
    table.close()
    place = table.place.database
    with sqlite3.connect(place) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    size = Path(place).stat().st_size

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40_000, resource.RLIM_INFINITY))

    process = writer(kmtui, place, preexec_fn=limit)
    out, err = process.communicate("\n".join(lines(400)), timeout=PATIENCE)
    assert process.returncode == 1
    assert "disk" in err
    assert "Traceback" not in err
    acknowledged = len(out.splitlines())
    assert 0 < acknowledged < 400
    assert len(recorded(place)) == acknowledged
    with Round.open(table.place, "ann", table.clock) as opened:
        opened.do(do.Withdraw(corps="south", dimension="skill"))


def test_a_folder_that_cannot_be_written_is_named(table, kmtui, tmp_path):
    table.close()
    (tmp_path / "file").write_text("")
    done = kmtui("round", "new", "next", "-o", tmp_path / "file" / "next.round")
    assert done.status == 1
    assert "file" in done.err
    done = kmtui("round", "status", tmp_path / "gone.round")
    assert (done.status, done.out) == (2, "")
    assert "found no such file" in done.err


def test_a_database_that_goes_away_and_comes_back(postgres, kmtui, make_table):
    table = make_table(postgres.new_database())
    table.start().enrol().collect()
    table.do("chris", do.OpenSession(number=1))
    table.close()
    place, sent = table.place.database, lines(60)
    process = writer(kmtui, place)
    numbers = []
    process.stdin.write("\n".join(sent[:20]) + "\n")
    process.stdin.flush()
    numbers += [process.stdout.readline() for _ in range(20)]
    postgres.stop()
    try:
        process.stdin.write(sent[20] + "\n")
        process.stdin.flush()
        heard = process.stderr.readline()
        assert "trying again" in heard
        assert "Traceback" not in heard
    finally:
        postgres.start()
    feed(process, sent[21:])
    numbers += process.stdout.read().splitlines()
    assert process.wait(PATIENCE) == 0
    process.stdout.close()
    process.stderr.close()
    assert len(numbers) == len(sent)
    assert recorded(place) == [f"proposal-{at:06}" for at in range(len(sent))]


def test_a_desk_outlives_its_database(postgres, make_table):
    """A round that is open reports the loss, and goes on where the database is back."""
    table = make_table(postgres.new_database())
    table.start().enrol().collect()
    table.do("chris", do.OpenSession(number=1))
    ann = table["ann"]
    ann.changed_since("")
    postgres.stop()
    try:
        with pytest.raises(JournalAwayError):
            ann.refresh()
        assert retried(lambda: lost(ann))
    finally:
        postgres.start()
    propose = do.Propose(corps="south", dimension="skill", level="high", reason="Seen.", evidence=("form/staff",))
    event = retried(lambda: ann.do(propose, token="after-the-loss"))
    assert event.seq == ann.state.seq
    with Round.open(table.place, "bob", table.clock) as bob:
        head = bob.state.head
        ann.changed_since("")
        bob.do(propose)
        end = time.monotonic() + PATIENCE
        while not ann.changed_since(head):
            assert time.monotonic() < end
            time.sleep(0.01)


def lost(opened: Round) -> bool:
    """Whether watching for changes reports that the database is gone; the farewell of the server comes first."""
    try:
        opened.changed_since(opened.state.head)
    except JournalAwayError:
        return True
    raise AssertionError


def retried(call):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return call()
        except Exception:
            assert time.monotonic() < end
            time.sleep(0.1)
