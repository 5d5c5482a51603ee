"""Golden searches on the real index."""
