"""`kmtui source`: the report's own text beside an edition, on this machine only."""

from pathlib import Path

import click

from kmtui.analysis.citations import cited_paragraphs, not_found
from kmtui.cli.context import pass_session
from kmtui.cli.options import edition_option
from kmtui.cli.session import Session
from kmtui.model.source_text import Paragraph, SourceText
from kmtui.source_store import add_source, read_source, remove_source, source_file
from kmtui.terminal import visible

AROUND = 60
"""Characters that are shown on each side of what was sought."""


@click.group("source")
def command() -> None:
    """Keep the report's own text beside an edition, so that every cited paragraph can be read.

    The text stays in your own state folder; it is never part of an edition, and nothing that kmtui exports has it.
    """


@command.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@edition_option
@pass_session
def add(session: Session, file: Path, edition_id: str | None) -> None:
    """Keep the text in FILE, plain text or PDF, for an edition, in place of one that is there.

    It is split by the paragraph numbers that it prints. What the edition cites and the text does not print is listed.
    """
    edition = session.edition(edition_id)
    text = add_source(edition.id, file)
    click.echo(visible(str(source_file(edition.id))), err=True)
    _report(session, edition.id, text)


@command.command("check")
@edition_option
@pass_session
def check(session: Session, edition_id: str | None) -> None:
    """List the paragraphs that an edition cites and its text does not print; exit status 1 where there is one."""
    edition = session.edition(edition_id)
    text = _text(edition.id)
    if _report(session, edition.id, text):
        raise click.exceptions.Exit(1)


@command.command("search")
@click.argument("words")
@edition_option
@pass_session
def search(session: Session, words: str, edition_id: str | None) -> None:
    """Print the paragraphs that have WORDS, in whatever case, with what stands around them."""
    edition = session.edition(edition_id)
    found = _text(edition.id).find(words)
    for paragraph in found:
        click.echo(visible(f"{paragraph.number} {paragraph.title}"))
        for excerpt in excerpts(paragraph, words):
            click.echo(visible(f"    {excerpt}"))
    if not found:
        click.echo(f"{edition.id}: no paragraph has '{visible(words)}'", err=True)
        raise click.exceptions.Exit(1)


@command.command("remove")
@edition_option
@pass_session
def remove(session: Session, edition_id: str | None) -> None:
    """Forget the text that is kept for an edition."""
    edition = session.edition(edition_id)
    there = remove_source(edition.id)
    click.echo(f"{edition.id}: {'removed' if there else 'there was no text'}", err=True)


def excerpts(paragraph: Paragraph, words: str) -> list[str]:
    """The first place of the words in each block that has them, with what stands around it."""
    found = []
    for block in paragraph.blocks:
        at = block.casefold().find(words.casefold())
        if at >= 0:
            start, end = max(0, at - AROUND), at + len(words) + AROUND
            lead, tail = "..." if start else "", "..." if end < len(block) else ""
            found.append(f"{lead}{block[start:end].strip()}{tail}")
    return found


def _text(edition_id: str) -> SourceText:
    text = read_source(edition_id)
    if text is None:
        raise click.UsageError(f"there is no text for edition '{edition_id}'; `kmtui source add FILE` keeps one")
    return text


def _report(session: Session, edition_id: str, text: SourceText) -> bool:
    """Print how many paragraphs there are and which cited ones are missing; whether any is."""
    edition = session.edition(edition_id)
    cited = cited_paragraphs(session.monitor, edition)
    missing = not_found(session.monitor, edition, text)
    twice = [number for number, found in text.by_number.items() if len(found) > 1]
    for number in missing:
        click.echo(f"{number}  cited, not found in the text")
    told = (
        f"{edition.id}: {len(text.by_number)} paragraphs, {len(cited) - len(missing)} of {len(cited)} cited ones found"
    )
    click.echo(told + (f"; printed twice: {', '.join(twice)}" if twice else ""), err=True)
    return bool(missing)
