"""Published data taken at intervals from its publisher's address, and the addresses that no longer answer.

`worker` is the process that does both; `python -m knowledge_base feeds` and `links` do it by hand (docs/feeds.md).
"""
