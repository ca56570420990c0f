"""The field in which is typed what is to be found."""

from collections.abc import Callable

from textual.widgets import Input


class FilterField(Input):
    """Hands the keyboard back as soon as what is typed is entered."""

    def __init__(self, placeholder: str, hand_back: Callable[[], None], **options: str) -> None:
        super().__init__(placeholder=placeholder, compact=True, **options)  # type: ignore[arg-type]
        self._hand_back = hand_back

    async def action_submit(self) -> None:
        """Tell what was typed, and let go of the keyboard."""
        await super().action_submit()
        self._hand_back()
