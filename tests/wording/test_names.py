from __future__ import annotations

from demine_analysis.wording import language, names


def test_an_operator_goes_by_its_code_until_it_is_named() -> None:
    assert names.operator("SBS") == "SBS"
    names.use({"SBS": "State Border Service"})
    assert names.operator("SBS") == "State Border Service"
    names.use({"HALO": "The HALO Trust"})
    assert names.operator("SBS") == "SBS"
    assert names.operator("all") == "all institutions"


def test_names_are_translated() -> None:
    names.use({"MoD": "Ministry of Defence"})
    language.use("ru")
    assert names.operator("MoD") == "Министерство обороны"
