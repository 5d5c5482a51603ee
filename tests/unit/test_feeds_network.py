"""The client that goes to public hosts alone."""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx
import pytest

from knowledge_base.feeds.errors import AddressRefused
from knowledge_base.feeds.network import CheckedBackend, Deadline, client_over, open_client
from tests.publisher import Page, publishing

PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.1"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Connections(httpcore.MockBackend):
    """Answers these bytes to whoever connects, and remembers where to, and by which name TLS was begun."""

    def __init__(self, answer: bytes) -> None:
        super().__init__([answer])
        self.answer = answer
        self.made: list[str] = []
        self.names: list[str | None] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.made.append(host)
        return Encrypted([self.answer], self.names)


class Encrypted(httpcore.MockStream):
    """A connection that notes the name it is encrypted for."""

    def __init__(self, answer: list[bytes], names: list[str | None]) -> None:
        super().__init__(answer)
        self.names = names

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self.names.append(server_hostname)
        return self


class Names:
    """A name server whose answers change from one question to the next."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {f"{name}.test": list(given) for name, given in answers.items()}

    def __call__(self, host: str, port: int) -> list[str]:
        given = self.answers[host]
        return given.pop(0) if len(given) > 1 else given[0]


def client(names: Names, connections: Connections, *, allow_private: bool = False) -> httpx.Client:
    backend = CheckedBackend(10, allow_private=allow_private, resolve=names, inner=connections)
    return client_over(backend, 10)


def test_a_private_host_is_refused_before_any_connection() -> None:
    connections = Connections(OK)
    with pytest.raises(AddressRefused, match=r"Remedy: FEEDS_ALLOW_PRIVATE=1"):
        client(Names(inside=[[PRIVATE]]), connections).get("http://inside.test/")
    assert connections.made == []


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(AddressRefused):
        client(Names(mixed=[[PUBLIC, PRIVATE]]), Connections(OK)).get("http://mixed.test/")


def test_a_redirect_to_a_private_host_is_refused() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://inside.test/secret\r\nContent-Length: 0\r\n\r\n"
    connections = Connections(moved)
    with pytest.raises(AddressRefused):
        client(Names(outside=[[PUBLIC]], inside=[[PRIVATE]]), connections).get("http://outside.test/")
    assert connections.made == [PUBLIC]


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    connections = Connections(OK)
    names = Names(rebinding=[[PUBLIC], [PRIVATE]])
    assert client(names, connections).get("http://rebinding.test/").text == "ok"
    assert connections.made == [PUBLIC]


def test_encryption_is_begun_for_the_name_not_for_its_address() -> None:
    connections = Connections(OK)
    client(Names(outside=[[PUBLIC]]), connections).get("https://outside.test/")
    assert connections.made == [PUBLIC]
    assert connections.names == ["outside.test"]


def test_ones_own_network_is_asked_where_it_is_allowed() -> None:
    found = client(Names(inside=[[PRIVATE]]), Connections(OK), allow_private=True).get("http://inside.test/")
    assert found.text == "ok"


def test_the_client_in_use_refuses_loopback() -> None:
    with publishing() as publisher:
        publisher.pages["/"] = Page(b"secret")
        with open_client(seconds=10, allow_private=False) as refusing, pytest.raises(AddressRefused):
            refusing.get(publisher.url("/"))
        assert publisher.asked == []
        with open_client(seconds=10, allow_private=True) as allowed:
            assert allowed.get(publisher.url("/")).text == "secret"


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with publishing() as publisher, open_client(seconds=10, allow_private=True) as direct:
        publisher.pages["/"] = Page(b"direct")
        assert direct.get(publisher.url("/")).text == "direct"


def test_nothing_goes_on_after_the_time_is_over() -> None:
    with pytest.raises(httpcore.ReadTimeout, match="in all"):
        Deadline(-1).left(60, httpcore.ReadTimeout)
    with publishing() as publisher, open_client(seconds=-1, allow_private=True) as late:
        publisher.pages["/"] = Page(b"late")
        with pytest.raises(httpx.ConnectTimeout):
            late.get(publisher.url("/"))
