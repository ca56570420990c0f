"""The least that Textual can do."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One word."""

    def compose(self) -> ComposeResult:
        """Put the word on the screen."""
        yield Static("Hello")


Hello().run()
