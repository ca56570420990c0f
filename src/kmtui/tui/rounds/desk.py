"""The weighing desk: the dimensions of one corps, the evidence beside them, and below what the scores come to."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from pydantic import ValidationError
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import DataTable, Input, OptionList, Static
from textual.widgets.option_list import Option

from kmtui.analysis.improve import Move, Prospects, prospects
from kmtui.model.base import Text as Bilingual
from kmtui.model.scale import Level, Scale
from kmtui.rounds import actions as do
from kmtui.rounds.actions import Event
from kmtui.rounds.agreement import agreement
from kmtui.rounds.desk import (
    Draft,
    Levels,
    Piece,
    before,
    begun,
    differs,
    evidence,
    kind_for,
    kind_here,
    levels_now,
    undo,
)
from kmtui.rounds.errors import ConflictError, RefusedError
from kmtui.rounds.state import Answer
from kmtui.tui.drawing import paint
from kmtui.tui.rounds.live import Outcome, fault_of
from kmtui.tui.rounds.screen import GENERAL, Lines, RoundScreen
from kmtui.tui.rounds.words import HELP, KEYS
from kmtui.tui.work import Work
from kmtui.weighing.outcome import Weighing

NAME, BEFORE, NOW, PROPOSALS = 20, 5, 3, 9
"""Cells of the columns, that of the names at least."""
MOST_MOVES, MOST_NAMES, MOST_RULES = 4, 6, 6
"""Changes of the end score and dimensions that are named in one line, and rules that are listed."""
TALL = 34
"""Lines of a screen that has room for the text of the rules."""
DESK_HELP = (
    ("n", "reason"),
    ("b", "evidence"),
    ("space", "pick"),
    ("enter", "record"),
    ("z", "undo"),
    ("v", "query"),
    ("d", "differing"),
)
Asking = Literal["", "reason", "query"]


class DeskScreen(RoundScreen):
    """One corps: every dimension can be scored here with the keyboard alone."""

    KEYS: ClassVar[tuple[tuple[str, Bilingual], ...]] = (
        ("n", KEYS["reason"]),
        ("b", KEYS["evidence"]),
        ("enter", KEYS["record"]),
        ("z", KEYS["undo"]),
        ("v", KEYS["query"]),
        ("d", KEYS["differing"]),
        ("?", KEYS["help"]),
        ("esc", KEYS["back"]),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "ask('reason')", "reason", show=False),
        Binding("v", "ask('query')", "query", show=False),
        Binding("b", "evidence", "evidence", show=False),
        Binding("z", "undo", "undo", show=False),
        Binding("d", "differing", "differing", show=False),
        Binding("space", "pick", "pick", show=False),
        Binding("escape", "back", "back", show=False),
        Binding("j", "app.simulate_key('down')", "down", show=False),
        Binding("k", "app.simulate_key('up')", "up", show=False),
    ]

    def __init__(self, corps: str) -> None:
        super().__init__()
        self.corps = corps
        self._asking: Asking = ""
        self._topic = ""
        """The dimension that the words being typed are about, wherever the cursor goes."""
        self._queries: dict[str, str] = {}
        self._only_open: bool | None = None
        self._seen_seq = -1
        self._shown_evidence: tuple[object, ...] = ()
        self._weighed: dict[str, Levels] = {}
        self._pieces: list[Piece] = []
        self._work = Work(self)

    def body(self) -> ComposeResult:
        """Dimensions, evidence, verdict, the reason."""
        with Horizontal(id="desk"):
            yield Lines(id="dimensions", cursor_type="row", cell_padding=0)
            yield OptionList(id="evidence", markup=False)
        yield Static(id="verdict", markup=False)
        yield Static(id="reason", markup=False)
        yield Input(id="words", compact=True, select_on_focus=False)

    # What is shown

    def prepare(self) -> None:
        """Make the columns, and sit down."""
        host = self.host
        self._before = before(host.state, host.monitor, self.corps)
        self._keys = {level.letter.casefold(): level for level in self._levels()}
        self._columns()
        self.table.focus()
        host.live.place = self.corps

    @property
    def help(self) -> tuple[tuple[str, Bilingual], ...]:
        """What each key does, and the letters of the scale."""
        letters = tuple((level.letter, level.label) for level in self._levels())
        return (*letters, *((key, HELP[name]) for key, name in DESK_HELP), *GENERAL)

    @property
    def hints(self) -> str:
        """The letters of the scale, and the other keys."""
        letters = " ".join(level.letter for level in self._levels())
        return f"{letters}  {super().hints}"

    def on_unmount(self) -> None:
        """Leave the desk."""
        self.host.live.place = ""

    def on_resize(self) -> None:
        """Give the names the room that there is."""
        if self.table.columns:
            at = self.table.cursor_row
            self._columns()
            self._fill()
            self.table.move_cursor(row=at, animate=False)

    @property
    def table(self) -> Lines:
        """The dimensions."""
        return self.query_one("#dimensions", Lines)

    @property
    def dimension(self) -> str | None:
        """The dimension under the cursor."""
        return self.table.key

    @property
    def _scale(self) -> Scale:
        return self.host.weigher.framework.scale

    def _levels(self) -> tuple[Level, ...]:
        return (*self._scale.levels, self._scale.blank)

    def _level(self, level: str | None) -> Level:
        return self._scale[level or self._scale.blank.id]

    def _columns(self) -> None:
        say, signs, table = self.host.say, self.host.signs, self.table
        table.clear(columns=True)
        room = self.size.width * 11 // 20 - 3 - BEFORE - PROPOSALS - NOW
        self._name_width = max(NAME, min(room, 2 * NAME))
        earlier = self._before.edition if self._before else ""
        table.add_column("", width=2)
        table.add_column(Text(signs.fit(say.text("dimension"), self._name_width)), width=self._name_width)
        table.add_column(Text(signs.fit(earlier, BEFORE - 1)), width=BEFORE)
        table.add_column(Text(signs.fit(say.text("proposals"), PROPOSALS - 1)), width=PROPOSALS)
        table.add_column(Text(signs.fit(say.text("now"), NOW)), width=NOW)
        table.styles.width = 2 + self._name_width + BEFORE + PROPOSALS + NOW + 1

    def follow(self) -> None:
        """Show the desk as the round is now."""
        state, say = self.host.state, self.host.say
        if self._only_open is None:
            self._only_open = kind_here(state) is do.Settle
        parts = [f"{say.text('round')} {state.of.round}", state.of.corps[self.corps]]
        if state.session:
            blind = f" {say.text('blind')}" if state.blind and state.session == 1 else ""
            parts.append(f"{say.text('session')} {state.session}{blind}")
        parts.append(self.host.round.who)
        if self.host.live.company:
            parts.append(f"{say.text('also_here')}: {', '.join(self.host.live.company)}")
        self.put("title", " · ".join(parts))
        if state.seq != self._seen_seq:
            self._seen_seq = state.seq
            self.rest(self._standing())
            self._fill()
        else:
            self._show_status()

    def _standing(self) -> str:
        """How well the weighers agree, as far as the participant may see it."""
        state, say = self.host.state, self.host.say
        if state.blind and state.session == 1 and state.session_open:
            return say.text("blind_session")
        found = agreement(state)
        alpha = "-" if found.alpha is None else say.number(round(found.alpha, 2))
        here = sum(corps == self.corps for corps, _ in found.differing)
        return say.text("agreement", alpha, here, len(found.differing))

    def _fill(self) -> None:
        state = self.host.state
        names = [name for name in state.of.dimensions if not self._only_open or self._to_do(name)]
        if self._only_open and not names:
            self._only_open, names = False, list(state.of.dimensions)
        self.table.show([(name, self._line(name)) for name in names])
        self._show_dimension()

    def _to_do(self, name: str) -> bool:
        return self._draft_of(name) is not None or self.host.state.score(self.corps, name) is None

    def _line(self, name: str) -> list[Text]:
        state, signs = self.host.state, self.host.signs
        cell, score, draft = state.cell(self.corps, name), state.score(self.corps, name), self._draft_of(name)
        mark = ("•", "*")[not signs.unicode] if draft else "!" if differs(cell) and cell.settled is None else ""
        mark = mark or (("✓", "v")[not signs.unicode] if score else "")
        proposals = Text()
        for by in sorted(cell.proposals):
            proposals.append_text(self._sign(cell.proposals[by].level))
        earlier = self._before.levels.get(name, ()) if self._before else ()
        now = levels_now(state, cell, score, draft)
        return [
            Text(mark),
            Text(signs.fit(self.host.name_of(name) or name, self._name_width - 1)),
            self._signs(earlier),
            proposals,
            Text("?") if len(now) == len(state.of.levels) and not cell.proposals else self._signs(now),
        ]

    def _sign(self, level: str | None) -> Text:
        found = self._level(level)
        return Text(f"{self.host.signs(found)}{found.letter}", paint(found, self._scale))

    def _signs(self, levels: Levels) -> Text:
        text = Text()
        for level in levels:
            found = self._level(level)
            text.append(self.host.signs(found) if len(levels) > 1 else f"{self.host.signs(found)}{found.letter}",
                        paint(found, self._scale))  # fmt: skip
        return text

    def _show_dimension(self) -> None:
        """The evidence, the reason, and the verdict for the dimension under the cursor."""
        self._show_evidence()
        self._show_reason()
        self._weigh()

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._show_evidence()
        self._show_reason()

    def _show_reason(self) -> None:
        name, say = self.dimension, self.host.say
        if name is None:
            self.put("reason", "")
            return
        draft = self._draft(name)
        level = self._level(draft.level) if draft.chosen else None
        chosen = f"{self.host.signs(level)} {say.of(level.label)} · " if level else ""
        told = f"{chosen}{say.key('reason')}: {draft.reason or '...'} · {say.key('evidence')}: {len(draft.evidence)}"
        self.put("reason", told)

    def _show_evidence(self) -> None:
        name, state = self.dimension, self.host.state
        if name is None:
            return
        cited = self._draft(name).evidence
        shown = (name, state.seq, cited)
        if shown == self._shown_evidence:
            return
        same = self._shown_evidence[:1] == (name,)
        self._shown_evidence = shown
        self._pieces = evidence(state, self.corps, name)
        listed = self.query_one("#evidence", OptionList)
        at = listed.highlighted if same else None
        listed.clear_options()
        listed.add_options([Option(line, disabled=True) for line in self._about(name)])
        listed.add_options(
            [Option(self._piece(piece, piece.name in cited), id=piece.name, disabled=piece.problem is not None)
             for piece in self._pieces]
        )  # fmt: skip
        listed.highlighted = at

    def _about(self, name: str) -> Iterator[str]:
        """The norm of a dimension, what was said last time, and what has been proposed with its reasons."""
        say, signs, state = self.host.say, self.host.signs, self.host.state
        found = self.host.weigher.framework.dimension(name)
        yield signs.text(f"{self.host.name_of(name)}. {say.text('norm')}: {say.of(found.norm)}")
        if found.measure is not None:
            yield signs.text(f"{say.text('measure')}: {say.of(found.measure.quantity)} ({found.measure.unit})")
        if self._before and (note := self._before.notes.get(name)):
            yield signs.text(f"{self._before.edition}: {note}")
        cell = state.cell(self.corps, name)
        opinions = [*sorted(cell.proposals.items()), *([(cell.settled.by, cell.settled)] if cell.settled else [])]
        for by, opinion in opinions:
            settled = f" {say.text('settled')}" if opinion is cell.settled else ""
            level = self._level(opinion.level)
            yield signs.text(f"{by}{settled}: {signs(level)} {say.of(level.label)}. {opinion.reason}")
        for query in state.open_queries(self.corps):
            if query.topic == name:
                yield signs.text(f"? {query.by}: {query.text}" + (f" > {query.reply}" if query.reply else ""))

    def _piece(self, piece: Piece, cited: bool) -> Text:
        say, signs = self.host.say, self.host.signs
        parts = [piece.title]
        if piece.kind == "form" and piece.answer is not None:
            parts.append(self._answer(piece.answer))
            if piece.earlier is not None:
                change = f", {say.number(round(100 * piece.change))} %" if piece.change is not None else ""
                parts.append(f"({say.text('earlier')} {say.number(piece.earlier)}{change})")
        elif piece.found is not None:
            answered = self._answer(piece.answer) if piece.answer is not None else "-"
            parts.append(f"{say.number(piece.found)} / {answered}")
        if piece.apart:
            parts.append(f"! {piece.explanation or say.text('unexplained')}")
        if piece.problem:
            parts.append(say.text("no_evidence"))
        box = "[x]" if cited else " - " if piece.problem else "[ ]"
        text = Text(signs.text(f"{box} {say.text(f'kind_{piece.kind}')}: {' '.join(parts)}"))
        if cited:
            text.stylize("bold")
        return text

    def _answer(self, answer: Answer) -> str:
        if isinstance(answer.value, int | float):
            return self.host.say.number(answer.value)
        return answer.value or f"{self.host.say.text(f'gap_{answer.kind}')}: {answer.reason}"

    # What the scores come to

    def _weigh(self) -> None:
        state = self.host.state
        levels = {
            name: levels_now(state, state.cell(self.corps, name), state.score(self.corps, name), self._draft_of(name))
            for name in state.of.dimensions
        }
        if levels == self._weighed:
            return
        self._weighed = levels
        weigher = self.host.weigher

        def make() -> tuple[Weighing, Prospects | None]:
            found = weigher.weigh_levels(levels)
            return found, prospects(weigher, levels) if found.verdict is not None else None

        self._work.do(make, lambda made: self._show_verdict(*made))

    def _show_verdict(self, found: Weighing, change: Prospects | None) -> None:
        say, signs = self.host.say, self.host.signs
        text = Text(f"{say.text('verdict')}: ")
        for at, name in enumerate(found.possible):
            level = self._level(name)
            text.append(f" {say.text('or')} " if at else "")
            text.append(f" {signs(level)} {signs.text(say.of(level.label))} ", paint(level, self._scale))
        names = self._named([name for reason in found.deciding for name in reason.dimensions])
        text.append("\n" + signs.text(f"{say.text('decided_by')}: {names or say.text('no_rule')}"))
        if self.size.height >= TALL:
            for reason in found.deciding[:MOST_RULES]:
                text.append("\n" + signs.text(f"- {say.of(reason.rule.text)}"))
        if change is None:
            told = f"{say.text('still_open')}: {self._named(found.pivotal)}"
        else:
            moves = [*change.improvements, *change.deteriorations]
            more = f" (+{len(moves) - MOST_MOVES})" if len(moves) > MOST_MOVES else ""
            told = f"{say.text('would_change')}: {'; '.join(map(self._move, moves[:MOST_MOVES])) or '-'}{more}"
        text.append("\n" + signs.text(told))
        self.put("verdict", text)

    def _named(self, dimensions: Sequence[str]) -> str:
        """The names of the first few dimensions, each once, and how many more there are."""
        names = list(dict.fromkeys(map(self._short, dimensions)))
        more = len(names) - MOST_NAMES
        return ", ".join(names[:MOST_NAMES]) + (f" (+{more})" if more > 0 else "")

    def _short(self, name: str) -> str:
        return self.host.name_of(name) or name

    def _move(self, move: Move) -> str:
        signs = self.host.signs
        arrow = ("→", ">")[not signs.unicode]
        steps = ", ".join(f"{self._short(step.dimension)} {signs(self._level(step.level))}" for step in move.steps)
        return f"{steps} {arrow} {''.join(signs(self._level(level)) for level in move.possible)}"

    # What is done

    def _draft_of(self, name: str) -> Draft | None:
        return self.host.drafts.get((self.corps, name))

    def _draft(self, name: str) -> Draft:
        """The draft of a dimension, else one to begin with."""
        kept = self._draft_of(name)
        if kept is not None:
            return kept
        state, who = self.host.state, self.host.round.who
        kind = kind_for(state, who, self.corps, name, self.host.round.today)
        return begun(state, who, kind_here(state) if isinstance(kind, RefusedError) else kind, self.corps, name)

    def _keep(self, name: str, draft: Draft) -> None:
        self.host.drafts[self.corps, name] = draft
        self._fill()

    def _allowed(self) -> str | None:
        """The dimension under the cursor, if the participant may score it; else the reason is told."""
        name = self.dimension
        if name is None:
            return None
        kind = kind_for(self.host.state, self.host.round.who, self.corps, name, self.host.round.today)
        if isinstance(kind, RefusedError):
            self.tell(f"{self.host.say.text('refused')}: {self.reason(kind)}")
            return None
        return name

    def on_key(self, event: events.Key) -> None:
        """Choose a level by its letter."""
        level = self._keys.get((event.character or "").casefold())
        if level is None or self._asking:
            return
        event.stop()
        event.prevent_default()
        name = self._allowed()
        if name is not None:
            draft = self._draft(name)
            chosen = None if level == self._scale.blank else level.id
            self.tell("")
            self._keep(name, Draft(draft.seen, True, chosen, draft.reason, draft.evidence))

    def action_evidence(self) -> None:
        """Go to the evidence and back."""
        listed = self.query_one("#evidence", OptionList)
        if listed.has_focus:
            self.table.focus()
        elif self._allowed() is not None:
            listed.focus()
            if listed.highlighted is None:
                listed.action_first()

    def action_pick(self) -> None:
        """Cite the piece of evidence under the cursor, or no longer."""
        listed = self.query_one("#evidence", OptionList)
        if listed.has_focus:
            listed.action_select()

    @on(OptionList.OptionSelected)
    def _cite(self, event: OptionList.OptionSelected) -> None:
        name = self._allowed()
        if name is not None and event.option_id is not None:
            self._keep(name, self._draft(name).with_evidence(event.option_id))

    def action_ask(self, asking: Asking) -> None:
        """Type the reason, or a query to the corps."""
        name = self._allowed() if asking == "reason" else self.dimension
        if name is None:
            return
        words = self.query_one(Input)
        self._asking = ""
        words.value = self._draft(name).reason if asking == "reason" else self._queries.get(name, "")
        words.placeholder = self.host.signs.text(f"{self.host.say.key(asking)}: {self._short(name)}")
        self._asking, self._topic = asking, name
        self.query_one("#reason").display = False
        words.add_class("-asked")
        words.focus()

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        asking = self._asking
        self._take(event.value)
        self._close()
        if asking == "query":
            self._ask_corps(self._topic, event.value)

    def _take(self, words: str) -> None:
        """Keep what was typed."""
        if self._asking == "query":
            self._queries[self._topic] = words
        elif self._asking == "reason":
            draft = self._draft(self._topic)
            if words != draft.reason:
                self._keep(self._topic, Draft(draft.seen, draft.chosen, draft.level, words, draft.evidence))

    def _close(self) -> None:
        self._asking = ""
        self.query_one("#reason").display = True
        self.query_one(Input).remove_class("-asked")
        self.table.focus()

    def _ask_corps(self, name: str, words: str) -> None:
        try:
            action = do.Query(corps=self.corps, topic=name, text=words)
        except ValidationError as error:
            self.tell(f"{self.host.say.text('refused')}: {fault_of(error)}")
            return

        def hear(outcome: Outcome) -> None:
            if isinstance(outcome, Event):
                self._queries.pop(name, None)
            self._hear(outcome)

        self.host.live.do(action, hear)

    @on(DataTable.RowSelected)
    def _record(self) -> None:
        """Record the draft of the dimension under the cursor."""
        name = self._allowed()
        if name is None:
            return
        draft, say = self._draft(name), self.host.say
        kind = kind_for(self.host.state, self.host.round.who, self.corps, name, self.host.round.today)
        assert not isinstance(kind, RefusedError)
        if not draft.chosen:
            self.tell(say.text("choose_level", " ".join(level.letter for level in self._levels())))
            return
        if not draft.reason.strip():
            self.tell(say.text("give_reason"))
            self.action_ask("reason")
            return
        data = {"corps": self.corps, "dimension": name, "level": draft.level, "reason": draft.reason}
        try:
            action = kind.model_validate(data | {"evidence": draft.evidence})
        except ValidationError as error:
            self.tell(f"{say.text('refused')}: {fault_of(error)}")
            return

        def hear(outcome: Outcome) -> None:
            if isinstance(outcome, Event):
                if self._draft_of(name) == draft:
                    self.host.drafts.pop((self.corps, name), None)
            elif isinstance(outcome, ConflictError):
                last = outcome.events[-1]
                self.host.drafts[self.corps, name] = Draft(last.seq, True, draft.level, draft.reason, draft.evidence)
            self._hear(outcome)
            if isinstance(outcome, Event) and self.dimension == name:
                self._next()

        self.tell(say.text("recording"))
        self.host.live.do(action, hear, draft.seen)

    def _next(self) -> None:
        """Go on to the next dimension."""
        self.table.action_cursor_down()

    def _hear(self, outcome: Outcome) -> None:
        say = self.host.say
        if isinstance(outcome, Event):
            self.tell(say.text("recorded", outcome.seq))
        elif isinstance(outcome, ConflictError):
            last = outcome.events[-1]
            level = getattr(last.action, "level", None)
            reason = getattr(last.action, "reason", "")
            told = f": {say.of(self._level(level).label)}. {reason}" if reason else ""
            self.tell(say.text("conflict", last.by, told, last.by))
        else:
            self.tell(f"{say.text('refused')}: {self.why(outcome)}")
        self._seen_seq = -1
        self.follow()

    def action_undo(self) -> None:
        """Drop what is not recorded yet; else take back one's last change of this score, as a new event."""
        name, say = self.dimension, self.host.say
        if name is None:
            return
        if self.host.drafts.pop((self.corps, name), None) is not None:
            self.tell(say.text("dropped"))
            self._fill()
            return
        allowed = self._allowed()
        if allowed is None:
            return
        state, who = self.host.state, self.host.round.who
        kind = kind_for(state, who, self.corps, name, self.host.round.today)
        about = "score" if kind is do.Settle else "proposal"
        action = undo(self.host.round.history(f"{about}/{self.corps}/{name}"), who)
        if action is None:
            self.tell(say.text("nothing_to_undo"))
            return
        self.host.live.do(action, self._hear, state.seq)

    def action_differing(self) -> None:
        """Show only the dimensions without a score that stands, and all again."""
        self._only_open = not self._only_open
        self._fill()

    def action_back(self) -> None:
        """Close what is open here, else leave; drafts are kept."""
        if self._asking:
            self._take(self.query_one(Input).value)
            self._close()
        elif self.query_one("#evidence", OptionList).has_focus:
            self.table.focus()
        else:
            self.app.pop_screen()
