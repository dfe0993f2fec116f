"""Makes the interactions of invented accounts (`models/data/people/NAME.jsonl`) and the truth about their people
(`NAME.json`) from the form in which they are written: `people.py WRITTEN_FOLDER PART OUT_FOLDER`.

A written file starts with `account: NAME | DOMAIN` and `vendor: NAME | DOMAIN`; each block begins with
`=== KIND | TIME | key: value ...`, then header lines (`from:`, `to:`, `cc:`, `speakers:`, of a CRM row its fields),
an empty line and the text. A person is `Name <address> {chat id}`, each part may be missing.
"""

import json
import re
import sys
from pathlib import Path

HEADERS = {"from": "from", "to": "to", "cc": "cc", "bcc": "bcc", "speakers": "speaker"}
CRM_LABELS = {"name": "Name", "email": "Email", "title": "Job Title", "company": "Associated Company",
              "buying_role": "Buying Role", "owner": "Contact owner", "phone": "Phone Number"}


def people(line, separator):
    """The people of a header line, commas inside quotes kept."""
    parts, depth, current = [], False, ""
    for c in line:
        if c == '"':
            depth = not depth
        if c == separator and not depth:
            parts.append(current)
            current = ""
        else:
            current += c
    parts.append(current)
    return [person(part.strip()) for part in parts if part.strip()]


def person(text):
    identity = re.search(r"\{([^}]*)\}", text)
    address = re.search(r"<([^>]*)>", text)
    name = re.sub(r"\{[^}]*\}|<[^>]*>", "", text).strip().strip('"').strip()
    found = {"name": name or None, "address": address and address.group(1).lower(), "id": identity and identity.group(1)}
    if name and "@" in name and " " not in name:
        found.update(name=None, address=name.lower())
    return {key: value for key, value in found.items() if value}


def block(slug, number, head, body):
    fields = [part.strip() for part in head.split(" | ")]
    kind, at, extra = fields[0], fields[1], dict(part.split(": ", 1) for part in fields[2:] if ": " in part)
    lines = body.split("\n")
    made = {"id": f"{slug}:{number}", "account": slug, "kind": kind, "sent_at": at, "participants": []}
    if kind == "crm":
        return crm(made, extra, lines)
    at = 0
    while at < len(lines) and (found := re.match(r"(\w+): ?(.*)$", lines[at])) and found.group(1) in HEADERS:
        role = HEADERS[found.group(1)]
        if kind in ("chat", "note", "ticket") and role == "from":
            role = {"chat": "speaker", "note": "author", "ticket": "author"}[kind]
        separator = ";" if role == "speaker" and kind == "call" else ","
        made["participants"] += [{"role": role, **who} for who in people(found.group(2), separator)]
        at += 1
    made["text"] = "\n".join(lines[at:]).strip("\n")
    made["thread"] = extra.get("thread") and f"{slug}:{extra['thread']}"
    made["subject"] = extra.get("subject")
    return made


def crm(made, extra, lines):
    system, number = extra["contact"].split(":")
    fields = dict(line.split(": ", 1) for line in lines if ": " in line)
    text = [f"Record ID: {number}"] + [f"{CRM_LABELS.get(key, key)}: {value}" for key, value in fields.items()]
    attributes = {"crm.system": system, "crm.object": "contact", "crm.id": number, **fields}
    subject = {"role": "subject", "name": fields.get("name"), "address": fields.get("email"), "side": "customer"}
    made.update(text="\n".join(text), attributes=attributes, subject=fields.get("name"),
                participants=[{key: value for key, value in subject.items() if value}])
    if owner := fields.get("owner"):
        made["participants"].append({"role": "owner", "side": "vendor", **person(owner)})
    return made


def main(written, part, out):
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(written.glob("*.txt")):
        slug = path.stem.replace("_", "-")
        head, *blocks = re.split(r"^=== ", path.read_text(), flags=re.M)
        domains = dict(re.findall(r"^(account|vendor): .*\| *(\S+) *$", head, flags=re.M))
        rows = [block(slug, number, *text.split("\n", 1)) for number, text in enumerate(blocks)]
        truth = json.loads(path.with_suffix(".truth.json").read_text())
        for who in truth["people"]:
            if who.get("side") not in ("customer", "vendor"):
                who["side"] = None
            for said in who.get("role_evidence", []):
                said["interaction"] = f"{slug}:{said.pop('block')}"
        truth = {"part": part, "vendor_domains": [domains["vendor"]], "customer_domains": [domains["account"]], **truth}
        with open(out / f"{slug}.jsonl", "w") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (out / f"{slug}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
