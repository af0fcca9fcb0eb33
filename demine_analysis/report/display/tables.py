"""Frames as tables that a screen reader, a phone and a printer can handle."""

from __future__ import annotations

from html import escape
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate

from .blocks import Block, csv_link, identifier, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Link(NamedTuple):
    """A cell that leads to a page: its text and its address."""

    text: str
    url: str


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    columns: Mapping[str, str],
    formatting: Mapping[str, Callable[..., str]] | None = None,
    missing: str | None = "",
    download: bool = True,
    cards: bool = False,
) -> Block:
    """Return a frame as an HTML table.

    Parameters
    ----------
    frame : DataFrame
        The rows; the index takes part by its name. Columns called `data_<name>` become
        attributes of the rows, for the choices of `filtered`.
    caption : str
        What the table shows; it also names the download.
    columns : mapping
        Columns to show, in order, with their headings; the first one heads the rows.
    formatting : mapping, optional
        How to write a column's values, instead of `formats.number` and `formats.date`.
    missing : str
        The sentence shown in place of a table without rows; None where something above says it.
    download : bool
        Whether a link to the shown columns as CSV stands below.
    cards : bool
        Whether each row is a card on a phone: for tables of many columns.

    Returns
    -------
    Block
        The table; every text is escaped, and links lead to http and https only.
    """
    plain = frame.reset_index() if frame.index.name else frame
    if plain.empty:
        said = missing or translate("There is nothing to list for this selection.")
        return paragraph("" if missing is None else said)
    shown = plain[list(columns)]
    rules = dict(formatting or {})
    names = list(columns.values()) if cards else []
    marked = _records(plain[[name for name in plain if str(name).startswith("data_")]])
    rows = "\n".join(
        _opening(attributes) + _row(row, rules, names) + "</tr>"
        for attributes, row in zip(marked, _records(shown), strict=True)
    )
    name, more = identifier(caption), escape(translate("scroll sideways for more →"))
    html = (
        f'<div class="demine-table{" demine-cards" if cards else ""}" role="region" tabindex="0" '
        f'aria-labelledby="{name}-caption">'
        f'<table id="table-{name}"><caption id="{name}-caption" data-more="{more}">'
        f"{escape(caption)}</caption>"
        f"<thead><tr>{_head(shown, columns)}</tr></thead><tbody>\n{rows}\n</tbody></table></div>"
    )
    if download:
        html += f'<p class="demine-links">{csv_link(without_links(shown), name)}</p>'
    return Block(html, f"{caption}\n{shown.to_string(index=False)}")


def with_sources(
    frame: pd.DataFrame, sources: pd.DataFrame, *, column: str = "source_id"
) -> pd.DataFrame:
    """Return a frame with a column `source`: links to the pages that `column` names.

    Parameters
    ----------
    frame : DataFrame
        Rows with a `source_id`.
    sources : DataFrame
        As from `load_sources`.
    """
    named = sources[sources["source_id"].isin(frame[column])]
    columns = [named[name] for name in ("publisher", "published", "url")]
    pages = dict(zip(named["source_id"], zip(*columns, strict=True), strict=True))
    links = [_source_link(pages, name) for name in frame[column]]
    return frame.assign(source=pd.Series(links, index=frame.index, dtype="object"))


def anchor(link: Link) -> str:
    """Return a link as HTML, or its text alone where the address is not one of the web."""
    if urlsplit(link.url).scheme not in {"http", "https"}:
        return escape(link.text)
    return f'<a href="{escape(link.url)}" rel="external noopener">{escape(link.text)}</a>'


def _source_link(pages: Mapping[str, tuple[Any, ...]], name: object) -> Link:
    if not isinstance(name, str):
        return Link("–", "")
    if name not in pages:
        return Link(name, "")
    publisher, day, url = pages[name]
    text = f"{publisher}, {formats.date(day)}" if pd.notna(day) else str(publisher)
    return Link(text, str(url))


def _head(shown: pd.DataFrame, columns: Mapping[str, str]) -> str:
    cells = []
    for name, heading in columns.items():
        number = ' class="demine-number"' if _is_number(shown[name]) else ""
        cells.append(f'<th scope="col"{number}>{escape(heading)}</th>')
    return "".join(cells)


def _is_number(column: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column))


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _opening(attributes: Mapping[str, object]) -> str:
    said = "".join(
        f' {name.replace("_", "-")}="{escape(str(value))}"' for name, value in attributes.items()
    )
    return f"<tr{said}>"


def _row(
    row: dict[str, object], rules: Mapping[str, Callable[..., str]], names: Sequence[str] = ()
) -> str:
    """Return the cells of a row; with the names of its columns each carries its own."""
    cells = []
    for position, (name, value) in enumerate(row.items()):
        tag = 'th scope="row"' if position == 0 else "td"
        number = isinstance(value, Real) and not isinstance(value, bool)
        classes = ' class="demine-number"' if number and position else ""
        if names and position:
            classes += f' data-name="{escape(names[position])}"'
        cells.append(f"<{tag}{classes}>{_cell(value, rules.get(name))}</{tag[:2]}>")
    return "".join(cells)


def _cell(value: object, rule: Callable[..., str] | None) -> str:
    if isinstance(value, Link | list):
        return "; ".join(map(anchor, [value] if isinstance(value, Link) else value))
    if rule is not None:
        return escape(rule(value), quote=False)
    if isinstance(value, pd.Timestamp) or value is pd.NaT:
        return escape(formats.date(value))
    if isinstance(value, bool):
        return escape(translate("yes") if value else translate("no"))
    if isinstance(value, Real):
        return escape(formats.number(float(value)))
    return escape(str(value), quote=False)


def without_links(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with the addresses in place of links, as a download needs them."""
    return frame.map(_address)


def _address(cell: object) -> object:
    if isinstance(cell, list):
        return "; ".join(str(_address(each)) for each in cell)
    return cell.url or cell.text if isinstance(cell, Link) else cell


def grouped(frame: pd.DataFrame, same: list[str]) -> pd.DataFrame:
    """Return the first of the rows that are the same, with all their pages in `source`.

    Parameters
    ----------
    frame : DataFrame
        Rows with a `source`, as `with_sources` gives them.
    same : list of str
        Columns in which rows are equal that are shown as one.
    """
    groups = frame.groupby(same, sort=False)["source"]
    pages = groups.agg(lambda links: list(dict.fromkeys(links)))
    first = frame.drop_duplicates(same)
    return first.assign(source=pd.Series(pages.to_list(), index=first.index, dtype="object"))
