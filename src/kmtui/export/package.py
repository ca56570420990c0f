"""Every table in a folder, with a datapackage.json that describes each column."""

import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from kmtui.export.delimited import DIALECTS, write_rows
from kmtui.export.tables import TABLES, Export, Table
from kmtui.files.writing import write_atomically


def write_package(folder: Path, exports: Iterable[Export], dialect: str, told: Callable[[Path], None]) -> None:
    """Write all tables of some editions and their description; `told` hears of each file (raises OSError)."""
    exports = list(exports)
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES.values():
        out = io.StringIO(newline="")
        rows = (row for export in exports for row in table.rows(export))
        write_rows(out, [column.name for column in table.columns], rows, dialect)
        told(write_atomically(folder / f"{table.name}.csv", out.getvalue().encode()))
    description = json.dumps(_package(exports, dialect), indent=2, ensure_ascii=False) + "\n"
    told(write_atomically(folder / "datapackage.json", description.encode()))


def _package(exports: list[Export], dialect: str) -> dict[str, object]:
    return {
        "profile": "tabular-data-package",
        "name": "kmtui-export",
        "title": "; ".join(export.edition.title for export in exports),
        "sources": [
            {"title": title} for title in dict.fromkeys(export.edition.head.source.title for export in exports)
        ],
        "resources": [_resource(table, dialect) for table in TABLES.values()],
    }


def _resource(table: Table, dialect: str) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "encoding": "utf-8-sig" if DIALECTS[dialect].byte_order_mark else "utf-8",
        "dialect": {"delimiter": DIALECTS[dialect].delimiter, "lineTerminator": "\r\n"},
        "schema": {
            "fields": [
                {"name": column.name, "type": column.kind, "description": column.description}
                for column in table.columns
            ],
            "missingValues": [""],
        },
    }
