"""The parts that every report has: what it is about, headline figures, sources, how to cite."""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis.report.findings import Fact
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate, translate_count

from .blocks import Block, identifier, paragraph, together
from .figures import stylesheet
from .tables import Link, anchor

#: Characters of an address that are shown.
_READABLE = 80

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence


def masthead(  # noqa: PLR0913 - one line of the list at the head of a page each
    *,
    finding: str,
    scope: str,
    data_through: pd.Timestamp,
    rendered_from: str,
    as_of: str | None = None,
    dataset: str = "",
    statements: pd.DataFrame | None = None,
    state: str = "",
) -> Block:
    """Return a report's finding, what it is about, and the style of the figures that follow.

    Parameters
    ----------
    finding : str
        What the report found, in one sentence.
    scope : str
        The scope in a sentence, as from `findings.scope`.
    data_through : Timestamp
        The last day that a figure counts.
    rendered_from : str
        The dataset and its size, as from `findings.dataset`.
    as_of : str
        The day as of which published figures were used; None: all of them.
    dataset : str
        Name of the dataset, for the index of a site.
    statements : DataFrame
        The published figures of it that are known, for the index of a site.
    state : str
        What the index of a site says of the page beside its being up to date.
    """
    lines = [
        (translate("Scope"), scope),
        (translate("Data through"), formats.date(data_through)),
        (translate("Rendered from"), rendered_from),
    ]
    if as_of:
        lines.append((translate("As published by"), formats.date(pd.Timestamp(as_of))))
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{_sized(said) if said == rendered_from else escape(said)}"
        "</dd></div>"
        for name, said in lines
    )
    text = "\n".join(f"{name}: {value}" for name, value in lines)
    known = {"scope": scope, "data-through": _iso(data_through), "dataset": dataset, "state": state}
    if statements is not None:
        known |= _extent(statements)
    # The attributes are what the index of a site says about the page.
    said = "".join(f' data-{name}="{escape(value)}"' for name, value in known.items())
    opening = f'<dl class="demine-masthead"{said}>'
    heading = f'<h1 class="demine-finding">{escape(finding, quote=False)}</h1>'
    html = f"<style>{stylesheet()}</style>{heading}{opening}{rows}</dl>"
    return Block(html, f"{finding}\n{text}")


def _sized(text: str) -> str:
    """Return what a report rests on; its size, in brackets or after, is not for a phone."""
    name, bracket, size = text.partition(" (")
    return escape(name) + (f'<span class="demine-size"> ({escape(size)}</span>' if bracket else "")


def opening(
    chart: Block, rows: Sequence[tuple[str, ...]], *sentences: str, hedged: bool = True
) -> Block:
    """Return what a reader sees first below the finding: a chart and three figures at most.

    Parameters
    ----------
    chart : Block
        As from `chart`.
    rows : sequence of Fact
        As for `facts`.
    *sentences : str
        What else has to be said at once, for instance why there is no series.
    hedged : bool
        Whether the figures are estimates, of which some is “very likely”.
    """
    shown = facts(rows)
    sure = translate("“Very likely” means with a probability of 80%.")
    note = paragraph(sure if shown.text and hedged else "", kind="note")
    beside = together(shown, paragraph(*sentences), note)
    # Its title stands right below the first heading, and is none itself.
    drawn = re.sub(r"(</?)h3\b", r"\1p", chart.html)
    html = f'<div class="demine-opening">{drawn}<div>{beside.html}</div></div>'
    return Block(html, f"{chart.text}\n\n{beside.text}")


def _extent(statements: pd.DataFrame) -> dict[str, str]:
    """Return how many figures and pages there are, and the first and last day of work counted."""
    work = statements[statements["status"] == "achieved"]
    return {
        "statements": str(len(statements)),
        "sources": str(statements["source_id"].nunique()),
        "first-day": _iso(work["period_start"].min()),
        "last-day": _iso(work["period_end"].max()),
    }


def _iso(day: pd.Timestamp) -> str:
    return "" if pd.isna(day) else day.date().isoformat()


def facts(rows: Sequence[tuple[str, ...]]) -> Block:
    """Return headline figures, as from `findings.Fact`; rows without a figure are left out."""
    shown = [Fact(*row) for row in rows if row[0]]
    items = "".join(_fact(each) for each in shown)
    text = "\n".join(f"{each.what}: {each.figure} {each.note}".strip() for each in shown)
    return Block(f'<dl class="demine-facts">{items}</dl>' if shown else "", text)


def _fact(fact: Fact) -> str:
    # The attributes are what the index of a site knows the figure by.
    known = f' data-name="{escape(fact.name)}" data-chart="{escape(fact.chart)}"'
    note = f"<span>{escape(fact.note)}</span>" if fact.note else ""
    return (
        f'<div class="demine-fact"{known if fact.name else ""}><dt>{escape(fact.what)}</dt>'
        f"<dd><strong>{escape(fact.figure)}</strong>{note}</dd></div>"
    )


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
    counts = Counter(statements["source_id"])
    used = sources[sources["source_id"].isin(list(counts))]
    used = used.sort_values(["published", "source_id"], na_position="last")
    items = "\n".join(
        f'<li id="source-{identifier(page["source_id"])}">{_page(page, counts)}</li>'
        for page in used.to_dict("records")
    )
    summary = translate_count("{n} page was used", "{n} pages were used", len(used)).format(
        n=formats.number(len(used))
    )
    html = (
        f'<details class="demine-sources"><summary>{escape(summary)}</summary>'
        f"<ol>{items}</ol></details>"
    )
    return Block(html, f"{summary}\n" + "\n".join(used["url"]))


def without_list(block: Block, sources: pd.DataFrame) -> Block:
    """Return a piece that stands where no `sources_list` does: its links lead to the pages."""
    pages = {
        f"#source-{identifier(name)}": url
        for name, url in zip(sources["source_id"], sources["url"], strict=True)
    }

    def _lead(match: re.Match[str]) -> str:
        return anchor(Link(unescape(match[2]), pages.get(match[1], "")))

    html = re.sub(r'<a href="(#source-[^"]*)">([^<]*)</a>', _lead, block.html)
    return Block(html, block.text)


def cite(title: str, data_through: pd.Timestamp) -> Block:
    """Return how to cite a report."""
    text = translate(
        "“{title}”, Demine Analysis, version {version}, data through {day}. "
        "Cite the publishers of single figures as listed under sources."
    ).format(title=title, version=version("demine-analysis"), day=formats.date(data_through))
    return Block(f'<p class="demine-cite">{escape(text)}</p>', text)


def _page(page: Mapping[Hashable, Any], counts: Mapping[str, int]) -> str:
    agency, url = page["agency"], page["url"]
    credit = f" ({agency})" if isinstance(agency, str) and agency else ""
    figures = translate("figures used: {n}").format(n=counts[page["source_id"]])
    day = formats.date(page["published"])
    said = formats.language_name(page["language"])
    details = f"{page['publisher']}{credit}, {day}, {said}, {figures}: "
    return escape(details) + anchor(Link(shorten(url), url))


def shorten(url: str) -> str:
    """Return an address short enough to read."""
    return url if len(url) <= _READABLE else url[: _READABLE - 1] + "…"
