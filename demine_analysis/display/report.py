"""The parts that every report has: what it is about, headline figures, sources, how to cite."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis import formats
from demine_analysis.language import translate

from .blocks import Block, identifier
from .figures import stylesheet
from .tables import Link, anchor

#: Characters of an address that are shown.
_READABLE = 80

if TYPE_CHECKING:
    from collections.abc import Sequence


def masthead(
    *, scope: str, data_through: pd.Timestamp, rendered_from: str, as_of: str | None = None
) -> Block:
    """Return what a report is about, and the style of the figures that follow.

    Parameters
    ----------
    scope : str
        The scope in a sentence, as from `findings.scope`.
    data_through : Timestamp
        The last day that a figure counts.
    rendered_from : str
        The dataset and its size, as from `findings.dataset`.
    as_of : str
        The day as of which published figures were used; None: all of them.
    """
    lines = [
        (translate("Scope"), scope),
        (translate("Data through"), formats.date(data_through)),
        (translate("Rendered from"), rendered_from),
    ]
    if as_of:
        lines.append((translate("As published by"), formats.date(pd.Timestamp(as_of))))
    rows = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in lines)
    text = "\n".join(f"{name}: {value}" for name, value in lines)
    day = "" if pd.isna(data_through) else data_through.date().isoformat()
    # The attributes are what the index of a site says about the page.
    opening = f'<dl class="demine-masthead" data-scope="{escape(scope)}" data-data-through="{day}">'
    return Block(f"<style>{stylesheet()}</style>{opening}{rows}</dl>", text)


def facts(rows: Sequence[tuple[str, str, str]]) -> Block:
    """Return headline figures from rows of figure, what it is, note; rows without are left out."""
    shown = [row for row in rows if row[0]]
    items = "".join(
        f'<div class="demine-fact"><dt>{escape(what)}</dt><dd><strong>{escape(figure)}</strong>'
        f"{f'<span>{escape(note)}</span>' if note else ''}</dd></div>"
        for figure, what, note in shown
    )
    text = "\n".join(f"{what}: {figure} {note}".strip() for figure, what, note in shown)
    return Block(f'<dl class="demine-facts">{items}</dl>' if shown else "", text)


def bullets(sentences: Sequence[str]) -> Block:
    """Return sentences as a list."""
    items = "".join(f"<li>{escape(each, quote=False)}</li>" for each in sentences)
    return Block(f"<ul>{items}</ul>", "\n".join(f"- {each}" for each in sentences))


def sources_list(sources: pd.DataFrame, statements: pd.DataFrame) -> Block:
    """Return the pages that statements come from: publisher, date, language, link.

    Parameters
    ----------
    sources : DataFrame
        As from `load_sources`.
    statements : DataFrame
        Those used; each page is listed once, with how many of its figures were used.
    """
    counts = statements["source_id"].value_counts()
    used = sources[sources["source_id"].isin(counts.index)]
    used = used.sort_values(["published", "source_id"], na_position="last")
    items = "\n".join(
        f'<li id="source-{identifier(str(name))}">{_page(page, int(counts[str(name)]))}</li>'
        for name, page in used.set_index("source_id").iterrows()
    )
    summary = translate("{n} pages were used").format(n=formats.number(len(used)))
    html = (
        f'<details class="demine-sources"><summary>{escape(summary)}</summary>'
        f"<ol>{items}</ol></details>"
    )
    return Block(html, f"{summary}\n" + "\n".join(used["url"]))


def cite(title: str, data_through: pd.Timestamp) -> Block:
    """Return how to cite a report."""
    text = translate(
        "“{title}”, Demine Analysis, data through {day}. "
        "Cite the publishers of single figures as listed under sources."
    ).format(title=title, day=formats.date(data_through))
    return Block(f'<p class="demine-cite">{escape(text)}</p>', text)


def _page(page: pd.Series, count: int) -> str:
    agency, url = page["agency"], page["url"]
    credit = f" ({agency})" if isinstance(agency, str) and agency else ""
    figures = translate("{n} figures").format(n=count)
    day = formats.date(page["published"])
    details = f"{page['publisher']}{credit}, {day}, {page['language']}, {figures}: "
    return escape(details) + anchor(Link(shorten(url), url))


def shorten(url: str) -> str:
    """Return an address short enough to read."""
    return url if len(url) <= _READABLE else url[: _READABLE - 1] + "…"
