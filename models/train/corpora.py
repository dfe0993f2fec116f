"""Sentences of the openly licensed sets by a stable key, so that labels can be kept without the text.

A key is `<set>:<line>` or `<set>:<line>:<sentence>`: the line of the set's file and the sentence in it, counted from 0.
Sentences are cut by `split`, which is deliberately simple: it must never change, or keys lose their meaning.
"""

import json
import re
from pathlib import Path

FILES = {
    "parakweet": "email_intent_parakweet/sentences.jsonl",
    "emailcoref": "emailcoref/threads.jsonl",
    "premo": "premo_pr_sentiment/messages.jsonl",
    "ami": "ami/utterances.jsonl",
    "irc": "irc_disentanglement/messages.jsonl",
    "multidogo": "multidogo/customer_sentences.jsonl",
    "natcs": "natcs_intents/utterances.jsonl",
}
END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(@`])|\s*\n\s*")


def split(text):
    """Cuts a message at ends of sentences and lines; quoted lines and code are left out."""
    kept = [line for line in text.replace("\r", "").split("\n") if not line.startswith((">", "    ", "```"))]
    return [part.strip() for part in END.split("\n".join(kept)) if part.strip()]


def detokenize(tokens):
    """Words of a tokenised mail as running text."""
    text = " ".join(tokens)
    text = re.sub(r"\s+([.,!?;:%)\]])", r"\1", text)
    text = re.sub(r"([(\[$])\s+", r"\1", text)
    return re.sub(r"\s+('s|'ll|'re|'ve|'d|'m|n't)\b", r"\1", text)


def documents(data, name):
    """The source document of every line of a set: a thread, a meeting, a conversation; else the line itself."""
    field = {"ami": "m", "irc": "file", "multidogo": "conv"}.get(name)
    with (Path(data) / FILES[name]).open(encoding="utf-8") as lines:
        return [f"{name}:{json.loads(line)[field] if field else number}" for number, line in enumerate(lines)]


def sentences(data, name):
    """Yields (key, sentence, sentence before) of one set."""
    path = Path(data) / FILES[name]
    before = ""
    for line_number, line in enumerate(path.open(encoding="utf-8")):
        row = json.loads(line)
        if name == "emailcoref":
            parts = split(re.sub(r"(?<=[.!?]) (?=[A-Z])", "\n", detokenize(row["tokens"])))
        elif name == "premo":
            parts = split(row["text"])
        elif name == "irc":
            said = re.search(r"\[[\d:]+\] <[^>]+> (.+)", row["x"])
            # The Ubuntu help channel has no vendor and no customer.
            parts = [said.group(1)] if said and row["ch"] != "ubuntu" else []
        else:
            parts = [row.get("text") or row.get("x") or ""]
        single = len(parts) == 1 and name not in ("premo", "emailcoref")
        if not single:
            before = ""
        for number, part in enumerate(parts):
            key = f"{name}:{line_number}" if single else f"{name}:{line_number}:{number}"
            yield key, part, before
            before = part
