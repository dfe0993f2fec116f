"""The labelled sentences of `models/data` with their text, and how they are parted into training and test.

A document belongs to the test part when FNV-1a 32 of its name is divisible by five; `gather.py` writes the part beside
each label. A code that ends in `?` is borderline: it trains with half its weight and is left out of every score.
"""

import re
from collections import namedtuple
from pathlib import Path

import corpora
from features import fnv

DATA = Path(__file__).resolve().parent.parent / "data"
Example = namedtuple("Example", "key text before codes part")


def is_test(document):
    return fnv(document.encode()) % 5 == 0


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def codes(field):
    """Codes of a label with their certainty: 1, or 0.5 when borderline."""
    found = {}
    for code in field.split(","):
        code = code.strip()
        if code and code != "-":
            found[code.rstrip("?")] = 0.5 if code.endswith("?") else 1.0
    return found


def rows(path):
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def texts(data, names=corpora.FILES):
    """Text and sentence before of every key."""
    found = {}
    for name in names:
        for key, text, before in corpora.sentences(data, name):
            found[key] = (squeeze(text), squeeze(before))
    return found


def examples(data):
    """Every labelled sentence that is used."""
    known = texts(data)
    found = []
    for key, field, part in rows(DATA / "real.tsv"):
        if key in known and part != "out":
            found.append(Example(key, *known[key], codes(field), part))
    for number, (before, text, field, part) in enumerate(rows(DATA / "written.tsv")):
        if part != "out":
            found.append(Example(f"written:{number}", text, before, codes(field), part))
    return found
