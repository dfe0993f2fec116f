"""Prints how far the two blind readings agree, for `models/data/README.md`: `python agreement.py`."""

from collections import Counter

from labels import DATA, codes, rows


def heads(field):
    """Codes without categories, each with whether it is certain."""
    found = {}
    for code, sure in codes(field).items():
        head = code.split(".")[0]
        found[head] = max(found.get(head, 0), sure)
    return found


def main():
    first = {row[0]: heads(row[1]) for row in rows(DATA / "real.tsv")}
    both, one, open_ = Counter(), Counter(), Counter()
    equal = pairs = 0
    for key, field in rows(DATA / "second.tsv"):
        left, right = first[key], heads(field)
        pairs += 1
        equal += set(left) == set(right)
        for code in set(left) | set(right):
            if code in left and code in right:
                both[code] += 1
            elif 0.5 in (left.get(code), right.get(code)):
                open_[code] += 1
            else:
                one[code] += 1
    print(f"{pairs} sentences read twice, {equal} with the same codes\ncode both one F1 F1-with-borderline")
    for code in sorted(both | one | open_, key=lambda code: -both[code]):
        sure = 2 * both[code] / max(2 * both[code] + one[code], 1)
        strict = 2 * both[code] / max(2 * both[code] + one[code] + open_[code], 1)
        print(f"{code:4} {both[code]:4} {one[code]:3} {sure:.2f} {strict:.2f}")


main()
