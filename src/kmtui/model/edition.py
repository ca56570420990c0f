"""An edition: what was found about each corps in one period."""

from datetime import date
from typing import Annotated

from msgspec import Meta, field

from kmtui.model.base import Citation, FrozenMap, Id, Value, Words, no_entries
from kmtui.model.score import PublishedVerdict, Score
from kmtui.model.words import PartnerRemark, Passage


class Period(Value):
    """The days that an edition is about, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"the period ends on {self.end}, before it starts on {self.start}")


class Source(Value):
    """The publication that an edition was taken from."""

    title: Words
    publisher: Words
    note: str = ""


class Unmentioned(Value):
    """Why scores that no corps file gives are open at every level: the edition is known from another's remarks only."""

    source: Citation
    note: Words


class FiguresFrom(Value):
    """Figures of this edition that another one prints: the columns of these years in its tables."""

    edition: Id
    years: Annotated[tuple[int, ...], Meta(min_length=1)]


class Corps(Value):
    """One assessed force: scores by dimension, published end score, judgements of partners, and passages about it."""

    id: Id
    name: Words
    source: Citation
    published: PublishedVerdict | None = None
    scores: FrozenMap[Score] = field(default_factory=no_entries)
    partners: FrozenMap[Score] = field(default_factory=no_entries)
    explanations: FrozenMap[Passage] = field(default_factory=no_entries)
    actions: tuple[Passage, ...] = ()
    outlook: tuple[Passage, ...] = ()
    outlook_note: Passage | None = None
    remarks: tuple[PartnerRemark, ...] = ()

    def __repr__(self) -> str:
        published = "|".join(self.published.possible) if self.published else "not published"
        return f"<Corps {self.id}: {len(self.scores)} scores, end score {published or 'blank'}>"

    def _repr_html_(self) -> str:
        from kmtui.model.html import html_table

        rows = (
            (name, "|".join(score.possible), score.basis, ", ".join(score.source), score.note)
            for name, score in self.scores.items()
        )
        return html_table(("dimension", "possible", "basis", "source", "note"), rows, self.name)


class EditionHead(Value):
    """What an edition says of itself; the corps are named in the order of the source.

    `partners` are the columns of judgements on partners; `groups` name sets of corps that claims count over. An edition
    with `unmentioned` is half known: scores that are not given are open.
    """

    id: Id
    title: Words
    period: Period
    framework: Id
    scheme: Id
    source: Source
    partners: tuple[Id, ...] = ()
    unit_mapping: Id | None = None
    groups: FrozenMap[tuple[Id, ...]] = field(default_factory=no_entries)
    figures: FiguresFrom | None = None
    unmentioned: Unmentioned | None = None
    corps: tuple[Id, ...]


class Edition(Value):
    """One run of the monitor: its head, and its corps in the order of the source."""

    head: EditionHead
    corps: tuple[Corps, ...]

    def __repr__(self) -> str:
        return f"<Edition {self.id}: {len(self.corps)} corps, framework {self.framework}>"

    def _repr_html_(self) -> str:
        from kmtui.model.html import html_table

        rows = (
            (corps.id, corps.name, "|".join(corps.published.possible) if corps.published else "")
            for corps in self.corps
        )
        return html_table(("corps", "name", "published"), rows, self.title)

    @property
    def id(self) -> str:
        """The edition's id."""
        return self.head.id

    @property
    def title(self) -> str:
        """The edition's title."""
        return self.head.title

    @property
    def framework(self) -> str:
        """The id of the framework that it is scored on."""
        return self.head.framework

    @property
    def scheme(self) -> str:
        """The id of the scheme that weighs it."""
        return self.head.scheme

    @property
    def is_complete(self) -> bool:
        """Whether every score is given."""
        return self.head.unmentioned is None

    def find_corps(self, corps_id: str) -> Corps:
        """The corps with this id (raises KeyError)."""
        for corps in self.corps:
            if corps.id == corps_id:
                return corps
        raise KeyError(corps_id)
