"""Reading an E5S1 file, from one of a few bytes that the tests write themselves."""

import struct
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.encoder import e5s1
from knowledge_base.errors import ModelUnavailable

PIECES = ["<s>", "</s>", "▁été", "▁ordi"]
SCORES = [0.0, 0.0, -1.5, -2.25]
WHOLE = np.arange(6, dtype="<f4") / 4
# One block of 32 weights: scale 0.5 and nibbles 0 … 15 twice, that is −4 … 3.5 by halves.
NIBBLES = bytes((15 - i) << 4 | i for i in range(16))
QUARTERS = struct.pack("<e", 0.5) + NIBBLES
DEQUANTISED = [(q - 8) * 0.5 for q in (*range(16), *range(15, -1, -1))]


def vocabulary() -> bytes:
    encoded = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4").tobytes()
    blob = b"".join(encoded)
    counts = struct.pack("<5iQ", len(PIECES), 0, 1, 2, 3, len(blob))
    return counts + offsets + np.array(SCORES, "<f4").tobytes() + blob


def normalisation(replaced: dict[str, str], wrong_by: int = 0) -> bytes:
    entries = b"".join(
        struct.pack("<IB", ord(one), len(to)) + b"".join(struct.pack("<I", ord(c)) for c in to)
        for one, to in replaced.items()
    )
    return struct.pack("<iI", len(replaced), len(entries) + wrong_by) + entries


def file_of(*, magic: bytes = b"E5S1", quarters: int = 32, wrong_by: int = 0) -> bytes:
    header = magic + struct.pack("<I7ifi", 1, 4, 2, 2, 8, len(PIECES), 16, 1, 1e-12, 32)
    start = header + vocabulary() + normalisation({"’": "'", "\x07": "", "ﬁ": "fi"}, wrong_by)
    names = ((b"plain", 0, WHOLE.size, WHOLE.tobytes()), (b"quantised", 1, quarters, QUARTERS))
    at = len(start) + 4 + sum(2 + len(name) + struct.calcsize("<BIQQ") for name, *_ in names)
    table, data = struct.pack("<i", len(names)), b""
    for name, kind, size, raw in names:
        table += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", kind, size, at + len(data), len(raw))
        data += raw
    return start + table + data


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tiny.bin"


def test_header_vocabulary_and_normalisation_come_back_as_written(path: Path) -> None:
    path.write_bytes(file_of())
    read = e5s1.read(path)
    assert read.header == e5s1.Header(4, 2, 2, 8, len(PIECES), 16, 1, bos=0, eos=1, pad=2, unk=3)
    assert (read.pieces, read.scores) == (PIECES, SCORES)
    assert read.normalisation == {"’": "'", "\x07": "", "ﬁ": "fi"}


def test_plain_and_quantised_tensors_come_back_as_float32(path: Path) -> None:
    path.write_bytes(file_of())
    tensors = e5s1.read(path).tensors
    assert {values.dtype for values in tensors.values()} == {np.dtype(np.float32)}
    assert tensors["plain"].tolist() == WHOLE.tolist()
    assert tensors["quantised"].tolist() == DEQUANTISED


def test_another_kind_of_file_is_refused(path: Path) -> None:
    path.write_bytes(file_of(magic=b"GGUF"))
    with pytest.raises(ModelUnavailable, match=r"tiny\.bin: not an E5S1 file"):
        e5s1.read(path)


def test_a_tensor_of_another_size_than_announced_is_refused(path: Path) -> None:
    path.write_bytes(file_of(quarters=31))
    with pytest.raises(ModelUnavailable, match="tensor quantised: 32 values instead of 31"):
        e5s1.read(path)


def test_a_normalisation_map_of_another_length_is_refused(path: Path) -> None:
    path.write_bytes(file_of(wrong_by=1))
    with pytest.raises(ModelUnavailable, match="normalisation map of unexpected length"):
        e5s1.read(path)


def test_the_weights_installed_are_the_ones_we_know() -> None:
    assert e5s1.find().name == "e5-small-q4.bin"
