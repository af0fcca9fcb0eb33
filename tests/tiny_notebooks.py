"""Notebooks of a few cells, and manifests that name them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PARAMETERS = 'who: str = "world"  # whom to greet\ntimes: int = 1  # how often'


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source, "id": "t"}


def code(source: str, *tags: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "c",
        "metadata": {"tags": list(tags)},
        "outputs": [],
        "source": source,
    }


def notebook_json(*cells: dict[str, Any], parameters: str = PARAMETERS) -> str:
    tagged = [code(parameters, "parameters")] if parameters else []
    numbered = [{**cell, "id": f"cell-{n}"} for n, cell in enumerate([*tagged, *cells])]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def write_notebook(
    folder: Path, *cells: dict[str, Any], name: str = "tiny", parameters: str = PARAMETERS
) -> Path:
    path = folder / f"{name}.ipynb"
    path.write_text(notebook_json(*cells, parameters=parameters), encoding="utf-8")
    return path


def write_manifest(folder: Path, *reports: str, settings: str = "") -> Path:
    path = folder / "reports.toml"
    path.write_text("\n".join([settings, *(f"[[report]]\n{each}" for each in reports)]))
    return path


def entry(name: str, notebook: str = "tiny", **values: object) -> str:
    lines = [f"name = {json.dumps(name)}", f'title = "Report {name}"', f'notebook = "{notebook}"']
    return "\n".join([*lines, *(f"{key} = {_toml(value)}" for key, value in values.items())])


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    return json.dumps(value)
