"""What values a parameter may have, by its name: one meaning for a name in every notebook."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from demine_analysis import vocabulary
from demine_analysis.datasets.locate import (
    dataset_folder,
    dataset_names,
    default_dataset,
    home_folder,
)
from demine_analysis.errors import DatasetError, ParameterError
from demine_analysis.wording import language as languages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SCENARIOS = ("status_quo", "growth", "pause")
DATES = ("start", "end", "as_of", "until")

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = (1990, 2100)
_WINDOW = re.compile(r"([1-9]\d{0,2})W")
_GROWTH = (-50.0, 100.0)
_LARGEST_AREA = 100_000_000.0
_NAMING = ("district", "operator")  # columns of statements whose names a parameter may have


def check_value(name: str, value: object, values: Mapping[str, object]) -> object:
    """Return a parameter's value in canonical spelling.

    Parameters
    ----------
    name : str
        The parameter's name, which says what kind of value it takes; others pass unchecked.
    value : object
        None means "not chosen" and is always allowed where the annotation allowed it.
    values : mapping
        All parameters, as what is allowed for one can depend on another (districts on the dataset).

    Raises
    ------
    ParameterError
        Where the value is not allowed; one line that says what is.
    """
    check = _CHECKS.get(name)
    return value if check is None or value is None else check(name, value, values)


def check_order(values: Mapping[str, object]) -> None:
    """Refuse a period that ends before it starts."""
    start, end = values.get("start"), values.get("end")
    if isinstance(start, str) and isinstance(end, str) and start > end:
        raise ParameterError(f"start must not be after end ({end}), got {start!r}")


def _date(name: str, value: Any, _values: Mapping[str, object]) -> str:
    allowed = f"{name} must be a day as YYYY-MM-DD, from {_YEARS[0]} to {_YEARS[1]}, got {value!r}"
    if not _DATE.fullmatch(value):
        raise ParameterError(allowed)
    try:
        day = dt.date.fromisoformat(value)
    except ValueError as cause:
        raise ParameterError(f"{allowed}: {cause}") from cause
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise ParameterError(allowed)
    return day.isoformat()


def _metric(name: str, value: Any, _values: Mapping[str, object]) -> str:
    return vocabulary.resolve_code(value, vocabulary.METRICS, what=name)


def _land_use(name: str, value: Any, _values: Mapping[str, object]) -> str:
    return vocabulary.resolve_code(value, vocabulary.LAND_USES, what=name)


def _operator(name: str, value: Any, values: Mapping[str, object]) -> str:
    codes = {
        *vocabulary.OPERATORS,
        *_in_dataset("operator", values),
        *_declared("operators", values),
    }
    return vocabulary.resolve_code(value, sorted(codes), what=name)


def _district(_name: str, value: Any, values: Mapping[str, object]) -> str:
    known, aliases = _in_dataset("district", values), _declared("districts", values)
    return vocabulary.resolve_district(value, known=known, aliases=aliases)


def _dataset(name: str, value: Any, _values: Mapping[str, object]) -> str:
    return vocabulary.resolve_code(value, dataset_names(home_folder()), what=name)


def _scenario(name: str, value: Any, _values: Mapping[str, object]) -> str:
    return vocabulary.resolve_code(value, SCENARIOS, what=name)


def _language(name: str, value: Any, _values: Mapping[str, object]) -> str:
    return vocabulary.resolve_code(value, languages.LANGUAGES, what=name)


def _window(name: str, value: Any, _values: Mapping[str, object]) -> str:
    if not _WINDOW.fullmatch(value):
        raise ParameterError(f"{name} must be a number of weeks such as 4W or 13W, got {value!r}")
    return str(value)


def _growth(name: str, value: Any, _values: Mapping[str, object]) -> float:
    low, high = _GROWTH
    if not low <= value <= high:
        raise ParameterError(
            f"{name} must be from {low:g} to {high:g} percent a year, got {value!r}"
        )
    return float(value)


def _area(name: str, value: Any, _values: Mapping[str, object]) -> float:
    if not 0 < value <= _LARGEST_AREA:
        raise ParameterError(
            f"{name} must be hectares, more than 0 and at most {_LARGEST_AREA:,.0f}, got {value!r}"
        )
    return float(value)


def _folder(values: Mapping[str, object]) -> Path:
    return dataset_folder(str(values.get("dataset") or default_dataset()))


def _declared(table: str, values: Mapping[str, object]) -> dict[str, Any]:
    """Return a table of the dataset's programme.toml; what is wrong with it its loader reports."""
    try:
        text = (_folder(values) / "programme.toml").read_text(encoding="utf-8-sig")
        found = tomllib.loads(text).get(table, {})
    except (DatasetError, OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _in_dataset(column: str, values: Mapping[str, object]) -> set[str]:
    """Return the names in a column of the dataset's statements, without the scientific stack."""
    try:
        path = _folder(values) / "statements.csv"
        cells = _columns(path, path.stat().st_mtime_ns).get(column, frozenset())
    except (DatasetError, OSError, ValueError, csv.Error):
        return set()  # a broken dataset is reported by its loader, with file and line
    return {name.strip() for cell in cells for name in cell.split(";")} - {""}


@lru_cache(maxsize=8)
def _columns(path: Path, _changed: int) -> dict[str, frozenset[str]]:
    """Return what stands in each column that names are taken from; read once for all reports."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        places = {name: place for place, name in enumerate(next(rows, [])) if name in _NAMING}
        found: dict[str, set[str]] = {name: set() for name in places}
        for row in rows:
            for name, place in places.items():
                found[name].update(row[place : place + 1])
    return {name: frozenset(cells) for name, cells in found.items()}


_CHECKS: dict[str, Callable[[str, Any, Mapping[str, object]], object]] = {
    **dict.fromkeys(DATES, _date),
    "metric": _metric,
    "operator": _operator,
    "land_use": _land_use,
    "district": _district,
    "dataset": _dataset,
    "window": _window,
    "scenario": _scenario,
    "growth": _growth,
    "contaminated_area": _area,
    "language": _language,
}
