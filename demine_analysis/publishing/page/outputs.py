"""What a code cell has shown, as HTML: the best form that a page without scripts can show."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

from nbconvert.filters import ansi2html, strip_ansi

from .markdown import markdown, not_shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

#: Raster pictures, the best first.
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
#: What runs in a notebook and cannot in a page. Its text form only says what it is.
_RUNNING = re.compile(r"application/(?:javascript|vnd\.(?!dataresource|plotly\.v1\+html).*)")
#: What Python says of an object that says nothing of itself; its place differs in each run.
_NAMELESS = re.compile(r"<[^<>]* at 0x[0-9a-fA-F]+>")
#: Characters that no HTML may hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def printable(text: str) -> str:
    """Return a text whose control characters can be seen."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def shown(output: NotebookNode, *, language: str, folder: str) -> str:
    """Return an output of a cell as HTML; nothing for what was written to stderr.

    Parameters
    ----------
    output : NotebookNode
        Of any type.
    language : str
        Of notes about what cannot be shown.
    folder : str
        Where pictures of Markdown are looked for.
    """
    if output.output_type == "stream":
        return _text(output.text) if output.name == "stdout" else ""
    if output.output_type == "error":  # one that the cell's tag `raises-exception` allows
        return _text(f"{output.ename}: {output.evalue}")
    data = output.data
    if "text/html" in data:
        return _joined(data["text/html"])
    if "text/markdown" in data:
        return markdown(_joined(data["text/markdown"]), language=language, folder=folder)
    for kind, form in _FORMS.items():
        if kind in data:
            return form(data[kind], output)
    return _otherwise(data, language)


def _otherwise(data: dict[str, Any], language: str) -> str:
    """Return a note of what cannot be shown, and the text that stands for it, if any."""
    said = _joined(data.get("text/plain", ""))
    plain = "" if not said or _NAMELESS.search(said) else _text(said)
    others = [kind for kind in data if kind != "text/plain"]
    if others and (_RUNNING.match(others[0]) or not plain):
        return f"<p>{not_shown(others[0], language)}</p>\n{plain}"
    return plain


def _picture(content: Any, output: NotebookNode, *, kind: str) -> str:
    known = output.metadata.get(kind, {})
    sizes = "".join(
        f' {name}="{escape(str(known[name]))}"' for name in ("width", "height") if name in known
    )
    source = f"data:{kind};base64,{escape(_joined(content))}"
    alt = escape(str(known.get("alt", "")))
    return f'<figure class="plain-figure"><img src="{source}" alt="{alt}"{sizes}></figure>'


def _drawing(content: Any, _output: NotebookNode) -> str:
    """Return an SVG document as an element of the page."""
    source = _joined(content)
    element = source[source.index("<svg") :] if "<svg" in source else ""
    return f'<figure class="plain-figure">{element}</figure>'


def _json(content: Any, _output: NotebookNode) -> str:
    return _text(json.dumps(content, indent=2, ensure_ascii=False))


def _formula(content: Any, _output: NotebookNode) -> str:
    return f'<p><code class="formula">{escape(_joined(content))}</code></p>'


def _text(content: Any) -> str:
    """Return printed text, in the colours that it was given."""
    text = _joined(content)
    if strip_ansi(text) == text:
        return f"<pre>{escape(text)}</pre>"
    return f"<pre>{ansi2html(text)}</pre>"


def _joined(value: Any) -> str:
    """Return an output's text; notebooks may store it as a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)


def _picture_of(kind: str) -> Callable[[Any, NotebookNode], str]:
    return lambda content, output: _picture(content, output, kind=kind)


#: Forms of an output that a page can show, the best first.
_FORMS: dict[str, Callable[[Any, NotebookNode], str]] = {
    "image/svg+xml": _drawing,
    **{kind: _picture_of(kind) for kind in _PICTURES},
    "text/latex": _formula,
    "application/json": _json,
}
