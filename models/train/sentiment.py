"""Trains models/sentiment.bin, the three-class mood of a sentence, and prints its scores on text it never saw.

    python models/train/sentiment.py --data ../shared/data

Needs numpy, scipy and scikit-learn. The same data give the same file. A message whose SHA-1 is divisible by five is
test and never trained on.
"""

import argparse
import hashlib
import json
import pathlib
import re
import struct

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from features import features

BITS = 17
CLASSES = ("negative", "neutral", "positive")
ROOT = pathlib.Path(__file__).resolve().parent.parent
POSITIVE = set("admiration approval gratitude optimism love joy caring excitement pride relief".split())
NEGATIVE = set("anger annoyance disapproval disappointment sadness disgust fear remorse embarrassment nervousness grief".split())


def clean(text):
    """Takes quoted lines and code out, as the zones do before a sentence is judged."""
    text = re.sub(r"(?m)^\s*>.*$", " ", text)
    text = re.sub(r"```.*?(```|$)", " ", text, flags=re.S)
    return re.sub(r"`[^`\n]*`", " code ", text)


def is_test(text):
    return int(hashlib.sha1(text.encode()).hexdigest(), 16) % 5 == 0


def read_jsonl(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def premo(data):
    rows = read_jsonl(data / "premo_pr_sentiment" / "messages.jsonl")
    return [(clean(row["text"]), CLASSES.index(row["polarity"])) for row in rows]


def amazon(data):
    rows = read_jsonl(data / "vader_groundtruth" / "amazon.jsonl")
    return [(row["text"], 0 if row["valence"] < -0.5 else 2 if row["valence"] > 0.5 else 1) for row in rows]


def goemotions(data):
    found = []
    with open(data / "goemotions" / "comments.tsv", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            _, labels, text = line.rstrip("\n").split("\t")
            labels = set(labels.split(","))
            up, down = bool(labels & POSITIVE), bool(labels & NEGATIVE)
            if up != down:
                found.append((text, 2 if up else 0))
            elif labels == {"neutral"}:
                found.append((text, 1))
    return found


def invented():
    found = []
    with open(ROOT / "data" / "sentiment" / "train.tsv", encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                label, text = line.rstrip("\n").split("\t")
                found.append((text, CLASSES.index(label)))
    return found


def matrix(texts):
    indices, values, starts = [], [], [0]
    for text in texts:
        weighted = features(text, BITS)
        indices.extend(weighted.keys())
        values.extend(weighted.values())
        starts.append(len(indices))
    return csr_matrix((values, indices, starts), shape=(len(texts), 1 << BITS))


def fit(parts, strength):
    """Trains on parts of (matrix, labels, weight of a row)."""
    rows = vstack([part[0] for part in parts]).tocsr()
    labels = np.concatenate([part[1] for part in parts])
    weights = np.concatenate([np.full(len(part[1]), part[2]) for part in parts])
    return LogisticRegression(C=strength, max_iter=150, tol=1e-4).fit(rows, labels, sample_weight=weights)


def write(path, model, sources):
    weights = model.coef_.astype(np.float32)
    scales = np.abs(weights).max(axis=1) / 127.0
    packed = np.round(weights / scales[:, None]).astype(np.int8)
    meta = json.dumps({"name": "sentiment", "classes": CLASSES, "trained_on": sources}).encode()
    with open(path, "wb") as out:
        out.write(struct.pack("<4sBBH", b"BLM1", BITS, len(CLASSES), len(meta)))
        out.write(scales.astype("<f4").tobytes())
        out.write(model.intercept_.astype("<f4").tobytes())
        out.write(meta)
        # One column after the other: the classes of a feature stand together.
        out.write(packed.T.copy(order="C").tobytes())


def prepared(rows):
    return matrix([text for text, _ in rows]), np.array([label for _, label in rows])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--strength", type=float, default=2.0)
    arguments.add_argument("--weights", type=float, nargs=4, default=(6.0, 0.35, 1.0, 6.0))
    arguments.add_argument("--dry", action="store_true")
    options = arguments.parse_args()
    rows = premo(options.data)
    train = prepared([row for row in rows if not is_test(row[0])])
    test = prepared([row for row in rows if is_test(row[0])])
    reviews = amazon(options.data)
    amazon_train = prepared([row for row in reviews if not is_test(row[0])])
    amazon_test = prepared([row for row in reviews if is_test(row[0])])
    work, forum, review, own = options.weights
    parts = [(*train, work), (*prepared(goemotions(options.data)), forum), (*amazon_train, review)]
    if (ROOT / "data" / "sentiment" / "train.tsv").exists():
        parts.append((*prepared(invented()), own))
    model = fit(parts, options.strength)
    for name, (found, labels) in (("premo", test), ("amazon", amazon_test)):
        guess = model.predict(found)
        each = f1_score(labels, guess, average=None).round(3).tolist()
        print(f"{name}: macro-F1 {f1_score(labels, guess, average='macro'):.3f} on {len(labels)}, by class {each}", flush=True)
    if not options.dry:
        sources = {}
        for name in ("premo_pr_sentiment/messages.jsonl", "goemotions/comments.tsv", "vader_groundtruth/amazon.jsonl"):
            sources[name] = hashlib.sha256((options.data / name).read_bytes()).hexdigest()[:16]
        write(ROOT / "sentiment.bin", model, sources)


if __name__ == "__main__":
    main()
