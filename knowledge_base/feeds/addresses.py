"""Addresses of the web: which are taken, which hosts they may lead to, and how they are shown."""

import ipaddress
import re
import socket

import httpcore
import httpx

from knowledge_base.feeds.errors import FeedError, NameNotFound

NOT_FOUND = (socket.EAI_NONAME, socket.EAI_NODATA)
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address stands in the last 32 bits
SECRET_PARAMETER = re.compile(
    r"([?&;][^=&#]*(?:key|token|secret|pass|pwd|auth|sig|cred|jeton|code)[^=&#]*=)[^&#]*", re.IGNORECASE
)
USER = re.compile(r"(?<=://)[^/?#@]*@")
# Calendars are shared by a secret that is part of the path.
DRAWN_AT_RANDOM = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{20,}|(?<=/private-)[^/?#]+")


def checked_address(text: str) -> str:
    """Return an address that can be fetched; calendars' `webcal:` is `https:`. Raises FeedError for any other."""
    address = re.sub(r"^webcal:", "https:", text.strip(), flags=re.IGNORECASE)
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise FeedError(f"the address cannot be read ({error}). Remedy: copy it again, between quotes") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FeedError("the address does not begin with https:// or http://. Remedy: copy it again, between quotes")
    return address


def shown(address: str) -> str:
    """Return an address without its secrets: keys, passwords, and what looks drawn at random."""
    for pattern, instead in ((USER, "…@"), (SECRET_PARAMETER, r"\1…"), (DRAWN_AT_RANDOM, "…")):
        address = pattern.sub(instead, address)
    return address


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the system's order of preference."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in NOT_FOUND:
            raise NameNotFound("its host does not exist. Remedy: check its spelling, or ask its publisher") from error
        raise httpcore.ConnectError("the name server does not answer") from error
    except UnicodeError as error:
        raise NameNotFound("its host has no possible name. Remedy: copy the address again") from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Say whether an IP address is of the public internet, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            ip = inner
        elif ip.is_reserved or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast
