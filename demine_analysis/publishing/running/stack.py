"""Imports of papermill and nbconvert, without what they pull in and nothing here uses."""

from __future__ import annotations

import contextlib
import importlib
import sys
from typing import TYPE_CHECKING

from demine_analysis.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator

# jsonschema, which nbformat needs, can check the syntax of addresses, durations and colours with
# these, and imports all that are there: the grammar of the first alone takes 1.3 s of every start.
# Notebooks are not checked for that.
_NEEDLESS = (
    *("rfc3987_syntax", "rfc3987", "rfc3986_validator"),
    *("fqdn", "isoduration", "uri_template", "webcolors"),
)
_MODULES = ("papermill", "nbformat", "nbconvert.exporters.templateexporter")


@contextlib.contextmanager
def without(*names: str) -> Iterator[None]:
    """Import as if packages were not installed; who imports them before or after has them."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: how Python spells "not importable"
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)  # another thread may have been here


class _AsWritten(dict[str, list[object]]):
    """Stands for scipy's parser of help texts: takes additions, and returns the text as written."""

    def __init__(self, function: object, *_more: object, **_named: object) -> None:
        super().__init__()
        self._text = function.__doc__ or ""

    def __missing__(self, part: str) -> list[object]:
        return self.setdefault(part, [])

    def __str__(self) -> str:
        return f"\n{self._text}"  # scipy drops the first line, which has the signature


#: Where matplotlib and scipy put help texts together, and what stands for it.
_COMPOSERS = (
    ("matplotlib.artist", "kwdoc", lambda _artist: ""),
    ("scipy._lib._docscrape", "FunctionDoc", _AsWritten),
)


@contextlib.contextmanager
def without_composed_help() -> Iterator[None]:
    """Import libraries with help texts as they stand in the source, in four fifths of the time.

    At each import matplotlib looks up every property of every class for its help texts, and scipy
    parses those of its functions to add a remark. Where a later version has neither function, or
    does not use it, its texts are whole and its import is as slow as ever.
    """
    with contextlib.ExitStack() as stack:
        for name, attribute, plain in _COMPOSERS:
            with contextlib.suppress(ImportError, AttributeError):
                module = importlib.import_module(name)
                stack.callback(setattr, module, attribute, getattr(module, attribute))
                setattr(module, attribute, plain)
        yield


def import_stack() -> None:
    """Import what rendering needs.

    Raises
    ------
    ReportError
        Where the extra `reports` is not installed.
    """
    with without(*_NEEDLESS):
        for name in _MODULES:
            _import(name)


def _import(name: str) -> None:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as cause:
        raise ReportError(
            f"rendering needs {cause.name!r}; "
            "install it with: pip install 'demine-analysis[reports]'"
        ) from cause
