"""A parameter's value in the type that its annotation asks for."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from demine_analysis.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

_TRUE = {"true", "yes", "on", "1"}
_FALSE = {"false", "no", "off", "0"}
_NONE = {"", "none", "null"}


def convert(annotation: str, value: object, name: str) -> object:
    """Return `value` as the annotation's type: str, int, float, bool, list or dict, or None.

    Text becomes a list only where the annotation says what the list holds, as `list[str]` does:
    what else could be meant by it is not guessed.

    Raises
    ------
    ParameterError
        Where the value is not one, naming the parameter and the type.
    """
    kinds = [each.strip() for each in annotation.split("|")]
    if "None" in kinds and (value is None or str(value).strip().casefold() in _NONE):
        return None
    plain = [each if each in _CONVERTERS else each.partition("[")[0] for each in kinds]
    kind = next((each for each in plain if each in _CONVERTERS), "str")
    try:
        return _CONVERTERS[kind](value)
    except (TypeError, ValueError) as cause:
        raise ParameterError(f"{name} must be {_WORDS[kind]}, got {value!r}") from cause


def _text(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if not isinstance(value, str):
        raise TypeError
    return value


def _integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise TypeError
    return int(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise TypeError
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number


def _truth(value: object) -> bool:
    word = str(value).strip().casefold()
    if word not in _TRUE | _FALSE:
        raise ValueError
    return word in _TRUE


def _texts(value: object) -> list[str]:
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, (list, tuple)):
        raise TypeError
    return [_text(each).strip() for each in items]


def _list(value: object) -> list[object]:
    if not isinstance(value, (list, tuple)):
        raise TypeError
    return list(value)


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return value


_CONVERTERS: dict[str, Callable[[object], object]] = {
    "str": _text,
    "int": _integer,
    "float": _number,
    "bool": _truth,
    "list[str]": _texts,
    "list": _list,
    "dict": _mapping,
}
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "list[str]": "a list of texts, separated by commas",
    "list": "a list, as in a manifest; annotate the parameter list[str] to give it as text",
    "dict": "a table, as in a manifest",
}
