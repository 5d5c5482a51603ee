"""A publisher of data over real HTTP, for tests: what it answers is changed while it runs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What a path answers. With an `etag`, whoever shows it gets 304."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    refuses_heads: bool = False
    announced: int | None = None  # bytes, when not those of the body


@dataclass(frozen=True)
class Request:
    """What was asked."""

    method: str
    path: str
    headers: dict[str, str]


class Publisher:
    """Serves `pages` by path, and remembers what was `asked`."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[Request] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher._answer(self)

            def do_HEAD(self) -> None:
                publisher._answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        sent = {name.lower(): value for name, value in handler.headers.items()}
        self.asked.append(Request(handler.command, handler.path, sent))
        page = self.pages.get(handler.path, Page(status=404))
        status = 304 if page.etag and sent.get("if-none-match") == page.etag else page.status
        status = 405 if handler.command == "HEAD" and page.refuses_heads else status
        body = page.body if status not in (304, 405) else b""
        handler.send_response(status)
        for name, value in page.headers.items():
            handler.send_header(name, value)
        if page.etag:
            handler.send_header("ETag", page.etag)
        handler.send_header("Content-Length", str(len(body) if page.announced is None else page.announced))
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(body)


@contextmanager
def publishing() -> Iterator[Publisher]:
    """Run a publisher for the length of a block."""
    made = Publisher()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
