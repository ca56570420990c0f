"""A small round on SQLite and on a private PostgreSQL, and its people."""

import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kmtui.model.questionnaire import Chapter, Question, Questionnaire
from kmtui.rounds import actions as do
from kmtui.rounds.access import Place
from kmtui.rounds.journal import Journal
from kmtui.rounds.round import Round

DAY = datetime(2015, 1, 5, 9, 0, tzinfo=UTC)
"""When everything in the tests happens; each event a second after the one before."""
PATIENCE = 60.0


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Wait for something to come about."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"this did not come about: {what}"
        time.sleep(0.01)


def begin(**changes) -> do.Begin:
    data = {
        "round": "next",
        "title": "The next edition",
        "start": date(2013, 1, 1),
        "end": date(2014, 12, 31),
        "publisher": "a test",
        "framework": "plain",
        "scheme": "plain",
        "corps": {"north": "North", "south": "South"},
        "dimensions": ("skill", "will"),
        "levels": ("low", "mid", "high"),
        "blank": "none",
        "partners": {"shelter-reach": "shelter", "shelter-beds": "shelter", "court": "court"},
        "owner": "office",
    }
    return do.Begin(**(data | changes))


QUESTIONS = Questionnaire(
    id="questions",
    version=1,
    title="Questions",
    source="a test",
    chapters=(Chapter(id="all", title="All"),),
    questions=(
        Question(id="staff", chapter="all", text="How many staff?", type="number", feeds=("skill",)),
        Question(id="plan", chapter="all", text="Is there a plan?", type="choice", choices=("yes", "no")),
        Question(id="story", chapter="all", text="Tell us.", type="text"),
    ),
)
ANSWERS = {
    "staff": do.Answer(kind="number", value=12),
    "plan": do.Answer(kind="choice", value="yes"),
    "story": do.Answer(kind="unknown", reason="Nobody kept it."),
}
PEOPLE = (
    do.Enrol(id="ann", roles=("weigher", "interviewer")),
    do.Enrol(id="bob", roles=("weigher", "interviewer")),
    do.Enrol(id="nora", roles=("weigher", "expert"), corps="north"),
    do.Enrol(id="chris", roles=("chair",)),
    do.Enrol(id="dee", roles=("analyst",)),
    do.Enrol(id="nick", roles=("note-taker",)),
    do.Enrol(id="sam", roles=("expert",), corps="south"),
    do.Enrol(id="sue", roles=("leadership",), corps="south"),
    do.Enrol(id="pat", roles=("partner",), partner="shelter"),
)


class Table:
    """Everybody who takes part in one round, each with a connection of their own."""

    questions, answers = QUESTIONS, ANSWERS

    def __init__(self, database: str) -> None:
        self.place = Place(database, None)
        self.now = DAY
        self._open: dict[str, Round] = {}

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def start(self, **changes) -> "Table":
        self._open["office"] = Round.create(self.place.database, begin(**changes), self.clock)
        return self

    def __getitem__(self, who: str) -> Round:
        if who not in self._open:
            self._open[who] = Round.open(self.place, who, self.clock)
        return self._open[who]

    def do(self, who: str, *actions: do.Action) -> do.Event:
        for action in actions:
            event = self[who].do(action)
        return event

    @property
    def state(self):
        self["office"].refresh()
        return self["office"].whole

    def close(self) -> None:
        for one in self._open.values():
            one.close()
        self._open.clear()

    # Parts of a round

    def enrol(self) -> "Table":
        self.do("office", *PEOPLE)
        return self

    def collect(self, *corps: str) -> "Table":
        if self.state.questionnaire is None:
            self.do("office", do.Ask(questionnaire=QUESTIONS))
        for name in corps or self.state.of.corps:
            self.do("office", do.Send(corps=name), do.Receive(corps=name, author="expert", answers=ANSWERS))
            self.do("dee", do.Accept(corps=name))
        return self

    def interview(self, *corps: str) -> "Table":
        for name in corps or self.state.of.corps:
            expert = {"north": "nora", "south": "sam"}[name]
            plan = do.Plan(subject=name, on=date(2015, 2, 1), interviewers=("ann", "bob"), note_taker="nick")
            self.do("office", plan)
            self.do("nick", do.Hold(subject=name, on=date(2015, 2, 1)))
            late = (self.now + timedelta(days=30)).date()
            draft = self["nick"].attach("draft", b"draft " + name.encode(), "draft", subject=name, delete_by=late)
            self.do("nick", do.Draft(subject=name, file=draft))
            self.do("ann", do.Check(subject=name))
            self.do("nick", do.Offer(subject=name))
            self.do(expert, do.React(subject=name, approves=True))
            report = self["nick"].attach("report", b"report " + name.encode(), "report", subject=name)
            self.do("nick", do.Finalise(subject=name, file=report))
            self.do("office", do.Delete(hash=draft, reason="The report is final."))
        return self

    def weigh(self) -> "Table":
        self.do("chris", do.OpenSession(number=1))
        for corps in self.state.of.corps:
            for dimension in self.state.of.dimensions:
                score = do.Propose(
                    corps=corps, dimension=dimension, level="high", reason="Seen.", evidence=(f"interview/{corps}",)
                )
                self.do("ann", score)
                self.do("bob", score)
        self.do("chris", do.CloseSession())
        return self

    def judge(self) -> "Table":
        for corps in self.state.of.corps:
            for column in self.state.of.partners:
                reason, points = "They answer.", ("They answer.",)
                judgement = do.Judge(
                    corps=corps, column=column, level="mid", reason=reason, evidence=("form/staff",), points_for=points
                )
                self.do("ann", judgement)
        for partner in dict.fromkeys(self.state.of.partners.values()):
            self.do("office", do.Hear(partner=partner), do.Answered(partner=partner, text="We do what we can."))
            self.do("chris", do.Approve(partner=partner))
        return self

    def whole(self) -> "Table":
        return self.enrol().collect().interview().weigh().judge()


class Postgres:
    """A private PostgreSQL that listens on a socket in a folder of its own."""

    def __init__(self, programs: Path, folder: Path, prefix: list[str]) -> None:
        self.programs, self.folder, self.prefix = programs, folder, prefix

    def run(self, program: str, *arguments: object) -> None:
        command = [*self.prefix, str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, cwd=self.folder, timeout=120)
        assert done.returncode == 0, done.stderr.decode()

    def start(self) -> None:
        options = f"-c listen_addresses= -k {self.folder} -c fsync=off -c max_connections=100"
        log = ("-l", self.folder / "log")
        self.run("pg_ctl", "-D", self.folder / "data", *log, "-w", "-t", 60, "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def url(self, database: str) -> str:
        return f"postgresql://kmtui@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        import psycopg

        name = f"round_{uuid.uuid4().hex}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for the tests of this process; skips them where there is none."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(programs[-1]) if programs else shutil.which("initdb")
    if initdb is None:
        pytest.skip("this machine has no PostgreSQL (postgresql)")
    bin_folder = Path(initdb).parent
    root = os.getuid() == 0
    user = "postgres" if root and _exists("postgres") else "nobody"
    folder = Path(tempfile.mkdtemp(prefix="kmtui-pg-", dir="/tmp"))  # a socket's path has to be short
    if root:
        shutil.chown(folder, user)

    server = Postgres(bin_folder, folder, ["runuser", "-u", user, "--"] if root else [])
    server.run("initdb", "-D", folder / "data", "-U", "kmtui", "-A", "trust", "--no-sync")
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _exists(user: str) -> bool:
    import pwd

    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


@pytest.fixture
def until() -> Callable[[Callable[[], object], str], None]:
    """Wait for something to come about."""
    return wait_until


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new round can be made, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "next.round")
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """A round on SQLite that has begun, with its people."""
    made = Table(str(tmp_path / "next.round")).start().enrol()
    yield made
    made.close()


@pytest.fixture
def either(database: str) -> Iterator[Table]:
    """The same on either database."""
    made = Table(database).start().enrol()
    yield made
    made.close()


@pytest.fixture
def make_table() -> Iterator[Callable[[str], Table]]:
    """Make tables for databases, and close them."""
    made: list[Table] = []

    def make(database: str) -> Table:
        made.append(Table(database))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def journal_of():
    """The journal of a table, on a connection of its own."""
    opened: list[Journal] = []

    def journal(table: Table) -> Journal:
        opened.append(Journal(table.place.database))
        return opened[-1]

    yield journal
    for one in opened:
        one.close()
