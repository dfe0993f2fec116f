"""The encoder all-MiniLM-L6-v2 (Apache-2.0) with low-rank adapters (Hu et al. 2021, arXiv:2106.09685) and heads, in
torch: what `encoder.py` trains and src/encoder reads. The layers are those of BERT (Devlin et al. 2019); the base is
frozen, every linear layer has an adapter.

A text is read as `[CLS] side before [SEP] text [SEP]`: which side speaks (`customer`, `vendor` or nothing), the sentence
before, cut at its front, then the sentence, of the second type. A sentence's vector is the mean over its own tokens."""

import math

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import BertWordPieceTokenizer
from torch import nn
from torch.nn import functional

# Longest part of the sentence before, and of a sentence, in tokens.
LONGEST_BEFORE, LONGEST = 24, 80
RANK, SCALE = 16, 2.0
MENTIONS = ("O", "B-person", "I-person", "B-organization", "I-organization")
ROLES = ("O", "B-owner", "I-owner", "B-action", "I-action", "B-due", "I-due")
MOODS = ("negative", "neutral", "positive")


class Tokens:
    """Word pieces of the base's vocabulary."""

    def __init__(self, folder):
        self.tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)
        self.cls, self.sep = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))

    def pair(self, side, before, text):
        """Ids, where the sentence's own tokens begin, and their places in the text."""
        encode = lambda words: self.tokenizer.encode(words, add_special_tokens=False)
        earlier, own = encode(before).ids[-LONGEST_BEFORE:], encode(text)
        head = [self.cls, *encode(side).ids, *earlier, self.sep]
        return head + own.ids[:LONGEST] + [self.sep], len(head), own.offsets[:LONGEST]


class Adapter(nn.Module):
    """A frozen linear layer and its adapter."""

    def __init__(self, weight, bias):
        super().__init__()
        self.register_buffer("weight", weight, persistent=False)
        self.register_buffer("bias", bias, persistent=False)
        self.down = nn.Parameter(torch.randn(RANK, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.up = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, x):
        return functional.linear(x, self.weight, self.bias) + functional.linear(functional.linear(x, self.down), self.up) * SCALE


class Layer(nn.Module):
    def __init__(self, base, name, heads, dropout):
        super().__init__()
        linear = lambda part: Adapter(base[f"{name}.{part}.weight"], base[f"{name}.{part}.bias"])
        self.query, self.key, self.value = (linear(f"attention.self.{part}") for part in ("query", "key", "value"))
        self.attended, self.inner, self.outer = linear("attention.output.dense"), linear("intermediate.dense"), linear("output.dense")
        self.norms = [(base[f"{name}.{part}.LayerNorm.weight"], base[f"{name}.{part}.LayerNorm.bias"]) for part in ("attention.output", "output")]
        self.heads, self.dropout = heads, dropout

    def norm(self, at, x):
        return functional.layer_norm(x, x.shape[-1:], *self.norms[at], eps=1e-12)

    def forward(self, x, mask):
        count, length, hidden = x.shape
        split = lambda part: part(x).view(count, length, self.heads, -1).transpose(1, 2)
        seen = functional.scaled_dot_product_attention(split(self.query), split(self.key), split(self.value), attn_mask=mask)
        drop = lambda made: functional.dropout(made, self.dropout, self.training)
        x = self.norm(0, x + drop(self.attended(seen.transpose(1, 2).reshape(count, length, hidden))))
        return self.norm(1, x + drop(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Adapters and heads; `classes` is the number of acts and topics."""

    def __init__(self, folder, classes, heads=12, dropout=0.1):
        super().__init__()
        base = load_file(folder / "model.safetensors")
        self.base = {name.removeprefix("bert."): value.float() for name, value in base.items()}
        layers = 1 + max(int(name.split(".")[2]) for name in self.base if name.startswith("encoder.layer."))
        self.layers = nn.ModuleList(Layer(self.base, f"encoder.layer.{at}", heads, dropout) for at in range(layers))
        hidden = self.base["embeddings.LayerNorm.weight"].shape[0]
        self.classes, self.mood = nn.Linear(hidden, classes), nn.Linear(hidden, len(MOODS))
        self.mentions, self.roles = nn.Linear(hidden, len(MENTIONS)), nn.Linear(hidden, len(ROLES))
        self.dropout = dropout

    def forward(self, ids, types, own, mask):
        """Logits of classes, mood, mentions and roles. `types`, `own` and `mask` mark the tokens of the second type, of
        the sentence itself, and those that are no padding."""
        base = self.base
        name = "embeddings."
        x = base[name + "word_embeddings.weight"][ids] + base[name + "position_embeddings.weight"][: ids.shape[1]]
        x = x + base[name + "token_type_embeddings.weight"][types.long()]
        x = functional.layer_norm(x, x.shape[-1:], base[name + "LayerNorm.weight"], base[name + "LayerNorm.bias"], eps=1e-12)
        blocked = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, blocked)
        x = x.float()
        share = own.float() / own.sum(dim=1, keepdim=True).clamp(min=1)
        pooled = functional.dropout((x * share[..., None]).sum(dim=1), self.dropout, self.training)
        tokens = functional.dropout(x, self.dropout, self.training)
        return self.classes(pooled), self.mood(pooled), self.mentions(tokens), self.roles(tokens)


def padded(rows, starts):
    """Ids, types, own tokens and mask of texts of several lengths."""
    length = max(map(len, rows))
    ids = torch.zeros(len(rows), length, dtype=torch.long)
    types, own, mask = (torch.zeros(len(rows), length, dtype=torch.bool) for _ in range(3))
    for at, (row, start) in enumerate(zip(rows, starts)):
        ids[at, : len(row)] = torch.tensor(row)
        mask[at, : len(row)] = True
        types[at, start : len(row)] = True
        own[at, start : len(row) - 1] = True
    return ids, types, own, mask


def tensors(encoder):
    """What is shipped: the product of each adapter's matrices is added to the base's layer when it is loaded."""
    kept = {name: value.detach().to(torch.float16) for name, value in encoder.state_dict().items()}
    return {name: np.ascontiguousarray(value.numpy()) for name, value in kept.items()}
