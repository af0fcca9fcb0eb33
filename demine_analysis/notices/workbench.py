"""Add a notice in JupyterLab: a text in, its figures marked, a table to mend, and Save."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demine_analysis.errors import DemineError
from demine_analysis.notices import adding, saving, tables
from demine_analysis.notices.draftfile import STATEMENT
from demine_analysis.notices.needed import needed
from demine_analysis.notices.notice import read_notice
from demine_analysis.notices.verdicts import with_verdicts

if TYPE_CHECKING:
    import ipywidgets as widgets
    import pandas as pd

    from demine_analysis.notices.notice import Notice

_SHOWN = tuple(name for name in STATEMENT if name not in {"printed", "note", "estimate"})
_WIDTHS = {"metric": "12em", "period_start": "7.5em", "period_end": "7.5em", "operator": "7em"}


def workbench(
    dataset: str | None = None, source: str = "", published: str | None = None
) -> widgets.VBox:
    """Return widgets that read a notice, show and mend its drafts, and save them.

    Parameters
    ----------
    dataset : str
        For which the notice is.
    source : str
        A text, an address or a path to begin with.
    published : str, optional
        The page's date, where the page does not show it.

    Notes
    -----
    What goes wrong, a dataset without statements included, is said below the widgets.
    """
    return Workbench(dataset, source, published or "").box


class Workbench:
    """The widgets of one notice, and what they do.

    Attributes
    ----------
    box : VBox
        All of them.
    notice : Notice or None
        As it was read last.
    """

    def __init__(self, dataset: str | None, source: str, published: str) -> None:
        with needed("the workbench"):
            import ipywidgets as widgets

        self.dataset = dataset
        self.notice: Notice | None = None
        self.rows: list[dict[str, Any]] = []
        wide = widgets.Layout(width="100%")
        self.source = widgets.Textarea(
            value=source, placeholder="Text, address or path", rows=6, layout=wide
        )
        self.published = widgets.Text(value=published, description="Date")
        self.url = widgets.Text(description="Address", layout=wide)
        self.read_button = widgets.Button(description="Read", button_style="primary")
        self.save_button = widgets.Button(description="Save", disabled=True)
        self.text = widgets.HTML()
        self.table = widgets.VBox()
        self.said = widgets.HTML()
        try:
            tables.find(dataset)
        except DemineError as error:
            self._say(str(error))
        self.read_button.on_click(lambda _: self.read())
        self.save_button.on_click(lambda _: self.save())
        self.box = widgets.VBox(
            [
                self.source, widgets.HBox([self.published, self.read_button]), self.text,
                self.table, self.url, self.save_button, self.said,
            ]
        )  # fmt: skip

    def read(self) -> None:
        """Read the source, and show its text and drafts."""
        self.save_button.disabled = True
        written = self.source.value.strip()
        try:
            notice = read_notice(
                Path(written) if _is_file(written) else written,
                self.dataset,
                published=self.published.value.strip() or None,
            )
            notice = replace(notice, drafts=with_verdicts(notice))
        except DemineError as error:
            self._say(str(error))
            return
        self.notice = notice
        self.url.value = notice.source["url"] or self.url.value
        self.published.value = notice.source["published"] or self.published.value
        self.text.value = marked(notice)
        self.rows = [self._row(place, row) for place, row in notice.drafts.iterrows()]
        self.table.children = [each["line"] for each in self.rows]
        self.save_button.disabled = not self.rows
        self._say(f"{len(self.rows)} figures found")

    def _row(self, place: Any, row: pd.Series) -> dict[str, Any]:
        import ipywidgets as widgets

        taken = widgets.Checkbox(
            value=not (row["doubtful"] or row["there"]), indent=False,
            layout=widgets.Layout(width="2em"),
        )  # fmt: skip
        cells = {
            name: widgets.Text(
                value=_shown(row[name]),
                tooltip=name,
                layout=widgets.Layout(width=_WIDTHS.get(name, "5.5em")),
            )
            for name in _SHOWN
        }
        said = f"confidence {row['confidence']:.2f}. {row['verdict'] or ''} {row['reason']}"
        note = widgets.HTML(f"<small>{html.escape(said)}</small>")
        wrapped = widgets.Layout(flex_flow="row wrap")
        line = widgets.VBox([widgets.HBox([taken, *cells.values()], layout=wrapped), note])
        return {"place": place, "taken": taken, "cells": cells, "line": line}

    def edited(self) -> Notice:
        """Return the notice with what is ticked, as it stands in the table."""
        assert self.notice is not None  # noqa: S101 - Save is disabled before a notice is read
        drafts = self.notice.drafts.astype(object)
        kept = [each for each in self.rows if each["taken"].value]
        for each in kept:
            for name, cell in each["cells"].items():
                drafts.loc[each["place"], name] = cell.value.strip()
        source = {
            **self.notice.source,
            "url": self.url.value.strip(),
            "published": self.published.value.strip(),
        }
        if source["url"] and not source["publisher"]:
            from demine_analysis.notices.pages import publisher_of

            source["publisher"] = publisher_of(source["url"])
        return replace(
            self.notice, source=source, drafts=drafts.loc[[each["place"] for each in kept]]
        )

    def save(self) -> None:
        """Add what is ticked to the dataset, all of it or none."""
        try:
            folder = tables.find(self.dataset)
            with saving.alone(folder, wait=60, say=self._say):
                change = adding.added(self.edited(), folder)
                saving.save(folder, change.contents)
        except DemineError as error:
            self._say(str(error))
            return
        self.save_button.disabled = True
        rows = ", ".join(f"{name}: {count} rows" for name, count in change.added.items())
        self._say(f"added. {rows}")

    def _say(self, message: str) -> None:
        self.said.value = f"<pre style='white-space: pre-wrap'>{html.escape(message)}</pre>"


def _is_file(written: str) -> bool:
    try:
        return "\n" not in written and Path(written).is_file()
    except OSError:
        return False


def _shown(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def marked(notice: Notice) -> str:
    """Return a notice's text as HTML, with the places of its drafts marked."""
    found, at = [], 0
    for _, row in notice.drafts.sort_values("start").iterrows():
        start, end = int(row["start"]), int(row["end"])
        if start < at:
            continue
        found += [html.escape(notice.text[at:start]), "<mark>", html.escape(notice.text[start:end])]
        found.append("</mark>")
        at = end
    found.append(html.escape(notice.text[at:]))
    return f"<div style='white-space: pre-wrap; max-width: 60em'>{''.join(found)}</div>"
