"""Measurements: `make bench` prints tables. Ratios are taken side by side in one run; no test is timed."""
