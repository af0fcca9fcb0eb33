"""The limit for renderers: cells run by `exec` in two processes that are warm already.

Reads a list of [notebook, parameters] as JSON from stdin; prints seconds on the wall, and of the
processor.
"""

from __future__ import annotations

import ast
import importlib
import json
import multiprocessing
import os
import sys
import time
from pathlib import Path
from typing import Any

from demine_analysis import published
from demine_analysis.publishing.running.kernels.environment import kernel_environment
from demine_analysis.publishing.running.kernels.warm import MODULES


def run(report: tuple[str, dict[str, object]]) -> tuple[int, float]:
    """Run a notebook's cells; return how much they show, and seconds of the processor."""
    start = time.process_time()
    path, parameters = report
    namespace: dict[str, Any] = {"__name__": "__main__"}
    shown = 0
    for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            shown += run_cell("".join(cell["source"]), namespace)
            if "parameters" in cell["metadata"].get("tags", []):
                namespace.update(parameters)
    return shown, time.process_time() - start


def run_cell(source: str, namespace: dict[str, Any]) -> int:
    """Run a cell as IPython does: the last expression is shown."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), namespace)  # noqa: S102 - the project's own notebooks
    if not isinstance(last, ast.Expr):
        return 0
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)  # noqa: S307 - as above
    return len(value._repr_html_()) if hasattr(value, "_repr_html_") else 0


def warm(barrier: Any) -> None:
    """Do what is done before a batch's kernels fork; the clock starts when both are ready."""
    for module in (*MODULES, "ruptures", "seaborn"):
        importlib.import_module(module)
    published.inputs("azerbaijan")
    barrier.wait()


def main() -> None:
    """Time the reports."""
    os.environ.update(kernel_environment())
    reports = [(path, values) for path, values in json.load(sys.stdin)]
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(3)
    with context.Pool(2, warm, [barrier]) as pool:
        barrier.wait()
        start = time.perf_counter()
        done = list(pool.imap_unordered(run, reports))
        seconds = time.perf_counter() - start
    if not all(shown for shown, _ in done):
        sys.exit("a notebook showed nothing")
    print(seconds, sum(cpu for _, cpu in done))


if __name__ == "__main__":
    main()
