"""Every kind of broken dataset ends in one clear DatasetError that says where and what."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import tiny_dataset as tiny
from tiny_dataset import append, change, rewrite

import demine_analysis as da

if TYPE_CHECKING:
    from collections.abc import Callable

STATEMENTS, SOURCES, CASUALTIES = "statements.csv", "sources.csv", "casualties.csv"
FIX = "corrections.toml"
ROW_2 = "mine/statements.csv, line 2, column "


class Broken(NamedTuple):
    """What is done to the tiny dataset, and what the error must then say."""

    name: str
    breaks: Callable[[Path], object]
    says: tuple[str, ...]


def remove(file: str) -> Callable[[Path], object]:
    return lambda folder: (folder / file).unlink()


def folder_instead(file: str) -> Callable[[Path], object]:
    def breaker(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).mkdir()

    return breaker


def loop_instead(file: str) -> Callable[[Path], object]:
    def breaker(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).symlink_to(folder / file)

    return breaker


def device_instead(file: str) -> Callable[[Path], object]:
    def breaker(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).symlink_to("/dev/zero")

    return breaker


def pipe_instead(file: str) -> Callable[[Path], object]:
    def breaker(folder: Path) -> None:
        (folder / file).unlink()
        os.mkfifo(folder / file)

    return breaker


def make_two(folder: Path) -> None:
    (folder / "records.csv").rename(folder / "a.csv")
    (folder / "b.csv").write_text("x\n1\n", "utf-8")


def drop_column(file: str, name: str) -> Callable[[Path], object]:
    return change(file, f"{name},", "")


NEW_ROW = "x.01,paper-20240108,area_cleared,1,ha,exact,achieved,week,,,all,all,all,1 ha,{}\n"

STATEMENT_CASES = [
    # the file as a whole
    Broken("no statements", remove(STATEMENTS), ("mine/statements.csv: must be there",)),
    Broken("no sources", remove(SOURCES), ("mine/sources.csv: must be there",)),
    Broken("folder for file", folder_instead(STATEMENTS), ("statements.csv: must be a readable",)),
    Broken("symlink loop", loop_instead(STATEMENTS), ("statements.csv: must be a readable",)),
    Broken("empty file", rewrite(STATEMENTS, ""), ("must have a header line", "is empty")),
    Broken("blank lines", rewrite(STATEMENTS, "\n\n"), ("must have a header line", "is empty")),
    Broken("empty sources", rewrite(SOURCES, ""), ("mine/sources.csv: must have a header",)),
    Broken(
        "header alone",
        rewrite(STATEMENTS, tiny.STATEMENTS.splitlines()[0] + "\n"),
        ("statements.csv, line 2: must have at least one row",),
    ),
    Broken(
        "Latin-1",
        append(STATEMENTS, NEW_ROW.format("Ağdam").replace("ğ", "\xf0").encode("latin-1")),
        ("statements.csv, line 5: must be UTF-8 text", "0xf0", "save the file as UTF-8"),
    ),
    Broken(
        "UTF-16",
        rewrite(STATEMENTS, tiny.STATEMENTS.encode("utf-16")),
        ("statements.csv: must be UTF-8 text, but is UTF-16; save it", "CSV UTF-8"),
    ),
    Broken(
        "NUL byte",
        change(STATEMENTS, "first", "fi\0rst"),
        ("statements.csv, line 3: must be text, the line has a NUL byte",),
    ),
    Broken(
        "10 MB line",
        append(STATEMENTS, NEW_ROW.format("x" * 10_000_000)),
        ("statements.csv, line 5: must be at most 100,000 characters",),
    ),
    Broken(
        "10 MB cell over many lines",
        append(STATEMENTS, NEW_ROW.format('"' + "x\n" * 5_000_000 + '"')),
        ("statements.csv, line 5: must be a row of CSV", "field limit"),
    ),
    Broken(
        "binary file",
        rewrite(STATEMENTS, bytes(range(1, 256))),
        ("statements.csv, line", "must be UTF-8 text"),
    ),
    Broken(
        "semicolons for commas",
        rewrite(STATEMENTS, tiny.STATEMENTS.replace(",", ";")),
        ("statements.csv, line 1: must have its columns separated by commas, the header has ';'",),
    ),
    Broken(
        "tabs for commas",
        rewrite(STATEMENTS, tiny.STATEMENTS.replace(",", "\t")),
        ("statements.csv, line 1: must have its columns separated by commas",),
    ),
    Broken("device", device_instead(STATEMENTS), ("must be a readable file, but it is a folder",)),
    Broken("pipe", pipe_instead(STATEMENTS), ("must be a readable file, but it is a folder",)),
    # rows
    Broken(
        "open quotation mark",
        change(STATEMENTS, "first", '"first'),
        ("statements.csv, line 3: must be a row of CSV", "quotation marks in pairs"),
    ),
    Broken(
        "text after a quotation mark",
        change(STATEMENTS, '"5,000"', '"5,000" ha'),
        ("statements.csv, line 4: must be a row of CSV",),
    ),
    Broken(
        "row too short",
        append(STATEMENTS, "paper-20240108.03,paper-20240108,area_cleared\n"),
        ("statements.csv, line 5: must have 15 cells as the header has, it has 3",),
    ),
    Broken(
        "row too long",
        change(STATEMENTS, ",first", ",first,second"),
        ("statements.csv, line 3: must have 15 cells as the header has, it has 16",),
    ),
    Broken(
        "decimal comma splits the row",
        change(STATEMENTS, ",120.5,", ",120,5,"),
        ("statements.csv, line 2: must have 15 cells", "it has 16"),
    ),
    # columns
    Broken(
        "missing column",
        drop_column(STATEMENTS, "metric"),
        ("statements.csv, line 1, column metric: must be there, the column is missing",),
    ),
    Broken(
        "misspelt column",
        change(STATEMENTS, "qualifier", "qualifer"),
        ("line 1, column qualifer: must be one of the columns", "did you mean qualifier?"),
    ),
    Broken(
        "extra column",
        change(STATEMENTS, "printed,note", "printed,note,colour"),
        ("line 1, column colour: must be one of the columns",),
    ),
    Broken(
        "column twice",
        change(STATEMENTS, "printed,note", "note,note"),
        ("column note: must be there once", "column printed: must be there, the column is miss"),
    ),
    Broken(
        "missing column in sources",
        drop_column(SOURCES, "agency"),
        ("mine/sources.csv, line 1, column agency: must be there",),
    ),
    # ids
    Broken(
        "duplicate id",
        change(STATEMENTS, "paper-20240108.02", "paper-20240108.01"),
        ("line 3, column statement_id: must be there once", "'paper-20240108.01'"),
    ),
    Broken(
        "empty id",
        change(STATEMENTS, "paper-20240108.01", ""),
        (ROW_2 + "statement_id: must be an id", "got an empty cell"),
    ),
    Broken(
        "id with a space",
        change(STATEMENTS, "paper-20240108.01", "paper 1"),
        (ROW_2 + "statement_id: must be an id", "'paper 1'"),
    ),
    Broken(
        "orphan source",
        change(STATEMENTS, ",paper-20240108,", ",paper-20240107,"),
        (ROW_2 + "source_id: must be the source_id of a row", "did you mean paper-20240108?"),
    ),
    Broken(
        "source removed",
        change(SOURCES, "gazette-undated,https://example.org/b?id=1,Gazette,Agency,,az\n", ""),
        ("statements.csv, line 4, column source_id: must be the source_id", "'gazette-undated'"),
    ),
    Broken(
        "duplicate source",
        change(SOURCES, "gazette-undated", "paper-20240108"),
        ("sources.csv, line 3, column source_id: must be there once",),
    ),
    # codes
    Broken(
        "unknown metric",
        change(STATEMENTS, "area_cleared", "area_cleard"),
        (ROW_2 + "metric: must be one of area_cleared", "did you mean area_cleared?"),
    ),
    Broken(
        "unknown unit",
        change(STATEMENTS, ",ha,", ",km2,"),
        (ROW_2 + "unit: must be", "got 'km2'"),
    ),
    Broken(
        "unit of another metric",
        change(STATEMENTS, ",ha,", ",items,"),
        (
            ROW_2 + "unit: must be ha for an area, items for a count",
            "persons for people, got 'items'",
        ),
    ),
    Broken(
        "unknown qualifier",
        change(STATEMENTS, "exact", "roughly"),
        (ROW_2 + "qualifier: must be one of exact, at_least, about, at_most", "'roughly'"),
    ),
    Broken(
        "unknown status",
        change(STATEMENTS, "achieved", "acheived"),
        (ROW_2 + "status: must be one of", "did you mean achieved?"),
    ),
    Broken(
        "unknown period",
        change(STATEMENTS, ",week,", ",weekly,"),
        (ROW_2 + "period: must be one of day, week", "did you mean week?"),
    ),
    Broken(
        "unknown land use",
        change(STATEMENTS, "Aghdam,all", "Aghdam,farms"),
        (ROW_2 + "land_use: must be one of all, agriculture", "'farms'"),
    ),
    Broken(
        "code with a space",
        change(STATEMENTS, ",exact,", ",exact ,"),
        (ROW_2 + "qualifier: must be one of", "did you mean exact?", "'exact '"),
    ),
    Broken(
        "no operator",
        change(STATEMENTS, ",all,Aghdam", ",,Aghdam"),
        (ROW_2 + "operator: must not be empty",),
    ),
    # numbers
    Broken(
        "word for number",
        change(STATEMENTS, ",120.5,", ",many,"),
        (ROW_2 + "value: must be a number", "got 'many'"),
    ),
    Broken(
        "empty value", change(STATEMENTS, ",120.5,", ",,"), (ROW_2 + "value: must be a number",)
    ),
    Broken(
        "negative value",
        change(STATEMENTS, ",120.5,", ",-120.5,"),
        (ROW_2 + "value: must be a number, zero or more", "'-120.5'"),
    ),
    Broken(
        "thousands separator",
        change(STATEMENTS, ",120.5,", ',"1,639.6",'),
        (ROW_2 + "value: must be a number", "no thousands separator", "got '1,639.6'"),
    ),
    Broken(
        "decimal comma",
        change(STATEMENTS, ",120.5,", ',"120,5",'),
        (ROW_2 + "value: must be a number", "with a decimal point", "'120,5'"),
    ),
    Broken("NaN", change(STATEMENTS, ",120.5,", ",NaN,"), (ROW_2 + "value: must be", "'NaN'")),
    Broken("infinity", change(STATEMENTS, ",120.5,", ",inf,"), (ROW_2 + "value: must", "'inf'")),
    Broken(
        "number beyond floats",
        change(STATEMENTS, ",120.5,", f",{'9' * 400},"),
        (ROW_2 + "value: must be a number", "(400 characters)"),
    ),
    Broken(
        "Arabic digits",
        change(STATEMENTS, ",120.5,", ",١٢٠,"),
        (ROW_2 + "value: must be a number", "'١٢٠'"),
    ),
    # dates
    Broken(
        "reversed dates",
        change(STATEMENTS, "2024-01-01,2024-01-07", "2024-01-07,2024-01-01"),
        (ROW_2 + "period_end: must not be before period_start, got '2024-01-01'",),
    ),
    Broken(
        "day first",
        change(STATEMENTS, "2024-01-07", "31/12/2022"),
        (ROW_2 + "period_end: must be a date", "written YYYY-MM-DD", "'31/12/2022'"),
    ),
    Broken(
        "30 February",
        change(STATEMENTS, "2024-01-07", "2022-02-30"),
        (ROW_2 + "period_end: must be a date that exists", "'2022-02-30'"),
    ),
    Broken(
        "far year",
        change(STATEMENTS, "2024-01-07", "9999-01-07"),
        (ROW_2 + "period_end: must be a date", "from 1900 to 2099"),
    ),
    Broken(
        "date with time",
        change(STATEMENTS, "2024-01-07", "2024-01-07 10:00"),
        (ROW_2 + "period_end: must be a date", "'2024-01-07 10:00'"),
    ),
    Broken(
        "week of nine days",
        change(STATEMENTS, "2024-01-07", "2024-01-09"),
        (ROW_2 + "period_end: must be at most 8 days from period_start", "for a week"),
    ),
    Broken(
        "month of 36 days",
        change(STATEMENTS, "week,2024-01-01,2024-01-07", "month,2024-01-01,2024-02-05"),
        (ROW_2 + "period_end: must be at most 35 days from period_start", "for a month"),
    ),
    Broken(
        "bad publication date",
        change(SOURCES, "2024-01-08", "8 January 2024"),
        ("sources.csv, line 2, column published: must be a date", "'8 January 2024'"),
    ),
    # text
    Broken(
        "formula in a note",
        change(STATEMENTS, "first", "=HYPERLINK(A1)"),
        ("line 3, column note: must be text, not a spreadsheet formula", "'=HYPERLINK(A1)'"),
    ),
    Broken(
        "formula in a district",
        change(STATEMENTS, "Aghdam", "@SUM(A1)"),
        (ROW_2 + "district: must be text, not a spreadsheet formula",),
    ),
    *(
        Broken(f"districts {names!r}", change(STATEMENTS, "Aghdam", names), (ROW_2 + "district",))
        for names in (";", "Aghdam;", "Aghdam;;Fuzuli", "Aghdam;AGHDAM", "all;Aghdam", "Agh\x1bdam")
    ),
    Broken(
        "operator over two lines",
        change(STATEMENTS, "2024-01-07,all,Aghdam", '2024-01-07,"all\nANAMA",Aghdam'),
        ("column operator: must be one line without control characters",),
    ),
    Broken(
        "identifier written backwards",
        change(STATEMENTS, "paper-20240108.01", "paper-\u202e20240108.01"),
        (ROW_2 + "statement_id: must be one line without control characters",),
    ),
    Broken(
        "formula behind a sign",
        change(STATEMENTS, "first", "+cmd|' /C calc'!A0"),
        ("line 3, column note: must be text, not a spreadsheet formula",),
    ),
    Broken(
        "formula in a publisher",
        change(SOURCES, "Gazette", "=1+1"),
        ("sources.csv, line 3, column publisher: must be text, not a spreadsheet formula",),
    ),
    Broken(
        "address without host",
        change(SOURCES, "https://example.org/a", "https:///a"),
        ("sources.csv, line 2, column url: must be an address", "'https:///a'"),
    ),
    Broken(
        "address that runs code",
        change(SOURCES, "https://example.org/a", "javascript:alert(1)"),
        ("sources.csv, line 2, column url: must be an address that starts with http://",),
    ),
    Broken(
        "address with a space",
        change(SOURCES, "https://example.org/a", "https://example.org/a b"),
        ("sources.csv, line 2, column url: must be an address",),
    ),
    Broken(
        "no publisher",
        change(SOURCES, ",Paper,", ",,"),
        ("sources.csv, line 2, column publisher: must not be empty",),
    ),
    Broken(
        "language in words",
        change(SOURCES, ",en\n", ",English\n"),
        ("sources.csv, line 2, column language: must be a language code", "'English'"),
    ),
]

CORRECTION_CASES = [
    Broken(
        "statement gone",
        change(FIX, "paper-20240108.01", "paper-20240108.09"),
        ("corrections.toml, line 1, column statement_id", "no longer applies", "did you mean"),
    ),
    Broken(
        "other value there",
        change(FIX, "120.5", "125"),
        ("line 1, column expected: must be what stands in value", "'120.5'", "no longer applies"),
    ),
    Broken(
        "nothing corrected",
        change(FIX, "12.05", "120.50"),
        ("line 1, column value: must differ from expected",),
    ),
    Broken(
        "new value invalid",
        change(FIX, "12.05", "-1"),
        ("line 1, column value (the new value): must be a number", "'-1'"),
    ),
    Broken(
        "new value breaks the row",
        rewrite(
            FIX,
            tiny.CORRECTION.replace('"value"', '"period_end"')
            .replace("120.5", "2024-01-07")
            .replace("12.05", "2023-12-01"),
        ),
        ("line 1, column value (the new period_end): must not be before period_start",),
    ),
    Broken("not TOML", append(FIX, "[[correction\n"), ("corrections.toml: must be TOML", "line 8")),
    Broken("not UTF-8", append(FIX, b"# \xff\n"), ("corrections.toml: must be TOML in UTF-8",)),
    Broken(
        "key missing",
        change(FIX, 'reason = "decimal point moved"\n', ""),
        ("line 1, column reason: must be given",),
    ),
    Broken(
        "key misspelt",
        change(FIX, "evidence", "evidense"),
        ("column evidense: must be one of the keys", "did you mean evidence?"),
    ),
    Broken(
        "column that may not change",
        change(FIX, 'column = "value"', 'column = "statement_id"'),
        ("line 1, column column: must be one of metric, value",),
    ),
    Broken(
        "empty reason", change(FIX, "decimal point moved", " "), ("column reason: must be a s",)
    ),
    Broken(
        "no evidence",
        change(FIX, '["https://example.org/other"]', "[]"),
        ("column evidence: must be a list",),
    ),
    Broken(
        "evidence is not there",
        change(FIX, "https://example.org/other", "elsewhere.01"),
        ("column evidence: must be another statement", "'elsewhere.01'"),
    ),
    Broken(
        "evidence is itself",
        change(FIX, "https://example.org/other", "paper-20240108.01"),
        ("column evidence: must be another statement",),
    ),
    Broken("corrected twice", append(FIX, tiny.CORRECTION), ("line 8", "must be corrected once")),
    Broken(
        "other tables", append(FIX, "[other]\na = 1\n"), ("must hold nothing but [[correction]]",)
    ),
    Broken("nested too deeply", append(FIX, "a=" + "[" * 100_000), ("corrections.toml: must be",)),
    Broken("folder for file", folder_instead(FIX), ("corrections.toml: must be a readable file",)),
]

CASUALTY_CASES = [
    Broken("no casualties", remove(CASUALTIES), ("mine/casualties.csv: must be there",)),
    Broken(
        "half a person",
        change(CASUALTIES, ",65,", ",65.5,"),
        ("casualties.csv, line 2, column killed: must be a count", "'65.5'"),
    ),
    Broken(
        "unknown answer",
        change(CASUALTIES, ",no,", ",nein,"),
        ("line 2, column civilians_only: must be one of yes, no, unstated or empty",),
    ),
    Broken(
        "day without month",
        change(CASUALTIES, "--12-31", "--13-31"),
        ("line 2, column period_end: must be a date", "'--13-31'"),
    ),
    Broken(
        "address",
        change(CASUALTIES, "https://", ""),
        ("casualties.csv, line 2, column url: must be an address",),
    ),
]

RECORD_CASES = [
    Broken(
        "no area",
        change("records.csv", "area_cleared", "area"),
        ("mine/records.csv, line 1, column area_cleared: must be there",),
    ),
    Broken(
        "no dates",
        change("records.csv", "2024-01-01", ""),
        ("records.csv, line 2, column period_start: must be a date",),
    ),
    Broken(
        "reversed dates",
        change("records.csv", "2024-01-31", "2023-01-31"),
        ("records.csv, line 2, column period_end: must not be before period_start",),
    ),
    Broken(
        "negative area",
        change("records.csv", ",1.5,", ",-1.5,"),
        ("records.csv, line 2, column area_cleared: must be a number",),
    ),
    Broken("two files", make_two, ("must have statements.csv", "it has 2")),
]

COLOMBIA_CASES = [
    Broken(
        "thirteenth month",
        change("demining.csv", "2012,2", "2012,13"),
        ("mine/demining.csv, line 2, column mes: must be a month from 1 to 12, got '13'",),
    ),
    Broken(
        "two-digit year",
        change("demining.csv", "2012,2", "12,2"),
        ("demining.csv, line 2, column ano: must be a year",),
    ),
    Broken(
        "other kind of demining",
        change("demining.csv", "Comunidades", "Caminos"),
        ("demining.csv, line 2, column tipodesminado: must be one of Comunidades",),
    ),
    Broken(
        "half an item",
        change("demining.csv", "Comunidades,1", "Comunidades,1.5"),
        ("demining.csv, line 2, column map: must be a count",),
    ),
]


def named(cases: list[Broken]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


def assert_says(wrong: da.DatasetError, case: Broken) -> None:
    for words in case.says:
        assert words in str(wrong)
    # However much is wrong with a file, the message fits a screen.
    assert len(str(wrong)) < 8_000


@named(STATEMENT_CASES)
def test_broken_statements_are_named(case: Broken, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    case.breaks(folder)
    with pytest.raises(da.DatasetError) as caught:
        da.load_statements("mine", data_home=tmp_path)
    assert_says(caught.value, case)
    listed = da.check_dataset(folder)
    assert caught.value.failures is not None
    assert len(listed) >= len(caught.value.failures) > 0


@named(CORRECTION_CASES)
def test_broken_corrections_are_named(case: Broken, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path, tiny.STATEMENT_FILES | {FIX: tiny.CORRECTION})
    case.breaks(folder)
    with pytest.raises(da.DatasetError) as caught:
        da.load_statements("mine", data_home=tmp_path)
    assert_says(caught.value, case)
    assert not da.check_dataset(folder).empty
    # What is printed can still be had.
    assert len(da.load_statements("mine", data_home=tmp_path, corrected=False)) == 3


@named(CASUALTY_CASES)
def test_broken_casualties_are_named(case: Broken, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    case.breaks(folder)
    with pytest.raises(da.DatasetError) as caught:
        da.load_casualties("mine", data_home=tmp_path)
    assert_says(caught.value, case)


@named(RECORD_CASES)
def test_broken_records_are_named(case: Broken, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path, {"records.csv": tiny.RECORDS})
    case.breaks(folder)
    with pytest.raises(da.DatasetError) as caught:
        da.load_records("mine", data_home=tmp_path)
    assert_says(caught.value, case)
    assert not da.check_dataset(folder).empty


@named(COLOMBIA_CASES)
def test_broken_colombian_records_are_named(case: Broken, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path, {"demining.csv": tiny.COLOMBIA})
    case.breaks(folder)
    with pytest.raises(da.DatasetError) as caught:
        da.load_records("mine", data_home=tmp_path)
    assert_says(caught.value, case)


def test_every_bad_cell_is_named_at_once(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    change(STATEMENTS, ",120.5,", ",many,")(folder)
    change(STATEMENTS, "planned", "plan")(folder)
    change(SOURCES, "2024-01-08", "yesterday")(folder)
    with pytest.raises(da.DatasetError, match="dataset 'mine' has 3 problems") as caught:
        da.load_statements("mine", data_home=tmp_path)
    assert caught.value.failures is not None
    cells = caught.value.failures[["file", "line", "column", "value"]]
    assert cells.to_numpy().tolist() == [
        ["mine/sources.csv", 2, "published", "yesterday"],
        ["mine/statements.csv", 2, "value", "many"],
        ["mine/statements.csv", 4, "status", "plan"],
    ]
    assert caught.value.failures["allowed"].str.startswith("must be").all()


def test_many_bad_cells_fit_a_screen(tmp_path: Path) -> None:
    row = "x.{0},paper-20240108,area_cleared,none,ha,exact,achieved,week,,,all,all,all,,\n"
    folder = tiny.make(tmp_path)
    append(STATEMENTS, "".join(row.format(number) for number in range(1000)))(folder)
    with pytest.raises(da.DatasetError) as caught:
        da.load_statements("mine", data_home=tmp_path)
    assert str(caught.value).count("\n") == 21
    assert "has 1,000 problems" in str(caught.value)
    assert "and 980 more" in str(caught.value)
    assert caught.value.failures is not None
    assert len(caught.value.failures) == 1000


def test_line_is_the_editors_line(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    change(STATEMENTS, ",first", ',"first\nsecond\nthird"')(folder)
    change(STATEMENTS, "planned", "plan")(folder)
    text = (folder / STATEMENTS).read_text("utf-8").splitlines()
    line = next(number for number, words in enumerate(text, 1) if ",plan," in words)
    with pytest.raises(da.DatasetError, match=f"line {line}, column status"):
        da.load_statements("mine", data_home=tmp_path)


def test_bad_value_is_escaped_and_shortened(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    change(STATEMENTS, ",exact,", ',"\x1b[31m\n' + "x" * 500 + '",')(folder)
    with pytest.raises(da.DatasetError) as caught:
        da.load_statements("mine", data_home=tmp_path)
    assert "\\x1b[31m\\n" in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert "x" * 61 not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["../mine", "mine/../mine", "/etc", "", ".", "..", "no\0ne", "nine"]
)
def test_unknown_names_are_refused(name: str, tmp_path: Path) -> None:
    tiny.make(tmp_path)
    with pytest.raises(da.DatasetError, match="dataset must be one of mine"):
        da.load_statements(name, data_home=tmp_path)


def test_misspelt_name_gets_the_nearest() -> None:
    with pytest.raises(da.DatasetError, match=r"did you mean azerbaijan\?"):
        da.load_statements("Azerbeijan")


def test_missing_home_is_refused(tmp_path: Path) -> None:
    with pytest.raises(da.DatasetError, match=r"data_home must be a folder .* 'nowhere'"):
        da.list_datasets(data_home="nowhere")
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(da.DatasetError, match="data_home must be a folder"):
        da.load_statements(data_home=tmp_path / "file")


def test_missing_home_of_the_environment_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMINE_DATA_HOME", "/nowhere")
    with pytest.raises(da.DatasetError, match="DEMINE_DATA_HOME must be a folder"):
        da.load_statements()


def test_home_without_datasets_says_so(tmp_path: Path) -> None:
    with pytest.raises(da.DatasetError, match="holds none"):
        da.load_statements(data_home=tmp_path)
    with pytest.raises(da.DatasetError, match="holds no dataset"):
        da.check_dataset(data_home=tmp_path)


def test_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.make(tmp_path)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    # As root every file can be read, so the refusal is played.
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(da.DatasetError, match="must be a readable file: Permission denied"):
        da.load_statements("mine", data_home=tmp_path)


def test_kinds_are_not_mixed_up() -> None:
    with pytest.raises(da.DatasetError, match=r"kind records.*use load_records\('colombia'\)"):
        da.load_statements("colombia")
    with pytest.raises(da.DatasetError, match=r"kind records.*use load_records\('colombia'\)"):
        da.load_sources("colombia")
    with pytest.raises(da.DatasetError, match=r"kind statements.*use load_statements"):
        da.load_records("azerbaijan")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "must be a data package in JSON"),
        ("[]", "must be a data package in JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"resources": [{}]}', "must be a data package in JSON"),
        ('{"resources": [{"path": "gone.csv"}]}', "must name a file that is there"),
        ('{"resources": [{"path": "sources.csv", "bytes": 1}]}', "as sources.csv is on the disk"),
        ('{"resources": [{"path": "sources.csv", "hash": "x"}]}', "must be sha256:"),
    ],
)
def test_broken_descriptor_is_found(content: str, says: str, tmp_path: Path) -> None:
    folder = tiny.make(tmp_path, tiny.STATEMENT_FILES | {"datapackage.json": content})
    listed = da.check_dataset(folder)
    assert listed["file"].tolist() == ["mine/datapackage.json"]
    assert says in listed["allowed"].iloc[0]


def test_stale_descriptor_is_found(tmp_path: Path) -> None:
    stated = {"path": "sources.csv", "bytes": len(tiny.SOURCES.encode())}
    files = {"datapackage.json": json.dumps({"resources": [stated]})}
    folder = tiny.make(tmp_path, tiny.STATEMENT_FILES | files)
    assert da.check_dataset(folder).empty
    append(SOURCES, "late,https://example.org/l,Late,,,en\n")(folder)
    assert da.check_dataset(folder)["column"].tolist() == ["bytes"]
