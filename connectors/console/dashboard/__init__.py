"""The dashboard: what conversations led to, in numbers that name nobody."""
