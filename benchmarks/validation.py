"""Write the validation figures of docs/method.md, from what the other benchmarks measure.

Runs `withheld.py` and `simulated.py` with their defaults, takes the scoreboard of forecasts that
`demine backtest` keeps, and writes the tables between two markers. Give a folder to keep the
measurements; with `--kept` those in it are used instead of running anything.

    python benchmarks/validation.py [FOLDER] [--kept]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
METHOD = HERE.parent / "docs" / "method.md"
SCOREBOARD = HERE.parent / "reports" / "backtest" / "azerbaijan.json"
BEGIN, END = "<!-- validation: begin -->", "<!-- validation: end -->"


def measure(name: str, folder: Path, *, kept: bool) -> dict[str, Any]:
    """Return what a benchmark measures, or what it measured before."""
    path = folder / f"{name}.json"
    if not kept:
        command = [sys.executable, str(HERE / f"{name}.py"), "--json", str(path)]
        subprocess.run(command, check=True)
    return dict(json.loads(path.read_text(encoding="utf-8")))


def withheld(results: dict[str, Any]) -> str:
    """Return the table of withheld weeks, a column an assignment of weeks to folds."""
    folds = [value for name, value in results.items() if name.startswith("folds")]
    errors = [each["median_absolute_percentage_error"] for each in folds]
    rows = [
        ["Median error", *(_percent(each["project"]) for each in errors), "at most 27%"],
        ["— cumulative totals interpolated (PCHIP)", *_other(errors, "pchip"), ""],
        ["— `tempdisagg` from annual totals", *_other(errors, "tempdisagg"), ""],
    ]
    for level, target in (("50", "42 to 58%"), ("80", "72 to 88%"), ("95", "at least 90%")):
        shares = [_percent(each["coverage"][level]) for each in folds]
        rows.append([f"Inside the {level}% interval", *shares, target])
    for year in sorted(folds[0]["printed_over_predicted"]):
        ratios = [f"{each['printed_over_predicted'][year]:.2f}" for each in folds]
        rows.append([f"Printed over predicted, {year}", *ratios, "0.80 to 1.25"])
    head = ["", *(f"Assignment {number + 1}" for number in range(len(folds))), "Aim"]
    notices = folds[0]["notices"]
    return f"Withheld weekly notices ({notices}, ten folds):\n\n{_table(head, rows)}"


def _other(errors: list[dict[str, float]], name: str) -> list[str]:
    return [_percent(each[name]) for each in errors]


def years(results: dict[str, Any]) -> str:
    """Return the table of years recovered without any annual figure of 2022 to 2024."""
    rows = [
        [
            year,
            f"{each['printed']:,.0f}",
            f"{each['median']:,.0f}",
            f"{each['lower_95']:,.0f} to {each['upper_95']:,.0f}",
            f"{each['error']:+.1%}",
        ]
        for year, each in results["years"].items()
    ]
    head = ["Year", "Published, ha", "Recovered, ha", "95% interval", "Error"]
    return f"All annual figures of 2022 to 2024 withheld:\n\n{_table(head, rows)}"


def simulated(results: dict[str, float]) -> str:
    """Return the table of invented programmes."""
    lines = [
        ("True annual totals inside the 50% interval", "covered_50", ""),
        ("… the 80% interval", "covered_80", "75 to 85%"),
        ("… the 95% interval", "covered_95", ""),
        ("Median error of annual totals", "median_error", ""),
        ("Planted factors of ten found", "factor_of_ten_found", "at least 95%"),
        ("… with the true value as the likely reading", "of_these_value_right", "at least 80%"),
        ("Correct statements accused", "correct_accused", "at most 2%"),
    ]
    rows = [[label, _percent(results[name]), aim] for label, name, aim in lines]
    years, statements = results["years"], results["statements"]
    title = f"Invented programmes ({years:,.0f} full years, {statements:,.0f} statements):"
    return f"{title}\n\n{_table(['', 'Found', 'Aim'], rows)}"


def forecasts(board: dict[str, Any]) -> str:
    """Return the table of forecasts made as of past dates, all horizons together."""
    rows = [
        [
            str(each["model"]).replace("_", " "),
            f"{each['forecasts']:,}",
            f"{each['relative_wis']:.3f}",
            *(_percent(each[f"covered_{level}"]) for level in (50, 80, 95)),
        ]
        for each in board["rows"]
        if each["horizon_group"] == "all horizons"
    ]
    head = ["Model", "Forecasts", "Score", "in 50%", "in 80%", "in 95%"]
    span = f"{board['origins']} dates from {board['first_origin']} to {board['last_origin']}"
    title = (
        f"Forecasts from {span} (weighted interval score over the printed value, less is better):"
    )
    return f"{title}\n\n{_table(head, rows)}"


def _percent(share: float) -> str:
    return "–" if share is None or share != share else f"{share:.1%}"  # noqa: PLR0124 - NaN


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(text: str) -> None:
    """Put the text between the markers."""
    page = METHOD.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        sys.exit(f"{METHOD.name} lacks the markers {BEGIN} and {END}")
    METHOD.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--kept", action="store_true", help="run nothing, use what the folder has")
    chosen = parser.parse_args()
    if chosen.kept and not chosen.folder:
        parser.error("--kept needs the folder")
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        weeks = measure("withheld", folder, kept=chosen.kept)
        programmes = measure("simulated", folder, kept=chosen.kept)
    parts = [withheld(weeks), years(weeks), simulated(programmes)]
    if SCOREBOARD.exists():
        parts.append(forecasts(json.loads(SCOREBOARD.read_text(encoding="utf-8"))))
    write("\n\n".join(parts))


if __name__ == "__main__":
    main()
