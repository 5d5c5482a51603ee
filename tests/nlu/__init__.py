"""Held-out sentences, written apart from the training data, on the trained model."""
