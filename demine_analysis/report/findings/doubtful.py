"""Sentences of the data audit: what is suspect, whether publishers agree, silent weeks."""

from __future__ import annotations

import pandas as pd

from demine_analysis.vocabulary import METRICS
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

from .common import missing
from .headlines import Fact


def scope() -> str:
    """Return what the audit looks at, in words."""
    return _("All metrics, operators, districts and land uses, as printed")


def title() -> str:
    """Return the title of the audit, as for a citation."""
    return _("Audit of published clearance figures")


def facts(found: pd.DataFrame, pairs: pd.DataFrame, weeks: pd.DataFrame, metric: str) -> list[Fact]:
    """Return the headline figures of the audit; what is not known is left out.

    Parameters
    ----------
    found, pairs : DataFrame
        As from `audit` and `agreement`.
    weeks : DataFrame
        As from `Series.coverage`.
    metric : str
        What the notices of those weeks count.
    """
    valued = int((found["likely_value"].notna() & found["likely_value"].ne(found["printed"])).sum())
    rows = [
        Fact(
            formats.number(valued),
            _("suspect figures have a likely true value"),
            "",
            "",
            "suspects",
        ),
    ]
    if len(pairs):
        both, same = int(pairs["figures"].sum()), int(pairs["same"].sum())
        note = _("{n} comparisons of two publishers").format(n=formats.number(both))
        words = _("of figures agree between publishers")
        rows.append(Fact(formats.percent(same / both), words, note, "agreement", "agreement"))
    if len(weeks):
        silent = int(weeks["kind"].ne("week").sum())
        note = _("of {n}").format(n=formats.number(len(weeks)))
        note = f"{note}, {_(METRICS[metric].label)}"
        rows.append(Fact(formats.number(silent), _("weeks without a notice"), note))
    return rows


def by_metric(found: pd.DataFrame) -> str:
    """Return of which metric most figures are suspect."""
    if found.empty:
        return _("No figure is suspect.")
    counts = found["metric"].value_counts()
    return _("The largest part of the suspect figures, {share}, counts {metric}.").format(
        share=formats.percent(counts.iloc[0] / counts.sum()),
        metric=_(METRICS[str(counts.index[0])].label),
    )


def not_wrong() -> str:
    """Return what a suspect figure is not."""
    return _(
        "A suspect figure need not be wrong: a week unlike all others may be true. The files keep "
        "every figure as it was printed; corrections are declared apart from them and applied when "
        "the data are loaded. Here figures stand as they were before that. A likely value is "
        "given only where something else tells it, which is named beside it, and only if the other "
        "figures do not speak against it too. What several pages print is one row."
    )


def suspects_listing(found: pd.DataFrame, names: dict[str, str]) -> str:
    """Return how many figures fail each check, for those who cannot see them."""
    counts = found["finding"].value_counts()
    return "; ".join(f"{_(names[str(code)])}: {count}" for code, count in counts.items())


def agreement(pairs: pd.DataFrame) -> str:
    """Return how often publishers print the same number."""
    if pairs.empty:
        return _("No two publishers print a figure for the same days")
    share = formats.percent(float(pairs["same"].sum() / pairs["figures"].sum()))
    return _("Where two publishers print a figure for the same days, {share} are the same").format(
        share=share
    )


def agreement_listing(pairs: pd.DataFrame) -> str:
    """Return how often each pair agrees, for those who cannot see it."""
    rows = pairs.to_dict("records")
    return "; ".join(
        _("{one} and {two}: {same} of {all}").format(
            one=row["first"], two=row["second"], same=row["same"], all=row["figures"]
        )
        for row in rows
    )


def no_corrections() -> str:
    """Return that a dataset declares no corrections."""
    return _("This dataset declares no corrections.")


def vintages(year: int, frame: pd.DataFrame) -> str:
    """Return how the estimate of a year moved, as from `vintages.of_last_year`.

    Parameters
    ----------
    year : int
        The year.
    frame : DataFrame
        Its estimates by the day on which they were made.
    """
    if frame.empty:
        return missing(_("estimate of a whole year"))
    whole = frame[frame["through"] >= pd.Timestamp(year, 12, 31)]
    if len(whole) < 2:  # noqa: PLR2004 - a first and a last
        return _not_yet_compared(year, frame, whole)
    first, last = whole.iloc[0], whole.iloc[-1]
    words = {
        True: _(
            "The first estimate of all {year}, of {day}, holds: its 80% interval, {interval} "
            "hectares, has today's {now}."
        ),
        False: _(
            "The first estimate of all {year}, of {day}, does not hold: its 80% interval, "
            "{interval} hectares, lacks today's {now}."
        ),
    }[bool(first["lower_80"] <= last["median"] <= first["upper_80"])]
    return words.format(
        year=formats.year(year),
        day=formats.date(pd.DatetimeIndex(whole.index)[0]),
        interval=formats.interval(first["lower_80"], first["upper_80"]),
        now=formats.number(
            last["median"], step=formats.step_of(last["lower_80"], last["upper_80"])
        ),
    )


def _not_yet_compared(year: int, frame: pd.DataFrame, whole: pd.DataFrame) -> str:
    """Return which estimates of a year count all of it, where there are not two to compare."""
    said = _("No estimate counts all of {year} yet; each ends with the figures of its day.")
    if len(whole) == len(frame):
        said = _("All of {year} has been estimated only once so far.")
    elif len(whole):
        said = _(
            "Only the estimate of {day} counts all of {year}; those before it end with the "
            "figures of their day."
        )
    day = formats.date(pd.DatetimeIndex(whole.index)[0]) if len(whole) else ""
    return said.format(year=formats.year(year), day=day)


def see(name: str) -> str:
    """Return what to look at in a figure of the audit."""
    sentences = {
        "suspects": _("Each point is a suspect figure: 1 is what all other figures expect, 10 ten "
                      "times as much. Findings without an expectation stand in the table alone."),
        "agreement": _("Pairs of publishers with most figures in common; numbers that differ by no "
                       "more than rounding count as the same. Papers mostly reprint the same "
                       "notice: that they agree shows that it was copied, not that the figure "
                       "is right."),
        "vintages": _("Each point is the year's total as it was estimated on that day, with its "
                      "80% (thick) and 95% (thin) intervals. Until figures covered the whole year, "
                      "it counts the days that they covered."),
        "notices": _("Notices of the cleared area, from the first day of work to the last that "
                     "is known. Each box is a week; grey weeks rest on longer totals alone."),
    }  # fmt: skip
    return sentences[name]


def headings() -> dict[str, str]:
    """Return the columns of the table of suspect figures with their headings."""
    return {
        "days": _("Days counted"),
        "what": _("What, and whose work"),
        "printed": _("Printed"),
        "expected": _("Expected (95%)"),
        "reading": _("Likely reading"),
        "likely": _("Likely value"),
        "told_by": _("According to"),
        "against": _("Clashes with"),
        "source": _("Source"),
    }


def correction_headings() -> dict[str, str]:
    """Return the columns of the table of corrections with their headings."""
    return {
        "figure": _("Figure"),
        "column": _("What is corrected"),
        "expected": _("Printed"),
        "value": _("Corrected to"),
        "reason": _("Why"),
        "source": _("Source"),
    }


def captions() -> dict[str, str]:
    """Return the captions of the audit's tables."""
    return {
        "corrections": _(
            "Corrections declared apart from the files, applied when the data are loaded"
        ),
    }
