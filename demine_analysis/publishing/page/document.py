"""An executed notebook as a page: nbconvert with the project's own template."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from demine_analysis.wording.language import LANGUAGES, translate, translate_markdown
from demine_analysis.wording.page import words

from .facts import FINDING
from .look import TEMPLATE, script, stylesheet
from .markdown import text_cell
from .outputs import printable, shown
from .safety import CONTENT_SECURITY_POLICY, harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbconvert.exporters.templateexporter import TemplateExporter
    from nbformat import NotebookNode

_HEADING = re.compile(r"<h2\b([^>]*)>(.*?)</h2>", re.IGNORECASE | re.DOTALL)
_FIRST_HEADING = re.compile(r"(<h1\b[^>]*>)(.*?)(</h1>)", re.IGNORECASE | re.DOTALL)
_ID = re.compile(r'\bid="([^"]*)"', re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


class Entry(NamedTuple):
    """A line of the contents list: where it leads and what it says."""

    anchor: str
    text: str


def to_html(
    notebook: NotebookNode,
    *,
    title: str,
    language: str = "en",
    versions: Mapping[str, str] | None = None,
    about: str = "",
    address: str | None = None,
    folder: str = "",
) -> str:
    """Return the page of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        With outputs. Code, prompts and what was written to stderr do not appear.
    title : str
        Title of the page and its first heading.
    language : str
        Of the text.
    versions : mapping, optional
        Names of the pages beside it that are this one in other languages, by language.
    about : str
        Name of the page beside it that explains the reports.
    address : str
        Where the page of a site can be read, without `.html`; empty where that is not known.
        Without it no index is beside the page.
    folder : str
        Where the notebook lies, for pictures in its text; nowhere if empty.
    """
    page = {
        "title": translate(title, language=language),
        "language": language,
        "in_site": address is not None,
        "about": about,
        "address": address,
        "folder": folder,
        "words": words(language),
        "versions": [
            {"code": code, "name": LANGUAGES.get(code, code), "page": f"{page}.html"}
            for code, page in (versions or {}).items()
        ],
    }
    # nbconvert's `from_notebook_node` would copy the notebook twice first, for its preprocessors.
    html = _exporter().template.render(nb=notebook, resources={"page": page})
    return str(html).lstrip("\r\n")


@lru_cache(maxsize=1)
def _exporter() -> TemplateExporter:
    """Return nbconvert's exporter with our template, which is compiled once and only read then."""
    from nbconvert.exporters.templateexporter import TemplateExporter

    exporter = TemplateExporter(
        file_extension=".html",
        template_name=TEMPLATE.name,
        extra_template_basedirs=[str(TEMPLATE.parent)],
        template_data_paths=[],
        default_preprocessors=[],  # the template chooses what is shown
    )
    exporter.output_mimetype = "text/html"
    for name, function in _FILTERS.items():
        exporter.register_filter(name, function)
    exporter.environment.globals |= {
        "policy": CONTENT_SECURITY_POLICY, "stylesheet": stylesheet(), "script": script()
    }  # fmt: skip
    return exporter


def anchored(html: str) -> str:
    """Return a page's body with an id on every second-level heading, each only once."""
    taken: set[str] = set()

    def _anchor(match: re.Match[str]) -> str:
        given = _ID.search(match[1])
        name = _free(given[1] if given else _slug(match[2]), taken)
        rest = _ID.sub("", match[1]).rstrip()
        return f'<h2{rest} id="{escape(name)}">{match[2]}</h2>'

    return _HEADING.sub(_anchor, html)


def contents(html: str) -> list[Entry]:
    """Return the second-level headings of a body, as made by `anchored`."""
    found = [(_ID.search(match[1]), match[2]) for match in _HEADING.finditer(html)]
    return [Entry(given[1], _text(inner)) for given, inner in found if given]


def titled(html: str, title: str) -> str:
    """Return a body whose first heading is the report's title, above its finding if it has one."""
    heading = escape(title, quote=False)
    if FINDING.search(html):
        html = _FIRST_HEADING.sub("", html, count=1)
        return f'<p class="demine-kicker">{heading}</p>\n{html}'
    if _FIRST_HEADING.search(html):
        return _FIRST_HEADING.sub(lambda match: match[1] + heading + match[3], html, count=1)
    return f"<h1>{heading}</h1>\n{html}"


def finding(html: str) -> str:
    """Return the sentence that a body opens with; empty where it has none."""
    found = FINDING.search(html)
    return unescape(found[1]) if found else ""


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    taken.add(candidate)
    return candidate


def _slug(inner: str) -> str:
    return re.sub(r"\W+", "-", _text(inner).casefold()).strip("-") or "section"


def _text(inner: str) -> str:
    return unescape(_TAG.sub("", inner)).strip()


def _text_cell(cell: NotebookNode, page: Mapping[str, Any]) -> str:
    source = translate_markdown(cell.source, language=page["language"])
    return text_cell(cell, source=source, language=page["language"], folder=page["folder"])


def _raw_cell(cell: NotebookNode) -> str:
    """Return a cell that is for one format: HTML as it is, else as it is written."""
    kind = str(cell.metadata.get("raw_mimetype", cell.metadata.get("format", "")))
    return str(cell.source) if kind == "text/html" else f"<pre>{escape(cell.source)}</pre>"


def _shown(output: NotebookNode, page: Mapping[str, Any]) -> str:
    return shown(output, language=page["language"], folder=page["folder"])


_FILTERS = {
    "text_cell": _text_cell,
    "raw_cell": _raw_cell,
    "shown": _shown,
    "printable": printable,
    "harmless": harmless,
    "anchored": anchored,
    "contents": contents,
    "finding": finding,
    "titled": titled,
}
