"""A round that is followed and written to in a thread of its own, so that the keyboard waits for no database.

One thread does both: what was asked is recorded in order, and in between it looks for what others did. Where the
database does not answer, the action is tried again with the same token until it is recorded or refused.
"""

import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import NamedTuple

from pydantic import ValidationError

from kmtui.rounds.actions import Action, Event
from kmtui.rounds.errors import JournalAwayError, RoundError
from kmtui.rounds.round import Round

LOOK_EVERY = 0.4
"""Seconds between two looks for what others did."""
BEAT, ABSENT = 15.0, 40.0
"""Seconds after which one says again where one is, and after which one has gone without a word."""
TRY_EVERY = 0.5
"""Seconds between two tries where the database does not answer."""
Outcome = Event | RoundError


class _Asked(NamedTuple):
    action: Action
    seen: int | None
    then: Callable[[Outcome], None]


class Live:
    """The round as it goes on. `tell` runs a function in the thread of the interface."""

    def __init__(self, opened: Round, tell: Callable[[Callable[[], None]], None], changed: Callable[[], None]) -> None:
        self.round = opened
        self.problem = ""
        """Why the database does not answer, empty where it does."""
        self.place = ""
        """The corps at whose desk the participant sits, so that others there see them."""
        self._announced, self._beaten = "", 0.0
        self._company: tuple[str, ...] = ()
        self._tell, self._changed = tell, changed
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._ended = threading.Event()
        self._waiting = 0
        self._head = opened.state.head
        self._thread = threading.Thread(target=self._work, daemon=True)

    @property
    def waiting(self) -> int:
        """How many actions are not recorded yet."""
        return self._waiting

    @property
    def company(self) -> tuple[str, ...]:
        """Who else sits at the desk of this corps."""
        return self._company

    def start(self) -> None:
        """Begin to follow the round."""
        self._thread.start()

    def stop(self) -> None:
        """Stop following it, once what is being done is done; what the database cannot take now is given up."""
        self._ended.set()
        self._asked.put(None)
        self._thread.join(timeout=2)

    def do(self, action: Action, then: Callable[[Outcome], None], seen: int | None = None) -> None:
        """Record an action; `then` gets its event, or why it was not recorded."""
        self._waiting += 1
        self._asked.put(_Asked(action, seen, then))

    def _work(self) -> None:
        while True:
            try:
                asked = self._asked.get(timeout=LOOK_EVERY)
            except Empty:
                self._look()
                continue
            if asked is None:
                self.place = ""
                with suppress(RoundError):
                    self._meet()
                return
            outcome = self._record(asked)
            if outcome is None:
                return
            self._waiting -= 1
            self._head = self.round.state.head
            self._tell(lambda asked=asked, outcome=outcome: asked.then(outcome))  # type: ignore[misc]
            self._tell(self._changed)

    def _record(self, asked: _Asked) -> Outcome | None:
        token = uuid.uuid4().hex
        while True:
            try:
                event = self.round.do(asked.action, seen=asked.seen, token=token)
            except JournalAwayError as error:
                self._report(str(error))
                if self._ended.wait(TRY_EVERY):
                    return None
                continue
            except RoundError as error:
                self._report("")
                return error
            self._report("")
            return event

    def _look(self) -> None:
        try:
            changed = self._meet() | self._read()
        except RoundError as error:
            self._report(str(error))
            return
        self._report("")
        if changed:
            self._tell(self._changed)

    def _read(self) -> bool:
        """Whether others have done anything."""
        before = self._head
        if self.round.changed_since(before):
            self._head = self.round.state.head
        return self._head != before

    def _meet(self) -> bool:
        """Say where the participant is, and find who else is there; whether that has changed."""
        journal, now = self.round.journal, time.time()
        if self.place != self._announced or (self.place and now > self._beaten + BEAT):
            journal.announce(self.round.who, self.place, now)
            self._announced, self._beaten = self.place, now
        before = self._company
        found = journal.present() if self.place else {}
        self._company = tuple(
            who
            for who, (place, at) in sorted(found.items())
            if place == self.place and who != self.round.who and at > now - ABSENT
        )
        return self._company != before

    def _report(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self._tell(self._changed)


def fault_of(error: ValidationError) -> str:
    """What is wrong with the words of an action, in one line."""
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
