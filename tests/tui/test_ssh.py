"""The interface under a real sshd on this machine, with the configuration that docs/deployment.md gives."""

import codecs
import contextlib
import getpass
import os
import re
import select
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="this platform has no pseudo terminals")
pytest.importorskip("termios")

import fcntl
import pty
import termios

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
if SSHD is None or shutil.which("ssh") is None or not Path("/proc/self/environ").exists():
    pytest.skip("this machine has no sshd (openssh-server) or no ssh", allow_module_level=True)

DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "deployment.md"
PATIENCE = 30.0
ENOUGH = 1500
"""Bytes that a step in the matrix may take on the line, with what the terminal at this end adds."""


@dataclass(frozen=True)
class Server:
    """A running sshd: how to reach it, and where its sessions keep their things."""

    port: int
    folder: Path

    def command(self, *arguments: str) -> list[str]:
        options = {
            "Port": self.port,
            "IdentityFile": self.folder / "user_key",
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": os.devnull,
            "LogLevel": "ERROR",
            "BatchMode": "yes",
        }
        chosen = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        return [arguments[0], "-F", os.devnull, *chosen, *arguments[1:]]

    @property
    def address(self) -> str:
        return f"{getpass.getuser()}@127.0.0.1"

    def processes(self) -> list[int]:
        """The processes that sessions of this server have started and that are still there."""
        mark, found = f"KMTUI_STATE={self.folder}".encode(), []
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (place / "environ").read_bytes():
                    found.append(int(place.name))
        return found


def documented() -> str:
    """The directives for users of kmtui, as the documentation has them."""
    block = re.search(r"```sshd_config\n(.*?)```", DOCUMENTED.read_text("utf-8"), re.DOTALL)
    assert block
    return block[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("ssh")
    for name in ("host_key", "user_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    shutil.copy(folder / "user_key.pub", folder / "authorized_keys")
    (folder / "exports").mkdir()
    program = folder / "kmtui"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from kmtui.cli import main; main()'\n")
    program.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = (
        documented()
        .replace("Match Group kmtui", f"Match User {getpass.getuser()}")
        .replace("/opt/kmtui/bin/kmtui", str(program))
        .replace("KMTUI_CONFIG=/etc/kmtui", f"KMTUI_CONFIG={folder} KMTUI_STATE={folder}")
        .replace("/srv/kmtui", str(folder / "exports"))
    )
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host_key\nPidFile {folder}/pid\n"
        f"AuthorizedKeysFile {folder}/authorized_keys\nStrictModes no\nUsePAM no\n"
        f"PermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\n{ours}"
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    log = folder / "log"
    sshd = subprocess.Popen([SSHD, "-D", "-f", folder / "sshd_config", "-E", log])
    try:
        until(lambda: reachable(port) or sshd.poll() is not None, "sshd listens")
        assert sshd.poll() is None, log.read_text()
        yield Server(port, folder)
    finally:
        sshd.terminate()
        sshd.wait(PATIENCE)


def reachable(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(holds: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"this did not come about: {what}"
        time.sleep(0.02)


class Client:
    """An ssh with a terminal, and what one sees on it."""

    def __init__(self, server: Server, screen, *command: str) -> None:
        self.terminal, inside = pty.openpty()
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        arguments = server.command("ssh", "-t", "-o", "SendEnv=LANG", server.address, *command)
        environment = {**os.environ, "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        self.process = subprocess.Popen(
            arguments, stdin=inside, stdout=inside, stderr=inside, env=environment, start_new_session=True
        )
        os.close(inside)
        self.screen, self.received = screen, 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def press(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def read(self, seconds: float = 0.05) -> bool:
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.received += len(data)
        self.screen.write(self._decoder.decode(data))
        return bool(data)

    def shows(self, text: str) -> None:
        end = time.monotonic() + PATIENCE
        while text not in self.screen.text:
            assert time.monotonic() < end, f"not on the screen: {text}\n{self.screen.text}"
            self.read()

    def rest(self) -> None:
        """Wait until nothing more comes."""
        while self.read(0.3):
            pass

    def ends(self) -> int:
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it does not end\n{self.screen.text}"
            self.read()
        return self.process.returncode

    def cut(self) -> None:
        """Lose the connection, without a word of good-bye."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        if self.process.poll() is None:
            self.cut()
        os.close(self.terminal)


@pytest.fixture
def connect(server: Server, emulator) -> Iterator[Callable[..., Client]]:
    clients: list[Client] = []

    def begin(*command: str) -> Client:
        clients.append(Client(server, emulator(), *command))
        return clients[-1]

    yield begin
    for client in clients:
        client.close()
    until(lambda: not server.processes(), "nothing is left behind")


def test_several_at_once_and_none_is_left_behind(connect, server: Server) -> None:
    clients = [connect() for _ in range(3)]
    for client in clients:
        client.shows("Groningen · Referentiekader")
    for step, client in enumerate(clients, 1):
        client.press("j" * step)
    for name, client in zip(("Friesland", "Drenthe", "IJsselland"), clients, strict=True):
        client.shows(f"{name} · Referentiekader")
    assert len(server.processes()) == 3
    for client in clients:
        client.press("q")
    assert [client.ends() for client in clients] == [0, 0, 0]
    until(lambda: not server.processes(), "the sessions are gone")


VIEWS = "234567890?1jl"
"""Keys that each bring another screen: every view, the help, and steps in the matrix."""


def answered(clients: list[Client]) -> list[float]:
    """Seconds until something came on each of the lines, as soon as it has come on all."""
    began, waiting, took = time.monotonic(), {client.terminal for client in clients}, []
    while waiting:
        ready, _, _ = select.select(list(waiting), [], [], PATIENCE)
        assert ready, f"{len(waiting)} of {len(clients)} sessions give no answer"
        for terminal in ready:
            assert os.read(terminal, 65536)
            waiting.remove(terminal)
            took.append(time.monotonic() - began)
    return took


def drained(clients: list[Client], seconds: float) -> None:
    """Read whatever else comes."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        for terminal in select.select([client.terminal for client in clients], [], [], left)[0]:
            os.read(terminal, 65536)


@pytest.mark.parametrize(
    ("number", "seconds"), [(5, 4), pytest.param(50, 60, marks=pytest.mark.long)], ids=["few", "fifty"]
)
def test_sessions_walk_through_all_views_at_once(connect, server: Server, number, seconds) -> None:
    clients: list[Client] = []
    for _ in range(number):  # sshd lets in so many at a time
        clients.append(connect())
        answered(clients[-1:])
    drained(clients, 2 + number / 10)
    took: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for key in VIEWS:
            for client in clients:
                client.press(key)
            took += answered(clients)
            drained(clients, 0.3)
    assert len(server.processes()) == number
    pages = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in server.processes()]
    for client in clients:
        client.press("q")
    assert {client.ends() for client in clients} == {0}
    until(lambda: not server.processes(), "the sessions are gone")
    held = max(pages) * os.sysconf("SC_PAGE_SIZE") // 2**20
    print(
        f"{number} sessions: {held} MB at most, an answer in {statistics.median(took):.2f} s, {max(took):.2f} at most"
    )


def test_a_lost_connection_leaves_nothing_behind(connect, server: Server) -> None:
    client = connect()
    client.shows("Groningen · Referentiekader")
    assert server.processes()
    client.cut()
    until(lambda: not server.processes(), "the session is gone")


def test_little_is_sent_for_a_key(connect) -> None:
    client = connect()
    client.shows("Groningen · Referentiekader")
    client.rest()
    for key, shown in (("j", "Friesland · Referentiekader"), ("l", "Friesland · Korpsexpert"), ("j", "Drenthe")):
        before = client.received
        client.press(key)
        client.shows(shown)
        client.rest()
        assert client.received - before < ENOUGH


@pytest.mark.parametrize("keys", ["\x1a", "\x1c", "\x03", "!sh\r", ":!sh\r", "|sh\r"], ids=ascii)
def test_no_key_leads_out(connect, server: Server, keys: str) -> None:
    client = connect()
    client.shows("Groningen · Referentiekader")
    client.press(keys)
    client.rest()
    assert len(server.processes()) == 1
    client.press("\x1b")
    client.rest()
    client.press("q")
    assert client.ends() == 0


def test_whatever_is_asked_for_it_is_kmtui(connect, server: Server) -> None:
    client = connect("/bin/sh", "-i")
    client.shows("Groningen · Referentiekader")
    client.press("q")
    assert client.ends() == 0
    for arguments in (["ssh", server.address, "cat", "/etc/passwd"], ["ssh", server.address, "kmtui", "--version"]):
        ended = subprocess.run(server.command(*arguments), capture_output=True, timeout=PATIENCE)
        assert (ended.returncode, ended.stdout) == (2, b"")
        assert b"needs a terminal" in ended.stderr
    ended = subprocess.run(
        server.command("sftp", server.address), input=b"ls /\n", capture_output=True, timeout=PATIENCE
    )
    assert ended.returncode != 0
    assert b"etc" not in ended.stdout


def test_nothing_is_forwarded(server: Server) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    tunnel = ["ssh", "-N", "-o", "ExitOnForwardFailure=yes", "-R", f"127.0.0.1:{port}:127.0.0.1:{server.port}"]
    ended = subprocess.run(server.command(*tunnel, server.address), capture_output=True, timeout=PATIENCE)
    assert ended.returncode != 0
    assert not reachable(port)


def test_exports_go_to_their_folder_and_nowhere_else(connect, server: Server) -> None:
    client = connect()
    client.shows("Groningen · Referentiekader")
    client.press("W")
    client.shows("exports/2012-matrix-scores.csv")
    client.press("\r")
    client.shows("Geschreven:")
    assert (server.folder / "exports" / "2012-matrix-scores.csv").read_bytes().startswith(b"id,name,")
    client.rest()
    client.press("q")
    assert client.ends() == 0


OUTSIDE = ("../out.csv", "{folder}/out.csv", "way/out.csv", "file", "a/../../out.csv", "loop/out.csv", "./.././out.csv")


@pytest.mark.parametrize("key", "WP")
def test_no_name_leads_out_of_the_folder_for_exports(connect, server: Server, key: str) -> None:
    exports, secret = server.folder / "exports", server.folder / "secret"
    secret.write_text("secret")
    for name, to in {"way": server.folder, "file": secret, "loop": "loop"}.items():
        (exports / name).unlink(missing_ok=True)
        (exports / name).symlink_to(to)
    client = connect()
    client.shows("Groningen · Referentiekader")
    client.press(key)
    client.rest()
    for name in OUTSIDE:
        client.press("\x15" + name.format(folder=server.folder))
        client.rest()
        client.press("\r\r")
        client.rest()
        assert "secret" not in client.screen.text
        assert "out.csv" in client.screen.text or name == "file", "the question stands"
    for name in ("~root-out.csv", "%2e%2e-out.csv"):
        client.press("\x15" + name + "\r")
        client.rest()
        assert (exports / name).is_file()
        client.press(key)
        client.rest()
    assert not (server.folder / "out.csv").exists()
    assert secret.read_text() == "secret"
    client.press("\x1b")
    client.rest()
    client.press("q")
    assert client.ends() == 0
