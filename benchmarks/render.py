"""Rendering, beside the tools that others use, on the project's own notebooks.

    make bench                                   # everything, medians of 5
    python benchmarks/render.py --repeat 1       # a quick look
    python benchmarks/render.py --only cold,idle
    python benchmarks/render.py --beside ../other       # another checkout, in the same run

Peers are `papermill` followed by `jupyter nbconvert`, as commands, and ploomber-engine followed by
the same. The limit is what no renderer can beat: the same cells, run by `exec` in two processes
that have imported everything before the clock starts, without kernel, page or file.

Seconds are of the clock on the wall, as users wait for them; beside them stand seconds of processor
time, which tell whether the machine had other work. Contenders take turns, every other turn in
reverse. The library keeps scales, modes and figures by content, for whoever runs a notebook; so
each turn of each contender starts with an empty cache, and finds in it only what it has computed
itself. "kept" is a batch with the cache of an earlier one, for the project and for papermill: a
night on which nothing has changed, rendered by `--force`. `benchmarks/crash.py` prints the lines on
killed runs and on full disks.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
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
# Each in the environment that it would have: papermill imports the engines of all packages, and
# those of ploomber-engine would slow down its every start.
PROJECT = ROOT / ".venv" / "bin"
BENCH = ROOT / ".venv-bench" / "bin"
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
TOOLS = {"papermill": PROJECT, "ploomber-engine": BENCH}
EIGHT = 8
_SAMPLE_SECONDS = 0.5


def environment(cache: Path) -> dict[str, str]:
    """Return the environment of every command: no telemetry, no window, a cache of its own."""
    own = {"PLOOMBER_STATS_ENABLED": "false", "MPLBACKEND": "Agg", "DEMINE_CACHE_HOME": str(cache)}
    return {**os.environ, **own}


def command(*words: object, cache: Path) -> None:
    """Run a command to its end; what it prints matters only if it fails."""
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        env=environment(cache),
        check=False,
    )
    if done.returncode:
        sys.exit(f"{words} failed:\n{done.stdout}\n{done.stderr}")


class Took(NamedTuple):
    """Seconds on the wall, and of the processor in all processes."""

    wall: float
    cpu: float


class Line(NamedTuple):
    """A line of the closing table; `cpu` is the same figure in seconds of the processor."""

    name: str
    sign: str
    target: float
    value: float
    cpu: float | None = None
    of: int = 1

    @property
    def met(self) -> bool:
        """Return whether the figure is as it must be; one without a target always is."""
        met = {"<=": self.value <= self.target, ">=": self.value >= self.target}
        return met.get(self.sign, self.sign != "<" or self.value < self.target)

    def __str__(self) -> str:
        target = f"{self.sign} {self.target:g}" if self.sign else ""
        verdict = ("met" if self.met else "MISSED") if self.sign else ""
        cpu = "" if self.cpu is None else f"{self.cpu:.2f}"
        return f"{self.name:64} {target:>8} {self.value:8.2f} {cpu:>9} {self.of:>7}  {verdict}"


Times = dict[str, list[Took]]


def took(work: Callable[[Path], object], cache: Path | None = None) -> Took:
    """Return how long something takes that runs in child processes, with an empty cache or one."""
    with tempfile.TemporaryDirectory() as empty:
        start, before = time.perf_counter(), children()
        work(cache or Path(empty))
        return Took(time.perf_counter() - start, children() - before)


def children() -> float:
    """Return the processor time of child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def peer(tool: str, notebook: str, values: dict[str, object], folder: Path, cache: Path) -> None:
    """Execute with a peer's command, then convert with nbconvert's."""
    executed = folder / f"{threading.get_ident()}.ipynb"
    options = [word for name, value in values.items() for word in ("-p", name, value)]
    kernel = ["-k", "python3"] if tool == "papermill" else []
    source = NOTEBOOKS / f"{notebook}.ipynb"
    command(TOOLS[tool] / tool, source, executed, *kernel, *options, cache=cache)
    convert = (TOOLS[tool] / "jupyter-nbconvert", "--to", "html", "--no-input", "--log-level=ERROR")
    command(*convert, executed, cache=cache)


def peer_batch(tool: str, folder: Path, cache: Path) -> None:
    """Run a peer's commands on the 24 reports, two at a time."""
    with ThreadPoolExecutor(2) as two:
        list(two.map(lambda report: peer(tool, report[0], report[1], folder, cache), BATCH))


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


def render_all(folder: Path, *more: str, program: Path = PROJECT) -> list[object]:
    """Return the project's command for the 24 reports."""
    places = ("--manifest", folder / "reports.toml", "-o", folder / "site")
    return [program / "demine", "render", "--all", *places, *more]


@contextlib.contextmanager
def watched() -> Iterator[list[float]]:
    """Collect the memory, in GB, of this process's descendants: shared pages count once (PSS)."""
    samples: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_SAMPLE_SECONDS):
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
    """Return how long the cells of the batch take two warm processes, with an empty cache."""
    work = json.dumps(
        [[str(NOTEBOOKS / f"{notebook}.ipynb"), values] for notebook, values in BATCH]
    )
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(
            [PROJECT / "python", LIMIT],
            input=work,
            capture_output=True,
            text=True,
            env=environment(Path(empty)),
            check=False,
        )
    if done.returncode:
        sys.exit(done.stderr)
    return Took(*map(float, done.stdout.split()))


def in_turns(contenders: dict[str, Callable[[], Took]], turns: dict[str, int]) -> Times:
    """Time contenders, each as often as it has turns; every other turn in reverse."""
    times: Times = {name: [] for name in contenders}
    for turn in range(max(turns.values())):
        for name in list(contenders)[:: 1 if turn % 2 == 0 else -1]:
            if turn < turns[name]:
                times[name].append(contenders[name]())
    return times


def cold(repeat: int, folder: Path, programs: dict[str, Path]) -> list[Line]:
    """Time one report, from a shell."""
    work = ("render", "trend", "-o", folder / "trend.html")
    contenders: dict[str, Callable[[], Took]] = {
        **{
            name: lambda program=program: took(  # type: ignore[misc]
                lambda cache: command(program / "demine", *work, cache=cache)
            )
            for name, program in programs.items()
        },
        **{
            tool: lambda tool=tool: took(lambda cache: peer(tool, "trend", {}, folder, cache))  # type: ignore[misc]
            for tool in TOOLS
        },
    }
    times = in_turns(contenders, dict.fromkeys(contenders, repeat))
    report(times, "one report")
    name = "one report, cold command / papermill + nbconvert"
    lines = [ratio(name, "<=", 0.45, times["demine"], times["papermill"])]
    return lines + [
        ratio(f"one report, {other} / demine", "", 0, times[other], times["demine"])
        for other in programs
        if other != "demine"
    ]


def batch(repeat: int, peers: int, folder: Path, programs: dict[str, Path]) -> list[Line]:
    """Time the 24 reports, two at a time, and weigh ours once."""
    work = render_all(folder, "--jobs", "2", "--force")
    kept = folder / "kept"
    with watched() as memory:
        command(*work, cache=kept)
    contenders: dict[str, Callable[[], Took]] = {
        **{
            name: lambda program=program: took(  # type: ignore[misc]
                lambda cache: command(
                    *render_all(folder, "--jobs", "2", "--force", program=program), cache=cache
                )
            )
            for name, program in programs.items()
        },
        "limit": warm_limit,
        "demine, kept": lambda: took(lambda cache: command(*work, cache=cache), kept),
        "papermill, kept": lambda: took(lambda cache: peer_batch("papermill", folder, cache), kept),
        **{
            tool: lambda tool=tool: took(lambda cache: peer_batch(tool, folder, cache))  # type: ignore[misc]
            for tool in TOOLS
        },
    }
    turns = dict.fromkeys(contenders, repeat)
    turns |= dict.fromkeys([*TOOLS, "papermill, kept"], peers)
    times = in_turns(contenders, turns)
    report(times, "24 reports")
    ours, limit = times["demine"], times["limit"]
    lines = [
        ratio("24 reports, time / warm limit", "", 0, ours, limit),
        Line("24 reports, memory of all processes (PSS), GB", "<", 1.5, max(memory)),
    ]
    lines += [
        ratio(f"24 reports, {other} / demine", "", 0, times[other], ours)
        for other in programs
        if other != "demine"
    ]
    if peers:
        first, second = (times[tool] for tool in TOOLS)
        again, kept_ours = times["papermill, kept"], times["demine, kept"]
        beside = "papermill + nbconvert, two at a time"
        lines += [
            ratio(f"24 reports, throughput / {beside}", ">=", 6, first, ours),
            ratio(f"warm limit, throughput / {beside}", "", 0, first, limit),
            ratio(f"both with kept results, throughput / {beside}", "", 0, again, kept_ours),
            ratio("24 reports, throughput / ploomber-engine + nbconvert", "", 0, second, ours),
        ]
    return lines


def idle(repeat: int, folder: Path) -> list[Line]:
    """Time a run that has nothing to do."""
    work = render_all(folder)
    times = {"demine": [took(lambda cache: command(*work, cache=cache)) for _ in range(repeat)]}
    report(times, "no change")
    wall, cpu = median(times["demine"])
    return [Line("run without changes, seconds", "<", 0.5, wall, cpu, repeat)]


def eight(folder: Path) -> list[Line]:
    """Start eight runs at once into one new folder; count what is not as it must be."""
    site = folder / "eight"
    words = [str(word) for word in (PROJECT / "demine", "render", "--all", "-o", site)]
    runs = [
        subprocess.Popen(
            words,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(folder / "kept"),
        )
        for _ in range(EIGHT)
    ]
    said = [line for run in runs for line in run.communicate()[0].splitlines()]
    wrong = sum(run.returncode != 0 for run in runs)
    reports = json.loads((site / "run.json").read_text())["reports"]
    for each in reports:
        page = (site / f"{each['name']}.html").read_bytes()
        wrong += sum(line.startswith(f"{each['name']}: rendered") for line in said) != 1
        wrong += hashlib.sha256(page).hexdigest() != each["sha256"]
        wrong += f'href="{each["name"]}.html"' not in (site / "index.html").read_text()
    return [Line("8 runs at once: not ended, rendered twice, or broken", "<=", 0, wrong)]


def median(each: list[Took]) -> Took:
    """Return medians of both clocks."""
    return Took(*(statistics.median(clock) for clock in zip(*each, strict=True)))


def ratio(name: str, sign: str, target: float, over: list[Took], under: list[Took]) -> Line:
    """Return the ratio of two medians as a line."""
    above, below = median(over), median(under)
    times = min(len(over), len(under))
    return Line(name, sign, target, above.wall / below.wall, above.cpu / below.cpu, times)


def report(times: Times, what: str) -> None:
    """Print medians and spreads."""
    for name, each in times.items():
        if each:
            (wall, cpu), walls = median(each), [one.wall for one in each]
            spread = f"of {len(each)}: {min(walls):.2f} to {max(walls):.2f}"
            print(f"{what}: {name:16} {wall:8.2f} s ({spread}; processor {cpu:.2f} s)", flush=True)


def measure(only: set[str], repeat: int, peers: int, programs: dict[str, Path]) -> list[Line]:
    """Return the lines of the closing table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_manifest(folder)
        command(*render_all(folder, "--jobs", "2"), cache=folder / "kept")
        parts: dict[str, Callable[[], list[Line]]] = {
            "cold": lambda: cold(repeat, folder, programs),
            "batch": lambda: batch(repeat, peers, folder, programs),
            "idle": lambda: idle(repeat, folder),
            "eight": lambda: eight(folder),
        }
        return [line for part in parts if part in only for line in parts[part]()]


def main() -> None:
    """Measure, print, and exit with 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--peers", type=int, default=5, help="batches of the peers, which are slow")
    parser.add_argument("--only", default="cold,batch,idle,eight")
    parser.add_argument("--beside", type=Path, help="another checkout, set up")
    options = parser.parse_args()
    programs = {"demine": PROJECT}
    if options.beside:
        programs[options.beside.name] = options.beside.resolve() / ".venv" / "bin"
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{machine} before; papermill, nbconvert and ploomber-engine beside demine", flush=True)
    lines = measure(set(options.only.split(",")), options.repeat, options.peers, programs)
    title = f"{machine} before, {os.getloadavg()[0]:.1f} after"
    print(f"\n{title:64} {'target':>8} {'figure':>8} {'processor':>9} {'medians':>7}")
    print("\n".join(map(str, lines)))
    sys.exit(not all(line.met for line in lines))


if __name__ == "__main__":
    main()
