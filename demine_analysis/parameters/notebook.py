"""A notebook's file as far as it must be sound before anything runs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from demine_analysis.errors import ReportError

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS = (3, 4)


def read_source(path: Path) -> str:
    """Return the text of a notebook's file, without a byte order mark.

    Raises
    ------
    ReportError
        Where the file cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as cause:
        raise ReportError(f"notebook {str(path)!r} cannot be read: {cause.strerror}") from cause
    except UnicodeDecodeError as cause:
        raise ReportError(f"notebook {str(path)!r} is not UTF-8: {cause.reason}") from cause


def cells_of(source: str) -> list[dict[str, Any]]:
    """Return the cells of a notebook of Python code.

    Parameters
    ----------
    source : str
        The text of its file.

    Raises
    ------
    ReportError
        Where it is no notebook of format 3 or 4, or one of another language.
    """
    try:
        notebook = json.loads(source)
    except ValueError as cause:
        raise ReportError(f"it is not valid JSON: {cause}") from cause
    except RecursionError as cause:
        raise ReportError("it is nested too deeply") from cause
    if not isinstance(notebook, dict) or notebook.get("nbformat") not in _FORMATS:
        given = notebook.get("nbformat") if isinstance(notebook, dict) else None
        raise ReportError(
            f"it must say 'nbformat': 4 (3 is read, too), got {given!r}; save it in JupyterLab"
        )
    _require_python(notebook.get("metadata"))
    cells = _all_cells(notebook)
    for number, cell in enumerate(cells, start=1):
        _require_sound(cell, number)
    return cells


def _all_cells(notebook: dict[str, Any]) -> list[Any]:
    """Return the cells; those of format 3 lie in worksheets."""
    sheets = notebook.get("worksheets", []) if notebook["nbformat"] == _FORMATS[0] else [notebook]
    cells: list[Any] = []
    for sheet in sheets:
        found = sheet.get("cells") if isinstance(sheet, dict) else None
        if not isinstance(found, list):
            raise ReportError("it has no list of cells; save it in JupyterLab")
        cells += found
    return cells


def _require_sound(cell: object, number: int) -> None:
    metadata = cell.get("metadata", {}) if isinstance(cell, dict) else None
    tags = metadata.get("tags", []) if isinstance(metadata, dict) else None
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ReportError(
            f"cell {number} must be an object with 'metadata' whose 'tags', "
            f"if any, are a list of texts; save it in JupyterLab"
        )


def _require_python(metadata: object) -> None:
    """Refuse a notebook of another language, which would be run as Python."""
    known = metadata if isinstance(metadata, dict) else {}
    spec, info = (
        each if isinstance(each := known.get(name), dict) else {}
        for name in ("kernelspec", "language_info")
    )
    language = spec.get("language") or info.get("name")
    name = str(spec.get("name", ""))
    if language:
        is_python = str(language).casefold() == "python"
    else:
        is_python = not name or re.search("py", name, re.IGNORECASE) is not None
    if not is_python:
        raise ReportError(
            f"it is for {language or 'an unknown language'} (kernel {name!r}); "
            "reports are notebooks of Python"
        )
