"""The labelled sentences of `models/data` with their text, and how they are parted into training and test.

A document belongs to the test part when FNV-1a 32 of its name is divisible by five; the part stands beside each label.
A code that ends in `?` is borderline: it trains with half its weight and is left out of every score.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import corpora
from features import fnv

DATA = Path(__file__).resolve().parent.parent / "data"
# What sort of source each set is.
KINDS = {"parakweet": "email", "emailcoref": "email", "ami": "call", "natcs": "call"}


@dataclass
class Example:
    """A labelled sentence; `interaction` and `span` say where to read it in its context."""

    group: str
    text: str
    before: str
    codes: dict
    part: str
    source: str
    interaction: dict = field(repr=False)
    span: tuple = ()


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


def single(group, text, before, field, part, source):
    """A sentence that stands alone, as the engine is given it."""
    alone = {"id": group, "kind": KINDS.get(source, "chat"), "text": text}
    return Example(group, text, before, codes(field), part, source, alone, (0, len(text)))


def accounts():
    """Sentences of the invented accounts, each in its interaction; the sentence before is by the same speaker."""
    for path in sorted((DATA / "accounts").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            starts = {turn["start"] for turn in row.get("turns", [])}
            before = ""
            for said in row["sentences"]:
                text = squeeze(row["text"][said["start"] : said["end"]])
                before = "" if said["start"] in starts else before
                span = (said["start"], said["end"])
                yield Example(path.stem, text, before, codes(said["codes"]), row["part"], "accounts", row, span)
                before = text


def examples(data):
    """Every labelled sentence that is used."""
    known = texts(data)
    found = list(accounts())
    for key, field, part in rows(DATA / "real.tsv"):
        if key in known and part != "out":
            group = ":".join(key.split(":")[:2])
            found.append(single(group, *known[key], field, part, key.split(":")[0]))
    for number, (before, text, field, part) in enumerate(rows(DATA / "written.tsv")):
        if part != "out":
            found.append(single(f"written:{number}", text, before, field, part, "written"))
    return found
