"""Where rounds are kept, and as whom an account may act in them.

A round is one SQLite file `ID.round`, or a file `ID.toml` that names a PostgreSQL database. Beside either, the file
`ID.people.toml` holds what stays out of the journal: the name and the account of each participant.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kmtui.files.faults import FaultyFilesError, unknown
from kmtui.files.reading import read_toml, read_value
from kmtui.files.writing import sole_writer, write_toml
from kmtui.model.base import Value
from kmtui.rounds.errors import IdentityError, PlaceError
from kmtui.rounds.state import State

SUFFIX = ".round"
FOLDER = "KMTUI_ROUNDS"
"""Variable of the environment that names the folder of rounds."""
Words = Annotated[str, Meta(min_length=1, max_length=200)]


class Pointer(Value):
    """A file that names the database of a round."""

    database: Words


class Person(Value):
    """What is known of a participant outside the journal."""

    name: str = ""
    account: str = ""


class Place(msgspec.Struct, frozen=True):
    """A round's database, and the file that stands for it; None where a URL was given."""

    database: str
    file: Path | None

    @property
    def people(self) -> Path | None:
        """The file with names and accounts."""
        return self.file.with_suffix(".people.toml") if self.file else None

    @property
    def owned(self) -> bool:
        """Whether the account that runs this process owns the round: its file, or else the right to connect."""
        return self.file is None or not hasattr(os, "getuid") or self.file.stat().st_uid == os.getuid()


def folder_of_rounds(environment: Mapping[str, str] = os.environ) -> Path:
    """Where rounds are kept that are named by their id."""
    from platformdirs import user_data_path

    return Path(environment.get(FOLDER) or user_data_path("kmtui") / "rounds")


def known_rounds() -> list[str]:
    """The ids of the rounds in the folder of rounds."""
    folder = folder_of_rounds()
    files = [*folder.glob(f"*{SUFFIX}"), *(file for file in folder.glob("*.toml") if ".people" not in file.name)]
    return sorted(file.stem for file in files)


def find(name: str) -> Place:
    """The round with this id, at this path, or in the database with this URL (raises PlaceError)."""
    if "://" in name:
        return Place(name, None)
    file = Path(name)
    if not file.is_file():
        if os.sep in name or file.suffix in (SUFFIX, ".toml"):
            raise PlaceError(f"{name}: found no such file, expected the journal of a round")
        candidates = [folder_of_rounds() / f"{name}{suffix}" for suffix in (SUFFIX, ".toml")]
        found = [candidate for candidate in candidates if candidate.is_file()]
        if not found:
            raise PlaceError(f"{unknown('round', name, known_rounds())}; rounds are kept in {folder_of_rounds()}")
        file = found[0]
    if file.suffix != ".toml":
        return Place(str(file), file)
    pointer, faults = read_value(file, file.parent, Pointer)
    if pointer is None:
        raise FaultyFilesError(file.parent, faults)
    return Place(pointer.database, file)


def read_people(place: Place) -> dict[str, Person]:
    """Names and accounts by participant; nothing where there is no such file (raises FaultyFilesError)."""
    if place.people is None or not place.people.is_file():
        return {}
    data = read_toml(place.people, place.people.parent)
    if not isinstance(data, dict):
        raise FaultyFilesError(place.people.parent, [data])
    return {name: Person.model_validate(entry) for name, entry in data.items()}


def remember_person(place: Place, who: str, name: str | None, account: str | None) -> None:
    """Write down a participant's name or account (raises IdentityError where the account is somebody else's)."""
    if place.people is None:
        raise IdentityError("names and accounts are kept beside the file of a round; this one is named by a URL")
    with sole_writer(place.people.parent):
        people = read_people(place)
        taken = [one for one, person in people.items() if account and person.account == account and one != who]
        if taken:
            raise IdentityError(f"account '{account}' is that of '{taken[0]}'; each participant has their own")
        before = people.get(who, Person())
        people[who] = Person(name=before.name if name is None else name, account=account or before.account)
        write_toml(place.people, {one: dict(person) for one, person in sorted(people.items())})
        place.people.chmod(0o600)


def account() -> str:
    """The account that runs this process, by its number and not by the environment."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        import getpass

        return getpass.getuser()


def identify(state: State, place: Place, as_id: str | None) -> str:
    """The participant that this process acts as (raises IdentityError).

    Only the owner of the round names somebody else: by hand, or in the forced command of each participant's SSH key.
    """
    mine = account()
    here = [one for one, person in read_people(place).items() if person.account == mine and one in state.participants]
    if as_id is None:
        if here:
            return here[0]
        if place.owned:
            return state.of.owner
        raise IdentityError(f"account '{mine}' is no participant of this round; its secretariat can enrol you")
    if as_id not in here and not place.owned:
        raise IdentityError(
            f"account '{mine}' cannot act as '{as_id}': --as is for the owner of the round, and for forced commands "
            "that run as the owner"
        )
    if as_id not in state.participants:
        raise IdentityError(unknown("participant", as_id, state.participants))
    return as_id
