"""What a reader has chosen: a dataset and a scope, spelt as the data spell it, and its series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from demine_analysis import published
from demine_analysis.datasets import list_datasets
from demine_analysis.errors import ParameterError
from demine_analysis.report.series import Series, series
from demine_analysis.scope import WHOLE, Scope
from demine_analysis.vocabulary import LAND_USES, METRICS, label, resolve_code, resolve_district
from demine_analysis.wording import formats, names
from demine_analysis.wording.language import translate, translate_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demine_analysis.published import Inputs

#: What is chosen from a list, and what is typed.
LISTED = ("dataset", "metric", "district", "operator", "land_use")
TYPED = ("start", "end")
#: Kinds of datasets that a selection can be taken from.
_KINDS = ("statements", "records")


@dataclass(frozen=True, eq=False)
class Selection:
    """A part of a dataset.

    Parameters
    ----------
    dataset : str
        Its name.
    scope : Scope
        What is asked for, as the data spell it.
    data : Inputs
        As from `published.inputs`.
    """

    dataset: str
    scope: Scope
    data: Inputs

    @classmethod
    def of(cls, dataset: str, scope: Scope) -> Selection:
        """Return a selection as the data spell it; names that they do not have are refused."""
        data = published.inputs(dataset)
        return cls(dataset, _spelt(data, scope), data)

    def but(self, **changes: Any) -> Selection:
        """Return another selection of the dataset; names that it does not have are refused."""
        return Selection(self.dataset, _spelt(self.data, self.scope.but(**changes)), self.data)

    def moved(self, dataset: str) -> Selection:
        """Return the same of another dataset, and the whole where it does not know a part."""
        there = Selection.of(dataset, Scope(metric=self.scope.metric, as_of=self.scope.as_of))
        for name in ("district", "operator", "land_use", *TYPED):
            try:
                there = there.but(**{name: getattr(self.scope, name)})
            except ParameterError:
                continue
        return there

    def value(self, name: str) -> str:
        """Return what is chosen in a control; empty where nothing is."""
        return self.dataset if name == "dataset" else getattr(self.scope, name) or ""

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return what a control offers, as (words, code): "all" and every value of the data."""
        if name == "dataset":
            return _datasets(self.dataset)
        names.use(self.data.programme.names)
        codes = sorted({*self.data.statements[name], self.value(name)} - {WHOLE})
        first = [] if name == "metric" else [WHOLE]
        return [(self.words(name, code), code) for code in first + codes]

    def words(self, name: str, code: str) -> str:
        """Return a value of a control in words."""
        known: dict[str, Any] = {
            "metric": METRICS, "operator": names.operators(), "land_use": LAND_USES,
        }  # fmt: skip
        return translate(label(code, known.get(name, {})))


class Shown(NamedTuple):
    """A selection with the statements known by its day, and its series."""

    selection: Selection
    statements: pd.DataFrame
    series: Series


def read(selection: Selection) -> Shown:
    """Return a selection with its figures: nothing here takes longer."""
    data, scope = selection.data, selection.scope
    return Shown(
        selection, published.known_by(data.statements, scope.as_of), series(data.evidence, scope)
    )


def told_apart(chosen: Sequence[Selection]) -> list[str]:
    """Return the words by which selections differ; of one alone, or of the same, there are none."""
    every = [_described(each) for each in chosen]
    return [
        ", ".join(words for words, *others in zip(own, *every, strict=True) if len({*others}) > 1)
        for own in every
    ]


def _described(selection: Selection) -> list[str]:
    """Return a selection in words: its dataset, metric, district, operator, land use and days."""
    names.use(selection.data.programme.names)
    scope = selection.scope
    place = translate("all districts") if scope.district == WHOLE else scope.district
    return [
        selection.dataset,
        selection.words("metric", scope.metric),
        translate_names(place),
        names.operator(scope.operator),
        selection.words("land_use", scope.land_use),
        _days(scope),
    ]


def _days(scope: Scope) -> str:
    """Return the days of a scope in words."""
    if scope.start and scope.end:
        return formats.days(pd.Timestamp(scope.start), pd.Timestamp(scope.end))
    if scope.start:
        return translate("from {day}").format(day=formats.date(pd.Timestamp(scope.start)))
    if scope.end:
        return translate("to {day}").format(day=formats.date(pd.Timestamp(scope.end)))
    return translate("all days")


def _datasets(own: str) -> list[tuple[str, str]]:
    listed = list_datasets()
    there = listed["name"][listed["kind"].isin(_KINDS)]
    return [(name, name) for name in sorted({*there, own})]


def _spelt(data: Inputs, scope: Scope) -> Scope:
    """Return a selection as its data spell it; names that they do not have are refused."""
    there = data.statements
    known = [WHOLE, *there["district"].unique()]
    operators_there = [WHOLE, *sorted(set(there["operator"]) - {WHOLE})]
    return scope.but(
        district=resolve_district(scope.district, known=known, aliases=data.programme.districts),
        operator=resolve_code(scope.operator, operators_there, what="operator"),
        land_use=resolve_code(scope.land_use, LAND_USES, what="land_use"),
    )
