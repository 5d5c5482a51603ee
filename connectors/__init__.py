"""The gateway: everything public, and the only writer of people's data."""
