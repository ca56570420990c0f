"""A DataTable of the cells in a CSV file, and a pane that tells of the cell under the cursor: `naive.py FILE`."""

from table import Table
from textual.app import ComposeResult
from textual.widgets import DataTable, Static


class TableWithPane(Table):
    """The table, and its pane anew at each step."""

    CSS = "Static { height: 8; border: round white; }"

    def compose(self) -> ComposeResult:
        """Put the table above the pane."""
        yield from super().compose()
        yield Static()

    def on_data_table_cell_highlighted(self, event: DataTable.CellHighlighted) -> None:
        """Tell of the cell in as many lines as kmtui does."""
        row, column = event.coordinate
        lines = (f"line {line} about {event.value} in row {row}, column {column}" for line in range(6))
        self.query_one(Static).update("\n".join(lines))


TableWithPane().run()
