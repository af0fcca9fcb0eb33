"""Find a programme's operators and districts in a text, whatever endings they have there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.language import Cue, Finder, expression
from demine_analysis.notices.reading.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from demine_analysis.datasets.programme import Programme

_LONG = 5
_VOWELS = "aeiouyəöüаеиоуыэюяіїєь"


def operators_finder(
    text: str,
    operators: Mapping[str, Sequence[str]],
    trades: Mapping[str, Sequence[str]],
    authorities: Finder,
) -> Finder:
    """Return a finder of operators, each under its name and the words for it.

    Words for people of a trade are an operator's where the text names that operator, too, or no
    other one and no other authority.
    """
    named = Finder({name: [name, *words] for name, words in operators.items()})
    found = {cue.name for cue in named.all(text)}
    alone = not found and authorities.first(text, 0, len(text)) is None
    own = {name: words for name, words in trades.items() if name in found or alone}
    if not own:
        return named
    return Finder({name: [name, *words, *own.get(name, [])] for name, words in operators.items()})


def find_districts(text: str, districts: Mapping[str, Sequence[str]]) -> list[Cue]:
    """Return the districts that a folded text names, in any of their endings."""
    if not districts:
        return []
    spellings = tuple((name, *others) for name, others in districts.items())
    return [
        Cue(spellings[(match.lastindex or 1) - 1][0], match.start(), match.end())
        for match in _pattern(spellings).finditer(text)
    ]


def names_in(text: str, programme: Programme) -> int:
    """Return how many names of a programme a text has: who works, where, since when."""
    folded = fold(text)
    country = Finder({"country": programme.country}).first(folded, 0, len(folded))
    # A code such as "companies" is a word of its own, which says nothing of a programme.
    names_of = {
        n: [n, *words] if n != n.lower() else words for n, words in programme.operators.items()
    }
    operators = Finder(names_of)
    begun = [each for each in programme.beginnings if re.search(expression(each), folded)]
    names = {cue.name for cue in operators.all(folded)}
    places = {cue.name for cue in find_districts(folded, programme.districts)}
    return len(names) + len(places) + bool(begun) + bool(country)


@lru_cache(maxsize=8)
def _pattern(spellings: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    groups = []
    for names in spellings:
        stems = sorted({_stem(fold(each)) for each in names}, key=len, reverse=True)
        groups.append("(" + "|".join(stems) + ")")
    return re.compile("|".join(groups))


def _stem(word: str) -> str:
    """Return a pattern for a name with any ending: its last vowel may change."""
    return expression(" ".join(_open(each) for each in word.split()))


def _open(word: str) -> str:
    if len(word) > _LONG + 2 and word[-1] in _VOWELS and word[-2] in _VOWELS:
        return word[:-2] + "*"
    return (word[:-1] if len(word) > _LONG and word[-1] in _VOWELS else word) + "*"
