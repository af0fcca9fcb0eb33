"""The front page: its numbers are the library's, and any site gets a sensible one."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from notebook_runs import run

import demine_analysis as da
from demine_analysis import published
from demine_analysis.publishing.manifest import Manifest, Report, load_manifest
from demine_analysis.publishing.page.facts import facts
from demine_analysis.publishing.running.job import Job
from demine_analysis.publishing.site.folder import Failure, Record
from demine_analysis.publishing.site.index import index_html
from demine_analysis.publishing.site.state import State
from demine_analysis.publishing.site.summary import Outcome
from demine_analysis.reconciliation.summaries import FAR, SET_ASIDE
from demine_analysis.wording import formats

AS_OF = "2024-06-30"
NAMES = ("trend", "clearance-rate", "projection", "data-audit")


def outcome(name: str, said: dict[str, Any], *, language: str = "en", failed: str = "") -> Outcome:
    failure = Failure(failed, "no luck", "run") if failed else None
    record = Record({}, "ab12", "2025-01-01 00:00 UTC", 1.0, said, failure)
    job = Job(name, name.capitalize(), "{}", {}, language)
    return Outcome(State(job, "fresh", "", {}, record), "fresh", record)


def index(*outcomes: Outcome, title: str = "Mines & more") -> str:
    names = [each.state.job.name for each in outcomes]
    reports = tuple(Report(name, name.capitalize(), Path("x.ipynb"), {}) for name in names)
    return index_html(Manifest(Path("reports.toml"), reports, title=title), outcomes)


def said(**values: object) -> dict[str, Any]:
    known = {"scope": "Cleared area", "dataset": "mine", "data_through": "2024-12-31"}
    return {**known, "figures": [], **values}


def figure(name: str, text: str, **values: str) -> dict[str, str]:
    return {"name": name, "figure": text, "what": f"the {name}", "note": "", "anchor": "", **values}


def shown(html: str) -> dict[str, tuple[str, str, str]]:
    """Return the figures of an index: what each is, with figure, note and link."""
    rows = re.findall(
        r'<dt><a href="([^"]*)">([^<]*)</a></dt><dd><strong>([^<]*)</strong>(?:<span>([^<]*))?',
        html,
    )
    return {unescape(what): (value, note, link) for link, what, value, note in rows}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: run(name, as_of=AS_OF) for name in NAMES}


@pytest.fixture(scope="module")
def front(pages: dict[str, str]) -> str:
    outcomes = [outcome(name, facts(html)) for name, html in pages.items()]
    return index_html(load_manifest(), outcomes)


@pytest.fixture(scope="module")
def reconciled() -> da.Reconciliation:
    return da.reconcile(da.load_statements("azerbaijan"), as_of=AS_OF)


def estimate(row: pd.Series) -> tuple[str, str]:
    step = formats.step_of(row["lower_80"], row["upper_80"])
    span = formats.interval(row["lower_80"], row["upper_80"])
    return formats.number(row["median"], step=step), f"very likely {span}"


def test_a_report_without_a_series_is_marked() -> None:
    state = "no series: the figures contradict each other"
    html = index(outcome("bad", said(state=state)), outcome("good", said(state="")))
    marks = re.findall(r"<dt>State</dt><dd>([^<]*)", html)
    assert marks == [f"up to date; {state}", "up to date"]


@pytest.mark.slow
def test_latest_figures_are_the_reconciliations(front: str, reconciled: da.Reconciliation) -> None:
    figures, through = shown(front), reconciled.end
    day = formats.date(through)
    total = reconciled.total(reconciled.start, through)
    assert figures[f"hectares in all by {day}"][:2] == estimate(total)
    pace = da.clearance_rate(reconciled, window="52W").iloc[-1]
    assert figures["hectares a day over the last 52 weeks"][:2] == estimate(pace)


@pytest.mark.slow
def test_figures_ahead_are_the_projections(front: str, reconciled: da.Reconciliation) -> None:
    figures = shown(front)
    chances = da.plans(da.load_statements("azerbaijan"), reconciled)
    plan = chances[chances["planned"].eq(60_000) & chances["outcome"].eq("open")].iloc[0]
    found = figures["probability that 2024 reaches its plan"]
    assert found[0] == formats.probability(plan["probability"])
    assert found[1].startswith("60,000 ha, announced on ")
    ahead = da.project(reconciled, until="2030-12-31")
    last = ahead.total(reconciled.origin, "2030-12-31")
    assert figures["hectares in all by 31 December 2030"][:2] == estimate(last)
    far = da.project(reconciled, until=f"{reconciled.end.year + 30}-12-31")
    ends = far.completion().quantiles.loc["mixture", ["lower_80", "upper_80"]]
    said = " – ".join(formats.month(pd.Timestamp(str(day))) for day in ends)
    assert figures["very likely all cleared between"][0] == said


@pytest.mark.slow
def test_quality_is_what_the_library_says(front: str, reconciled: da.Reconciliation) -> None:
    figures, seen = shown(front), reconciled.observed()
    assert figures["of weeks have a notice of their own"][:2] == (
        formats.percent(seen.mean()),
        f"{seen.sum()} of {len(seen)}",
    )
    each = reconciled.residuals()
    aside = each[(each["z"].abs() > FAR) | (each["set_aside"] > SET_ASIDE)]
    assert figures["figures set aside"][:2] == (
        str(aside.index.nunique()),
        f"of {each.index.nunique()} used",
    )


@pytest.mark.slow
def test_audits_figures_are_the_audits(front: str) -> None:
    figures = shown(front)
    printed = da.load_statements("azerbaijan", corrected=False)
    known = published.known_by(printed, AS_OF)
    pairs = da.agreement(known, da.load_sources("azerbaijan"))
    share = formats.percent(pairs["same"].sum() / pairs["figures"].sum())
    assert figures["of figures agree between publishers"][0] == share


@pytest.mark.slow
def test_every_figure_leads_to_a_place_in_its_report(front: str, pages: dict[str, str]) -> None:
    links = [link for _, _, link in shown(front).values()]
    assert len(links) == 8
    for link in links:
        page, _, anchor = link.partition("#")
        assert not anchor or f'id="{anchor}"' in pages[page.removesuffix(".html")], link


@pytest.mark.slow
def test_the_same_pages_give_the_same_index(front: str, pages: dict[str, str]) -> None:
    outcomes = [outcome(name, facts(html)) for name, html in pages.items()]
    assert index_html(load_manifest(), outcomes) == front


def test_pages_without_facts_get_an_index_of_reports() -> None:
    html = index(outcome("a", {}))
    assert '<h3><a href="a.html">A</a></h3>' in html
    assert "Latest figures" not in html
    assert "How good the data are" not in html
    assert "@misc{demine_analysis," in html
    assert "data through" not in html.casefold().split("<main>")[1]


def test_english_pages_that_are_up_to_date_come_first() -> None:
    stale = outcome("a", said(figures=[figure("total", "1")]), failed="yesterday")
    other = outcome("b", said(figures=[figure("total", "2")]), language="az")
    english = outcome("c", said(figures=[figure("total", "3", anchor="figure-x")]))
    assert shown(index(stale, other, english)) == {"the total": ("3", "", "c.html#figure-x")}
    assert 'lang="az"' in index(stale, other)


def test_figures_of_one_series_stand_together() -> None:
    country = outcome("a", said(figures=[figure("total", "100")]))
    district = outcome("b", said(scope="Aghdam", figures=[figure("pace", "7")]))
    later = outcome("c", said(data_through="2025-01-31", figures=[figure("year", "9")]))
    audit = outcome("d", said(scope="All", figures=[figure("suspects", "5")]))
    assert list(shown(index(country, district, later, audit))) == ["the total", "the suspects"]


def test_each_dataset_has_its_own_figures() -> None:
    one = outcome("a", said(figures=[figure("total", "100")]))
    two = outcome("b", said(dataset="yours", figures=[figure("total", "7", what="sum")]))
    html = index(one, two)
    assert shown(html) == {"the total": ("100", "", "a.html"), "sum": ("7", "", "b.html")}
    assert "Latest figures: mine" in html
    assert "Latest figures: yours" in html


def test_what_pages_say_is_escaped() -> None:
    bad = "<script>x</script>"
    html = index(
        outcome("a", said(scope=bad, dataset=bad, figures=[figure("total", bad, what=bad)])),
        title="50% of {all} & <b>",
    )
    assert "<script>" not in html
    assert "<b>" not in html
    assert r"50\% of \{all\} \&amp; &lt;b&gt;" in html


def test_a_page_without_sound_facts_says_less() -> None:
    head = (
        '<dl class="demine-masthead" data-scope="a &amp; b" data-data-through="soon"'
        ' data-dataset="mine" data-statements="many" data-sources="3" data-last-day="2024-02-30">'
    )
    assert facts(head) == {"scope": "a & b", "dataset": "mine", "sources": "3", "figures": []}
    assert facts("<p>nothing</p>") == {}
