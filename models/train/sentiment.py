"""Trains models/sentiment.bin, the three-class mood of a sentence and the formula of a message's mood, and prints
scores on text it never saw.

    python models/train/sentiment.py --data ../shared/data

The sentence model learns from general text first, then from work text, held near what it learned. The formula weighs
what the sentences of a message say (`message_signs`); it is fitted on messages that the sentence model has not seen.
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
from scipy.special import ndtr
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

import corpora
import labels
from features import features
from softmax import fit, probabilities, scores

BITS = 17
CLASSES = ("negative", "neutral", "positive")
FOLDS = 3
# Weights of the sources: general text, then work text; what a sentence without a mood mark weighs.
GENERAL = {"forum": 0.35, "review": 1.0}
WORK = {"message": 4.0, "review": 0.5, "invented": 3.0, "labelled": 0.5}
UNMARKED = 0.15
# A told defect is bad mood even without a mark, this surely.
ISSUE = 0.4
STRENGTH = {"general": 2.0, "work": 1.5}
# What a message of each class weighs in the formula.
CLASS_WEIGHTS = {0: 1.3, 1: 1.0, 2: 1.1}
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
    tested = {row[0] for row in test}
    train = [row for number, row in enumerate(rows) if not labels.is_test(f"{name}:{number}")]
    return [row for row in train if row[0] not in tested], test


def labelled(data, part):
    """Our own labels: sentence, mood, and how sure each class is; a sentence with both marks is left out. The accounts
    are too: most of their sentences are the vendor's, whose mood is not read."""
    found = []
    for example in labels.examples(data):
        marks = {"+", "!"} & set(example.codes)
        if example.part != part or example.source == "accounts" or len(marks) == 2:
            continue
        mood = 2 if "+" in marks else 0 if "!" in marks else 1
        issue = mood == 1 and "I" in example.codes
        target = [ISSUE, 1 - ISSUE, 0.0] if issue else np.eye(3)[mood]
        found.append((clean(example.text), mood, target, 1.0 if marks or issue else UNMARKED))
    return found


def read_jsonl(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def premo(data):
    """Messages of people who review each other's work; half of a target is what each rater said."""
    found = []
    for row in read_jsonl(data / "premo_pr_sentiment" / "messages.jsonl"):
        mood = CLASSES.index(row["polarity"])
        votes = np.mean([np.eye(3)[CLASSES.index(vote)] for vote in row["votes"]], axis=0)
        found.append((row["text"], mood, (votes + np.eye(3)[mood]) / 2))
    return parted("premo", found)


def amazon(data):
    """Sentences of reviews; a target is how likely the mean of six raters falls into each class."""
    found = []
    for row in read_jsonl(data / "vader_groundtruth" / "amazon.jsonl"):
        valence, spread = row["valence"], max(row["sd"] / 6**0.5, 0.25)
        below, above = ndtr((-0.5 - valence) / spread), ndtr((valence - 0.5) / spread)
        mood = 0 if valence < -0.5 else 2 if valence > 0.5 else 1
        found.append((row["text"], mood, [below, 1 - below - above, above]))
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
    return csr_matrix((values, indices, starts), shape=(len(texts), 1 << BITS), dtype=np.float32)


def spoken(text):
    """The sentences of a message, with the weight of each: its share of the whole."""
    parts = [part[:1000] for part in corpora.split(text)] or [text[:1000]]
    lengths = np.array([max(len(part), 1) for part in parts], dtype=float)
    return parts, np.sqrt(lengths / lengths.sum())


def messages(rows):
    """Features of whole messages, of their sentences, and which sentences belong to which message."""
    parts, weights = zip(*(spoken(row[0]) for row in rows))
    starts = np.cumsum([0] + [len(part) for part in parts])
    sentences = matrix([text for part in parts for text in part])
    compose = csr_matrix((np.concatenate(weights), np.arange(starts[-1]), starts), shape=(len(rows), starts[-1]))
    return (compose @ sentences).tocsr().astype(np.float32), sentences, starts


def message_signs(likely, starts):
    """What a message's mood is read from, as in src/extract/sentiment/message.rs: how strongly its sentences together
    speak of bad and of good mood, and how many they are."""
    told = -np.log(1 - np.minimum(likely, 0.98))
    return np.array([
        [np.log(told[a:b, 0].sum()), np.log(told[a:b, 2].sum()), np.log(b - a)] for a, b in zip(starts, starts[1:])
    ])


def rows_of(matrix_, starts, chosen):
    """The sentences of the chosen messages, and where each message begins."""
    kept = np.concatenate([np.arange(starts[at], starts[at + 1]) for at in chosen])
    return matrix_[kept], np.cumsum([0] + [starts[at + 1] - starts[at] for at in chosen])


def part(rows, weight, each=None):
    """A source ready to be fitted: features, targets, weights."""
    targets = np.array([row[2] if len(row) > 2 else np.eye(3)[row[1]] for row in rows])
    return matrix([row[0] for row in rows]), targets, weight * (np.ones(len(rows)) if each is None else np.array(each))


def joined(parts):
    return vstack([one[0] for one in parts]).tocsr(), np.vstack([one[1] for one in parts]), np.concatenate([one[2] for one in parts])


def formula(signs, moods):
    """The formula of a message's mood: a row of weights and an offset for each class, neutral being zero."""
    model = LogisticRegression(C=1.0, class_weight=CLASS_WEIGHTS, max_iter=500).fit(signs, moods)
    rows = np.hstack([model.coef_, model.intercept_[:, None]])
    return np.round(rows - rows[1], 4)


def train(work, messages_, general):
    """The sentence model and the formula."""
    whole, sentences, starts, moods, targets = messages_
    def with_messages(chosen):
        own = (whole[chosen], targets[chosen], np.full(len(chosen), WORK["message"]))
        return fit(*joined([*work, own]), STRENGTH["work"], general)
    fold = np.arange(len(moods)) % FOLDS
    signs = np.zeros((len(moods), 3))
    for number in range(FOLDS):
        model, held = with_messages(np.where(fold != number)[0]), np.where(fold == number)[0]
        found, begins = rows_of(sentences, starts, held)
        signs[held] = message_signs(probabilities(model, found), begins)
    return with_messages(np.arange(len(moods))), formula(signs, moods)


def pack(path, model, message, sources):
    weights, biases = model[:-1].T.astype(np.float32), model[-1]
    scales = np.abs(weights).max(axis=1) / 127.0
    packed = np.round(weights / scales[:, None]).astype(np.int8)
    meta = json.dumps({"name": "sentiment", "classes": CLASSES, "message": message.tolist(), "trained_on": sources}).encode()
    with open(path, "wb") as out:
        out.write(struct.pack("<4sBBH", b"BLM1", BITS, len(CLASSES), len(meta)))
        out.write(scales.astype("<f4").tobytes())
        out.write(biases.astype("<f4").tobytes())
        out.write(meta)
        # One column after the other: the classes of a feature stand together.
        out.write(packed.T.copy(order="C").tobytes())


def report(name, expected, guess):
    each = f1_score(expected, guess, average=None).round(3).tolist()
    print(f"{name}: macro-F1 {f1_score(expected, guess, average='macro'):.3f} on {len(expected)}, by class {each}", flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--dry", action="store_true")
    options = arguments.parse_args()
    data = options.data
    mails, mails_test = premo(data)
    reviews, reviews_test = amazon(data)
    ours = labelled(data, "train")
    review = part(reviews, 1.0)
    scaled = lambda weight: (review[0], review[1], review[2] * weight)
    general = fit(*joined([part(goemotions(data), GENERAL["forum"]), scaled(GENERAL["review"])]), STRENGTH["general"], None)
    work = [scaled(WORK["review"]), part(invented(), WORK["invented"]), part(ours, WORK["labelled"], [row[3] for row in ours])]
    moods, targets = np.array([row[1] for row in mails]), np.array([row[2] for row in mails])
    model, message = train(work, (*messages(mails), moods, targets), general)
    _, sentences, starts = messages(mails_test)
    signs = np.hstack([message_signs(probabilities(model, sentences), starts), np.ones((len(mails_test), 1))])
    report("premo", np.array([row[1] for row in mails_test]), (signs @ message.T).argmax(axis=1))
    for name, rows in {"amazon": reviews_test, "labelled": labelled(data, "test")}.items():
        report(name, np.array([row[1] for row in rows]), scores(model, matrix([row[0] for row in rows])).argmax(axis=1))
    if not options.dry:
        sources = {}
        for name in ("premo_pr_sentiment/messages.jsonl", "goemotions/comments.tsv", "vader_groundtruth/amazon.jsonl"):
            sources[name] = hashlib.sha256((data / name).read_bytes()).hexdigest()[:16]
        pack(ROOT / "sentiment.bin", model, message, sources)


if __name__ == "__main__":
    main()
