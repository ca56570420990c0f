"""What the keys of a screen do, and what the signs mean."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from kmtui.elements import Line, Page, Role, Span, Target
from kmtui.pages.view import View
from kmtui.tui.drawing import MORE, Signs
from kmtui.tui.keys import keys_by_action, printed
from kmtui.tui.screens.base import ViewScreen
from kmtui.tui.views import VIEWS
from kmtui.tui.widgets.page_view import PageView
from kmtui.wording import AGREEMENT, AGREEMENT_MEANING, BASIS, BASIS_MEANING, KEYS


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


def help_page(view: View, signs: Signs, keys: Mapping[str, Sequence[str]]) -> Page:
    """The keys of each action, then the signs and words of the scores."""
    say = view.say
    lines = [Line((Span(say("keys"), Role.HEADING),))]
    for action, names in keys.items():
        lines.append(Line((Span(f"{' '.join(map(printed, names)):<18}", Role.NAME), Span(say.of(KEYS[action]))), 1))
    lines += [
        Line(),
        Line((Span(say("legend"), Role.HEADING),)),
    ]
    for level in (*view.scale.levels, view.scale.blank):
        meaning = f"  {say.of(level.meaning)} ({level.letter})"
        lines.append(Line((Span(say.of(level.label), Role.LEVEL, level), Span(meaning)), 1))
    several = f"{''.join(map(signs, view.scale.levels[:2]))} {MORE}"
    lines.append(Line((Span(several, Role.NAME), Span(f"  {say('open_cell')}")), 1))
    for change in ("better", "worse"):
        told = f"  {say(change)} {say('than_before')}"
        lines.append(Line((Span(signs.change(change), Role.NAME), Span(told)), 1))
    lines += [Line(), Line((Span(say("agreement"), Role.HEADING),))]
    for outcome, name in AGREEMENT.items():
        told = f"  {say.of(name)}: {say.of(AGREEMENT_MEANING[outcome])}"
        lines.append(Line((Span(signs.agreement(outcome), Role.NAME), Span(told)), 1))
    lines += [Line(), Line((Span(say("basis"), Role.HEADING),))]
    lines += [
        Line((Span(f"{say.of(BASIS[basis]):<11}", Role.NAME), Span(say.of(BASIS_MEANING[basis]))), 1) for basis in BASIS
    ]
    return Page(Target("help"), say("help"), tuple(lines))
