"""Weighs the models' scores, the rules and the signs of a sentence into one probability for each class.

Every score comes from a model that never saw its fold, so the weights say how far each is to be trusted on new text.
The threshold of a class is where F1 is best on folds that the weights never saw, precision first.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression

import fit

# Scores beyond this say no more; that of a sentence that nothing comes before is the least. As in
# src/extract/suggest/fusion.rs.
LIMIT = 3.0
# A rule that fired less often than this has no weight of its own.
FEWEST = 8
STRENGTH = 0.05
THRESHOLDS = np.arange(0.34, 0.62, 0.02)
# A sort of text with fewer sentences of a class says nothing of its threshold.
FEWEST_OF_SORT = 20


class Known:
    """Columns of everything known of the sentences, the models' scores aside."""

    def __init__(self, told, classes):
        self.odds = np.array([[line["odds"].get(name, 0.0) for name in classes] for line in told])
        self.fired = np.array([[float(name in line["odds"]) for name in classes] for line in told])
        self.signs = sorted({sign for line in told for sign in line["signs"]})
        self.rules = sorted({rule for line in told for rule in line["rules"]})
        self.sign_table = np.array([[float(sign in line["signs"]) for sign in self.signs] for line in told])
        self.rule_table = np.array([[float(rule in line["rules"]) for rule in self.rules] for line in told])

    def columns(self, at, scores, before):
        clip = lambda table: np.clip(table, -LIMIT, LIMIT)
        return np.column_stack(
            [self.odds[:, at], self.fired[:, at], clip(before), clip(scores), self.sign_table, self.rule_table])


def hidden(columns, labels, weights, sided):
    """Every sentence whose speaker's side is known once more as if it were not: reading often cannot tell it."""
    known = columns[:, sided].any(axis=1)
    again = columns[known].copy()
    again[:, sided] = 0.0
    shares = np.where(known, 0.5, 1.0) * weights
    return np.vstack([columns, again]), np.r_[labels, labels[known]], np.r_[shares, 0.5 * weights[known]]


def model(columns, labels, weights, sided):
    columns, labels, weights = hidden(columns, labels, weights, sided)
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(columns, labels, sample_weight=weights)


def held_out(columns, labels, weights, fold, sided):
    found = np.zeros(len(labels))
    for number in np.unique(fold):
        seen = fold != number
        found[~seen] = model(columns[seen], labels[seen], weights[seen], sided).predict_proba(columns[~seen])[:, 1]
    return found


def best(found, labels, beta, sorts):
    """The threshold with the best F-measure, on average over sorts of text that hold the class often enough; a beta below
    one counts precision more than recall."""
    often = [sort for sort in np.unique(sorts) if labels[sorts == sort].sum() >= FEWEST_OF_SORT]
    parts = [sorts == sort for sort in often] or [np.ones(len(labels), bool)]

    def score(threshold):
        told = [fit.f1(found[part] >= threshold, labels[part])[:2] for part in parts]
        return np.mean([(1 + beta**2) * p * r / max(beta**2 * p + r, 1e-9) for p, r in told])
    return float(max(THRESHOLDS, key=lambda threshold: (round(score(threshold), 3), threshold)))


def usable(at, classes, known, scores, before, clear, is_act):
    """The columns of a class: all of them, which are used, and which of those are signs of a side. Whose side promises
    or asks does not matter to an act, and is often not known yet."""
    columns = known.columns(at, scores, before)
    often = np.ones(columns.shape[1], bool)
    often[-len(known.rules):] = known.rule_table[clear].sum(axis=0) >= FEWEST
    sided = np.zeros(columns.shape[1], bool)
    of_side = [sign.split("_")[0] in ("vendor", "customer") for sign in known.signs]
    sided[3 + len(classes) : 3 + len(classes) + len(known.signs)] = of_side
    if is_act:
        often &= ~sided
    return columns, often, sided[often]


def opinions(at, classes, known, scores, before, labels, weights, clear, fold, is_act):
    """The probability of a class for every sentence, by weights that never saw it."""
    columns, often, sided = usable(at, classes, known, scores, before, clear, is_act)
    used, found = columns[:, often], np.zeros(len(labels))
    for number in np.unique(fold):
        seen, held = clear & (fold != number), fold == number
        found[held] = model(used[seen], labels[seen], weights[seen], sided).predict_proba(used[held])[:, 1]
    return found


def weigh(name, at, classes, known, scores, before, labels, weights, clear, counted, fold, is_act, sorts):
    """The weights of one class, and a line about how well it does where `counted`."""
    columns, often, sided = usable(at, classes, known, scores, before, clear, is_act)
    used = columns[:, often]
    found = np.zeros(len(labels))
    found[clear] = held_out(used[clear], labels[clear], weights[clear], fold[clear], sided)
    scored = clear & counted
    threshold = best(found[scored], labels[scored], 1.0 if is_act else 0.8, sorts[scored])
    figures = fit.f1(found[scored] >= threshold, labels[scored])
    alone = fit.f1(scores[scored, at] >= 0, labels[scored])
    rules = fit.f1(known.fired[scored, at] > 0, labels[scored])
    print(f"{name:18} F1 rules {rules[2]:.3f} words {alone[2]:.3f} all P {figures[0]:.3f} R {figures[1]:.3f} "
          f"F1 {figures[2]:.3f} of {labels[scored].sum()}, from {threshold:.2f}", flush=True)
    fitted = model(used[clear], labels[clear], weights[clear], sided)
    values = np.zeros(columns.shape[1])
    values[often] = fitted.coef_[0]
    count, signs = len(classes), len(known.signs)
    short = lambda names, numbers: {n: round(float(v), 3) for n, v in zip(names, numbers) if abs(v) >= 0.01}
    return {
        "offset": round(float(fitted.intercept_[0]), 3),
        "odds": round(float(values[0]), 3), "fired": round(float(values[1]), 3), "before": round(float(values[2]), 3),
        "scores": short(classes, values[3 : 3 + count]),
        "signs": short(known.signs, values[3 + count : 3 + count + signs]),
        "rules": short(known.rules, values[3 + count + signs :]),
        "threshold": round(threshold, 2),
    }
