"""Hashed text features, computed byte for byte as in src/extract/linear/features.rs.

Tokens: ASCII letters are lower-cased. A word is a run of a-z, 0-9, apostrophe and bytes from 0x80 on. A mark is a run
of at most four of !?:;()=*^/|<>-. A run that begins with http:// or https:// up to white space is the token 0x01 "url".
An @ with the word characters, dots and dashes after it is the token 0x01 "at". Everything else only separates.
Features: words "w"+token; pairs "b"+token+" "+token with 0x02 before the first and 0x03 after the last; characters
"c"+gram for the byte 3- to 5-grams of " "+token+" " for tokens of at most 24 bytes. Index: FNV-1a 32 of the bytes,
low bits. Duplicates count once; every feature of the first two families weighs 1/sqrt(their number), and the same
for the third. A fourth family, which not every model knows, holds the classes of the words (models/word_classes.tsv):
"k"+level+class, pairs "p"+level+class+class of neighbours on the two coarse levels, and "s"+class+class over one word
between on the coarsest; level is one byte, a class two, low byte first. Only words count as neighbours, and a word
without classes parts them.
"""

import functools
from pathlib import Path

WORD = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789'") | frozenset(range(0x80, 0x100))
MARK = frozenset(b"!?:;()=*^/|<>-")
SPACE = frozenset(b" \t\n\r\x0b\x0c")


def tokens(text):
    data = text.encode("utf-8").lower() if text.isascii() else bytes(
        byte + 32 if 65 <= byte <= 90 else byte for byte in text.encode("utf-8")
    )
    found, at, end = [], 0, len(data)
    while at < end:
        byte = data[at]
        start = at
        if data.startswith((b"http://", b"https://"), at):
            while at < end and data[at] not in SPACE:
                at += 1
            found.append(b"\x01url")
        elif byte == 0x40:
            at += 1
            while at < end and (data[at] in WORD or data[at] in b".-"):
                at += 1
            found.append(b"\x01at")
        elif byte in WORD:
            while at < end and data[at] in WORD:
                at += 1
            found.append(data[start:at])
        elif byte in MARK:
            while at < end and at - start < 4 and data[at] in MARK:
                at += 1
            found.append(data[start:at])
        else:
            at += 1
    return found


def fnv(data):
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


@functools.cache
def word_classes():
    """Three classes of every word that has them."""
    path = Path(__file__).resolve().parent.parent / "word_classes.tsv"
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, *classes = line.split("\t")
            found[word.encode()] = [int(number).to_bytes(2, "little") for number in classes]
    return found


def class_features(found, mask):
    """Indices of the classes of words and of their neighbourhoods."""
    indices = set()
    known = word_classes()
    first = second = None
    for token in found:
        if token[0] not in WORD:
            continue
        here = known.get(token)
        for level, number in enumerate(here or ()):
            indices.add(fnv(b"k" + bytes([level]) + number) & mask)
            if second and level < 2:
                indices.add(fnv(b"p" + bytes([level]) + second[level] + number) & mask)
        if here and first:
            indices.add(fnv(b"s" + first[0] + here[0]) & mask)
        first, second = second, here
    return indices


def features(text, bits, with_classes=False):
    """Indices and weights of a text."""
    found = tokens(text)
    mask = (1 << bits) - 1
    words, characters = set(), set()
    before = b"\x02"
    for token in found:
        words.add(fnv(b"w" + token) & mask)
        words.add(fnv(b"b" + before + b" " + token) & mask)
        before = token
        if len(token) <= 24:
            padded = b" " + token + b" "
            for size in (3, 4, 5):
                for at in range(len(padded) - size + 1):
                    characters.add(fnv(b"c" + padded[at : at + size]) & mask)
    if found:
        words.add(fnv(b"b" + before + b" \x03") & mask)
    weighted = {}
    families = (words, characters, class_features(found, mask)) if with_classes else (words, characters)
    for family in families:
        for index in family:
            weighted[index] = weighted.get(index, 0.0) + len(family) ** -0.5
    return weighted
