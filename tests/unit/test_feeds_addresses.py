"""Which addresses are fetched, and how they are shown."""

import socket

import httpcore
import pytest

from knowledge_base.feeds.addresses import checked_address, is_public, resolve, shown
from knowledge_base.feeds.errors import FeedError, NameNotFound


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1"),
    ],
)
def test_an_address_of_ones_own_network_is_not_public_however_it_is_written(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "localhost"])
def test_other_ways_of_writing_loopback_resolve_to_it(host: str) -> None:
    assert not any(map(is_public, resolve(host, 80)))


def test_a_host_that_cannot_exist_is_not_found() -> None:
    with pytest.raises(NameNotFound, match="no possible name"):
        resolve("a" * 64 + ".fr", 80)


@pytest.mark.parametrize(
    ("code", "failure"), [(socket.EAI_NONAME, NameNotFound), (socket.EAI_AGAIN, httpcore.ConnectError)]
)
def test_a_host_that_does_not_exist_is_told_from_a_name_server_that_is_away(
    code: int, failure: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(*_: object, **__: object) -> None:
        raise socket.gaierror(code, "")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(failure):
        resolve("exemple.fr", 443)


@pytest.mark.parametrize("text", ["ftp://exemple.fr/a.csv", "file:///etc/passwd", "exemple.fr/a.csv", "https://", ""])
def test_what_is_not_of_the_web_is_refused(text: str) -> None:
    with pytest.raises(FeedError, match=r"begin with https://.*Remedy"):
        checked_address(text)


def test_what_cannot_be_an_address_is_refused() -> None:
    with pytest.raises(FeedError, match="cannot be read"):
        checked_address("https://[::1/")


def test_a_calendar_s_own_scheme_is_that_of_the_web() -> None:
    assert checked_address(" webcal://exemple.fr/a.ics ") == "https://exemple.fr/a.ics"


@pytest.mark.parametrize(
    ("address", "hidden"),
    [
        ("https://api.openagenda.com/v2/agendas/1/events?size=100&key=0a1b2c", "0a1b2c"),
        ("https://exemple.fr/a?API_KEY=abc&x=1", "abc"),
        ("https://exemple.fr/a?access_token=abc#top", "abc"),
        ("https://marie:motus@exemple.fr/a", "motus"),
        ("https://calendar.google.com/calendar/ical/a%40b/private-00ff/basic.ics", "00ff"),
        (
            "https://nuage.exemple.fr/remote.php/dav/public-calendars/Ab3dEf6hIj9kLm2nOp5q?export",
            "Ab3dEf6hIj9kLm2nOp5q",
        ),
    ],
)
def test_a_secret_is_not_shown(address: str, hidden: str) -> None:
    assert hidden in address
    assert hidden not in shown(address)
    assert "…" in shown(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.data.gouv.fr/fr/datasets/r/5ddc9e9e-1f2a-4c5b-9d3e-7f8a9b0c1d2e",
        "https://api.openagenda.com/v2/agendas/60004897/events?relative[]=upcoming&size=100",
        "https://www.mission-locale-de-la-haute-saone.fr/agenda/evenements-2026.ics",
    ],
)
def test_what_is_no_secret_is_shown(address: str) -> None:
    assert shown(address) == address
