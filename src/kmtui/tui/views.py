"""The views that digit keys open from every screen."""

from typing import Literal

import msgspec
from textual.binding import Binding

ViewKind = Literal["grid", "last", "page", "whatif"]


class Destination(msgspec.Struct, frozen=True):
    """A view: its key, and the name under which wording has its word and binding its id.

    `kind` says what opens: a grid in the matrix, the page of the corps or dimension that was looked at last, a page
    that is the only one of its kind, or what-if on the last corps. `subject` is the grid or the kind of page.
    """

    key: str
    name: str
    kind: ViewKind
    subject: str

    @property
    def id(self) -> str:
        """The id of its binding."""
        return f"view.{self.name}"

    @property
    def binding(self) -> Binding:
        """Its key, on every screen."""
        return Binding(self.key, f"app.go('{self.name}')", self.name, id=self.id)


VIEWS = {
    destination.name: destination
    for destination in (
        Destination("1", "matrix", "grid", "scores"),
        Destination("2", "corps", "last", "corps"),
        Destination("3", "dimension", "last", "dimension"),
        Destination("4", "partners", "grid", "partners"),
        Destination("5", "units", "grid", "units"),
        Destination("6", "figures", "page", "figures"),
        Destination("7", "compare", "page", "compare"),
        Destination("8", "what_if", "whatif", "corps"),
        Destination("9", "claims", "page", "claims"),
        Destination("0", "recommendations", "page", "recommendations"),
    )
}
"""In the order of the digits."""
