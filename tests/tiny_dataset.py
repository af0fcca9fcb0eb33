"""A tiny valid dataset on disk, and ways to break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCES = """\
source_id,url,publisher,agency,published,language
paper-20240108,https://example.org/a,Paper,,2024-01-08,en
gazette-undated,https://example.org/b?id=1,Gazette,Agency,,az
"""
STATEMENTS = """\
statement_id,source_id,metric,value,unit,qualifier,status,period,period_start,period_end,\
operator,district,land_use,printed,note
paper-20240108.01,paper-20240108,area_cleared,120.5,ha,exact,achieved,week,2024-01-01,2024-01-07,\
all,Aghdam,all,120.5 ha | 7 AP,
paper-20240108.02,paper-20240108,anti_personnel_mines,7,items,exact,achieved,week,2024-01-01,\
2024-01-07,all,Aghdam,all,120.5 ha | 7 AP,first
gazette-undated.01,gazette-undated,area_cleared,5000,ha,at_least,planned,year,2024-01-01,2024-12-31,MoD,all,all,"5,000",plan
"""
CASUALTIES = """\
url,publisher,published,period_start,period_end,killed,injured,total,civilians_only,note
https://example.org/c,Paper,2024-01-08,2020-11-10,--12-31,65,290,355,no,
"""
RECORDS = """\
record_id,department,municipality,demining_type,period_start,period_end,area_cleared,anti_personnel_mines,unexploded_ordnance,improvised_explosive_devices,explosive_items
mine.1,North,San Carlos,,2024-01-01,2024-01-31,1.5,2,,0,2
"""
COLOMBIA = """\
departamento,municipio,totalartefactosdestruidos,areadespejada,ano,mes,tipodesminado,map,muse,aei
NORTH,SAN CARLOS,3,25000,2012,2,Comunidades,1,2,0
"""
CORRECTION = """\
[[correction]]
statement_id = "paper-20240108.01"
column = "value"
expected = 120.5
value = 12.05
reason = "decimal point moved"
evidence = ["https://example.org/other"]
"""
STATEMENT_FILES = {
    "statements.csv": STATEMENTS,
    "sources.csv": SOURCES,
    "casualties.csv": CASUALTIES,
}


def make(home: Path, files: dict[str, str] | None = None, *, name: str = "mine") -> Path:
    """Write a dataset and return its folder; the tiny one with statements by default."""
    folder = home / name
    folder.mkdir(parents=True)
    for file, text in (STATEMENT_FILES if files is None else files).items():
        (folder / file).write_text(text, "utf-8", newline="")
    return folder


def change(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a breaker that replaces the first `old` in a file."""

    def breaker(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        if old not in text:
            raise LookupError(old)
        (folder / file).write_text(text.replace(old, new, 1), "utf-8", newline="")

    return breaker


def rewrite(file: str, content: str | bytes) -> Callable[[Path], None]:
    """Return a breaker that replaces a file's content."""

    def breaker(folder: Path) -> None:
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / file).write_bytes(raw)

    return breaker


def append(file: str, content: str | bytes) -> Callable[[Path], None]:
    """Return a breaker that adds to the end of a file."""

    def breaker(folder: Path) -> None:
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / file).write_bytes((folder / file).read_bytes() + raw)

    return breaker
