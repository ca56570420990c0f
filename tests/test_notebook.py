"""Tables as data frames, objects that show themselves in a line, and the analyses of docs/notebooks.md."""

import inspect
import pydoc
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import kmtui
from kmtui.export.catalog import NAMES
from kmtui.model.names import UnknownIdError

PAGE = Path(__file__).resolve().parents[1] / "docs" / "notebooks.md"


@pytest.fixture(scope="module")
def monitor():
    return kmtui.open_monitor()


def needs(package):
    return pytest.mark.skipif(find_spec(package) is None, reason=f"{package} is not installed")


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_typed_rows(monitor, name):
    table = monitor.table(name)
    assert len(table) == len(table.rows) > 0
    first = next(iter(table))
    assert list(first) == list(table.names)
    assert repr(table).startswith(f"<Table {name}: {len(table)} rows of ")


@needs("pandas")
@pytest.mark.parametrize("name", ["scores", "indicators", "matrix"])
def test_a_table_becomes_a_frame_of_pandas(monitor, name):
    table = monitor.table(name)
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.names)
    assert len(frame) == len(table)
    for column in table.columns:
        assert frame[column.name].dtype.kind in ("OUT" if column.kind == "string" else "fi"), column.name


@needs("polars")
@needs("pyarrow")
@pytest.mark.parametrize("name", ["scores", "indicators", "matrix"])
def test_a_table_becomes_arrow_data_and_a_frame_of_polars(monitor, name):
    import polars as pl

    table = monitor.table(name)
    frame = table.to_polars()
    assert frame.shape == (len(table), len(table.names))
    assert pl.DataFrame(table).shape == frame.shape
    assert table.to_arrow().num_rows == len(table)


def test_editions_and_schemes_are_chosen_by_id(monitor):
    assert {row["edition"] for row in monitor.table("scores", "2010")} == {"2010"}
    assert {row["edition"] for row in monitor.table("scores", "all")} == {"2008", "2010", "2012"}
    assert {row["scheme"] for row in monitor.table("verdicts", "2012", "referentiekader-2008")} == {
        "referentiekader-2008"
    }
    with pytest.raises(UnknownIdError, match=r"unknown table 'scoers' \(did you mean 'scores'\?\)"):
        monitor.table("scoers")


def test_objects_show_themselves_in_a_line(monitor):
    edition = monitor.edition("2012")
    corps = edition.find_corps("utrecht")
    weighing = monitor.weigher_for(edition).weigh(corps.scores)
    for value in (monitor, edition, corps, corps.scores["weging"], weighing):
        assert "\n" not in repr(value)
        assert len(repr(value)) < 200
    assert repr(edition) == "<Edition 2012: 27 corps, framework referentiekader-2008>"
    assert repr(weighing) == "<Weighing geel, decided by referentiekader-moet-groen>"


def test_notebooks_show_tables_as_html_that_is_escaped(monitor):
    html = monitor.table("levels")._repr_html_()
    assert html.count("<tr>") == len(monitor.table("levels")) + 1
    assert "2011-2012" in monitor._repr_html_()
    edition = monitor.edition("2012")
    corps = edition.find_corps("kennemerland")
    assert edition._repr_html_().count("<tr>") == 28
    assert corps._repr_html_().count("<tr>") == 18
    assert "<td>rood</td>" in corps.scores["financieel-rechercheren"]._repr_html_()
    weighing = monitor.weigher_for(edition).weigh(corps.scores)
    assert "<td>financieel-rechercheren-rood-met-geel</td><td>applies</td><td>yes</td>" in weighing._repr_html_()
    table = kmtui.Table("x", "<b>", monitor.table("levels").columns[:1], lambda: iter([["<script>"]]))
    assert "<script>" not in table._repr_html_()
    assert "&lt;script&gt;" in table._repr_html_()


def test_help_and_signatures_work():
    assert "open_monitor" in pydoc.render_doc(kmtui)
    for name in kmtui.__all__:
        thing = getattr(kmtui, name)
        if callable(thing):
            inspect.signature(thing)


def test_weighing_names_what_is_unknown_and_the_choices(monitor):
    weigher = monitor.weigher("referentiekader-2008")
    with pytest.raises(UnknownIdError, match="unknown level 'paars', expected one of rood, geel, groen, blanco"):
        weigher.weigh_levels({"weging": ("paars",)})
    with pytest.raises(UnknownIdError, match="did you mean 'weging'"):
        weigher.weigh_levels({"wegign": ("groen",)})


@needs("pandas")
def test_the_analyses_of_the_page_run(capsys):
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL))
    exec(compile(code, str(PAGE), "exec"), {})
    printed = capsys.readouterr().out
    assert "<Monitor: editions 2008, 2010, 2012" in printed
    assert re.search(r"^toezicht +\d+ +\d+ +\d+$", printed, re.MULTILINE)
    assert printed.rstrip().endswith("<Weighing groen>")
