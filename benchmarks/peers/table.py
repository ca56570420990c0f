"""A bare DataTable of the cells in a CSV file: `table.py FILE`."""

import csv
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Table(App[None]):
    """The table and nothing else."""

    def compose(self) -> ComposeResult:
        """Put the table on the screen."""
        yield DataTable()

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        with Path(sys.argv[1]).open(newline="") as file:
            header, *rows = csv.reader(file)
        table.add_columns(*header)
        table.add_rows(rows)


if __name__ == "__main__":
    Table().run()
