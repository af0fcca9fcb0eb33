"""Runs that are killed, and runs on a full disk: what is published must stay whole.

    python benchmarks/crash.py                  # 100 killed runs, 20 on a full disk
    python benchmarks/crash.py --kills 10 --full 0

Each round changes every report, starts `demine render --all`, and sends SIGKILL to its whole
process group at a random moment. Then every page must be a complete one of this or an earlier
round, none may be missing, the index must lead to pages that are there, and no kernel may still
run. After each ten rounds a run without a kill must find no lock in its way and bring everything
up to date.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

BIN = Path(sys.executable).parent
REPORTS = 6
SIZE = 200_000  # characters a page shows, so that writing takes time


class BrokenError(Exception):
    """What must not happen."""


def write_project(folder: Path, version: int) -> None:
    """Write a notebook that shows its version, and a manifest of some reports of it."""
    code = f"print('version {version} ' + 'x' * {SIZE} + ' end of version {version}')"
    cell: dict[str, object] = {
        "cell_type": "code", "execution_count": None, "id": "a",
        "metadata": {}, "outputs": [], "source": code,
    }  # fmt: skip
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "tiny.ipynb").write_text(json.dumps(notebook))
    tables = [
        f'[[report]]\nname = "r{n}"\ntitle = "R{n}"\nnotebook = "tiny"' for n in range(REPORTS)
    ]
    (folder / "reports.toml").write_text("\n".join(tables))


def start(folder: Path, site: Path, runtime: Path) -> subprocess.Popen[str]:
    """Start a run in a process group of its own; a lock in its way ends it at once."""
    return subprocess.Popen(
        [
            *(BIN / "demine", "render", "--all", "--jobs", "2", "--wait", "0"),
            *("--manifest", folder / "reports.toml", "-o", site),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(runtime)},
    )


def finish(folder: Path, site: Path, runtime: Path) -> int:
    """Let a run end by itself and return its exit code."""
    run = start(folder, site, runtime)
    out, _ = run.communicate(timeout=300)
    if "Traceback" in out or run.returncode not in {0, 1}:
        raise BrokenError(f"a run ended with {run.returncode}:\n{out}")
    return run.returncode


def check_pages(site: Path, version: int, *, at_least: int) -> None:
    """See that every report has a complete page, no older than one that was seen before."""
    for number in range(REPORTS):
        page = site / f"r{number}.html"
        text = page.read_text() if page.exists() else ""
        found = re.search(r"version (\d+) x", text)
        if found is None or not text.rstrip().endswith("</html>"):
            raise BrokenError(f"{page.name} is missing or cut off ({len(text)} characters)")
        if not at_least <= int(found[1]) <= version or f"end of version {found[1]}" not in text:
            raise BrokenError(
                f"{page.name} is of version {found[1]}, not of {at_least} to {version}"
            )


def check_index(site: Path) -> None:
    """See that the index is complete and every link in it leads somewhere."""
    text = (site / "index.html").read_text()
    if not text.rstrip().endswith("</html>"):
        raise BrokenError("the index is cut off")
    for link in re.findall(r'<a href="([^"#]+\.html)"', text):
        if not (site / link).is_file():
            raise BrokenError(f"the index leads to {link}, which is not there")


def check_processes(runtime: Path) -> None:
    """See that nothing of a killed run is left; processes are known by their TMPDIR."""
    for _ in range(100):
        left = [each for each in psutil.process_iter() if _is_of(each, runtime)]
        if not left:
            return
        time.sleep(0.05)
    raise BrokenError(f"still running: {[each.cmdline() for each in left]}")


def _is_of(process: psutil.Process, runtime: Path) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        folder: str | None = process.environ().get("TMPDIR")
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return folder == str(runtime)


def kill_rounds(rounds: int, folder: Path) -> None:
    """Kill runs at random moments."""
    site, runtime = folder / "site", folder / "runtime"
    runtime.mkdir()
    write_project(folder, 0)
    if finish(folder, site, runtime):
        raise BrokenError("the first run failed")
    begin = time.perf_counter()
    write_project(folder, 1)
    finish(folder, site, runtime)
    whole = time.perf_counter() - begin
    complete = 1
    ends = {"killed": 0, "done before": 0}
    for version in range(2, rounds + 2):
        write_project(folder, version)
        run = start(folder, site, runtime)
        time.sleep(random.uniform(0, whole * 1.1))  # noqa: S311 - a moment, not a secret
        ends["killed" if run.poll() is None else "done before"] += 1
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        check_pages(site, version, at_least=complete)
        check_index(site)
        check_processes(runtime)
        if version % 10 == 1:
            complete = recover(folder, site, runtime, version)
    recover(folder, site, runtime, rounds + 1)
    print(f"{rounds} runs of {whole:.1f} s, {ends}: no broken page, none lost, no lock in the way")


def recover(folder: Path, site: Path, runtime: Path, version: int) -> int:
    """Run undisturbed; all pages must then be of this version, and nothing left over."""
    if finish(folder, site, runtime):
        raise BrokenError("the run after killed ones failed")
    check_pages(site, version, at_least=version)
    left = list((site / ".demine" / "staging").iterdir())
    if left:
        raise BrokenError(f"left over: {left}")
    return version


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a file system of a few megabytes, which takes root."""
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", disk], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


def full_rounds(rounds: int, folder: Path) -> None:
    """Let runs meet a disk that becomes full."""
    runtime = folder / "runtime"
    runtime.mkdir()
    write_project(folder, 0)
    codes = []
    with small_disk(folder, 4) as disk:
        site = disk / "site"
        finish(folder, site, runtime)
        for version in range(1, rounds + 1):
            write_project(folder, version)
            fill(disk, leave=random.randrange(2 * SIZE))  # noqa: S311 - an amount, not a secret
            codes.append(finish(folder, site, runtime))
            check_pages(site, version, at_least=version - 1)
            check_index(site)
            (disk / "filler").unlink()
            recover(folder, site, runtime, version)
    print(f"{rounds} runs on a full disk, exit codes {codes}: no broken page, none lost")


def fill(disk: Path, *, leave: int) -> None:
    """Leave so many bytes free."""
    free = os.statvfs(disk)
    with (disk / "filler").open("wb") as file, contextlib.suppress(OSError):
        file.write(b"\0" * max(0, free.f_bavail * free.f_frsize - leave))


def main() -> None:
    """Run the rounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--full", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    random.seed(options.seed)
    print(f"seed {options.seed}")
    for rounds, work in ((options.kills, kill_rounds), (options.full, full_rounds)):
        if rounds:
            with tempfile.TemporaryDirectory() as name:
                work(rounds, Path(name))


if __name__ == "__main__":
    main()
