"""Passages of the source in our own words, published counts, and recommendations."""

from typing import Annotated, Literal

from msgspec import Meta, field

from kmtui.model.base import Citation, FrozenMap, Id, Language, Value, Words, no_entries

TEXT_LANGUAGE: Language = "nl"
"""The language of the texts of editions that have no translation."""


class Passage(Value):
    """A few sentences with the paragraphs that they rest on."""

    text: Words
    source: Citation


class PartnerRemark(Passage):
    """What a corps says about a partner: a partner, an aspect of one, or `algemeen` for the cooperation as a whole."""

    partner: Id


class Picture(Value):
    """What the source says about the country: by dimension, by partner, partners' answers, developments by topic."""

    dimensions: FrozenMap[Passage] = field(default_factory=no_entries)
    partners: FrozenMap[Passage] = field(default_factory=no_entries)
    answers: FrozenMap[Passage] = field(default_factory=no_entries)
    developments: FrozenMap[Passage] = field(default_factory=no_entries)


class PublishedCount(Value):
    """How many corps have a level, as the source prints it: on a dimension, from a partner's column, or as verdict.

    More than one level: the source gives the number of both together. Not `exact`: the number is loose, or derived.
    """

    dimension: Id | None = None
    partner: Id | None = None
    verdict: bool = False
    levels: tuple[Id, ...]
    count: Annotated[int, Meta(ge=0)]
    exact: bool = True
    source: Citation
    note: str = ""


class Counts(Value):
    """The published counts of an edition."""

    counts: tuple[PublishedCount, ...] = ()


class FollowUp(Passage):
    """What became of a recommendation, as the edition that holds it knows."""

    status: Literal["open", "partly", "done", "rejected"]


class Recommendation(Passage):
    """An advice of the source: to whom, about what, and whether it repeats one of the edition before.

    `repeats` is the id of the repeated one, if that edition is loaded.
    """

    id: Id
    addressees: Annotated[tuple[Id, ...], Meta(min_length=1)]
    theme: Id
    repeated: bool = False
    repeats: Id | None = None
    follow_up: FollowUp | None = None


class Recommendations(Value):
    """The recommendations of an edition, in the order of the source; addressees and themes whose id does not say it all
    have a name.
    """

    names: FrozenMap[Words] = field(default_factory=no_entries)
    recommendations: tuple[Recommendation, ...] = ()


class Term(Passage):
    """An abbreviation. Where the source has not `explained` it, the text is ours and the paragraph its first."""

    id: Id
    term: Words
    explained: bool = True


class Glossary(Value):
    """The abbreviations of an edition, in the order of the alphabet."""

    terms: tuple[Term, ...] = ()
