"""The edition that a round publishes: made of the state, checked, written, and sealed with digest and signature.

Beside the folder of the edition comes a seal, a small text with the digest of the edition's files and the head of the
journal that it was made of; `ssh-keygen -Y sign` signs that text.
"""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from kmtui.analysis.verify import Outcome, verify
from kmtui.editions.errors import EditionError
from kmtui.editions.writing import write_edition
from kmtui.files.writing import write_atomically
from kmtui.model.base import ReadOnly, Text, Value
from kmtui.model.claims import Claims
from kmtui.model.edition import Corps, Edition, EditionHead, Period, Source, Unmentioned
from kmtui.model.figures import CellRemark, Figures, FigureTable, Indicator, Notation, parse_cell
from kmtui.model.numbers import digits
from kmtui.model.questionnaire import Chapter
from kmtui.model.score import Basis, PublishedVerdict, Score
from kmtui.model.words import PartnerRemark, Passage, Picture
from kmtui.monitor import Monitor, monitor_over
from kmtui.rounds import actions as do
from kmtui.rounds.actions import AnswerKind
from kmtui.rounds.comparing import differences
from kmtui.rounds.errors import RoundError
from kmtui.rounds.progress import blockers
from kmtui.rounds.round import Round
from kmtui.rounds.state import Answer, Opinion, State

NAMESPACE = "kmtui-edition"
"""What signatures are for, as ssh-keygen wants it."""
SEAL = ".seal"
"""Ends the name of the seal beside an edition's folder."""
NOT_YET = "Nog niet beoordeeld."
PLAIN = Notation(unknown=("nb",), not_given=("-",))
"""How gaps are written where the edition before does not say."""


class PublicationError(RoundError):
    """The edition cannot be published; every reason stands on a line."""


class Published(msgspec.Struct, frozen=True):
    """What was published, and as which event."""

    folder: Path
    digest: str
    head: str
    signed: bool
    event: int


def publish(
    opened: Round, monitor: Monitor, folder: Path, claims: Claims | None = None, key: Path | None = None
) -> Published:
    """Write the edition of a frozen round into a new folder, seal it, and record that in the journal.

    Raises PublicationError with everything that stands in the way, RefusedError, EditionError, OSError or JournalError;
    then there is no folder and no event.
    """
    opened.refresh()
    state = opened.whole
    reasons = [*blockers(state, opened.today), *problems(state, monitor, claims)]
    if reasons:
        raise PublicationError("\n".join(reasons))
    action = do.Publish(digest="0" * 64, head=state.head, signed=key is not None)
    opened.allowed(action)
    edition, parts = edition_of(state, monitor)
    write_edition(folder, edition, monitor.context, *parts, *([claims] if claims else []))
    seal = seal_of(folder)
    try:
        digest = digest_of(folder)
        write_atomically(seal, seal_text(state.of.round, digest, state.head).encode())
        if key is not None:
            _sign(seal, key)
        event = opened.do(action.model_copy(update={"digest": digest}))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        for file in (seal, signature_of(seal)):
            file.unlink(missing_ok=True)
        raise
    return Published(folder, digest, state.head, key is not None, event.seq)


def problems(state: State, monitor: Monitor, claims: Claims | None = None) -> list[str]:
    """What is wrong with the edition that the state gives: faults of its files, and claims that it contradicts."""
    with tempfile.TemporaryDirectory(prefix="kmtui-") as place:
        folder = Path(place) / state.of.round
        edition, parts = edition_of(state, monitor)
        try:
            write_edition(folder, edition, monitor.context, *parts, *([claims] if claims else []))
        except EditionError as error:
            return [str(fault) for fault in error.faults]
        if claims is None:
            return []
        draft = monitor_over(monitor.registry, [folder])
        found = verify(draft, draft.edition(edition.id))
    return [
        f"claim {one.claim.id} is contradicted: asserted {one.claim.asserted}, found {one.found or 'nothing'}"
        for one in found
        if one.outcome is Outcome.CONTRADICTED and not one.expected
    ]


# The edition


def first_event(plan: Edition, earlier: Edition, monitor: Monitor, **more: Any) -> do.Begin:
    """The first event of the round that makes a planned edition; `more` are other fields of it, as its owner."""
    head = plan.head
    framework = monitor.framework(plan)
    columns = monitor.registry.partner_columns
    data = {
        "round": head.id,
        "title": head.title,
        "start": head.period.start,
        "end": head.period.end,
        "publisher": head.source.publisher,
        "framework": framework.id,
        "scheme": head.scheme,
        "follows": earlier.id,
        "corps": {corps.id: corps.name for corps in plan.corps},
        "dimensions": [name for name in framework.dimension_ids if name not in monitor.registry.added],
        "levels": framework.scale.ids,
        "blank": framework.scale.blank.id,
        "partners": {name: columns[name].partner.id for name in head.partners},
    }
    return do.Begin.model_validate(data | more)


def edition_of(state: State, monitor: Monitor) -> tuple[Edition, list[Value]]:
    """The edition that the state gives, and its parts. Scores that do not stand yet are left open."""
    of = state.of
    framework = monitor.registry.frameworks[of.framework]
    complete = all(state.score(corps, name) for corps in of.corps for name in of.dimensions)
    complete = complete and all(name in state.judgements.get(corps, {}) for corps in of.corps for name in of.partners)
    head = EditionHead(
        id=of.round,
        title=of.title,
        period=Period(start=of.start, end=of.end),
        framework=of.framework,
        scheme=of.scheme,
        source=Source(title=of.title, publisher=of.publisher, note=f"Gemaakt in ronde {of.round} met kmtui."),
        partners=tuple(of.partners),
        corps=tuple(of.corps),
        unmentioned=None if complete else Unmentioned(source=("ronde",), note=NOT_YET),
    )
    open_score = Score(possible=framework.scale.ids, basis=Basis.OPEN, source=("ronde",), note=NOT_YET)
    weigher = monitor.weigher(of.scheme, day=of.end)
    corps = []
    for name, label in of.corps.items():
        standing = {dimension: state.score(name, dimension) for dimension in of.dimensions}
        scores = {dimension: _score(one) if one else open_score for dimension, one in standing.items()}
        judged = state.judgements.get(name, {})
        partners = {
            column: _score(judged[column].opinion) if column in judged else open_score for column in of.partners
        }
        verdict = weigher.weigh(scores)
        published = None
        if verdict.verdict is not None and complete:
            published = PublishedVerdict(possible=verdict.possible, basis=Basis.RECORDED, source=("eindscore",))
        corps.append(
            Corps(
                id=name,
                name=label,
                source=("ronde",),
                published=published,
                scores=ReadOnly(scores),
                partners=ReadOnly(partners),
                remarks=tuple(_remarks(state, name)),
            )
        )
    parts: list[Value] = []
    if state.questionnaire is not None:
        parts = [state.questionnaire, _figures(state, _notation(state, monitor))]
    answers = _partner_answers(state)
    if answers:
        parts.append(Picture(answers=ReadOnly(answers)))
    return Edition(head=head, corps=tuple(corps)), parts


def _score(opinion: Opinion) -> Score:
    source = tuple(dict.fromkeys(map(_cited, opinion.evidence))) or ("ronde",)
    if opinion.level is None:
        return Score(basis=Basis.BLANK, source=source, note=opinion.reason)
    return Score(possible=(opinion.level,), basis=Basis.RECORDED, source=source, note=opinion.reason)


def _cited(evidence: str) -> str:
    """Evidence as a source of a score: what kind of thing it is, and its name as far as a citation takes it."""
    kind, _, rest = evidence.partition("/")
    words = {"form": "vragenlijst", "figures": "bron", "interview": "gespreksverslag", "file": "stuk"}
    name = rest[:12] if kind == "file" else rest.replace("/", " ")
    return f"{words[kind]} {name}"[:40].strip(" -")


def _remarks(state: State, corps: str) -> Iterator[PartnerRemark]:
    for column, judgement in state.judgements.get(corps, {}).items():
        for word, points in (("Goed", judgement.points_for), ("Kan beter", judgement.points_against)):
            for point in points:
                yield PartnerRemark(partner=column, text=f"{word}: {point}", source=("ronde",))


def _partner_answers(state: State) -> dict[str, Passage]:
    answers = {}
    for partner, hearing in state.hearings.items():
        texts = [f"{state.of.corps[one.corps]}: {one.text}" if one.corps else one.text for one in hearing.replies]
        texts += [] if hearing.replies else [f"Geen reactie: {hearing.reason}"] if hearing.reason else []
        if texts:
            answers[partner] = Passage(text=" ".join(texts), source=("wederhoor",))
    return answers


def _notation(state: State, monitor: Monitor) -> Notation:
    """The notation of the edition before, where it has words for every kind of gap."""
    before = state.of.follows
    if before is None or before not in monitor.edition_ids:
        return PLAIN
    found = monitor.figures(monitor.edition(before)).notation
    return found if found.unknown and found.not_given else PLAIN


def _figures(state: State, notation: Notation) -> Figures:
    """A table for each chapter with numbers or choices; reasons of gaps and differences are remarks on the cells."""
    assert state.questionnaire is not None
    if any(isinstance(one.value, float) for form in state.forms.values() for one in form.answers.values()):
        notation = notation.replace(decimal=".")
    tables: list[FigureTable] = []
    for chapter in state.questionnaire.chapters:
        if any(question.type != "text" for question in state.questionnaire.of(chapter.id)):
            tables.append(_table(state, chapter, str(len(tables) + 1), notation))
    return Figures(notation=notation, tables=tuple(tables))


def _table(state: State, chapter: Chapter, number: str, notation: Notation) -> FigureTable:
    from kmtui.model.cells import Cell

    assert state.questionnaire is not None
    questions = [question for question in state.questionnaire.of(chapter.id) if question.type != "text"]
    year = state.of.end.year
    cells, remarks = [], []
    for question in questions:
        for corps in state.of.corps:
            answer = state.forms[corps].answers.get(question.id) if corps in state.forms else None
            raw = _raw(answer, notation)
            status, value, parts = parse_cell(raw, notation)
            cells.append(Cell(question.id, corps, year, raw, value, status, parts, ""))
            if answer is not None and answer.reason:
                remarks.append(CellRemark(indicator=question.id, subject=corps, year=year, text=answer.reason))
    asked = {question.id for question in questions}
    for corps in state.of.corps:
        for one in differences(state, corps):
            if one.question in asked:
                text = f"{state.sources[one.source].title}: {one.found:g}. {one.explanation or 'Niet verklaard.'}"
                remarks.append(CellRemark(indicator=one.question, subject=corps, year=year, text=text))
    units: dict[Literal["number", "text", "choice"], str] = {"number": "aantal", "choice": "keuze"}
    return FigureTable(
        id=number,
        title=Text(nl=chapter.title, en=chapter.title),
        source=("vragenlijst",),
        indicators=tuple(
            Indicator(id=one.id, name=Text(nl=one.text, en=one.text), unit=units[one.type]) for one in questions
        ),
        remarks=tuple(remarks),
        cells=tuple(cells),
    )


def _raw(answer: Answer | None, notation: Notation) -> str:
    if answer is None or answer.kind is AnswerKind.EMPTY:
        return ""
    if answer.kind is AnswerKind.UNKNOWN:
        return notation.unknown[0]
    if answer.kind is AnswerKind.NOT_GIVEN:
        return notation.not_given[0]
    return digits(answer.value) if isinstance(answer.value, int | float) else str(answer.value)


# Digest and signature


def digest_of(folder: Path) -> str:
    """The SHA-256 over the names and contents of an edition's files, hidden ones left out."""
    lines = []
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not any(part.startswith(".") for part in name.split("/")):
            lines.append(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {name}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def seal_of(folder: Path) -> Path:
    """The seal of an edition's folder."""
    return folder.with_name(folder.name + SEAL)


def signature_of(seal: Path) -> Path:
    """The signature of a seal, where ssh-keygen puts it."""
    return seal.with_name(seal.name + ".sig")


def seal_text(edition: str, digest: str, head: str) -> str:
    """What is signed."""
    return f"edition {edition}\nsha256 {digest}\njournal {head}\n"


def _sign(seal: Path, key: Path) -> None:
    _keygen("-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key), str(seal))


def _keygen(*arguments: str, text: bytes = b"") -> None:
    try:
        done = subprocess.run(["ssh-keygen", *arguments], input=text, capture_output=True, timeout=60)
    except FileNotFoundError:
        raise PublicationError("ssh-keygen is not here; install OpenSSH to sign and to check signatures") from None
    if done.returncode:
        raise PublicationError(f"ssh-keygen: {done.stderr.decode(errors='replace').strip() or 'it failed'}")


def seal_faults(state: State, folder: Path, signers: Path | None = None, signer: str = "") -> Sequence[str]:
    """What is wrong with a published edition: its files, its seal, the journal, and with `signers` its signature."""
    faults = []
    digest, seal = digest_of(folder), seal_of(folder)
    published = next((one for one in state.publications if one.digest == digest), None)
    if published is None:
        known = ", ".join(one.digest[:16] for one in state.publications) or "none"
        faults.append(f"{folder}: found digest {digest[:16]}, expected one that the journal has: {known}")
    try:
        text = seal.read_bytes()
    except OSError as error:
        return [*faults, f"{seal}: {error.strerror}"]
    if published and text.decode(errors="replace") != seal_text(state.of.round, digest, published.head):
        faults.append(f"{seal}: it is not about these files and this journal")
    if signers is not None:
        try:
            named = ("-I", signer, "-n", NAMESPACE, "-s", str(signature_of(seal)))
            _keygen("-Y", "verify", "-f", str(signers), *named, text=text)
        except PublicationError as error:
            faults.append(f"{signature_of(seal)}: {error}")
    return faults
