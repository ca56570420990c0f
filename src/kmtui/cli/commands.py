"""The names of kmtui's own commands, known without importing them."""

COMMANDS = {
    "open": "Open the interface on an edition.",
    "export": "Write a table as CSV on standard output, or all tables into a folder.",
    "show": "Print what is known of a corps, dimension, unit, partner or table.",
    "verify": "Check what the source asserts against the data.",
    "analyse": "Answer a question about an edition: norms, sources, missing data, trends, sensitivity ...",
    "source": "Keep the report's own text beside an edition, and search it.",
    "weigh": "Weigh the scores in a CSV file under a scheme.",
    "compare": "Set two editions beside each other, or two schemes on one edition.",
    "whatif": "Give a corps other scores, and see what its end score would be.",
    "scheme": "Examine a weighting scheme: what each rule can do, and what it does in an edition.",
    "round": "Make the next edition: collect, compare, interview, weigh, hear, freeze, publish.",
    "serve": "Show the interface, or the tables, in a browser on this machine.",
    "report": "Write an edition as a printed report: HTML, or an accessible PDF.",
    "plugins": "List, check, disable and enable plugins, or make a new one.",
    "editions": "List the editions that were found, check them, or make a new one.",
}
"""The first line of each command. It is `command` in the module of `kmtui.cli` that has its name."""
