"""Importers of published French data. A format is a module of this folder; `FORMATS` lists them.

Each module offers `read(source, known)`, which yields what it takes and refuses, row by row, and `SET`: how the
imported set is called — "format" when one file is the whole of what exists (ROME, La Poste), "file" when several files
stand side by side.
"""

from importlib import import_module
from typing import Any

FORMATS = {
    "rome": "ROME 4.0, the folder or zip of France Travail's open data",
    "onisep-formations": "Onisep Idéo, initial trainings (CSV)",
    "onisep-actions": "Onisep Idéo, training actions with their schools (CSV)",
    "onisep-etablissements": "Onisep Idéo, schools (CSV)",
    "rncp": "RNCP and RS of France compétences (CSV folder or zip, or XML)",
    "kit-apprentissage": "diplomas open to apprenticeship (CSV)",
    "lheo": "LHEO, the exchange language of French training supply (XML)",
    "cpf": "Mon Compte Formation (CSV)",
    "openagenda": "OpenAgenda (JSON export of Opendatasoft, or of its own API)",
    "mes-evenements": "Mes évènements emploi of France Travail (JSON)",
    "ics": "iCalendar",
    "jsonld": "schema.org/Event in JSON-LD, or in a web page",
    "csv": "a plain CSV with the header of docs/importers.md",
    "annuaire": "the public directory of orientation services (CSV)",
    "data-inclusion": "data·inclusion: structures and services (CSV, JSON or XLSX)",
    "laposte": "La Poste's communes and postcodes (CSV)",
}


def module_of(name: str) -> Any:
    """Return the module of a format."""
    return import_module(f"knowledge_base.importers.{name.replace('-', '_')}")
