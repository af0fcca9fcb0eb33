"""Markdown as a page shows it: pictures inside the page, formulas as they are written.

Drawing a formula takes a script, which a page must not run.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

from demine_analysis.wording.page import words

if TYPE_CHECKING:
    from nbformat import NotebookNode


class _Renderer(IPythonRenderer):
    """Embeds pictures, and says of those that cannot be shown which they are."""

    language = "en"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Return a picture that stands in the page, or a note."""
        try:
            shown = super().image(text, url, title)
        except InvalidNotebook:
            return not_shown(url, self.language)
        return shown if 'src="data:image/' in shown else not_shown(url, self.language)

    def inline_math(self, body: str) -> str:
        """Return a formula in a line."""
        return f'<code class="formula">{escape(body)}</code>'

    def block_math(self, body: str) -> str:
        """Return a formula of its own."""
        return f'<p><code class="formula">{escape(body)}</code></p>'

    def latex_environment(self, name: str, body: str) -> str:
        """Return an environment of LaTeX."""
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


def not_shown(what: str, language: str) -> str:
    """Return a note about something that a page cannot show."""
    return f'<em class="demine-missing">{escape(words(language)["not_shown"])}: {escape(what)}</em>'


@lru_cache(maxsize=512)
def markdown(source: str, language: str, folder: str = "") -> str:
    """Return the HTML of a text; reports of one notebook have the same ones.

    Parameters
    ----------
    source : str
        Markdown.
    language : str
        Of the notes.
    folder : str
        Where pictures are looked for; nowhere if empty.
    """
    return _render(source, language, folder, {})


def text_cell(cell: NotebookNode, *, source: str, language: str, folder: str) -> str:
    """Return the HTML of a text cell, with its attachments, its text perhaps translated."""
    attachments = cell.get("attachments")
    if not attachments:
        return markdown(source, language, folder)
    return _render(source, language, folder, attachments)


def _render(source: str, language: str, folder: str, attachments: dict[str, dict[str, str]]) -> str:
    renderer = _Renderer(
        escape=False,
        exclude_anchor_links=True,
        embed_images=bool(folder),
        path=folder,
        attachments=attachments,
    )
    renderer.language = language
    return str(MarkdownWithMath(renderer=renderer).render(source))
