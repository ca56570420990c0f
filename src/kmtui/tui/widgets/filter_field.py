"""The field in which a part of a name is typed."""

from textual.widget import Widget
from textual.widgets import Input


class FilterField(Input):
    """Hands the keyboard back as soon as what is typed is entered."""

    def __init__(self, placeholder: str, back_to: Widget, **options: str) -> None:
        super().__init__(placeholder=placeholder, compact=True, **options)  # type: ignore[arg-type]
        self._back_to = back_to

    async def action_submit(self) -> None:
        """Tell what was typed, and let go of the keyboard."""
        await super().action_submit()
        self.screen.set_focus(self._back_to)
