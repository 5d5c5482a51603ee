"""Small files for the tests of importers, written by us."""
