"""Fill in the CSV form of the example: last time's figures again, the first choice, and gaps with a reason.

python fill.py form.csv > filled.csv
"""

import csv
import sys
from pathlib import Path

HEADER = 2
PREVIOUSLY, ANSWER, GAP, REASON = 3, 4, 5, 6


def filled(row: list[str]) -> list[str]:
    """A row of the form with its answer."""
    row = row.copy()
    choices = row[2].partition("Kies uit: ")[2].removesuffix(".").split(", ")
    if row[PREVIOUSLY] or choices != [""]:
        row[ANSWER] = row[PREVIOUSLY] or choices[0]
    else:
        row[GAP], row[REASON] = "niet bekend", "Dit is een voorbeeld."
    return row


def main() -> None:
    """Read the form that is named, and write it filled in on standard output."""
    with Path(sys.argv[1]).open(encoding="utf-8-sig", newline="") as form:
        rows = list(csv.reader(form, delimiter=";"))
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerows([*rows[:HEADER], *map(filled, rows[HEADER:])])


if __name__ == "__main__":
    main()
