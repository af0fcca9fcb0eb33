"""Make letters comparable without moving them: a place in folded text is the place in the text."""

from __future__ import annotations

import re
import unicodedata

_SAME = {
    "ı": "i", "İ": "i", "I": "i", "ё": "е", "Ё": "е", "ә": "ə", "Ә": "ə",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ʹ": "'", "′": "'",
    "−": "-", "‐": "-", "‑": "-", "‒": "-", "—": "–", "―": "–",
}  # fmt: skip
_BLANK = re.compile(r"[^\S\n]")
# Letters that look the same in both alphabets; a word in one alphabet with a letter of the other is
# a slip of the keyboard, as in an agency's Latin name with a Cyrillic A.
_LOOK = dict(zip("асеорхіукмтвн", "aceopxiykmtbh", strict=True))
_WORD = re.compile(r"\w+")
_LATIN, _CYRILLIC = re.compile("[a-z]"), re.compile("[а-яі]")


def fold(text: str) -> str:
    """Return text in small letters, of the same length: one dotted i, plain blanks and quotes."""
    small = "".join(_SAME.get(each) or _small(each) for each in text)
    return _WORD.sub(_one_alphabet, _BLANK.sub(" ", small))


def tidy(text: str) -> str:
    """Return a text as it is shown and read: composed letters, no invisible ones, no odd blanks."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (
        each
        for each in text
        if each == "\n" or unicodedata.category(each) not in {"Cf", "Cc", "Co"}
    )
    return _BLANK.sub(" ", "".join("  "[:1] if each == "\t" else each for each in kept))


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def _one_alphabet(match: re.Match[str]) -> str:
    word = match[0]
    if not (_LATIN.search(word) and _CYRILLIC.search(word)):
        return word
    cyrillic = [each for each in word if each > "ͯ" and each != "ə"]
    if all(each in _LOOK for each in cyrillic):
        return "".join(_LOOK.get(each, each) for each in word)
    return word
