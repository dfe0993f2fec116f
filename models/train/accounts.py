"""Invented customer accounts, labelled sentence by sentence: from the form in which they are written to JSON Lines.

    python models/train/accounts.py FILE.txt...      writes models/data/accounts/<file>.jsonl

The written form is described in models/data/README.md. A line of the result is an interaction in the native form, which
`baton extract` reads as it is, with `part` (train or test) and `sentences`: `start`, `end` in code points, `codes`,
and of a promise `owner`, `to`, `due`.
"""

import json
import re
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data" / "accounts"
CODE = re.compile(r"(CN|[CRDOMPQBTIZXFWSY]|K\.(?:competitive|budget|timeline|churn|technical|relationship|adoption|legal)"
                  r"|E(?:\.(?:channel|time|style))?|[+!])(\?)?(?:\[([^\]]*)\])?(\?)?$")
FIELDS = {"own": "owner", "to": "to", "due": "due", "if": "condition"}


class Malformed(Exception):
    """A line that does not follow the form."""


def codes(field):
    """Codes and what is said of the promise among them."""
    found, said = [], {}
    if field in (".", "~"):
        return found, said
    for part in re.split(r",(?![^\[]*\])", field):
        match = CODE.match(part.strip())
        if not match:
            raise Malformed(f"unknown label {part!r}")
        code, open_, values, late = match.groups()
        found.append(code + ("?" if open_ or late else ""))
        for value in filter(None, (values or "").split(";")):
            name, _, what = value.partition("=")
            if name.strip() not in FIELDS or not what.strip():
                raise Malformed(f"unknown value {value!r}")
            if code in ("C", "CN") or "due" not in said and name.strip() == "due":
                said[FIELDS[name.strip()]] = what.strip()
    return found, said


def person(name, people, role):
    address, side = people.get(name, (None, None))
    return {key: value for key, value in
            (("role", role), ("name", name), ("address", address), ("side", side)) if value}


def participants(kind, who, people):
    heads, _, rest = who.partition(" > ")
    names = lambda text: [name.strip() for name in text.split(";") if name.strip()]
    if kind == "email":
        return [person(name, people, "from") for name in names(heads)] + [person(name, people, "to") for name in names(rest)]
    role = "author" if kind == "note" else "speaker"
    return [person(name, people, role) for name in names(heads + ";" + rest)]


def interaction(head, lines, account, number):
    kind, time, who, subject = [part.strip() for part in head.split(" | ", 3)]
    made = {"id": f"{account['slug']}:{number}", "account": account["slug"], "part": account["part"], "kind": kind,
            "sent_at": time, "subject": subject, "participants": participants(kind, who, account["people"])}
    text, sentences, turns, fresh = "", [], [], True
    for line in lines:
        if not line.strip():
            text, fresh = text.rstrip(" ") + ("\n\n" if text else ""), True
            continue
        label, tab, words = line.partition("\t")
        words = words.strip()
        if label == "~" and not words:
            continue
        if not tab or not words:
            raise Malformed(f"no tab in {line!r}")
        speaker, colon, said = words.partition(": ")
        spoken = kind in ("call", "chat", "ticket") and colon and speaker in account["people"]
        own_line = label == "~" or words.startswith(("- ", "* ")) or re.match(r"\d+[.)] ", words)
        if not fresh:
            text += "\n" if spoken or own_line else " "
        if spoken:
            turns.append({"start": len(text) + len(speaker) + 2, "speaker": speaker})
            text, words = text + speaker + ": ", said
        found, more = codes(label)
        sentences.append({"start": len(text), "end": len(text) + len(words), "codes": ",".join(found), **more})
        text, fresh = text + words, False
        if turns:
            turns[-1]["end"] = len(text)
    return {**made, "text": text.rstrip(), **({"turns": turns} if turns else {}), "sentences": sentences}


def read(path):
    """The interactions of one written account."""
    account = {"slug": path.stem, "part": "train", "people": {}}
    made, head, lines = [], None, []
    def close():
        if head:
            made.append(interaction(head, lines, account, len(made)))
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            close()
            head, lines = line[4:], []
        elif head:
            lines.append(line)
        elif line.startswith("person: "):
            name, address, side, *_ = [part.strip() for part in line[8:].split(" | ")]
            account["people"][name] = (address, side)
        elif line.startswith("part: "):
            account["part"] = line[6:].strip()
    close()
    return made


def main():
    DATA.mkdir(parents=True, exist_ok=True)
    failed = False
    for path in map(Path, sys.argv[1:]):
        try:
            made = read(path)
        except (Malformed, ValueError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            failed = True
            continue
        lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in made)
        (DATA / f"{path.stem}.jsonl").write_text(lines, encoding="utf-8")
    sys.exit(failed)


if __name__ == "__main__":
    main()
