"""Building the encoder at set-up: a sentence-transformers directory, exported to ONNX in eight bits.

Needs torch; serving does not. `EMBED_MODEL` names another directory or a hub model; its own prompts are used,
and its `piste.json`, if it has one, gives its score thresholds.
"""

import hashlib
import json
import logging
import shutil
import warnings
from pathlib import Path
from typing import Any

from knowledge_base.encoder import e5_directory, e5s1
from knowledge_base.errors import ModelUnavailable

FORMAT = "3"  # raise it when what is written here changes
DEFAULT = "multilingual-e5-small"
# Score (cosine raised by shared words) from which a wish is taken to name a trade: docs/decisions/0003.
DEFAULT_THRESHOLDS = {"fits_from": 0.9}


def identity_of(model: str | None) -> str:
    """Return a name that changes when the model or the way it is built changes."""
    if not model:
        return f"{DEFAULT}-{e5s1.SHA256[:8]}-{FORMAT}"
    content = Path(model) / "model.safetensors"
    key = content.read_bytes() if content.is_file() else model.encode()
    return f"{Path(model).name}-{hashlib.sha256(key).hexdigest()[:8]}-{FORMAT}"


def build(folder: Path, model: str | None) -> Path:
    """Build the encoder below `folder` unless it is there, and return its own directory."""
    target = folder / identity_of(model)
    if (target / "encoder.json").is_file():
        return target
    unfinished = target.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    source = model or str(unfinished / "sentence-transformers")
    if not model:
        e5_directory.write(e5s1.read(e5s1.find()), Path(source))
    settings = to_onnx(source, unfinished)
    thresholds = Path(source) / "piste.json"
    settings["thresholds"] = json.loads(thresholds.read_text()) if thresholds.is_file() else DEFAULT_THRESHOLDS
    settings["identity"] = target.name
    (unfinished / "encoder.json").write_text(json.dumps(settings, indent=1))
    unfinished.rename(target)
    return target


def to_onnx(source: str, folder: Path) -> dict[str, Any]:
    """Export the whole model, pooling and normalisation included, and quantise its weights to int8."""
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelUnavailable(f"building the encoder needs torch ({error}). Remedy: `make install`") from error
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    model = SentenceTransformer(source, device="cpu").eval()
    model.tokenizer.save_pretrained(folder / "tokenizer")

    class Sentence(torch.nn.Module):
        """The model as a function of two tensors, which is what the exporter wants."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]

    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Sentence(),
            (example, example),
            str(folder / "model.fp32.onnx"),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )
    quant_pre_process(str(folder / "model.fp32.onnx"), str(folder / "model.ready.onnx"), skip_symbolic_shape=True)
    quantize_dynamic(folder / "model.ready.onnx", folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    for leftover in folder.glob("model.*.onnx*"):
        leftover.unlink()
    shutil.copy(folder / "tokenizer" / "tokenizer.json", folder / "tokenizer.json")
    shutil.rmtree(folder / "tokenizer")
    prompts = dict(model.prompts)
    return {
        "dimensions": model.get_embedding_dimension(),
        "max_tokens": min(model.max_seq_length or 512, 128),
        "prompts": {"query": prompts.get("query", ""), "document": prompts.get("document", prompts.get("passage", ""))},
    }
