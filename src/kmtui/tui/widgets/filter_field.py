"""The input field for searches and filters."""

from collections.abc import Callable

from textual.widgets import Input


class FilterField(Input):
    """Returns the focus when the text is submitted."""

    def __init__(self, placeholder: str, hand_back: Callable[[], None], **options: str) -> None:
        super().__init__(placeholder=placeholder, compact=True, **options)  # type: ignore[arg-type]
        self._hand_back = hand_back

    async def action_submit(self) -> None:
        """Post the text and release the focus."""
        await super().action_submit()
        self._hand_back()
