"""Reading of notices, scored on a folder of texts with the rows that a person has read from them.

    python benchmarks/reading.py FOLDER [--dataset azerbaijan] [--wrong]

The folder holds `NNN.txt` or `NNN.html` (the first line may be an address, the second a date) and
`expected.csv` with the columns file, url, publisher, published, language, period_start, period_end,
period, status, operator, district, land_use, metric, value, unit, qualifier: a row a printed figure.
A page without one has a row with metric `nothing`. Victims are metrics `killed`, `injured` and
`victims`. A value is found where a draft has its metric and the value to a ten-thousandth; a row is
right where the other columns agree, too.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd

import demine_analysis as da

DAYS = ["period_start", "period_end"]
CORE = ["metric", "value", "unit", "qualifier", "status", "period", *DAYS]
SCOPE = ["operator", "district", "land_use"]
SAME = 1e-4


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--dataset", default="azerbaijan")
    options.add_argument("--wrong", action="store_true", help="print what was read wrongly")
    given = options.parse_args()
    expected = pd.read_csv(given.folder / "expected.csv", dtype=str, keep_default_na=False)
    scores = [
        _score(given.folder, name, rows, given.dataset, wrong=given.wrong)
        for name, rows in expected.groupby("file")
    ]
    _print(scores, expected)


def _score(folder: Path, name: str, rows: pd.DataFrame, dataset: str, *, wrong: bool) -> dict:
    published = rows["published"].iloc[0] or None
    start = time.perf_counter()
    notice = da.read_notice(_path(folder, name), dataset, published=published)
    seconds = time.perf_counter() - start
    found = _rows(notice)
    wanted = rows[rows["metric"] != "nothing"].to_dict("records")
    pairs, left = _matched(wanted, found)
    agreed = [{column: _same(want, got, column) for column in CORE + SCOPE} for want, got in pairs]
    if wrong:
        _tell(name, notice, wanted, pairs, left, agreed)
    return {
        "file": name, "language": rows["language"].iloc[0], "read_as": notice.source["language"], "wanted": len(wanted), "found": len(found),
        "pairs": pairs, "agreed": agreed, "left": left, "seconds": seconds,
        "nothing": not wanted,
    }  # fmt: skip


def _path(folder: Path, name: str) -> Path:
    for ending in ("", ".txt", ".html"):
        if (folder / f"{name}{ending}").is_file():
            return folder / f"{name}{ending}"
    raise SystemExit(f"{folder} has no file {name}")


def _rows(notice: da.Notice) -> list[dict]:
    rows = notice.drafts.to_dict("records")
    for row in notice.casualties.to_dict("records"):
        for column, metric in (("killed", "killed"), ("injured", "injured"), ("total", "victims")):
            if row[column] is not None and row[column] == row[column]:
                rows.append(
                    row
                    | {
                        "metric": metric,
                        "value": row[column],
                        "unit": "persons",
                        "status": "achieved",
                    }
                    | {
                        "operator": None,
                        "district": None,
                        "land_use": None,
                        "qualifier": None,
                        "period": None,
                    }
                )
    return rows


def _matched(wanted: list[dict], found: list[dict]) -> tuple[list[tuple[dict, dict]], list[dict]]:
    """Pair what was wanted with what was found: same metric and value, the best agreement first."""
    pairs, left = [], list(found)
    for want in wanted:
        same = [got for got in left if got["metric"] == want["metric"] and _close(want, got)]
        if not same:
            continue
        best = max(same, key=lambda got: sum(_same(want, got, column) for column in CORE + SCOPE))
        left.remove(best)
        pairs.append((want, best))
    return pairs, left


def _close(want: dict, got: dict) -> bool:
    return abs(float(want["value"]) - float(got["value"])) <= SAME * max(1.0, float(want["value"]))


def _same(want: dict, got: dict, column: str) -> bool:
    if column == "value":
        return _close(want, got)
    return got.get(column) is None or str(got[column]) == str(want[column])


def _tell(
    name: str, notice: da.Notice, wanted: list, pairs: list, left: list, agreed: list
) -> None:
    for (want, got), same in zip(pairs, agreed, strict=True):
        for column, right in same.items():
            if not right:
                print(
                    f"{name}: {want['metric']} {want['value']} {column} {want[column]!r}, read {got[column]!r}"
                )
    matched = [id(want) for want, _ in pairs]
    for want in wanted:
        if id(want) not in matched:
            print(f"{name}: MISSED {' '.join(str(want[c]) for c in CORE + SCOPE)}")
    for got in left:
        at = notice.text[max(0, int(got["start"]) - 60) : int(got["end"]) + 60].replace("\n", " ")
        print(f"{name}: EXTRA {' '.join(str(got.get(c)) for c in CORE + SCOPE)}  [{at}]")


def _print(scores: list[dict], expected: pd.DataFrame) -> None:
    del expected
    groups: dict[str, list[dict]] = defaultdict(list)
    for score in scores:
        groups["all"].append(score)
        groups[score["language"]].append(score)
    for name, members in groups.items():
        wanted, found = sum(s["wanted"] for s in members), sum(s["found"] for s in members)
        agreed = [each for s in members for each in s["agreed"]]
        core = sum(all(each[c] for c in CORE) for each in agreed)
        full = sum(all(each.values()) for each in agreed)
        nothing = [s for s in members if s["nothing"]]
        print(
            f"{name:4} {len(members):3} pages, {wanted:4} rows: precision {_share(len(agreed), found)}, "
            f"recall {_share(len(agreed), wanted)}, right {_share(core, wanted)}, with scope {_share(full, wanted)}; "
            f"drafts from {sum(s['found'] > 0 for s in nothing)} of {len(nothing)} pages without a figure; "
            f"language right {_share(sum(s['read_as'] == s['language'] for s in members), len(members))}"
        )
    agreed = [each for s in scores for each in s["agreed"]]
    print(
        "by field: "
        + ", ".join(f"{c} {_share(sum(e[c] for e in agreed), len(agreed))}" for c in CORE + SCOPE)
    )
    tenths: dict[int, Counter] = defaultdict(Counter)
    for score in scores:
        for (_, got), same in zip(score["pairs"], score["agreed"], strict=True):
            tenths[min(9, int(float(got["confidence"]) * 10))][all(same.values())] += 1
        for got in score["left"]:
            tenths[min(9, int(float(got["confidence"]) * 10))][False] += 1
    for tenth in sorted(tenths, reverse=True):
        right, wrong = tenths[tenth][True], tenths[tenth][False]
        print(
            f"confidence {tenth / 10:.1f}: {right + wrong:4} drafts, {_share(right, right + wrong)} right in all fields"
        )
    seconds = [s["seconds"] for s in scores[1:]] or [0]
    print(f"a page: {statistics.median(seconds):.3f} s median, {max(seconds):.3f} s at most")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


if __name__ == "__main__":
    main()
