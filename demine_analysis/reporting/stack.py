"""Imports of papermill and nbconvert, without what they pull in and nothing here uses."""

from __future__ import annotations

import contextlib
import importlib
import sys
from typing import TYPE_CHECKING

from demine_analysis.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator

# jsonschema, which nbformat needs, can check the syntax of URIs with this package, and then builds
# its grammar at import: 1.3 s of every start. Notebooks are not checked for that.
_NEEDLESS = "rfc3987_syntax"
_MODULES = ("papermill", "nbformat", "nbconvert.exporters.templateexporter")


@contextlib.contextmanager
def lean_imports() -> Iterator[None]:
    """Import without the grammar of URIs; a program that has it, or imports it later, keeps it."""
    if _NEEDLESS in sys.modules:
        yield
        return
    sys.modules[_NEEDLESS] = None  # type: ignore[assignment]  # how Python spells "not importable"
    try:
        yield
    finally:
        del sys.modules[_NEEDLESS]


def import_stack() -> None:
    """Import what rendering needs.

    Raises
    ------
    ReportError
        Where the extra `reports` is not installed.
    """
    with lean_imports():
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
