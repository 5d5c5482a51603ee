"""Putting Piste on a machine: environments, build products, processes."""
