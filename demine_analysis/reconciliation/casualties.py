"""Mine victims by quarter, from totals that authorities stated on different dates.

Authorities state how many people mines have killed and injured since some day; they publish
no series. `stated_totals` says which statements are used and which are not, and why; `victims`
spreads them over quarters.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from demine_analysis import arguments, cache
from demine_analysis.arguments import day
from demine_analysis.errors import ParameterError, StatementError
from demine_analysis.frames import tidied
from demine_analysis.model import Floats
from demine_analysis.reconciliation.evidence.running_totals import rising
from demine_analysis.reconciliation.intervals import COLUMNS, interval_frame
from demine_analysis.reconciliation.statements import printed_unit, publication_date

KINDS = ("killed", "injured", "total")

_BESIDE = pd.Timedelta(days=10)
"""Days by which the beginnings of running totals of one series may differ, as papers put it."""
_PART = r"military part"
_PAGE = ["url", "period_start", "period_end"]
_DRAWS = 1000
_LARGEST = 100_000_000
"""No count of victims is as large."""
_NEEDED = (
    "url", "publisher", "period_start", "period_end", *KINDS, "civilians_only", "note",
)  # fmt: skip
_DAY = pd.Timedelta(days=1)


def victims(
    casualties: pd.DataFrame, *, as_of: str | pd.Timestamp | None = None, seed: int = 0
) -> pd.DataFrame:
    """Return the people killed and injured by mines in each quarter, with the uncertainty.

    Parameters
    ----------
    casualties : DataFrame
        As `load_casualties` returns them.
    as_of : date, optional
        Only what had been published by then.
    seed : int
        The same statements and seed give the same numbers, bit for bit.

    Returns
    -------
    DataFrame
        Index `period_start` (quarters, from that of the first day on); `kind` (`killed`, `injured`,
        `total`), median and intervals (people), `through`: last day that the quarter counts. The
        last quarter ends where the last stated total does.

    Raises
    ------
    ParameterError
        If no stated total can be used.
    StatementError
        If the frame lacks columns, or a cell cannot be read.

    Notes
    -----
    Between two stated totals their difference is what happened; when is not stated. If accidents
    come one by one at a steady rate between the two dates (a Poisson process, given its count),
    each victim's day is uniform there, and that is what is drawn: sums over any stated totals'
    dates are met in every draw. Rounded totals are drawn within their rounding, without a fall.
    Who was killed is drawn among the victims between two dates with stated numbers of killed;
    after the last of these, by the share of killed until then. A total counts from its first
    statement on: papers repeat standing texts, and no news is no proof that nobody was hurt.
    """
    rows = _readable(casualties)
    key = cache.key(rows.to_csv(index=False).encode(), as_of, seed, code=_code())
    kept = cache.get("victims", key)
    if kept is None:
        kept = _tables(rows, as_of, seed)
        cache.put("victims", key, kept)
    return _frame(kept)


def _tables(
    casualties: pd.DataFrame, as_of: str | pd.Timestamp | None, seed: int
) -> dict[str, Any]:
    """Return the last day that is counted, and each kind's quantiles by quarter, as for JSON."""
    stated = stated_totals(casualties, as_of=as_of)
    used = stated[stated["reason"] == ""]
    if used.empty:
        counts = stated["reason"].value_counts()
        listed = ", ".join(f"{count} {reason!r}" for reason, count in counts.items())
        raise ParameterError(
            "victims by quarter need a dated total of all victims since one day; of "
            f"{len(stated)} statements none can be used ({listed or 'none was published'})"
        )
    rng = np.random.default_rng([arguments.seed(seed), 4])
    first, last = beginning(casualties), used["period_end"].iloc[-1]
    starts = _quarters(first, last)
    killed, total = _drawn(used, first, starts, rng)
    draws = {"killed": killed, "injured": total - killed, "total": total}
    tables = {kind: interval_frame(draws[kind], starts).to_numpy().tolist() for kind in KINDS}
    return {"first": first.isoformat(), "last": last.isoformat(), **tables}


def _quarters(first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    """Return the first days of the quarters from that of one day to that of another."""
    return pd.date_range(first.to_period("Q").start_time, last, freq="QS", name="period_start")


def beginning(casualties: pd.DataFrame) -> pd.Timestamp:
    """Return the day from which most dated totals count; NaT where none is dated.

    Parameters
    ----------
    casualties : DataFrame
        As `load_casualties` returns them.
    """
    dated = casualties.loc[casualties["period_end"].notna(), "period_start"].dropna()
    return pd.Timestamp(dated.mode().min())


def since(casualties: pd.DataFrame) -> pd.Series:
    """Return which rows count from about the day from which most do."""
    first = beginning(casualties)
    return casualties["period_start"].between(first - _BESIDE, first + _BESIDE)


def stated_totals(
    casualties: pd.DataFrame, *, as_of: str | pd.Timestamp | None = None
) -> pd.DataFrame:
    """Return every statement with the reason why it is not used, if it is not.

    Returns
    -------
    DataFrame
        One row a statement, by `period_end`: `killed`, `injured`, `total` (the sum where only the
        parts are stated), `unit` (in which the total is rounded), `publisher`, `url`, `reason`:
        empty where it is used, else `not since the same day`, `no date`, `civilians only`,
        `soldiers only`, `no total`, `more killed than victims`, `another statement of the same
        day`, `does not fit` (a running total cannot fall) or `repeats an earlier total`.

    Notes
    -----
    Civilians and soldiers that one page states apart for the same day are added up.
    """
    frame = _readable(casualties)
    if as_of is not None:
        frame = frame[publication_date(frame) <= day(as_of, "as_of")]
    frame = _with_parts_added(frame)
    frame = frame.assign(total=frame["total"].fillna(frame["killed"] + frame["injured"]))
    frame = frame.assign(unit=_unit(frame), reason=_scope(frame))
    order = pd.DataFrame(
        {
            "day": frame["period_end"],
            "parts": -frame[["killed", "injured"]].notna().sum(axis=1),
            "unit": frame["unit"],
            "url": frame["url"],
        }
    ).sort_values(["day", "parts", "unit", "url"])
    frame = frame.loc[order.index].reset_index(drop=True)
    frame = frame.assign(reason=_with_misfits(frame))
    return frame[["period_end", *KINDS, "unit", "publisher", "url", "reason"]]


def _readable(casualties: pd.DataFrame) -> pd.DataFrame:
    frame = tidied(casualties, _NEEDED, what="casualties", source="load_casualties")
    for kind in KINDS:
        wrong = frame[kind].notna() & ~frame[kind].between(0, _LARGEST)
        wrong |= frame[kind].notna() & (frame[kind] % 1 != 0)
        if wrong.any():
            raise StatementError(
                f"{kind} of {int(wrong.sum())} of {len(frame)} casualties is no count of people, "
                f"the first {frame.loc[wrong, kind].iloc[0]}; write whole numbers from 0 to "
                f"{_LARGEST:,}"
            )
    return frame.reset_index(drop=True)


def _with_parts_added(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows, and one more for each page that states civilians and soldiers apart."""
    soldiers = frame["note"].str.contains(_PART, case=False, na=False)
    apart = frame[soldiers | frame["civilians_only"].eq("yes")].dropna(subset=_PAGE)
    pages: dict[tuple[Any, ...], list[dict[Hashable, Any]]] = {}
    for row in apart.to_dict("records"):
        pages.setdefault(tuple(row[name] for name in _PAGE), []).append(row)
    rows = [_added(*pages[page]) for page in sorted(pages) if _in_two_parts(pages[page])]
    if not rows:
        return frame
    added = pd.DataFrame(rows).assign(civilians_only="no", note="civilians and soldiers added")
    added = added.astype(frame.dtypes.to_dict())
    return pd.concat([frame, added], ignore_index=True)


def _in_two_parts(rows: Sequence[Mapping[Hashable, Any]]) -> bool:
    """Return whether rows are civilians and soldiers, of both of whom everything is stated."""
    civilians = [row["civilians_only"] == "yes" for row in rows]
    known = all(row[kind] >= 0 for row in rows for kind in ("killed", "injured"))
    return known and sorted(civilians) == [False, True]


def _added(one: Mapping[Hashable, Any], other: Mapping[Hashable, Any]) -> dict[Hashable, Any]:
    return {**one, **{kind: one[kind] + other[kind] for kind in ("killed", "injured")}}


def _unit(frame: pd.DataFrame) -> pd.Series:
    """Return the unit in which each total is rounded: that of its parts where both are stated."""
    killed, injured = (printed_unit(frame[kind].fillna(0.0)) for kind in ("killed", "injured"))
    apart = frame["killed"].notna() & frame["injured"].notna()
    return printed_unit(frame["total"].fillna(0.0)).mask(
        apart, killed.where(killed > injured, injured)
    )


def _scope(frame: pd.DataFrame) -> pd.Series:
    """Return why a row does not count everybody since the first day up to a day; else empty."""
    reasons = {
        "not since the same day": ~since(frame),
        "no date": ~frame["period_end"].ge(beginning(frame)),
        "civilians only": frame["civilians_only"].eq("yes"),
        "soldiers only": frame["note"].str.contains(_PART, case=False, na=False),
        "no total": frame["total"].isna(),
        "more killed than victims": frame["killed"] > frame["total"],
    }
    found = np.select(list(reasons.values()), list(reasons), default="")
    return pd.Series(found, index=frame.index, dtype="str")


def _with_misfits(frame: pd.DataFrame) -> pd.Series:
    """Return the reasons, with those why a row cannot stand beside the others, which are by day."""
    tests: list[tuple[str, Callable[[pd.DataFrame], pd.Series]]] = [
        ("another statement of the same day", lambda used: used["period_end"].duplicated()),
        ("does not fit", lambda used: ~rising(used["total"], 1 + used["unit"].eq(1))),
        ("does not fit", lambda used: used["killed"].notna() & ~rising(used["killed"])),
        ("repeats an earlier total", _repeated),
    ]
    reason = frame["reason"].to_numpy(dtype="object", copy=True)
    stated = frame[["period_end", "killed", "total", "unit"]]
    for said, wrong in tests:
        used = np.flatnonzero(reason == "")
        reason[used[wrong(stated.iloc[used]).to_numpy(dtype=bool)]] = said
    return pd.Series(reason, index=frame.index, dtype="str")


def _repeated(used: pd.DataFrame) -> pd.Series:
    """Return which rows say nothing that an earlier row had not said."""
    known = used["killed"].ffill()
    return used["total"].duplicated() & (used["killed"].isna() | known.duplicated())


def _drawn(
    used: pd.DataFrame, first: pd.Timestamp, starts: pd.DatetimeIndex, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return draws of the killed and of all victims in each quarter, (quarters, draws)."""
    reached = _within_rounding(used, rng)
    count = np.diff(reached, axis=0, prepend=0)
    days = pd.DatetimeIndex([first - _DAY, *used["period_end"]])
    share = _overlaps(days, starts)
    # (intervals, draws, quarters): when the victims between two statements were hurt.
    hurt = np.stack([rng.multinomial(n, p) for n, p in zip(count, share, strict=True)])
    killed = np.zeros(hurt.shape[1:])
    before, dead = 0, 0
    for place in np.flatnonzero(used["killed"].notna()):
        now = int(used["killed"].iloc[place])
        killed += _chosen(hurt[before : place + 1], now - dead, rng)
        before, dead = int(place) + 1, now
    fatal = dead / max(float(np.median(reached[before - 1])), 1.0) if before else 0.0
    killed += rng.binomial(hurt[before:].sum(axis=0), fatal)
    return killed.T, hurt.sum(axis=0).T.astype(float)


def _within_rounding(used: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Return draws of the stated totals, (statements, draws): whole people, never falling."""
    value, unit = used["total"].to_numpy(dtype=float), used["unit"].to_numpy(dtype=float)
    exact = unit <= 1
    floor = np.maximum.accumulate(np.where(exact, value, 0.0))
    ceiling = np.minimum.accumulate(np.where(exact, value, np.inf)[::-1])[::-1]
    spread = np.where(exact, 0.0, unit)[:, np.newaxis]
    drawn = value[:, np.newaxis] + spread * rng.uniform(-1, 1, (len(value), _DRAWS))
    inside = np.clip(np.round(drawn), floor[:, np.newaxis], ceiling[:, np.newaxis])
    return np.asarray(np.maximum.accumulate(inside, axis=0), dtype=np.int64)


def _overlaps(days: pd.DatetimeIndex, starts: pd.DatetimeIndex) -> Floats:
    """Return the part of the days after each day up to the next that lies in each quarter."""
    ends = starts + pd.offsets.QuarterEnd(0)
    day = np.timedelta64(1, "D")
    first = np.maximum(days[:-1].to_numpy()[:, np.newaxis] + day, starts.to_numpy())
    last = np.minimum(days[1:].to_numpy()[:, np.newaxis], ends.to_numpy())
    length = np.maximum((last - first) / day + 1, 0)
    return np.asarray(length / length.sum(axis=1, keepdims=True))


def _chosen(hurt: np.ndarray, dead: int, rng: np.random.Generator) -> np.ndarray:
    """Return how many of the dead fall in each quarter, (draws, quarters), chosen at random."""
    people = np.asarray(hurt.sum(axis=0))
    others = people.sum(axis=1)
    wanted = np.minimum(max(dead, 0), others)
    chosen = np.zeros_like(people)
    for quarter in np.flatnonzero(people.any(axis=0)):
        others = others - people[:, quarter]
        chosen[:, quarter] = rng.hypergeometric(people[:, quarter], others, wanted)
        wanted = wanted - chosen[:, quarter]
    return chosen


def _frame(tables: Mapping[str, Any]) -> pd.DataFrame:
    first, last = pd.Timestamp(tables["first"]), pd.Timestamp(tables["last"])
    index = _quarters(first, last)
    ends = index + pd.offsets.QuarterEnd(0)
    through = ends.where(ends < last, last)
    parts = [
        pd.DataFrame(tables[kind], columns=COLUMNS, index=index).assign(kind=kind, through=through)
        for kind in KINDS
    ]
    frame = pd.concat(parts)
    order = pd.Categorical(frame["kind"], categories=KINDS, ordered=True)
    frame = frame.assign(kind=order).sort_values(["period_start", "kind"])
    return frame[["kind", *COLUMNS, "through"]]


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Return a hash of the code that victims rest on: this room's."""
    return cache.code(Path(__file__).parent, libraries=[np.__version__, pd.__version__])
