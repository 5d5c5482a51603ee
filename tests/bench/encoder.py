"""The encoder that runs beside plain fp32 PyTorch, on one core and the same queries: speed, and what is found."""

import csv
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from deploy.build import build_encoder
from deploy.instance import BUILD
from knowledge_base.catalogue import load_families
from knowledge_base.encoder import OnnxEncoder
from knowledge_base.encoder.kept import KeptVectors
from knowledge_base.matching.metric import pooled

GOLDEN = Path(__file__).parents[1] / "golden"
ROLES = ("title", "phrase")  # enough to compare what two encoders find, in minutes
ROUNDS = 3
WARM = 20


def encoders() -> None:
    """Print milliseconds a query, and hit@k of the plain cosine over the catalogue's titles and phrases."""
    folder = build_encoder()
    torch.set_num_threads(1)
    plain = SentenceTransformer(str(folder / "sentence-transformers"), device="cpu")
    fast = OnnxEncoder(folder, threads=1)
    prompts = json.loads((folder / "encoder.json").read_text())["prompts"]
    queries, wanted = golden()
    texts, owners, codes = catalogue()

    def torch_encode(said: Sequence[str], side: str) -> np.ndarray:
        return np.asarray(plain.encode([f"{prompts[side]}{one}" for one in said], normalize_embeddings=True))

    print(f"\nThe encoder, one core, {len(queries)} queries one at a time (median of {ROUNDS} rounds)")
    spent = {"fp32 PyTorch": timed(lambda one: torch_encode([one], "query"), queries)}
    spent["int8 ONNX"] = timed(lambda one: fast.encode([one], "query"), queries)
    torch.set_num_threads(os.cpu_count() or 1)  # from here on only what is found counts
    vectors = {"fp32 PyTorch": (torch_encode(queries, "query"), torch_encode(texts, "document"))}
    kept = KeptVectors(OnnxEncoder(folder, os.cpu_count() or 1), BUILD / "vectors")
    vectors["int8 ONNX"] = (fast.encode(queries, "query"), kept.encode(texts, "document"))
    for name, (asked, known) in vectors.items():
        one, five = hits(asked @ known.T, owners, codes, wanted)
        ratio = spent["fp32 PyTorch"] / spent[name]
        print(f"  {name:14} {spent[name]:6.2f} ms   ×{ratio:4.1f}   hit@1 {one:.3f}   hit@5 {five:.3f}")


def golden() -> tuple[list[str], list[list[str]]]:
    """Return the queries of the golden sets and their codes."""
    rows = []
    for name in ("youth_dev", "youth_heldout"):
        with (GOLDEN / f"{name}.tsv").open() as handle:
            rows += list(csv.DictReader(handle, delimiter="\t"))
    return [row["text"] for row in rows], [row["codes"].split(",") for row in rows]


def catalogue() -> tuple[list[str], np.ndarray, list[str]]:
    """Return titles and phrases of the catalogue, the number of the family that owns each, and the codes."""
    families = load_families()
    pairs = [(text, number) for number, one in enumerate(families) for role, text in one.texts() if role in ROLES]
    return [text for text, _ in pairs], np.array([number for _, number in pairs]), [one.code for one in families]


def timed(encode: Callable[[str], object], queries: Sequence[str]) -> float:
    """Return the median milliseconds a query, over a few rounds."""
    for query in queries[:WARM]:
        encode(query)
    rounds = []
    for _ in range(ROUNDS):
        spent = []
        for query in queries:
            started = time.perf_counter()
            encode(query)
            spent.append(1000 * (time.perf_counter() - started))
        rounds.append(statistics.median(spent))
    return statistics.median(rounds)


def hits(
    scores: np.ndarray, owners: np.ndarray, codes: Sequence[str], wanted: Sequence[list[str]]
) -> tuple[float, float]:
    """Return hit@1 and hit@5."""
    best = np.argsort(-pooled(scores, owners, len(codes)), axis=1)[:, :5]
    found = [[codes[i] in right for i in row] for row, right in zip(best, wanted, strict=True)]
    return float(np.mean([row[0] for row in found])), float(np.mean([any(row) for row in found]))
