"""A round that is open to one participant: what they see of it, and what they do in it."""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Self, cast

import msgspec

from kmtui.files.faults import unknown
from kmtui.model.base import Text
from kmtui.rounds.access import Place, find, identify
from kmtui.rounds.actions import Action, AnyAction, Attach, Begin, Delete, Event, Role
from kmtui.rounds.errors import ConflictError, JournalError, RefusedError, UnknownNameError
from kmtui.rounds.journal import LARGEST_FILE, START, Journal, Row, digest_of, event_of
from kmtui.rounds.rules import decide, may
from kmtui.rounds.sight import seen_by, sees
from kmtui.rounds.state import LAYOUT, Participant, State, apply, replay

SNAPSHOT_AFTER = 1500
"""Events that are replayed before the state is cached again."""


def now() -> datetime:
    """The time of an event."""
    return datetime.now(UTC)


class Round:
    """A round, open to one participant. `state` is what they may see; `do` is the only way to change anything."""

    def __init__(self, journal: Journal, who: str, clock: Callable[[], datetime] = now, state: State = State()) -> None:  # noqa: B008
        self.journal, self.who, self._clock = journal, who, clock
        self._state = state
        self._seen: State | None = None

    @classmethod
    def create(cls, database: str, begin: Begin, clock: Callable[[], datetime] = now) -> Self:
        """A new round in a database where there is none (raises JournalError); its owner is its first participant."""
        journal = Journal(database, create=True)
        opened = cls(journal, begin.owner, clock)
        try:
            opened.do(begin)
        except BaseException:
            opened.close()
            raise
        return opened

    @classmethod
    def open(cls, place: str | Place, as_id: str | None = None, clock: Callable[[], datetime] = now) -> Self:
        """The round of this id, path or URL, as this participant.

        Without `as_id`, as the participant whose account runs the process. Raises JournalError, or IdentityError where
        the account may not act as the participant.
        """
        place = place if isinstance(place, Place) else find(place)
        journal = Journal(place.database)
        try:
            state = _current(journal)
            return cls(journal, identify(state, place, as_id), clock, state)
        except BaseException:
            journal.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self.journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def me(self) -> Participant | None:
        """The participant who has it open."""
        return self._state.participants.get(self.who)

    @property
    def today(self) -> date:
        """The day by the clock of the round."""
        return self._clock().date()

    @property
    def state(self) -> State:
        """What the participant may see of the round, as far as it was read (see `refresh`)."""
        if self._seen is None or self._seen.seq != self._state.seq:
            self._seen = seen_by(self._state, self.who)
        return self._seen

    @property
    def whole(self) -> State:
        """The whole state, for what is published or decided; never for what is shown."""
        return self._state

    def refresh(self) -> State:
        """Read what was appended meanwhile, and return what the participant may see."""
        self._take(list(self.journal.read(self._state.seq)))
        return self.state

    def changed_since(self, head: str) -> bool:
        """Whether there are events after this head; cheap where nothing was appended."""
        if self.journal.changed():
            self.refresh()
        return self._state.head != head

    def may(self, kind: type[Action], corps: str | None = None, partner: str | None = None) -> Role:
        """The role in which the participant may do such a thing now, details aside (raises RefusedError)."""
        return may(self._state, self.who, kind, corps, partner)

    def allowed(self, action: Action) -> None:
        """Check an action against the state as it was read, without doing it (raises RefusedError)."""
        decide(self._state, self.who, action, self.today)

    def do(
        self, action: Action, *, seen: int | None = None, token: str | None = None, content: bytes | None = None
    ) -> Event:
        """Do something, and return the event once it is on disk.

        `seen` is the number of the last event that the participant had seen: a later change of the same thing by others
        raises ConflictError. A repeated `token` records nothing and returns the event of the first time. `content` is
        the file that an `Attach` is about. Raises RefusedError, ConflictError, or JournalError.
        """
        _check_content(action, content)
        token = token or uuid.uuid4().hex

        def make(rows: list[Row], since: Callable[[str, int], list[Event]]) -> Event:
            state = replay(rows, self._state)
            if seen is not None and not action.ADDS:
                later = [one for one in since(action.about, seen) if (one.by == self.who) or not action.PERSONAL]
                if later:
                    raise ConflictError(later)
            at = self._clock()
            decision = decide(state, self.who, action, at.date())
            body = cast(AnyAction, action)
            return Event(
                seq=state.seq + 1, at=at, by=self.who, role=decision.role, token=token, old=decision.old, action=body
            )

        forget = action.hash if isinstance(action, Delete) else None
        rows = self.journal.append(make, self._state.seq, token, content, forget)
        self._take(rows)
        for event, _ in reversed(rows):
            if event.token == token:
                return event
        before = self.journal.with_token(token)
        assert before is not None, "an append returns where the token is there"
        return before

    def attach(self, name: str, content: bytes, what: Any, **more: Any) -> str:
        """Keep a file with the round, and return its hash (raises as `do` does)."""
        digest = hashlib.sha256(content).hexdigest()
        kept = self._state.files.get(digest)
        if kept is None or kept.deleted:
            self.do(Attach(hash=digest, name=name, size=len(content), what=what, **more), content=content)
        return digest

    def content(self, digest: str) -> bytes:
        """The content of a file that the participant may see (raises RefusedError, JournalError)."""
        if digest not in self.state.files and digest not in self.refresh().files:
            known = [name[:12] for name in self.state.files]
            raise UnknownNameError(Text(nl=f"er is geen bestand {digest[:12]}", en=unknown("file", digest[:12], known)))
        found = self.journal.content(digest)
        if found is None:
            raise JournalError(f"file {digest[:12]}: its content was deleted")
        return found

    def history(self, about: str) -> list[Event]:
        """What happened to one thing, as far as the participant may see it."""
        return [event for event in self.journal.about(about) if sees(self._state, self.who, event)]

    def log(self, after: int = 0) -> Iterator[Event]:
        """The events after one, as far as the participant may see them."""
        for event, _ in self.journal.read(after):
            if sees(self._state, self.who, event):
                yield event

    def _take(self, rows: list[Row]) -> None:
        self._state = replay(rows, self._state)
        if len(rows) >= SNAPSHOT_AFTER:
            _keep(self.journal, self._state)


def _check_content(action: Action, content: bytes | None) -> None:
    if isinstance(action, Attach) and content is None:
        raise JournalError("a file is attached with its content: `attach` of the command line does both")
    if content is not None and len(content) > LARGEST_FILE:
        raise JournalError(f"found {len(content)} bytes, expected at most {LARGEST_FILE}")


def _current(journal: Journal) -> State:
    """The state after the last event, from the cached one where there is any."""
    cached = journal.snapshot(LAYOUT)
    state = State()
    if cached is not None:
        seq, digest, packed = cached
        try:
            state = msgspec.msgpack.decode(packed, type=State)
        except msgspec.MsgspecError:
            state = State()
        if (state.seq, state.head) != (seq, digest):
            state = State()
    count = 0
    for event, digest in journal.read(state.seq):
        state = apply(state, event, digest)
        count += 1
    if count >= SNAPSHOT_AFTER:
        _keep(journal, state)
    return state


def _keep(journal: Journal, state: State) -> None:
    packed = msgspec.msgpack.encode(state)
    journal.keep_snapshot(LAYOUT, state.seq, state.head, packed)


class Verified(msgspec.Struct, frozen=True):
    """What checking a journal came to: its length, its head, and every fault."""

    events: int
    head: str
    faults: tuple[str, ...]


def verify(journal: Journal) -> Verified:
    """Check the chain of hashes, the rules at each event, and the content of every file that was not deleted.

    Checking goes on after a fault, except where an event cannot be read at all.
    """
    faults: list[str] = []
    before, state, expected = START, State(), 1
    for seq, about, token, record, digest in journal.records():
        if seq != expected:
            faults.append(f"event {expected}: found event {seq} in its place")
        if digest != digest_of(before, record):
            faults.append(f"event {seq}: its hash does not follow from the record and the hash before it")
        try:
            event = event_of(seq, record)
            if (event.seq, event.action.about, event.token) != (seq, about, token):
                faults.append(f"event {seq}: its columns differ from its record")
            decide(state, event.by, event.action, event.at.date())
        except JournalError as error:
            return Verified(seq, digest, (*faults, str(error)))
        except RefusedError as error:
            faults.append(f"event {seq}: the rules do not allow it: {error}")
        except (LookupError, AssertionError, AttributeError) as error:
            return Verified(seq, digest, (*faults, f"event {seq}: it does not fit what came before: {error}"))
        try:
            state = apply(state, event, digest)
        except (LookupError, AttributeError, TypeError) as error:
            return Verified(seq, digest, (*faults, f"event {seq}: it does not fit what came before: {error}"))
        before, expected = digest, seq + 1
    for file in state.files.values():
        content = journal.content(file.hash)
        if file.deleted:
            if content is not None:
                faults.append(f"file {file.hash[:12]}: it was deleted, and its content is there")
        elif content is None:
            faults.append(f"file {file.hash[:12]} ({file.name}): its content is not there")
        elif hashlib.sha256(content).hexdigest() != file.hash:
            faults.append(f"file {file.hash[:12]} ({file.name}): its content was changed")
    return Verified(state.seq, before, tuple(faults))
