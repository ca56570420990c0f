"""Ten people at once over a real sshd, each with a key whose forced command says who they are."""

import getpass
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kmtui.rounds import actions as do
from kmtui.rounds.access import Place
from kmtui.rounds.journal import Journal
from kmtui.rounds.round import verify

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
if SSHD is None or shutil.which("ssh") is None:
    pytest.skip("this machine has no sshd (openssh-server) or no ssh", allow_module_level=True)

PEOPLE = 10
CORPS = [f"corps-{number}" for number in range(1, 28)]
DIMENSIONS = [f"dimension-{number}" for number in range(1, 18)]
PATIENCE = 600.0


class Server:
    """A running sshd that lets in one key for each participant of a round."""

    def __init__(self, folder: Path, place: str, kmtui) -> None:
        self.folder = folder
        for name in ("host", *(f"w{number}" for number in range(PEOPLE))):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        program = folder / "kmtui"
        program.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from kmtui.cli import main; main()' \"$@\"\n")
        program.chmod(0o755)
        settings = f"KMTUI_CONFIG={kmtui.home} KMTUI_STATE={kmtui.home}"
        (folder / "authorized_keys").write_text(
            "".join(
                f"restrict,command=\"exec env {settings} {program} round open '{place}' --as w{number}\" "
                f"{(folder / f'w{number}.pub').read_text()}"
                for number in range(PEOPLE)
            )
        )
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (folder / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
            f"AuthorizedKeysFile {folder}/authorized_keys\nStrictModes no\nUsePAM no\nMaxStartups 40\n"
            "PermitRootLogin forced-commands-only\n"
        )
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.process = subprocess.Popen([SSHD, "-D", "-f", folder / "sshd_config", "-E", folder / "log"])

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def command(self, who: str, *words: str) -> list[str]:
        options = {
            "Port": self.port, "IdentityFile": self.folder / who, "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "no", "UserKnownHostsFile": os.devnull, "LogLevel": "ERROR", "BatchMode": "yes",
        }  # fmt: skip
        chosen = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        return ["ssh", "-F", os.devnull, *chosen, f"{getpass.getuser()}@127.0.0.1", *words]

    def __call__(self, who: str, *words: str, text: str = "") -> subprocess.CompletedProcess:
        return subprocess.run(self.command(who, *words), input=text, capture_output=True, text=True, timeout=PATIENCE)


@pytest.fixture
def server(table, kmtui, tmp_path, until) -> Iterator[Server]:
    for number in range(PEOPLE):
        table.do("office", do.Enrol(id=f"w{number}", roles=("weigher",), corps="north" if number == 0 else None))
    table.collect()
    table.do("chris", do.OpenSession(number=1))
    running = Server(tmp_path, table.place.database, kmtui)
    try:
        until(running.answers, "sshd answers")
        yield running
    finally:
        running.process.terminate()
        running.process.wait(PATIENCE)


def test_a_key_says_who_somebody_is_and_reaches_nothing_else(server, tmp_path) -> None:
    proposal = ["propose", "south", "skill", "high", "--reason", "'Seen it.'", "--evidence", "form/staff"]
    done = server("w3", *proposal)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "by w3 as weigher" in done.stderr
    assert "nobody assesses their own corps (2.4.2)" in server("w0", *["propose", "north", *proposal[2:]]).stderr
    (tmp_path / "secret").write_text("secret")
    for words, problem in (
        (("log", "--as", "office"), "the key that you log in with says who you are"),
        (("attach", str(tmp_path / "secret")), "files on the server are out of reach"),
        (("form", "south", "-o", str(tmp_path / "out.csv")), "files on the server are out of reach"),
        (("questionnaire", "--against", str(tmp_path / "secret")), "secret"),
        (("people", "x"), "unknown command 'people'"),
        (("export",), "unknown command 'export'"),
        (("publish", "-o", "x"), "unknown command 'publish'"),
        (("new", "x"), "unknown command 'new'"),
        (("cat", "/etc/passwd"), "unknown command 'cat'"),
        (("'",), "No closing quotation"),
        (("log;id",), "unknown command 'log;id'"),
    ):
        done = server("w1", *words)
        assert (done.returncode, done.stdout) == (2, ""), words
        assert problem in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()
    assert server("w1", "form", "south", "--csv", "-o", "-").stdout.startswith("\ufeffkmtui;next;south;")
    assert "session 1 open" in server("w1").stdout, "without a command: the status"


@pytest.mark.parametrize("dimensions", [1, pytest.param(17, marks=pytest.mark.long)], ids=["some", "all"])
def test_ten_people_score_at_the_same_time(make_table, database, kmtui, tmp_path, until, dimensions) -> None:
    table = make_table(database).start(
        corps={name: name for name in CORPS}, dimensions=tuple(DIMENSIONS), partners={"court": "court"}
    )
    table.do("office", *(do.Enrol(id=f"w{number}", roles=("weigher",)) for number in range(PEOPLE)))
    table.do("office", do.Enrol(id="chris", roles=("chair",)))
    table.do("chris", do.OpenSession(number=1))
    before = table.state.seq
    table.close()
    cells = [(corps, dimension) for corps in CORPS for dimension in DIMENSIONS[:dimensions]]
    server = Server(tmp_path, Place(database, None).database, kmtui)
    try:
        until(server.answers, "sshd answers")
        writing = []
        for number in range(PEOPLE):
            lines = [
                json.dumps({"kind": "propose", "corps": corps, "dimension": dimension, "reason": f"By {number}."})
                for corps, dimension in cells
            ]
            process = subprocess.Popen(
                server.command(f"w{number}", "apply", "-"),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
            process.stdin.write("\n".join(lines))
            writing.append(process)
        acknowledged: list[int] = []
        for process in writing:
            out, err = process.communicate(timeout=PATIENCE)
            assert process.returncode == 0, err
            assert "line" not in err, "nothing was refused"
            assert len(out.splitlines()) == len(cells)
            acknowledged += [int(line.split()[1]) for line in out.splitlines()]
    finally:
        server.process.terminate()
        server.process.wait(PATIENCE)
    assert sorted(acknowledged) == list(range(before + 1, before + PEOPLE * len(cells) + 1)), "each once, in order"
    journal = Journal(database)
    try:
        found = verify(journal)
    finally:
        journal.close()
    assert found.faults == ()
    assert found.events == before + PEOPLE * len(cells)
    state = table["office"].whole
    assert all(len(state.cell(corps, dimension).proposals) == PEOPLE for corps, dimension in cells)
