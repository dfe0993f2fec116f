"""Writes what the network tells of a few invented sentences, so that the program can be held against it."""

import json

import numpy as np
import torch

import adapted

SENTENCES = [
    ("", "", "I'll send you the signed contract by Friday."),
    ("customer", "We met the auditors on Tuesday.", "If the export is not fixed before the audit, we will have to look at other vendors."),
    ("vendor", "", "Could you tell me who signs off on the budget?"),
    ("customer", "Übrigens – the naïve café plan fell through 😀", "Every site must be able to log in with our own identity provider."),
    ("", "Thanks!", "Thank you so much, this works perfectly now."),
    ("customer", "", "ok"),
    ("", "", " ".join(["The list of open points goes on and on"] * 20) + "."),
]


@torch.no_grad()
def write(encoder, tokens, path):
    encoder.eval()
    lines = []
    for side, before, text in SENTENCES:
        ids, start, _ = tokens.pair(side, before, text)
        classes, mood, _, _ = encoder(*adapted.padded([ids], [start]))
        numbers = lambda values: np.round(values[0].numpy().astype(float), 4).tolist()
        lines.append({"side": side or None, "before": before, "text": text, "classes": numbers(classes), "mood": numbers(mood.softmax(-1))})
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
