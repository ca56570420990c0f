"""The abbreviations of the source."""

from kmtui.blocks import Column, Document, Table, TableRow, Target, cell, name, note, source
from kmtui.model.words import Term
from kmtui.pages.inline_errors import empty_state
from kmtui.pages.page_kind import PageKind, text
from kmtui.pages.view import View


def glossary_page(view: View) -> Document:
    """Every abbreviation, what it stands for, and the paragraph that explains it or has it first."""
    say = view.say
    terms = view.monitor.glossary(view.own.edition).terms
    if not terms:
        return empty_state(view, "glossary", lambda edition: view.monitor.glossary(edition).terms)
    columns = (Column("term", say("term")), Column("text", say("meaning")), Column("source", say("source")))
    table = Table("glossary", columns, tuple(_row(view, term) for term in terms))
    return view.document(Target("glossary"), say("glossary"), note(say("glossary_note")), table)


def _row(view: View, term: Term) -> TableRow:
    mark = () if term.explained else (f" ({view.say('not_explained')})",)
    return TableRow((cell(name(term.term)), cell(term.text), cell(source(term.source), *mark)))


GLOSSARY = PageKind.single(
    "glossary",
    text("De afkortingen van het rapport.", "The abbreviations of the report."),
    glossary_page,
)
