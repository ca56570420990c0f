"""`kmtui serve`: the interface, or the data, in a browser on this machine."""

import json
import shlex
import signal
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import click

from kmtui.cli.context import pass_session
from kmtui.cli.options import edition_option
from kmtui.cli.session import Session
from kmtui.export.catalog import package_of
from kmtui.export.schema import Export
from kmtui.files.writing import write_atomically

HOST = "127.0.0.1"
FACETS = {
    "scores": ["area", "dimension", "level", "basis"],
    "partners": ["partner", "level", "basis"],
    "verdicts": ["computed", "agrees"],
    "reasons": ["rule", "status", "decisive"],
    "indicators": ["table", "year", "status"],
    "claims": ["outcome"],
    "units": ["dimension", "level"],
    "recommendations": ["theme", "repeated"],
    "words": ["kind"],
}
"""Columns that a table is broken down by when it opens."""


def _url(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value and not (urlsplit(value).scheme in ("http", "https") and urlsplit(value).netloc):
        raise click.BadParameter(f"found '{value}', expected an address such as https://monitor.example")
    return value.rstrip("/") if value else None


@click.command("serve")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port on loopback.")
@click.option("--sessions", default=8, show_default=True, type=click.IntRange(1), help="Visitors at once.")
@click.option("--public-url", metavar="URL", callback=_url, help="Address of a proxy with log-in before it.")
@click.option("--data", "as_data", is_flag=True, help="The tables, with facets and JSON, instead of the interface.")
@edition_option
@pass_session
def command(
    session: Session, port: int, sessions: int, public_url: str | None, as_data: bool, edition_id: str | None
) -> None:
    """Show the interface in a browser on this machine, until ctrl+c.

    Each visitor gets a process of their own. The server listens on loopback alone, answers its own pages only, and its
    pages request nothing from elsewhere; docs/deployment.md says how to put a proxy with log-in before it. With --data
    the tables of `kmtui export all --format sqlite` are served for looking through instead.
    """
    package, extra = ("datasette", "data") if as_data else ("textual_serve", "web")
    if find_spec(package) is None:
        raise click.UsageError(f"serving needs packages that are not installed: pip install 'kmtui[{extra}]'")
    edition = session.edition(edition_id)
    _refuse_taken(port)
    if as_data:
        _serve_data(session, Export(session.monitor, edition), port)
        return
    from kmtui.web.server import LocalServer

    def started(url: str) -> None:
        click.echo(f"kmtui: {url}", err=True)

    LocalServer(_own_command(edition.id), port, "kmtui", sessions, public_url, started).serve()


def _own_command(edition_id: str) -> str:
    """This kmtui with the options that stood before `serve`, on an edition."""
    given = sys.argv[1 : sys.argv.index("serve")]
    return shlex.join([sys.executable, "-m", "kmtui", *given, "open", "--edition", edition_id])


def _refuse_taken(port: int) -> None:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError as error:
            raise OSError(error.errno, error.strerror, f"{HOST}:{port}") from None


def _serve_data(session: Session, export: Export, port: int) -> None:
    """Hand the SQLite database to datasette, which ends with this command."""
    from kmtui.export.databases import sqlite_database

    package = package_of([export], session.language)
    tables = {
        table.table: {
            "title": table.title,
            "columns": {column.name: column.description for column in table.fields},
            "facets": FACETS.get(table.table, []),
        }
        for table in package.tables
    }
    about = {"title": package.title, "databases": {"kmtui": {"tables": tables}}}
    with TemporaryDirectory() as folder:
        database, metadata = Path(folder, "kmtui.sqlite"), Path(folder, "metadata.json")
        write_atomically(database, sqlite_database(package.tables))
        write_atomically(metadata, json.dumps(about, ensure_ascii=False).encode())
        click.echo(f"kmtui: http://{HOST}:{port}", err=True)
        serve = [sys.executable, "-m", "datasette", "serve", "--immutable", str(database), "--metadata", str(metadata)]
        with subprocess.Popen([*serve, "--host", HOST, "--port", str(port)], stdout=sys.stderr) as process:
            signal.signal(signal.SIGTERM, lambda *_: process.terminate())
            status = process.wait()
    if status > 0:
        raise click.exceptions.Exit(1)
