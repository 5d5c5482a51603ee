"""Turning text into vectors: the model is built once at set-up and served by ONNX."""

from knowledge_base.encoder.protocol import Encoder, Side, Vectors
from knowledge_base.encoder.serve import OnnxEncoder

__all__ = ["Encoder", "OnnxEncoder", "Side", "Vectors"]
