"""Onisep's indexation in words."""

import re


def domains(column: str) -> str:
    """Put Onisep's « domain/part| domain/part » into words: « Domaines : mécanique (automatismes, aéronautique) »."""
    parts: dict[str, list[str]] = {}
    for entry in column.split("|"):
        domain, _, part = (re.sub(r"\s+-\s+", ", ", half) for half in " ".join(entry.split()).partition("/"))
        if domain:
            parts.setdefault(domain, []).append(part.removesuffix(" (généralités)"))
    named = [_domain(domain, [part for part in inside if part != domain]) for domain, inside in parts.items()]
    return f"{'Domaines' if len(named) > 1 else 'Domaine'} : {' ; '.join(named)}" if named else ""


def _domain(domain: str, inside: list[str]) -> str:
    told = ", ".join(dict.fromkeys(part for part in inside if part))
    return f"{domain} ({told})" if told else domain
