"""Rendering, beside the tools that others use, on the project's own notebooks.

    make bench                                   # everything, medians of 5
    python benchmarks/render.py --repeat 1       # a quick look
    python benchmarks/render.py --only cold,idle

Peers are `papermill` followed by `jupyter nbconvert`, as commands, and ploomber-engine followed by
the same. The limit is what no renderer can beat: the same cells, run by `exec` in two processes
that have imported everything before the clock starts, without kernel, page or file.

Seconds are of the clock on the wall, as users wait for them; beside them stand seconds of processor
time, which tell whether the machine had other work.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
BIN = Path(sys.executable).parent
LIMIT = Path(__file__).with_name("warm_limit.py")

TREND: list[dict[str, object]] = [
    {},
    {"metric": "anti_personnel_mines"},
    {"metric": "anti_vehicle_mines"},
    {"metric": "unexploded_ordnance"},
    {"metric": "explosive_items"},
    {"district": "Aghdam"},
    {"district": "Fuzuli"},
    {"district": "Jabrayil"},
    {"operator": "ANAMA"},
    {"land_use": "agriculture"},
    {"start": "2023-01-01"},
    {"as_of": "2024-12-31"},
]
RATE: list[dict[str, object]] = [{"window": f"{weeks}W"} for weeks in (2, 4, 8, 13, 26, 52)]
PROJECTION: list[dict[str, object]] = [
    {},
    {"scenario": "growth", "growth": 5.0},
    {"scenario": "growth", "growth": 10.0},
    {"scenario": "pause"},
    {"contaminated_area": 1_028_000.0},
    {"until": "2035-12-31"},
]
BATCH: list[tuple[str, dict[str, object]]] = [
    *(("trend", values) for values in TREND),
    *(("clearance-rate", values) for values in RATE),
    *(("projection", values) for values in PROJECTION),
]
TARGETS = {
    "cold command / papermill + nbconvert": ("<=", 0.55),
    "batch throughput / papermill + nbconvert, two at a time": (">=", 8.0),
    "batch time / warm limit": ("<=", 1.35),
    "run without changes, seconds": ("<", 1.5),
    "memory of the batch, GB": ("<", 1.5),
}


def environment() -> dict[str, str]:
    """Return the environment of every command: no telemetry, no window."""
    return {**os.environ, "PLOOMBER_STATS_ENABLED": "false", "MPLBACKEND": "Agg"}


def command(*words: object) -> None:
    """Run a command to its end; what it prints matters only if it fails."""
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    if done.returncode:
        sys.exit(f"{words} failed:\n{done.stdout}\n{done.stderr}")


class Took(NamedTuple):
    """Seconds on the wall, and of the processor in all processes."""

    wall: float
    cpu: float


def took(work: Callable[[], object]) -> Took:
    """Return how long something takes that runs in child processes."""
    start, before = time.perf_counter(), children()
    work()
    return Took(time.perf_counter() - start, children() - before)


def children() -> float:
    """Return the processor time of child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def peer(tool: str, notebook: str, values: dict[str, object], folder: Path) -> None:
    """Execute with a peer's command, then convert with nbconvert's."""
    executed = folder / f"{threading.get_ident()}.ipynb"
    options = [word for name, value in values.items() for word in ("-p", name, value)]
    kernel = ["-k", "python3"] if tool == "papermill" else []
    command(BIN / tool, NOTEBOOKS / f"{notebook}.ipynb", executed, *kernel, *options)
    command(BIN / "jupyter-nbconvert", "--to", "html", "--no-input", "--log-level=ERROR", executed)


def peer_batch(tool: str, folder: Path) -> None:
    """Run a peer's commands on the 24 reports, two at a time."""
    with ThreadPoolExecutor(2) as two:
        list(two.map(lambda report: peer(tool, report[0], report[1], folder), BATCH))


def write_manifest(folder: Path) -> Path:
    """Return a manifest of the 24 reports."""
    tables = []
    for number, (notebook, values) in enumerate(BATCH):
        inline = ", ".join(f"{name} = {json.dumps(value)}" for name, value in values.items())
        name = f"{notebook}-{number}"
        tables.append(
            f'[[report]]\nname = "{name}"\ntitle = "{name}"\nnotebook = "{notebook}"\n'
            f"parameters = {{ {inline} }}\n"
        )
    path = folder / "reports.toml"
    path.write_text("\n".join(tables))
    return path


def render_all(folder: Path, *more: str) -> list[object]:
    """Return the project's command for the 24 reports."""
    manifest = folder / "reports.toml"
    return [BIN / "demine", "render", "--all", "--manifest", manifest, "-o", folder / "site", *more]


@contextlib.contextmanager
def watched() -> Iterator[list[float]]:
    """Collect the memory, in GB, of this process's descendants: shared pages count once (PSS)."""
    samples: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            samples.append(sum(map(pss, psutil.Process().children(recursive=True))) / 1e9)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield samples
    finally:
        done.set()
        watcher.join()


def pss(process: psutil.Process) -> int:
    """Return a process's memory in bytes, 0 once it has ended."""
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return 0


def warm_limit() -> Took:
    """Return how long the cells of the batch take two warm processes."""
    work = json.dumps(
        [[str(NOTEBOOKS / f"{notebook}.ipynb"), values] for notebook, values in BATCH]
    )
    done = subprocess.run(
        [sys.executable, LIMIT],
        input=work,
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return Took(*map(float, done.stdout.split()))


def cold(repeat: int, folder: Path) -> dict[str, list[Took]]:
    """Time one report, from a shell, in turns."""
    times: dict[str, list[Took]] = {"demine": [], "papermill": [], "ploomber-engine": []}
    out = folder / "trend.html"
    for _ in range(repeat):
        times["demine"].append(took(lambda: command(BIN / "demine", "render", "trend", "-o", out)))
        for tool in ("papermill", "ploomber-engine"):
            times[tool].append(took(lambda tool=tool: peer(tool, "trend", {}, folder)))  # type: ignore[misc]
    return times


def batch(repeat: int, peers: int, folder: Path) -> tuple[dict[str, list[Took]], float]:
    """Time the 24 reports, two at a time, in turns; return the most memory of ours, too."""
    times: dict[str, list[Took]] = {
        "demine": [], "limit": [], "papermill": [], "ploomber-engine": []
    }  # fmt: skip
    most = 0.0
    for turn in range(repeat):
        with watched() as memory:
            work = render_all(folder, "--jobs", "2", "--force")
            times["demine"].append(took(lambda work=work: command(*work)))  # type: ignore[misc]
        most = max(most, *memory)
        times["limit"].append(warm_limit())
        if turn < peers:
            for tool in ("papermill", "ploomber-engine"):
                times[tool].append(took(lambda tool=tool: peer_batch(tool, folder)))  # type: ignore[misc]
    return times, most


def report(times: dict[str, list[Took]], what: str) -> dict[str, float]:
    """Print and return medians."""
    medians = {
        name: statistics.median(one.wall for one in each) for name, each in times.items() if each
    }
    for name, each in times.items():
        if each:
            walls = [one.wall for one in each]
            cpu = statistics.median(one.cpu for one in each)
            spread = f"{min(walls):.2f} to {max(walls):.2f}; processor {cpu:.1f} s"
            print(
                f"{what}: {name:16} {medians[name]:8.2f} s (of {len(each)}: {spread})", flush=True
            )
    return medians


def measure(only: set[str], repeat: int, peers: int) -> dict[str, float]:
    """Return the figures that have targets."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_manifest(folder)
        command(*render_all(folder, "--jobs", "2"))  # fills caches, for the peers too
        if "cold" in only:
            medians = report(cold(repeat, folder), "one report")
            found["cold command / papermill + nbconvert"] = medians["demine"] / medians["papermill"]
        if "batch" in only:
            times, memory = batch(repeat, peers, folder)
            medians = report(times, "24 reports")
            ours = medians["demine"]
            found["batch time / warm limit"] = ours / medians["limit"]
            found["memory of the batch, GB"] = memory
            if peers:
                key = "batch throughput / papermill + nbconvert, two at a time"
                found[key] = medians["papermill"] / ours
                found["batch throughput / ploomber-engine + nbconvert"] = (
                    medians["ploomber-engine"] / ours
                )
        if "idle" in only:
            idle = [took(lambda: command(*render_all(folder))) for _ in range(repeat)]
            found["run without changes, seconds"] = report({"demine": idle}, "no change")["demine"]
    return found


def verdict(name: str, value: float) -> str:
    """Return whether a figure meets its target, if it has one."""
    if name not in TARGETS:
        return ""
    sign, target = TARGETS[name]
    met = {"<=": value <= target, ">=": value >= target, "<": value < target}[sign]
    return f"target {sign} {target:g}: {'met' if met else 'MISSED'}"


def main() -> None:
    """Measure, print, and exit with 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--peers", type=int, default=5, help="batches of the peers, which are slow")
    parser.add_argument("--only", default="cold,batch,idle")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load before {load:.1f}; papermill, nbconvert beside demine")
    found = measure(set(options.only.split(",")), options.repeat, options.peers)
    lines = [f"{name}: {value:.2f}  {verdict(name, value)}" for name, value in found.items()]
    print("\n".join(lines))
    sys.exit(any("MISSED" in line for line in lines))


if __name__ == "__main__":
    main()
