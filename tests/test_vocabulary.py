from __future__ import annotations

import tomllib

import pytest

import demine_analysis as da
from demine_analysis import resources, vocabulary
from demine_analysis.vocabulary import (
    canonical_district,
    canonical_districts,
    canonical_operator,
    label,
    nearest,
    resolve_code,
    resolve_district,
)

PROGRAMME = tomllib.loads(
    (resources.data_folder() / "azerbaijan" / "programme.toml").read_text(encoding="utf-8")
)
DISTRICTS = PROGRAMME["districts"]
ALIASES = {
    "Aghdam": ["Agdam", "aghdam", "AĞDAM", "Агдам", " Aghdam "],
    "Aghdara": ["Agdere", "Agdara", "Ağdərə", "AĞDƏRƏ", "Агдере", "Mardakert"],
    "Fuzuli": ["Fizuli", "Füzuli", "FÜZULİ", "Физули"],
    "Gazakh": ["Qazax", "Gazakh", "QAZAX", "Газах"],
    "Gubadli": ["Qubadlı", "Qubadli", "QUBADLI", "Губадлы"],
    "Jabrayil": ["Jebrail", "Cəbrayıl", "CƏBRAYIL", "Джебраил"],
    "Kalbajar": ["Kelbajar", "Kəlbəcər", "Kelbecer", "Кельбаджар"],
    "Khankendi": ["Khankandi", "Xankəndi", "Stepanakert", "Ханкенди"],
    "Khojaly": ["Xocalı", "Khojali", "Ходжалы"],
    "Khojavand": ["Khojavend", "Xocavənd", "Ходжавенд"],
    "Lachin": ["Laçın", "LAÇIN", "Лачин"],
    "Shusha": ["Şuşa", "Shushi", "ŞUŞA", "Шуша"],
    "Tartar": ["Terter", "Tərtər", "Тертер"],
    "Zangilan": ["Zəngilan", "Zangelan", "Зангилан"],
}


@pytest.mark.parametrize(
    ("alias", "name"), [(alias, name) for name, aliases in ALIASES.items() for alias in aliases]
)
def test_aliases_resolve(alias: str, name: str) -> None:
    assert resolve_district(alias, aliases=DISTRICTS) == name
    assert canonical_district(alias, DISTRICTS) == name


@pytest.mark.parametrize(
    ("typo", "meant"), [("Agdamm", "Aghdam"), ("Kelbajr", "Kalbajar"), ("Lachn", "Lachin")]
)
def test_typo_gets_the_nearest(typo: str, meant: str) -> None:
    with pytest.raises(da.ParameterError, match=rf"did you mean {meant}\?\), got '{typo}'"):
        resolve_district(typo, aliases=DISTRICTS)


def test_unknown_district_lists_what_there_is() -> None:
    with pytest.raises(da.ParameterError, match="must be one of all, Aghdam, Aghdara") as caught:
        resolve_district("Qwxyz", aliases=DISTRICTS)
    assert "did you mean" not in str(caught.value)


def test_districts_of_another_country_resolve() -> None:
    known = ["SAN CARLOS", "BOGOTÁ DC"]
    assert resolve_district("san-carlos", known=known) == "SAN CARLOS"
    assert resolve_district("Bogota DC", known=known) == "BOGOTÁ DC"
    with pytest.raises(da.ParameterError, match=r"did you mean SAN CARLOS\?"):
        resolve_district("San Carlo", known=known)


def test_no_alias_belongs_to_two_districts() -> None:
    spellings = [
        vocabulary.plain(each)
        for name, aliases in DISTRICTS.items()
        for each in {vocabulary.plain(spelling) for spelling in (name, *aliases)}
    ]
    assert len(spellings) == len(set(spellings))


def test_joint_figures_keep_all_their_districts() -> None:
    assert canonical_districts("Ağdam; Füzuli;Nowhere", DISTRICTS) == "Aghdam;Fuzuli;Nowhere"


def test_operators_are_open() -> None:
    assert canonical_operator("mod", ["MoD"]) == "MoD"
    assert canonical_operator("ALL") == "all"
    assert canonical_operator(" HALO ") == "HALO"


def test_every_code_in_the_data_is_known() -> None:
    statements = da.load_statements()
    for column, codes in {
        "metric": vocabulary.METRICS,
        "unit": vocabulary.UNITS,
        "qualifier": vocabulary.QUALIFIERS,
        "status": vocabulary.STATUSES,
        "period": vocabulary.PERIODS,
        "operator": {*vocabulary.OPERATORS, *PROGRAMME["operators"]},
        "land_use": vocabulary.LAND_USES,
    }.items():
        assert set(statements[column]) <= set(codes), column
    districts = {name for names in statements["district"] for name in names.split(";")}
    assert districts <= {"all", "other", *DISTRICTS}


def test_codes_are_refused_with_the_nearest() -> None:
    assert resolve_code("Area_Cleared", vocabulary.METRICS, what="metric") == "area_cleared"
    with pytest.raises(da.ParameterError, match=r"metric must be one of .*mean area_cleared\?"):
        resolve_code("area_clear", vocabulary.METRICS, what="metric")


def test_areas_are_hectares_and_counts_items() -> None:
    by_unit: dict[str, set[str]] = {}
    for metric, unit in vocabulary.UNIT_OF_METRIC.items():
        by_unit.setdefault(unit, set()).add(metric)
    done = ("cleared", "surveyed", "reduced", "cancelled", "released", "returned")
    assert by_unit["ha"] == {"contaminated_area", *(f"area_{each}" for each in done)}
    assert by_unit["kg"] == {"explosive_mass"}
    assert by_unit["persons"] == {"risk_education"}
    assert "aircraft_bombs" in by_unit["items"]
    assert set(by_unit) == set(vocabulary.UNITS)
    assert set(vocabulary.UNIT_OF_METRIC) == set(vocabulary.METRICS)


def test_labels_are_words() -> None:
    assert label("anti_vehicle_mines", vocabulary.METRICS) == "anti-vehicle mines"
    assert label("HALO", vocabulary.OPERATORS) == "HALO"
    assert nearest("exakt", vocabulary.QUALIFIERS) == ["exact"]
