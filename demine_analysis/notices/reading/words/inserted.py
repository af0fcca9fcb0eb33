"""What may stand between a number and what it counts: a thing's model, and where it was made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from demine_analysis.notices.reading.language import Cue, Finder, Language

# "PMN-E", "TM-62M", "E-001 M": letters, a hyphen, letters or digits, and one letter more.
_MODEL = re.compile(
    r"[^\W\d_]{1,5}-(?:\d{1,4}[^\W\d_]{0,2}|[^\W_]{1,2})(?: [^\W\d_])?(?![^\W_])[\s«»\"'-]*"
)
ONE = re.compile(r"[\s()]*(?:,|,?\s*\band)\s+(an?)\s+")
ARTICLE = re.compile(r"(?:\band|,)\s+an?\s+$")
"""An article that counts one item more."""
_MADE_AT_MOST = 110
"""Letters that say where and when a thing was made, at most."""


def is_model(text: str, start: int, end: int) -> bool:
    """Tell whether only a model and "and" stand between numbers: "40 PMN-2 and 12 ... mines"."""
    return _AND_MODEL.fullmatch(text, start, end) is not None


_AND_MODEL = re.compile(
    r"\s+(?:[^\W\d_]+-made\s+)?" + _MODEL.pattern + r"\s*(?:,|and|və|ve|и|та|і|й)\s+"
)


# "enemy-laid", "rebel-planted"
_BY_WHOM = re.compile(r"(?:[^\W\d_]+-){1,3}([^\W\d_]+)\s+")


def _is_laid(words: re.Match[str], language: Language) -> bool:
    """Tell whether the last part of a word with hyphens says that things were laid."""
    cue = language.cues["contamination"].at(words[1], 0, len(words[1]))
    return cue is not None and cue.name == "laid"


def noun_behind(
    text: str,
    place: int,
    stop: int,
    language: Language,
    nouns: Finder,
    *,
    counters: Callable[[str, int, int, Language], int],
) -> Cue | None:
    """Return the noun behind a model or behind words for where a thing was made, if one is there.

    Parameters
    ----------
    text : str
        Folded.
    place, stop : int
        Behind the number, and where the next number or the sentence's end is.
    language : Language
        Its language.
    nouns : Finder
        What numbers count.
    counters : callable
        Returns the place behind words that only count, such as "pieces of".
    """
    model = _MODEL.match(text, place, stop)
    if model is not None:
        return nouns.at(text, counters(text, model.end(), stop, language), stop)
    laid = _BY_WHOM.match(text, place, stop)
    if laid is not None and _is_laid(laid, language):
        return nouns.at(text, laid.end(), stop)
    last = min(stop, place + _MADE_AT_MOST)
    made = language.cues["made"].first(text, place, last)
    if made is None or re.search(r"[.,;:()\n]", text[place : made.end]):
        return None
    noun = next(iter(nouns.all(text, made.start, last)), None)
    if noun is None or re.search(r"[.,;:()\n]", text[made.end : noun.start]):
        return None
    return noun
