"""An encoder of a few lines for tests: texts that share groups of three letters are near."""

import zlib
from collections.abc import Sequence

import numpy as np

from knowledge_base.encoder import Encoder, Side, Vectors
from knowledge_base.french import fold


class TinyEncoder:
    """Bag of character trigrams, each hashed to one of 64 dimensions; remembers what it was asked to encode."""

    identity = "tiny-1"
    dimensions = 64

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        """Return an array of shape (len(texts), 64), rows of norm 1. Both sides are encoded alike."""
        self.encoded += texts
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(found, texts, strict=True):
            padded = f"  {fold(text)} "
            for start in range(len(padded) - 2):
                row[zlib.crc32(padded[start : start + 3].encode(errors="replace")) % self.dimensions] += 1
            row /= np.linalg.norm(row)
        return found


CHECKED: Encoder = TinyEncoder()  # mypy verifies the protocol here
