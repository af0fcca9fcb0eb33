"""Speed, growth and memory of `reconcile`.

Cleared area of the shipped dataset with all statements: with scales estimated, with given scales,
and its annual totals from draws; then the same on ten times the weeks and statements (the
statements repeated, each time later by whole grid lengths). Medians of some runs, nothing kept
between them; peak memory of a process of its own.

    python benchmarks/reconcile.py [--runs 5] [--copies 10] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

import demine_analysis as da
from demine_analysis.reconciliation.statements import usable

TARGETS = {"scales estimated": 3.0, "scales given": 0.5}
GROWTH_TARGET = 12.0
MEMORY_TARGET = 400


def repeated(statements: pd.DataFrame, copies: int) -> pd.DataFrame:
    """Return the statements of cleared area so many times, one after another in time."""
    chosen = usable(statements)
    weeks = len(da.reconcile(statements, draws=1).weeks)
    parts = []
    for copy in range(copies):
        later = pd.Timedelta(weeks=weeks * copy)
        days = {name: chosen[name] + later for name in ("period_start", "period_end", "published")}
        parts.append(chosen.assign(statement_id=chosen["statement_id"] + f".{copy}", **days))
    return pd.concat(parts, ignore_index=True)


def seconds(task: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return the medians of elapsed and of processor time."""
    elapsed, used = [], []
    for _ in range(runs):
        start, start_used = time.perf_counter(), time.process_time()
        task()
        elapsed.append(time.perf_counter() - start)
        used.append(time.process_time() - start_used)
    return statistics.median(elapsed), statistics.median(used)


def timed(statements: pd.DataFrame, runs: int) -> pd.DataFrame:
    """Return a row a task: elapsed and processor seconds."""
    scales = da.reconcile(statements, draws=1).scales
    tasks: dict[str, Callable[[], object]] = {
        "scales estimated": lambda: da.reconcile(statements),
        "scales given": lambda: da.reconcile(statements, scales=scales),
        "scales given, annual totals": lambda: da.reconcile(statements, scales=scales).annual(),
    }
    rows = {name: seconds(task, runs) for name, task in tasks.items()}
    return pd.DataFrame(rows, index=["elapsed", "processor"]).T


def peak_memory(path: Path, copies: int) -> float:
    """Return the peak memory in MB of a process that reconciles and draws."""
    command = [sys.executable, __file__, "--memory-of", str(path), "--copies", str(copies)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def measure_memory(path: Path) -> None:
    """Reconcile statements that were kept, and print this process's peak memory in MB."""
    da.reconcile(pd.read_pickle(path)).annual()  # noqa: S301 - written by the benchmark itself
    # Not ru_maxrss: a child starts with its parent's, as it shares its memory before it runs.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def run(runs: int, copies: int, folder: Path) -> dict[str, Any]:
    """Time both sizes and print the table."""
    statements = da.load_statements("azerbaijan")
    one, many = repeated(statements, 1), repeated(statements, copies)
    longer = timed(many, max(1, runs // 2)).add_suffix(" longer")
    table = timed(statements, runs).join(longer)
    # Growth compares like with like: statements of cleared area only, one copy and many.
    base = timed(one, runs)
    table["growth"] = table["processor longer"] / base["processor"]
    memory = {}
    for name, frame in (("all statements", statements), (f"{copies} times", many)):
        path = folder / "statements.pickle"
        frame.to_pickle(path)
        memory[name] = peak_memory(path, copies)
    print(table.round(2).to_string())
    print("peak memory, MB:", {name: round(value) for name, value in memory.items()})
    return {"seconds": json.loads(table.to_json(orient="index")), "memory_mb": memory}


def verdict(results: dict[str, Any]) -> list[str]:
    """Return what misses its target."""
    table = pd.DataFrame(results["seconds"]).T
    missed = [
        f"{name}: {table['elapsed'][name]:.2f} s, target {limit} s"
        for name, limit in TARGETS.items()
        if table["elapsed"][name] > limit
    ]
    missed += [f"{n}: {g:.1f} times" for n, g in table["growth"].items() if g > GROWTH_TARGET]
    memory = pd.Series(results["memory_mb"]).iloc[0]
    return [*missed, *([f"{memory:.0f} MB"] if memory > MEMORY_TARGET else [])]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    os.environ["DEMINE_CACHE_HOME"] = ""
    if chosen.memory_of:
        measure_memory(chosen.memory_of)
        return
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        results = run(chosen.runs, chosen.copies, Path(folder))
    results |= {"cores": os.cpu_count(), "load": load}
    print("missed:", "; ".join(verdict(results)) or "nothing")
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
