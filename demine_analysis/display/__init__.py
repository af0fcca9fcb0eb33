"""What the notebooks show: figures, tables, lists of sources and paragraphs, as accessible HTML."""

from .blocks import Block, paragraph, together
from .figures import chart, figure, stylesheet
from .report import cite, facts, masthead, sources_list
from .tables import Link, table, with_sources

__all__ = [
    "Block",
    "Link",
    "chart",
    "cite",
    "facts",
    "figure",
    "masthead",
    "paragraph",
    "sources_list",
    "stylesheet",
    "table",
    "together",
    "with_sources",
]
