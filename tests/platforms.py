"""Stand-ins of messaging platforms' APIs, over real HTTP: they note what they are asked, and may refuse or be away."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Asked:
    """A request that the stand-in received, and the status that it was answered with."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    status: int

    @property
    def form(self) -> dict[str, Any]:
        """The body, as JSON or as form fields."""
        if "json" in self.headers.get("content-type", ""):
            found: dict[str, Any] = json.loads(self.body)
            return found
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Refusal:
    """What is answered instead: a status, a JSON body, headers."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class StandIn:
    """One platform's API on loopback. `accepted` gives the body of a request that is taken."""

    def __init__(self, accepted: Callable[[Asked], Any] = lambda _: {}) -> None:
        self.asked: list[Asked] = []
        self._accepted = accepted
        self._refusals: Iterator[Refusal | None] = iter(())
        self._before: Callable[[str], None] = lambda _: None
        self._lock = threading.Lock()
        self._server = self._serve(0)
        self.port: int = self._server.server_port

    @property
    def url(self) -> str:
        """Address of the API."""
        return f"http://127.0.0.1:{self.port}"

    def taken(self, path_ends: str = "") -> list[Asked]:
        """Return the requests that were taken, in order."""
        return [one for one in self.asked if one.status == 200 and one.path.endswith(path_ends)]

    def refuse(self, refusal: Refusal, times: int = 1, *, after: int = 0) -> None:
        """Refuse the next requests, once some more were taken."""
        self._refusals = iter([*[None] * after, *[refusal] * times])

    def before_answer(self, call: Callable[[str], None]) -> None:
        """Call this with a request's path before it is noted and answered."""
        self._before = call

    def go_away(self) -> None:
        """Stop listening: connections are refused."""
        self._server.shutdown()
        self._server.server_close()

    def come_back(self) -> None:
        """Listen again, on the same port."""
        self._server = self._serve(self.port)

    def close(self) -> None:
        """End it."""
        self.go_away()

    def wait_for(self, count: int, path_ends: str = "", within: float = 30.0) -> list[Asked]:
        """Wait until so many requests were taken; returns them."""
        deadline = time.monotonic() + within
        while len(self.taken(path_ends)) < count:
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(self.taken(path_ends))} requests were taken, not {count}")
            time.sleep(0.05)
        return self.taken(path_ends)

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Refusal:
        """Note a request and say what to answer."""
        self._before(path)
        with self._lock:
            refusal = next(self._refusals, None)
            asked = Asked(method, path, headers, body, refusal.status if refusal else 200)
            self.asked.append(asked)
        return refusal or Refusal(200, self._accepted(asked))

    def _serve(self, port: int) -> ThreadingHTTPServer:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                told = stand_in.answer(self.command, self.path, headers, body)
                written = json.dumps(told.body).encode()
                self.send_response(told.status)
                for name, value in {"Content-Type": "application/json", **told.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(written)))
                self.end_headers()
                self.wfile.write(written)

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server
