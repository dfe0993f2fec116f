"""What the encoder learns from: our own labels, moods of messages, names, and where the parts of an act stand. The
parts come from the grammar, where it agrees with a label; the network then finds them where no rule fits."""

import json
import re
from dataclasses import dataclass, field

import numpy as np

import fit
import labels
import sentences
import sentiment

CLASSES = [*sentences.ACTS, *sentences.TOPICS]
CODES = {**sentences.ACTS, **sentences.TOPICS}
# Weights of moods by source; a sentence of ours without a mark says little.
MOOD = {"message": 3.0, "review": 0.7, "forum": 0.35, "invented": 2.0, "labelled": 0.5}
PERSONS, ORGANIZATIONS = {"PER", "person"}, {"ORG", "corporation"}


@dataclass
class Item:
    """A text and what is known of it; what is not known is None."""

    text: str
    before: str = ""
    # Which side speaks: customer, vendor or unknown.
    side: str = ""
    group: str = ""
    # Target and weight of each class.
    classes: tuple | None = None
    # Target and weight.
    mood: tuple | None = None
    # Labelled places of the text, in code points: start, end, label.
    mentions: list | None = None
    roles: list | None = None
    weight: float = 1.0
    ids: list = field(default_factory=list)
    start: int = 0
    offsets: list = field(default_factory=list)


def target(example):
    """Whether each class holds, and how much that counts."""
    found, weights = np.zeros(len(CLASSES), np.float32), np.ones(len(CLASSES), np.float32)
    for at, (name, code) in enumerate(CODES.items()):
        sure = sentences.holds(example, code)
        found[at] = sure > 0
        weights[at] = 0.5 if sure == 0.5 else 1.0
        if sure == 0 and sentences.OPEN.get(name, set()) & set(example.codes):
            weights[at] = 0.0
    return found, weights * sentences.SOURCE_WEIGHTS.get(example.source, 1.0)


def mood_of(example):
    """The mood of a sentence of ours, as the linear model is taught it."""
    marks = {"+", "!"} & set(example.codes)
    if example.source == "accounts" or len(marks) == 2:
        return None
    mood = 2 if "+" in marks else 0 if "!" in marks else 1
    issue = mood == 1 and "I" in example.codes
    share = [sentiment.ISSUE, 1 - sentiment.ISSUE, 0.0] if issue else np.eye(3)[mood]
    return np.array(share, np.float32), MOOD["labelled"] * (1.0 if marks or issue else sentiment.UNMARKED)


def places(example, told):
    """Where the parts of the labelled acts stand, in code points of the squeezed text; None where no rule found them."""
    start, end = example.span
    raw = example.interaction["text"][start:end]
    # Squeezing moves what comes after a run of white space.
    moved = lambda at: len(re.sub(r"\s+", " ", raw[:max(0, at - start)]).lstrip())
    found = []
    for part in told:
        if not (part["start"] < end and start < part["end"]):
            continue
        for act in part["acts"]:
            if sentences.ACTS[act["act"]] in example.codes:
                for role in ("owner", "action", "due"):
                    if act[role]:
                        found.append((moved(act[role]["start"]), moved(act[role]["end"]), role))
    return found or (None if set(sentences.ACTS.values()) & set(example.codes) else [])


def side_of(example, told):
    """The side that speaks, as far as the engine can tell."""
    start, end = example.span
    signs = {sign for part in told if part["start"] < end and start < part["end"] for sign in part["signs"]}
    return "customer" if "customer" in signs else "vendor" if "vendor" in signs else ""


def names_of(account):
    """Every form of the names of an account's people, longest first."""
    path = labels.DATA / "people" / f"{account}.json"
    if not path.exists():
        return []
    told = json.loads(path.read_text(encoding="utf-8"))
    forms = set()
    for person in told["people"] if told["part"] == "dev" else []:
        for name in [person.get("name"), *person.get("aliases", [])]:
            if name and name[0].isupper() and "@" not in name:
                forms |= {name, *[part for part in name.split() if len(part) > 2 and part[0].isupper()]}
    return sorted(forms, key=len, reverse=True)


def named(text, forms):
    found, taken = [], set()
    for form in forms:
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            span = range(match.start(), match.end())
            if not taken & set(span):
                taken |= set(span)
                found.append((match.start(), match.end(), "person"))
    return sorted(found)


def labelled(data, baton):
    """Our own labels: examples and items for training, examples and items for the test."""
    every = labels.examples(data)
    unique = {id(example.interaction): example.interaction for example in every}
    told = dict(zip(unique, fit.grammar(baton, unique.values())))
    train, test = ([example for example in every if example.part == part] for part in ("train", "test"))
    forms = {}
    items = []
    for example in train:
        known = None
        if example.source == "accounts":
            forms.setdefault(example.group, names_of(example.group))
            known = named(example.text, forms[example.group]) if forms[example.group] else None
        items.append(Item(
            text=example.text, before=example.before, side=side_of(example, told[id(example.interaction)]), group=example.group, classes=target(example), mood=mood_of(example),
            mentions=known, roles=places(example, told[id(example.interaction)])))
    unseen = [Item(text=e.text, before=e.before, side=side_of(e, told[id(e.interaction)]), classes=target(e)) for e in test]
    return train, items, test, unseen


def moods(rows, source):
    eye = np.eye(3, dtype=np.float32)
    return [Item(text=sentiment.clean(row[0]), mood=(np.array(row[2] if len(row) > 2 else eye[row[1]], np.float32), MOOD[source]))
            for row in rows]


def names(data):
    """Sentences with marked names, apart from those of the test part."""
    found = []
    for name in ("wnut17", "btc", "wikigold"):
        for number, row in enumerate(sentiment.read_jsonl(data / "ner" / f"{name}.jsonl")):
            if not labels.is_test(f"ner:{name}:{number}"):
                found.append(marked(row["tokens"], row["ents"]))
    for number, row in enumerate(sentiment.read_jsonl(data / "emailcoref" / "threads.jsonl")):
        if not labels.is_test(f"emailcoref:{number}"):
            found.extend(mail(row))
    return found


def marked(tokens, entities):
    text, starts = "", []
    for token in tokens:
        glued = token in {",", ".", ";", ":", "?", "!", ")", "'s", "n't", "'ll", "'re", "'ve", "'m", "'d", "%"}
        text += "" if not text or glued else " "
        starts.append(len(text))
        text += token
    kind = lambda label: "person" if label in PERSONS else "organization" if label in ORGANIZATIONS else None
    spans = [(starts[a], starts[b - 1] + len(tokens[b - 1]), kind(label)) for a, b, label in entities]
    return Item(text=text, mentions=[span for span in spans if span[2]])


def mail(row):
    """The lines of a thread; pronouns are marked in the set and are no names."""
    kept = [m for m in row["mentions"] if m[2] in ("P", "O") and all(t[:1].isupper() for t in row["tokens"][m[0] : m[1]])
            and row["tokens"][m[0]] not in {"I", "You", "We", "He", "She", "They", "My", "Your", "Our", "His", "Her", "Their", "All", "Who", "It"}]
    longest = {}
    for start, end, kind, *_ in kept:
        longest[start] = max(longest.get(start, (0, "")), (end, kind))
    bounds = [at for at in range(len(row["tokens"])) if at == 0 or row["line"][at] != row["line"][at - 1]] + [len(row["tokens"])]
    for begin, stop in zip(bounds, bounds[1:]):
        for at in range(begin, stop, 60):
            end = min(at + 60, stop)
            inside = [(s - at, e - at, "PER" if kind == "P" else "ORG") for s, (e, kind) in longest.items() if at <= s and e <= end]
            yield marked(row["tokens"][at:end], inside)


def with_tokens(items, tokens):
    """Cuts the texts into tokens."""
    for item in items:
        item.ids, item.start, item.offsets = tokens.pair(item.side, item.before, item.text)
    return items


def tagged(offsets, spans, names_):
    """The label of each token, by place in `names_`."""
    found = np.zeros(len(offsets), np.int64)
    # A deadline within an action is a deadline; the shorter span wins.
    for start, end, label in sorted(spans, key=lambda span: span[0] - span[1]):
        first = True
        for at, (a, b) in enumerate(offsets):
            if start <= a and b <= end and a < b:
                found[at] = names_.index(("B-" if first else "I-") + label)
                first = False
    return found
