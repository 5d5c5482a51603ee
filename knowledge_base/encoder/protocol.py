"""What the rest of the library asks of an encoder, so that tests need neither ONNX nor weights."""

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Side = Literal["query", "document"]


class Encoder(Protocol):
    """Texts in, unit vectors out."""

    @property
    def identity(self) -> str:
        """A name that changes whenever the same text would give another vector."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        ...

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        """Return an array of shape (len(texts), dimensions), rows of norm 1."""
        ...
