"""Files as spreadsheets save them: one fault each, that says what it is and how to save it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import tiny_dataset as tiny

import demine_analysis as da
from demine_analysis.datasets.check import check_folder

LINES = tiny.STATEMENTS.splitlines()


def workbook() -> bytes:
    """Return what an .xlsx file is: a ZIP archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    return archive.getvalue()


WRITTEN = {
    "UTF-16": (tiny.STATEMENTS.encode("utf-16"), "is UTF-16"),
    "UTF-16 without a mark": (tiny.STATEMENTS.encode("utf-16-le"), "is UTF-16"),
    "a renamed workbook": (workbook(), "is a spreadsheet"),
    "empty columns at the end": (
        "".join(line + ",,,\n" for line in LINES).encode(),
        "3 empty columns follow; delete what is right of note",
    ),
    "one empty column": ("".join(line + ",\n" for line in LINES).encode(), "empty column follows"),
    "two blank rows": (
        (tiny.STATEMENTS + 2 * ("," * 14 + "\n")).encode(),
        "line 5: must hold a row, but is blank, as 1 more of the file",
    ),
    "a sep= line": (b"sep=,\n" + tiny.STATEMENTS.encode(), "line 1: must be the header"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_one_fault_says_what_to_do(name: str, tmp_path: Path) -> None:
    content, says = WRITTEN[name]
    folder = tiny.make(tmp_path)
    (folder / "statements.csv").write_bytes(content)
    (fault,) = check_folder(folder)
    assert says in str(fault)
    assert str(fault).startswith("mine/statements.csv")
    assert 'as "CSV UTF-8 (comma delimited)"' in fault.allowed


def test_good_rows_beside_blank_ones_are_checked(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    wrong = tiny.STATEMENTS.replace(",exact,", ",exactly,", 1)
    (folder / "statements.csv").write_text(wrong + "," * 14 + "\n", "utf-8")
    found = da.check_dataset(folder)
    assert found["column"].tolist() == ["qualifier", ""]
