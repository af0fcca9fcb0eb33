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
def without(*names: str) -> Iterator[None]:
    """Import as if packages were not installed; who imports them before or after has them."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: how Python spells "not importable"
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def import_stack() -> None:
    """Import what rendering needs.

    Raises
    ------
    ReportError
        Where the extra `reports` is not installed.
    """
    with without(_NEEDLESS):
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
