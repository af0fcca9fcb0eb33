"""Sentences of the bulletin: what is new, and what it says of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _
from demine_analysis.wording.language import translate_count

from .common import no_estimate, unit
from .headlines import NOTHING, Fact, change_fact, interval_fact

if TYPE_CHECKING:
    from demine_analysis.report.bulletin import Bulletin

_SHOWN = 8


def news_opening(news: Bulletin) -> str:
    """Return what the newest notice says, against what was expected; or that nothing is new."""
    if news.new.empty:
        return _("Nothing new has been published since {day}.").format(day=formats.date(news.since))
    rows = news.notice()
    if rows.empty:
        return translate_count(
            "{n} new figure has been published since {day}.",
            "{n} new figures have been published since {day}.",
            len(news.new),
        ).format(n=formats.number(len(news.new)), day=formats.date(news.since))
    row = rows.iloc[0]
    return _("The newest notice counts {n} {unit} for {days}{verdict}.").format(
        n=formats.printed(row["value"]),
        unit=unit(news.scope.metric),
        days=_days(row),
        verdict=_verdict(row),
    )


def _days(row: pd.Series) -> str:
    if row["period"] == "year":
        return str(formats.year(row["period_end"].year))
    if row["period"] == "month":
        return formats.month(row["period_end"])
    return formats.days(row["period_start"], row["period_end"])


def _verdict(row: pd.Series) -> str:
    if pd.isna(row["median"]):
        return ""
    if row["value"] < row["lower_80"]:
        return _(", less than was expected")
    if row["value"] > row["upper_80"]:
        return _(", more than was expected")
    if row["value"] < row["lower_50"]:
        return _(", at the lower end of what was expected")
    if row["value"] > row["upper_50"]:
        return _(", at the upper end of what was expected")
    return _(", as much as was expected")


def expected(news: Bulletin) -> str:
    """Return what was expected of the newest notice."""
    rows = news.notice()
    if rows.empty or rows["median"].isna().all():
        return ""
    row = rows.iloc[0]
    return _("Before that notice appeared, {interval} {unit} were very likely for {days}.").format(
        interval=formats.interval(row["lower_80"], row["upper_80"]),
        unit=unit(news.scope.metric),
        days=_days(row),
    )


def expected_year(news: Bulletin) -> str:
    """Return what was expected of the year when it began; a fact has it where there is no plan."""
    if news.projected.empty or pd.isna(news.plan()):
        return ""
    row = news.projected.iloc[0]
    return _("On 1 January, {interval} {unit} were very likely for all of {year}.").format(
        interval=formats.interval(row["lower_80"], row["upper_80"]),
        unit=unit(news.scope.metric),
        year=formats.year(news.year),
    )


def news_facts(news: Bulletin) -> list[Fact]:
    """Return the year so far, against the year before, its plan and what was projected."""
    total = news.running(news.year).tail(1)
    if total.empty:
        return []
    over = total["through"].iloc[0] == pd.Timestamp(news.year, 12, 31)
    words = _("{unit} in {year}") if over else _("{unit} in {year} so far")
    words = words.format(unit=unit(news.scope.metric), year=formats.year(news.year))
    rows = [interval_fact(total, words, chart="year")]
    compared = news.compared()
    rows.append(NOTHING if compared.empty else change_fact(compared, news.year))
    plan = news.plan()
    if pd.notna(plan):
        share = formats.percent(float(total["median"].iloc[0]) / plan)
        note = _("{n} planned").format(n=formats.printed(plan))
        rows.append(
            Fact(share, _("of the plan for {year}").format(year=formats.year(news.year)), note)
        )
    elif len(news.projected):
        words = _("projected on 1 January {year}").format(year=formats.year(news.year))
        rows.append(interval_fact(news.projected, words))
    return [row for row in rows if row.figure]


def year_title(news: Bulletin) -> str:
    """Return how the year stands against what was projected when it began."""
    if news.now.reconciliation is None:
        return no_estimate()
    total, projected = news.running(news.year).tail(1), news.projected
    if total.empty or projected.empty or len(news.running(news.year)) < _SHOWN:
        return _("The year so far")
    done = news.now.reconciliation
    if done is None or done.end < pd.Timestamp(news.year, 12, 31):
        return _("The year so far, and what was expected of it")
    row, value = projected.iloc[0], float(total["median"].iloc[0])
    words = {
        0: _("The year came to less than was expected when it began."),
        1: _("The year came to the lower end of what was expected when it began."),
        2: _("The year came to what was expected when it began."),
        3: _("The year came to the upper end of what was expected when it began."),
        4: _("The year came to more than was expected when it began."),
    }
    ends = row[["lower_80", "lower_50", "upper_50", "upper_80"]]
    return words[int((ends < value).sum())]


def newest_listed(news: Bulletin) -> pd.DataFrame:
    """Return notice and year as printed, as text: `days`, `printed`, `all_say`, `source_id`."""
    rows = news.printed()
    spans = zip(rows["lower_80"], rows["upper_80"], strict=True)
    return pd.DataFrame(
        {
            "days": [_days(row) for _place, row in rows.iterrows()],
            "printed": [formats.printed(value) for value in rows["value"]],
            "all_say": [formats.interval(*span) if pd.notna(span[0]) else "–" for span in spans],
            "source_id": rows["source_id"],
        }
    )


def moved_listed(news: Bulletin) -> pd.DataFrame:
    """Return the estimates that moved most as text: `when`, `before`, `after`, `change`."""
    rows = news.moved().head(_SHOWN)
    named = [
        formats.month(day) if kind == "month" else str(day.year)
        for day, kind in zip(pd.DatetimeIndex(rows.index), rows["kind"], strict=True)
    ]
    steps = [
        formats.step_of(*ends) for ends in zip(rows["lower_80"], rows["upper_80"], strict=True)
    ]
    return pd.DataFrame(
        {
            "period": named,
            "before": [
                formats.number(v, step=s) for v, s in zip(rows["before"], steps, strict=True)
            ],
            "after": [formats.number(v, step=s) for v, s in zip(rows["after"], steps, strict=True)],
            "shift": [
                formats.percent(round(now / step) / round(then / step) - 1, signed=True)
                for then, now, step in zip(rows["before"], rows["after"], steps, strict=True)
            ],
        }
    )


def why_moved(news: Bulletin) -> str:
    """Return why estimates of days long past move."""
    if news.moved().empty:
        return ""
    return _("A new total also moves the estimates of earlier days that few figures tell of.")


def nothing_moved(news: Bulletin) -> str:
    """Return that no estimate moved by much, or that there is none."""
    if news.now.reconciliation is None:
        return no_estimate()
    return _("The new figures moved no estimate of a month or year by much.")


def doubted(news: Bulletin) -> str:
    """Return how many of the new figures the others contradict."""
    if news.new.empty or news.now.reconciliation is None:
        return ""
    count = len(news.doubted())
    if not count:
        return _("None of the new figures is contradicted by the others.")
    return translate_count(
        "The other figures contradict {n} of the new ones; it is set aside.",
        "The other figures contradict {n} of the new ones; they are set aside.",
        count,
    ).format(n=count)


def waiting(count: int) -> str:
    """Return how many notices wait for a person; nothing where none does."""
    if not count:
        return ""
    return translate_count(
        "{n} notice waits for review.", "{n} notices wait for review.", count
    ).format(n=count)


def next_dates(news: Bulletin) -> list[str]:
    """Return what comes next, a sentence a date."""
    return [
        _("{day}: the month ends.").format(day=formats.date(row["day"]))
        if pd.isna(row["planned"])
        else _("{day}: end of a plan of {n} {unit} since {first}.").format(
            day=formats.date(row["day"]),
            n=formats.printed(row["planned"]),
            unit=unit(news.scope.metric),
            first=formats.date(row["first"]),
        )
        for row in news.dates().to_dict("records")
    ]


def news_text(news: Bulletin, count: int) -> str:
    """Return the bulletin as plain text, for a mail."""
    facts = [f"{each.figure} {each.what}" + (f" ({each.note})" if each.note else "")
             for each in news_facts(news)]  # fmt: skip
    moved = moved_listed(news)
    changed = [f"- {row.period}: {row.before} -> {row.after} ({row.shift})"
               for row in moved.itertuples()]  # fmt: skip
    pages = [f"- {page['publisher']}, {formats.date(page['published'])}: {page['url']}"
             for page in news.new_pages.to_dict("records")]  # fmt: skip
    dates = [f"- {each}" for each in next_dates(news)]
    parts = [
        [" ".join(each for each in (news_opening(news), expected(news)) if each)],
        [f"- {each}" for each in facts],
        [_("What the new figures changed") + ":", *changed] if changed else [nothing_moved(news)],
        [_("New pages") + ":", *pages] if pages else [],
        [" ".join(each for each in (doubted(news), waiting(count)) if each)],
        [_("Next dates") + ":", *dates] if dates else [],
    ]
    return "\n\n".join("\n".join(part) for part in parts if any(part)) + "\n"
