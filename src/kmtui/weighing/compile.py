"""Compile declarative schemes to programs, and check that a scheme fits its framework.

A new kind of rule needs a case in `_Compiler.add`, beside its class in `kmtui.model.scheme`.
"""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from kmtui.model.framework import Framework
from kmtui.model.names import expectation
from kmtui.model.scheme import Cap, Neutral, Number, Points, Prerequisite, Rule, Scheme, WeightingScheme
from kmtui.weighing.program import Amounts, Condition, Guard, Limit, Program, at_most


class SchemeError(ValueError):
    """A scheme cannot be used; the message lists every reason."""


def scheme_faults(framework: Framework, scheme: Scheme) -> list[str]:
    """Everything that keeps the scheme from weighing the framework's scores; empty when it fits."""
    faults = []
    if scheme.framework != framework.id:
        faults.append(f"scheme {scheme.id} weighs framework {scheme.framework}, not {framework.id}")
    dimensions, levels = framework.dimension_ids, framework.scale.ids
    for rule in scheme.rules:
        for kind, names, known in (("dimension", rule.dimension_ids, dimensions), ("level", rule.level_ids, levels)):
            for name in names:
                if name not in known:
                    lacking = f"which framework {framework.id} does not have{expectation(name, known)}"
                    faults.append(f"rule {rule.id} names {kind} {name}, {lacking}")
    if isinstance(scheme, WeightingScheme):
        try:
            _prerequisite_order(scheme)
        except CycleError as error:
            faults.append(f"prerequisites go round in a circle: {' > '.join(error.args[1])}")
    return faults


def _prerequisite_order(scheme: WeightingScheme) -> tuple[str, ...]:
    """Dimensions with prerequisites among them, required ones first (raises graphlib.CycleError)."""
    graph: dict[str, set[str]] = {}
    for rule in scheme.rules:
        if isinstance(rule, Prerequisite):
            graph.setdefault(rule.dimension, set()).add(rule.requires)
    return tuple(TopologicalSorter(graph).static_order())


def compile_scheme(framework: Framework, scheme: WeightingScheme, parameters: Mapping[str, int]) -> Program:
    """The program of a scheme that fits its framework, with these values of its parameters."""
    compiler = _Compiler(framework, parameters)
    for place, rule in enumerate(scheme.rules):
        compiler.add(place, rule)
    order = _prerequisite_order(scheme)
    compiler.limits.sort(key=lambda limit: order.index(compiler.dimensions[limit.dimension]))
    return compiler.program()


class _Compiler:
    """Collects limits, guards and tallies, rule by rule."""

    def __init__(self, framework: Framework, parameters: Mapping[str, int]) -> None:
        self.dimensions, self.levels = framework.dimension_ids, framework.scale.ids
        self.best, self.blank = len(self.levels) - 1, len(self.levels)
        self.place = {name: at for at, name in enumerate(self.dimensions)}
        self.rank = {name: at for at, name in enumerate(self.levels)}
        self.parameters = parameters
        self.limits: list[Limit] = []
        self.guards: list[Guard] = []
        self.tallies: list[Amounts] = []
        self.off: list[int] = []

    def program(self) -> Program:
        """All that was added."""
        return Program(
            dimensions=self.dimensions,
            levels=self.levels,
            limits=tuple(self.limits),
            guards=tuple(self.guards),
            traces=tuple(self._traces()),
            tallies=tuple(self.tallies),
            off=frozenset(self.off),
        )

    def add(self, place: int, rule: Rule) -> None:
        """Compile one rule, by its kind."""
        match rule:
            case Cap():
                self._cap(place, rule)
            case Prerequisite():
                when = Condition(self.place[rule.requires], at_most(self.rank[rule.at_most]))
                self.limits.append(Limit(place, self.place[rule.dimension], self.rank[rule.limit], when))
            case Points():
                self._points(place, rule)
            case Neutral():
                pass

    def _cap(self, place: int, rule: Cap) -> None:
        if rule.switch is not None and self.parameters[rule.switch] == 0:
            self.off.append(place)
            return
        own = self.place[rule.dimension]
        conditions: tuple[Condition, ...] = (Condition(own, at_most(self.rank[rule.at_most])),)
        if rule.unless is not None and self.parameters[rule.unless.switch] != 0:
            every_rank = at_most(self.blank)
            excepted = 1 << self.rank[rule.unless.level]
            conditions += (Condition(self.place[rule.unless.dimension], every_rank ^ excepted),)
        if rule.others is None:
            self.guards.append(Guard(place, self.rank[rule.verdict], conditions))
        else:
            threshold = self.rank[rule.others.at_most]
            lower = rule.others.lower is None or self.parameters[rule.others.lower] != 0
            counted = (*[int(lower)] * threshold, 1, *[0] * (self.blank - threshold))
            tally = self._tally((counted,) * len(self.dimensions))
            least = self.parameters[rule.others.count]
            self.guards.append(Guard(place, self.rank[rule.verdict], conditions, tally, least, own))

    def _points(self, place: int, rule: Points) -> None:
        cost = [*(self._number(rule.points.get(level, 0)) for level in self.levels), self._number(rule.blank)]
        weights = [self._number(rule.weights.get(name, rule.weight)) for name in self.dimensions]
        tally = self._tally(tuple(tuple(weight * points for points in cost) for weight in weights))
        for threshold in rule.thresholds:
            least = self._number(threshold.above) + 1
            self.guards.append(Guard(place, self.rank[threshold.verdict], tally=tally, least=least))

    def _number(self, number: Number) -> int:
        return self.parameters[number] if isinstance(number, str) else number

    def _tally(self, amounts: Amounts) -> int:
        """The place of a tally; rules that count alike share one."""
        if amounts not in self.tallies:
            self.tallies.append(amounts)
        return self.tallies.index(amounts)

    def _traces(self) -> Iterator[Guard]:
        """For each limit the guards that it can make hold, directly or through the limits after it."""
        reached = [(guard.conditions[:1], guard) for guard in self.guards]
        for limit in reversed(self.limits):
            judged = Condition(limit.dimension, at_most(self.best))
            found = [
                guard._replace(rule=limit.rule, conditions=(*guard.conditions, limit.when, judged))
                for about, guard in reached
                if self._leads_to(limit, about, guard)
            ]
            yield from found
            reached += [((limit.when,), guard) for guard in found]

    def _leads_to(self, limit: Limit, about: tuple[Condition, ...], guard: Guard) -> bool:
        """Whether the limited rank fulfils the condition that a rule is about, or adds to the sum if it has none."""
        if about:
            return about[0].dimension == limit.dimension and bool(about[0].ranks >> limit.to & 1)
        return guard.tally is not None and self.tallies[guard.tally][limit.dimension][limit.to] > 0
