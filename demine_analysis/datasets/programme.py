"""How a dataset spells its districts: the table `[districts]` of its `programme.toml`.

```toml
[districts]
Aghdam = ["Agdam", "Ağdam", "Агдам"]
```
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from demine_analysis.datasets.checking.failures import Failure
from demine_analysis.datasets.checking.table import read_file
from demine_analysis.vocabulary import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from demine_analysis.datasets.checking.table import File

FILE = "programme.toml"
_A_LIST = "must be a list of other spellings, as in Aghdam = ['Agdam']"


def spellings_file(folder: Path) -> File | None:
    """Return the file in which a dataset says how it spells districts, or None without one."""
    return read_file(folder / FILE) if (folder / FILE).exists() else None


def read_spellings(content: File | None) -> tuple[Mapping[str, Sequence[str]], list[Failure]]:
    """Return each district with its other spellings, and what is wrong with the file."""
    if content is None:
        return {}, []
    if content.wrong:
        return {}, [Failure(content.name, None, "", None, content.wrong)]
    try:
        written = tomllib.loads(content.raw.decode("utf-8-sig")).get("districts", {})
    except (ValueError, RecursionError) as cause:
        return {}, [Failure(content.name, None, "", None, f"must be TOML in UTF-8: {cause}")]
    if not isinstance(written, dict):
        return {}, [Failure(content.name, None, "districts", None, _A_LIST)]
    found = [
        Failure(content.name, None, f"districts.{name}", str(others), _A_LIST)
        for name, others in written.items()
        if not isinstance(others, list) or not all(isinstance(each, str) for each in others)
    ]
    return ({}, found) if found else (written, _claimed_twice(content.name, written))


def _claimed_twice(file: str, written: Mapping[str, Sequence[str]]) -> list[Failure]:
    owner: dict[str, str] = {}
    found = []
    for name, others in written.items():
        for spelling in (name, *others):
            first = owner.setdefault(plain(spelling), name)
            if first != name:
                rule = f"must be the spelling of one district, it is one of {first} before"
                found.append(Failure(file, None, f"districts.{name}", spelling, rule))
    return found
