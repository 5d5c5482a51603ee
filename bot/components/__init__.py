"""Rasa components of ours: what Rasa lacks, on its own interpreter."""
