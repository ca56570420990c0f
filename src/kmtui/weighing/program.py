"""The compiled form of a declarative scheme: what every evaluator of rules works on.

Scores are ranks: 0 for the worst level, `len(levels) - 1` for the best, and one more for a blank. A program is
evaluated in two steps:

1. *Limits* turn given ranks into effective ranks, in the order of `limits`.
2. *Guards* look at effective ranks. Each guard that holds keeps the verdict at or below its own; without any the
   verdict is the best level.

A program is plain data: sets of ranks are bit masks (bit r for rank r), dimensions and rules are places in the
framework and in the scheme, and parameters have their final values. It holds no functions, so that it can be
translated, to SQL for instance. `kmtui.weighing.compile` makes it, and is the one module that knows the kinds of rules.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

Amounts = tuple[tuple[int, ...], ...]
"""A tally: what each effective rank of each dimension adds to a sum; never negative."""


class Condition(NamedTuple):
    """The effective rank of a dimension is one of a set, given as a bit mask."""

    dimension: int
    ranks: int


class Limit(NamedTuple):
    """Where `when` holds and the dimension is not blank, it counts as at most the rank `to`."""

    rule: int
    dimension: int
    to: int
    when: Condition


class Guard(NamedTuple):
    """All conditions together, and a sum of at least `least`, keep the verdict at or below `verdict`.

    The sum is taken over a tally, without the dimension `apart`; with `tally` None there is no sum to reach. The first
    condition is on the dimension that the rule is about.
    """

    rule: int
    verdict: int
    conditions: tuple[Condition, ...] = ()
    tally: int | None = None
    least: int = 0
    apart: int | None = None


class Program(msgspec.Struct, frozen=True, dict=True):
    """A scheme in numbers.

    `traces` are guards that say when a limit brings about a verdict: each repeats a guard, with the conditions of the
    limit added and the rule of the limit. They explain, and change no verdict. `off` holds rules that a parameter
    switches off.
    """

    dimensions: tuple[str, ...]
    levels: tuple[str, ...]
    limits: tuple[Limit, ...]
    guards: tuple[Guard, ...]
    traces: tuple[Guard, ...]
    tallies: tuple[Amounts, ...]
    off: frozenset[int]

    @property
    def best(self) -> int:
        """The rank of the best level."""
        return len(self.levels) - 1

    @property
    def blank(self) -> int:
        """The rank of a blank."""
        return len(self.levels)

    @cached_property
    def monotone(self) -> bool:
        """Whether a better level never gives a worse verdict."""
        levels = at_most(self.best)
        sets = (condition.ranks & levels for condition in self.conditions)
        return all(ranks & (ranks + 1) == 0 for ranks in sets) and all(
            amounts[rank] >= amounts[rank + 1]
            for tally in self.tallies
            for amounts in tally
            for rank in range(self.best)
        )

    @cached_property
    def blank_is_best(self) -> bool:
        """Whether a blank never gives a worse verdict than the best level."""
        return not any(condition.ranks >> self.blank & 1 for condition in self.conditions) and all(
            amounts[self.blank] <= amounts[self.best] for tally in self.tallies for amounts in tally
        )

    @property
    def conditions(self) -> Iterator[Condition]:
        """The conditions of all limits and guards."""
        yield from (limit.when for limit in self.limits)
        yield from (condition for guard in self.guards for condition in guard.conditions)

    def bounded_by_ends(self, ranks: Sequence[tuple[int, ...]]) -> bool:
        """Whether the first possible rank of each dimension gives the worst verdict, and the last the best.

        Not so where nothing may be judged: a blank subject has no verdict.
        """
        maybe_blank = [len(choice) for choice in ranks if choice[-1] == self.blank]
        if not self.monotone or len(maybe_blank) == len(ranks):
            return False
        return self.blank_is_best or max(maybe_blank, default=1) == 1

    def only(self, rule: int) -> "Program":
        """The guards of one rule alone, its traces among them; all limits stay."""
        own = tuple(guard for guard in (*self.guards, *self.traces) if guard.rule == rule)
        return replace(self, guards=own, traces=())

    def without(self, rule: int) -> "Program":
        """The program of the other rules, without traces."""
        return replace(
            self,
            limits=tuple(limit for limit in self.limits if limit.rule != rule),
            guards=tuple(guard for guard in self.guards if guard.rule != rule),
            traces=(),
        )


def at_most(rank: int) -> int:
    """The set of a rank and all that are worse."""
    return (1 << (rank + 1)) - 1


def highest(ranks: int) -> int:
    """The best rank of a set that is not empty."""
    return ranks.bit_length() - 1
