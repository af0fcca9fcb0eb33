"""Frames for the tables and figures of the data audit."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from demine_analysis.auditing.findings import FINDINGS, READINGS
from demine_analysis.report.findings.common import sentence_case
from demine_analysis.scope import WHOLE
from demine_analysis.vocabulary import LAND_USES, METRICS, label
from demine_analysis.wording import formats
from demine_analysis.wording.language import marked, translate, translate_names
from demine_analysis.wording.names import operators

from .blocks import Block, csv_link, paragraph, together
from .choosing import Choice, filtered
from .corrected import corrections_told
from .tables import Link, grouped, table, with_sources, without_links

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

_UNSTATED = marked("whose work is not stated")
#: Suspect figures of a kind that are in sight; the others open.
_SHOWN = 10
#: Readings that move a point, and take the digits as they are.
_POINTS = ("decimal_point", "thousands_separator")
#: Findings of a figure against another one of its kind, which is named beside it.
_CLASHES = ("falling_total", "repeated_total", "copied", "papers_disagree")
#: What rows have in common that are shown as one: the same figure on several pages.
_SAME = ["finding", "what", "days", "printed", "reading", "likely"]


def suspects_drawn(found: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return the suspect figures that have an expectation, for `plots.suspects`.

    Parameters
    ----------
    found : DataFrame
        As from `audit`.
    statements : DataFrame
        Those that were looked at.

    Returns
    -------
    DataFrame
        Index `statement_id`; `period_end`, `metric`, `printed`, `median`, `factor`.
    """
    days = statements.set_index("statement_id")["period_end"]
    table = found.join(days, on="statement_id").set_index("statement_id")
    known = table["factor"].notna() & (table["factor"] > 0)
    return table.loc[known, ["period_end", "metric", "printed", "median", "factor"]]


def suspects_listed(
    found: pd.DataFrame, statements: pd.DataFrame, sources: pd.DataFrame, corrections: pd.DataFrame
) -> pd.DataFrame:
    """Return the suspect figures as text, with links to their pages.

    Parameters
    ----------
    found, statements, sources, corrections : DataFrame
        As from `audit`, `load_statements`, `load_sources` and `load_corrections`. What a declared
        correction says of a figure takes the place of the audit's reading.
    """
    known = statements.set_index("statement_id")
    columns = ["period_start", "period_end", "operator", "district", "land_use", "source_id"]
    table = found.join(known[columns], on="statement_id")
    rows = table.to_dict("records")
    table = table.assign(voucher=[_vouching(row, known) for row in rows])
    clash = [_clash(row, known) for row in rows]
    pages = known["source_id"].reindex(clash).set_axis(table.index)
    table = table.assign(clash=clash, clash_page=pages)
    for name, link in (("voucher", "vouched"), ("clash_page", "against")):
        table = with_sources(table, sources, column=name).rename(columns={"source": link})
    told = corrections_told(corrections)
    listed = [
        _named_once({**_suspect(row, known), **_corrected(told.get(row["statement_id"]))})
        for row in with_sources(table, sources).to_dict("records")
    ]
    names = ["statement_id", "days", "what", "printed", "expected", "finding", "reading", "likely",
             "told_by", "against", "source", "data_metric", "data_year"]  # fmt: skip
    return pd.DataFrame(listed, columns=names)


def suspects_by_kind(
    listed: pd.DataFrame,
    found: pd.DataFrame,
    columns: Mapping[str, str],
    *,
    first: str,
    missing: str,
) -> Block:
    """Return the suspect figures by what is wrong with them, the worst of each kind in sight.

    A figure that several pages print is one row, with all of them.

    Parameters
    ----------
    listed : DataFrame
        As from `suspects_listed` for `found`.
    found : DataFrame
        As from `audit`.
    columns : mapping
        Columns to show, with their headings.
    first : str
        The metric whose figures come before all others.
    missing : str
        What is said where nothing is suspect.
    """
    if listed.empty:
        return paragraph(missing)
    distance = np.abs(np.log(found["factor"].where(found["factor"] > 0))).fillna(0)
    order = np.lexsort((-distance.to_numpy(), listed["data_metric"].ne(first).to_numpy()))
    ordered = grouped(listed.iloc[order], _SAME)
    kinds = [
        words for words in map(translate, FINDINGS.values()) if words in set(listed["finding"])
    ]
    blocks = [_kind(kind, ordered[ordered["finding"] == kind], columns) for kind in kinds]
    shown = filtered(together(*blocks), _choices(listed, found))
    link = csv_link(without_links(listed), "suspect-figures")
    return together(shown, Block(f'<p class="demine-links">{link}</p>', ""))


def _choices(listed: pd.DataFrame, found: pd.DataFrame) -> list[Choice]:
    """Return what suspect figures can be chosen by: what is counted, and the year."""
    metrics = {
        code: translate(label(code, METRICS)) for code in METRICS if code in set(found["metric"])
    }
    years = {year: year for year in sorted(set(listed["data_year"]) - {""})}
    return [
        Choice("metric", translate("What is counted"), metrics),
        Choice("year", translate("Year"), years),
    ]


def _kind(kind: str, rows: pd.DataFrame, columns: Mapping[str, str]) -> Block:
    """Return a table of the worst figures of a kind, and one of the others that opens."""
    caption = translate("{what} ({n})").format(what=sentence_case(kind), n=len(rows))
    columns = {name: words for name, words in columns.items() if rows[name].map(bool).any()}
    shown = table(rows.head(_SHOWN), caption=caption, columns=columns, download=False, cards=True)
    if len(rows) <= _SHOWN:
        return shown
    words = translate("{n} more").format(n=len(rows) - _SHOWN)
    rest = table(
        rows.iloc[_SHOWN:], caption=f"{caption}: {words}", columns=columns, download=False,
        cards=True,
    )  # fmt: skip
    folded = f'<details class="demine-more"><summary>{escape(words)}</summary>{rest.html}</details>'
    return together(shown, Block(folded, rest.text))


def _vouching(row: Mapping[Hashable, Any], known: pd.DataFrame) -> str:
    """Return the page that prints the likely value of a suspect figure, empty where none does."""
    others = known.loc[[name for name in row["related_statement_ids"] if name in known.index]]
    same = others.loc[others["value"].eq(row["likely_value"]), "source_id"]
    return str(same.iloc[0]) if len(same) else ""


def _clash(row: Mapping[Hashable, Any], known: pd.DataFrame) -> str:
    """Return the statement nearest in time that a suspect figure cannot stand beside, or none."""
    others = known.loc[[name for name in row["related_statement_ids"] if name in known.index]]
    others = others[others["metric"].eq(row["metric"])]
    if row["finding"] == "falling_total":
        later = others["period_end"].gt(row["period_end"])
        less, more = (others["value"].lt(row["printed"]), others["value"].gt(row["printed"]))
        others = others[less.where(later, more)]
    if row["finding"] not in _CLASHES or others.empty:
        return ""
    apart = (others["period_end"] - row["period_end"]).abs().sort_values(kind="stable")
    return str(apart.index[0])


def _against(row: Mapping[Hashable, Any], known: pd.DataFrame) -> object:
    """Return the number and days that a suspect figure clashes with, with a link to its page."""
    if not row["clash"]:
        return ""
    other = known.loc[row["clash"]]
    page = row["against"]
    return Link(f"{_dated(other, row)}: {page.text}", page.url)


def _dated(other: pd.Series, row: Mapping[Hashable, Any]) -> str:
    """Return another figure with its days, but for those that the suspect one counts as well."""
    number = formats.printed(other["value"])
    if other["period"] == "cumulative":
        by_then = translate("{figure} by {day}")
        return by_then.format(figure=number, day=formats.date(other["period_end"]))
    days = formats.days(other["period_start"], other["period_end"])
    same = days == formats.days(row["period_start"], row["period_end"])
    return number if same else f"{number}, {days}"


def _named_once(cells: dict[str, object]) -> dict[str, object]:
    """Return cells that do not name a page that tells the likely value as a clash besides."""
    told, against = cells["told_by"], cells["against"]
    if isinstance(told, Link) and isinstance(against, Link) and told.url == against.url:
        return cells | {"against": ""}
    return cells


def _corrected(told: str | None) -> dict[str, object]:
    """Return what takes the place of a reading where a correction is declared."""
    if told is None:
        return {}
    source = translate("the correction declared below")
    return {"reading": translate("corrected"), "likely": told, "told_by": source}


def _told_by(row: Mapping[Hashable, Any]) -> object:
    """Return what the likely value of a suspect figure rests on: a page, or an account of it."""
    if pd.isna(row["likely_value"]):
        return ""
    if row["voucher"] == row["source_id"]:
        return translate("another figure of its page")
    if row["voucher"]:
        return row["vouched"]
    if row["likely_reading"] in _POINTS:
        return translate("its own digits, the point moved to where all others expect it")
    return translate("the parts on its page, added up")


def _suspect(row: Mapping[Hashable, Any], known: pd.DataFrame) -> dict[str, object]:
    finding, reading = FINDINGS[row["finding"]], READINGS[row["likely_reading"]]
    return {
        "statement_id": row["statement_id"],
        "days": formats.days(row["period_start"], row["period_end"]),
        "what": ", ".join(_what(row)),
        "printed": formats.printed(row["printed"]),
        "expected": _expected(row),
        "finding": translate(finding),
        "reading": translate(reading),
        "likely": _likely(row, known["value"]),
        "told_by": _told_by(row),
        "against": _against(row, known),
        "source": row["source"],
        "data_metric": row["metric"],
        "data_year": str(row["period_end"].year) if pd.notna(row["period_end"]) else "",
    }


def _likely(row: Mapping[Hashable, Any], values: pd.Series) -> str:
    """Return what the true figure would be: all that are printed where that is undecided."""
    if row["likely_value"] == row["printed"]:
        return translate("as printed, other days")
    if row["likely_reading"] != "undecided":
        return _believed(row)
    numbers = {row["printed"], *values.reindex(list(row["related_statement_ids"])).dropna()}
    return " / ".join(formats.printed(each) for each in sorted(numbers))


def _believed(row: Mapping[Hashable, Any]) -> str:
    """Return a likely value, if there is one; one beyond the usual range is told to be so."""
    if pd.isna(row["likely_value"]):
        return ""
    said = formats.printed(row["likely_value"])
    if row["likely_value"] < row["lower_95"]:
        return translate("{figure}, low even so").format(figure=said)
    if row["likely_value"] > row["upper_95"]:
        return translate("{figure}, high even so").format(figure=said)
    return said


def _what(row: Mapping[Hashable, Any]) -> list[str]:
    unstated = row["operator"] == "unstated"
    whose = _UNSTATED if unstated else label(row["operator"], operators())
    said = [translate(label(row["metric"], METRICS)), translate(whose)]
    said += [translate_names(row["district"])] * (row["district"] != WHOLE)
    said += [translate(label(row["land_use"], LAND_USES))] * (row["land_use"] != WHOLE)
    return said


def _expected(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["median"]):
        return ""
    return formats.interval(row["lower_95"], row["upper_95"])
