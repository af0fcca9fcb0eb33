"""An amount that a text prints, and the kinds of items that may be counted."""

from __future__ import annotations

from dataclasses import dataclass

from demine_analysis.notices.reading.words.numbers import Number

MINES = {"anti_personnel_mines", "anti_vehicle_mines", "mines"}


OTHER_ITEMS = {"unexploded_ordnance", "explosive_items", "improvised_devices", "submunitions"}


ITEMS = MINES | OTHER_ITEMS | {"aircraft_bombs"}


@dataclass(frozen=True)
class Figure:
    """An amount that a text prints.

    Parameters
    ----------
    start, end : int
        Its place, from the number to the word that says what is counted.
    metric : str
        Of the vocabulary; `area` where the sentence has still to tell which, `killed`, `injured`
        or `victims` for people.
    value : float
        In the metric's unit.
    printed : str
        The number as it stands in the text, with its unit.
    number : Number
        As it was read.
    qualifier : str
        Of the vocabulary.
    shares : bool
        Whether what it counts is taken from the figure before it.
    """

    start: int
    end: int
    metric: str
    value: float
    printed: str
    number: Number
    qualifier: str = "exact"
    sure: float = 1.0
    reason: str = ""
    shares: bool = False
