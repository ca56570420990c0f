"""Names that do not exist, and the known names that were probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 200
"""Characters of a name that a close one is looked for: the search takes time with the square of them."""

MANY = 30
"""Known names from which on only a close one is named."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """` (did you mean 'x'?)` for a name close to a known one, else nothing."""
    if len(name) > LONGEST:
        return ""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" (did you mean '{close[0]}'?)" if close else ""


def expectation(name: str, known: Iterable[str]) -> str:
    """What to say after a name that does not exist: the known one that is close to it, else all of them."""
    known = list(known)
    among = f", expected one of {', '.join(known)}" if known else ", and there are none"
    return suggestion(name, known) or among


class UnknownIdError(LookupError):
    """An id that does not exist; `known` are those that do."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        hint = suggestion(name, self.known) if len(self.known) > MANY else expectation(name, self.known)
        super().__init__(f"unknown {kind} '{name}'{hint}")
