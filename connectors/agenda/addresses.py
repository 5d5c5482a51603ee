"""The two addresses that who runs Piste sets: where people reach it, and whose tiles its map may fetch."""

import re
from urllib.parse import urlsplit

TILES = re.compile(r"https?://[\w.{}-]+(?::\d+)?/[^\s\"';,]*")
SITE = re.compile(r"https?://[^\s/?#@]+")
SUBDOMAIN = "{s}"


def site_address(url: str) -> str:
    """Check the address of a site, and leave out its last slash; raises ValueError for any other."""
    bare = url.rstrip("/")
    if bare and not SITE.fullmatch(bare):
        raise ValueError("PUBLIC_URL must look like https://host. Remedy: correct it or leave it empty")
    return bare


def public_address(setting: str, asked_by: str) -> str:
    """Return the address that people's devices can open: the one set, else the one that a request came by."""
    return setting or asked_by.rstrip("/")


def tiles_address(template: str) -> str:
    """Check an address of tiles as Leaflet writes it; raises ValueError for any other."""
    if template and not (TILES.fullmatch(template) and all(part in template for part in ("{z}", "{x}", "{y}"))):
        raise ValueError("MAP_TILES must look like https://host/{z}/{x}/{y}.png. Remedy: correct it or leave it empty")
    return template


def tiles_source(template: str) -> str:
    """Return what a Content-Security-Policy calls the tiles' servers, empty without tiles."""
    if not template:
        return ""
    parts = urlsplit(template)
    return f"{parts.scheme}://{parts.netloc.replace(SUBDOMAIN, '*')}"


def content_policy(template: str) -> str:
    """Return the agenda's policy: framed by any site, images from the tiles' servers."""
    images = " ".join(filter(None, ("'self' data:", tiles_source(template))))
    return f"default-src 'self'; img-src {images}; frame-ancestors *; base-uri 'none'; form-action 'self'"
