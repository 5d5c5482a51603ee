"""Tests: unit (no process), golden (real database), nlu, conversations, e2e (everything, for real), bench."""
