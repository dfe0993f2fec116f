"""Makes models/word_classes.tsv: words of like meaning in one class, coarse, middling and fine.

    python word_classes.py --data ../shared/data

The words of the sets and of our labels and those of the encoder's vocabulary are each embedded alone and clustered with
k-means, as word classes are used since Brown et al. 1992 and Turian et al. 2010: what a model learns of one word it
knows of its neighbours. Needs requirements-encoder.txt; the file is kept in the repository, so training does not.
"""

import argparse
import json
import pathlib
import re
from collections import Counter

import numpy as np
from sklearn.cluster import MiniBatchKMeans

from labels import DATA, rows
from minilm import Encoder

OUT = pathlib.Path(__file__).resolve().parent.parent / "word_classes.tsv"
LEVELS = (100, 500, 2000)
SEED = 20260113
FEWEST = 3
WORD = re.compile(r"[a-z][a-z']+")
SETS = {
    "email_intent_parakweet/sentences.jsonl": "text", "premo_pr_sentiment/messages.jsonl": "text",
    "ami/utterances.jsonl": "x", "multidogo/customer_sentences.jsonl": "x", "natcs_intents/utterances.jsonl": "x",
    "irc_disentanglement/messages.jsonl": "x", "vader_groundtruth/amazon.jsonl": "text",
    "vader_groundtruth/nyt.jsonl": "text",
}


def texts(data):
    for name, field in SETS.items():
        path = data / name
        if path.exists():
            for line in path.open(encoding="utf-8"):
                row = json.loads(line)
                yield row.get(field) or row.get("text") or ""
    yield from (row[1] for row in rows(DATA / "written.tsv"))
    for path in sorted((DATA / "accounts").glob("*.jsonl")):
        yield from (json.loads(line)["text"] for line in path.open(encoding="utf-8"))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    options = arguments.parse_args()
    seen = Counter()
    for text in texts(options.data):
        seen.update(WORD.findall(text.lower()))
    encoder = Encoder()
    words = sorted({word for word, count in seen.items() if count >= FEWEST} | {w.lower() for w in encoder.words()})
    vectors = encoder.vectors(words)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    classes = [MiniBatchKMeans(level, random_state=SEED, n_init=2, batch_size=4096).fit_predict(vectors) for level in LEVELS]
    with OUT.open("w", encoding="utf-8") as out:
        out.write("# word and its classes of three sizes, by models/train/word_classes.py\n")
        for word, *row in zip(words, *classes):
            out.write("\t".join([word, *map(str, row)]) + "\n")
    print(f"{len(words)} words in {LEVELS} classes")


if __name__ == "__main__":
    main()
