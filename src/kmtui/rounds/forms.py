"""The form of a corps as a spreadsheet or CSV, and back: answers, gaps with their reasons, last time's figures beside.

In the workbook only the cells to be filled in are unlocked, and choices are lists. What comes back is data: no formula
is run and nothing in it is trusted; every fault names its sheet and cell, or its line and column.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kmtui.export.delimited import harmless, unguarded
from kmtui.files.faults import unknown
from kmtui.model.questionnaire import Question, Questionnaire
from kmtui.rounds.actions import Answer, AnswerKind
from kmtui.rounds.comparing import PREVIOUS
from kmtui.rounds.errors import FormError
from kmtui.rounds.rules import answer_fault
from kmtui.rounds.state import Answer as Given
from kmtui.rounds.state import State

GAPS: Mapping[str, AnswerKind] = {
    "niet bekend": AnswerKind.UNKNOWN,
    "niet opgegeven": AnswerKind.NOT_GIVEN,
    "leeg": AnswerKind.EMPTY,
}
"""What a form calls the kinds of gap."""
COLUMNS = ("vraag", "tekst", "toelichting", "vorige keer", "antwoord", "geen antwoord", "reden")
"""The columns of a form; the first is the id of the question, the last three are filled in."""
ID, PREVIOUSLY, ANSWER, GAP, REASON = 0, 3, 4, 5, 6
COVER, MARK = "Uitleg", "kmtui"
"""The sheet that explains the form, and the hidden one that says whose form it is."""
LARGEST = 64 * 2**20
"""Bytes that a workbook may unpack to."""
MOST_ROWS = 10_000
_NOT_IN_NAMES = "[]:*?/\\"
"""What the name of a sheet may not have."""


class _Mark(NamedTuple):
    """Whose form it is, of which round and version."""

    round: str
    corps: str
    questionnaire: str
    version: str


def _mark(state: State, corps: str) -> _Mark:
    asked = _asked(state)
    return _Mark(state.of.round, corps, asked.id, str(asked.version))


def _asked(state: State) -> Questionnaire:
    if state.questionnaire is None:
        raise FormError(["there is no questionnaire yet"])
    return state.questionnaire


def _rows(state: State, corps: str, questions: Sequence[Question]) -> Iterator[list[Any]]:
    """Each question with last time's figure, and what was answered this time so far."""
    before = state.sources[PREVIOUS].figures.get(corps, {}) if PREVIOUS in state.sources else {}
    answers = state.forms[corps].answers if corps in state.forms else {}
    for question in questions:
        given = answers.get(question.id)
        help_text = " ".join(filter(None, (question.help, _expected(question))))
        yield [question.id, question.text, help_text, before.get(question.id, ""), *_cells(given)]


def _expected(question: Question) -> str:
    return f"Kies uit: {', '.join(question.choices)}." if question.choices else ""


def _cells(given: Given | None) -> tuple[Any, str, str]:
    if given is None:
        return "", "", ""
    gap = next((word for word, kind in GAPS.items() if kind == given.kind), "")
    return ("" if given.value is None else given.value), gap, given.reason


def write_csv(state: State, corps: str) -> bytes:
    """The form as CSV, with semicolons and a byte order mark as a Dutch spreadsheet reads it."""
    asked = _asked(state)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow((MARK, *_mark(state, corps)))
    writer.writerow(COLUMNS)
    for row in _rows(state, corps, asked.questions):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def write_workbook(state: State, corps: str) -> bytes:
    """The form as a protected workbook: a sheet for each chapter, of which only answers can be filled in."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    asked = _asked(state)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        fixed = book.add_format({"text_wrap": True, "valign": "top"})
        field = book.add_format(
            {"locked": False, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "silver"}
        )
        cover = book.add_worksheet(COVER)
        cover.set_column(0, 0, 100, fixed)
        lines = (
            f"{asked.title}: {state.of.corps[corps]}",
            f"{state.of.title}, {state.of.start} tot en met {state.of.end}",
            "Vul per vraag een antwoord in. Is er geen antwoord? Kies dan waarom in de kolom 'geen antwoord' en geef "
            "de reden. Een nul is een antwoord; laat een vraag niet zomaar open.",
            "Noem geen namen van personen.",
        )
        for at, line in enumerate(lines):
            cover.write_string(at, 0, line, bold if at == 0 else fixed)
        cover.protect()
        for chapter in asked.chapters:
            sheet = book.add_worksheet(_sheet_name(asked, chapter.id))
            for column, width in enumerate((22, 50, 40, 14, 24, 16, 40)):
                sheet.set_column(column, column, width)
            for column, name in enumerate(COLUMNS):
                sheet.write_string(0, column, name, bold)
            sheet.freeze_panes(1, 1)
            questions = asked.of(chapter.id)
            for at, (question, row) in enumerate(zip(questions, _rows(state, corps, questions), strict=True), 1):
                for column, cell in enumerate(row):
                    look = field if column >= ANSWER else fixed
                    if isinstance(cell, int | float):
                        sheet.write_number(at, column, cell, look)
                    elif cell:
                        sheet.write_string(at, column, cell, look)
                    else:
                        sheet.write_blank(at, column, None, look)
                _validate(sheet, at, question)
            sheet.protect(options={"format_columns": True, "format_rows": True})
        mark = book.add_worksheet(MARK)
        for at, word in enumerate(_mark(state, corps)):
            mark.write_string(0, at, word)
        mark.protect()
        mark.very_hidden()
    return out.getvalue()


def _validate(sheet: Any, at: int, question: Question) -> None:
    """Have the spreadsheet check what it can."""
    if question.choices and sum(map(len, question.choices)) < 200:
        sheet.data_validation(at, ANSWER, at, ANSWER, {"validate": "list", "source": list(question.choices)})
    elif question.type == "number":
        rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "Vul hier een getal in."}
        sheet.data_validation(at, ANSWER, at, ANSWER, rule)
    sheet.data_validation(at, GAP, at, GAP, {"validate": "list", "source": list(GAPS)})


def _sheet_name(asked: Questionnaire, chapter: str) -> str:
    """The name of a chapter's sheet: its number and title, as far as a spreadsheet takes it."""
    number = [one.id for one in asked.chapters].index(chapter) + 1
    title = next(one.title for one in asked.chapters if one.id == chapter)
    plain = "".join(" " if sign in _NOT_IN_NAMES else sign for sign in title)
    return f"{number}. {plain}"[:31].strip().strip("'")


class _Place(NamedTuple):
    """Where a row of a form stands."""

    sheet: str
    row: int

    def at(self, column: int) -> str:
        """A cell of the row, by sheet and cell, or by line and column of a CSV."""
        if self.sheet:
            return f"{self.sheet}!{chr(ord('A') + column)}{self.row}"
        return f"line {self.row}, column {COLUMNS[column]}"


def read_form(content: bytes, state: State, corps: str) -> dict[str, Answer]:
    """The answers in a form, a workbook or CSV (raises FormError with every fault)."""
    asked = _asked(state)
    workbook = content.startswith(b"PK")
    mark, rows = _read_workbook(content) if workbook else _read_csv(content)
    expected = _mark(state, corps)
    if tuple(mark) != expected:
        found = " ".join(mark) or "nothing"
        raise FormError([f"found the form of {found}, expected that of {' '.join(expected)}"])
    questions = {question.id: question for question in asked.questions}
    answers: dict[str, Answer] = {}
    faults: list[str] = []
    for place, row in rows:
        cells = [*row, *[""] * (len(COLUMNS) - len(row))]
        name = str(cells[ID]).strip()
        if not any(str(cell).strip() for cell in cells):
            continue
        if name not in questions:
            faults.append(f"{place.at(ID)}: {unknown('question', name, questions)}")
        elif name in answers:
            faults.append(f"{place.at(ID)}: question '{name}' is there twice")
        else:
            answer, column, problem = _answer(questions[name], cells)
            answers[name] = answer
            if problem:
                faults.append(f"{place.at(column)}: {problem}")
    faults += [f"question '{name}' is not in the form" for name in questions if name not in answers]
    if faults:
        raise FormError(faults)
    return answers


def _answer(question: Question, cells: Sequence[Any]) -> tuple[Answer, int, str]:
    """The answer in a row, the column that is wrong, and what is wrong with it."""
    written, gap, reason = cells[ANSWER], str(cells[GAP]).strip().casefold(), str(cells[REASON]).strip()
    written = written.strip() if isinstance(written, str) else written
    if gap:
        if gap not in GAPS:
            return Answer(kind=AnswerKind.EMPTY), GAP, unknown("kind of gap", gap, GAPS)
        if written != "":
            return Answer(kind=GAPS[gap]), ANSWER, f"found '{written}' beside '{gap}', expected one of the two"
        answer = Answer(kind=GAPS[gap], reason=reason)
        return answer, REASON, answer_fault(question, answer)
    if written == "":
        problem = f"found nothing, expected an answer, or one of {', '.join(GAPS)} in the next column with a reason"
        return Answer(kind=AnswerKind.EMPTY), ANSWER, problem
    value = _number(written) if question.type == "number" else str(written)
    answer = Answer(kind=AnswerKind(question.type), value=value, reason=reason)
    return answer, ANSWER, answer_fault(question, answer)


def _number(written: Any) -> int | float | str:
    """The number in a cell, with a decimal comma or point; text where it is none."""
    if isinstance(written, str):
        try:
            written = float(written.replace(",", "."))
        except ValueError:
            return str(written)
    if isinstance(written, bool) or not isinstance(written, int | float):
        return str(written)
    whole = isinstance(written, int) or written.is_integer()
    return int(written) if whole else written


def _read_csv(content: bytes) -> tuple[list[str], list[tuple[_Place, list[Any]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormError([f"found a byte that is not UTF-8 at offset {error.start}, expected a form"]) from None
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    mark: list[str] = []
    rows: list[tuple[_Place, list[Any]]] = []
    try:
        for cells in reader:
            if reader.line_num == 1:
                mark = [cell for cell in cells[1:] if cell] if cells[:1] == [MARK] else []
            elif cells[:1] != [COLUMNS[ID]] and len(rows) < MOST_ROWS:
                rows.append((_Place("", reader.line_num), [unguarded(cell) for cell in cells]))
    except csv.Error as error:
        raise FormError([f"line {reader.line_num}: broken CSV: {error}"]) from None
    return mark, rows


def _read_workbook(content: bytes) -> tuple[list[str], list[tuple[_Place, list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > LARGEST:
            raise FormError([f"it unpacks to {size} bytes, expected at most {LARGEST}"])
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)
            for name in book.sheet_names
        }
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise FormError([f"it is no workbook that can be read: {error}"]) from None
    mark = [str(cell) for cell in next(iter(sheets.get(MARK, [])), [])]
    rows = [
        (_Place(name, number), list(cells))
        for name, found in sheets.items()
        if name not in (COVER, MARK)
        for number, cells in enumerate(found, 1)
        if number > 1
    ]
    return mark, rows
