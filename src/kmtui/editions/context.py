"""What an edition may refer to: everything that plugins offer."""

from collections.abc import Collection, Mapping

import msgspec
from msgspec import field

from kmtui.model.framework import Framework
from kmtui.model.partners import PartnerColumn
from kmtui.model.scheme import Scheme
from kmtui.model.units import UnitMapping


class Context(msgspec.Struct, frozen=True):
    """Frameworks, schemes, partner columns and unit mappings by id.

    `added` are dimensions that plugins join to frameworks of others; an edition need not score them.
    """

    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    partners: Mapping[str, PartnerColumn] = field(default_factory=dict)
    mappings: Mapping[str, UnitMapping] = field(default_factory=dict)
    added: Collection[str] = ()
