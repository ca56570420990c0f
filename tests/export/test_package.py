"""Every table in a folder, described so that others can read it."""

import csv
import hashlib
import json
import shutil

import pytest

from kmtui.export.catalog import MATRIX, TABLES
from kmtui.export.delimited import DIALECTS
from kmtui.export.package import write_package
from kmtui.export.schema import Export
from kmtui.files.writing import write_atomically


@pytest.fixture(scope="module")
def folder(monitor, edition, tmp_path_factory):
    out = tmp_path_factory.mktemp("package")
    write_package(out, [Export(monitor, edition)], DIALECTS["rfc4180"], "1.0", lambda _: None)
    return out


def test_a_validator_accepts_the_package(folder):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert {task.name for task in report.tasks} == {*TABLES, MATRIX}


def test_every_column_is_described(folder):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert all(field["description"] for field in fields)


def test_files_keys_and_values_are_described(folder):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["licenses"][0]["name"] == "MIT"
    assert package["prov:wasDerivedFrom"] == [package["sources"][0]["title"]]
    resources = {resource["name"]: resource for resource in package["resources"]}
    for resource in resources.values():
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    scores = resources["scores"]["schema"]
    assert scores["primaryKey"] == ["edition", "corps", "dimension"]
    assert {"resource": "dimensions", "fields": ["edition", "dimension"]} in [
        key["reference"] for key in scores["foreignKeys"]
    ]
    (basis,) = [field for field in scores["fields"] if field["name"] == "basis"]
    assert "counted" in basis["constraints"]["enum"]


def test_a_wrong_key_is_found(folder, tmp_path):
    """The description is checked for real: a corps that is not there is no longer valid."""
    frictionless = pytest.importorskip("frictionless")
    broken = shutil.copytree(folder, tmp_path / "broken")
    scores = broken / "scores.csv"
    scores.write_bytes(scores.read_bytes().replace(b",utrecht,", b",utrecth,"))
    report = frictionless.validate(str(broken / "datapackage.json"))
    assert "foreign-key" in {kind for (kind,) in report.flatten(["type"])}


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "a.csv"
    file.write_text("old")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_atomically(file, b"new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
