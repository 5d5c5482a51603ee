"""Vectors kept in a file under the hash of their text: a new database, or a test's, embeds nothing again."""

import hashlib
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge_base.encoder.protocol import Encoder, Side, Vectors


class KeptVectors:
    """An encoder that remembers what it encoded. Documents are remembered, queries never: they are people's words."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._path = folder / f"{encoder.identity}.npz"
        self.identity = encoder.identity
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        """Return an array of shape (len(texts), dimensions); only what is new is computed."""
        if side == "query":
            return self._encoder.encode(texts, side)
        kept = self._read()
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
        if missing:
            new = self._encoder.encode(list(missing.values()), side)
            kept |= dict(zip(missing, new, strict=True))
            self._write(kept)
        return np.stack([kept[key] for key in keys]) if keys else np.zeros((0, self.dimensions), np.float32)

    def _read(self) -> dict[str, Vectors]:
        try:
            with self._path.open("rb") as handle, np.load(handle) as file:
                return dict(zip(file["keys"].tolist(), file["vectors"], strict=True))
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
            return {}  # none yet, or damaged: encoded again

    def _write(self, kept: dict[str, Vectors]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(f".{os.getpid()}.npz")
        np.savez(unfinished, keys=np.array(list(kept)), vectors=np.stack(list(kept.values())))
        unfinished.replace(self._path)
