"""Tests: unit (no process), golden (real database and encoder), nlu, conversations, e2e (everything, for real), bench."""
