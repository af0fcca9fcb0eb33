"""A piece of a report: HTML for pages and JupyterLab, plain text for a terminal."""

from __future__ import annotations

import base64
import csv
import io
import re
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from demine_analysis.wording.language import translate

#: A cell that starts with one of these is read as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Block:
    """A piece of a report.

    Parameters
    ----------
    html : str
        What a page or JupyterLab shows.
    text : str
        What a terminal shows.
    """

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def paragraph(*sentences: str, kind: str = "") -> Block:
    """Return sentences as one paragraph, empty ones left out; `kind` is a class for the page."""
    text = " ".join(sentence for sentence in sentences if sentence)
    if not text:
        return Block("", "")
    classes = f' class="demine-{escape(kind)}"' if kind else ""
    return Block(f"<p{classes}>{escape(text, quote=False)}</p>", text)


def together(*blocks: Block) -> Block:
    """Return several pieces as one, in order."""
    html = "\n".join(block.html for block in blocks if block.html)
    return Block(html, "\n\n".join(block.text for block in blocks if block.text))


def identifier(name: str) -> str:
    """Return a name as an anchor: letters of any alphabet, digits and hyphens."""
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")


def csv_link(frame: pd.DataFrame, name: str, *, part: str = "") -> str:
    """Return a link that downloads a frame as CSV from inside the page; `part` says what it is."""
    content = base64.b64encode(to_csv(frame).encode()).decode()
    label = translate("Download the data (CSV)")
    if part:
        label = f"{translate(part.replace('_', ' ').capitalize())} (CSV)"
    return (
        f'<a class="demine-download" download="{identifier(name)}.csv" '
        f'href="data:text/csv;charset=utf-8;base64,{content}">{escape(label)}</a>'
    )


def to_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV: dates as YYYY-MM-DD, at most four decimals, no cell a formula."""
    plain = frame.reset_index() if frame.index.name else frame
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(plain.columns)
    writer.writerows(zip(*(_written(plain[name]) for name in plain.columns), strict=True))
    return text.getvalue()


def _written(column: pd.Series) -> list[object]:
    """Return the cells of a column as they stand in a CSV file, empty where one is missing."""
    values, kind = column.array, column.dtype.kind
    if kind == "f":
        numbers = column.to_numpy(dtype="float64", na_value=np.nan).tolist()
        cells: list[object] = [_short(value) for value in numbers]
    elif kind == "M":
        cells = np.datetime_as_string(np.asarray(values), unit="D").tolist()
    else:
        cells = [_harmless(cell) for cell in values.tolist()]
    for place in np.flatnonzero(pd.isna(values)):
        cells[place] = ""
    return cells


def _harmless(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    line = cell.replace("\r", " ")
    return f"'{line}" if cell.startswith(_FORMULA) else line


def _short(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
