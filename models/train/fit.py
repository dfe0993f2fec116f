"""What the trainers share: matrices, folds, one regression for each class, the packed file."""

import hashlib
import json
import struct
import subprocess

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from features import features

BITS = 17
SEED = 20260113
FOLDS = 5


def matrix(texts):
    indices, values, starts = [], [], [0]
    for text in texts:
        weighted = features(text, BITS, with_classes=True)
        indices.extend(weighted.keys())
        values.extend(weighted.values())
        starts.append(len(indices))
    return csr_matrix((values, indices, starts), shape=(len(texts), 1 << BITS), dtype=np.float32)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def regression(rows, labels, weights, strength):
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=200, random_state=SEED)
    return model.fit(rows, labels, sample_weight=weights)


def folds(groups):
    """Fold of every row; rows of a group stay together."""
    return np.array([int(hashlib.sha1(f"{SEED}{group}".encode()).hexdigest(), 16) % FOLDS for group in groups])


def platt(scores, labels, weights):
    """Slope and offset that make held-out scores log-odds."""
    model = LogisticRegression(C=10.0).fit(scores[:, None], labels, sample_weight=weights)
    return max(float(model.coef_[0, 0]), 0.05), float(model.intercept_[0])


def f1(found, labels):
    right = float((found & labels).sum())
    precision, recall = right / max(found.sum(), 1), right / max(labels.sum(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def grammar(baton, interactions):
    """What grammar and signs say of every sentence of the interactions."""
    lines = "".join(json.dumps(interaction) + "\n" for interaction in interactions)
    answer = subprocess.run([baton, "eval", "--grammar"], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def write(path, name, classes, models, calibration):
    """Packs one regression a class, its calibration folded in, with weights of eight bits."""
    slopes = np.array([slope for slope, _ in calibration], dtype=np.float32)
    offsets = np.array([offset for _, offset in calibration], dtype=np.float32)
    weights = np.vstack([model.coef_ for model in models]).astype(np.float32) * slopes[:, None]
    biases = np.array([model.intercept_[0] for model in models], dtype=np.float32) * slopes + offsets
    scales = np.maximum(np.abs(weights).max(axis=1), 1e-6) / 127.0
    packed = np.round(weights / scales[:, None]).astype(np.int8)
    meta = json.dumps({"name": name, "classes": classes, "word_classes": True}).encode()
    with open(path, "wb") as out:
        out.write(struct.pack("<4sBBH", b"BLM1", BITS, len(classes), len(meta)))
        out.write(scales.astype("<f4").tobytes())
        out.write(biases.astype("<f4").tobytes())
        out.write(meta)
        out.write(packed.T.copy(order="C").tobytes())
