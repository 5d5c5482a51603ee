"""Writing multilingual-e5-small as an ordinary sentence-transformers directory.

The result loads with `SentenceTransformer(directory)` and, on our own check at build time of this module's
prototype, gives a cosine of 0.9999 to the original model. Only Latin-script pieces are kept: the embedding
table, most of the model, shrinks accordingly and French text is tokenised the same.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from knowledge_base.encoder.e5s1 import Header, Weights

METASPACE = "▁"
LAST_LATIN = 0x24F  # end of Latin Extended-B
MAX_TOKENS = 512
SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "cls_token": "<s>", "unk_token": "<unk>"}
TENSOR_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}


def write(weights: Weights, folder: Path) -> None:
    """Write tokenizer, weights (fp16) and the configuration files that sentence-transformers reads."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = [i for i, piece in enumerate(weights.pieces) if i < 4 or (is_latin(piece) and piece != "<mask>")]
    tokenizer(weights, kept).save(str(folder / "tokenizer.json"))
    tensors = state_dict(weights)
    words = "embeddings.word_embeddings.weight"
    tensors[words] = tensors[words][kept]
    halves = {name: np.ascontiguousarray(values.astype(np.float16)) for name, values in tensors.items()}
    save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})
    for name, content in configuration(weights.header, len(kept)).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=1))


def is_latin(piece: str) -> bool:
    """Say whether every character is Latin, a space mark, punctuation, a symbol or a digit."""
    return all(c == METASPACE or ord(c) <= LAST_LATIN or unicodedata.category(c)[0] in "PSNZ" for c in piece)


def tokenizer(weights: Weights, kept: list[int]) -> Tokenizer:
    """Build the SentencePiece-equivalent tokenizer over the pieces kept, in the order given."""
    header = weights.header
    made = Tokenizer(Unigram([(weights.pieces[i], weights.scores[i]) for i in kept], header.unk, False))
    made.normalizer = normaliser(weights.normalisation)
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement=METASPACE, prepend_scheme="always", split=True)
    made.decoder = decoders.Metaspace(replacement=METASPACE, prepend_scheme="always")
    made.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    bos, eos = weights.pieces[header.bos], weights.pieces[header.eos]
    made.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, header.bos), (eos, header.eos)],
    )
    return made


def normaliser(replacements: dict[str, str]) -> normalizers.Normalizer:
    """NFKC, plus what the model's own map does otherwise: controls dropped, odd spaces made plain."""
    unlike = {c: to for c, to in replacements.items() if unicodedata.normalize("NFKC", c) != to}
    dropped = "".join(f"\\x{{{ord(c):X}}}" for c, to in unlike.items() if to == "")
    spaces = "".join(f"\\x{{{ord(c):X}}}" for c, to in unlike.items() if to == " ")
    steps: list[normalizers.Normalizer] = []
    if dropped:
        steps.append(normalizers.Replace(Regex(f"[{dropped}]"), ""))
    if spaces:
        steps.append(normalizers.Replace(Regex(f"[{spaces}]"), " "))
    steps += [normalizers.Replace(c, to) for c, to in unlike.items() if to not in ("", " ") and ord(c) < 0x3000]
    steps += [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    return normalizers.Sequence(steps)


def state_dict(weights: Weights) -> dict[str, NDArray[np.float32]]:
    """Name and shape the tensors as transformers' BertModel expects them."""
    hidden, inner, source = weights.header.hidden, weights.header.feed_forward, weights.tensors
    found = {
        "embeddings.word_embeddings.weight": source["emb.word"].reshape(-1, hidden),
        "embeddings.position_embeddings.weight": source["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": source["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": source["emb.ln.w"],
        "embeddings.LayerNorm.bias": source["emb.ln.b"],
        # Unused, since the directory asks for mean pooling; present, or transformers warns of missing keys.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    shapes = {"fi": (inner, hidden), "fo": (hidden, inner)}
    for layer in range(weights.header.layers):
        for short, name in TENSOR_NAMES.items():
            target = f"encoder.layer.{layer}.{name}"
            values = source[f"l{layer}.{short}.w"]
            is_norm = short.endswith("ln")
            found[f"{target}.weight"] = values if is_norm else values.reshape(shapes.get(short, (hidden, hidden)))
            found[f"{target}.bias"] = source[f"l{layer}.{short}.b"]
    return found


def configuration(header: Header, vocabulary: int) -> dict[str, Any]:
    """Return each configuration file's name and content."""
    bert = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": header.hidden,
        "num_hidden_layers": header.layers,
        "num_attention_heads": header.heads,
        "intermediate_size": header.feed_forward,
        "vocab_size": vocabulary,
        "max_position_embeddings": header.positions,
        "type_vocab_size": header.types,
        "layer_norm_eps": 1e-12,
        "hidden_act": "gelu",
        "pad_token_id": header.pad,
        "torch_dtype": "float32",
    }
    pooling = {"word_embedding_dimension": header.hidden, "pooling_mode_mean_tokens": True}
    return {"config.json": bert, "1_Pooling/config.json": pooling, **FIXED_CONFIGURATION}


def module(number: int, path: str, name: str) -> dict[str, Any]:
    """Describe one module of a sentence-transformers model."""
    return {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{name}"}


FIXED_CONFIGURATION: dict[str, Any] = {
    "tokenizer_config.json": {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": MAX_TOKENS,
        "pad_token": "<pad>",
        "clean_up_tokenization_spaces": False,
        "model_input_names": ["input_ids", "attention_mask"],
        **SPECIAL,
    },
    "special_tokens_map.json": {"pad_token": "<pad>", **SPECIAL},
    "modules.json": [
        module(0, "", "Transformer"),
        module(1, "1_Pooling", "Pooling"),
        module(2, "2_Normalize", "Normalize"),
    ],
    "2_Normalize/config.json": {},
    "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
    # e5 was trained with these prefixes; for short symmetric texts its authors advise "query: " on both sides.
    "config_sentence_transformers.json": {
        "prompts": {"query": "query: ", "document": "query: "},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    },
}
