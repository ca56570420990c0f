"""`kmtui report`: an edition as a printed report, in HTML or as PDF."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmtui.cli.context import pass_session
from kmtui.cli.session import Session
from kmtui.cli.streams import telling_of_waiting
from kmtui.report.parts import PART_IDS, Choice

if TYPE_CHECKING:
    from kmtui.model.base import Language
    from kmtui.render.publication import Publication


@click.command("report")
@click.argument("edition_id", metavar="[EDITION]", required=False)
@click.option("--corps", multiple=True, metavar="ID", help="Only this corps; repeatable.")
@click.option("--unit", "units", multiple=True, metavar="ID", help="Only this unit and its corps; repeatable.")
@click.option("--part", "parts", multiple=True, type=click.Choice(PART_IDS), help="Only this part; repeatable.")
@click.option("--lang", type=click.Choice(["nl", "en"]), help="Language of labels; else as `kmtui --lang` says.")
@click.option("--scheme", "scheme_id", help="Weigh under this scheme instead of the edition's own.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of publication; else SOURCE_DATE_EPOCH, else today. The same day gives the same bytes.",
)
@click.option("--draft", metavar="STATE", help="Mark every page as a draft in this state, such as 'hearing'.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="FILE.html, FILE.pdf, or a FOLDER that gets an index and a page for each section.",
)
@pass_session
def command(
    session: Session,
    edition_id: str | None,
    corps: tuple[str, ...],
    units: tuple[str, ...],
    parts: tuple[str, ...],
    lang: "Language | None",
    scheme_id: str | None,
    day: datetime | None,
    draft: str | None,
    output: Path,
) -> None:
    """Write an edition as a printed report: one self-contained HTML file, or an accessible PDF (PDF/UA-1, PDF/A-2a).

    Needs the extra `report`: pip install 'kmtui[report]'.
    """
    ending = output.suffix.lower()
    write = WRITERS.get(ending)
    if write is None and (ending and not output.is_dir()):
        raise click.UsageError(f"'{output}': found '{output.suffix}', expected .html, .pdf, or the name of a folder")
    from kmtui.files.writing import write_atomically
    from kmtui.pages.view import View
    from kmtui.wording import Wording

    with telling_of_waiting("writing the report"):
        wording = Wording(lang) if lang else session.wording
        view = View(session.monitor, session.edition(edition_id), wording, scheme_id)
        choice, published = Choice(parts, corps, units), _day(day)
        if write is None:
            from kmtui.report.folder import write_folder

            with _explained():
                write_folder(view, output, choice, published, draft)
        else:
            from kmtui.report.compose import report

            made = report(view, choice, published, draft)
            with _explained():
                content = write(made)
            write_atomically(output, content)


@contextmanager
def _explained() -> Iterator[None]:
    """Report a missing library, and what Typst refuses, as what it is."""
    from kmtui.render.publication import MissingExtraError, PublicationError

    try:
        yield
    except (MissingExtraError, PublicationError) as error:
        raise click.ClickException(str(error)) from error


def _day(asked: datetime | None) -> date:
    """The day asked for, else that of SOURCE_DATE_EPOCH, else today."""
    if asked is not None:
        return asked.date()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH: found '{epoch}', expected a number of seconds") from None


def _html(publication: "Publication") -> bytes:
    from kmtui.render.html import html

    return html(publication).encode()


def _pdf(publication: "Publication") -> bytes:
    from kmtui.render.pdf import pdf

    return pdf(publication)


WRITERS: Mapping[str, Callable[["Publication"], bytes]] = {".html": _html, ".pdf": _pdf}
"""How a publication is written, by the ending of the file."""
