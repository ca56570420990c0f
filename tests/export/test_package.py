"""Every table in a folder, described so that others can read it."""

import csv
import json

import pytest

from kmtui.export.package import write_package
from kmtui.export.tables import TABLES, Export
from kmtui.files.writing import write_atomically


@pytest.fixture(scope="module")
def folder(monitor, edition, tmp_path_factory):
    out = tmp_path_factory.mktemp("package")
    write_package(out, [Export(monitor, edition)], "rfc4180", lambda _: None)
    return out


def test_a_validator_accepts_the_package(folder):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert {task.name for task in report.tasks} == set(TABLES)


def test_every_column_is_described(folder):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert all(field["description"] for field in fields)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "a.csv"
    file.write_text("old")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_atomically(file, b"new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
