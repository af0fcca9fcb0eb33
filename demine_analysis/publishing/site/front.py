"""What the front page shows of each dataset, from what the pages said of themselves.

Nothing is computed here: a figure of the index is the one that its report shows, with a link to
the chart that it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demine_analysis.datasets.descriptor import read_descriptor
from demine_analysis.datasets.locate import dataset_folder
from demine_analysis.errors import DatasetError
from demine_analysis.notices.inbox import waiting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .summary import Outcome

#: Headline figures by name, in the order of the index: of the series that the reports are about,
#: of how far the data carry it, and of the dataset as a whole.
LATEST = ("total", "year", "year_to_date", "pace", "plan", "horizon", "completion")
CARRIED = ("set_aside", "weeks_observed")
AUDITED = ("suspects", "corrected", "agreement")
_SOURCE_LANGUAGE = "en"


@dataclass(frozen=True)
class Figure:
    """A headline figure with the place in its report that shows it."""

    figure: str
    what: str
    note: str
    link: str
    language: str


@dataclass(frozen=True)
class Front:
    """A dataset on the front page.

    Parameters
    ----------
    name, title : str
        The dataset's; the name where its data package gives no title.
    scope : str
        What the figures count.
    facts : mapping
        As from `facts.facts`, of the report that stands for the dataset.
    licences : sequence of str
        As the data package states them.
    latest, quality : sequence of Figure
        Headline figures of the reports, and what is known of the data's quality.
    waiting : int
        How many new notices wait for a person to look at them.
    """

    name: str
    title: str
    scope: str
    facts: Mapping[str, Any]
    licences: Sequence[str]
    latest: Sequence[Figure]
    quality: Sequence[Figure]
    waiting: int = 0


def fronts(outcomes: Sequence[Outcome]) -> list[Front]:
    """Return the datasets of the published pages, in the order of the reports."""
    pages = [each for each in outcomes if each.record.sha256 and each.record.facts.get("dataset")]
    names = dict.fromkeys(str(each.record.facts["dataset"]) for each in pages)
    return [
        _front(name, [each for each in pages if each.record.facts["dataset"] == name])
        for name in names
    ]


def _front(name: str, pages: Sequence[Outcome]) -> Front:
    ordered = sorted(pages, key=_rank)
    chosen = next((each for each in ordered if _figures(LATEST, [each])), ordered[0])
    same = [each for each in ordered if _same_series(each, chosen)]
    title, licences = _described(name)
    return Front(
        name=name,
        title=title,
        scope=str(chosen.record.facts.get("scope", "")),
        facts=chosen.record.facts,
        licences=licences,
        latest=_figures(LATEST, same),
        quality=_figures(CARRIED, same) + _figures(AUDITED, ordered),
        waiting=_waiting(name),
    )


def _waiting(name: str) -> int:
    try:
        return len(waiting(dataset_folder(name)))
    except (DatasetError, OSError):
        return 0


def _rank(page: Outcome) -> tuple[bool, bool]:
    """Return what puts pages that are up to date, and those in English, first."""
    return page.record.failure is not None, page.state.job.language != _SOURCE_LANGUAGE


def _same_series(page: Outcome, other: Outcome) -> bool:
    one, two = page.record.facts, other.record.facts
    return all(one.get(name) == two.get(name) for name in ("scope", "data_through"))


def _figures(names: Sequence[str], pages: Sequence[Outcome]) -> list[Figure]:
    """Return the first figure of each name, in the order of the names."""
    found: dict[str, Figure] = {}
    for page in pages:
        for figure in page.record.facts.get("figures", ()):
            found.setdefault(figure["name"], _linked(figure, page))
    return [found[name] for name in names if name in found]


def _linked(figure: Mapping[str, str], page: Outcome) -> Figure:
    job, anchor = page.state.job, figure["anchor"]
    link = f"{job.name}.html#{anchor}" if anchor else f"{job.name}.html"
    return Figure(figure["figure"], figure["what"], figure["note"], link, job.language)


def _described(name: str) -> tuple[str, list[str]]:
    """Return a dataset's title and licences, as far as it has a data package that says so."""
    try:
        package = read_descriptor(dataset_folder(name))
    except (DatasetError, OSError, ValueError):
        return name, []
    licences = [each for each in package.get("licenses", ()) if isinstance(each, dict)]
    stated = [str(each.get("title") or each.get("name") or "") for each in licences]
    return str(package.get("title") or name), [each for each in stated if each]
