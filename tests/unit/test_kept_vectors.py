"""Vectors kept in a file: documents once, people's words never."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.encoder.kept import KeptVectors
from tests.unit.tiny import TinyEncoder

TEXTS = ["réparer des ordis", "cuisiner", "le sport"]


def test_nothing_is_encoded_twice_even_by_another_process(tmp_path: Path) -> None:
    first, second = TinyEncoder(), TinyEncoder()
    before = KeptVectors(first, tmp_path).encode(TEXTS, "document")
    after = KeptVectors(second, tmp_path).encode([*TEXTS, "dessiner"], "document")
    assert first.encoded == TEXTS
    assert second.encoded == ["dessiner"]
    assert np.array_equal(after[:3], before)


def test_a_text_given_twice_is_encoded_once_and_answered_twice(tmp_path: Path) -> None:
    tiny = TinyEncoder()
    found = KeptVectors(tiny, tmp_path).encode(["cuisiner", "le sport", "cuisiner"], "document")
    assert tiny.encoded == ["cuisiner", "le sport"]
    assert np.array_equal(found, TinyEncoder().encode(["cuisiner", "le sport", "cuisiner"], "document"))


def test_what_people_ask_is_never_written(tmp_path: Path) -> None:
    tiny = TinyEncoder()
    kept = KeptVectors(tiny, tmp_path)
    kept.encode(["j'ai peur"], "query")
    kept.encode(["j'ai peur"], "query")
    assert tiny.encoded == ["j'ai peur", "j'ai peur"]
    assert list(tmp_path.iterdir()) == []


def test_the_file_holds_no_text(tmp_path: Path) -> None:
    KeptVectors(TinyEncoder(), tmp_path).encode(TEXTS, "document")
    (path,) = tmp_path.iterdir()
    assert path.name == "tiny-1.npz"
    assert b"cuisiner" not in path.read_bytes()


def test_no_text_gives_no_vector(tmp_path: Path) -> None:
    assert KeptVectors(TinyEncoder(), tmp_path).encode([], "document").shape == (0, 64)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "not an archive": lambda _: b"not an archive",
    "empty": lambda _: b"",
    "one bit": lambda good: good[:200] + bytes([good[200] ^ 1]) + good[201:],
}


@pytest.mark.parametrize("damage", ["not an archive", pytest.param("empty"), pytest.param("one bit")])
def test_a_damaged_file_is_encoded_again(tmp_path: Path, damage: str) -> None:
    KeptVectors(TinyEncoder(), tmp_path).encode(TEXTS, "document")
    (path,) = tmp_path.iterdir()
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    tiny, after = TinyEncoder(), TinyEncoder()
    found = KeptVectors(tiny, tmp_path).encode(TEXTS, "document")
    assert tiny.encoded == TEXTS
    assert found.shape == (3, 64)
    KeptVectors(after, tmp_path).encode(TEXTS, "document")
    assert after.encoded == []


def test_the_tiny_encoder_gives_unit_vectors_that_bring_like_texts_together() -> None:
    repair, mend, cook, empty = TinyEncoder().encode(["réparer des ordis", "Réparer un ordi", "cuisiner", ""], "query")
    assert np.allclose([np.linalg.norm(one) for one in (repair, mend, cook, empty)], 1)
    assert repair @ mend > repair @ cook
