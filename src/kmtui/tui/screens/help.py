"""What the keys of a screen do, and what the signs mean."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from kmtui.blocks import Column, Document, Inline, Section, Table, TableRow, Target, cell, name, section
from kmtui.pages.view import View
from kmtui.render.signs import Signs
from kmtui.tui.drawing import MORE
from kmtui.tui.keys import keys_by_action, printed
from kmtui.tui.screens.base import ViewScreen
from kmtui.tui.views import VIEWS
from kmtui.tui.widgets.page_view import PageView
from kmtui.wording import AGREEMENT, AGREEMENT_MEANING, BASIS, BASIS_MEANING, KEYS, Wording


class HelpScreen(ModalScreen[None]):
    """A page over the screen that asked for it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "dismiss", "close", id="help.close"),
        *(destination.binding for destination in VIEWS.values()),
    ]

    def __init__(self, about: ViewScreen) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """The page of help."""
        about = self._about
        nodes = [node for node in (about.focused, about) if node is not None]
        page = help_page(about.view, about.signs, keys_by_action(map(type, nodes), about.kmtui.keys))
        yield PageView(page, about.signs, id="page")


def help_page(view: View, signs: Signs, keys: Mapping[str, Sequence[str]]) -> Document:
    """The keys of each action, then the signs and words of the scores."""
    say, scale = view.say, view.scale
    levels = [
        (view.levels((level.id,)), f"{say.of(level.meaning)} ({level.letter})")
        for level in (*scale.levels, scale.blank)
    ]
    several = f"{''.join(map(signs, scale.levels[:2]))} {MORE}"
    changes = [(signs.change(change), f"{say(change)} {say('than_before')}") for change in ("better", "worse")]
    filters = [(example, say(f"filter_{kind}")) for kind, example in FILTERS.items()]
    return view.document(
        Target("help"),
        say("help"),
        _section(
            "keys", say, ((" ".join(map(printed, names)), say.of(KEYS[action])) for action, names in keys.items())
        ),
        _section("filter", say, filters),
        _section("legend", say, (*levels, (several, say("open_cell")), *changes)),
        _section(
            "agreement",
            say,
            (
                (signs.agreement(outcome), f"{say.of(text)}: {say.of(AGREEMENT_MEANING[outcome])}")
                for outcome, text in AGREEMENT.items()
            ),
        ),
        _section("basis", say, ((say.of(BASIS[basis]), say.of(BASIS_MEANING[basis])) for basis in BASIS)),
    )


FILTERS = {"word": "open", "value": "basis:open", "number": ">10"}
"""Examples of what rows of a table can be filtered by."""


def _section(word: str, say: Wording, rows: Iterable[tuple[str | Inline, str]]) -> Section:
    """A section with a table of signs or keys, and what each means."""
    made = tuple(
        TableRow((cell(name(sign) if isinstance(sign, str) else sign), cell(meaning))) for sign, meaning in rows
    )
    return section(word, say(word), Table(word, (Column("sign", ""), Column("meaning", "")), made))
