"""The pages of a cell, a corps and a dimension: reading them, following what they lead to, and finding the way back."""

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown, MouseScrollUp

from kmtui import Monitor
from kmtui.blocks import Document, Role, Target, outline
from kmtui.tui.screens.outline import OutlineScreen
from kmtui.tui.widgets.page_view import PageView
from kmtui.wording import BASIS_MEANING

PARTNER = Target("partner", "", "om")
UNIT = Target("unit", "", "noord-holland")
TABLE = Target("table", "", "5")
CELL = Target("cell", "kennemerland", "korpsexpert-mandaat")
CORPS = Target("corps", "kennemerland")
DIMENSION = Target("dimension", "", "niet-vergunde-branche")
SMALL = [(80, 24), (60, 20), (40, 12)]


async def opened(hand, target: Target) -> None:
    """Open a page as the palette does."""
    hand.app.navigator.open(target)
    await hand.until(lambda: hand.depth > 1 and hand.target == target)


async def tab_to(hand, start: str) -> None:
    """Go to the link that starts so."""
    for _ in hand.entries:
        await hand.press("tab")
        if hand.told(hand.page_line).startswith(start):
            return
    raise AssertionError(f"no link starts with {start}")


def page_text(hand) -> str:
    return "\n".join(map(hand.told, hand.entries))


def drawn(hand) -> list[str]:
    """The rows of the page as they stand on the screen, without the mark at the left."""
    view = hand.page_view
    return [view.render_line(y).text[2:].rstrip() for y in range(view.size.height)]


# What they tell


async def test_a_cell_tells_level_evidence_effect_norm_and_rules(open_app, edition, framework) -> None:
    score = edition.find_corps("kennemerland").scores["financieel-rechercheren"]
    dimension = framework.dimension("financieel-rechercheren")
    async with open_app(size=(120, 60)) as hand:
        await opened(hand, Target("cell", "kennemerland", "financieel-rechercheren"))
        text = page_text(hand)
        assert "Kennemerland" in hand.title
        assert dimension.name.nl in hand.title
        for told in (score.note, ", ".join(score.source), dimension.norm.nl, BASIS_MEANING[score.basis]("nl")):
            assert told in text
        assert "\nRood Rood (nu)\n" in text, "the end score if the score is red"
        assert "(nu)" in text


async def test_an_open_cell_tells_every_possible_level_and_what_each_would_do(open_app) -> None:
    async with open_app(size=(120, 60)) as hand:
        await opened(hand, CELL)
        screen = hand.text
        assert "■ Rood  of  ▲ Geel" in screen
        assert screen.count("(mogelijk)") == 2
        assert "(nu)" not in screen


async def test_a_corps_tells_its_verdict_with_reasons_and_all_its_scores(open_app, edition, framework) -> None:
    async with open_app(size=(120, 200)) as hand:
        await opened(hand, CORPS)
        screen = hand.text
        assert "Berekend:  ■ Rood" in screen
        assert "Gepubliceerd:  ■ Rood" in screen
        assert "Doorslaggevend" in screen
        for area in framework.areas:
            assert area.name.nl in screen
        for dimension in framework.dimensions:
            assert f"› {' ' * 2}{dimension.name.nl}  " in screen


async def test_a_corps_with_open_scores_says_whether_they_matter(open_app) -> None:
    async with open_app(size=(120, 200)) as hand:
        await opened(hand, CORPS)
        assert "De open scores kunnen de eindscore niet veranderen." in page_text(hand)


async def test_a_dimension_tells_norm_distribution_and_every_corps_worst_first(open_app, edition, framework) -> None:
    async with open_app(size=(120, 200)) as hand:
        await opened(hand, DIMENSION)
        text = page_text(hand)
        assert framework.dimension(DIMENSION.id).norm.nl in text
        heads = [hand.told(line) for line in hand.entries]
        who, since = heads.index("Wie scoort wat"), heads.index("Sinds 2010")
        corps = [line.target.corps for line in hand.entries[who:since] if line.target]
        assert sorted(corps) == sorted(found.id for found in edition.corps)
        ranks = [
            min(map(framework.scale.rank, edition.find_corps(name).scores[DIMENSION.id].possible), default=9)
            for name in corps
        ]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("target", [CELL, CORPS, DIMENSION, PARTNER, UNIT, Target("corps", "utrecht")], ids=str)
async def test_every_level_stands_with_sign_and_word(open_app, target: Target) -> None:
    async with open_app(size=(120, 300)) as hand:
        await opened(hand, target)
        rows = drawn(hand)
        spans = [span for entry in hand.entries for row in entry.rows for span in row if span.role is Role.LEVEL]
        assert spans
        for span in spans:
            assert span.level is None or span.text.startswith(f" {span.level.glyph} ")
            assert any(span.text.strip() in row for row in rows)


async def test_pages_in_english(open_app) -> None:
    async with open_app(language="en", size=(120, 200)) as hand:
        for target, words in (
            (CELL, ("Level", "Basis: open", "If this score were different", "Norm", "Role in the end score")),
            (CORPS, ("End score", "Computed", "Published", "Agreement", "Decided by", "Organisation")),
            (DIMENSION, ("Norm", "Distribution", "Who scores what", "Role in the end score")),
        ):
            await opened(hand, target)
            for word in words:
                assert word in hand.text
            assert "back" in hand.lines[-1]


async def test_ascii_where_the_locale_has_no_utf8(open_app, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "C")
    async with open_app(size=(120, 200)) as hand:
        await opened(hand, CELL)
        assert "# Rood  of  ! Geel" in hand.text
        assert ">   Korps: Kennemerland" in hand.text


# Reading


async def test_the_cursor_goes_from_line_to_line_and_skips_what_is_empty(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CELL)
        lines = [at for at, entry in enumerate(hand.entries) if entry.kind != "blank"]
        assert hand.page_view.cursor == lines[0]
        for expected in lines[1:]:
            await hand.press("down")
            assert hand.page_view.cursor == expected
        await hand.press("down", "j")
        assert hand.page_view.cursor == lines[-1]
        for expected in reversed(lines[:-1]):
            await hand.press("k")
            assert hand.page_view.cursor == expected
        await hand.press("up")
        assert hand.page_view.cursor == lines[0]


@pytest.mark.parametrize(("first", "last"), [("home", "end"), ("g", "G")])
async def test_to_the_end_and_to_the_top(open_app, first: str, last: str) -> None:
    async with open_app() as hand:
        await opened(hand, CORPS)
        top = drawn(hand)
        await hand.press(last)
        assert hand.page_view.cursor == len(hand.entries) - 1
        assert hand.told(hand.entries[-1])[:40] in "\n".join(drawn(hand))
        await hand.press(first)
        assert hand.page_view.cursor == 0
        assert drawn(hand) == top


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize(("forward", "backward"), [("pagedown", "pageup"), ("space", "b")])
async def test_pages_turn_to_the_end_and_back(open_app, size, forward: str, backward: str) -> None:
    async with open_app(size=size) as hand:
        await opened(hand, DIMENSION)
        for key, done in (
            (forward, lambda: hand.page_view.cursor == len(hand.entries) - 1),
            (backward, lambda: hand.page_view.cursor == 0),
        ):
            for _ in range(200):
                if done():
                    break
                before = hand.page_view.cursor, drawn(hand)
                await hand.press(key)
                assert (hand.page_view.cursor, drawn(hand)) != before, f"{key} does nothing any more"
            assert done()


@pytest.mark.parametrize(
    ("target", "size", "key"),
    [
        (CELL, (80, 24), "down"),
        (CELL, (40, 12), "down"),
        (CORPS, (60, 20), "down"),
        *((target, size, "pagedown") for target in (CELL, CORPS, DIMENSION) for size in SMALL),
        *((target, (80, 24), "pagedown") for target in (PARTNER, UNIT, TABLE)),
    ],
    ids=lambda value: (
        value if isinstance(value, str) else value.kind if hasattr(value, "kind") else f"{value[0]}x{value[1]}"
    ),
)
async def test_every_row_can_be_brought_on_the_screen(open_app, target: Target, size, key: str) -> None:
    async with open_app(size=(size[0], 600)) as hand:
        await opened(hand, target)
        whole = set(drawn(hand))
    async with open_app(size=size) as hand:
        await opened(hand, target)
        seen = set(drawn(hand))
        for _ in range(400):
            before = hand.page_view.cursor, drawn(hand)
            await hand.press(key)
            seen |= set(drawn(hand))
            if (hand.page_view.cursor, drawn(hand)) == before:
                break
    assert whole - seen == set()


@pytest.mark.parametrize("key", ["down", "pagedown"])
async def test_a_note_longer_than_the_screen_can_be_read_to_its_end(open_app, altered, holding, key: str) -> None:
    words = [f"woord{at:04}" for at in range(400)]
    edition = altered("kennemerland", {"korpsexpert-mandaat": {"note": " ".join(words)}})
    async with open_app(holding(edition), size=(80, 24)) as hand:
        await opened(hand, CELL)
        seen = hand.text
        for _ in range(60):
            await hand.press(key)
            seen += hand.text
        assert [word for word in words if word not in seen] == []


@pytest.mark.parametrize("size", [*SMALL, (200, 50)])
async def test_nothing_is_cut_at_the_right(open_app, size) -> None:
    async with open_app(size=size) as hand:
        await opened(hand, CORPS)
        for y in range(hand.page_view.size.height):
            assert hand.page_view.render_line(y).cell_length == size[0]
        spoken = " ".join(hand.told(line) for line in hand.entries).split()
        await hand.resize(size[0], 600)
        written = " ".join(drawn(hand))
        assert [word for word in spoken if word not in written and word not in written.replace(" ", "")] == []


async def test_the_line_of_the_cursor_is_marked_and_on_the_screen(open_app) -> None:
    async with open_app(size=(60, 20)) as hand:
        await opened(hand, CORPS)
        for _ in hand.entries:
            marked = [line for line in hand.lines[1:-1] if line[:1] in "·›" and line.strip()]
            assert any(hand.told(hand.page_line).split()[0] in line for line in marked)
            await hand.press("down")


# Following


async def test_tab_goes_from_link_to_link_and_back(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CORPS)
        links = [at for at, line in enumerate(hand.entries) if line.target]
        for expected in links:
            await hand.press("tab")
            assert hand.page_view.cursor == expected
        await hand.press("tab")
        assert hand.page_view.cursor == links[-1]
        for expected in reversed(links[:-1]):
            await hand.press("shift+tab")
            assert hand.page_view.cursor == expected


async def test_links_lead_from_dimension_to_cell_to_corps_and_escape_leads_back(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, DIMENSION)
        await tab_to(hand, "Gelderland-Zuid ")
        await hand.press("enter")
        cell = hand.target
        assert (cell.kind, cell.id) == ("cell", DIMENSION.id)
        assert cell.corps == "gelderland-zuid", "worst first"
        await tab_to(hand, "Korps: ")
        await hand.press("enter")
        assert hand.target == ("corps", cell.corps, "")
        await tab_to(hand, "Korpsexpert: kwaliteit")
        await hand.press("enter")
        assert hand.target == ("cell", cell.corps, "korpsexpert-kwaliteit")
        for expected in (("corps", cell.corps, ""), cell, DIMENSION):
            await hand.press("escape")
            assert hand.target == expected
        await hand.press("escape")
        assert hand.depth == 1


async def test_a_cell_leads_to_its_dimension_too(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CELL)
        await hand.press("end", "enter")
        assert hand.target == ("dimension", "", CELL.id)


async def test_enter_on_a_line_that_leads_nowhere_stays(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CELL)
        await hand.press("enter")
        assert (hand.target, hand.depth) == (CELL, 2)


async def test_paragraphs_in_brackets_are_links(open_app) -> None:
    async with open_app(size=(120, 40)) as hand:
        await opened(hand, CELL)
        await hand.press("down", "right", "enter")
        assert hand.target == Target("paragraph", "", "2.16.1")
        await hand.until(lambda: "Kennemerland · Korpsexpert: mandaat: " in page_text(hand))
        await hand.press("escape", "right", "enter")
        assert hand.target == Target("paragraph", "", "2.16.5")


async def test_a_table_is_sorted_by_the_chosen_column_and_filtered_and_saved_as_it_is_shown(open_app) -> None:
    async with open_app(size=(120, 60)) as hand:
        await opened(hand, DIMENSION)
        await hand.press("o")
        await hand.until(lambda: isinstance(hand.app.screen, OutlineScreen))
        at = [found.section.anchor for found in outline(hand.app.screen_stack[-2].page_view.page.blocks)].index("who")
        await hand.press(*["down"] * at, "enter")
        assert hand.told(hand.page_line) == "Wie scoort wat"

        def corps() -> list[str]:
            return [entry.target.corps for entry in hand.entries if entry.table == "who" and entry.row >= 0]

        before = corps()
        await hand.press("down", "down", "right", "s")
        assert corps() == sorted(before, key=lambda name: hand.app.view.corps[name].name.casefold())
        await hand.press("s")
        assert corps() == sorted(before, key=lambda name: hand.app.view.corps[name].name.casefold(), reverse=True)
        await hand.press("s")
        assert corps() == before
        await hand.press("ampersand", *"level:geel")
        yellow = corps()
        assert 0 < len(yellow) < len(before)
        assert str(len(yellow)) in hand.lines[-1]
        await hand.press("enter", "right", "s", "s")
        extract = hand.app.screen.extract()
        assert extract.name == f"2012-dimension-{DIMENSION.id}-who.csv"
        assert extract.text.splitlines()[0] == "corps,level,basis,source,note"
        await hand.press("escape")
        assert sorted(corps()) == sorted(before)


async def test_a_filter_that_is_wrong_says_so_and_hides_nothing(open_app) -> None:
    async with open_app(size=(120, 40)) as hand:
        await opened(hand, TABLE)
        await hand.press("ampersand")
        assert not hand.app.screen.query("#rows"), "the cursor is in no table"
        await hand.press("down", "down", "down", "ampersand", *"kleur:x")
        assert "expected one of subject, 2010, 2011, 2012" in hand.lines[-1]
        assert "Groningen" in hand.text


@pytest.mark.parametrize(
    ("cell", "row", "column"),
    [
        (CELL, CORPS, Target("dimension", "", CELL.id)),
        (Target("judgement", CORPS.corps, "emm-verwachting"), CORPS, Target("partner", "", "emm")),
        (Target("rolled", UNIT.id, CELL.id), UNIT, Target("dimension", "", CELL.id)),
    ],
    ids=lambda target: target.kind,
)
async def test_c_and_d_open_what_row_and_column_of_a_cell_are_about(open_app, cell, row, column) -> None:
    async with open_app() as hand:
        await opened(hand, cell)
        await hand.press("c")
        assert hand.target == row
        await hand.press("escape", "d")
        assert hand.target == column


async def test_where_one_read_is_kept_while_one_follows_a_link(open_app) -> None:
    async with open_app(size=(60, 20)) as hand:
        await opened(hand, CORPS)
        await hand.press(*["tab"] * 9)
        before, rows = hand.page_view.cursor, drawn(hand)
        await hand.press("enter", "escape")
        assert (hand.page_view.cursor, drawn(hand)) == (before, rows)


async def test_1_goes_home_from_deep(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("zeeland", "gedragscode")
        await hand.press("enter", "c")
        await tab_to(hand, "Referentiekader")
        await hand.press("enter", "d", "tab", "enter")
        assert hand.depth == 6
        await hand.press("1")
        assert hand.depth == 1
        assert hand.cell == ("zeeland", "gedragscode")
        await hand.press("down")
        assert hand.matrix.row > 0


async def test_a_unit_leads_to_its_corps_and_a_corps_to_its_unit(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CORPS)
        await tab_to(hand, "Eenheid")
        await hand.press("enter")
        assert hand.target == UNIT
        await tab_to(hand, "Kennemerland")
        await hand.press("enter")
        assert hand.target == CORPS


async def test_a_table_leads_to_corps_and_a_partner_to_what_each_judges(open_app) -> None:
    async with open_app() as hand:
        judgement = Target("judgement", "groningen", PARTNER.id)
        for target, leads in ((TABLE, Target("corps", "groningen")), (PARTNER, judgement)):
            await opened(hand, target)
            await tab_to(hand, "Groningen")
            await hand.press("enter")
            assert hand.target == leads


async def test_tables_keep_their_columns_on_80_cells(open_app) -> None:
    async with open_app(size=(80, 300)) as hand:
        await opened(hand, TABLE)
        rows = [row for row in drawn(hand) if row.startswith(("  Groningen  ", "  Korps Landelijke", "  Utrecht  "))]
        assert rows
        assert all(len(row.split("  ")) > 2 for row in rows)


async def test_an_edition_that_is_not_there_takes_no_page_away(open_app, monitor, edition) -> None:
    """Claims may compare with another edition; where that one is gone or broken, the rest of the page stays."""
    alone = Monitor(monitor.registry, (monitor.entry(edition.id),), {edition.id: edition})
    async with open_app(alone) as hand:
        for corps in list(edition.corps)[:3]:
            for target in (Target("corps", corps.id), *(Target("cell", corps.id, name) for name in corps.scores)):
                depth = hand.depth
                hand.app.navigator.open(target)
                await hand.until(lambda depth=depth: hand.depth > depth and hand.app.screen.query("#page"))
                await hand.until(lambda: hand.page.title)
                assert hand.page.title.startswith(corps.name)


# Neighbours


@pytest.mark.parametrize(
    ("forward", "backward"),
    [("right_square_bracket", "left_square_bracket")],
)
@pytest.mark.parametrize("target", [CELL, CORPS, DIMENSION, UNIT], ids=lambda target: target.kind)
async def test_neighbours_turn_in_a_circle(open_app, monitor, edition, framework, target, forward, backward) -> None:
    around = {
        "dimension": framework.dimension_ids,
        "unit": [unit.id for unit in monitor.mapping(edition).units],
    }.get(target.kind, [corps.id for corps in edition.corps])
    at = around.index(target.corps or target.id)

    def shown(hand) -> str:
        return hand.target.corps or hand.target.id

    async with open_app() as hand:
        await opened(hand, target)
        for step in range(1, len(around) + 1):
            await hand.press(forward)
            assert shown(hand) == around[(at + step) % len(around)]
            assert hand.target.kind == target.kind
        for step in range(1, at + 2):
            await hand.press(backward)
            assert shown(hand) == around[(at - step) % len(around)]
        assert hand.depth == 2, "turning is no going deeper"


async def test_title_and_text_turn_with_the_neighbour(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CELL)
        await hand.press("end", "right_square_bracket")
        assert hand.title.startswith("Amsterdam-Amstelland")
        assert hand.page.title in hand.title
        assert drawn(hand)[1].startswith("Niveau")
        await hand.press("c")
        assert hand.target == ("corps", "amsterdam-amstelland", "")


# The mouse


async def test_a_click_takes_the_line_and_a_second_click_follows_it(open_app) -> None:
    async with open_app(size=(80, 70)) as hand:
        await opened(hand, CELL)
        y = next(y for y, row in enumerate(drawn(hand)) if row.strip().startswith("Korps: "))
        await hand.pilot.click("#page", offset=(5, y))
        assert hand.page_line.target == CORPS
        assert hand.depth == 2
        await hand.pilot.click("#page", offset=(5, y), times=2)
        await hand.until(lambda: hand.depth == 3)
        assert hand.target == CORPS


async def test_a_click_under_the_text_does_nothing(open_app) -> None:
    async with open_app(size=(120, 60)) as hand:
        await opened(hand, CELL)
        await hand.pilot.click("#page", offset=(5, hand.page_view.size.height - 1), times=2)
        assert hand.page_view.cursor == 0
        assert hand.depth == 2


async def test_the_wheel_goes_through_the_page(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CORPS)
        view = hand.page_view
        for turned, there in ((MouseScrollDown, lambda: view.cursor > 0), (MouseScrollUp, lambda: view.cursor == 0)):
            for _ in range(2):
                view.post_message(turned(view, 5, 5, 0, 0, 0, False, False, False))
            await hand.until(there)


@pytest.mark.parametrize("where", ["#title", "#hints"])
async def test_a_click_elsewhere_does_not_take_the_keyboard_away(open_app, where: str) -> None:
    async with open_app() as hand:
        await opened(hand, CORPS)
        await hand.pilot.click(where)
        await hand.press("down")
        assert hand.page_view.cursor > 0


# Another size, other text


async def test_resizing_keeps_the_line_of_the_cursor_and_shows_it(open_app) -> None:
    async with open_app(size=(80, 24)) as hand:
        await opened(hand, CORPS)
        await hand.press(*["tab"] * 12)
        line = hand.page_line
        for size in ((40, 12), (200, 50), (60, 20), (24, 8), (80, 24)):
            await hand.resize(*size)
            assert hand.page_line.target == line.target
            assert hand.told(line).split()[0] in hand.text


HOSTILE = "[bold red]vet[/bold red] [/] [@click=app.quit]klik[/] \x1b[31mrood\x1b[0m \x07\u202eomgekeerd\r\nnieuw"
MARKED = "[bold red]vet[/bold red] [/] [@click=app.quit]klik[/] ␛[31mrood␛[0m ␇<U+202E>omgekeerd  nieuw"


@pytest.mark.parametrize("kind", ["cell", "corps", "dimension"])
async def test_what_files_say_is_shown_with_marks(open_app, altered, holding, kind: str) -> None:
    edition = altered("groningen", {"referentiekader": {"note": HOSTILE}}, name=f"Groningen {HOSTILE}")
    target = {
        "cell": Target("cell", "groningen", "referentiekader"),
        "corps": Target("corps", "groningen"),
        "dimension": Target("dimension", "", "referentiekader"),
    }[kind]
    async with open_app(holding(edition), size=(200, 200)) as hand:
        await opened(hand, target)
        rows = [row.strip() for row in drawn(hand)]
        assert " ".join(MARKED.split()) in " ".join(" ".join(rows).split()), "the note, literally"
        if kind != "dimension":
            assert MARKED in hand.lines[0], "the name in the title"
        assert "\x1b" not in hand.text
        assert "\u202e" not in hand.text


async def test_wide_characters_are_wrapped_and_not_cut(open_app, altered, holding) -> None:
    note = "警察本部" * 60
    edition = altered("groningen", {"referentiekader": {"note": note}})
    async with open_app(holding(edition), size=(60, 30)) as hand:
        await opened(hand, Target("cell", "groningen", "referentiekader"))
        rows = [row.strip() for row in drawn(hand) if "警" in row]
        assert "".join(rows) == note
        assert all(cell_len(row) <= 58 for row in rows)


async def test_an_empty_page_can_be_stepped_on(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, CELL)
        view = hand.app.screen.query_one(PageView)
        view.show(Document(CELL, "leeg", ()))
        await hand.press("down", "up", "tab", "shift+tab", "pagedown", "pageup", "home", "end", "enter")
        assert hand.app.is_running


# Figures, claims, recommendations


@pytest.mark.parametrize(
    ("key", "kind", "link", "leads"),
    [
        ("6", "figures", "5. ", "table"),
        ("9", "claims", "2.2.1", "paragraph"),
        ("0", "recommendations", "", "addressee"),
    ],
)
async def test_digits_open_the_indexes_and_they_lead_on(open_app, key, kind, link, leads) -> None:
    async with open_app() as hand:
        await hand.press(key)
        await hand.until(lambda: hand.depth == 2)
        assert hand.target == Target(kind)
        at = next(at for at, line in enumerate(hand.entries) if line.target and hand.told(line).startswith(link))
        while hand.page_view.cursor != at:
            await hand.press("tab")
        await hand.press("enter")
        assert hand.target.kind == leads
        await hand.press("escape", "right_square_bracket")
        assert hand.target == Target(kind), "it has no neighbours"


async def test_one_walks_from_a_claim_to_its_score_and_back(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, Target("claim", "", "2-16-5-03"))
        claim = hand.target
        await tab_to(hand, "- Kennemerland · ")
        await hand.press("enter")
        cell = hand.target
        assert (cell.kind, cell.corps) == ("cell", "kennemerland")
        await hand.press("escape")
        assert hand.target == claim
        await hand.press("enter")
        while hand.page_line.target != claim:
            await hand.press("tab")
        await hand.press("enter")
        assert hand.target == claim


@pytest.mark.parametrize("size", [*SMALL, (120, 40)])
async def test_a_chart_is_drawn_to_the_width_of_the_screen_and_can_be_read_to_its_end(open_app, size) -> None:
    async with open_app(size=size) as hand:
        await opened(hand, Target("indicator", "", "5.controles-vergund"))
        seen = set(drawn(hand))
        for _ in range(60):
            await hand.press("pagedown")
            seen |= set(drawn(hand))
        bars = {row.strip() for row in seen if "█" in row}
        assert len(bars) == 25 + 2 * 3, "corps with controls, and three years of all and of the same corps"
        assert max(map(len, bars)) <= size[0] - 2
        await hand.resize(100, 400)
        assert max(len(row) for row in drawn(hand) if "█" in row) > 90


async def test_charts_without_utf8(open_app, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "C")
    async with open_app(size=(100, 200)) as hand:
        await opened(hand, Target("indicator", "", "5.controles-vergund"))
        assert "Haaglanden                520 #####" in hand.text
        assert hand.text.isascii()


async def test_a_link_that_leads_nowhere_takes_nothing_down(open_app) -> None:
    async with open_app() as hand:
        await opened(hand, Target("corps", "atlantis"))
        assert "unknown corps 'atlantis'" in hand.text
        await hand.press("right_square_bracket", "escape")
        assert hand.depth == 1
