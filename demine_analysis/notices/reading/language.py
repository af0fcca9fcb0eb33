"""The words of a language: `languages/CODE.toml`, ready to be looked for.

A pattern is written as people write: `*` stands for any ending, a blank for blanks or a hyphen,
`(a|b)` and `a|b` for either. In `[numbers]`, `[multipliers]` and `months` alternatives stand
between bars. What the tables mean:

- `[nouns]`: what a number counts, by metric; `people` and the victims likewise;
- `pieces`: words for items of any kind;
- `counters`: other words between a number and its noun that say nothing;
- `[actions]`: what was done to land, by kind, and `found` for items;
- `[contamination]`, `[status]`, `[qualifiers]`, `[land_uses]`: as in a dataset's columns;
- `[since]` and `[relative]`: words of periods;
- `[frame]`: what tells who did the work from who told of it, and clearance from other matters;
  `made` are words for where and when a thing was made or agreed on, `authorities` for offices
  beside the operators, `everywhere` for the country, `breakdown` for parts of what was said before,
  `contact` for offices that only keep in touch, `elsewhere` for links to other pages, `credit`
  for whose a photo is, `mostly` and `most` for a place that is not the only one, `toll` for how
  many people there are, `meetings` for where people only meet, `stocks` for stores, `such` for land
  of which the text has told before, `base` for what only a share is taken of,
  `world` for what is told of many countries.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from demine_analysis.notices.reading.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LANGUAGES = ("en", "az", "ru", "tr", "uk")
_LONGEST_WORD = 30
NEVER = "(?!)"
"""An expression that matches nothing."""
_BEGINNING, _BEHIND = r"(?<![^\W_])", r"(?<![^\W\d_])"
"""That a word begins here, and that one may also begin right behind a digit."""
_APART = (
    "made", "authorities", "everywhere", "breakdown", "contact", "respectively", "perfect",
    "purpose", "rate", "elsewhere", "mostly", "most", "credit", "toll", "meetings",
    "such", "base", "world",
)  # fmt: skip
"""Entries of `[frame]` that are looked for by themselves, as words of others lie within theirs."""


class Cue(NamedTuple):
    """Words that were found: which table and entry they belong to, and where they stand."""

    name: str
    start: int
    end: int


class Finder:
    """Find the words of several entries in folded text; where two begin together, the longer.

    `glued` words may stand right behind a digit, as in "860km2".
    """

    def __init__(self, entries: Mapping[str, Iterable[str]], *, glued: bool = False) -> None:
        self.entries = entries
        patterns = [(each, name) for name, written in entries.items() for each in written]
        patterns.sort(key=lambda pair: -len(pair[0]))
        self._names = [name for _, name in patterns]
        either = "|".join(f"({expression(each)})" for each, _ in patterns) or "(?!)"
        # No pattern begins within a word: saying so once keeps a search from trying all there.
        pattern = rf"{_BEGINNING}(?:{either})"
        self._regex = re.compile(pattern.replace(_BEGINNING, _BEHIND) if glued else pattern)

    def overridden(self, entries: Mapping[str, Iterable[str]]) -> Finder:
        """Return a finder in which other entries come first."""
        taken = {fold(each) for written in entries.values() for each in written}
        own = {
            name: [each for each in written if fold(each) not in taken]
            for name, written in self.entries.items()
        }
        for name, written in entries.items():
            own[name] = [*written, *own.get(name, [])]
        return Finder(own)

    def all(self, text: str, start: int = 0, end: int | None = None) -> list[Cue]:
        """Return what stands between two places of a folded text."""
        stop = len(text) if end is None else end
        return [self._cue(match) for match in self._regex.finditer(text, start, stop)]

    def first(self, text: str, start: int, end: int) -> Cue | None:
        """Return what stands first between two places."""
        match = self._regex.search(text, start, end)
        return self._cue(match) if match else None

    def at(self, text: str, start: int, end: int) -> Cue | None:
        """Return what begins right at a place."""
        match = self._regex.match(text, start, end)
        return self._cue(match) if match else None

    def _cue(self, match: re.Match[str]) -> Cue:
        return Cue(self._names[(match.lastindex or 1) - 1], match.start(), match.end())


@dataclass(frozen=True)
class Language:
    """The words of one language; `cues` by table, each finding the table's entries."""

    code: str
    decimal: str
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    months: re.Pattern[str]
    day_suffix: str
    from_suffix: str
    year_suffix: str
    date_fillers: Sequence[str]
    ordinals: Mapping[str, int]
    point_after_ordinals: bool
    pieces: Finder
    counters: re.Pattern[str]
    cues: Mapping[str, Finder]
    typical: frozenset[str]


def expression(pattern: str) -> str:
    """Return a pattern of a language's table as a regular expression."""
    written = fold(pattern)
    escaped = re.sub(r"[.+?\[\]{}^$²]", lambda found: re.escape(found[0]), written)
    escaped = escaped.replace("(", "(?:")
    # A word alone has an end: a page of commas without a blank would be looked through for ever.
    escaped = re.sub(
        r"(?:(?<= )|^)\*(?= |$)", rf"[^\\s.,:;]{{1,{_LONGEST_WORD}}}", escaped
    ).replace("*", r"[^\W\d_]*(?:'[^\W\d_]+)?")
    escaped = re.sub(r" +", r"[\\s\\-–]+", escaped)
    ending = "" if pattern.endswith((".", "²")) else r"(?![^\W_])"
    return rf"{_BEGINNING}(?:{escaped}){ending}"


@cache
def language(code: str) -> Language:
    """Return the words of a language; English where there is no table for it."""
    name = code if code in LANGUAGES else LANGUAGES[0]
    folder = files("demine_analysis.notices.reading") / "languages"
    tables = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    nouns = dict(tables["nouns"])
    pieces = nouns.pop("pieces")
    counters = [*pieces, *nouns.pop("counters"), *tables["qualifiers"]["at_least"]]
    return Language(
        code=name,
        decimal=tables["decimal"],
        numbers=_spread(tables["numbers"]),
        multipliers=_spread(tables["multipliers"]),
        months=_numbered(tables["months"]),
        day_suffix=tables["day_suffix"],
        from_suffix=tables.get("from_suffix", NEVER),
        year_suffix=tables.get("year_suffix", ""),
        date_fillers=[fold(each) for each in tables["date_fillers"]],
        ordinals=_ordinals(tables["ordinals"]),
        point_after_ordinals=tables.get("point_after_ordinals", False),
        pieces=Finder({"pieces": pieces}),
        counters=re.compile("|".join(expression(each) for each in sorted(counters, key=len)[::-1])),
        cues=_cues(tables, nouns),
        typical=frozenset(fold(each) for each in tables["typical"]),
    )


def _cues(tables: Mapping[str, Any], nouns: Mapping[str, Sequence[str]]) -> dict[str, Finder]:
    """Return finders of the words that tell what a figure is, by what they tell."""
    frame, relative = dict(tables["frame"]), dict(tables["relative"])
    apart = {name: Finder({name: frame.pop(name, [])}) for name in _APART}
    spans = ("days_back", "weeks_back", "months_back", "years_back")
    back = Finder({name: relative.pop(name) for name in spans})
    since = tables["since"]
    return {
        "units": Finder(tables["units"], glued=True),
        "nouns": Finder(nouns),
        "actions": Finder({k: v for k, v in tables["actions"].items() if k != "found"}),
        "found": Finder({"found": tables["actions"]["found"]}),
        "contamination": Finder(tables["contamination"]),
        "status": Finder(tables["status"]),
        "before": Finder({k: v for k, v in tables["qualifiers"].items() if "after" not in k}),
        "after": Finder(
            {k.removeprefix("after_"): v for k, v in tables["qualifiers"].items() if "after" in k}
        ),
        "since": Finder({"since": since["since"]}),
        "far_since": Finder({"far_since": since.get("far", [])}),
        "started": Finder({"started": since.get("started", [])}),
        "from": Finder({"from": since["from"]}),
        "to": Finder({"to": since["to"]}),
        "until": Finder({"until": since["until"]}),
        "by": Finder({"by": since["by"]}),
        "as_of": Finder({"as_of": since.get("as_of", [])}),
        "begun": Finder({"begun": since["begun"]}),
        "end_of": Finder({"end_of": since["end_of"]}),
        "week_of": Finder({"week_of": since.get("week_of", [])}),
        "relative": Finder(relative),
        "back": back,
        "land_uses": Finder(tables["land_uses"]),
        "frame": Finder(frame),
        **apart,
    }


def _spread(table: Mapping[str, int]) -> dict[str, int]:
    return {fold(word): value for words, value in table.items() for word in words.split("|")}


def _numbered(entries: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern whose group `mN` has matched where the N-th entry stands."""
    return re.compile(
        "|".join(
            f"(?P<m{place}>{expression(f'({each})')})" for place, each in enumerate(entries, 1)
        )
    )


def _ordinals(entries: Sequence[str]) -> dict[str, int]:
    return {
        word: place for place, words in enumerate(entries, 1) for word in fold(words).split("|")
    }
