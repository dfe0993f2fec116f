"""Draws the sentences to be labelled: `python sample.py --data ../shared/data --out FOLDER --parts 3`.

The same seed draws the same sentences. Meetings and chats are drawn richer in what may be an act, since most of their
lines are neither a promise nor a request; the share is written down here so that rates can be computed back.
"""

import argparse
import random
import re
from pathlib import Path

import corpora

WANTED = {"parakweet": 800, "emailcoref": 700, "premo": 800, "ami": 700, "irc": 600, "multidogo": 250, "natcs": 150}
LIKELY = re.compile(
    r"\b(i'?ll|we'?ll|will|going to|gonna|can you|could you|please|let me|need|want|should|decid|agree|problem|issue|"
    r"fail|cost|budget|deadline|risk|worr|concern|delay|wait|require|must|support|broken|error|prefer)\b", re.I)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--parts", type=int, default=3)
    options = arguments.parse_args()
    rng = random.Random(20260113)
    drawn = []
    for name, wanted in WANTED.items():
        rows = [row for row in corpora.sentences(options.data, name) if 12 <= len(row[1]) <= 300]
        likely = [row for row in rows if LIKELY.search(row[1])]
        other = [row for row in rows if not LIKELY.search(row[1])]
        share = 0.7 if name in ("ami", "irc", "premo") else 0.5
        first = rng.sample(likely, min(len(likely), int(wanted * share)))
        drawn += first + rng.sample(other, min(len(other), wanted - len(first)))
    rng.shuffle(drawn)
    Path(options.out).mkdir(parents=True, exist_ok=True)
    for part in range(options.parts):
        with open(Path(options.out) / f"part{part}.tsv", "w", encoding="utf-8") as out:
            for key, text, before in drawn[part::options.parts]:
                clean = [re.sub(r"\s+", " ", field) for field in (before[-160:], text)]
                out.write(f"{key}\t{clean[0]}\t{clean[1]}\n")


main()
