"""The Rasa project: configuration, domain, rules, and `components`, the only Python importing rasa."""
