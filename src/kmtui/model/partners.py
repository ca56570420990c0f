"""External partners whose cooperation the corps judge."""

from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from kmtui.model.base import Citation, Id, Text, Value


class Aspect(Value):
    """One side of the cooperation that is judged by itself; its id is that of the column."""

    id: Id
    name: Text
    short: Annotated[str, Meta(min_length=1, max_length=4)]


class PartnerColumn(NamedTuple):
    """A column of judgements: a partner, or one aspect of it."""

    id: str
    partner: "PartnerType"
    name: Text
    short: str


class PartnerType(Value):
    """A partner: one that the corps depend on, one that complements them, or one that supports them."""

    id: Id
    name: Text
    short: Annotated[str, Meta(min_length=1, max_length=4)]
    kind: Literal["dependent", "complementary", "supporting"]
    role: Text
    aspects: tuple[Aspect, ...] = ()
    source: Citation

    @property
    def columns(self) -> tuple[PartnerColumn, ...]:
        """The columns of judgements on this partner."""
        if not self.aspects:
            return (PartnerColumn(self.id, self, self.name, self.short),)
        return tuple(
            PartnerColumn(
                aspect.id,
                self,
                Text(nl=f"{self.name.nl}: {aspect.name.nl}", en=f"{self.name.en}: {aspect.name.en}"),
                aspect.short,
            )
            for aspect in self.aspects
        )
