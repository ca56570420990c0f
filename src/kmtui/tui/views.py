"""The views that digits open from every screen: one line for each."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from textual.binding import Binding

from kmtui.blocks import Target

if TYPE_CHECKING:
    from kmtui.tui.app import KmtuiApp


class Destination(msgspec.Struct, frozen=True):
    """A view: its key, the name under which wording has its word and binding its id, and how the app opens it."""

    key: str
    name: str
    open: Callable[["KmtuiApp"], None]

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
        Destination("1", "matrix", lambda app: app.show_grid("scores")),
        Destination("2", "corps", lambda app: app.go_to_one("corps")),
        Destination("3", "dimension", lambda app: app.go_to_one("dimension")),
        Destination("4", "partners", lambda app: app.show_grid("partners")),
        Destination("5", "units", lambda app: app.show_grid("units")),
        Destination("6", "figures", lambda app: app.go_to(Target("figures"))),
        Destination("7", "compare", lambda app: app.go_to(Target("compare"))),
        Destination("8", "what_if", lambda app: app.try_out()),
        Destination("9", "claims", lambda app: app.go_to(Target("claims"))),
        Destination("0", "recommendations", lambda app: app.go_to(Target("recommendations"))),
    )
}
"""In the order of the digits. `app.go_to` goes to the page of a target, which may be open already."""
