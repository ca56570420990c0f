"""The words of the report that nothing else uses, in Dutch and English."""

from collections.abc import Mapping

from kmtui.model.base import Text


def _text(nl: str, en: str) -> Text:
    return Text.unchecked(nl=nl, en=en)


WORDS: Mapping[str, Text] = {
    "agreement_short": _text("Volgens de regels", "By the rules"),
    "annexes": _text("Bijlagen", "Annexes"),
    "aspect": _text("Onderdeel", "Aspect"),
    "certainty": _text("Hoe zeker zijn de oordelen?", "How certain are the judgements?"),
    "certainty_text": _text(
        "Een oordeel in dit rapport is nooit zekerder dan zijn bron. Waar de bron meer dan één niveau toelaat, staan "
        "alle niveaus die nog mogelijk zijn. Bij elk oordeel staan de basis en de paragraaf van de bron.",
        "No judgement in this report is more certain than its source. Where the source allows more than one level, all "
        "levels that are still possible are shown. Each judgement has its basis and the paragraph of the source.",
    ),
    "corps_part": _text("Deel 2. De korpsen", "Part 2. The corps"),
    "corps_part_text": _text(
        "Per korps staan hier de scores met hun toelichting, de eindscore, het oordeel over de partners, wat er gedaan "
        "is en wat het korps verwacht.",
        "For each corps this part has the scores with their explanation, the end score, the judgement of the partners, "
        "what was done and what the corps expects.",
    ),
    "data_of": _text("Gegevens uit", "Data from"),
    "developments": _text("Ontwikkelingen", "Developments"),
    "editions_row": _text("Editie", "Edition"),
    "end_scores": _text("Eindscores door de jaren", "End scores over the years"),
    "evidence": _text("Waar deze scores op rusten", "What these scores rest on"),
    "evidence_partners": _text("Waar deze oordelen op rusten", "What these judgements rest on"),
    "fallers": _text("Dalers", "Fallers"),
    "figure_tables": _text("Cijfers", "Figures"),
    "given_short": _text("nieuw", "new"),
    "glossary": _text("Begrippen", "Glossary"),
    "judgements": _text("Oordelen over partners", "Judgements of partners"),
    "kind": _text("Soort oordeel", "Kind of judgement"),
    "legend_blank": _text("geen oordeel gegeven", "no judgement was given"),
    "legend_open": _text(
        "er is meer dan één niveau mogelijk; staan er geen niveaus, dan zijn ze alle mogelijk",
        "more than one level is possible; where no levels are shown, all of them are",
    ),
    "matrix": _text("Alle scores", "All scores"),
    "method": _text("Werkwijze en bron", "Method and source"),
    "mover": _text("Verandering", "Change"),
    "national_part": _text("Deel 3. Het landelijke beeld", "Part 3. The national picture"),
    "national_part_text": _text(
        "Dit deel zet de korpsen naast elkaar: de eindscores, de scores per dimensie, de partners en de cijfers.",
        "This part sets the corps beside each other: end scores, scores by dimension, partners and figures.",
    ),
    "no_fallers": _text("Geen korps heeft zeker een lagere eindscore.", "No corps certainly has a lower end score."),
    "no_risers": _text("Geen korps heeft zeker een hogere eindscore.", "No corps certainly has a higher end score."),
    "none_contradicted": _text(
        "Geen enkele bewering wordt door de gegevens weersproken.", "No claim is contradicted by the data."
    ),
    "claims_contradicted": _text("Beweringen die de gegevens tegenspreken", "Claims that the data contradict"),
    "claims_contradicted_text": _text(
        "Hieronder staan de beweringen van de bron die niet kloppen met de gegevens waarop ze rusten.",
        "These are the claims of the source that do not agree with the data they rest on.",
    ),
    "partner_bar": _text("Oordeel over de partners", "Judgement of the partners"),
    "partner_replies": _text("Wat partners antwoorden", "Replies of partners"),
    "period": _text("Periode", "Period"),
    "published_count": _text("Gepubliceerd", "Published"),
    "recommendations_part": _text(
        "Deel 5. Ontwikkelingen en aanbevelingen", "Part 5. Developments and recommendations"
    ),
    "recommendations_text": _text(
        "De aanbevelingen staan per geadresseerde. Een aanbeveling aan meer partijen staat bij elk van hen. Achter een "
        "aanbeveling die ook in de vorige editie stond, staat dat zij herhaald is.",
        "Recommendations are listed by addressee; one that goes to several parties is listed under each. One that the "
        "previous edition made as well is marked as repeated.",
    ),
    "report": _text("Rapport", "Report"),
    "risers": _text("Stijgers", "Risers"),
    "risers_fallers": _text("Stijgers en dalers", "Risers and fallers"),
    "rules": _text("Weegregels", "Weighing rules"),
    "scores": _text("Scores op dimensies", "Scores on dimensions"),
    "sources": _text("Bronnen", "Sources"),
    "sources_text": _text(
        "De nummers tussen vierkante haken zijn paragrafen van de bron. Hieronder staat op welke paragrafen elk korps "
        "en elke eenheid rust.",
        "Numbers in square brackets are paragraphs of the source. This table lists the paragraphs that each corps and "
        "unit rests on.",
    ),
    "rests_on": _text("Rust op", "Rests on"),
    "together": _text("Samen", "Together"),
    "units_part": _text("Deel 4. De eenheden", "Part 4. The units"),
    "units_part_text": _text(
        "Per eenheid staan hier haar korpsen, de samengevoegde scores, de bevindingen, de aandachtspunten en de "
        "cijfers.",
        "For each unit this part has its corps, the scores rolled up, the findings, the points of attention and the "
        "figures.",
    ),
    "verdicts": _text("Eindscores", "End scores"),
    "how_rolled_up": _text("Samengevoegd", "Rolled up"),
}
