"""What the source tells in words, carried over in our own; and what it counts or advises."""

from typing import Annotated

from pydantic import Field, StrictBool

from kmtui.model.base import FrozenMap, Id, Paragraph, Value, Words, no_entries

Citation = Annotated[tuple[Paragraph, ...], Field(min_length=1)]


class Passage(Value):
    """A few sentences with the paragraphs that they rest on."""

    text: Words
    source: Citation


class PartnerRemark(Passage):
    """What a corps says about a partner: a partner, an aspect of one, or `algemeen` for the cooperation as a whole."""

    partner: Id


class Picture(Value):
    """What the source says about the country as a whole: by dimension, by partner, and the partners' answers."""

    dimensions: FrozenMap[Passage] = Field(default_factory=no_entries)
    partners: FrozenMap[Passage] = Field(default_factory=no_entries)
    answers: FrozenMap[Passage] = Field(default_factory=no_entries)


class PublishedCount(Value):
    """How many corps have a level, as the source prints it: on a dimension, from a partner's column, or as verdict.

    More than one level: the source gives the number of both together. Not `exact`: the number is loose, or derived.
    """

    dimension: Id | None = None
    partner: Id | None = None
    verdict: StrictBool = False
    levels: tuple[Id, ...]
    count: Annotated[int, Field(ge=0)]
    exact: StrictBool = True
    source: Citation
    note: str = ""


class Counts(Value):
    """The published counts of an edition."""

    counts: tuple[PublishedCount, ...] = ()


class Recommendation(Passage):
    """An advice of the source: to whom, about what, and whether it repeats one of the edition before."""

    id: Id
    addressees: Annotated[tuple[Id, ...], Field(min_length=1)]
    theme: Id
    repeated: StrictBool = False


class Recommendations(Value):
    """The recommendations of an edition, in the order of the source; addressees and themes whose id does not say it all
    have a name.
    """

    names: FrozenMap[Words] = Field(default_factory=no_entries)
    recommendations: tuple[Recommendation, ...] = ()
