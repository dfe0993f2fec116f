"""Trains the classes of a model and measures how each is weighed together with the grammar.

Every figure comes from sentences whose fold the weights never saw. For a class the file gets: the weights of the
grammar's and the model's log-odds and an offset where a rule fired; slope and offset of the model where none did; the
probability from which the model alone makes a finding.
"""

from collections import namedtuple

import numpy as np
from scipy.sparse import vstack
from sklearn.linear_model import LogisticRegression

import fit

# `apart`: classes that may make a finding where no rule fired, at no less than `precision`.
Recipe = namedtuple("Recipe", "name classes open more strength apart precision")
NEVER = 2.0
# Fewer findings than this say nothing of how they are to be weighed.
FEWEST = 20
# A finding of a rule that is less likely than this is never worth a line, one that is likelier always.
FLOORS = np.arange(0.30, 0.501, 0.02)


def holds(example, code):
    """Certainty of a code, 0 when it does not hold; a category's kind holds with it."""
    return max((sure for name, sure in example.codes.items() if name == code or name.startswith(code + ".")), default=0)


def groups(train):
    """Sentences of one document or one piece of the written part stay in one fold."""
    return [":".join(example.key.split(":")[:2]) for example in train]


def weighted(rule, score, labels, weights):
    """Weights of grammar, model and offset where a rule fired."""
    if len(labels) < FEWEST or min(labels.sum(), (~labels).sum()) < 4:
        return [1.0, 0.3, 0.0]
    model = LogisticRegression(C=0.5).fit(np.column_stack([rule, score]), labels, sample_weight=weights)
    by_rule, by_model = np.maximum(model.coef_[0], 0.0)
    return [float(by_rule), float(by_model), float(model.intercept_[0])]


def best_floor(joint, labels):
    """The floor of what a rule found with the best F1; of equals the highest."""
    return float(max(FLOORS, key=lambda floor: (round(fit.f1(joint >= floor, labels)[2], 3), floor)))


def threshold(found, labels, least):
    """The lowest probability from which at least `least` of what is found is right."""
    best = NEVER
    order = np.argsort(-found)
    right = np.cumsum(labels[order])
    for count in range(8, len(order) + 1):
        if found[order[count - 1]] < 0.5:
            break
        if right[count - 1] / count >= least:
            best = float(found[order[count - 1]])
    return best


def train(recipe, examples, baton, path):
    texts = [example.text for example in examples]
    rows, fold = fit.matrix(texts), fit.folds(groups(examples))
    told = fit.grammar(baton, texts)
    models, calibration, fusions = [], [], []
    for name, code in recipe.classes.items():
        sure = np.array([holds(example, code) for example in examples])
        labels = sure > 0
        weights = np.where(sure == 0.5, 0.5, 1.0)
        extra, weight = recipe.more.get(name, ([], 0.0))
        models.append(regression(rows, labels, weights, extra, weight, recipe.strength))
        if "." in name:
            calibration.append((1.0, 0.0))
            fusions.append(None)
            continue
        scores = held_out(rows, labels, weights, fold, extra, weight, recipe.strength)
        slope, offset = fit.platt(scores, labels, weights)
        calibration.append((slope, offset))
        score = scores * slope + offset
        skipped = np.array([bool(recipe.open.get(name, set()) & set(example.codes)) for example in examples])
        clear = (sure != 0.5) & ~(skipped & ~labels)
        grammar = np.array([line.get(name, 0.0) for line in told])
        fusions.append(fuse(recipe, name, score, grammar, labels, clear, weights))
    fit.write(path, recipe.name, list(recipe.classes), models, calibration, {"fusion": fusions})


def fuse(recipe, name, score, grammar, labels, clear, weights):
    fired = grammar > 0
    on, off = fired & clear, ~fired & clear
    with_rule = weighted(fit.logit(grammar[on]), score[on], labels[on], weights[on])
    slope, offset = (1.0, 0.0)
    if labels[off].sum() >= 10:
        slope, offset = fit.platt(score[off], labels[off], weights[off])
    alone = fit.sigmoid(slope * score + offset)
    least = threshold(alone[off], labels[off], recipe.precision) if name in recipe.apart else NEVER
    joint = fit.sigmoid(with_rule[0] * fit.logit(grammar) + with_rule[1] * score + with_rule[2])
    floor = best_floor((joint * fired)[clear], labels[clear])
    usual = 0.4 if recipe.name == "acts" else 0.5
    report(name, "grammar", (grammar >= usual)[clear], labels[clear])
    report(name, "model", (score >= 0)[clear], labels[clear])
    report(name, "joined", (fired & (joint >= floor))[clear], labels[clear])
    report(name, "all", np.where(fired, joint >= floor, alone >= least)[clear], labels[clear])
    print(f"{'':18} {'weights':8} {np.round(with_rule, 2).tolist()} alone {slope:.2f} {offset:.2f} floor {floor:.2f} from {least:.2f}")
    return {"rule": with_rule, "alone": [slope, offset], "floor": floor, "threshold": least}


def report(name, what, found, labels):
    precision, recall, f1 = fit.f1(found, labels)
    print(f"{name:18} {what:8} P {precision:.3f} R {recall:.3f} F1 {f1:.3f} of {labels.sum()}", flush=True)


def joined(rows, labels, weights, extra, weight):
    if not extra:
        return rows, labels, weights
    added = np.array([label for _, label in extra])
    return (
        vstack([rows, fit.matrix([text for text, _ in extra])]).tocsr(),
        np.r_[labels, added],
        np.r_[weights, np.full(len(added), weight)],
    )


def regression(rows, labels, weights, extra, weight, strength):
    return fit.regression(*joined(rows, labels, weights, extra, weight), strength)


def held_out(rows, labels, weights, fold, extra, weight, strength):
    """Score of every row by a model that never saw its fold."""
    scores = np.full(len(labels), -6.0)
    for number in range(fit.FOLDS):
        seen = fold != number
        if labels[seen].any():
            model = regression(rows[seen], labels[seen], weights[seen], extra, weight, strength)
            scores[~seen] = model.decision_function(rows[~seen])
    return scores
