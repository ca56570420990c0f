"""Weigh a long file of scores in blocks: read with pyarrow, weighed with numpy, as far as it is plain and whole.

What is not plain (quotes, blanks around a name, a row too short, an unknown level) ends it: `weigh_file` can go on
there row by row, and say what is wrong and where.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import csv

from kmtui.export.delimited import Dialect, line_of
from kmtui.export.tables import deciding_cell
from kmtui.weighing.bulk import Bulk, Masks
from kmtui.weighing.weigher import Weigher

BLOCK = 2**20
"""Bytes that are read together; some thirty such blocks are read ahead."""
NOT_PLAIN = re.compile(r'["\0\r,;]|^[=@+\-\s]|\s$', re.MULTILINE)
"""What keeps names of corps from being written as they were read."""
LONGEST_NAME = 1000
REMEMBERED = 2**15
"""How many different ways for a line to go on are kept."""


class NotPlainError(Exception):
    """What comes next has to be looked at row by row."""


def weigh_blocks(raw: BinaryIO, header: Sequence[str], weigher: Weigher, dialect: Dialect) -> Iterator[tuple[int, str]]:
    """How many rows a block has, and their result as text, for one block after the other.

    `raw` stands at the beginning of the file, whose header, without quotes, is known already. Raises SchemeError for a
    scheme in code, NotPlainError where the next block is not plain.
    """
    bulk = Bulk(weigher)
    ids = weigher.framework.dimension_ids
    levels = {name: 1 << rank for rank, name in enumerate(weigher.framework.scale.ids)}
    blank = 1 << len(levels)
    tails = _Tails(bulk, weigher, dialect)
    try:
        for batch in _batches(raw, header, ids):
            cells = np.empty((len(ids), batch.num_rows), bulk.dtype)
            for place, name in enumerate(ids):
                column = batch.column(name)
                masks = [_mask(text, levels, blank) for text in column.dictionary.to_pylist()]
                np.take(np.array(masks, bulk.dtype), column.indices, out=cells[place])
            names = batch.column("corps").to_pylist()
            if NOT_PLAIN.search("\n".join(names)) or max(map(len, names)) > LONGEST_NAME:
                raise NotPlainError
            yield len(names), tails.joined(names, cells)
    except pa.ArrowInvalid as error:
        raise NotPlainError from error


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


def _mask(text: str, levels: Mapping[str, int], blank: int) -> int:
    if not text.strip():
        return blank
    mask = 0
    for level in text.strip().split("|"):
        if level not in levels:
            raise NotPlainError
        mask |= levels[level]
    return mask


class _Tails(dict[bytes, str]):
    """What follows the name of a corps in its line, by all that decides there: made when it first comes up."""

    def __init__(self, bulk: Bulk, weigher: Weigher, dialect: Dialect) -> None:
        super().__init__()
        self._bulk, self._dialect, self._levels = bulk, dialect, weigher.framework.scale.ids

    def joined(self, names: Sequence[str], cells: Masks) -> str:
        """The lines of these corps."""
        lines: list[str] = []
        for possible, flags in self._bulk.explained(cells):
            keyed = np.hstack([possible.reshape(-1, 1).view(np.uint8), flags])
            keys = np.ascontiguousarray(keyed).view(f"S{keyed.shape[1]}").ravel().tolist()
            quote = '"' if self._dialect.quotes_text else ""
            lines += [f"{quote}{name}{quote}{self[key]}" for name, key in zip(names[len(lines) :], keys, strict=False)]
        return "".join(lines)

    def __missing__(self, key: bytes) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        size = self._bulk.dtype.itemsize
        entries = self._bulk.entries
        possible = int.from_bytes(key[:size], "little")
        flags = np.unpackbits(np.frombuffer(key[size:].ljust(-(-len(entries) // 4), b"\0"), np.uint8))
        certain, doubtful = flags[: 2 * len(entries) : 2], flags[1 : 2 * len(entries) : 2]
        deciding = [(entry.rule, bool(certain[at])) for at, entry in enumerate(entries) if certain[at] or doubtful[at]]
        verdicts = [level for rank, level in enumerate(self._levels) if possible >> rank & 1]
        verdict = verdicts[0] if len(verdicts) == 1 else ""
        line = line_of(("", verdict, "|".join(verdicts), deciding_cell(deciding)), self._dialect)
        tail = self[key] = line.removeprefix('""')  # what follows the first cell
        return tail
