"""A round on the bundled framework, its people, and a hand at the interface of each of them."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from kmtui import Monitor
from kmtui.model.questionnaire import Chapter, Question, Questionnaire
from kmtui.rounds import actions as do
from kmtui.rounds.access import Place
from kmtui.rounds.actions import Action, Event
from kmtui.rounds.round import Round
from kmtui.rounds.state import State
from kmtui.tui.rounds.app import RoundApp

DAY = datetime(2015, 1, 5, 9, 0, tzinfo=UTC)
SCHEME = "referentiekader-2008"
PEOPLE = {
    "ann": (("weigher", "interviewer"), {}),
    "bob": (("weigher", "interviewer"), {}),
    "nora": (("weigher",), {"corps": "north"}),
    "chris": (("chair",), {}),
    "dee": (("analyst",), {}),
    "nick": (("note-taker",), {}),
    "sam": (("expert",), {"corps": "south"}),
    "sue": (("leadership",), {"corps": "south"}),
    "pat": (("partner",), {"partner": "om"}),
}
ANSWERS = {
    "staff": do.Answer(kind="number", value=12),
    "story": do.Answer(kind="unknown", reason="Nobody kept it."),
}


class Table:
    """Everybody who takes part in one round, each with a connection of their own."""

    def __init__(self, file: Path, monitor: Monitor) -> None:
        self.place, self.monitor, self.now = Place(str(file), file), monitor, DAY
        self._open: dict[str, Round] = {}
        self.framework = monitor.weigher(SCHEME).framework
        self.dimensions = self.framework.dimension_ids

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def start(self) -> "Table":
        begin = do.Begin(
            round="next",
            title="The next edition",
            start=date(2013, 1, 1),
            end=date(2014, 12, 31),
            publisher="a test",
            framework=self.framework.id,
            scheme=SCHEME,
            corps={"north": "North", "south": "South"},
            dimensions=self.dimensions,
            levels=self.framework.scale.ids,
            blank=self.framework.scale.blank.id,
            partners={"om": "om"},
            owner="office",
        )
        self._open["office"] = Round.create(self.place.database, begin, self.clock)
        for name, (roles, more) in PEOPLE.items():
            self.do("office", do.Enrol(id=name, roles=roles, **more))
        return self

    def __getitem__(self, who: str) -> Round:
        if who not in self._open:
            self._open[who] = self.opened(who)
        return self._open[who]

    def opened(self, who: str) -> Round:
        return Round.open(self.place, who, self.clock)

    def do(self, who: str, *actions: Action) -> Event:
        for action in actions:
            event = self[who].do(action)
        return event

    @property
    def state(self) -> State:
        self["office"].refresh()
        return self["office"].whole

    def close(self) -> None:
        for one in self._open.values():
            one.close()

    # Parts of a round

    def ask(self) -> "Table":
        chapter = Chapter(id="all", title="All")
        asked = (
            Question(id="staff", chapter="all", text="How many staff?", type="number", feeds=self.dimensions[:1]),
            Question(id="story", chapter="all", text="Tell us.", type="text"),
        )
        questions = Questionnaire(
            id="questions", version=1, title="Questions", source="a test", chapters=(chapter,), questions=asked
        )
        self.do("office", do.Ask(questionnaire=questions))
        return self

    def collect(self) -> "Table":
        self.ask()
        for name in self.state.of.corps:
            self.do("office", do.Send(corps=name), do.Receive(corps=name, author="expert", answers=ANSWERS))
            self.do("dee", do.Accept(corps=name))
        return self

    def interview(self, *corps: str) -> "Table":
        for name in corps or self.state.of.corps:
            plan = do.Plan(subject=name, on=date(2015, 2, 1), interviewers=("ann", "bob"), note_taker="nick")
            self.do("office", plan, do.Hold(subject=name, on=date(2015, 2, 1)))
            late = (self.now + timedelta(days=30)).date()
            draft = self["nick"].attach("draft", b"draft " + name.encode(), "draft", subject=name, delete_by=late)
            self.do("nick", do.Draft(subject=name, file=draft))
            self.do("ann", do.Check(subject=name))
            self.do("nick", do.Offer(subject=name))
            self.do("office", do.React(subject=name, approves=True))
            report = self["nick"].attach("report", b"report " + name.encode(), "report", subject=name)
            self.do("nick", do.Finalise(subject=name, file=report))
            self.do("office", do.Delete(hash=draft, reason="The report is final."))
        return self

    def score(self, kind: type[Action], corps: str, at: int, level: str | None, **more: Any) -> Action:
        data = {"corps": corps, "dimension": self.dimensions[at], "level": level, "reason": "Seen."}
        return kind.model_validate(data | {"evidence": ("form/staff",) if level else ()} | more)

    def propose(self, who: str, corps: str = "south", level: str = "groen", only: int | None = None) -> "Table":
        for at in range(len(self.dimensions)) if only is None else (only,):
            self.do(who, self.score(do.Propose, corps, at, level))
        return self

    def judge(self) -> "Table":
        for corps in self.state.of.corps:
            judgement = do.Judge(corps=corps, column="om", level="groen", reason="Seen.", evidence=("form/staff",))
            self.do("ann", judgement)
        self.do("office", do.Hear(partner="om"), do.Answered(partner="om", text="We do what we can."))
        self.do("chris", do.Approve(partner="om"))
        return self

    def whole(self) -> "Table":
        self.collect().interview()
        self.do("chris", do.OpenSession(number=1))
        for who in ("ann", "bob"):
            for corps in self.state.of.corps:
                self.propose(who, corps)
        self.do("chris", do.CloseSession())
        return self.judge()


class Hand:
    """Someone at the interface of a round."""

    def __init__(self, app: RoundApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait for it, but not for ever."""
        for _ in range(1000):
            if holds():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"this did not come about: {what or holds}\n{self.text}")

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def line(self, words: str) -> str:
        """The first line of the screen with these words."""
        return next(line for line in self.text.splitlines() if words in line)

    def static(self, name: str) -> str:
        """What a line or pane holds, before it is fitted into the screen."""
        return str(self.app.screen.query_one(f"#{name}", Static).visual)


@pytest.fixture
def table(tmp_path: Path, monitor: Monitor) -> Iterator[Table]:
    """A round that has begun, with its people."""
    made = Table(tmp_path / "next.round", monitor).start()
    yield made
    made.close()


@pytest.fixture
def sit(table: Table) -> Callable[..., Any]:
    """Sit down at the interface: `async with sit("ann", size=(80, 24)) as hand`."""

    @asynccontextmanager
    async def sitting(who: str, *, language: str = "en", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Hand]:
        with table.opened(who) as opened:
            app = RoundApp(opened, table.monitor, language)
            async with app.run_test(size=size) as pilot:
                yield Hand(app, pilot)

    return sitting
