"""Notices in our own words, in the forms of real ones, with the rows that they print.

A notice begins with `@@ dataset | day`; lines that begin with `=` are its rows: metric, value,
qualifier, status, period, first and last day (`-` where the page does not tell), operator,
district, land use.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "notices" / "forms"
FIELDS = (
    "metric", "value", "qualifier", "status", "period", "period_start", "period_end", "operator",
    "district", "land_use",
)  # fmt: skip
VICTIMS = {"killed": "killed", "injured": "injured", "victims": "total"}


class Form(NamedTuple):
    name: str
    dataset: str
    published: str
    text: str
    rows: list[dict[str, Any]]


def forms() -> list[Form]:
    return [each for path in sorted(FOLDER.glob("*.txt")) for each in _of_language(path)]


def _of_language(path: Path) -> list[Form]:
    found = []
    for place, part in enumerate(path.read_text("utf-8").split("@@ ")[1:], 1):
        head, *lines = part.splitlines()
        dataset, published = (each.strip() for each in head.split("|"))
        published = "" if published == "-" else published
        text = "\n".join(line for line in lines if not line.startswith("= ")).strip()
        rows = [_row(line) for line in lines if line.startswith("= ")]
        found.append(Form(f"{path.stem}{place:02d}", dataset, published, text, rows))
    return found


def _row(line: str) -> dict[str, Any]:
    cells = ["" if each == "-" else each for each in line.removeprefix("= ").split()]
    row: dict[str, Any] = dict(zip(FIELDS, cells, strict=True))
    row["value"] = float(row["value"])
    return row
