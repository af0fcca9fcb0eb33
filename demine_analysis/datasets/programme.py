"""What a dataset says of its programme: its `programme.toml`, checked by `programme.schema.json`.

```toml
first_day = 2022-02-24

[operators.SSTS]
name = "State Special Transport Service"
words = ["Special Transport Service", "SSTS"]

[districts]
Kharkiv = ["Kharkiv region", "Харківщина"]
```
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from demine_analysis import vocabulary
from demine_analysis.datasets.checking.failures import Failure
from demine_analysis.datasets.checking.table import read_file
from demine_analysis.vocabulary import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from demine_analysis.datasets.checking.table import File

FILE = "programme.toml"
_ALLOWED = {
    "first_day": "must be a day, as in first_day = 2022-02-24",
    "country": "must be a list of words for the country, as in ['Angola*']",
    "operators": "must be words for an operator, as in [operators.HALO] words = ['HALO Trust*']",
    "beginnings": "must be words for a day, as in '2022-02-24' = ['since the end of the war']",
    "words": "must be words for a metric, as in improvised_devices = ['IED*']",
    "default": "must be true, for the dataset that is meant where none is named, or false",
    "tiles": "must be column and row of a district's tile, as in Kharkiv = [4, 1]",
    "districts": "must be a list of other spellings, as in Kharkiv = ['Kharkov']",
}


@dataclass(frozen=True)
class Programme:
    """What is known of a programme.

    Parameters
    ----------
    districts : mapping
        Each district, with its other spellings.
    operators : mapping
        Each operator, with the words for it in notices.
    trades : mapping
        Words for an operator's people that are said of others, too.
    names : mapping
        What an operator is called in reports, where that is not its code.
    part_of : mapping
        The operator of which an operator is a part.
    first_day : date or None
        From which day its running totals count.
    country : sequence of str
        Words for the country; `*` stands for any ending.
    beginnings : mapping
        Words for a day since which a figure counts, with that day.
    words : mapping
        Words that mean a metric in this programme, by metric.
    tiles : mapping
        Column (west to east) and row (north to south) of a district's tile on a map of tiles.
    """

    districts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    operators: Mapping[str, Sequence[str]] = field(default_factory=dict)
    trades: Mapping[str, Sequence[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    part_of: Mapping[str, str] = field(default_factory=dict)
    first_day: dt.date | None = None
    country: Sequence[str] = ()
    beginnings: Mapping[str, dt.date] = field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tiles: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def programme_file(folder: Path) -> File | None:
    """Return the file in which a dataset speaks of its programme, or None without one."""
    return read_file(folder / FILE) if (folder / FILE).exists() else None


def read_programme(content: File | None) -> tuple[Programme, list[Failure]]:
    """Return what a dataset says of its programme, and what is wrong with the file."""
    if content is None:
        return Programme(), []
    if content.wrong:
        return Programme(), [Failure(content.name, None, "", None, content.wrong)]
    try:
        written = tomllib.loads(content.raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as cause:
        return Programme(), [
            Failure(content.name, None, "", None, f"must be TOML in UTF-8: {cause}")
        ]
    found = _wrong(content.name, written)
    if found:
        return Programme(), found
    districts = written.get("districts", {})
    first_day = written.get("first_day")
    programme = Programme(
        districts=districts,
        operators={
            name: each.get("words", []) for name, each in written.get("operators", {}).items()
        },
        trades={
            name: each["trades"]
            for name, each in written.get("operators", {}).items()
            if "trades" in each
        },
        names=_of_operators(written, "name"),
        part_of=_of_operators(written, "part_of"),
        first_day=dt.date.fromisoformat(str(first_day)) if first_day else None,
        country=written.get("country", []),
        beginnings={
            words: dt.date.fromisoformat(day)
            for day, written_words in written.get("beginnings", {}).items()
            for words in written_words
        },
        words=written.get("words", {}),
        tiles={name: tuple(place) for name, place in written.get("tiles", {}).items()},
    )
    return programme, _claimed_twice(content.name, districts)


def _of_operators(written: dict[str, Any], key: str) -> dict[str, str]:
    return {name: each[key] for name, each in written.get("operators", {}).items() if key in each}


@cache
def _validator() -> Callable[[object], object]:
    import fastjsonschema

    schema = json.loads((files(__package__) / "programme.schema.json").read_text(encoding="utf-8"))
    validator: Callable[[object], object] = fastjsonschema.compile(schema)
    return validator


def _wrong(file: str, written: dict[str, Any]) -> list[Failure]:
    """Return what the schema, or the vocabulary, does not allow."""
    from fastjsonschema import JsonSchemaValueException

    found = []
    for name, value in written.items():
        if name not in _ALLOWED:
            found.append(Failure(file, None, name, None, f"must be one of {', '.join(_ALLOWED)}"))
            continue
        try:
            _validator()({name: str(value) if isinstance(value, dt.date) else value})
        except JsonSchemaValueException as cause:
            place = ".".join(cause.path[1:]) if len(cause.path) > 1 else name
            found.append(Failure(file, None, place, str(cause.value), _ALLOWED[name]))
    for metric in written.get("words", {}) if not found else {}:
        if metric not in vocabulary.METRICS:
            allowed = f"must be one of {', '.join(vocabulary.METRICS)}"
            found.append(Failure(file, None, f"words.{metric}", metric, allowed))
    return found


def _claimed_twice(file: str, districts: Mapping[str, Sequence[str]]) -> list[Failure]:
    owner: dict[str, str] = {}
    found = []
    for name, others in districts.items():
        for spelling in (name, *others):
            first = owner.setdefault(plain(spelling), name)
            if first != name:
                rule = f"must be the spelling of one district, it is one of {first} before"
                found.append(Failure(file, None, f"districts.{name}", spelling, rule))
    return found
