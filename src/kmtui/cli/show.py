"""`kmtui show`: the facts of one corps or dimension as plain text."""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence

import click

from kmtui.analysis import corps_verdict, distribution
from kmtui.cli.session import Session, pass_session
from kmtui.model import Edition, Framework, Level, Measure, Scale, Score
from kmtui.monitor import UnknownId
from kmtui.terminal import speaks_unicode, visible
from kmtui.weighing import Reason, Weigher
from kmtui.wording import AGREEMENT, BASIS, Wording

INDENT = "    "


@click.group("show")
def command() -> None:
    """Print what is known of one corps or dimension."""


edition_option = click.option("--edition", "edition_id", help="Edition id; else the newest.")
scheme_option = click.option("--scheme", help="Weigh under this scheme instead of the edition's own.")


@command.command("corps")
@click.argument("corps_id", metavar="ID")
@edition_option
@scheme_option
@pass_session
def show_corps(session: Session, corps_id: str, edition_id: str | None, scheme: str | None) -> None:
    """The verdict of a corps with its reasons, and every score with basis, paragraph and note."""
    page = _page(session, edition_id, scheme)
    page.print(page.corps(_known("corps", corps_id, [corps.id for corps in page.edition.corps])))


@command.command("dimension")
@click.argument("dimension_id", metavar="ID")
@edition_option
@scheme_option
@pass_session
def show_dimension(session: Session, dimension_id: str, edition_id: str | None, scheme: str | None) -> None:
    """The norm of a dimension, its role in the end score, its distribution, and who scores what."""
    page = _page(session, edition_id, scheme)
    page.print(page.dimension(_known("dimension", dimension_id, page.framework.dimension_ids)))


def _known(kind: str, name: str, known: Sequence[str]) -> str:
    if name not in known:
        raise UnknownId(kind, name, known)
    return name


def _page(session: Session, edition_id: str | None, scheme: str | None) -> "_Page":
    monitor = session.monitor
    (edition,) = monitor.select(None if edition_id is None else monitor.entry(edition_id).id)
    weigher = monitor.weigher(scheme or edition.scheme)
    if weigher.framework.id != edition.framework:
        raise click.UsageError(
            f"scheme '{scheme}' weighs framework '{weigher.framework.id}', edition {edition.id} has '{edition.framework}'"
        )
    return _Page(edition, weigher, session.wording)


class _Page:
    """Turns one corps or dimension of an edition into lines."""

    def __init__(self, edition: Edition, weigher: Weigher, say: Wording) -> None:
        self.edition, self.weigher, self.say = edition, weigher, say
        self.framework: Framework = weigher.framework
        self.scale: Scale = self.framework.scale
        unicode = speaks_unicode()
        self.sign: Callable[[Level], str] = lambda level: level.glyph if unicode else level.ascii
        self.width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100

    def print(self, lines: Iterator[str]) -> None:
        """Write the lines; what comes from files cannot steer the terminal."""
        for line in lines:
            body = line.lstrip(" ")
            indent = " " * (len(line) - len(body))
            for part in textwrap.wrap(visible(body), max(40, self.width), initial_indent=indent,
                                      subsequent_indent=indent, break_long_words=False) or [""]:  # fmt: skip
                click.echo(part)

    def levels(self, possible: Sequence[str]) -> str:
        """`■ Rood`, `■ Rood of ▲ Geel`, or blank."""
        names = [f"{self.sign(level)} {self.say.of(level.label)}" for level in map(self.scale.__getitem__, possible)]
        blank = self.scale.blank
        return self.say.joined(names) or f"{self.sign(blank)} {self.say.of(blank.label)}"

    def score(self, score: Score) -> Iterator[str]:
        """Basis with paragraphs, then the note."""
        yield f"{INDENT * 2}{BASIS[score.basis](self.say.language)}: {', '.join(score.source)}"
        if score.note:
            yield f"{INDENT * 2}{score.note}"
        if score.relies_on_verdict:
            yield f"{INDENT * 2}({self.say('relies')})"

    def corps(self, corps_id: str) -> Iterator[str]:
        """The page of one corps."""
        say, corps = self.say, self.edition.find_corps(corps_id)
        found = corps_verdict(corps, self.weigher)
        yield f"{corps.name} ({corps.id}) - {self.edition.title}, {', '.join(corps.source)}"
        yield ""
        yield f"{say('verdict')}"
        yield f"{INDENT}{say('computed')}: {self.levels(found.weighing.possible)}"
        if found.published:
            paragraphs = ", ".join(found.published.source)
            yield f"{INDENT}{say('published')}: {self.levels([found.published.level])} ({paragraphs})"
            if found.published.note:
                yield f"{INDENT * 2}{found.published.note}"
        yield f"{INDENT}{say('agreement')}: {AGREEMENT[found.agreement](say.language)}"
        deciding = found.weighing.deciding
        yield f"{INDENT}{say('decided_by')}:" if deciding else f"{INDENT}{say('no_rule')}"
        for reason in deciding:
            yield self.reason(reason)
        if found.weighing.pivotal:
            names = [say.of(self.framework.dimension(name).name) for name in found.weighing.pivotal]
            yield f"{INDENT}{say('pivotal')}: {', '.join(names)}"
        elif any(score.is_open for score in corps.scores.values()):
            yield f"{INDENT}{say('pivotal_none')}"
        for area in self.framework.areas:
            yield ""
            yield say.of(area.name)
            for dimension in self.framework.dimensions_of(area.id):
                score = corps.scores[dimension.id]
                yield f"{INDENT}{say.of(dimension.name)}: {self.levels(score.possible)}"
                yield from self.score(score)

    def reason(self, reason: Reason) -> str:
        """One rule in force."""
        others = [self.say.of(self.framework.dimension(name).name) for name in reason.dimensions[1:]]
        beside = f" ({self.say('others')}: {', '.join(others)})" if others else ""
        certainty = "" if reason.certain else f" ({self.say('possible')})"
        return f"{INDENT * 2}- {self.say.of(reason.rule.text)} [{', '.join(reason.rule.source)}]{beside}{certainty}"

    def dimension(self, dimension_id: str) -> Iterator[str]:
        """The page of one dimension."""
        say, dimension = self.say, self.framework.dimension(dimension_id)
        area = say.of(self.framework.area(dimension.area).name)
        yield f"{say.of(dimension.name)} ({dimension.id}) - {area}, {say.of(self.framework.name)}"
        yield ""
        yield f"{say('norm')} ({', '.join(dimension.source)})"
        yield f"{INDENT}{say.of(dimension.norm)}"
        if dimension.measure:
            yield from self.measure(dimension.measure)
        yield ""
        yield f"{say('role')}: {say.of(self.weigher.scheme.name)}"
        rules = self.weigher.scheme.rules_on(dimension_id)
        for rule in rules:
            yield f"{INDENT}- {say.of(rule.text)} [{', '.join(rule.source)}]"
        if not rules:
            yield f"{INDENT}{say('no_rule_on')}"
        yield ""
        yield f"{say('distribution')} - {self.edition.title}"
        spread = distribution([corps.scores[dimension_id] for corps in self.edition.corps], self.scale)
        for levels, count in [
            *(((level,), n) for level, n in spread.certain.items()),
            *spread.open.items(),
            ((), spread.blank),
        ]:
            if count or len(levels) == 1:
                yield f"{INDENT}{count:>3}  {self.levels(levels)}"
        yield ""
        yield say("who")
        for corps in sorted(self.edition.corps, key=lambda corps: self._worst(corps.scores[dimension_id])):
            score = corps.scores[dimension_id]
            yield f"{INDENT}{corps.name}: {self.levels(score.possible)}"
            yield from self.score(score)

    def measure(self, measure: Measure) -> Iterator[str]:
        """What is measured, the bands of the norm, and the remark on them."""
        say = self.say
        yield f"{INDENT}{say('measure')}: {say.of(measure.quantity)} ({measure.unit}), {', '.join(measure.source)}"
        for band in measure.bands:
            bounds = [(word, bound) for word in ("at_least", "above", "at_most", "below")
                      if (bound := getattr(band, word)) is not None]  # fmt: skip
            told = f" {say('and')} ".join(f"{say(word)} {bound:g}" for word, bound in bounds)
            yield f"{INDENT * 2}{told}: {self.levels(band.levels)}"
        if measure.note:
            yield f"{INDENT * 2}{say.of(measure.note)}"

    def _worst(self, score: Score) -> int:
        return self.scale.rank(score.possible[0]) if score.possible else len(self.scale.levels)
