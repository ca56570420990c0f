"""One step of a subject: what has to be done, what the participant can do about it here, and why not the rest."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar, NamedTuple

from pydantic import ValidationError
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kmtui.model.base import Text as Bilingual
from kmtui.rounds import actions as do
from kmtui.rounds.actions import Action, Event
from kmtui.rounds.comparing import differences
from kmtui.rounds.errors import ConflictError, RefusedError
from kmtui.rounds.next_steps import Choice, choices, complete, of_round
from kmtui.rounds.progress import Step, blockers, items
from kmtui.rounds.state import State
from kmtui.tui.rounds.live import Outcome, fault_of
from kmtui.tui.rounds.screen import RoundScreen
from kmtui.tui.rounds.words import KEYS, RoundWording

SHOWN_EVENTS = 8
"""Events of a history that are shown, the newest first."""


_HISTORIES = {Step.COLLECT: "form", Step.INTERVIEW: "interview", Step.HEARING: "hearing"}


class Deed(NamedTuple):
    """A line of the menu: `make` gives its action, with words where `asks` is set; `command` does it elsewhere."""

    name: str
    make: Callable[[str], Action] | None = None
    asks: bool = False
    command: str = ""
    refused: RefusedError | None = None


def deeds(state: State, who: str, subject: str | None, step: Step | None, today: date, say: RoundWording) -> list[Deed]:
    """What can be done about a step of a subject, or about the round, and why the participant may not do the rest."""
    found: list[Deed] = []
    if subject is None or step is None:
        for choice in of_round(state, who, today):
            found += _of_round(state, choice, say)
        return found
    for choice in choices(state, who, subject, step, today):
        if choice.refused is not None:
            found.append(Deed(say.deed(choice.kind), refused=choice.refused))
        elif choice.kind is do.OpenSession:
            found += _of_round(state, choice, say)
        else:
            found += _of_kind(state, choice.kind, subject, today, say)
    return found


def _of_round(state: State, choice: Choice, say: RoundWording) -> Iterator[Deed]:
    name = say.deed(choice.kind)
    if choice.refused is not None:
        yield Deed(name, refused=choice.refused)
    elif choice.kind is do.OpenSession:
        for number in (1, 2):
            if state.session <= number <= state.session + 1:
                if number == 1 and not state.session:
                    yield Deed(f"{name}: 1, {say.text('blind')}", lambda _: do.OpenSession(number=1, blind=True))
                yield Deed(f"{name}: {number}", _opening(number))
    elif choice.kind is do.Thaw:
        yield Deed(name, lambda words: do.Thaw(reason=words), asks=True)
    elif choice.kind is do.CloseSession:
        yield Deed(name, lambda _: do.CloseSession())
    else:  # freezing and publishing check or write files
        yield Deed(name, command=f"kmtui round {_kind(choice.kind)} {state.of.round}")


def _opening(number: int) -> Callable[[str], Action]:
    return lambda _: do.OpenSession.model_validate({"number": number})


def _of_kind(state: State, kind: type[Action], subject: str, today: date, say: RoundWording) -> Iterator[Deed]:
    name = say.deed(kind)
    whole = complete(kind, subject, today)
    if whole is not None:
        yield Deed(name, lambda _: whole)
    elif kind in (do.Reply, do.Close):
        for query in state.open_queries(subject):
            text = f"{name} ({query.id}): {query.text}" + (f" → {query.reply}" if query.reply else "")
            yield Deed(text, _about_query(kind, query.id), asks=True)
    elif kind is do.Explain:
        for found in differences(state, subject):
            if found.explanation is None:
                answered = "-" if found.answered is None else say.number(found.answered)
                text = f"{name}: {found.question} {answered} / {found.source} {say.number(found.found)}"
                yield Deed(text, _explaining(subject, found.source, found.question), asks=True)
    elif kind is do.React:
        yield Deed(f"{name}: {say.state('accepted')}", lambda _: do.React(subject=subject, approves=True))
        yield Deed(name, lambda words: do.React(subject=subject, approves=False, text=words), asks=True)
    elif kind is do.Answered:
        yield Deed(name, lambda words: do.Answered(partner=subject, text=words), asks=True)
    elif kind is do.Approve:
        yield Deed(name, lambda words: do.Approve(partner=subject, reason=words), asks=True)
    else:
        yield Deed(name, command=f"kmtui round {_kind(kind)} {state.of.round} {subject}")


def _about_query(kind: type[Action], number: int) -> Callable[[str], Action]:
    field = "text" if kind is do.Reply else "reason"
    return lambda words: kind.model_validate({"query": number, field: words})


def _explaining(corps: str, source: str, question: str) -> Callable[[str], Action]:
    return lambda words: do.Explain(corps=corps, source=source, question=question, text=words)


def _kind(kind: type[Action]) -> str:
    return str(kind.model_fields["kind"].default)


class StepScreen(RoundScreen):
    """A step of a subject; without one, the sessions and the lock of the round."""

    KEYS: ClassVar[tuple[tuple[str, Bilingual], ...]] = (
        ("enter", KEYS["do"]),
        ("esc", KEYS["back"]),
        ("?", KEYS["help"]),
        ("q", KEYS["quit"]),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "back", "back", show=False),
        Binding("j", "app.simulate_key('down')", "down", show=False),
        Binding("k", "app.simulate_key('up')", "up", show=False),
    ]

    def __init__(self, subject: str | None, step: Step | None) -> None:
        super().__init__()
        self.subject, self.step = subject, step
        self._deeds: list[Deed] = []
        self._asked: Deed | None = None
        self._typed: dict[str, str] = {}
        self._shown = -1

    def body(self) -> ComposeResult:
        """The menu, the words that an action takes, and what there is to know."""
        yield OptionList(id="choices", markup=False)
        yield Input(id="words", compact=True, select_on_focus=False)
        with VerticalScroll(id="about", can_focus=False):
            yield Static(id="known", markup=False)

    def prepare(self) -> None:
        """The menu has the keyboard."""
        self.query_one(OptionList).focus()

    def follow(self) -> None:
        """Show what can be done now."""
        say, state, who = self.host.say, self.host.state, self.host.round.who
        if state.seq != self._shown:
            self._shown = state.seq
            self._deeds = deeds(state, who, self.subject, self.step, self.host.round.today, say)
            menu = self.query_one(OptionList)
            at = menu.highlighted
            menu.clear_options()
            menu.add_options([Option(self._line(deed)) for deed in self._deeds])
            if self._deeds:
                menu.highlighted = min(at or 0, len(self._deeds) - 1)
            self.put("title", self._title())
            self.put("known", "\n".join(self._known()))
        self.rest("" if self._deeds else say.text(self._why_nothing()))

    def _why_nothing(self) -> str:
        if self.subject is None:
            return "published"
        undone = any(not item.done for item in items(self.host.state, self.subject) if item.step is self.step)
        return "nothing_next" if undone else "nothing_to_do"

    def _title(self) -> str:
        say, of = self.host.say, self.host.state.of
        if self.subject is None or self.step is None:
            return f"{say.text('round')} {of.round} · {say.key('session')}"
        return f"{of.corps.get(self.subject, self.subject)} · {say.step(self.step)}"

    def _line(self, deed: Deed) -> Text:
        signs, say = self.host.signs, self.host.say
        if deed.refused is not None:
            first, *more = self.reason(deed.refused).split("\n")
            return Text(signs.text(f"x {deed.name}: {first}{f' (+{len(more)})' if more else ''}"), "dim")
        if deed.command:
            return Text(signs.text(f"$ {deed.name}, {say.text('on_command_line')}: {deed.command}"))
        return Text(signs.text(f"{signs.pointer} {deed.name}"))

    def _known(self) -> Iterator[str]:
        say, state = self.host.say, self.host.state
        if self.subject is None:
            yield from blockers(state, self.host.round.today, say.language)
            return
        undone = [item for item in items(state, self.subject) if item.step is self.step and not item.done]
        if undone:
            yield f"{say.text('still_to_do')}:"
        for item in undone:
            due = f", {say.text('due', item.due)}" if item.due else ""
            yield f"- {self.host.name_of(item.about) or say.state(item.about)}{due}"
        events = self._events()
        if events:
            yield f"{say.text('history')}:"
        for event in events:
            words = getattr(event.action, "text", "") or getattr(event.action, "reason", "")
            yield f"- {event.at:%d-%m %H:%M} {event.by}: {say.deed(type(event.action))}{': ' if words else ''}{words}"

    def _events(self) -> list[Event]:
        about = {Step.COLLECT: "form", Step.INTERVIEW: "interview", Step.HEARING: "hearing"}.get(
            self.step or Step.WEIGH
        )
        found = self.host.round.history(f"{about}/{self.subject}") if about else []
        return found[: -SHOWN_EVENTS - 1 : -1]

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        deed = self._deeds[event.option_index]
        if deed.refused is not None:
            self.tell(f"{self.host.say.text('refused')}: {self.reason(deed.refused)}")
        elif deed.command:
            self.tell(deed.command)
        elif deed.make is not None and deed.asks:
            self._asked = deed
            self.tell("")
            words = self.query_one(Input)
            words.value = self._typed.get(deed.name, "")
            words.placeholder = self.host.signs.text(deed.name)
            words.add_class("-asked")
            words.focus()
        elif deed.make is not None:
            self._do(deed, "")

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        if self._asked is not None:
            self._do(self._asked, event.value)

    @on(Input.Changed)
    def _keep(self, event: Input.Changed) -> None:
        if self._asked is not None:
            self._typed[self._asked.name] = event.value

    def _do(self, deed: Deed, words: str) -> None:
        assert deed.make is not None
        try:
            action = deed.make(words)
        except ValidationError as error:
            self.tell(f"{self.host.say.text('refused')}: {fault_of(error)}")
            return
        self.host.live.do(action, lambda outcome: self._hear(deed, outcome), self.host.state.seq)

    def _hear(self, deed: Deed, outcome: Outcome) -> None:
        say = self.host.say
        if isinstance(outcome, Event):
            self._typed.pop(deed.name, None)
            self._close()
            self.follow()
            self.tell(say.text("recorded", outcome.seq))
        elif isinstance(outcome, ConflictError):
            last = outcome.events[-1]
            self.tell(say.text("changed_meanwhile", last.by, say.deed(type(last.action))))
        else:
            self.tell(f"{say.text('refused')}: {self.why(outcome)}")

    def _close(self) -> None:
        self._asked = None
        self.query_one(Input).remove_class("-asked")
        self.query_one(OptionList).focus()

    def action_back(self) -> None:
        """Close the words, which are kept, else go back to the board."""
        if self._asked is not None:
            self._close()
        else:
            self.app.pop_screen()
