"""Every table in a folder, with a datapackage.json that describes each column, key and file."""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from kmtui.export.catalog import csv_rows, tables_of
from kmtui.export.delimited import Dialect, write_rows
from kmtui.export.schema import Export, Table
from kmtui.files.writing import write_atomically
from kmtui.model.tabular import Column, ForeignKey


def write_package(
    folder: Path, exports: Iterable[Export], dialect: Dialect, version: str, written: Callable[[Path], None]
) -> None:
    """Write all tables of some editions as CSV, and their description by this `version` of kmtui.

    Calls `written` with each file.

    Raises OSError, or what reading the editions raises; then the files that are finished stay.
    """
    exports = list(exports)
    tables = tables_of(exports)
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for table in tables:
        out = io.StringIO(newline="")
        write_rows(out, table.names, csv_rows(table, exports, dialect), dialect)
        content = out.getvalue().encode()
        written(write_atomically(folder / f"{table.name}.csv", content))
        resources.append(_resource(table, {one.name for one in tables}, dialect, content))
    description = json.dumps(_package(exports, resources, version), indent=2, ensure_ascii=False) + "\n"
    written(write_atomically(folder / "datapackage.json", description.encode()))


def _package(exports: list[Export], resources: list[dict[str, Any]], version: str) -> dict[str, Any]:
    """The description of the package: Frictionless' terms, and DCAT and PROV terms for where it comes from."""
    heads = [export.edition.head for export in exports]
    sources = dict.fromkeys((head.source.title, head.source.publisher) for head in heads)
    periods = [f"{head.period.start}/{head.period.end}" for head in heads]
    return {
        "profile": "tabular-data-package",
        "name": "kmtui-export",
        "title": "; ".join(head.title for head in heads),
        "version": version,
        "licenses": [{"name": "MIT", "title": "MIT License"}],
        "sources": [{"title": title, "publisher": publisher} for title, publisher in sources],
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "prov": "http://www.w3.org/ns/prov#",
        },
        "@type": "dcat:Dataset",
        "dct:temporal": periods,
        "prov:wasDerivedFrom": [title for title, _ in sources],
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "prov:wasAssociatedWith": f"kmtui {version}",
            "prov:used": [f"edition {export.edition.id}" for export in exports],
        },
        "resources": resources,
    }


def _resource(table: Table, there: set[str], dialect: Dialect, content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, dialect) for column in table.columns], "missingValues": [""]}
    optional = {column.name for column in table.columns if column.optional}
    if table.key and not optional & {*table.key}:
        schema["primaryKey"] = list(table.key)
    # Frictionless takes an empty cell in a key of several columns for a value that is missing there.
    foreign = [key for key in table.foreign_keys if key.table in there and not optional & {*key.columns}]
    if foreign:
        schema["foreignKeys"] = [_foreign_key(key) for key in foreign]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if dialect.byte_order_mark else "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": dialect.delimiter, "lineTerminator": "\r\n"},
        "schema": schema,
    }


def _field(column: Column, dialect: Dialect) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.description}
    if column.kind == "number" and dialect.decimal != ".":
        field["decimalChar"] = dialect.decimal
    constraints: dict[str, Any] = {} if column.optional else {"required": True} if column.kind != "string" else {}
    if column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_key(key: ForeignKey) -> Mapping[str, Any]:
    reference = {"resource": key.table, "fields": list(key.refers_to or key.columns)}
    return {"fields": list(key.columns), "reference": reference}
