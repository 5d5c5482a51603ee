"""An HTTP client that goes to public hosts alone, and gives up after a time.

Hosts are checked where connections are made: at each redirect, and on the very address that is connected to, so that a
name cannot be public when it is looked at and private when it is used. TLS still checks the name.
"""

import ssl
import time
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import httpcore
import httpx

from knowledge_base.feeds.addresses import is_public, resolve
from knowledge_base.feeds.errors import AddressRefused

AGENT = "Piste (French careers guidance assistant)"
MOST_REDIRECTS = 5
SILENCE, CONNECTING = 60.0, 15.0  # seconds without a byte, and for each address of a host
Resolve = Callable[[str, int], list[str]]


def open_client(*, seconds: float, allow_private: bool) -> httpx.Client:
    """Open a client all of whose requests together may take `seconds`. It knows nothing of proxies."""
    return client_over(CheckedBackend(seconds, allow_private=allow_private), seconds)


def client_over(backend: httpcore.NetworkBackend, seconds: float) -> httpx.Client:
    """Open a client that connects by this backend alone."""
    return httpx.Client(
        transport=CheckedTransport(backend),
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
        trust_env=False,
        timeout=httpx.Timeout(min(SILENCE, seconds), connect=min(CONNECTING, seconds)),
        headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"},
    )


class CheckedTransport(httpx.HTTPTransport):
    """httpx's own transport, over a backend of ours; it offers no other place to put one (httpx 0.28)."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        super().__init__(verify=authorities())
        self._pool = httpcore.ConnectionPool(ssl_context=authorities(), network_backend=backend)


@cache
def authorities() -> ssl.SSLContext:
    """Return who is trusted to vouch for a host: certifi's list, or that of SSL_CERT_FILE."""
    return httpx.create_ssl_context()


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves, checks, then connects to the address that was checked."""

    def __init__(
        self,
        seconds: float,
        *,
        allow_private: bool,
        resolve: Resolve = resolve,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._deadline = Deadline(seconds)
        self._allow_private = allow_private
        self._resolve = resolve
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers, if all that the host has are public."""
        addresses = self._resolve(host, port)
        if not self._allow_private and not all(map(is_public, addresses)):
            raise AddressRefused(
                "it leads to an address that is not on the public internet. Remedy: FEEDS_ALLOW_PRIVATE=1, if you meant"
                " a server of your own network"
            )
        failure: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                left = self._deadline.left(timeout, httpcore.ConnectTimeout)
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return TimedStream(stream, self._deadline)
        raise failure


class Deadline:
    """The moment by which everything must have come: slow bytes, one by one, are no way round a time-out."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._seconds = seconds

    def left(self, timeout: float | None, late: type[httpcore.TimeoutException]) -> float:
        """Return the time-out of the next step, or raise `late`."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise late(f"more than {self._seconds:.0f} s in all")
        return left if timeout is None else min(left, timeout)


class TimedStream(httpcore.NetworkStream):
    """A connection that ends with its deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come."""
        return self._inner.read(max_bytes, self._deadline.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._inner.write(buffer, self._deadline.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Encrypt from here on."""
        left = self._deadline.left(timeout, httpcore.ConnectTimeout)
        return TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._inner.get_extra_info(info)
