"""Declared corrections as text: what is put right when the data are loaded, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis.vocabulary import METRICS, label
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate, translate_count
from demine_analysis.wording.names import operators

from .blocks import Block, csv_link, together
from .tables import grouped, table, with_sources, without_links

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

_SAME = ["column", "expected", "value", "reason"]


def corrections_listed(
    corrections: pd.DataFrame, statements: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """Return the declared corrections as text, with links to the pages that they are made on.

    Parameters
    ----------
    corrections, statements, sources : DataFrame
        As from `load_corrections`, `load_statements` and `load_sources`.

    Returns
    -------
    DataFrame
        `statement_id`, `figure` (what is counted and its days, as printed), `column`, `expected`,
        `value`, `reason`, `source`.
    """
    known = statements.set_index("statement_id")
    listed = corrections[corrections["statement_id"].isin(known.index)]
    rows = known.loc[listed["statement_id"]].to_dict("records")
    listed = listed.assign(
        figure=[_figure(row) for row in rows],
        column=[_column(name) for name in listed["column"]],
        reason=[translate(reason) for reason in listed["reason"]],
        expected=[_cell(*pair) for pair in zip(listed["column"], listed["expected"], strict=True)],
        value=[_cell(*pair) for pair in zip(listed["column"], listed["value"], strict=True)],
        source_id=[row["source_id"] for row in rows],
    )
    return with_sources(listed, sources)[["statement_id", "figure", *_SAME, "source"]]


def corrections_grouped(
    listed: pd.DataFrame, *, caption: str, columns: Mapping[str, str], missing: str
) -> Block:
    """Return declared corrections as a table, a row for those that put the same right.

    Parameters
    ----------
    listed : DataFrame
        As from `corrections_listed`.
    caption : str
        What the table shows.
    columns : mapping
        Columns to show, with their headings.
    missing : str
        What is said where none is declared.
    """
    rows = grouped(listed, _SAME)
    shared = listed.groupby(_SAME, sort=False)["figure"].agg(_figures)
    rows = rows.assign(figure=shared.to_list())
    shown = table(
        rows, caption=caption, columns=columns, missing=missing, download=False, cards=True
    )
    if listed.empty:
        return shown
    link = csv_link(without_links(listed), "corrections")
    return together(shown, Block(f'<p class="demine-links">{link}</p>', ""))


def corrections_told(corrections: pd.DataFrame) -> dict[str, str]:
    """Return what is put right in each statement: the figure, or what else is corrected to what."""
    said: dict[str, list[str]] = {}
    for row in corrections.to_dict("records"):
        told = _cell(row["column"], row["value"])
        words = told if row["column"] == "value" else f"{_column(row['column'])}: {told}"
        said.setdefault(row["statement_id"], []).append(words)
    return {name: "; ".join(words) for name, words in said.items()}


def _figure(row: Mapping[Hashable, Any]) -> str:
    days = formats.days(row["period_start"], row["period_end"])
    return f"{translate(label(row['metric'], METRICS))}, {days}"


def _figures(figures: pd.Series) -> str:
    """Return the figure that is put right, or how many are."""
    if len(figures) == 1:
        return str(figures.iloc[0])
    n = len(figures)
    return translate_count("{n} figure", "{n} figures", n).format(n=formats.number(n))


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
