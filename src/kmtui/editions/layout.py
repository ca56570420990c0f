"""Which files and folders an edition has, as patterns inside its folder."""

from kmtui.editions.parts import PARTS

HEAD = "edition.toml"
LAYOUT = (HEAD, "corps", "corps/*.toml", *(pattern for part in PARTS.values() for pattern in part.files))
FILES = tuple(pattern for pattern in LAYOUT if "." in pattern)
