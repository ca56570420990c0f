"""Serve the interface to a browser on this machine: one process for each visitor, and no request to anywhere else."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

HOST = "127.0.0.1"
HERE = Path(__file__).parent
SESSIONS = 8
"""Visitors at once, unless another number is asked for: each takes some 50 MB."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LocalServer(Server):
    """A server on loopback that answers its own pages only, to a bounded number of visitors at once."""

    def __init__(
        self, command: str, port: int, title: str, sessions: int, public_url: str | None, started: Callable[[str], None]
    ) -> None:
        super().__init__(command, HOST, port, title, public_url, templates_path=HERE / "templates")
        self.started = started
        self._free = asyncio.Semaphore(sessions)

    @property
    def origins(self) -> frozenset[str]:
        """The hosts that a browser may call the server by: loopback, and the address of a proxy before it."""
        return frozenset((f"{HOST}:{self.port}", f"localhost:{self.port}", urlsplit(self.public_url).netloc))

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        app.add_routes([web.static("/kmtui", HERE / "static")])
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse other names for this host and pages of other sites, and forbid requests to elsewhere."""
        origin = request.headers.get("Origin", "")
        if request.host not in self.origins or (origin and origin.partition("://")[2] not in self.origins):
            raise web.HTTPForbidden(text="this server answers pages of its own only")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(self._policy())
        return response

    def _policy(self) -> dict[str, str]:
        sockets = " ".join(f"{scheme}://{host}" for host in sorted(self.origins) for scheme in ("ws", "wss"))
        return {
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                f"font-src 'self'; connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; "
                "frame-ancestors 'none'"
            ),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a process for a visitor, unless there are too many."""
        if self._free.locked():
            raise web.HTTPServiceUnavailable(text="all places are taken; try again later")
        async with self._free:
            return await super().handle_websocket(request)

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - as the class has it
        """Report where the interface can be seen."""
        self.started(self.public_url)

    def initialize_logging(self) -> None:
        """Leave logging as it is: standard output is for results."""
