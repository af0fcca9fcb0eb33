"""A made-up programme: two operators, two districts with Ukrainian names, twelve figures.

Beside the twelve, of cleared area, there can be two metrics that are harder: surveyed area, of
which no page prints the whole, and explosive items, of which every page contradicts the others.
"""

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
_ITEMS = "items,exact,achieved"
_TOTAL = f"{_ITEMS},cumulative,2023-01-01"
_WEEKS = [
    ("2024-02-26,2024-03-03", "NORDEM", 70, 11),
    ("2025-02-24,2025-03-02", "Fjord", 910, 140),
    ("2025-03-03,2025-03-09", "NORDEM", 91, 12),
]
_HARDER = [
    ("north-20250112", f"explosive_items,90,{_TOTAL},2023-12-31,all,all,all"),
    ("north-20250112", f"explosive_items,61000,{_TOTAL},2024-06-30,all,all,all"),
    ("north-20250112", f"explosive_items,420,{_TOTAL},2024-12-31,all,all,all"),
    ("north-20250112", f"explosive_items,77,{_ITEMS},year,2024-01-01,2024-12-31,all,all,all"),
    ("herald-20250310", f"explosive_items,2100000,{_TOTAL},2025-03-09,all,all,all"),
    *[
        ("herald-20250310", f"explosive_items,{items},{_ITEMS},week,{days},{who},all,all")
        for days, who, items, _ in _WEEKS
    ],
    *[
        ("herald-20250310", f"area_surveyed,{area},ha,exact,achieved,week,{days},{who},all,all")
        for days, who, _, area in _WEEKS
    ],
    (
        "north-20250112",
        "area_surveyed,600,ha,exact,achieved,year,2024-01-01,2024-12-31,NORDEM,all,all",
    ),
    (
        "north-20250112",
        "area_surveyed,7000,ha,exact,achieved,year,2024-01-01,2024-12-31,Fjord,all,all",
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


def make(home: Path, *, harder: bool = False) -> None:
    """Write the dataset into a data home, with the harder metrics where these are asked for."""
    folder = home / "northland"
    folder.mkdir(parents=True)
    figures = [*_FIGURES, *(_HARDER if harder else [])]
    rows = [f"{page}.{n:02},{page},{rest},," for n, (page, rest) in enumerate(figures, 1)]
    files = {
        "sources.csv": SOURCES,
        "statements.csv": "\n".join([_HEAD, *rows, ""]),
        "programme.toml": PROGRAMME,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
