"""Adding of notices that is killed, or finds its disk full: the dataset must stay whole.

    python benchmarks/adding.py                  # 100 kills, 20 full disks
    python benchmarks/adding.py --kills 10 --full 0

Each round adds a notice to a copy of the shipped data, and sends SIGKILL at a random moment. Then
the dataset must be as before or as after, to the byte, and pass `demine check`; and the next
`demine add` must work. A full disk is one whose every write beyond a random number of bytes fails.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import demine_analysis as da

ROOT = Path(__file__).resolve().parent.parent
DEMINE = Path(sys.executable).with_name("demine")
NOTICE = """https://example.org/{number}
2025-09-01
Clearance in the last week of August
From August 25 to 31, 2025, {number} anti-tank mines and 118 anti-personnel mines were found. In
all 1,512.3 hectares of land were cleared of mines. The work was carried out by all operators.
"""


def main() -> None:
    """Run the rounds that the command line asks for."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--full", type=int, default=20)
    options.add_argument("--seed", type=int, default=int(time.time()))
    given = options.parse_args()
    print(f"seed {given.seed}")
    chance = random.Random(given.seed)  # noqa: S311 - moments, not secrets
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        shutil.copytree(ROOT / "data" / "azerbaijan", home / "azerbaijan")
        seconds = timed(home)
        for kind, rounds in (("kills", given.kills), ("full disks", given.full)):
            found = Counter(one(home, kind, seconds, chance) for _ in range(rounds))
            print(f"{rounds} {kind} of an add of {seconds:.1f} s: {dict(found)}; all valid")


def timed(home: Path) -> float:
    """Return how long one add takes, and take it back."""
    start = time.perf_counter()
    must(add(home, 1).wait() == 0, "the first add works")
    seconds = time.perf_counter() - start
    take_back(home, 1)
    return seconds


def one(home: Path, kind: str, seconds: float, chance: random.Random) -> str:
    """Do one round, and return how the dataset was found after it."""
    number = chance.randrange(2, 10**6)
    before = state(home)
    if kind == "kills":
        process = add(home, number)
        time.sleep(chance.uniform(0, 1.1 * seconds))
        process.send_signal(signal.SIGKILL)
    else:
        process = add(home, number, most=chance.randrange(1, 700_000))
    process.wait()
    added = f"https://example.org/{number}" in set(da.load_sources(data_home=home)["url"])
    must(len(da.check_dataset("azerbaijan", data_home=home)) == 0, "the dataset is valid")
    if added:
        take_back(home, number)
    else:
        must(add(home, number).wait() == 0, "the next add works")
        take_back(home, number)
    must(state(home) == before, "what is taken back leaves the dataset as it was")
    return "as after" if added else "as before"


def must(true: bool, what: str) -> None:
    """End the run where something does not hold."""
    if not true:
        raise SystemExit(f"FAILED: {what}")


def add(home: Path, number: int, most: int | None = None) -> subprocess.Popen[bytes]:
    """Start an add of a notice; no file may become larger than `most` bytes."""
    path = home / "notice.txt"
    path.write_text(NOTICE.format(number=number), "utf-8")

    def limited() -> None:
        if most is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.Popen(
        [DEMINE, "add", path, "--yes", "0.1"],
        env={**os.environ, "DEMINE_DATA_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=limited,  # noqa: PLW1509 - this program has no threads
    )


def take_back(home: Path, number: int) -> None:
    """Take a notice back; the next one gets its identifier."""
    sources = da.load_sources(data_home=home)
    name = sources.set_index("url").loc[f"https://example.org/{number}", "source_id"]
    subprocess.run(
        [DEMINE, "add", "--remove", str(name)],
        env={**os.environ, "DEMINE_DATA_HOME": str(home)},
        check=True,
        capture_output=True,
    )


def state(home: Path) -> dict[str, bytes]:
    """Return the files of the dataset."""
    folder = home / "azerbaijan"
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


if __name__ == "__main__":
    main()
