"""A DataTable of the cells in a CSV file, and a pane that tells of the cell under the cursor: `naive.py FILE`."""

import csv
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Static


class Table(App[None]):
    """The table, and its pane anew at each step."""

    CSS = "Static { height: 8; border: round white; }"

    def compose(self) -> ComposeResult:
        """Put the table above the pane."""
        yield DataTable()
        yield Static()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        with Path(sys.argv[1]).open(newline="") as file:
            header, *rows = csv.reader(file)
        table.add_columns(*header)
        table.add_rows(rows)

    def on_data_table_cell_highlighted(self, event: DataTable.CellHighlighted) -> None:
        """Tell of the cell in as many lines as kmtui does."""
        row, column = event.coordinate
        lines = (f"line {line} about {event.value} in row {row}, column {column}" for line in range(6))
        self.query_one(Static).update("\n".join(lines))


Table().run()
