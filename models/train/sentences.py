"""Trains models/acts.bin, models/topics.bin and models/fusion.json: what does a sentence do, what is it about?

    python sentences.py --data ../shared/data --baton PATH

One regression for each class over hashed n-grams of the words; then, on sentences that their fold never saw, one for
each class over all scores, the rules that fired in the program at PATH, and the signs around the sentence.
"""

import argparse
import json
import pathlib

import numpy as np

import fit
import fusion
import labels

ROOT = pathlib.Path(__file__).resolve().parent.parent
ACTS = {"commitment": "C", "request": "R", "decision": "D"}
RISKS = "competitive budget timeline churn technical relationship adoption legal".split()
TOPICS = {
    "risk": "K", "objective": "O", "metric": "M", "pain_point": "P", "requirement": "Q", "buying_motivation": "B",
    "preference": "E", "sensitive_topic": "T", "open_issue": "I", "customization": "Z", "expansion_signal": "X",
    **{f"risk.{category}": f"K.{category}" for category in RISKS},
    **{f"preference.{category}": f"E.{category}" for category in ("channel", "time", "style")},
}
# Codes that leave open whether a class holds.
OPEN = {"commitment": {"Y", "CN"}}
# Borderline labels of these count as the class, with half the weight, when it is weighed.
SOFT = {"request"}
STRENGTH = 4.0
# Written one-liners are examples of their label; they count for less than text written for its own sake.
SOURCE_WEIGHTS = {"written": 0.5}


def holds(example, code):
    """Certainty of a code, 0 when it does not hold; a category's kind holds with it."""
    return max((sure for name, sure in example.codes.items() if name == code or name.startswith(code + ".")), default=0)


def known_of(examples, baton):
    """What grammar and signs say of each labelled sentence: the sum over the engine's sentences that it meets."""
    unique = {id(example.interaction): example.interaction for example in examples}
    told = dict(zip(unique, fit.grammar(baton, unique.values())))
    found = []
    for example in examples:
        start, end = example.span
        line = {"odds": {}, "rules": set(), "signs": set()}
        for part in told[id(example.interaction)]:
            if part["start"] < end and start < part["end"]:
                line["rules"] |= set(part["rules"])
                line["signs"] |= set(part["signs"])
                for name, odds in part["odds"].items():
                    line["odds"][name] = max(odds, line["odds"].get(name, odds))
        if example.source != "accounts":
            line["signs"] -= {"email", "chat", "call", "ticket", "note"}
        found.append(line)
    return found


def words(rows, before, holds, weights, fold):
    """The model of a class, its calibration, and the scores of each sentence and of the one before, held out."""
    def train(seen):
        return fit.regression(rows[seen], holds[seen], weights[seen], STRENGTH)
    scores, earlier = np.full(len(holds), -6.0), np.full(len(holds), -6.0)
    for number in range(fit.FOLDS):
        seen = fold != number
        if holds[seen].any():
            model = train(seen)
            scores[~seen] = model.decision_function(rows[~seen])
            earlier[~seen] = model.decision_function(before[~seen])
    slope, offset = fit.platt(scores, holds, weights)
    return train(np.ones(len(holds), bool)), (slope, offset), scores * slope + offset, earlier * slope + offset


class Learned:
    """Everything known of the labelled sentences for training, each score from a model that never saw its fold."""

    def __init__(self, train, baton):
        rows, earlier = fit.matrix([e.text for e in train]), fit.matrix([e.before for e in train])
        has_before = np.array([bool(e.before) for e in train])
        self.train, self.fold = train, fit.folds([e.group for e in train])
        self.source = np.array([SOURCE_WEIGHTS.get(e.source, 1.0) for e in train])
        self.sures = {name: np.array([holds(e, code) for e in train]) for name, code in {**ACTS, **TOPICS}.items()}
        self.made = {name: words(rows, earlier, sure > 0, self.weights(name), self.fold) for name, sure in self.sures.items()}
        self.decided = [name for name in self.made if "." not in name]
        self.known = fusion.Known(known_of(train, baton), self.decided)
        self.scores = np.column_stack([self.made[name][2] for name in self.decided])
        self.earlier = {name: np.where(has_before, self.made[name][3], -fusion.LIMIT) for name in self.decided}
        self.counted = np.array([e.source != "written" for e in train])

    def weights(self, name):
        return np.where(self.sures[name] == 0.5, 0.5, 1.0) * self.source

    def clear(self, name):
        """Which sentences say whether the class holds."""
        sure = self.sures[name]
        open_ = np.array([bool(OPEN.get(name, set()) & set(e.codes)) for e in self.train])
        return ((sure != 0.5) | (name in SOFT)) & ~(open_ & (sure == 0))

    def weigh(self, name, classes, scores, sorts=None):
        """How a class is decided, by scores of these classes; `sorts` of text count the same when it is chosen from
        where it is a finding."""
        sorts = np.zeros(len(self.train)) if sorts is None else sorts
        return fusion.weigh(name, self.decided.index(name), classes, self.known, scores, self.earlier[name],
                            self.sures[name] > 0, self.weights(name), self.clear(name), self.counted, self.fold, name in ACTS,
                            sorts)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--baton", required=True)
    options = arguments.parse_args()
    learned = Learned([example for example in labels.examples(options.data) if example.part == "train"], options.baton)
    for path, names in ((ROOT / "acts.bin", list(ACTS)), (ROOT / "topics.bin", list(TOPICS))):
        fit.write(path, path.stem, names, [learned.made[n][0] for n in names], [learned.made[n][1] for n in names])
    weighed = {name: learned.weigh(name, learned.decided, learned.scores) for name in learned.decided}
    (ROOT / "fusion.json").write_text(json.dumps(weighed, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
