"""The commands of `kmtui round` that make the edition: preview, freeze, publish, verify."""

import shutil
from pathlib import Path

import click

from kmtui.cli.round_context import pass_monitor, say, with_round
from kmtui.editions.writing import write_edition
from kmtui.files.faults import FaultyFilesError
from kmtui.files.reading import read_value
from kmtui.files.writing import write_atomically
from kmtui.model.claims import Claims
from kmtui.monitor import Monitor
from kmtui.rounds import actions as do
from kmtui.rounds.publication import (
    PublicationError,
    edition_of,
    problems,
    publish,
    seal_faults,
    seal_of,
    signature_of,
)
from kmtui.rounds.round import Round, verify
from kmtui.terminal import visible

_CLAIMS = click.option(
    "--claims",
    "claims_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="claims.toml of the edition: it goes along, and none may be newly contradicted.",
)


def _claims(file: Path | None) -> Claims | None:
    if file is None:
        return None
    found, faults = read_value(file, file.parent, Claims)
    if found is None:
        raise FaultyFilesError(file.parent, faults)
    return found


@click.command("preview")
@with_round
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder to make, or to replace.")
@pass_monitor
def preview(monitor: Monitor, opened: Round, output: Path) -> None:
    """Write the edition as it stands into a folder, with every score open that does not stand yet.

    `kmtui --edition-dir FOLDER` opens it beside the others. For the secretariat and the chair.
    """
    opened.may(do.Publish)
    if output.exists():
        if not (output / ".preview").is_file():
            raise click.UsageError(f"{output}: there is something else already; a preview replaces only another one")
        shutil.rmtree(output)
    edition, parts = edition_of(opened.whole, monitor)
    write_edition(output, edition, monitor.context, *parts)
    write_atomically(output / ".preview", f"round {edition.id}, event {opened.whole.seq}\n".encode())
    say(f"{output}: as of event {opened.whole.seq}; not published")


@click.command("freeze")
@with_round
@_CLAIMS
@pass_monitor
def freeze(monitor: Monitor, opened: Round, claims_file: Path | None) -> None:
    """Freeze the round: from now on nothing in it changes until it is published.

    Refused with a list of what is lacking: scores, final reports, judgements, hearings, an open session, files past
    their date, faults of the edition, claims that it newly contradicts.
    """
    opened.allowed(do.Freeze())
    found = problems(opened.whole, monitor, _claims(claims_file))
    broken = verify(opened.journal).faults
    if found or broken:
        raise PublicationError("\n".join((*found, *broken)))
    event = opened.do(do.Freeze())
    say(f"event {event.seq}: frozen; next: kmtui round publish {opened.whole.of.round} -o FOLDER")


@click.command("publish")
@with_round
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder to make.")
@click.option("--sign", "key", type=click.Path(dir_okay=False, path_type=Path), help="SSH key to sign the seal with.")
@_CLAIMS
@pass_monitor
def publish_round(monitor: Monitor, opened: Round, output: Path, key: Path | None, claims_file: Path | None) -> None:
    """Write the edition of a frozen round, its seal (digest and journal) beside it, and record that.

    After an erratum it is published again, into another folder.
    """
    broken = verify(opened.journal).faults
    if broken:
        raise PublicationError("\n".join(broken))
    done = publish(opened, monitor, output, _claims(claims_file), key)
    say(f"event {done.event}: {done.folder} and {seal_of(done.folder).name}, sha256 {done.digest[:16]}")
    say(f"next: kmtui --edition-dir {done.folder} editions check {opened.whole.of.round}")


@click.command("verify")
@with_round
@click.option("--edition", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Folder of a published edition: check its files and seal against the journal.")  # fmt: skip
@click.option("--signers", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Allowed signers, as ssh-keygen has them: check the signature of the seal.")  # fmt: skip
@click.option("--signer", default="", help="Who has to have signed it, as that file names them.")
def verify_round(opened: Round, folder: Path | None, signers: Path | None, signer: str) -> None:
    """Check the journal: the chain of hashes, the rules at each event, the content of every file.

    Each fault is printed; the exit status is 1 where there are any.
    """
    if signers and (folder is None or not signer):
        raise click.UsageError("--signers goes with --edition and --signer")
    found = verify(opened.journal)
    faults = list(found.faults)
    if folder is not None:
        faults += seal_faults(opened.whole, folder, signers, signer)
    for fault in faults:
        click.echo(visible(fault))
    signed = f", {signature_of(seal_of(folder)).name} by {signer}" if folder and signers and not faults else ""
    say(f"{found.events} events, head {found.head[:16]}{signed}, {len(faults) or 'no'} faults")
    if faults:
        raise click.exceptions.Exit(1)


PUBLISH_COMMANDS = (preview, freeze, publish_round, verify_round)
