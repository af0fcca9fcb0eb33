"""How a site is cited: in words, and as a BibTeX entry."""

from __future__ import annotations

import datetime as dt
import re
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_TEX = {each: f"\\{each}" for each in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def reference(title: str, through: str) -> str:
    """Return how a site is cited.

    Parameters
    ----------
    title : str
        Of the site.
    through : str
        The last day of its data, YYYY-MM-DD; empty where it has none.
    """
    day = dt.date.fromisoformat(through) if through else None
    said = f", data through {day.day} {day:%B %Y}" if day else ""
    return f"“{title}”, Demine Analysis, version {version('demine-analysis')}{said}."


def bibtex(title: str, datasets: Iterable[str], through: str) -> str:
    """Return a site as a BibTeX entry, its year that of the data: an index has no clock.

    Parameters
    ----------
    title, through : str
        As for `reference`.
    datasets : iterable of str
        Names of the datasets that it is about.
    """
    names = [_NOT_IN_NAMES.sub("", name.casefold()) for name in datasets]
    fields = {
        "title": f"{{{_tex(title)}}}",
        "author": "{demine_analysis contributors}",
        "year": through[:4],
        "version": version("demine-analysis"),
        "note": f"Data through {through}" if through else "",
    }
    key = "_".join(["demine_analysis", *names, *([through[:4]] if through else [])])
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(_TEX.get(each, each) for each in text)
