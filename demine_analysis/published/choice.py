"""Choose the one statement that stands for a period where several speak of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from demine_analysis.reconciliation.statements import printed_unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Places = NDArray[np.int64]

#: Whose work counts most when the work of all is asked for; a named operator comes last.
OPERATOR_RANK = {"all": 0, "unstated": 1}
_QUALIFIER_RANK = {"exact": 0, "at_least": 1, "at_most": 2, "about": 3}
#: A figure rounded to one digit (800,000) stands for no finer one that is further away than this.
_ROUNDING_LIMIT = 0.02
_Numbers = TypeVar("_Numbers", pd.Series, np.ndarray)


class Choice(NamedTuple):
    """The places of the rows chosen, one a group, and how many there were, from what to what."""

    places: Places
    n_statements: NDArray[np.int64]
    lowest: NDArray[np.float64]
    highest: NDArray[np.float64]

    @property
    def counted(self) -> dict[str, NDArray[Any]]:
        """Return what there was to choose from, by the names of its columns."""
        return {name: getattr(self, name) for name in self._fields[1:]}


def pick(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Keep one statement a group, by rules that a reader can repeat by hand.

    1. The work of all before work of unstated scope before that of one operator.
    2. An exact figure before "at least", "at most" and "about".
    3. The latest page; a page without a date comes last.
    4. A finer figure that the chosen one is a rounding of takes its place
       (62,023.9 for 62,000).

    Parameters
    ----------
    frame : DataFrame
        Statements; those without a value or a group are left out.
    by : sequence of str
        Columns that name a group.

    Returns
    -------
    DataFrame
        One row a group, in order of `by`, with the columns of the statements and
        `n_statements`, `lowest`, `highest`: how many of the same scope (all, unstated, one
        operator) were to choose from, and their range.
    """
    places = filled(frame, np.arange(len(frame)), ["value", *by])
    choice = choose(frame, places, [cells(frame, name, places) for name in by])
    return frame.iloc[choice.places].assign(**choice.counted).reset_index(drop=True)


def choose(frame: pd.DataFrame, places: Places, keys: Sequence[NDArray[Any]]) -> Choice:
    """Choose one of these rows a group, as `pick`; rows of a group have the same keys."""
    order = _best_first(frame, places)
    places, group = places[order], _groups(keys)[order]
    value = cells(frame, "value", places)
    unit = printed_unit(pd.Series(value)).to_numpy()
    operator = texts(frame, "operator", places)
    # For each row, the place of its group's first row, which is the best.
    first = _firsts(group)[group]
    same = np.flatnonzero(operator == operator[first])
    finer = same[roundings(value, value[first], unit[first])[same]]
    finer = finer[np.lexsort((unit[finer], group[finer]))]
    together = same[np.argsort(group[same], kind="stable")]
    starts = _firsts(group[together])
    return Choice(
        places[finer[_firsts(group[finer])]],
        np.diff(starts, append=len(together)),
        np.minimum.reduceat(value[together], starts),
        np.maximum.reduceat(value[together], starts),
    )


def roundings(values: _Numbers, printed: float | _Numbers, unit: float | _Numbers) -> _Numbers:
    """Mark the values that a printed one may be a rounding or a cut of, at most 2% away."""
    distance = abs(values - printed)
    near: _Numbers = (distance < unit) & (distance <= _ROUNDING_LIMIT * printed) | (distance == 0)
    return near


def cells(frame: pd.DataFrame, column: str, places: Places) -> NDArray[Any]:
    """Return the cells of a column at some places."""
    return np.asarray(frame[column].array.take(places))


def texts(frame: pd.DataFrame, column: str, places: Places) -> NDArray[np.object_]:
    """Return a column's texts at some places, empty ones where there is none."""
    found = frame[column].array.take(places)
    return np.asarray(found.to_numpy(dtype="object", na_value=""))


def filled(frame: pd.DataFrame, places: Places, columns: Sequence[str]) -> Places:
    """Return those of the places where none of the columns is missing."""
    for column in columns:
        places = places[pd.notna(frame[column].array.take(places))]
    return places


def _best_first(frame: pd.DataFrame, places: Places) -> Places:
    """Return the order of the rows from the best: whose work, qualifier, latest page, name."""
    published = cells(frame, "published", places).astype("datetime64[us]")
    known = ~np.isnat(published)
    keys = (
        _ranks(texts(frame, "operator", places), OPERATOR_RANK),
        _ranks(texts(frame, "qualifier", places), _QUALIFIER_RANK),
        np.where(known, -published.astype("int64"), 0),
        texts(frame, "statement_id", places),
    )
    return np.lexsort(keys[::-1])


def _ranks(codes: NDArray[np.object_], ranks: Mapping[str, int]) -> NDArray[np.int64]:
    found = np.full(len(codes), len(ranks))
    for code, rank in ranks.items():
        found[codes == code] = rank
    return found


def _groups(keys: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
    """Return the number of each row's group, counted in the order of the keys."""
    number = np.unique(keys[0], return_inverse=True)[1]
    for key in keys[1:]:
        of_key = np.unique(key, return_inverse=True)[1]
        number = np.unique(number * len(key) + of_key, return_inverse=True)[1]
    return number


def _firsts(group: NDArray[np.int64]) -> Places:
    """Return the place of the first row of each group, by the groups' numbers."""
    return np.unique(group, return_index=True)[1]
