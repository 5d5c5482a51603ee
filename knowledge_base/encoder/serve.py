"""The encoder as it is served: onnxruntime and tokenizers, no torch."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from knowledge_base.encoder.protocol import Side, Vectors
from knowledge_base.errors import ModelUnavailable

BATCH = 32


class OnnxEncoder:
    """Encodes with the directory that `export.build` wrote. Safe to share between threads."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        try:
            settings: dict[str, Any] = json.loads((folder / "encoder.json").read_text())
        except OSError as error:
            raise ModelUnavailable(f"{folder}: no encoder here. Remedy: `make index`") from error
        self.identity: str = settings["identity"]
        self.dimensions: int = settings["dimensions"]
        self._prompts: dict[str, str] = settings["prompts"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(settings["max_tokens"])
        self._tokenizer.enable_padding(pad_id=self._tokenizer.token_to_id("<pad>") or 0)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # slower than what it replaces: export.quantise
        )

    def encode(self, texts: Sequence[str], side: Side) -> Vectors:
        """Return an array of shape (len(texts), dimensions), rows of norm 1. Batches hold texts of like length."""
        found = np.zeros((len(texts), self.dimensions), np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(texts), BATCH):
            batch = by_length[start : start + BATCH]
            tokens = self._tokenizer.encode_batch([self._prompts[side] + texts[i] for i in batch])
            inputs = {
                "input_ids": np.array([t.ids for t in tokens], np.int64),
                "attention_mask": np.array([t.attention_mask for t in tokens], np.int64),
            }
            found[batch] = np.asarray(self._session.run(["embedding"], inputs)[0], np.float32)
        return found
