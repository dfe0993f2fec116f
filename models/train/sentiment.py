"""Trains models/sentiment.bin, the three-class mood of a sentence, and prints its scores on text it never saw.

    python models/train/sentiment.py --data ../shared/data

The same data give the same file. What belongs to the test part (`labels.is_test`, by set and line) is never trained on.
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

import labels
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


def parted(name, rows):
    """Rows for training, rows for the test; what stands in both is not trained on."""
    test = [row for number, row in enumerate(rows) if labels.is_test(f"{name}:{number}")]
    tested = {text for text, _ in test}
    train = [row for number, row in enumerate(rows) if not labels.is_test(f"{name}:{number}")]
    return [row for row in train if row[0] not in tested], test


def labelled(data, part):
    """Our own labels: a sentence with a mood mark, or without any."""
    found = []
    for example in labels.examples(data):
        marks = {"+", "!"} & set(example.codes)
        if example.part == part and len(marks) < 2:
            found.append((clean(example.text), 2 if "+" in marks else 0 if "!" in marks else 1))
    return found


def read_jsonl(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def premo(data):
    rows = read_jsonl(data / "premo_pr_sentiment" / "messages.jsonl")
    found = [(clean(row["text"]), CLASSES.index(row["polarity"])) for row in rows]
    return parted("premo", found)


def amazon(data):
    rows = read_jsonl(data / "vader_groundtruth" / "amazon.jsonl")
    found = [(row["text"], 0 if row["valence"] < -0.5 else 2 if row["valence"] > 0.5 else 1) for row in rows]
    return parted("amazon", found)


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
    classes = np.concatenate([part[1] for part in parts])
    weights = np.concatenate([np.full(len(part[1]), part[2]) for part in parts])
    return LogisticRegression(C=strength, max_iter=150, tol=1e-4).fit(rows, classes, sample_weight=weights)


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
    return matrix([text for text, _ in rows]), np.array([mood for _, mood in rows])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--strength", type=float, default=2.0)
    arguments.add_argument("--weights", type=float, nargs=5, default=(6.0, 0.35, 1.0, 6.0, 0.0))
    arguments.add_argument("--dry", action="store_true")
    options = arguments.parse_args()
    work, forum, review, own, ours = options.weights
    train, test = premo(options.data)
    reviews, reviews_test = amazon(options.data)
    parts = [(*prepared(train), work), (*prepared(goemotions(options.data)), forum), (*prepared(reviews), review)]
    parts.append((*prepared(invented()), own))
    parts.append((*prepared(labelled(options.data, "train")), ours))
    model = fit([part for part in parts if part[2] > 0], options.strength)
    tests = {"premo": test, "amazon": reviews_test, "labelled": labelled(options.data, "test")}
    for name, rows in tests.items():
        found, expected = prepared(rows)
        guess = model.predict(found)
        each = f1_score(expected, guess, average=None).round(3).tolist()
        macro = f1_score(expected, guess, average="macro")
        print(f"{name}: macro-F1 {macro:.3f} on {len(expected)}, by class {each}", flush=True)
    if not options.dry:
        sources = {}
        for name in ("premo_pr_sentiment/messages.jsonl", "goemotions/comments.tsv", "vader_groundtruth/amazon.jsonl"):
            sources[name] = hashlib.sha256((options.data / name).read_bytes()).hexdigest()[:16]
        write(ROOT / "sentiment.bin", model, sources)


if __name__ == "__main__":
    main()
