"""Weigh a long file of scores in blocks: read with pyarrow, weighed with numpy, as far as it is plain and whole.

What is not plain (quotes, blanks around a name, a row too short, an unknown level) ends it: `weigh_file` can go on
there row by row, and say what is wrong and where.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import csv

from kmtui.cli.weigh_file import LevelNames, warning
from kmtui.export.delimited import Dialect, line_of
from kmtui.export.tables import deciding_cell
from kmtui.files.sheets import LONGEST_LINE
from kmtui.model.scale import Scale
from kmtui.weighing.bulk import Bulk, Masks
from kmtui.weighing.weigher import Weigher

BLOCK = 2**20
"""Bytes that are read together; some thirty such blocks are read ahead."""
NOT_PLAIN = re.compile(r'["\0\r,;]|^[=@+\-\s]|\s$', re.MULTILINE)
"""What keeps names of corps from being written as they were read."""
LONGEST_NAME = 1000
REMEMBERED = 2**15
"""Maximum number of cached line endings."""


class NotPlainError(Exception):
    """The next block must be processed row by row."""


def weigh_blocks(raw: BinaryIO, weigher: Weigher, dialect: Dialect) -> Iterator[tuple[int, str]]:
    """How many rows a block has, and their result as text, for one block after the other.

    `raw` stands at the beginning of the file. Raises SchemeError for a scheme in code, NotPlainError where the next
    block is not plain, or at the end where a corps stands twice.
    """
    bulk = Bulk(weigher)
    scale, ids = weigher.framework.scale, weigher.framework.dimension_ids
    header, level_of = _plain_header(raw, ids), LevelNames(scale)
    tails, hashes = _Tails(bulk, weigher, dialect), array("q")
    try:
        for batch in _batches(raw, header, ids):
            cells = np.empty((len(ids), batch.num_rows), bulk.dtype)
            for place, name in enumerate(ids):
                column = batch.column(name)
                masks = [_mask(level_of(text), scale) for text in column.dictionary.to_pylist()]
                np.take(np.array(masks, bulk.dtype), column.indices, out=cells[place])
            names = batch.column("corps").to_pylist()
            if NOT_PLAIN.search("\n".join(names)) or max(map(len, names)) > LONGEST_NAME:
                raise NotPlainError
            hashes.extend(map(hash, names))
            yield len(names), tails.joined(names, cells)
    except (pa.ArrowInvalid, ValueError) as error:
        raise NotPlainError from error
    if len(np.unique(np.frombuffer(hashes, np.int64))) < len(hashes):
        raise NotPlainError


def _plain_header(raw: BinaryIO, ids: Sequence[str]) -> list[str]:
    """The names of the columns, if they are those that are needed and no others; `raw` is at its beginning again."""
    header = raw.readline(LONGEST_LINE).decode("utf-8-sig", "replace").strip().split(",")
    raw.seek(0)
    if sorted(header) != sorted(("corps", *ids)):
        raise NotPlainError
    return header


def _batches(raw: BinaryIO, header: Sequence[str], ids: Sequence[str]) -> Iterator[Any]:
    """The rows in blocks; each dimension as numbers that stand for the texts in its cells. Quotes are read as text."""
    return iter(
        csv.open_csv(
            raw,
            csv.ReadOptions(block_size=BLOCK, column_names=list(header), skip_rows=1),
            csv.ParseOptions(quote_char=False),
            csv.ConvertOptions(
                column_types={"corps": pa.string(), **dict.fromkeys(ids, pa.dictionary(pa.int32(), pa.string()))}
            ),
        )
    )


def _mask(levels: Sequence[str], scale: Scale) -> int:
    """The bits of the possible levels by rank; a blank is the bit above the best level."""
    return sum(1 << rank for rank in {scale.rank(level) for level in levels or (scale.blank.id,)})


class _Tails(dict[bytes, str]):
    """What follows the name of a corps in its line, by all that decides there: made when it first comes up."""

    def __init__(self, bulk: Bulk, weigher: Weigher, dialect: Dialect) -> None:
        super().__init__()
        self._bulk, self._dialect, self._levels = bulk, dialect, weigher.framework.scale.ids
        self._counts = np.dtype(np.min_scalar_type(bulk.dimensions))

    def joined(self, names: Sequence[str], cells: Masks) -> str:
        """The lines of these corps."""
        lines: list[str] = []
        for possible, flags in self._bulk.explained(cells):
            given = self._given(cells[:, len(lines) : len(lines) + len(possible)])
            keyed = np.hstack([possible.reshape(-1, 1).view(np.uint8), given.reshape(-1, 1).view(np.uint8), flags])
            keys = np.ascontiguousarray(keyed).view(f"S{keyed.shape[1]}").ravel().tolist()
            quote = '"' if self._dialect.quotes_text else ""
            lines += [f"{quote}{name}{quote}{self[key]}" for name, key in zip(names[len(lines) :], keys, strict=False)]
        return "".join(lines)

    def _given(self, cells: Masks) -> Masks:
        """How many dimensions of each row are not blank."""
        blank = self._bulk.dtype.type(1 << len(self._levels))
        given: Masks = np.sum(cells != blank, axis=0, dtype=self._counts)
        return given

    def __missing__(self, key: bytes) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        size, behind = self._bulk.dtype.itemsize, self._bulk.dtype.itemsize + self._counts.itemsize
        entries = self._bulk.entries
        possible = int.from_bytes(key[:size], "little")
        flags = np.unpackbits(np.frombuffer(key[behind:].ljust(-(-len(entries) // 4), b"\0"), np.uint8))
        certain, doubtful = flags[: 2 * len(entries) : 2], flags[1 : 2 * len(entries) : 2]
        deciding = [(entry.rule, bool(certain[at])) for at, entry in enumerate(entries) if certain[at] or doubtful[at]]
        verdicts = [level for rank, level in enumerate(self._levels) if possible >> rank & 1]
        verdict = verdicts[0] if len(verdicts) == 1 else ""
        given = int.from_bytes(key[size:behind], "little")
        explanation = (deciding_cell(deciding), warning(given, self._bulk.dimensions))
        line = line_of(("", verdict, "|".join(verdicts), *explanation), self._dialect)
        tail = self[key] = line.removeprefix('""')  # what follows the first cell
        return tail
