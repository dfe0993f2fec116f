"""Trains models/acts.bin: does a sentence promise, ask, decide?  `python acts.py --data ../shared/data --baton PATH`

One regression for each act over hashed n-grams. How it is weighed together with the grammar is measured on sentences
that its fold never saw, with what the program at PATH says by grammar alone.
"""

import argparse
import json
import pathlib

import corpora
import fusion
import labels

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASSES = {"commitment": "C", "request": "R", "decision": "D"}
# Codes that leave open whether a class holds.
OPEN = {"commitment": {"Y", "CN"}}
# An asked reader is marked there as well where the ask is soft, so these labels count for less.
PARAKWEET_WEIGHT = 0.3


def parakweet(data, known):
    """Requests of the whole set, without our own labels and without the test part."""
    found = []
    path = data / corpora.FILES["parakweet"]
    tested = {example.text.lower() for example in known if example.part == "test"}
    keys = {example.key for example in known}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row, key = json.loads(line), f"parakweet:{number}"
            text = labels.squeeze(row["text"])
            if key not in keys and not labels.is_test(key) and text.lower() not in tested:
                found.append((text, row["label"] == "Yes"))
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--baton", required=True)
    options = arguments.parse_args()
    known = labels.examples(options.data)
    train = [example for example in known if example.part == "train"]
    more = {"request": (parakweet(options.data, known), PARAKWEET_WEIGHT)}
    recipe = fusion.Recipe("acts", CLASSES, OPEN, more, strength=4.0, apart={"request"}, precision=0.7)
    fusion.train(recipe, train, options.baton, ROOT / "acts.bin")


if __name__ == "__main__":
    main()
