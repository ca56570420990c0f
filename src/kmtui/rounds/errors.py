"""What can go wrong in a round. Nothing heavy is imported here: the command line looks for these at every error."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kmtui.model.base import Text
    from kmtui.rounds.actions import Event


class RoundError(Exception):
    """Something in a round cannot be done. `wrong_usage`: a name that does not exist was given."""

    wrong_usage = False


class RefusedError(RoundError):
    """The rules do not allow an action; `paragraph` is the paragraph of the source that the rule comes from."""

    def __init__(self, reason: "Text", paragraph: str = "") -> None:
        super().__init__(reason.en + (f" ({paragraph})" if paragraph else ""))
        self.reason, self.paragraph = reason, paragraph


class UnknownNameError(RefusedError):
    """An action names something that is not in the round."""

    wrong_usage = True


class ConflictError(RoundError):
    """Others changed the same thing since it was read; `events` are their changes, newest last."""

    def __init__(self, events: "Sequence[Event]") -> None:
        last = events[-1]
        super().__init__(
            f"{last.by} changed {last.action.about} meanwhile (event {last.seq}, {last.at:%Y-%m-%d %H:%M:%S}); look at "
            f"it, and give --seen {last.seq} to change it all the same"
        )
        self.events = tuple(events)


class IdentityError(RoundError):
    """The account cannot act as this participant."""


class PlaceError(RoundError):
    """There is no such round."""

    wrong_usage = True


class JournalError(RoundError):
    """The journal cannot be opened, read or written; nothing was recorded."""


class JournalAwayError(JournalError):
    """The database does not answer; whether the last event was recorded is not known, and trying again is safe."""


class FormError(RoundError):
    """A form cannot be used; `faults` has everything that is wrong with it, by sheet and cell."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
