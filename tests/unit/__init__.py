"""Fast tests: no process, no network, no database."""
