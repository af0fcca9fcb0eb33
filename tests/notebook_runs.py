"""Run a notebook's code in this process: what a kernel would show, without starting one."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def code_cells(name: str) -> list[dict[str, Any]]:
    notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run(name: str, **parameters: object) -> str:
    """Return the HTML of everything that the notebook shows with these parameters."""
    namespace: dict[str, Any] = {}
    shown = []
    for cell in code_cells(name):
        shown.append(_run_cell("".join(cell["source"]), namespace))
        if "parameters" in cell["metadata"].get("tags", []):
            namespace.update(parameters)
    return "\n".join(shown)


def _run_cell(source: str, namespace: dict[str, Any]) -> str:
    tree = ast.parse(source)
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        tree.body.pop()
    exec(compile(tree, "cell", "exec"), namespace)  # noqa: S102 - the notebook is our own
    if not isinstance(last, ast.Expr):
        return ""
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)  # noqa: S307 - as above
    if hasattr(value, "_repr_mimebundle_"):
        return str(value._repr_mimebundle_()["text/html"])
    return str(value._repr_html_()) if hasattr(value, "_repr_html_") else ""
