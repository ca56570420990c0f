"""Play a whole round with made-up people, answers and scores: from its questionnaire to a published edition.

    python play.py 2014.round 2014            # the file of the round, and the folder of the edition
    python play.py 2016.round 2016 --after 2014

Everything goes through the rules of the round, as it does from the command line. The answers are random numbers near
those of the edition before; nothing in them is about real units.
"""

import argparse
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kmtui import open_monitor
from kmtui.editions.scaffold import plan_edition
from kmtui.files.reading import read_value
from kmtui.model.questionnaire import Question, Questionnaire
from kmtui.monitor import Monitor
from kmtui.rounds import actions as do
from kmtui.rounds.access import Place
from kmtui.rounds.actions import Action, Answer, AnswerKind
from kmtui.rounds.agreement import agreement
from kmtui.rounds.comparing import PREVIOUS, differences, previous_figures
from kmtui.rounds.publication import Published, first_event, publish
from kmtui.rounds.round import Round

HERE = Path(__file__).parent
WEIGHERS = ("weger-1", "weger-2", "weger-3")


class Cast:
    """The people of a round, each with the round open to them, and a clock of their own."""

    def __init__(self, file: Path, start: date, seed: int) -> None:
        self.place = Place(str(file), file)
        self.time = datetime(start.year, start.month, start.day, 9, tzinfo=UTC)
        self.chance = random.Random(seed)
        self._open: dict[str, Round] = {}

    def clock(self) -> datetime:
        """A minute later than the last time."""
        self.time += timedelta(minutes=1)
        return self.time

    def __getitem__(self, who: str) -> Round:
        if who not in self._open:
            self._open[who] = Round.open(self.place, who, self.clock)
        return self._open[who]

    def do(self, who: str, *actions: Action) -> None:
        """Have somebody do things."""
        for action in actions:
            self[who].do(action)

    def close(self) -> None:
        """Close the round for everybody."""
        for opened in self._open.values():
            opened.close()


def play(file: Path, folder: Path, monitor: Monitor, after: str = "2012", key: Path | None = None) -> Published:
    """A whole round, published into the folder."""
    cast = begin(file, monitor, after)
    try:
        prepare(cast, monitor, after)
        for corps in cast["secretariaat"].state.of.corps:
            collect(cast, corps)
            interview(cast, corps)
        weigh(cast)
        hear(cast)
        cast.do("voorzitter", do.Freeze())
        return publish(cast["secretariaat"], monitor, folder, key=key)
    finally:
        cast.close()


def begin(file: Path, monitor: Monitor, after: str) -> Cast:
    """A new round and its people."""
    earlier = monitor.edition(after)
    name = file.stem
    mapping = monitor.mapping(earlier) if earlier.head.unit_mapping else None
    plan = plan_edition(name, earlier, monitor.context, mapping=mapping, title=f"Korpsmonitor {name} (voorbeeld)")
    cast = Cast(file, plan.head.period.end, seed=int(name) if name.isdigit() else 1)
    Round.create(str(file), first_event(plan, earlier, monitor, owner="secretariaat"), cast.clock).close()
    enrol(cast)
    return cast


def enrol(cast: Cast) -> None:
    """Everybody, with their roles; the third weigher belongs to a corps, whose scores are left to the others."""
    state = cast["secretariaat"].state
    corps = list(state.of.corps)
    enrol = [do.Enrol(id="voorzitter", roles=(do.Role.CHAIR,)), do.Enrol(id="analist", roles=(do.Role.ANALYST,))]
    enrol += [do.Enrol(id=f"expert-{name}", roles=(do.Role.EXPERT,), corps=name) for name in corps]
    enrol += [do.Enrol(id=f"leiding-{name}", roles=(do.Role.LEADERSHIP,), corps=name) for name in corps]
    enrol += [do.Enrol(id=name, roles=(do.Role.WEIGHER, do.Role.INTERVIEWER)) for name in WEIGHERS[:2]]
    enrol += [do.Enrol(id=WEIGHERS[2], roles=(do.Role.WEIGHER,), corps=corps[0])]
    enrol += [do.Enrol(id="notulist", roles=(do.Role.NOTE_TAKER,))]
    partners = dict.fromkeys(state.of.partners.values())
    enrol += [do.Enrol(id=f"partner-{name}", roles=(do.Role.PARTNER,), partner=name) for name in partners]
    cast.do("secretariaat", *enrol)


def prepare(cast: Cast, monitor: Monitor, after: str) -> None:
    """Set the questionnaire, bring in last time's figures, send the forms."""
    file = HERE / "questionnaire.toml"
    asked, faults = read_value(file, HERE, Questionnaire)
    assert asked is not None, faults
    cast.do("secretariaat", do.Ask(questionnaire=asked))
    before = previous_figures(cast["secretariaat"].state, monitor, monitor.edition(after))
    cast.do("analist", do.Compare(source=PREVIOUS, title=monitor.edition(after).title, figures=before, margin=0.5))
    cast.do("secretariaat", *(do.Send(corps=name) for name in cast["secretariaat"].state.of.corps))


def answer(cast: Cast, question: Question, before: float | None) -> Answer:
    """A made-up answer, near last time's; now and then a gap with its reason."""
    if cast.chance.random() < 0.05:
        return Answer(kind=AnswerKind.UNKNOWN, reason="Dit is niet bijgehouden.")
    if question.type == "number":
        middle = before or cast.chance.randint(5, 90)
        return Answer(kind=AnswerKind.NUMBER, value=round(middle * cast.chance.uniform(0.4, 1.4)))
    if question.type == "choice":
        return Answer(kind=AnswerKind.CHOICE, value=cast.chance.choice(question.choices))
    return Answer(kind=AnswerKind.TEXT, value="Een verzonnen antwoord, voor dit voorbeeld.")


def collect(cast: Cast, corps: str) -> None:
    """The expert answers; striking changes are asked about and explained; the form is accepted."""
    expert = f"expert-{corps}"
    state = cast[expert].refresh()
    assert state.questionnaire is not None
    before = state.sources[PREVIOUS].figures.get(corps, {})
    answers = {one.id: answer(cast, one, before.get(one.id)) for one in state.questionnaire.questions}
    cast.do(expert, do.Receive(corps=corps, author="expert", answers=answers))
    for found in list(differences(cast["analist"].refresh(), corps)):
        text = f"{found.source} had {found.found:g}; klopt dit?"
        query = cast["analist"].do(do.Query(corps=corps, topic=found.question, text=text))
        cast.do(expert, do.Reply(query=query.seq, text="Dat klopt; er is anders geteld."))
        explained = do.Explain(corps=corps, source=found.source, question=found.question, text="Er is anders geteld.")
        cast.do(expert, explained)
        cast.do("analist", do.Close(query=query.seq, reason="Verklaard."))
    cast.do("analist", do.Accept(corps=corps))


def interview(cast: Cast, corps: str) -> None:
    """An interview, from plan to final report; the draft is deleted."""
    day = cast.time.date() + timedelta(days=14)
    cast.do("secretariaat", do.Plan(subject=corps, on=day, interviewers=WEIGHERS[:2], note_taker="notulist"))
    cast.do("notulist", do.Hold(subject=corps, on=day))
    text = f"Verslag van het gesprek met {corps}, verzonnen voor dit voorbeeld.\n".encode()
    keep_until = day + timedelta(days=90)
    draft = cast["notulist"].attach("concept.txt", b"Concept. " + text, "draft", subject=corps, delete_by=keep_until)
    cast.do("notulist", do.Draft(subject=corps, file=draft))
    cast.do(WEIGHERS[0], do.Check(subject=corps))
    cast.do("notulist", do.Offer(subject=corps))
    cast.do(f"expert-{corps}", do.React(subject=corps, approves=True))
    report = cast["notulist"].attach("verslag.txt", text, "report", subject=corps)
    cast.do("notulist", do.Finalise(subject=corps, file=report))
    cast.do("secretariaat", do.Delete(hash=draft, reason="Het verslag is definitief."))


def weigh(cast: Cast) -> None:
    """Session 1, blind; then the chair settles what differs in session 2."""
    cast.do("voorzitter", do.OpenSession(number=1, blind=True))
    for corps in cast["voorzitter"].state.of.corps:
        propose(cast, corps)
    cast.do("voorzitter", do.CloseSession(), do.OpenSession(number=2))
    state = cast["voorzitter"].refresh()
    for corps, dimension in agreement(state).differing:
        levels = [one.level for one in state.cell(corps, dimension).proposals.values() if one.level]
        most = max(sorted(set(levels)), key=levels.count)
        settled = do.Settle(
            corps=corps, dimension=dimension, level=most, reason="Besproken.", evidence=(f"interview/{corps}",)
        )
        cast.do("voorzitter", settled)
    cast.do("voorzitter", do.CloseSession())


def propose(cast: Cast, corps: str) -> None:
    """Every weigher proposes every score of a corps, except those of their own."""
    of = cast["voorzitter"].state.of
    for dimension in of.dimensions:
        level = cast.chance.choices(of.levels, weights=[6**rank for rank in range(len(of.levels))])[0]
        for who in WEIGHERS:
            if cast[who].me and cast[who].me.corps == corps:  # nobody weighs their own corps
                continue
            mine = cast.chance.choice(of.levels) if cast.chance.random() < 0.1 else level
            score = do.Propose(
                corps=corps, dimension=dimension, level=mine, reason="Gewogen.", evidence=(f"interview/{corps}",)
            )
            cast.do(who, score)


def hear(cast: Cast) -> None:
    """What each corps thinks of each partner, and the partner's reply."""
    of = cast["voorzitter"].state.of
    for corps in of.corps:
        for column in of.partners:
            judgement = do.Judge(
                corps=corps,
                column=column,
                level=cast.chance.choice(of.levels),
                reason="Zo zien zij het.",
                evidence=(f"interview/{corps}",),
                points_for=("De contacten zijn goed.",),
                points_against=("Het duurt soms lang.",),
            )
            cast.do(WEIGHERS[0], judgement)
    for partner in dict.fromkeys(of.partners.values()):
        cast.do("secretariaat", do.Hear(partner=partner))
        cast.do(
            f"partner-{partner}",
            do.Answered(partner=partner, text="Dit herkennen wij; er komt een vast aanspreekpunt."),
        )
        cast.do("voorzitter", do.Approve(partner=partner))


def main() -> None:
    """Play a round with the bundled editions, and those in the folder of the edition that it follows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="file of the round to make, as in 2014.round")
    parser.add_argument("folder", type=Path, help="folder of the edition to publish")
    parser.add_argument("--after", default="2012", help="edition that it follows: an id, or its folder")
    parser.add_argument("--sign", type=Path, help="SSH key to sign with")
    given = parser.parse_args()
    folders = [Path(given.after)] if Path(given.after).is_dir() else []
    monitor = open_monitor(edition_folders=folders)
    done = play(given.file, given.folder, monitor, Path(given.after).name, given.sign)
    print(f"{done.folder}: event {done.event}, sha256 {done.digest[:16]}{', signed' if done.signed else ''}")


if __name__ == "__main__":
    main()
