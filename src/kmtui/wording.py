"""The words of the interface, in Dutch and English. What plugins and editions say comes from them."""

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite

from kmtui.model.base import Language, Text
from kmtui.model.cells import CellStatus
from kmtui.model.crosswalk import Change
from kmtui.model.provenance import Standing
from kmtui.model.score import Basis


def _say(nl: str, en: str) -> Text:
    return Text.unchecked(nl=nl, en=en)


BASIS = {
    Basis.STATED: _say("vermeld", "stated"),
    Basis.COUNTED: _say("geteld", "counted"),
    Basis.RECORDED: _say("vastgelegd", "recorded"),
    Basis.COMPUTED: _say("berekend", "computed"),
    Basis.OPEN: _say("open", "open"),
    Basis.BLANK: _say("geen oordeel", "no judgement"),
}

BASIS_MEANING = {
    Basis.STATED: _say(
        "de bron zegt dit over dit korps en deze dimensie", "the source says so about this corps and dimension"
    ),
    Basis.COUNTED: _say(
        "volgt uit wat de bron vermeldt en een gepubliceerde telling", "follows from stated facts and a published count"
    ),
    Basis.RECORDED: _say("hier ingevoerd door een weegteam", "entered here by a weighing team"),
    Basis.COMPUTED: _say("door een plugin afgeleid uit cijfers", "derived from figures by a plugin"),
    Basis.OPEN: _say("de bron laat meer dan één niveau toe", "the source allows more than one level"),
    Basis.BLANK: _say("er is geen oordeel gegeven", "no judgement was given"),
}

AGREEMENT = {
    "yes": _say("komt overeen", "agrees"),
    "assumed": _say("komt overeen, aangenomen", "agrees, assumed"),
    "possible": _say("kan overeenkomen", "may agree"),
    "no": _say("wijkt af", "differs"),
    "": _say("niet gepubliceerd", "not published"),
}

AGREEMENT_MEANING = {
    "yes": _say(
        "de regels geven dezelfde eindscore als het rapport", "the rules give the same end score as the report"
    ),
    "assumed": _say(
        "een van de scores staat alleen vast dankzij de gepubliceerde eindscore, dus dit bevestigt haar niet",
        "one of the scores is certain only because of the published end score, so this does not confirm it",
    ),
    "possible": _say("open scores laten nog meer dan één eindscore toe", "open scores allow more than one end score"),
    "no": _say(
        "de regels geven een andere eindscore dan het rapport", "the rules give another end score than the report"
    ),
    "": _say("de bron geeft geen eindscore", "the source gives no end score"),
}

STATUS = {
    CellStatus.NUMBER: _say("getal", "number"),
    CellStatus.UNKNOWN: _say("niet bekend", "not known"),
    CellStatus.NOT_GIVEN: _say("niet opgegeven", "not given"),
    CellStatus.EMPTY: _say("leeg", "empty"),
    CellStatus.YES: _say("ja", "yes"),
    CellStatus.NO: _say("nee", "no"),
    CellStatus.PARTLY: _say("deels", "partly"),
    CellStatus.RANGE: _say("bereik", "range"),
    CellStatus.DOUBLE: _say("dubbel", "double"),
    CellStatus.MIXED: _say("gemengd", "mixed"),
    CellStatus.TEXT: _say("tekst", "text"),
}

STANDING = {
    Standing.CITED: _say("aangehaald", "cited"),
    Standing.CARRIED: _say("overgenomen", "carried over"),
    Standing.ASSUMED: _say("aangenomen", "assumed"),
}
"""How a norm or rule stands."""

CHANGE = {
    Change.SAME: _say("dezelfde", "the same"),
    Change.RENAMED: _say("hernoemd", "renamed"),
    Change.SPLIT: _say("gesplitst", "split"),
    Change.MERGED: _say("samengevoegd", "merged"),
    Change.NEW: _say("nieuw", "new"),
    Change.GONE: _say("vervallen", "gone"),
}
"""What became of a dimension in a newer framework."""

WORDS = {
    "becomes": _say("wordt", "becomes"),
    "blank_counts": _say(
        "Een score zonder oordeel telt mee zoals de regels zeggen; zonder enig oordeel is er geen eindscore.",
        "A blank counts as the rules say; without any judgement there is no end score.",
    ),
    "blank_in_code": _say(
        "Wat een score zonder oordeel doet, bepaalt de functie; zonder enig oordeel is er geen eindscore.",
        "The function decides what a blank does; without any judgement there is no end score.",
    ),
    "blank_in_rules": _say(
        "Een score zonder oordeel maakt de eindscore nooit slechter; zonder enig oordeel is er geen eindscore.",
        "A blank never makes the end score worse; without any judgement there is no end score.",
    ),
    "independent": _say("onafhankelijk", "independent"),
    "echo": _say("echo", "echo"),
    "internal": _say("intern", "internal"),
    "developments": _say("Landelijke ontwikkelingen", "National developments"),
    "glossary": _say("Afkortingen", "Abbreviations"),
    "meaning": _say("Betekenis", "Meaning"),
    "glossary_note": _say(
        "Achter elke afkorting de paragraaf die haar uitlegt, of anders de eerste waar zij staat.",
        "Behind each abbreviation the paragraph that explains it, or else the first that has it.",
    ),
    "no_glossary": _say("Deze editie heeft geen lijst van afkortingen.", "This edition has no list of abbreviations."),
    "not_explained": _say("niet uitgelegd", "not explained"),
    "term": _say("Afkorting", "Abbreviation"),
    "analysis": _say("Analyse", "Analysis"),
    "kind": _say("Soort", "Kind"),
    "points_total": _say("punten", "points"),
    "proves_independent": _say(
        "Twee plaatsen in de bron zijn naast elkaar gelegd: de uitkomst zegt of de bron zichzelf bevestigt.",
        "Two places of the source are set against each other: the outcome shows whether the source confirms itself.",
    ),
    "proves_echo": _say(
        "De score rust op dezelfde paragraaf: de uitkomst bewijst alleen dat die gelijk is gelezen.",
        "The score rests on the same paragraph: the outcome only proves that it was read consistently.",
    ),
    "proves_internal": _say(
        "Scores zijn geteld: de uitkomst zegt of zij samen passen bij wat de bron telt.",
        "Scores are counted: the outcome shows whether together they fit what the source counts.",
    ),
    "not_in_source": _say("Niet gevonden in de tekst van het rapport.", "Not found in the text of the report."),
    "not_considered": _say("Buiten beschouwing:", "Left out:"),
    "total": _say("samen", "together"),
    "read_as": _say("gelezen als", "read as"),
    "unit_corps": _say("korpsen", "corps"),
    "unit_rows": _say("rijen", "rows"),
    "unit_ratio": _say("maal", "times"),
    "about_what": _say("Waar dit over gaat", "What this is about"),
    "addressee": _say("Geadresseerde", "Addressee"),
    "all_rows": _say("alle rijen", "all rows"),
    "all_corps": _say("korpsen", "all corps"),
    "as_source": _say("zoals de bron", "as the source has it"),
    "asserted": _say("Beweerd", "Asserted"),
    "at-least": _say("minstens", "at least"),
    "at-most": _say("hoogstens", "at most"),
    "beside_corps": _say("Naast de korpsen", "Beside the corps"),
    "by_addressee": _say("Aan wie", "To whom"),
    "by_corps": _say("Per korps", "By corps"),
    "by_paragraph": _say("Alle beweringen, per paragraaf", "All claims, by paragraph"),
    "by_subject": _say("Beweringen per onderwerp ...", "Claims by subject ..."),
    "by_topic": _say("Waarover", "About what"),
    "cell_without": _say("cel zonder getal", "cell without a number"),
    "cell_without_many": _say("cellen zonder getal", "cells without a number"),
    "changed": _say("wijziging", "change"),
    "changed_many": _say("wijzigingen", "changes"),
    "claim": _say("Bewering", "Claim"),
    "claims": _say("Beweringen", "Claims"),
    "compare": _say("Vergelijken", "Compare"),
    "contradicted_known": _say("Weersproken door de gegevens, en bekend", "Contradicted by the data, and known"),
    "contradicted_new": _say("Weersproken door de gegevens, en nieuw", "Contradicted by the data, and new"),
    "figures": _say("Cijfers", "Figures"),
    "finding": _say("Wat het rapport over de eenheid vindt", "What the report finds about the unit"),
    "counted": _say("geteld", "counted"),
    "holding_claims": _say("Gedragen door de gegevens", "Borne out by the data"),
    "no_claims_here": _say("Geen beweringen", "No claims"),
    "standing": _say("Stand van beweringen", "Standing of claims"),
    "subject": _say("Beweringen over", "Claims about"),
    "subjects": _say("Waar beweringen over gaan", "What claims are about"),
    "found": _say("Gevonden", "Found"),
    "half_known": _say("deels bekend", "partly known"),
    "indicator": _say("Indicator", "Indicator"),
    "indicators": _say("Per indicator", "By indicator"),
    "more_under": _say("Meer onder", "More under"),
    "known": _say("al bekend", "known already"),
    "left": _say("links", "left"),
    "less-than": _say("minder dan", "less than"),
    "measured_in": _say("Gemeten in", "Measured in"),
    "new": _say("nieuw", "new"),
    "nothing": _say("niets", "nothing"),
    "nothing_beside": _say("Er is niets om mee te vergelijken.", "There is nothing to set beside it."),
    "of_which": _say("waarvan", "of which"),
    "outcome": _say("Uitkomst", "Outcome"),
    "panel": _say("Paneel", "Panel"),
    "paragraph": _say("Paragraaf", "Paragraph"),
    "plugin_disabled": _say("uitgezet door de gebruiker", "disabled by the user"),
    "plugin_failed": _say("uitgeschakeld door een fout", "switched off by an error"),
    "plugin_loaded": _say("geladen", "loaded"),
    "problems": _say("Problemen", "Problems"),
    "read_on": _say("verder", "more"),
    "recommendations": _say("Aanbevelingen", "Recommendations"),
    "repeated": _say("herhaald", "repeated"),
    "reset": _say("herstel", "reset"),
    "right": _say("rechts", "right"),
    "shown": _say("in beeld", "shown"),
    "since": _say("Sinds", "Since"),
    "status": _say("Toestand", "Status"),
    "step": _say("stap", "step"),
    "swap": _say("omkeren", "swap"),
    "busy": _say("Bezig", "Busy"),
    "do_not_wait": _say("niet wachten", "do not wait"),
    "keep_search": _say("verder", "go on"),
    "end_search": _say("wissen", "clear"),
    "palette": _say("alles", "all"),
    "editions_or_rules": _say("edities/regels", "editions/rules"),
    "corps_or_units": _say("korpsen/eenheden", "corps/units"),
    "tables": _say("Per tabel", "By table"),
    "to_addressee": _say("aan", "to"),
    "topic": _say("Onderwerp", "Topic"),
    "unread": _say("niet te lezen", "cannot be read"),
    "undetermined_claims": _say("Niet uit te maken", "Undetermined"),
    "about": _say("ongeveer", "about"),
    "advice": _say("aanbeveling", "recommendation"),
    "advice_many": _say("aanbevelingen", "recommendations"),
    "agrees": _say("klopt", "match"),
    "actions": _say("Gedaan sinds de vorige editie", "Done since the previous edition"),
    "agreement": _say("Overeenstemming", "Agreement"),
    "and": _say("en", "and"),
    "answer": _say("Wat de partner antwoordde", "What the partner answered"),
    "area": _say("Aandachtsveld", "Focus area"),
    "at_least": _say("vanaf", "from"),
    "at_most": _say("tot en met", "up to and including"),
    "above": _say("boven", "above"),
    "all_others": _say("alle andere", "all others"),
    "below": _say("onder", "below"),
    "back": _say("terug", "back"),
    "best_first": _say("beste eerst", "best first"),
    "basis": _say("Basis", "Basis"),
    "better": _say("beter", "better"),
    "blank": _say("geen oordeel", "no judgement"),
    "cell": _say("Score", "Score"),
    "broken": _say("Deze gegevens zijn niet te lezen", "These data cannot be read"),
    "changes": _say("Wat verandert", "What changes"),
    "claims_on": _say("Wat het rapport erover beweert", "What the report asserts about it"),
    "contradicted": _say("weersproken door de gegevens", "contradicted by the data"),
    "complementary_group": _say("Aanvullend", "Complementary"),
    "complementary": _say("Aanvullende partner", "Complementary partner"),
    "computed": _say("Berekend", "Computed"),
    "contradicts": _say("in tegenspraak met", "contradicts"),
    "copied": _say("Naar het klembord gestuurd", "Sent to the clipboard"),
    "corps": _say("Korps", "Corps"),
    "covered_by": _say(
        "waar deze regel geldt, gelden ook, even zwaar of zwaarder",
        "wherever this rule is in force, so are, with the same verdict or a worse one",
    ),
    "decided_by": _say("Doorslaggevend", "Decided by"),
    "decides_on": _say("beslist bij", "decides"),
    "dependent_group": _say("Afhankelijk van", "Depended on"),
    "dependent": _say("Partner van wie de politie afhangt", "Partner that the police depend on"),
    "deteriorations": _say(
        "Eén verslechtering die de eindscore verandert", "Single deteriorations that change the end score"
    ),
    "difference": _say("Verschil", "Difference"),
    "dimension": _say("Dimensie", "Dimension"),
    "distribution": _say("Verdeling", "Distribution"),
    "edition": _say("Editie", "Edition"),
    "editions": _say("edities", "editions"),
    "effect": _say("Als deze score anders was", "If this score were different"),
    "effect_dead": _say("kan nooit van kracht zijn", "can never be in force"),
    "effect_needed": _say("kan in zijn eentje de doorslag geven", "can decide alone"),
    "effect_needless": _say("kan beslissen, maar nooit alleen", "can decide, but never alone"),
    "effect_neutral": _say("zegt dat een dimensie niets beslist", "says that a dimension decides nothing"),
    "effect_off": _say("uitgezet door een parameter", "switched off by a parameter"),
    "effect_overshadowed": _say(
        "kan nooit beslissen: andere regels houden de eindscore dan lager",
        "can never decide: other rules then hold the end score lower",
    ),
    "fewest_improvements": _say("Minste verbeteringen tot minstens", "Fewest improvements to at least"),
    "find": _say("zoeken", "find"),
    "find_command": _say("Zoek een pagina of opdracht", "Find a page or command"),
    "follow": _say("volgen", "follow"),
    "footnotes": _say("Noten", "Footnotes"),
    "framework": _say("Kader", "Framework"),
    "from_to": _say("van \\ naar", "from \\ to"),
    "given": _say("voor het eerst beoordeeld", "judged for the first time"),
    "help": _say("hulp", "help"),
    "keys": _say("Toetsen", "Keys"),
    "holds": _say("klopt", "holds"),
    "holds_many": _say("kloppen", "hold"),
    "improvements": _say("Eén verbetering die de eindscore verandert", "Single improvements that change the end score"),
    "in_force": _say("Ook van kracht", "Also in force"),
    "in_force_on": _say("van kracht bij", "in force on"),
    "language": _say("In English", "In het Nederlands"),
    "left_out": _say("Eindscore als één dimensie niet meetelt", "End score if one dimension is left out"),
    "legend": _say("Legenda", "Legend"),
    "level": _say("Niveau", "Level"),
    "loose": _say("afgeleid of los gezegd", "derived or loosely said"),
    "members": _say("Voormalige korpsen", "Former corps"),
    "more-than": _say("meer dan", "more than"),
    "matches": _say("voldoet aan", "matches"),
    "matrix": _say("Matrix", "Matrix"),
    "maybe": _say("misschien", "maybe"),
    "measure": _say("Maat", "Measure"),
    "more_ways": _say("Niet alle manieren zijn gezocht.", "Not all ways have been looked for."),
    "no_number": _say("geen getal", "no number"),
    "no_year": _say("jaar?", "year?"),
    "not_added": _say("niet opgeteld:", "not added:"),
    "no_changed": _say(
        "Niets is beter of slechter dan in een vorige editie.", "Nothing is better or worse than in a previous edition."
    ),
    "no_middle": _say("Nergens staat een middelste niveau.", "A middle level is nowhere."),
    "no_other_scheme": _say(
        "Er zijn geen andere weegregels voor dit kader.", "There are no other rules for this framework."
    ),
    "no_claims": _say("Van deze editie zijn geen beweringen bekend.", "Of this edition no claims are known."),
    "no_figures": _say("Van deze editie zijn geen cijfers bekend.", "Of this edition no figures are known."),
    "no_partners": _say(
        "Van deze editie zijn geen oordelen over partners bekend.",
        "Of this edition no judgements on partners are known.",
    ),
    "no_recommendations": _say(
        "Van deze editie zijn geen aanbevelingen bekend.", "Of this edition no recommendations are known."
    ),
    "no_rule": _say("Geen enkele regel houdt de eindscore omlaag.", "No rule holds the end score down."),
    "no_rule_on": _say(
        "Geen regel noemt deze dimensie; zij telt wel mee als zwakke score naast een andere.",
        "No rule names this dimension; it does count as a weak score beside another.",
    ),
    "neighbour": _say("vorige/volgende", "previous/next"),
    "next_link": _say("verwijzing", "next link"),
    "no_difference": _say(
        "Er is geen verschil: alle mogelijke scores krijgen onder beide dezelfde eindscore.",
        "There is no difference: all possible scores get the same end score under both.",
    ),
    "no_difference_found": _say(
        "Geen verschil gevonden; niet alle mogelijke scores zijn geprobeerd.",
        "No difference found; not all possible scores have been tried.",
    ),
    "no_scores": _say("Deze editie kent geen korpsen.", "This edition has no corps."),
    "no_undecided": _say("Er zijn geen open scores.", "There are no open scores."),
    "no_unit": _say("Zonder eenheid", "Without a unit"),
    "no_units": _say(
        "Geen plugin heeft eenheden waar korpsen van deze editie in vallen.",
        "No plugin has units that corps of this edition fall into.",
    ),
    "no_way": _say("Geen verbetering brengt het korps daar.", "No improvement brings the corps there."),
    "no_worst": _say("Nergens staat het slechtste niveau.", "The worst level is nowhere."),
    "nothing_found": _say("Niets gevonden", "Nothing found"),
    "nobody_changes": _say("Niemand krijgt een andere eindscore.", "Nobody gets another end score."),
    "none": _say("Geen", "No"),
    "norm": _say("Norm", "Norm"),
    "not_judged": _say("niet beoordeeld", "not judged"),
    "not_remembered": _say("Niet onthouden:", "Not remembered:"),
    "not_saved": _say("Niet geschreven:", "Not written:"),
    "note": _say("Toelichting", "Note"),
    "not_in_edition": _say("Niet in deze editie", "Not in this edition"),
    "now": _say("nu", "now"),
    "off": _say("uitgeschakeld", "switched off"),
    "only_in": _say("Alleen in", "Only in"),
    "open": _say("open", "open"),
    "or": _say("of", "or"),
    "open_cell": _say("open: meer dan één niveau is nog mogelijk", "open: more than one level is still possible"),
    "others": _say("samen met", "together with"),
    "outlook": _say("Prognose", "Outlook"),
    "partner": _say("Partner", "Partner"),
    "partners": _say("Oordeel over externe partners", "Judgement of external partners"),
    "passed_over": _say("Edities die niet te lezen zijn", "Editions that cannot be read"),
    "picture": _say("Landelijk beeld", "National picture"),
    "points": _say("Aandachtspunten", "Points of attention"),
    "parameter": _say("Parameter", "Parameter"),
    "parameters": _say("Parameters", "Parameters"),
    "pivotal": _say("Open scores die de eindscore kunnen veranderen", "Open scores that could change the end score"),
    "pivotal_none": _say(
        "De open scores kunnen de eindscore niet veranderen.", "The open scores cannot change the end score."
    ),
    "plugins": _say("Plugins", "Plugins"),
    "possible": _say("mogelijk", "possible"),
    "published": _say("Gepubliceerd", "Published"),
    "quit": _say("stoppen", "quit"),
    "relies": _say(
        "staat alleen vast dankzij de gepubliceerde eindscore", "is certain only because of the published end score"
    ),
    "remarks": _say("Opmerkingen", "Remarks"),
    "rolled_up_by": _say("Samengevoegd volgens", "Rolled up by"),
    "ruled": _say("Weegregels over de slechtste scores", "Rules over the worst scores"),
    "recommendation": _say("Aanbeveling", "Recommendation"),
    "role": _say("Rol bij de eindscore", "Role in the end score"),
    "rules_in_code": _say(
        "Deze regels zijn code: wat zij kunnen doen is niet na te gaan.",
        "These rules are code: what they can do cannot be found out.",
    ),
    "same": _say("gelijk", "the same"),
    "save": _say("Bestand (enter schrijft, esc niet)", "File (enter writes, esc does not)"),
    "save_exists": _say("bestaat al; nog eens enter overschrijft het", "exists; enter once more overwrites it"),
    "save_forms": _say(
        "een naam op .md of .html schrijft de hele pagina", "a name that ends in .md or .html writes the whole page"
    ),
    "save_name": _say("Geef een naam", "Give a name"),
    "save_only_below": _say("Alleen mogelijk onder", "Only possible below"),
    "save_to": _say("Naar", "To"),
    "files_changed": _say("Bestanden gewijzigd:", "Files changed:"),
    "reload": _say("Opnieuw lezen", "Reload"),
    "reloaded": _say("De editie is opnieuw gelezen.", "The edition was read again."),
    "not_reloaded": _say("Niet opnieuw gelezen:", "Not reloaded:"),
    "saved": _say("Geschreven:", "Written:"),
    "scheme": _say("Weegregels", "Rules"),
    "scores": _say("Scores", "Scores"),
    "smallest_difference": _say("Kleinste voorbeeld van een verschil", "Smallest example of a difference"),
    "sort": _say("sorteren", "sort"),
    "sorted_by": _say("gesorteerd op", "sorted by"),
    "source": _say("Bron", "Source"),
    "source_order": _say("volgorde van de bron", "order of the source"),
    "stated": _say("Rapport", "Report"),
    "summed": _say("Korpsen samen", "Corps together"),
    "sum_corps": _say("Som van de korpsen", "Sum of the corps"),
    "supporting_group": _say("Ondersteunend", "Supporting"),
    "supporting": _say("Ondersteunende partner", "Supporting partner"),
    "table": _say("Tabel", "Table"),
    "theme": _say("Kleurthema", "Colour theme"),
    "they_are_in": _say("Wel in", "They are in"),
    "units_borrowed": _say(
        "Deze editie kent zelf geen eenheden; haar scores zijn samengevoegd alsof deze er al waren.",
        "This edition has no units of its own; its scores are rolled up as if these were there already.",
    ),
    "than_before": _say("dan in de vorige editie", "than in the previous edition"),
    "than_in": _say("dan in", "than in"),
    "then": _say("dan", "then"),
    "no_clipboard": _say(
        "Deze terminal heeft geen klembord; wel naar een bestand", "This terminal has no clipboard; to a file instead"
    ),
    "too_long": _say(
        "Te veel voor het klembord; wel naar een bestand", "Too much for the clipboard; to a file instead"
    ),
    "to": _say("naar", "to"),
    "under": _say("onder", "under"),
    "undetermined": _say("niet uit te maken", "undetermined"),
    "undo": _say("ongedaan", "undo"),
    "unit": _say("Eenheid", "Unit"),
    "units": _say("Eenheden", "Units"),
    "unknown": _say("niet uit te maken", "undetermined"),
    "verdict": _say("Eindscore", "End score"),
    "what_if": _say("Wat als", "What if"),
    "who": _say("Wie scoort wat", "Who scores what"),
    "withheld": _say("geen oordeel meer", "no longer judged"),
    "could_apply": _say("regel kan nog gelden", "rule could still apply"),
    "could_apply_many": _say("regels kunnen nog gelden", "rules could still apply"),
    "scores_decide": _say("deze scores beslissen:", "these scores decide:"),
    "would_apply": _say("Zou gelden als open scores zo uitvallen", "Would apply if open scores turn out so"),
    "see_also": _say("Zie ook", "See also"),
    "weighing": _say("Regels die gelden", "Rules that apply"),
    "trend": _say("Verloop", "Trend"),
    "values": _say("Waarden", "Values"),
    "change": _say("Verandering", "Change"),
    "plugin": _say("Plugin", "Plugin"),
    "version": _say("Versie", "Version"),
    "title": _say("Titel", "Title"),
    "years": _say("Jaren", "Years"),
    "same_corps": _say("De {} korpsen met een getal in elk jaar", "The {} corps with a number in every year"),
    "filter": _say("Rijen filteren (&)", "Filter rows (&)"),
    "filter_word": _say("rijen met dit woord", "rows with this word"),
    "filter_value": _say(
        "rijen met deze waarde in een kolom; komma's voor meer", "rows with this value in a column; commas for more"
    ),
    "filter_number": _say(
        "rijen met zo'n getal; ook >=, <, <=, =, en met een kolom ervoor",
        "rows with such a number; also >=, <, <=, =, and with a column before it",
    ),
    "filter_example": _say("woord, kolom:waarde, >10 ...", "word, column:value, >10 ..."),
    "no_table": _say("De cursor staat niet in een tabel.", "The cursor is not in a table."),
    "worse": _say("slechter", "worse"),
    "worst": _say("Slechtste van de korpsen", "Worst of the corps"),
    "worst_first": _say("slechtste eerst", "worst first"),
}

THEMES = {
    "dark": _say("donker", "dark"),
    "light": _say("licht", "light"),
    "high-contrast": _say("hoog contrast", "high contrast"),
    "colour-blind": _say("voor kleurenblinden", "for the colour-blind"),
}

KEYS = {
    "matrix.up": _say("omhoog", "up"),
    "matrix.down": _say("omlaag", "down"),
    "matrix.left": _say("naar links", "left"),
    "matrix.right": _say("naar rechts", "right"),
    "matrix.page_up": _say("bladzijde terug", "page up"),
    "matrix.page_down": _say("bladzijde verder", "page down"),
    "matrix.first_column": _say("eerste kolom", "first column"),
    "matrix.last_column": _say("laatste kolom (eindscore)", "last column (end score)"),
    "matrix.first_row": _say("eerste rij", "first row"),
    "matrix.last_row": _say("laatste rij", "last row"),
    "page.up": _say("regel omhoog", "line up"),
    "page.down": _say("regel omlaag", "line down"),
    "page.left": _say("vorige kolom of verwijzing in de regel", "previous column or link in the line"),
    "page.right": _say("volgende kolom of verwijzing in de regel", "next column or link in the line"),
    "page.sort": _say("tabel sorteren op de gekozen kolom", "sort the table by the chosen column"),
    "page.filter": _say("rijen van de tabel filteren", "filter the rows of the table"),
    "page.outline": _say("inhoud: naar een deel van de pagina", "outline: to a section of the page"),
    "page.next_section": _say("volgend deel", "next section"),
    "page.previous_section": _say("vorig deel", "previous section"),
    "outline.close": _say("inhoud sluiten", "close the outline"),
    "page.next_link": _say("volgende verwijzing", "next link"),
    "page.previous_link": _say("vorige verwijzing", "previous link"),
    "page.page_up": _say("bladzijde terug", "page up"),
    "page.page_down": _say("bladzijde verder", "page down"),
    "page.top": _say("naar het begin", "to the top"),
    "page.bottom": _say("naar het eind", "to the bottom"),
    "corps": _say("pagina van de rij: korps of eenheid", "page of the row: corps or unit"),
    "dimension": _say("pagina van de kolom: dimensie of partner", "page of the column: dimension or partner"),
    "sort": _say("sorteren op deze kolom, en weer terug", "sort by this column, and back again"),
    "sort_verdict": _say("sorteren op eindscore", "sort by end score"),
    "source_order": _say("volgorde van de bron", "order of the source"),
    "group": _say("rijen van een eenheid bij elkaar, en weer los", "rows of a unit together, and apart again"),
    "jump.worst": _say("volgende cel met het slechtste niveau", "next cell of the worst level"),
    "jump.middle": _say("volgende cel met een middelste niveau", "next cell of a middle level"),
    "jump.undecided": _say("volgende cel die nog open is", "next cell that is still open"),
    "jump.changed": _say("volgende cel die beter of slechter werd", "next cell that became better or worse"),
    "edition": _say("volgende editie", "next edition"),
    "scheme": _say("volgende weegregels", "next rules"),
    "reload": _say("bestanden van de editie opnieuw lezen", "read the files of the edition again"),
    "previous": _say("vorige pagina van deze soort", "previous page of this kind"),
    "next": _say("volgende pagina van deze soort", "next page of this kind"),
    "compare.left": _say("links de volgende", "the next on the left"),
    "compare.right": _say("rechts de volgende", "the next on the right"),
    "compare.swap": _say("links en rechts omkeren", "swap left and right"),
    "compare.schemes": _say("edities of weegregels vergelijken", "compare editions or rules"),
    "compare.units": _say("korpsen of eenheden vergelijken", "compare corps or units"),
    "scenario.up": _say("omhoog", "up"),
    "scenario.down": _say("omlaag", "down"),
    "scenario.left": _say("kolom naar links", "column to the left"),
    "scenario.right": _say("kolom naar rechts", "column to the right"),
    "scenario.first": _say("eerste dimensie", "first dimension"),
    "scenario.last": _say("laatste regel", "last line"),
    "scenario.cycle": _say("volgend niveau of volgende waarde", "next level or next value"),
    "scenario.better": _say("niveau beter, waarde hoger", "level better, value higher"),
    "scenario.worse": _say("niveau slechter, waarde lager", "level worse, value lower"),
    "whatif.undo": _say("laatste wijziging ongedaan maken", "take the last change back"),
    "whatif.reset": _say("alles terug naar wat de bron zegt", "everything back to what the source says"),
    "open": _say("openen of volgen", "open or follow"),
    "find": _say("zoeken op dit scherm; esc stopt daarmee", "find on this screen; esc ends that"),
    "find.next": _say("volgende die gevonden is, of zo'n cel", "next that is found, or cell of the kind"),
    "find.previous": _say("vorige die gevonden is, of zo'n cel", "previous that is found, or cell of the kind"),
    "help": _say("hulp bij dit scherm", "help on this screen"),
    "help.close": _say("hulp sluiten", "close help"),
    "back": _say("terug", "back"),
    "view.matrix": _say("matrix van de scores", "matrix of the scores"),
    "view.partners": _say("matrix van de partners", "matrix of the partners"),
    "view.units": _say("matrix van de eenheden", "matrix of the units"),
    "view.corps": _say("het korps onder de cursor", "the corps under the cursor"),
    "view.dimension": _say("de dimensie onder de cursor", "the dimension under the cursor"),
    "view.figures": _say("tabellen en indicatoren", "tables and indicators"),
    "view.claims": _say("wat het rapport beweert", "what the report asserts"),
    "view.recommendations": _say("wat het rapport aanbeveelt", "what the report recommends"),
    "view.compare": _say("twee edities of weegregels naast elkaar", "two editions or rule sets side by side"),
    "view.what_if": _say(
        "andere scores proberen voor het korps onder de cursor", "try other scores for the corps under the cursor"
    ),
    "palette": _say("pagina of opdracht zoeken", "find a page or command"),
    "save": _say("naar een bestand schrijven", "write to a file"),
    "save.close": _say("niet schrijven", "do not write"),
    "copy": _say("naar het klembord sturen", "send to the clipboard"),
    "picture": _say("afbeelding van het scherm (SVG)", "picture of the screen (SVG)"),
    "theme": _say("volgend kleurthema", "next colour theme"),
    "redraw": _say("scherm opnieuw tekenen", "redraw the screen"),
    "language": _say("in het Engels", "in Dutch"),
    "quit": _say("stoppen", "quit"),
}
"""What the key of each binding does, by the binding's id."""


DECIMALS: Mapping[Language, str] = {"nl": ",", "en": "."}
"""The mark before the decimals."""
COLUMN_HEADS = {
    "addressees": _say("aan", "to"),
    "after": _say("daarna", "after"),
    "allows": _say("norm staat toe", "norm allows"),
    "answer_source": _say("in", "in"),
    "answered_by": _say("antwoord van", "answered by"),
    "before": _say("daarvoor", "before"),
    "cells": _say("cellen", "cells"),
    "change": _say("verschil", "change"),
    "changed": _say("anders", "changed"),
    "changes": _say("anders", "changes"),
    "corps": _say("korps", "corps"),
    "count": _say("aantal", "count"),
    "default": _say("nu", "now"),
    "difference": _say("verschil", "difference"),
    "edition": _say("editie", "edition"),
    "dimension": _say("dimensie", "dimension"),
    "empty": _say("leeg", "empty"),
    "fell": _say("lager", "fell"),
    "first": _say("eerste", "first"),
    "first_by": _say("eerste volgens", "first by"),
    "fits": _say("past", "fits"),
    "follow_up": _say("vervolg", "follow-up"),
    "from_year": _say("van", "from"),
    "gaps": _say("zonder antwoord", "gaps"),
    "high": _say("hoogstens", "at most"),
    "highest": _say("hoogste", "highest"),
    "indicator": _say("cijfer", "indicator"),
    "level": _say("niveau", "level"),
    "low": _say("minstens", "at least"),
    "lowest": _say("laagste", "lowest"),
    "median": _say("midden", "median"),
    "not_given": _say("niet gegeven", "not given"),
    "one_only": _say("één", "one"),
    "open": _say("open", "open"),
    "per": _say("gedeeld door", "divided by"),
    "possible": _say("score", "score"),
    "parameter": _say("parameter", "parameter"),
    "quantity": _say("wat", "quantity"),
    "ratio": _say("verhouding", "ratio"),
    "recommendation": _say("aanbeveling", "recommendation"),
    "repeats": _say("herhaalt", "repeats"),
    "rose": _say("hoger", "rose"),
    "score": _say("z-score", "z-score"),
    "second": _say("tweede", "second"),
    "second_by": _say("tweede volgens", "second by"),
    "source": _say("paragraaf", "paragraph"),
    "standing": _say("soort", "standing"),
    "subject": _say("korps", "corps"),
    "sum_of_all": _say("verschil van alle", "change of all"),
    "theme": _say("onderwerp", "theme"),
    "then": _say("dan", "then"),
    "to_year": _say("tot", "to"),
    "unit": _say("eenheid", "unit"),
    "unknown": _say("niet bekend", "unknown"),
    "value": _say("waarde", "value"),
    "verdict": _say("eindscore", "end score"),
    "year": _say("jaar", "year"),
}
"""Heads of the columns of analyses, by their names in CSV."""

CELL_VALUES = {
    "blank": _say("geen oordeel", "no judgement"),
    "new": _say("nieuw", "new"),
    "no": _say("nee", "no"),
    "possible": _say("kan", "possible"),
    "repeated": _say("herhaald", "repeated"),
    "yes": _say("ja", "yes"),
}
"""Fixed values of cells of analyses, by how they stand in CSV."""

PLACES, DIGITS = 3, 3
"""Decimals of a number, and digits of one so small that these would not show it."""


def written(value: float | Decimal, decimal: str) -> str:
    """A number for people to read: whole where it is whole, else with a few decimals after this mark."""
    if not isfinite(value):
        return str(value)
    if value == round(value):
        return str(round(value))
    told = f"{value:.{PLACES}f}" if abs(value) >= 10**-PLACES else f"{value:.{DIGITS}g}"
    return (told if "e" in told else told.rstrip("0").rstrip(".")).replace(".", decimal)


def capital(text: str) -> str:
    """The text with a capital; the other letters, which may be those of an abbreviation, stay as they are."""
    return text[:1].upper() + text[1:]


class Wording:
    """The words of one language: `wording("corps")`, or `wording.of(text)` for a text that has both."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str) -> str:
        """A word of the interface (raises KeyError)."""
        return WORDS[key](self.language)

    def count(self, number: int, key: str) -> str:
        """So many of something, in the plural where it has one (raises KeyError)."""
        many = f"{key}_many"
        return f"{number} {self(many if number != 1 and many in WORDS else key)}"

    def head(self, column: str) -> str:
        """The head of a column of an analysis; of a year or a name that is no word, as it is."""
        if column in COLUMN_HEADS:
            return COLUMN_HEADS[column](self.language)
        return column.removeprefix("year_")

    def cell(self, value: str) -> str:
        """A fixed value of a cell of an analysis, as it is where it has no other word."""
        return CELL_VALUES[value](self.language) if value in CELL_VALUES else value

    @property
    def decimal(self) -> str:
        """The mark before the decimals of a number."""
        return DECIMALS[self.language]

    def number(self, value: float | Decimal) -> str:
        """A number as this language writes it."""
        return written(value, self.decimal)

    def of(self, text: Text) -> str:
        """A bilingual text in this language."""
        return text(self.language)

    def joined(self, names: list[str]) -> str:
        """`a, b or c`."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self('or')} {names[-1]}"
