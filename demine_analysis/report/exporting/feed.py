"""The newest pages of a site's datasets as an Atom feed (RFC 4287). Needs no pandas."""

from __future__ import annotations

import csv
import uuid
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from demine_analysis.datasets.descriptor import title
from demine_analysis.datasets.locate import dataset_folder
from demine_analysis.errors import DatasetError
from demine_analysis.vocabulary import METRICS, UNITS, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_ATOM = "http://www.w3.org/2005/Atom"
#: Entries of a feed: what a reader who looks once a month has not seen.
_MOST = 40
#: Figures of a page that its entry tells.
_TOLD = 6


class Entry(NamedTuple):
    """A page with new figures.

    Parameters
    ----------
    day : str
        When it appeared, YYYY-MM-DD; of a page without a date the last day that it counts.
    key : str
        Dataset and identifier of the page: an entry stays the same for ever.
    title, url, summary : str
        Who says it, where, and what.
    """

    day: str
    key: str
    title: str
    url: str
    summary: str


def feed(name: str, datasets: Iterable[str]) -> bytes:
    """Return the feed of a site: an entry for each of the newest pages, the newest first.

    Parameters
    ----------
    name : str
        Title of the site.
    datasets : iterable of str
        Those that its pages are about; what is no dataset of statements is passed over.

    Notes
    -----
    The same data give the same bytes: nothing in it tells when it was made.
    """
    found = [entry for dataset in dict.fromkeys(datasets) for entry in _entries(dataset)]
    newest = sorted(found, key=lambda each: (each.day, each.key), reverse=True)[:_MOST]
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", _identifier(name))
    _add(root, "title", name)
    _add(root, "updated", _moment(newest[0].day if newest else "1970-01-01"))
    _add(_add(root, "author"), "name", "demine-analysis")
    for each in newest:
        _append(root, each)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _append(root: ET.Element, entry: Entry) -> None:
    node = _add(root, "entry")
    _add(node, "id", _identifier(entry.key))
    _add(node, "title", entry.title)
    _add(node, "updated", _moment(entry.day))
    _add(node, "link").set("href", entry.url)
    _add(node, "summary", entry.summary)


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    node = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    node.text = text or None
    return node


def _identifier(key: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'demine-analysis/{key}')}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _entries(dataset: str) -> list[Entry]:
    try:
        folder = dataset_folder(dataset)
        statements = _rows(folder / "statements.csv")
        pages = _rows(folder / "sources.csv")
    except (DatasetError, OSError):
        return []
    figures: dict[str, list[dict[str, str]]] = {}
    for row in statements:
        figures.setdefault(row["source_id"], []).append(row)
    named = title(folder)
    return [
        Entry(
            day=day,
            key=f"{dataset}/{page['source_id']}",
            title=f"{page['publisher']}: {told[0]}",
            url=page["url"],
            summary=f"{'; '.join(told)} ({named})",
        )
        for page in pages
        if page["source_id"] in figures
        for day in [_day(page, figures[page["source_id"]])]
        for told in [_told(figures[page["source_id"]])]
        if day
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(page: dict[str, str], figures: Sequence[dict[str, str]]) -> str:
    """Return the day of a page; one that is known to the month alone is no day for a feed."""
    known = [page["published"], *sorted((row["period_end"] for row in figures), reverse=True)]
    return next(
        (each for each in known if len(each) == len("2025-01-01") and each[0].isdigit()), ""
    )


def _told(figures: Sequence[dict[str, str]]) -> list[str]:
    """Return the first figures of a page in words, and how many more there are."""
    shown = [
        f"{label(row['metric'], METRICS)}: {row['value']} {label(row['unit'], UNITS)}, {_span(row)}"
        for row in figures[:_TOLD]
    ]
    more = len(figures) - len(shown)
    return [*shown, f"and {more} more"] if more else shown


def _span(row: dict[str, str]) -> str:
    days = dict.fromkeys(day for day in (row["period_start"], row["period_end"]) if day)
    return " to ".join(days) or "days not told"
