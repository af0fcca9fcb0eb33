"""Read a notice: a page becomes a source, drafts of statements, and of victims."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.datasets.programme import programme_file, read_programme
from demine_analysis.errors import ParameterError
from demine_analysis.notices import pages, tables
from demine_analysis.notices.needed import needed
from demine_analysis.notices.reading.drafts import read_drafts
from demine_analysis.notices.reading.meaning import VICTIMS

if TYPE_CHECKING:
    import datetime as dt
    import os
    from pathlib import Path

    from demine_analysis.notices.reading.draft import Draft

COLUMNS = (
    "statement_id", "source_id", "metric", "value", "unit", "qualifier", "status", "period",
    "period_start", "period_end", "operator", "district", "land_use", "printed", "note",
    "estimate", "confidence", "start", "end", "reason",
)  # fmt: skip
PEOPLE = (
    "url", "publisher", "published", "period_start", "period_end", "killed", "injured", "total",
    "civilians_only", "note", "confidence", "start", "end", "reason",
)  # fmt: skip


@dataclass(frozen=True)
class Notice:
    """A page as it was read.

    Attributes
    ----------
    text : str
        Title and text of the page. Places in `drafts` are places in it.
    source : dict
        The row for `sources.csv`: source_id, url, publisher, agency, published, language.
    drafts : DataFrame
        A row a printed figure: the columns of `statements.csv`, `confidence` (0 to 1), `start` and
        `end` (the place in `text` that it was read from) and `reason` (what was assumed).
    casualties : DataFrame
        A row for victims of a period: the columns of `casualties.csv` and the same four.
    dataset : str
        For which dataset it was read.
    """

    text: str
    source: dict[str, str]
    drafts: pd.DataFrame
    casualties: pd.DataFrame
    dataset: str


def read_notice(
    source: str | Path,
    dataset: str | None = None,
    *,
    published: dt.date | str | None = None,
    data_home: str | os.PathLike[str] | None = None,
) -> Notice:
    """Read the figures that a notice prints.

    Parameters
    ----------
    source : str or Path
        A file (.html, .txt, .md, .pdf, .eml), an address, or a text. Only an address makes use of
        the network.
    dataset : str
        Whose operators, districts and words it is read with.
    published : date or str, optional
        The page's date, where the page does not show it; dates without a year need it. Where only
        the month is known, "2025-07": what is told until now then ends with that month.
    data_home : path, optional
        Where the dataset lies, as for `load_statements`.

    Returns
    -------
    Notice

    Raises
    ------
    StatementError
        Where the source cannot be read.
    ParameterError
        Where `published` is neither a day nor a month.
    DatasetError
        Where there is no such dataset.

    Examples
    --------
    >>> import demine_analysis as da
    >>> notice = da.read_notice("From July 7 to 13, 2025, 12 anti-tank mines were found.")
    >>> notice.drafts[["metric", "value", "period_start"]].iloc[0].to_list()
    ['anti_vehicle_mines', 12.0, '2025-07-07']
    """
    folder = tables.find(dataset, data_home)
    with needed("reading a notice"):
        page = pages.read_page(source)
    if published is not None:
        known = pages.dated(replace(page, published=None), str(published))
        if known.published is None:
            raise ParameterError(
                "published must be a day such as 2025-07-14 or a month such as 2025-07, "
                f"got {published!r}"
            )
        page = known
    return of_page(page, folder)


def of_page(page: pages.Page, folder: Path) -> Notice:
    """Return the notice that a page is, for the dataset of a folder."""
    programme, _ = read_programme(programme_file(folder))
    found = read_drafts(page, programme)
    source = {
        "source_id": tables.free_id(folder, _name(page.publisher, page.published)),
        "url": page.url,
        "publisher": page.publisher,
        "agency": "",
        "published": _iso(page.published)[: 7 if page.month_only else None],
        "language": page.language,
    }
    figures = [each for each in found if each.metric not in VICTIMS]
    people = [each for each in found if each.metric in VICTIMS]
    rows = [_statement(source["source_id"], place, each) for place, each in enumerate(figures, 1)]
    return Notice(
        page.text,
        source,
        pd.DataFrame(rows, columns=list(COLUMNS)),
        pd.DataFrame(_victims(source, people), columns=list(PEOPLE)),
        folder.name,
    )


def _name(publisher: str, day: dt.date | None) -> str:
    plain = unicodedata.normalize("NFKD", publisher.lower().replace("ə", "e").replace("ı", "i"))
    name = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    return f"{name or 'notice'}-{day:%Y%m%d}" if day else f"{name or 'notice'}-undated"


def _statement(source_id: str, place: int, draft: Draft) -> dict[str, object]:
    return {
        "statement_id": f"{source_id}.{place:02d}",
        "source_id": source_id,
        "metric": draft.metric,
        "value": draft.value,
        "unit": draft.unit,
        "qualifier": draft.qualifier,
        "status": draft.status,
        "period": draft.period,
        "period_start": _iso(draft.period_start)[: 7 if draft.month_only else None],
        "period_end": _last(draft),
        "operator": draft.operator,
        "district": draft.district,
        "land_use": draft.land_use,
        "printed": draft.printed,
        "note": draft.reason,
        "estimate": draft.estimate,
        "confidence": draft.confidence,
        "start": draft.start,
        "end": draft.end,
        "reason": draft.reason,
    }


def _victims(source: dict[str, str], found: list[Draft]) -> list[dict[str, object]]:
    """Return a row for each period, with the killed and the injured of it beside each other."""
    rows: list[dict[str, object]] = []
    for draft in found:
        column = {"victims": "total"}.get(draft.metric, draft.metric)
        days_of = (_iso(draft.period_start), _last(draft))
        row = next((r for r in rows[::-1] if (r["period_start"], r["period_end"]) == days_of), None)
        if row is None or row[column] is not None:
            row = dict.fromkeys(PEOPLE)
            row |= {name: source[name] for name in ("url", "publisher", "published")}
            row |= {"civilians_only": "unstated", "start": draft.start, "confidence": 1.0}
            row |= {"period_start": days_of[0], "period_end": days_of[1]}
            rows.append(row)
        row[column] = int(draft.value)
        row["end"] = draft.end
        row["confidence"] = min(float(str(row["confidence"])), draft.confidence)
        row["reason"] = row["note"] = draft.reason
    return rows


def _last(draft: Draft) -> str:
    """Return a draft's last day, or the month with which it ends."""
    return _iso(draft.period_end)[: 7 if draft.month_only or draft.ends_with_month else None]


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
