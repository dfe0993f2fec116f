"""Trains models/encoder: low-rank adapters and heads on a frozen MiniLM, and how they are weighed with the rest.

    python encoder.py --data ../shared/data --baton PATH --base DIR

First moods and names of general text are learned, then our own labels with a share of the former. A model that saw one
half of our labels reads the other half, which says how far the encoder is to be trusted beside the linear models, the
rules and the signs around a sentence. The seed is fixed; a machine with the same library gives the same
files. What belongs to the test part is never trained on.
"""

import argparse
import hashlib
import json
import math
import pathlib
import random
import time

import numpy as np
import torch
from safetensors.numpy import save_file
from sklearn.metrics import average_precision_score
from torch.nn import functional

import adapted
import fit
import reference
import sentiment
import tasks
import weighing

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "encoder"
REFERENCE = ROOT.parent / "tests" / "corpus" / "encoder" / "reference.jsonl"
BATCH, WINDOW, RATE, HEAD_RATE = 32, 24, 1e-3, 3e-3
# Rounds over general text, then over half of ours and over all of ours, which are about as many steps; how much general
# text is read again in a round over ours.
GENERAL, HALF, ALL = 1, 3, 2
AGAIN = {"forum": 1200, "review": 800, "names": 2000}
# Most that a sentence of a rare class counts against one without it; share of sentences whose side is kept from it.
RARE, HIDDEN = 4.0, 0.25
FORUM = 12000
SHARES = {"classes": 1.0, "mood": 0.5, "mentions": 0.5, "roles": 0.5}


def batches(items, seed):
    """Batches of about one length, in random order."""
    order = list(range(len(items)))
    random.Random(seed).shuffle(order)
    made = []
    for at in range(0, len(order), BATCH * WINDOW):
        window = sorted(order[at : at + BATCH * WINDOW], key=lambda one: len(items[one].ids))
        made += [[items[one] for one in window[start : start + BATCH]] for start in range(0, len(window), BATCH)]
    random.Random(seed + 1).shuffle(made)
    return made


def token_loss(logits, items, kind, names):
    """Cross entropy of the tokens' labels where they are known."""
    targets = torch.full(logits.shape[:2], -100, dtype=torch.long)
    for at, item in enumerate(items):
        spans = getattr(item, kind)
        if spans is not None:
            found = tasks.tagged(item.offsets, spans, names)
            targets[at, item.start : item.start + len(found)] = torch.tensor(found)
    if (targets >= 0).sum() == 0:
        return logits.sum() * 0
    return functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-100)


def rarity(items):
    """How much a sentence that holds a class counts."""
    found = np.array([item.classes[0] for item in items if item.classes is not None])
    share = found.mean(axis=0).clip(1e-4, 1)
    return torch.tensor(np.sqrt(0.1 / share).clip(1.0, RARE), dtype=torch.float32), share


def loss_of(encoder, items, rare):
    ids, types, own, mask = adapted.padded([item.ids for item in items], [item.start for item in items])
    with torch.autocast("cpu", torch.bfloat16):
        classes, mood, mentions, roles = (logits.float() for logits in encoder(ids, types, own, mask))
    nothing = np.zeros(classes.shape[1], np.float32)
    found, weights = (torch.from_numpy(np.stack(part)) for part in zip(*(item.classes or (nothing, nothing) for item in items)))
    shares, counts = zip(*(item.mood or (np.zeros(3, np.float32), 0.0) for item in items))
    moods = torch.from_numpy(np.stack(shares)) * torch.tensor(counts, dtype=torch.float32)[:, None]
    total = SHARES["classes"] * functional.binary_cross_entropy_with_logits(
        classes, found, weights, pos_weight=rare, reduction="sum") - SHARES["mood"] * (moods * functional.log_softmax(mood, -1)).sum()
    return total / len(items) + SHARES["mentions"] * token_loss(mentions, items, "mentions", adapted.MENTIONS) \
        + SHARES["roles"] * token_loss(roles, items, "roles", adapted.ROLES)


def train(encoder, rounds, seed, name, rare=None):
    """Learns the items of each round in turn."""
    made = [batch for number, items in enumerate(rounds) for batch in batches(items, seed + number)]
    heads = [value for part in (encoder.classes, encoder.mood, encoder.mentions, encoder.roles) for value in part.parameters()]
    groups = [{"params": list(encoder.layers.parameters()), "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    warm = max(1, len(made) // 16)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min(1.0, at / warm) * 0.5 * (1 + math.cos(math.pi * min(1.0, at / len(made)))))
    encoder.train()
    torch.manual_seed(seed)
    began, seen, mean = time.time(), 0, 0.0
    for at, items in enumerate(made):
        loss = loss_of(encoder, items, rare)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        seen, mean = seen + len(items), loss.item() if at == 0 else 0.98 * mean + 0.02 * loss.item()
        if at % 100 == 99 or at + 1 == len(made):
            print(f"{name}: {at + 1} of {len(made)}, loss {mean:.3f}, {seen / (time.time() - began):.0f} texts/s", flush=True)
    return encoder


@torch.no_grad()
def read(encoder, items):
    """Logits of classes and mood of every item."""
    encoder.eval()
    order = sorted(range(len(items)), key=lambda at: len(items[at].ids))
    classes, moods = np.zeros((len(items), len(tasks.CLASSES)), np.float32), np.zeros((len(items), 3), np.float32)
    for at in range(0, len(order), 64):
        batch = order[at : at + 64]
        with torch.autocast("cpu", torch.bfloat16):
            found = encoder(*adapted.padded([items[one].ids for one in batch], [items[one].start for one in batch]))
        classes[batch], moods[batch] = found[0].float().numpy(), found[1].float().numpy()
    return classes, moods


def sampled(items, count, seed):
    return random.Random(seed).sample(items, min(count, len(items)))


class General:
    """General text, cut into tokens once."""

    def __init__(self, data, tokens):
        cut = lambda items: tasks.with_tokens(items, tokens)
        self.forum = cut(tasks.moods(sampled(sentiment.goemotions(data), FORUM, fit.SEED), "forum"))
        self.review = cut(tasks.moods(sentiment.amazon(data)[0], "review"))
        self.invented = cut(tasks.moods(sentiment.invented(), "invented"))
        self.names = cut(tasks.names(data))
        self.messages, self.unseen = (cut(tasks.moods(rows, "message")) for rows in sentiment.premo(data))

    def first(self):
        return [self.forum + self.review + self.names] * GENERAL

    def again(self, number, messages, share):
        seed = fit.SEED + number
        return messages + self.invented + [
            item for name in AGAIN for item in sampled(getattr(self, name), int(AGAIN[name] * share), seed)]

    def rounds(self, own, messages, count, share):
        return [own + self.again(number, messages, share) for number in range(count)]


def learn(first, base, own, rounds, name):
    """A model that goes on from general text to our labels; at first it takes every class for as rare as it is."""
    encoder = adapted.Encoder(base, len(tasks.CLASSES))
    encoder.load_state_dict(first.state_dict())
    rare, shares = rarity(own)
    with torch.no_grad():
        encoder.classes.bias.copy_(torch.tensor(np.log(shares / (1 - shares))))
    return train(encoder, rounds, fit.SEED, name, rare)


def hide_sides(items, seed):
    """Keeps the side from some sentences: reading often cannot tell it."""
    for item in random.Random(seed).sample(items, int(len(items) * HIDDEN)):
        item.side = ""
    return items


def report(encoder, tests, items, general):
    """Scores of the raw network on text it never saw."""
    found, _ = read(encoder, items)
    for at, name in enumerate(tasks.CLASSES):
        target, weight = (np.array([item.classes[part][at] for item in items]) for part in (0, 1))
        clear = (weight > 0) & (weight != 0.5)
        for source in ("accounts", "real"):
            kept = clear & np.array([(e.source == "accounts") == (source == "accounts") and e.source != "written" for e in tests])
            if target[kept].sum() >= 8:
                precision, recall, f1 = fit.f1(found[kept, at] >= 0, target[kept] > 0)
                print(f"{name:26} {source:8} AP {average_precision_score(target[kept], found[kept, at]):.3f} P {precision:.3f} "
                      f"R {recall:.3f} F1 {f1:.3f} of {int(target[kept].sum())}", flush=True)
    _, mood = read(encoder, general.unseen)
    sentiment.report("premo, whole messages", np.array([int(item.mood[0].argmax()) for item in general.unseen]), mood.argmax(axis=1))


def halves(items):
    """Which half of every item; what belongs together stays together."""
    return fit.folds([item.group for item in items]) % 2


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--baton", required=True)
    arguments.add_argument("--base", type=pathlib.Path, required=True)
    options = arguments.parse_args()
    torch.manual_seed(fit.SEED)
    tokens = adapted.Tokens(options.base)
    general = General(options.data, tokens)
    examples, own, tests, unseen = tasks.labelled(options.data, options.baton)
    tasks.with_tokens(hide_sides(own, fit.SEED) + unseen, tokens)
    first = train(adapted.Encoder(options.base, len(tasks.CLASSES)), general.first(), fit.SEED, "general text")
    half, part = halves(own), np.arange(len(general.messages)) % 2
    seen, held = ([item for item, at in zip(own, half) if at == number] for number in (1, 0))
    messages, unread = ([item for item, at in zip(general.messages, part) if at == number] for number in (1, 0))
    model = learn(first, options.base, seen, general.rounds(seen, messages, HALF, 0.4), "half")
    weighed = weighing.weigh(weighing.Halved(examples, half == 0, options.baton), read(model, held)[0])
    formula = weighing.message(lambda items: read(model, items)[1], unread, tokens)
    encoder = learn(first, options.base, own, general.rounds(own, general.messages, ALL, 1.0), "all")
    report(encoder, tests, unseen, general)
    reference.write(encoder, tokens, REFERENCE)
    OUT.mkdir(exist_ok=True)
    made_by = {"base": hashlib.sha256((options.base / "model.safetensors").read_bytes()).hexdigest()[:16]}
    meta = {"classes": json.dumps(tasks.CLASSES), "made_by": json.dumps(made_by)}
    save_file(adapted.tensors(encoder), OUT / "adapters.safetensors", metadata=meta)
    for name, made in (("weighing.json", weighed), ("moods.json", formula)):
        (OUT / name).write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
