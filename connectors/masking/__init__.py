"""Finding what is personal in what people write: names, numbers, addresses. Knows nothing of pages or databases.

Nothing finds everything: pages say so, and show no word before it was looked at.
"""

from connectors.masking.masker import Masker
from connectors.masking.spans import Kind, Span, masked

__all__ = ["Kind", "Masker", "Span", "masked"]
