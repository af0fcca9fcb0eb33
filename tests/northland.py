"""A made-up programme: two operators, two districts with Ukrainian names, twelve figures."""

from __future__ import annotations

from pathlib import Path

SOURCES = """\
source_id,url,publisher,agency,published,language
north-20240110,https://example.org/north/2024,Northland Centre,,2024-01-10,en
north-20250112,https://example.org/north/2025,Northland Centre,,2025-01-12,en
herald-20250310,https://example.org/herald/1,The Herald,,2025-03-10,en
"""
_HEAD = (
    "statement_id,source_id,metric,value,unit,qualifier,status,period,period_start,period_end,"
    "operator,district,land_use,printed,note"
)
_YEAR = "ha,exact,achieved,year,2023-01-01,2023-12-31"
_FIGURES = [
    ("north-20240110", f"area_cleared,1200,{_YEAR},all,all,all"),
    ("north-20240110", f"area_cleared,800,{_YEAR},NORDEM,all,all"),
    ("north-20240110", f"area_cleared,400,{_YEAR},Fjord,all,all"),
    ("north-20240110", f"area_cleared,700,{_YEAR},all,Північний,all"),
    ("north-20240110", f"area_cleared,500,{_YEAR},all,Озерний,all"),
    (
        "north-20250112",
        "area_cleared,1500,ha,exact,achieved,year,2024-01-01,2024-12-31,all,all,all",
    ),
    (
        "north-20250112",
        "area_cleared,2700,ha,exact,achieved,cumulative,2023-01-01,2024-12-31,all,all,all",
    ),
    (
        "north-20250112",
        "contaminated_area,9000,ha,about,estimated,other,2024-12-31,2024-12-31,all,all,all",
    ),
    ("north-20250112", "area_cleared,1800,ha,exact,planned,year,2025-01-01,2025-12-31,all,all,all"),
    (
        "herald-20250310",
        "area_cleared,31.5,ha,exact,achieved,week,2025-03-03,2025-03-09,all,all,all",
    ),
    (
        "herald-20250310",
        "anti_personnel_mines,14,items,exact,achieved,week,2025-03-03,2025-03-09,all,all,all",
    ),
    (
        "herald-20250310",
        "area_cleared,2980,ha,exact,achieved,cumulative,2023-01-01,2025-03-09,all,all,all",
    ),
]
PROGRAMME = """\
first_day = 2023-01-01

[operators.NORDEM]
name = "Northern Demining Group"
words = ["NORDEM"]

[operators.Fjord]
words = ["Fjord Clearance"]

[districts]
"Північний" = ["Pivnichnyi"]
"Озерний" = []
"""


def make(home: Path) -> None:
    """Write the dataset into a data home."""
    folder = home / "northland"
    folder.mkdir(parents=True)
    rows = [f"{page}.{n:02},{page},{rest},," for n, (page, rest) in enumerate(_FIGURES, 1)]
    files = {
        "sources.csv": SOURCES,
        "statements.csv": "\n".join([_HEAD, *rows, ""]),
        "programme.toml": PROGRAMME,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
