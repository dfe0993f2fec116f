"""Brings finished label files into `models/data`: `python gather.py --data ../shared/data --labels FOLDER`.

FOLDER holds `a*.tsv` (key, labels), `b*.tsv` (key, labels; the blind second reading) and `w*.tsv` (context, sentence,
labels); what is there already stays. A sentence of six words or more that stands in both parts is left out of training.
A sentence that the Parakweet set marks as asking and our reader did not is a borderline request.
"""

import argparse
import json
from pathlib import Path

import corpora
from labels import DATA, codes, is_test, rows, squeeze, texts


def key_words(text):
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return " ".join(words) if len(words) >= 6 else None


def parted(items):
    """Part of every (document, text): test, train, or out for what repeats a test sentence."""
    parts = ["test" if is_test(document) else "train" for document, _ in items]
    tested = {key_words(text) for (_, text), part in zip(items, parts) if part == "test"} - {None}
    return ["out" if part == "train" and key_words(text) in tested else part for (_, text), part in zip(items, parts)]


def write(path, head, lines):
    path.write_text(f"# {head}\n" + "".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")


def asked(data):
    """Keys of the sentences that the Parakweet set marks as asking."""
    with (Path(data) / corpora.FILES["parakweet"]).open(encoding="utf-8") as lines:
        return {f"parakweet:{number}" for number, line in enumerate(lines) if json.loads(line)["label"] == "Yes"}


def with_asks(row, asks):
    key, field = row
    if key not in asks or "R" in codes(field):
        return row
    return [key, "R?" if field == "-" else f"{field},R?"]


def gathered(name, width, folder, pattern):
    """Rows that are there already, without their part, and new ones."""
    new = [row for path in sorted(folder.glob(pattern)) for row in rows(path)]
    return [row[:width] for row in [*rows(DATA / name), *new] if len(row) >= width]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--labels", type=Path, required=True)
    options = arguments.parse_args()
    known = texts(options.data)
    documents = {name: corpora.documents(options.data, name) for name in corpora.FILES}
    asks = asked(options.data)
    real = [with_asks(row, asks) for row in gathered("real.tsv", 2, options.labels, "a*.tsv")]
    second = gathered("second.tsv", 2, options.labels, "b*.tsv")
    written = gathered("written.tsv", 3, options.labels, "w*.tsv")
    unique = list({row[0]: row for row in real if row[0] in known}.values())
    items = [(documents[key.split(":")[0]][int(key.split(":")[1])], known[key][0]) for key, _ in unique]
    own = [(squeeze(context) or squeeze(text), squeeze(text)) for context, text, _ in written]
    parts = parted(items + own)
    write(DATA / "real.tsv", "key, labels, part", [[*row, part] for row, part in zip(unique, parts)])
    write(DATA / "second.tsv", "key, labels of the second reading", [row for row in second if row[0] in known])
    lines = [[*map(squeeze, row), part] for row, part in zip(written, parts[len(unique):])]
    write(DATA / "written.tsv", "sentence before, sentence, labels, part", lines)
    for name in ("train", "test", "out"):
        print(name, parts[:len(unique)].count(name), "real,", parts[len(unique):].count(name), "written")


if __name__ == "__main__":
    main()
