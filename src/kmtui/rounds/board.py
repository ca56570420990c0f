"""The board of a round: how far each corps and partner is on each step, from the one definition of progress."""

from datetime import date
from enum import StrEnum

import msgspec

from kmtui.rounds.next_steps import waits_for
from kmtui.rounds.progress import Item, Step
from kmtui.rounds.sight import items_seen, subjects_seen
from kmtui.rounds.state import State


class Standing(StrEnum):
    """Where a step of a subject stands."""

    EMPTY = "empty"
    """It has nothing to be done, as the hearing of a corps."""
    TO_DO = "to-do"
    BEGUN = "begun"
    LATE = "late"
    DONE = "done"


class StepCell(msgspec.Struct, frozen=True):
    """A step of a subject. `status` is that of its form, interview or hearing, empty where the step counts items."""

    step: Step
    standing: Standing
    done: int
    total: int
    status: str
    due: date | None
    mine: bool
    """Whether it waits for the participant who looks."""


class BoardRow(msgspec.Struct, frozen=True):
    """A corps or partner, its steps in order, and how many of all its items are done."""

    subject: str
    cells: tuple[StepCell, ...]
    done: int
    total: int

    @property
    def percentage(self) -> int:
        """Whole percents that are done, rounded down: 100 means everything."""
        return 100 * self.done // self.total if self.total else 0


_SINGLE = (Step.COLLECT, Step.INTERVIEW, Step.HEARING)
"""Steps with one item, whose `about` is its status."""
_NOT_BEGUN = ("unsent", "none", "")


def board(state: State, who: str, today: date) -> list[BoardRow]:
    """A row for each subject that the participant sees; `state` is what they see of the round."""
    return [_row(state, who, subject, today) for subject in subjects_seen(state, who)]


def _row(state: State, who: str, subject: str, today: date) -> BoardRow:
    of = items_seen(state, who, subject)
    cells = tuple(_cell(state, who, subject, step, [item for item in of if item.step is step], today) for step in Step)
    return BoardRow(subject, cells, sum(item.done for item in of), len(of))


def _cell(state: State, who: str, subject: str, step: Step, of: list[Item], today: date) -> StepCell:
    done = sum(item.done for item in of)
    status = of[0].about if of and step in _SINGLE else ""
    due = min((item.due for item in of if item.due and not item.done), default=None)
    if not of:
        standing = Standing.EMPTY
    elif done == len(of):
        standing = Standing.DONE
    elif due is not None and due < today:
        standing = Standing.LATE
    elif done or status not in _NOT_BEGUN or _begun(state, subject, step):
        standing = Standing.BEGUN
    else:
        standing = Standing.TO_DO
    mine = done < len(of) and waits_for(state, who, subject, step, today)
    return StepCell(step, standing, done, len(of), status, due, mine)


def _begun(state: State, subject: str, step: Step) -> bool:
    return step is Step.WEIGH and any(cell.proposals for cell in state.cells.get(subject, {}).values())
