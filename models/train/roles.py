#!/usr/bin/env python3
"""Fits the model of buying roles: what people write about, do and are called, against labelled accounts.

    baton eval --set roles --mistakes 2> roles.txt
    python3 models/train/roles.py roles.txt > src/resolve/people/weights.rs

The lines `features` of the part `dev` train; nothing else is read. The figures on standard error are of accounts left
out one by one, what is said of a person included. Needs numpy."""

import sys

import numpy as np

ROLES = ["champion", "decision_maker", "economic_buyer", "influencer", "blocker", "end_user", "technical_evaluator"]
NAMES = ROLES + ["none"]
MAIN = 0.65  # share of the main role in a label that allows others
L2 = 0.02


def read(path):
    people = []
    for line in open(path, encoding="utf-8"):
        if not line.startswith("features\tdev\t"):
            continue
        _, _, account, name, role, also, values = line.rstrip("\n").split("\t")
        values = np.array([float(value) for value in values.split()])
        target = np.zeros(len(NAMES))
        others = [other for other in also.split(",") if other in NAMES]
        target[NAMES.index(role)] = MAIN if others else 1.0
        for other in others:
            target[NAMES.index(other)] += (1 - MAIN) / len(others)
        people.append((account, name, role, others, values[:-7], values[-7:], target))
    return people


def fit(people, steps=1500, rate=0.5):
    x = np.array([person[4] for person in people])
    y = np.array([person[6] for person in people])
    scale = x.std(axis=0) + 1e-3
    scale = np.where(scale < 0.05, 1.0, scale)
    z = x / scale
    weights, bias = np.zeros((len(NAMES), x.shape[1])), np.zeros(len(NAMES))
    for _ in range(steps):
        score = z @ weights.T + bias
        score -= score.max(axis=1, keepdims=True)
        p = np.exp(score)
        p /= p.sum(axis=1, keepdims=True)
        g = (p - y) / len(y)
        weights -= rate * (g.T @ z + L2 * weights)
        bias -= rate * g.sum(axis=0)
    return weights / scale, bias


def guess(weights, bias, person):
    score = weights @ person[4] + bias
    p = np.exp(score - score.max())
    p /= p.sum()
    return p, 1 - (1 - person[5]) * (1 - p[:7])


def measure(guesses, least):
    right = wrong = missed = 0
    for person, sure in guesses:
        best = int(sure.argmax())
        found = ROLES[best] if sure[best] >= least else None
        ok = found is not None and (found == person[2] or found in person[3])
        right += ok
        wrong += found is not None and not ok
        missed += person[2] != "none" and not ok
    return 2 * right / max(2 * right + wrong + missed, 1), right / max(right + wrong, 1), right, wrong, missed


def main():
    people = read(sys.argv[1])
    guesses = []
    for account in sorted({person[0] for person in people}):
        weights, bias = fit([person for person in people if person[0] != account])
        guesses += [(person, guess(weights, bias, person)[1]) for person in people if person[0] == account]
    for least in [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]:
        f1, precision, right, wrong, missed = measure(guesses, least)
        counts = f"right {right} wrong {wrong} missed {missed}"
        print(f"least {least:.2f}: F1 {f1:.3f} precision {precision:.3f} {counts}", file=sys.stderr)
    weights, bias = fit(people)
    row = lambda values: "[" + ", ".join(f"{value:.3f}" for value in values) + "]"
    print("//! Weights of the model of parts, written by `models/train/roles.py`: a row a part in the order of the contract, none")
    print("//! last.")
    print('#![allow(clippy::approx_constant, reason = "fitted figures")]')
    print("\nuse super::roles::FEATURES;\n\n/// What each part starts with.")
    print(f"pub(super) const BIAS: [f32; 8] = {row(bias)};")
    print("\n/// What each feature adds to each part.\n#[rustfmt::skip]\npub(super) const WEIGHTS: [[f32; FEATURES]; 8] = [")
    for weight in weights:
        print(f"    {row(weight)},")
    print("];")


if __name__ == "__main__":
    main()
