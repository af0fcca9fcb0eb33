"""Reading of notices, scored on a folder of texts with the rows that a person has read from them.

    python benchmarks/reading.py FOLDER [--dataset NAME] [--wrong]

Without `--dataset` each page is read with the shipped dataset of which it names most operators,
districts and beginnings, or with the default one.

The folder holds `NNN.txt` or `NNN.html` (the first line may be an address, the second a date) and
`expected.csv` with the columns file, url, publisher, published, language, period_start, period_end,
period, status, operator, district, land_use, metric, value, unit, qualifier: a row a printed
figure. A page without one has a row with metric `nothing`. Victims are metrics `killed`, `injured`
and `victims`. A value is found where a draft has its metric and the value to a ten-thousandth; a
row is right where the other columns agree, too.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

import demine_analysis as da
from demine_analysis.datasets.locate import dataset_names, default_dataset, home_folder
from demine_analysis.datasets.programme import Programme, programme_file, read_programme
from demine_analysis.notices.reading.names import names_in

CORE = [
    "metric", "value", "unit", "qualifier", "status", "period", "period_start", "period_end",
]  # fmt: skip
SCOPE = ["operator", "district", "land_use"]
VICTIMS = {"killed": "killed", "injured": "injured", "total": "victims"}
SAME = 1e-4

Row = dict[str, Any]


@dataclass
class Score:
    """How one page was read: what a person found, what was read, and which of these agree."""

    language: str
    read_as: str
    seconds: float
    wanted: list[Row]
    found: list[Row]
    pairs: list[tuple[Row, Row]] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)

    def agreed(self, columns: list[str]) -> int:
        """Return how many pairs agree in all of these columns."""
        return sum(all(same(*pair, column) for column in columns) for pair in self.pairs)


def main() -> None:
    """Score the folder that the command line names, and print the tables."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--dataset", help="of all pages; without it, of which each names most")
    options.add_argument("--wrong", action="store_true", help="print what was read wrongly")
    given = options.parse_args()
    expected = pd.read_csv(given.folder / "expected.csv", dtype=str, keep_default_na=False)
    scores = []
    for name, rows in expected.groupby("file"):
        notice, score = read(given.folder, str(name), rows, given.dataset)
        scores.append(score)
        if given.wrong:
            tell(str(name), notice, score)
    report(scores)


def read(
    folder: Path, name: str, rows: pd.DataFrame, dataset: str | None
) -> tuple[da.Notice, Score]:
    """Read one page, and pair what was read with what a person has."""
    dataset = dataset or likely(page(folder, name).read_text(encoding="utf-8", errors="replace"))
    start = time.perf_counter()
    written = rows["published"].iloc[0]
    published = written if len(written) >= len("2025-07") else None
    notice = da.read_notice(page(folder, name), dataset, published=published)
    score = Score(
        language=rows["language"].iloc[0],
        read_as=notice.source["language"],
        seconds=time.perf_counter() - start,
        wanted=records(rows[rows["metric"] != "nothing"]),
        found=rows_of(notice),
    )
    left = list(score.found)
    for want in score.wanted:
        alike = [got for got in left if got["metric"] == want["metric"] and close(want, got)]
        if alike:
            best = max(alike, key=lambda got: sum(same(want, got, c) for c in CORE + SCOPE))
            left.remove(best)
            score.pairs.append((want, best))
    score.extra = left
    return notice, score


def likely(text: str) -> str:
    """Return the dataset of which a page names most; the default one where it names none."""
    named = {name: names_in(text, each) for name, each in programmes().items()}
    usual = default_dataset()
    return max(named, key=lambda name: (named[name], name == usual))


@cache
def programmes() -> dict[str, Programme]:
    """Return the programmes of the shipped datasets that have one."""
    home = home_folder()
    files = {name: programme_file(home / name) for name in dataset_names(home)}
    return {name: read_programme(each)[0] for name, each in files.items() if each is not None}


def page(folder: Path, name: str) -> Path:
    """Return the file of a page, whose ending may be left out."""
    for ending in ("", ".txt", ".html"):
        if (folder / f"{name}{ending}").is_file():
            return folder / f"{name}{ending}"
    raise SystemExit(f"{folder} has no file {name}")


def rows_of(notice: da.Notice) -> list[Row]:
    """Return drafts and victims as rows of one kind; victims have no scope and no qualifier."""
    rows = records(notice.drafts)
    for row in records(notice.casualties):
        for column, metric in VICTIMS.items():
            if pd.notna(row[column]):
                rows.append(row | {"metric": metric, "value": row[column], "unit": "persons"})
    return rows


def records(frame: pd.DataFrame) -> list[Row]:
    """Return a frame's rows."""
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def close(want: Row, got: Row) -> bool:
    """Tell whether two values are the same number."""
    return abs(float(want["value"]) - float(got["value"])) <= SAME * max(1.0, float(want["value"]))


def same(want: Row, got: Row, column: str) -> bool:
    """Tell whether two rows agree in a column; what a row of victims does not have agrees."""
    if column == "value":
        return close(want, got)
    return column not in got or str(got[column]) == str(want[column])


def tell(name: str, notice: da.Notice, score: Score) -> None:
    """Print what differs on a page."""
    for want, got in score.pairs:
        for column in CORE + SCOPE:
            if not same(want, got, column):
                what = f"{want['metric']} {want['value']} {column}"
                print(f"{name}: {what} {want[column]!r}, read {got[column]!r}")
    paired = [id(want) for want, _ in score.pairs]
    for want in score.wanted:
        if id(want) not in paired:
            print(f"{name}: MISSED {' '.join(str(want[c]) for c in CORE + SCOPE)}")
    for got in score.extra:
        words = notice.text[max(0, int(got["start"]) - 60) : int(got["end"]) + 60]
        cells = " ".join(str(got.get(column)) for column in CORE + SCOPE)
        print(f"{name}: EXTRA {cells}  [{' '.join(words.split())}]")


def report(scores: list[Score]) -> None:
    """Print precision and recall by language, by field, and by confidence."""
    groups: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        groups["all"].append(score)
        groups[score.language].append(score)
    for name, members in groups.items():
        wanted = sum(len(each.wanted) for each in members)
        found = sum(len(each.found) for each in members)
        paired = sum(len(each.pairs) for each in members)
        empty = [each for each in members if not each.wanted]
        print(
            f"{name:4} {len(members):3} pages, {wanted:4} rows: "
            f"precision {share(paired, found)}, recall {share(paired, wanted)}, "
            f"right {share(sum(each.agreed(CORE) for each in members), wanted)}, "
            f"with scope {share(sum(each.agreed(CORE + SCOPE) for each in members), wanted)}; "
            f"drafts from {sum(bool(each.found) for each in empty)} of {len(empty)} pages "
            f"without a figure; language right "
            f"{share(sum(each.read_as == each.language for each in members), len(members))}"
        )
    paired = sum(len(each.pairs) for each in scores)
    fields = (f"{c} {share(sum(e.agreed([c]) for e in scores), paired)}" for c in CORE + SCOPE)
    print("by field: " + ", ".join(fields))
    tenths: dict[int, Counter[bool]] = defaultdict(Counter)
    for score in scores:
        for want, got in score.pairs:
            right = all(same(want, got, column) for column in CORE + SCOPE)
            tenths[tenth(got)][right] += 1
        for got in score.extra:
            tenths[tenth(got)][False] += 1
    for place in sorted(tenths, reverse=True):
        good, bad = tenths[place][True], tenths[place][False]
        print(
            f"confidence {place / 10:.1f}: {good + bad:4} drafts, "
            f"{share(good, good + bad)} right in all fields"
        )
    seconds = [each.seconds for each in scores[1:]] or [0.0]
    print(f"a page: {statistics.median(seconds):.3f} s median, {max(seconds):.3f} s at most")


def tenth(got: Row) -> int:
    """Return the tenth into which a draft's confidence falls."""
    return min(9, int(float(got["confidence"]) * 10))


def share(part: int, whole: int) -> str:
    """Return a part in percent."""
    return f"{100 * part / whole:.1f}%" if whole else "-"


if __name__ == "__main__":
    main()
