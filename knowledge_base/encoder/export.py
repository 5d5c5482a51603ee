"""Building the encoder at set-up: a sentence-transformers directory, exported to ONNX in eight bits.

Needs torch; serving does not. `EMBED_MODEL` names another directory or a hub model; its own prompts are used.
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

FORMAT = "5"  # raise it when what is written here changes
DEFAULT = "multilingual-e5-small"


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
    settings["identity"] = target.name
    (unfinished / "encoder.json").write_text(json.dumps(settings, indent=1))
    unfinished.rename(target)
    return target


def to_onnx(source: str, folder: Path) -> dict[str, Any]:
    """Export the whole model, pooling and normalisation included, with its weights in int8; returns its settings."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelUnavailable(f"building the encoder needs torch ({error}). Remedy: `make install`") from error
    # Attention written out step by step is what the optimiser below knows how to fuse.
    model = SentenceTransformer(source, device="cpu", model_kwargs={"attn_implementation": "eager"}).eval()
    model.tokenizer.save_pretrained(folder / "tokenizer")
    shutil.move(folder / "tokenizer" / "tokenizer.json", folder / "tokenizer.json")
    shutil.rmtree(folder / "tokenizer")
    export(model, folder / "model.fp32.onnx")
    transformer: Any = model[0]
    quantise(folder / "model.fp32.onnx", folder / "model.onnx", transformer.auto_model.config)
    prompts = dict(model.prompts)
    return {
        "dimensions": model.get_embedding_dimension(),
        "max_tokens": min(model.max_seq_length or 512, 128),
        "prompts": {"query": prompts.get("query", ""), "document": prompts.get("document", prompts.get("passage", ""))},
    }


def export(model: Any, target: Path) -> None:
    """Write a sentence-transformers model as one ONNX graph, from token ids to the unit vector."""
    import torch

    class Sentence(torch.nn.Module):
        """The model as a function of two tensors, which is what the exporter wants."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]

    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Sentence(),
            (example, example),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )


def quantise(source: Path, target: Path, sizes: Any) -> None:
    """Fuse attention and activations, 604 operations into 159, and turn the weights into eight bits by channel.

    Norms stay apart: fused with the sum before them, onnxruntime takes twice as long on them (docs/decisions/0012).

    Seven bits of them are used: sums of eight saturate on processors without VNNI (cosine .9961 there, .9973 so).
    """
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    ready = source.with_name("model.ready.onnx")
    heads, hidden = sizes.num_attention_heads, sizes.hidden_size
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = options.enable_embed_layer_norm = False
    fused = optimize_model(str(source), "bert", heads, hidden, optimization_options=options, opt_level=1)
    fused.save_model_to_file(str(ready))
    quantize_dynamic(
        ready,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},  # of fused operations, whose types nobody infers
    )
    for leftover in target.parent.glob("model.*.onnx*"):
        leftover.unlink()
