"""Messaging platforms: each is one file that says how it is heard and spoken to; the rest is the same for all."""
