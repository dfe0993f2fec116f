"""Trains models/topics.bin: what is a sentence about?  `python topics.py --data ../shared/data --baton PATH`

One regression for each kind of topic and each category of risk; see acts.py for how they join the grammar.
"""

import argparse
import pathlib

import fusion
import labels

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASSES = {
    "risk": "K",
    "objective": "O",
    "metric": "M",
    "pain_point": "P",
    "requirement": "Q",
    "buying_motivation": "B",
    "preference": "E",
    "sensitive_topic": "T",
    "open_issue": "I",
    "customization": "Z",
    "expansion_signal": "X",
    **{
        f"risk.{category}": f"K.{category}"
        for category in "competitive budget timeline churn technical relationship adoption legal".split()
    },
}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=pathlib.Path, required=True)
    arguments.add_argument("--baton", required=True)
    options = arguments.parse_args()
    train = [example for example in labels.examples(options.data) if example.part == "train"]
    apart = {name for name in CLASSES if "." not in name}
    recipe = fusion.Recipe("topics", CLASSES, {}, {}, strength=4.0, apart=apart, precision=0.7)
    fusion.train(recipe, train, options.baton, ROOT / "topics.bin")


if __name__ == "__main__":
    main()
