"""Forms go out with last time's figures and come back as answers, or with every fault by sheet and cell."""

import io
import zipfile

import openpyxl
import pytest

from kmtui.rounds import actions as do
from kmtui.rounds.comparing import PREVIOUS, differences
from kmtui.rounds.errors import FormError
from kmtui.rounds.forms import ANSWER, GAP, REASON, read_form, write_csv, write_workbook

SHEET = "1. All"


@pytest.fixture
def sent(table):
    table.do("office", do.Ask(questionnaire=table.questions))
    figures = {"south": {"staff": 40}, "north": {}}
    table.do("dee", do.Compare(source=PREVIOUS, title="Last time", figures=figures, margin=0.5))
    table.do("office", do.Send(corps="south"))
    return table.state


def filled(content: bytes, **cells) -> bytes:
    """The workbook with these cells of its one chapter filled in."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell, value in cells.items():
        book[SHEET][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WELL = {"E2": 12, "E3": "yes", "F4": "niet bekend", "G4": "Nobody kept it."}


def test_a_filled_in_workbook_comes_back(sent, table):
    answers = read_form(filled(write_workbook(sent, "south"), **WELL), sent, "south")
    assert answers == table.answers


def test_a_workbook_shows_last_time_and_locks_all_but_the_answers(sent):
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(sent, "south")))
    sheet = book[SHEET]
    assert [sheet.cell(2, column).value for column in (1, 4)] == ["staff", 40]
    assert sheet.protection.sheet
    for column in range(1, 8):
        assert sheet.cell(2, column).protection.locked == (column - 1 not in (ANSWER, GAP, REASON))
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists["E3"] == '"yes,no"'
    assert book["kmtui"].sheet_state == "veryHidden"


def test_csv_does_the_same(sent, table):
    lines = write_csv(sent, "south").decode("utf-8-sig").splitlines()
    assert lines[2].startswith("staff;How many staff?;;40;")
    lines[2] = lines[2].removesuffix(";;") + "12;;"
    lines[3] = lines[3].removesuffix(";;") + "yes;;"
    lines[4] = lines[4].removesuffix(";;") + ";niet bekend;Nobody kept it."
    assert read_form("\n".join(lines).encode(), sent, "south") == table.answers


def test_what_was_answered_stands_in_the_next_form(sent, table):
    table.do("sam", do.Receive(corps="south", author="expert", answers=table.answers))
    for write in (write_workbook, write_csv):
        assert read_form(write(table.state, "south"), sent, "south") == table.answers


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"E2": None}, "1. All!E2: found nothing, expected an answer, or one of niet bekend"),
        ({"E2": "many"}, "1. All!E2: found 'many', expected a number"),
        ({"E3": "perhaps"}, "1. All!E3: found 'perhaps', expected one of yes, no"),
        ({"G4": None}, "1. All!G4: found 'unknown' without a reason"),
        ({"E4": "A story"}, "1. All!E4: found 'A story' beside 'niet bekend'"),
        ({"F4": "niet bekent"}, "1. All!F4: unknown kind of gap 'niet bekent' (did you mean 'niet bekend'?)"),
        ({"A2": "stuff"}, "1. All!A2: unknown question 'stuff' (did you mean 'staff'?)"),
        ({"A3": "staff"}, "1. All!A3: question 'staff' is there twice"),
    ],
)
def test_every_fault_by_sheet_and_cell(sent, cells, fault):
    content = filled(write_workbook(sent, "south"), **WELL | cells)
    with pytest.raises(FormError) as error:
        read_form(content, sent, "south")
    assert any(line.startswith(fault) for line in error.value.faults), error.value.faults


def test_faults_of_csv_by_line_and_column(sent):
    with pytest.raises(FormError) as error:
        read_form(write_csv(sent, "south"), sent, "south")
    assert error.value.faults[0].startswith("line 3, column antwoord: found nothing")
    assert len(error.value.faults) == 3


def test_a_formula_is_text_and_is_not_run(sent, table):
    text = table.answers | {"story": do.Answer(kind="text", value="=1+1")}
    table.do("sam", do.Receive(corps="south", author="expert", answers=text))
    assert b";'=1+1;" in write_csv(table.state, "south")
    assert read_form(write_csv(table.state, "south"), sent, "south")["story"].value == "=1+1"
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(table.state, "south")))
    assert book[SHEET]["E4"].data_type == "s"


@pytest.mark.parametrize("write", [write_workbook, write_csv])
def test_the_form_of_another_corps_is_refused(sent, table, write):
    table.do("office", do.Send(corps="north"))
    with pytest.raises(FormError, match="found the form of next north questions 1, expected that of next south"):
        read_form(write(table.state, "north"), sent, "south")


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * (65 * 2**20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04 nothing", "no workbook that can be read"),
        (b"", "found the form of nothing"),
        (b"\xff\xfe", "not UTF-8"),
        (b'kmtui;"', "broken CSV"),
        (_bomb(), "it unpacks to"),
    ],
    ids=["zip", "empty", "bytes", "quote", "bomb"],
)
def test_what_is_no_form(sent, content, problem):
    with pytest.raises(FormError, match=problem):
        read_form(content, sent, "south")


def test_decimals_with_a_comma_and_a_point(sent):
    content = write_workbook(sent, "south")
    for written, value in (("12,5", 12.5), ("12.5", 12.5), (12.5, 12.5), (12.0, 12), ("0", 0)):
        assert read_form(filled(content, **WELL | {"E2": written}), sent, "south")["staff"].value == value


def test_differences_beyond_the_margin(sent, table):
    table.do("sam", do.Receive(corps="south", author="expert", answers=table.answers))
    (found,) = differences(table.state, "south")
    assert (found.question, found.answered, found.found, found.explanation) == ("staff", 12, 40, None)
    assert found.share == pytest.approx(-0.7)
    table.do("sam", do.Explain(corps="south", source=PREVIOUS, question="staff", text="Half of them left."))
    (found,) = differences(table.state, "south")
    assert found.explanation == "Half of them left."
    table.do("dee", do.Compare(source="police", title="Police", figures={"south": {"staff": 13}}))
    assert [one.source for one in differences(table.state, "south")] == [PREVIOUS], "13 is within a tenth of 12"
