"""The words of the interface of a round, in Dutch and English."""

from collections.abc import Mapping

from kmtui.model.base import Text
from kmtui.rounds import actions as do
from kmtui.rounds.actions import Action
from kmtui.rounds.progress import Step
from kmtui.wording import Wording


def _say(nl: str, en: str) -> Text:
    return Text.unchecked(nl=nl, en=en)


WORDS: Mapping[str, Text] = {
    "round": _say("Ronde", "Round"),
    "open": _say("open", "open"),
    "frozen": _say("bevroren", "frozen"),
    "published": _say("gepubliceerd", "published"),
    "session": _say("zitting", "session"),
    "closed": _say("dicht", "closed"),
    "blind": _say("blind", "blind"),
    "done": _say("klaar", "done"),
    "all": _say("alles", "all"),
    "mine": _say("wacht op mij", "waits for me"),
    "nothing_waits": _say("Er wacht niets op u.", "Nothing waits for you."),
    "nothing_seen": _say(
        "U ziet in deze ronde nog geen korps of partner.", "You see no corps or partner in this round yet."
    ),
    "days_late": _say("{}d laat", "{}d late"),
    "due": _say("voor {}", "due {}"),
    "database_away": _say(
        "De database antwoordt niet; kmtui probeert het opnieuw.", "The database does not answer; kmtui tries again."
    ),
    "not_recorded_yet": _say("{} nog niet vastgelegd", "{} not recorded yet"),
    "recorded": _say("Vastgelegd (gebeurtenis {}).", "Recorded (event {})."),
    "refused": _say("Kan niet", "Refused"),
    "changed_meanwhile": _say(
        "{} was u voor: {}. Wat u typte staat er nog.", "{} was before you: {}. What you typed is still there."
    ),
    "conflict": _say(
        "{} heeft dit intussen gewijzigd{}. Enter: toch uw keuze. Z: die van {} laten staan.",
        "{} has changed this meanwhile{}. Enter: yours all the same. Z: leave that of {}.",
    ),
    "quit_waiting": _say(
        "Er is nog {} niet vastgelegd. Nog eens q: toch stoppen; dan gaat het verloren.",
        "{} not recorded yet. Press q again to quit all the same; it is lost then.",
    ),
    "quit_drafts": _say(
        "Concepten die niet zijn vastgelegd: {}. Nog eens q: toch stoppen; dan zijn ze weg.",
        "Drafts that are not recorded: {}. Press q again to quit all the same; they are gone then.",
    ),
    "nothing_to_do": _say("Deze stap is klaar.", "This step is done."),
    "nothing_next": _say(
        "Voor u is hier nu niets te doen; uw deel is gedaan.", "Nothing is left for you here; your part is done."
    ),
    "on_command_line": _say("op de opdrachtregel", "on the command line"),
    "history": _say("wat er gebeurde", "what happened"),
    "needs": _say("nodig", "needed"),
    "still_to_do": _say("nog te doen", "still to do"),
    "you_can": _say("wat u kunt doen", "what you can do"),
    "help": _say("Toetsen", "Keys"),
    "dimension": _say("dimensie", "dimension"),
    "proposals": _say("voorstel", "proposed"),
    "now": _say("nu", "now"),
    "also_here": _say("ook hier", "also here"),
    "blind_session": _say(
        "Blinde zitting: ieder ziet alleen de eigen voorstellen.", "Blind session: each sees their own proposals only."
    ),
    "agreement": _say(
        "Krippendorffs alfa {} · hier verschillen {} dimensies, in de hele ronde {}",
        "Krippendorff's alpha {} · {} dimensions differ here, {} in the whole round",
    ),
    "norm": _say("norm", "norm"),
    "measure": _say("maat", "measure"),
    "settled": _say("(vastgesteld)", "(settled)"),
    "earlier": _say("vorige keer", "last time"),
    "unexplained": _say("niet verklaard", "not explained"),
    "no_evidence": _say("nog geen bewijs: het verslag is niet af", "no evidence yet: the report is not final"),
    "kind_form": _say("vragenlijst", "form"),
    "kind_figures": _say("bron", "source"),
    "kind_interview": _say("gespreksverslag", "interview report"),
    "kind_file": _say("stuk", "file"),
    "gap_unknown": _say("niet bekend", "not known"),
    "gap_not-given": _say("niet opgegeven", "not given"),
    "gap_empty": _say("leeg", "empty"),
    "verdict": _say("Eindscore nu", "End score now"),
    "or": _say("of", "or"),
    "decided_by": _say("beslist door", "decided by"),
    "no_rule": _say("geen regel; alles is goed genoeg", "no rule; everything is good enough"),
    "still_open": _say("hangt nog af van", "still depends on"),
    "would_change": _say("zou veranderen door", "would change by"),
    "choose_level": _say("Kies eerst een niveau: {}.", "Choose a level first: {}."),
    "give_reason": _say("Geef een reden (2.1.6).", "Give a reason (2.1.6)."),
    "recording": _say("Wordt vastgelegd ...", "Recording ..."),
    "dropped": _say("Het concept is weg; er was niets vastgelegd.", "The draft is dropped; nothing was recorded."),
    "nothing_to_undo": _say(
        "Hier is niets van u terug te draaien; een vastgestelde score kan wel opnieuw worden vastgesteld.",
        "There is nothing of yours to undo here; a settled score can be settled anew.",
    ),
    "role": _say("rol", "role"),
}

STEPS: Mapping[Step, Text] = {
    Step.COLLECT: _say("formulier", "form"),
    Step.COMPARE: _say("bronnen", "sources"),
    Step.INTERVIEW: _say("gesprek", "interview"),
    Step.WEIGH: _say("wegen", "weighing"),
    Step.PARTNERS: _say("partners", "partners"),
    Step.HEARING: _say("wederhoor", "hearing"),
}

STATES: Mapping[str, Text] = {
    "unsent": _say("nog niet", "unsent"),
    "sent": _say("gestuurd", "sent"),
    "reminded": _say("rappel", "reminded"),
    "received": _say("terug", "received"),
    "query": _say("vraag", "query"),
    "accepted": _say("akkoord", "accepted"),
    "none": _say("nog niet", "not yet"),
    "planned": _say("gepland", "planned"),
    "held": _say("gehouden", "held"),
    "draft": _say("concept", "draft"),
    "checked": _say("bekeken", "checked"),
    "offered": _say("expert", "expert"),
    "reaction": _say("reactie", "reaction"),
    "final": _say("af", "final"),
    "answered": _say("antwoord", "answered"),
    "approved": _say("afgerond", "closed"),
}
"""Where a form, an interview or a hearing stands; eight letters at most, which is what the board has room for."""

DEEDS: Mapping[type[Action], Text] = {
    do.Ask: _say("de vragenlijst vaststellen", "set the questionnaire"),
    do.Send: _say("het formulier versturen", "send the form"),
    do.Remind: _say("herinneren", "remind"),
    do.Receive: _say("antwoorden innemen", "take in answers"),
    do.Accept: _say("het formulier accepteren", "accept the form"),
    do.Reply: _say("de vraag beantwoorden", "answer the query"),
    do.Close: _say("de vraag sluiten", "close the query"),
    do.Explain: _say("het verschil verklaren", "explain the difference"),
    do.Plan: _say("het gesprek plannen", "plan the interview"),
    do.Hold: _say("noteren dat het gesprek vandaag was", "record that the interview was today"),
    do.Draft: _say("het conceptverslag inleveren", "hand in the draft report"),
    do.Check: _say("het concept goedkeuren na nakijken", "pass the checked draft"),
    do.Offer: _say("het concept aanbieden", "offer the draft"),
    do.React: _say("reageren op het concept", "react to the draft"),
    do.Finalise: _say("het verslag vaststellen", "adopt the report"),
    do.OpenSession: _say("de zitting openen", "open the session"),
    do.CloseSession: _say("de zitting sluiten", "close the session"),
    do.Propose: _say("een score voorstellen", "propose a score"),
    do.Settle: _say("de score vaststellen", "settle the score"),
    do.Erratum: _say("een erratum vastleggen", "record an erratum"),
    do.Judge: _say("een oordeel vastleggen", "record a judgement"),
    do.Hear: _say("om een reactie vragen", "ask for a reply"),
    do.Answered: _say("een reactie vastleggen", "record a reply"),
    do.Approve: _say("het wederhoor afronden", "conclude the hearing"),
    do.Freeze: _say("de ronde bevriezen", "freeze the round"),
    do.Thaw: _say("de ronde weer openen", "thaw the round"),
    do.Publish: _say("de editie publiceren", "publish the edition"),
}

KEYS: Mapping[str, Text] = {
    "open": _say("openen", "open"),
    "mine": _say("wacht op mij", "waits for me"),
    "session": _say("zitting en slot", "session and lock"),
    "help": _say("hulp", "help"),
    "quit": _say("stoppen", "quit"),
    "back": _say("terug", "back"),
    "do": _say("doen", "do"),
    "reason": _say("reden", "reason"),
    "evidence": _say("bewijs", "evidence"),
    "query": _say("vraag", "query"),
    "undo": _say("herstel", "undo"),
    "record": _say("vast", "record"),
    "differing": _say("open", "open"),
}


HELP: Mapping[str, Text] = {
    "reason": _say("de reden typen", "type the reason"),
    "evidence": _say("naar het bewijs, en terug", "go to the evidence, and back"),
    "pick": _say("dit bewijs aanhalen, of niet meer", "cite this evidence, or no longer"),
    "record": _say("voorstellen, of vaststellen in zitting 2", "propose, or settle in session 2"),
    "undo": _say("concept weg, of de laatste stap terug", "drop the draft, or take back the last step"),
    "query": _say("het korps iets vragen", "ask the corps something"),
    "differing": _say("alleen wat nog openstaat, of alles", "only what is still open, or everything"),
    "up": _say("omhoog", "up"),
    "down": _say("omlaag", "down"),
    "ends": _say("eerste, laatste", "first, last"),
    "back": _say("terug; wat u typte blijft bewaard", "back; what you typed is kept"),
    "redraw": _say("het scherm opnieuw tekenen", "draw the screen again"),
    "quit": _say("stoppen", "quit"),
}
"""What keys do, for the list of keys."""


class RoundWording(Wording):
    """The words of one language for a round: `say.text("frozen")`, `say.step(step)`."""

    def text(self, key: str, *values: object) -> str:
        """A text of this module, with values in the place of its braces (raises KeyError)."""
        return self.of(WORDS[key]).format(*values)

    def step(self, step: Step) -> str:
        """The name of a step."""
        return self.of(STEPS[step])

    def state(self, status: str) -> str:
        """Where something stands; a status without a word as it is."""
        return self.of(STATES[status]) if status in STATES else status

    def deed(self, kind: type[Action]) -> str:
        """What an action does."""
        return self.of(DEEDS[kind])

    def key(self, name: str) -> str:
        """What a key does, in a word or two (raises KeyError)."""
        return self.of(KEYS[name])
