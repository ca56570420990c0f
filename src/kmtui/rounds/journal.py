"""The journal on disk: an append-only chain of events in SQLite or PostgreSQL, and the files of the round beside it.

Each row holds the JSON of an event and the SHA-256 of the hash before it and that JSON. A row is written in
one transaction, after the rows that others have written meanwhile were read; so every event was decided on the state
that its predecessors give.
"""

import hashlib
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from kmtui.rounds.actions import Event
from kmtui.rounds.errors import JournalAwayError, JournalError

START = "0" * 64
"""The hash before the first event."""
PATIENCE = 30.0
"""Seconds that a writer waits for others."""
LARGEST_FILE = 16 * 2**20
"""Bytes that a file of the round may have."""
CHANNEL = "kmtui_round"
"""PostgreSQL's channel on which appends are announced."""
LOCK = 0x6B6D7475
"""PostgreSQL's advisory lock that writers take."""

_SCHEMA = sa.MetaData()
EVENTS = sa.Table(
    "event",
    _SCHEMA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("about", sa.String(400), nullable=False, index=True),
    sa.Column("token", sa.String(64), nullable=False, unique=True),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)
FILES = sa.Table(
    "file",
    _SCHEMA,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
SNAPSHOTS = sa.Table(
    "snapshot",
    _SCHEMA,
    sa.Column("layout", sa.Integer, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("state", sa.LargeBinary, nullable=False),
)
"""The state after an event, by the layout of states: a cache, which may be dropped at any time."""

PRESENT = sa.Table(
    "present",
    _SCHEMA,
    sa.Column("who", sa.String(80), primary_key=True),
    sa.Column("place", sa.String(80), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
"""Where participants are at work: no part of the journal, and kept for as long as they are there."""

Row = tuple[Event, str]
"""An event and its hash."""
T = TypeVar("T")


def digest_of(before: str, record: str) -> str:
    """The hash of a record, chained to the one before it."""
    return hashlib.sha256(f"{before}\n{record}".encode()).hexdigest()


def record_of(event: Event) -> str:
    """The JSON of an event. What is stored is what is hashed; keys keep their order, which that of corps is, too."""
    return event.model_dump_json()


def event_of(seq: int, record: str) -> Event:
    """The event in a record (raises JournalError where this kmtui does not know it)."""
    try:
        return Event.model_validate_json(record)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise JournalError(
            f"event {seq}: {place}: {first['msg']}; it was changed, or written by a newer kmtui"
        ) from None


class Journal:
    """The journal at a place: the path of an SQLite file, or the URL of a PostgreSQL database."""

    def __init__(self, place: str | Path, *, create: bool = False) -> None:
        self.place = str(place)
        self._engine = _engine_of(self.place, create)
        self.on_sqlite = self._engine.dialect.name == "sqlite"
        self._watched: Any = None
        self._version = -1
        try:
            with self._translated():
                there = sa.inspect(self._engine).has_table("event")
                if create and there:
                    raise JournalError(f"{self}: there is a round already")
                if not create and not there:
                    raise JournalError(f"{self}: there is no round in this database")
                if create:
                    _SCHEMA.create_all(self._engine)
        except BaseException:
            self.close()
            raise

    def __str__(self) -> str:
        return self.place if "://" not in self.place else make_url(self.place).render_as_string()

    def close(self) -> None:
        """Let go of the database."""
        if self._watched is not None:
            self._watched.close()
            self._watched = None
        self._engine.dispose()

    def read(self, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """The events after one, in order (raises JournalError)."""
        with self._translated(), self._engine.connect() as connection:
            yield from _rows(connection, after, upto)

    def records(self, after: int = 0) -> Iterator[tuple[int, str, str, str, str]]:
        """Number, subject, token, record and hash of each row, as they are on disk."""
        columns = (EVENTS.c.seq, EVENTS.c.about, EVENTS.c.token, EVENTS.c.record, EVENTS.c.hash)
        with self._translated(), self._engine.connect() as connection:
            query = sa.select(*columns).where(EVENTS.c.seq > after).order_by(EVENTS.c.seq)
            with connection.execute(query.execution_options(yield_per=1000)) as result:
                for row in result:
                    yield row.seq, row.about, row.token, row.record, row.hash

    def about(self, subject: str) -> list[Event]:
        """The events about one thing, in order: its history."""
        with self._translated(), self._engine.connect() as connection:
            query = sa.select(EVENTS.c.seq, EVENTS.c.record).where(EVENTS.c.about == subject).order_by(EVENTS.c.seq)
            return [event_of(row.seq, row.record) for row in connection.execute(query)]

    def with_token(self, token: str) -> Event | None:
        """The event that was appended with this token."""
        with self._translated(), self._engine.connect() as connection:
            row = connection.execute(sa.select(EVENTS.c.seq, EVENTS.c.record).where(EVENTS.c.token == token)).first()
            return None if row is None else event_of(row.seq, row.record)

    def append(self, make: Callable[[list[Row], Callable[[str, int], list[Event]]], Event], after: int, token: str,
               content: bytes | None = None, forget: str | None = None) -> list[Row]:  # fmt: skip
        """Append one event, and return it behind all events after `after`, in one transaction.

        `make` gets the rows that were appended after `after`, and a function that gives the events about a subject
        after a number; it makes the event, or raises. Where the token is there already, nothing is appended.
        `content` is a file to keep, `forget` the hash of one whose content goes.
        """
        with self._writing() as connection:
            rows = list(_rows(connection, after))
            if connection.scalar(sa.select(EVENTS.c.seq).where(EVENTS.c.token == token)) is not None:
                return rows

            def since(subject: str, seq: int) -> list[Event]:
                query = sa.select(EVENTS.c.seq, EVENTS.c.record).where(EVENTS.c.about == subject, EVENTS.c.seq > seq)
                return [event_of(row.seq, row.record) for row in connection.execute(query.order_by(EVENTS.c.seq))]

            event = make(rows, since)
            last = connection.execute(sa.select(EVENTS.c.seq, EVENTS.c.hash).order_by(EVENTS.c.seq.desc()).limit(1))
            seq, before = last.one_or_none() or (0, START)
            assert event.seq == seq + 1, "events are numbered without gaps"
            record = record_of(event)
            digest = digest_of(before, record)
            connection.execute(
                EVENTS.insert().values(seq=event.seq, about=event.action.about, token=token, record=record, hash=digest)
            )
            if content is not None:
                known = hashlib.sha256(content).hexdigest()
                if connection.scalar(sa.select(FILES.c.hash).where(FILES.c.hash == known)) is None:
                    connection.execute(FILES.insert().values(hash=known, content=content))
            if forget is not None:
                connection.execute(FILES.delete().where(FILES.c.hash == forget))
            if not self.on_sqlite:
                connection.execute(sa.text(f"NOTIFY {CHANNEL}"))
            return [*rows, (event, digest)]

    def content(self, digest: str) -> bytes | None:
        """The content of a file, None where it is not there (any more)."""
        with self._translated(), self._engine.connect() as connection:
            found = connection.scalar(sa.select(FILES.c.content).where(FILES.c.hash == digest))
            return None if found is None else bytes(found)

    def snapshot(self, layout: int) -> tuple[int, str, bytes] | None:
        """The newest cached state of this layout: after which event, its hash, and the state."""
        with self._translated(), self._engine.connect() as connection:
            row = connection.execute(sa.select(SNAPSHOTS).where(SNAPSHOTS.c.layout == layout)).one_or_none()
            if row is None:
                return None
            held = connection.scalar(sa.select(EVENTS.c.hash).where(EVENTS.c.seq == row.seq))
            return (row.seq, row.hash, bytes(row.state)) if held == row.hash else None

    def keep_snapshot(self, layout: int, seq: int, digest: str, state: bytes) -> None:
        """Cache the state after an event."""
        with self._writing() as connection:
            connection.execute(SNAPSHOTS.delete().where(SNAPSHOTS.c.layout == layout))
            connection.execute(SNAPSHOTS.insert().values(layout=layout, seq=seq, hash=digest, state=state))

    def changed(self) -> bool:
        """Whether anything was appended since this was last asked, without a query where nothing was.

        SQLite: the version of the data as another connection sees it. PostgreSQL: notifications that have arrived.
        """
        with self._translated():
            if self._watched is None:
                self._watched = self._engine.raw_connection()
                if not self.on_sqlite:
                    self._watched.driver_connection.autocommit = True
                    self._watched.driver_connection.execute(f"LISTEN {CHANNEL}")
                    return True
            if self.on_sqlite:
                (version,) = self._watched.execute("PRAGMA data_version").fetchone()
                before, self._version = self._version, version
                return bool(before != version)
            try:
                return _notified(self._watched.driver_connection.pgconn)
            except Exception:
                self._watched.invalidate()
                self._watched = None
                raise

    def announce(self, who: str, place: str, at: float) -> None:
        """Say where a participant is at work, by a time in seconds; nowhere any more where the place is empty."""
        with self._writing() as connection:
            connection.execute(sa.schema.CreateTable(PRESENT, if_not_exists=True))
            connection.execute(PRESENT.delete().where(PRESENT.c.who == who))
            if place:
                connection.execute(PRESENT.insert().values(who=who, place=place, at=at))
            if not self.on_sqlite:
                connection.execute(sa.text(f"NOTIFY {CHANNEL}"))

    def present(self) -> dict[str, tuple[str, float]]:
        """Where participants are at work, and when they last said so (after `announce`)."""
        with self._translated(), self._engine.connect() as connection:
            return {row.who: (row.place, row.at) for row in connection.execute(sa.select(PRESENT))}

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction of the only writer."""
        with self._translated(), self._engine.connect() as connection:
            if self.on_sqlite:
                _begin_immediate(connection)
            else:
                connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            yield connection
            connection.commit()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Report what goes wrong in the database as a JournalError that names it."""
        try:
            yield
        except DBAPIError as error:
            problem = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
            away = not self.on_sqlite and (error.connection_invalidated or type(error.orig).__name__ in _AWAY)
            raise (JournalAwayError if away else JournalError)(f"{self}: {problem}") from error
        except SQLAlchemyError as error:
            raise JournalError(f"{self}: {error}") from error
        except Exception as error:
            if type(error).__module__.startswith("psycopg"):
                raise JournalAwayError(f"{self}: {error}") from error
            raise


def _notified(connection: Any) -> bool:
    """Whether libpq has notifications, which are all taken; nothing is waited for."""
    connection.consume_input()
    found = False
    while connection.notifies() is not None:
        found = True
    return found


_AWAY = ("OperationalError", "AdminShutdown", "CannotConnectNow", "InterfaceError", "ConnectionTimeout")


def _begin_immediate(connection: Connection) -> None:
    """Take SQLite's write lock; waiting in short steps, since SQLite's own grow to a tenth of a second."""
    until = time.monotonic() + PATIENCE
    pause = 0.001
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
            return
        except DBAPIError as error:
            if "locked" not in str(error.orig) or time.monotonic() > until:
                raise
        time.sleep(pause * random.uniform(0.5, 1.5))
        pause = min(pause * 1.2, 0.01)


def _rows(connection: Connection, after: int, upto: int | None = None) -> Iterator[Row]:
    query = sa.select(EVENTS.c.seq, EVENTS.c.record, EVENTS.c.hash).where(EVENTS.c.seq > after)
    if upto is not None:
        query = query.where(EVENTS.c.seq <= upto)
    with connection.execute(query.order_by(EVENTS.c.seq).execution_options(yield_per=1000)) as result:
        for row in result:
            yield event_of(row.seq, row.record), row.hash


def _engine_of(place: str, create: bool) -> sa.Engine:
    if "://" in place:
        try:
            url = make_url(place)
        except ArgumentError as error:
            raise JournalError(f"{place}: {error}") from None
        if url.drivername not in ("postgresql", "postgresql+psycopg"):
            raise JournalError(f"{url.drivername}: found this kind of database, expected postgresql or a file")
        return sa.create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    file = Path(place)
    if create:
        if os.path.lexists(file):
            raise JournalError(f"{file}: there is something already; a round needs a new file")
    elif not file.is_file():
        raise JournalError(f"{file}: found no such file, expected the journal of a round")
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(file.absolute())))

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where this module begins them
        cursor = connection.cursor()
        busy = f"busy_timeout = {PATIENCE * 1000:.0f}"
        for pragma in (busy, "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
