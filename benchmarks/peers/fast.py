"""A DataTable of textual-fastdatatable of the cells in a CSV file: `fast.py FILE`."""

import sys

from pyarrow import csv
from textual.app import App, ComposeResult
from textual_fastdatatable import DataTable


class Table(App[None]):
    """The table and nothing else."""

    def compose(self) -> ComposeResult:
        """Put the table on the screen."""
        yield DataTable(data=csv.read_csv(sys.argv[1]))


Table().run()
