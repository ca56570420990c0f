"""The report as a folder of HTML files: an index, and a file for each section, made one by one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from kmtui.blocks import Items, Section, Target, inline, item, outline, paragraph, plain
from kmtui.files.writing import write_atomically
from kmtui.pages.view import View
from kmtui.render.html import html
from kmtui.render.publication import Anchors, Publication
from kmtui.report.compose import publication, report_parts
from kmtui.report.parts import Choice

INDEX = "index.html"


def write_folder(
    view: View,
    folder: Path,
    choice: Choice,
    day: date | None,
    draft: str | None = None,
    written: Callable[[Path], object] = lambda _: None,
) -> None:
    """Write the files, the index last; `written` gets each.

    Sections are made twice, first for the addresses of what they are about and then to be written, so that no more
    than one is in memory. Raises UnknownIdError as `report` does, or OSError.
    """
    addresses: dict[Target, str] = {}
    index: list[Section] = []
    for part in report_parts(view, choice):
        links = []
        for section in part.sections:
            file, anchors = _file(section), Anchors((section,))
            for heading in outline((section,)):
                if heading.section.target is not None and heading.section is not section:
                    addresses.setdefault(heading.section.target, f"{file}#{anchors.of(heading.section)}")
            page = section.target or Target("report", "", section.anchor)
            addresses[page] = file
            links.append(item(plain(section.title), target=page))
        opening = (paragraph(part.opening),) if part.opening else ()
        index.append(Section(part.anchor, inline(part.title), (*opening, Items(tuple(links)))))
    folder.mkdir(parents=True, exist_ok=True)
    home = view.edition.title, INDEX
    for part in report_parts(view, choice):
        for section in part.sections:
            made = Publication(
                title=plain(section.title),
                language=view.say.language,
                scale=view.scale,
                blocks=section.blocks,
                subtitle=part.title,
                day=day,
                draft=draft,
                contents=False,
            )
            written(write_atomically(folder / _file(section), html(made, addresses, home).encode()))
    first = publication(view, tuple(index), choice, day, draft)
    written(write_atomically(folder / INDEX, html(first, addresses).encode()))


def _file(section: Section) -> str:
    return f"{Anchors((section,)).of(section)}.html"
