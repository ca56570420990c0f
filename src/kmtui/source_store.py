"""The text of a report beside an edition: kept in the user's own state folder, never shipped."""

from functools import lru_cache
from pathlib import Path

from kmtui.files.faults import Fault, FaultyFilesError
from kmtui.files.reading import LARGEST, Stamp, is_there, opened, read_text, stamp
from kmtui.files.writing import write_atomically
from kmtui.model.source_text import SourceText, split_text
from kmtui.settings import NoHomeError, state_folder

LARGEST_PDF = 4 * LARGEST
PDF = b"%PDF-"


class SourceError(FaultyFilesError):
    """A file cannot be used as the source of an edition."""


def source_file(edition_id: str) -> Path:
    """Where the text for an edition is kept, or would be (raises NoHomeError)."""
    return state_folder() / "sources" / f"{edition_id}.txt"


def add_source(edition_id: str, file: Path) -> SourceText:
    """Keep the text of a report, or of a PDF of it, for an edition.

    Raises SourceError for a file that has no text or no paragraph numbers, OSError where nothing can be written.
    """
    text = _pdf_text(file) if _begins(file) == PDF else read_text(file, None)
    if isinstance(text, Fault):
        raise SourceError(file, [text])
    split = split_text(text)
    if not split.paragraphs:
        problem = "found no paragraph number (a line as '2.1 Title'), expected the text of a report"
        raise SourceError(file, [Fault(file, "", problem)])
    kept = source_file(edition_id)
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(kept, text.encode())
    return split


def remove_source(edition_id: str) -> bool:
    """Forget the text for an edition; whether there was one (raises OSError)."""
    kept = source_file(edition_id)
    there = is_there(kept)
    kept.unlink(missing_ok=True)
    return there


def read_source(edition_id: str) -> SourceText | None:
    """The text that is kept for an edition, None where there is none (raises SourceError for one that is damaged)."""
    try:
        kept = source_file(edition_id)
        status = kept.stat()
    except (NoHomeError, OSError):
        return None
    return _split(kept, stamp(status))


@lru_cache(maxsize=4)
def _split(file: Path, _state: Stamp) -> SourceText:
    text = read_text(file, file.parent)
    if isinstance(text, Fault):
        raise SourceError(file, [text])
    return split_text(text)


def _begins(file: Path) -> bytes:
    """The first bytes of a file, none where it cannot be read, which its reader reports."""
    try:
        with opened(file) as raw:
            return raw.read(len(PDF))
    except OSError:
        return b""


def _pdf_text(file: Path) -> str | Fault:
    """The text of a PDF, page after page, or what keeps it from being read."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        return Fault(file, "", "found a PDF, which takes another package: pip install 'kmtui[source]'")
    if file.stat().st_size > LARGEST_PDF:
        return Fault(file, "", f"found {file.stat().st_size} bytes, expected at most {LARGEST_PDF}")
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            return Fault(file, "", "found a PDF with a password, expected one without")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, RecursionError) as error:
        return Fault(file, "", f"cannot be read as PDF: {error}")
    return text if text.strip() else Fault(file, "", "found a PDF without text (pictures of pages), expected text")
