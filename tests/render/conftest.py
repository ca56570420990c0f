"""Publications that renderers are tried on."""

from datetime import date

import pytest

from kmtui import Level, Paint, Scale, Text
from kmtui.blocks import (
    Bars,
    Callout,
    Column,
    Course,
    Facts,
    Footnote,
    Items,
    Role,
    Section,
    Span,
    Table,
    TableCell,
    TableRow,
    Target,
    cell,
    fact,
    inline,
    item,
    paragraph,
)
from kmtui.render.publication import Publication

INKS = [
    ("#ffffff", "#101010"),
    ("#ffffff", "#5a1f8f"),
    ("#000000", "#b0c4de"),
    ("#000000", "#7fffd4"),
    ("#000000", "#f0e0ff"),
]


@pytest.fixture(scope="session")
def five():
    """A scale of five levels with colours of its own."""

    def level(name, glyph, letter, ink, ground):
        label = Text(nl=f"niveau {name}", en=f"level {name}")
        paint = Paint(ink=ink, ground=ground, ansi="ansi_black on ansi_white")
        return Level(id=name, label=label, meaning=label, glyph=glyph, ascii=letter, letter=letter, paint=paint)

    signs = zip("abcde", "▼◆■▲●", "VWXYZ", INKS, strict=True)
    levels = tuple(level(name, glyph, letter, *ink) for name, glyph, letter, ink in signs)
    return Scale(levels=levels, blank=level("leeg", "·", "-", "#000000", "#ffffff"))


@pytest.fixture
def publish(five):
    """Make a publication of some blocks, on the scale of five levels."""

    def make(*blocks, **more):
        return Publication(title="Titel", language="nl", scale=five, blocks=blocks, day=date(2013, 5, 1), **more)

    return make


@pytest.fixture
def everything(five):
    """A block of every kind, each within sections."""

    def judged(*levels):
        spans = tuple(Span(level.label.nl, Role.LEVEL, level) for level in levels)
        return TableCell(spans or (Span("leeg"),), levels=levels, target=Target("corps", "elders"))

    a, b, c, *_ = five.levels
    table = Table(
        "t",
        (
            Column("name", "Naam"),
            Column("level", "Niveau", "level", group="oordeel"),
            Column("n", "Aantal", "number", "stuks", "right", group="cijfers"),
            Column("bar", "", "bar"),
        ),
        (
            TableRow((cell("Aa", target=Target("part", "", "one")), judged(a), cell("3", number=3), cell(number=3))),
            TableRow((cell("Bb"), judged(a, b), cell("-1", number=-1), cell(number=-1)), group="groep"),
            TableRow((cell("Cc"), judged(), TableCell(inline("Nb"), footnote="7"), cell()), note=inline("een noot")),
            TableRow((), group="groep", note=inline("zonder cellen")),
        ),
        "Bijschrift",
        (TableRow((cell("Som"), cell(), cell("2", number=2), cell())),),
        (Footnote("7", inline("voetnoot zeven")),),
    )
    return (
        Section(
            "one",
            inline("Deel een"),
            (
                paragraph(
                    "Tekst ", Span("naam", Role.NAME), Span("[1.2]", Role.SOURCE), Span("weg", target=Target("gone"))
                ),
                paragraph(Span("niveau", Role.LEVEL, c), Span("let op", Role.WARNING), Span("noot", Role.NOTE)),
                table,
                Section("deeper", inline("Dieper"), (Facts((fact("Feit", "waarde"),)),), Target("corps", "elders")),
                Section("deeper", inline("Nog eens"), (Items((item("punt", blocks=(paragraph("eronder"),)),), True),)),
            ),
            Target("part", "", "one"),
        ),
        Section(
            "main",
            inline("Deel twee"),
            (
                Bars((("meer", 3.0), ("minder", -1.5), ("niets", None)), "Staven", "stuks"),
                Course(((2008, 1.0), (2009, None), (2010, 2.5)), "Verloop", "stuks"),
                Callout("fault", (paragraph("een fout"),)),
            ),
        ),
    )
