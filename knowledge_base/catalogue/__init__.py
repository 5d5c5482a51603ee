"""The job families: written by us, one YAML file a professional domain, read and checked here."""

from knowledge_base.catalogue.families import Family, load_families

__all__ = ["Family", "load_families"]
