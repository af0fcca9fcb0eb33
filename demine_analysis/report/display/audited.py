"""Frames for the tables and figures of the data audit."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from demine_analysis.auditing.findings import FINDINGS, READINGS
from demine_analysis.report.findings.common import sentence_case
from demine_analysis.vocabulary import METRICS, label
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate
from demine_analysis.wording.names import operators

from .blocks import Block, csv_link, paragraph, together
from .choosing import Choice, filtered
from .tables import table, with_sources, without_links

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

#: Suspect figures of a kind that are in sight; the others open.
_SHOWN = 10
#: Readings that move a point, and take the digits as they are.
_POINTS = ("decimal_point", "thousands_separator")


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
    found: pd.DataFrame, statements: pd.DataFrame, sources: pd.DataFrame, corrected: set[str]
) -> pd.DataFrame:
    """Return the suspect figures as text, with links to their pages.

    Parameters
    ----------
    found, statements, sources : DataFrame
        As from `audit`, `load_statements` and `load_sources`.
    corrected : set of str
        Statements for which a correction is declared.
    """
    known = statements.set_index("statement_id")
    columns = ["period_start", "period_end", "operator", "source_id"]
    table = found.join(known[columns], on="statement_id")
    told = [_vouching(row, known) for row in table.to_dict("records")]
    table = with_sources(table.assign(voucher=told), sources, column="voucher")
    table = with_sources(table.rename(columns={"source": "vouched"}), sources)
    rows = [
        {**_suspect(row, corrected), "likely": _likely(row, known["value"])}
        for row in table.to_dict("records")
    ]
    names = ["statement_id", "days", "what", "printed", "expected", "finding", "reading", "likely",
             "told_by", "corrected", "source", "data_metric", "data_year"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def suspects_by_kind(
    listed: pd.DataFrame, found: pd.DataFrame, columns: Mapping[str, str], *, missing: str
) -> Block:
    """Return the suspect figures by what is wrong with them, the worst of each kind in sight.

    Parameters
    ----------
    listed : DataFrame
        As from `suspects_listed` for `found`.
    found : DataFrame
        As from `audit`.
    columns : mapping
        Columns to show, with their headings.
    missing : str
        What is said where nothing is suspect.
    """
    if listed.empty:
        return paragraph(missing)
    distance = np.abs(np.log(found["factor"].where(found["factor"] > 0)))
    ordered = listed.iloc[distance.fillna(0).argsort(kind="stable")[::-1]]
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


def _suspect(row: Mapping[Hashable, Any], corrected: set[str]) -> dict[str, object]:
    finding, reading = FINDINGS[row["finding"]], READINGS[row["likely_reading"]]
    return {
        "statement_id": row["statement_id"],
        "days": formats.days(row["period_start"], row["period_end"]),
        "what": ", ".join(_what(row)),
        "printed": formats.printed(row["printed"]),
        "expected": _expected(row),
        "finding": translate(finding),
        "reading": translate(reading),
        "told_by": _told_by(row),
        "corrected": translate("yes") if row["statement_id"] in corrected else "",
        "source": row["source"],
        "data_metric": row["metric"],
        "data_year": str(row["period_end"].year) if pd.notna(row["period_end"]) else "",
    }


def _likely(row: Mapping[Hashable, Any], values: pd.Series) -> str:
    """Return what the true figure would be: all that are printed where that is undecided."""
    if row["likely_value"] == row["printed"]:
        return translate("as printed, other days")
    if row["likely_reading"] != "undecided":
        return formats.printed(row["likely_value"])
    numbers = {row["printed"], *values.reindex(list(row["related_statement_ids"])).dropna()}
    return " / ".join(formats.printed(each) for each in sorted(numbers))


def _what(row: Mapping[Hashable, Any]) -> list[str]:
    metric = translate(label(row["metric"], METRICS))
    if row["operator"] == "unstated":
        return [metric, translate("whose work is not stated")]
    return [metric, translate(label(row["operator"], operators()))]


def _expected(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["median"]):
        return "–"
    return formats.interval(row["lower_95"], row["upper_95"])


def corrections_listed(
    corrections: pd.DataFrame, statements: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """Return the declared corrections as text, with links to the pages that they are made on."""
    pages = statements.set_index("statement_id")["source_id"]
    known = corrections[corrections["statement_id"].isin(pages.index)]
    listed = known.assign(
        column=[_column(name) for name in known["column"]],
        reason=[translate(reason) for reason in known["reason"]],
        expected=[_cell(*pair) for pair in zip(known["column"], known["expected"], strict=True)],
        value=[_cell(*pair) for pair in zip(known["column"], known["value"], strict=True)],
        source_id=known["statement_id"].map(pages),
    )
    return with_sources(listed, sources)


def _column(name: str) -> str:
    """Return what a column of the statements says, in words."""
    names = {"value": translate("figure"), "metric": translate("what is counted"),
             "period_start": translate("first day"), "period_end": translate("last day"),
             "operator": translate("whose work")}  # fmt: skip
    return names.get(name, name)


def _cell(column: str, text: str) -> str:
    """Return a cell of the statements as readers see it."""
    if column == "value":
        return formats.printed(float(text))
    if column.startswith("period_"):
        return formats.date(pd.Timestamp(text))
    names = {"metric": METRICS, "operator": operators()}.get(column, {})
    return translate(label(text, names))
