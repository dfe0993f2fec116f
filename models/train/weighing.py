"""How the encoder's opinion is weighed with the linear models, the rules and the signs around a sentence, which
sentences are worth asking it about, and how moods of sentences make the mood of a message."""

import numpy as np

import fusion
import sentences
import sentiment
import tasks

# The encoder's log-odds count half, so that they fit the scale of the weights; as in src/extract/transformer.
SHARE = 0.5
# Share of a class's sentences, of those that are found with the encoder, that must reach it.
RECALL = 0.95
# No gate is lower: the program tells no probability below 0.01.
LEAST = 0.015
# What is likelier than this with the encoder is about to be found.
FOUND = 0.4


class Halved(sentences.Learned):
    """The same of the sentences that the encoder never saw only."""

    def __init__(self, train, kept, baton):
        super().__init__(train, baton)
        self.likely = {name: self.opinion(name) for name in self.decided}
        pick = lambda table: table[kept]
        self.train = [example for example, keep in zip(train, kept) if keep]
        self.fold, self.source, self.counted, self.scores = map(pick, (self.fold, self.source, self.counted, self.scores))
        for table in (self.sures, self.earlier, self.likely):
            for name in table:
                table[name] = table[name][kept]
        known = self.known
        known.odds, known.fired, known.sign_table, known.rule_table = map(
            pick, (known.odds, known.fired, known.sign_table, known.rule_table))

    def opinion(self, name):
        """The probability of a class without the encoder, by weights that never saw the sentence."""
        return fusion.opinions(self.decided.index(name), self.decided, self.known, self.scores, self.earlier[name],
                               self.sures[name] > 0, self.weights(name), self.clear(name), self.fold, name in sentences.ACTS)

    def gate(self, name, classes, scores):
        """The probability, without the encoder, that all but a few of the sentences of a class reach that are found with
        it; and who reaches it."""
        holds, clear = self.sures[name] > 0, self.clear(name)
        likely = self.likely[name]
        found = fusion.opinions(self.decided.index(name), classes, self.known, scores, self.earlier[name], holds,
                                self.weights(name), clear, self.fold, name in sentences.ACTS) >= FOUND
        threshold = float(np.quantile(likely[holds & clear & self.counted & found], 1 - RECALL))
        return round(max(threshold, LEAST), 3), likely >= threshold


def weigh(learned, classes):
    """The weights of every class; `classes` are the encoder's log-odds of the sentences kept from it."""
    places = [tasks.CLASSES.index(name) for name in learned.decided]
    names = [*learned.decided, *(f"encoder.{name}" for name in learned.decided)]
    scores = np.column_stack([learned.scores, classes[:, places] * SHARE])
    invented = np.array([example.source == "accounts" for example in learned.train])
    weighed, asked = {}, np.zeros(len(classes), bool)
    for name in learned.decided:
        threshold, reached = learned.gate(name, names, scores)
        asked |= reached
        print(f"{name}: asked from {threshold:.3f}, {reached[learned.counted].mean():.3f} of the sentences", flush=True)
        weighed[name] = {**learned.weigh(name, names, scores, invented), "gate": threshold}
    print(f"asked about {asked[learned.counted].mean():.3f} of the sentences", flush=True)
    return weighed


def message(read, items, tokens):
    """The formula of a message's mood, fitted on messages that the encoder never saw; `read` gives logits of moods."""
    spoken = [sentiment.spoken(item.text)[0] for item in items]
    parts = tasks.with_tokens([tasks.Item(text=part) for said in spoken for part in said], tokens)
    logits = read(parts)
    likely = np.exp(logits - logits.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    starts = np.cumsum([0] + [len(said) for said in spoken])
    moods = np.array([int(item.mood[0].argmax()) for item in items])
    return sentiment.formula(sentiment.message_signs(likely, starts), moods).tolist()
