"""The same jobs on a dask cluster give the same pages, published here."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tiny_notebooks import code, entry, notebook_json, write_manifest, write_notebook

from demine_analysis.errors import ReportError
from demine_analysis.publishing.batch import Options, render_all
from demine_analysis.publishing.running import cluster
from demine_analysis.publishing.running.cluster import run_on_worker, run_there
from demine_analysis.publishing.running.job import Job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from demine_analysis.publishing.batch import Run

CLUSTER = """
import sys, time
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1",
    )
    print(cluster.scheduler_address, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = tmp_path_factory.mktemp("dask") / "cluster.py"
    script.write_text(CLUSTER)
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def rendered(folder: Path, name: str, scheduler: str | None) -> tuple[Run, dict[str, str]]:
    options = Options(folder / "reports.toml", folder / name, 2, scheduler=scheduler)
    done = render_all(options, say=print, progress=lambda results, total: results)  # noqa: ARG005 - a bar
    pages = (folder / name).glob("*.html")
    return done, {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in pages}


@pytest.mark.slow
def test_a_cluster_gives_the_same_pages(tmp_path: Path, scheduler: str) -> None:
    write_notebook(tmp_path, code("print('hello', who, set('abc'))"))
    write_notebook(tmp_path, code("1 / 0"), name="broken")
    who = [f"w{n}" for n in range(4)]
    write_manifest(
        tmp_path, entry("to-{who}", for_each={"who": who}), entry("broken", notebook="broken")
    )
    here, pages_here = rendered(tmp_path, "here", None)
    there, pages_there = rendered(tmp_path, "there", scheduler)
    assert {name: pages_here[name] for name in pages_here if name != "index.html"} == {
        name: pages_there[name] for name in pages_there if name != "index.html"
    }
    assert len(there.rendered) == len(here.rendered) == 4
    assert "ZeroDivisionError" in there.failed[0].error
    assert (tmp_path / "there" / ".demine" / "runs").is_dir()


@pytest.mark.slow
def test_both_worker_processes_render(tmp_path: Path, scheduler: str) -> None:
    write_notebook(tmp_path, code("import os, time; time.sleep(1); print('under', os.getppid())"))
    write_manifest(tmp_path, entry("to-{who}", for_each={"who": list("abcdef")}))
    rendered(tmp_path, "site", scheduler)
    pages = [each.read_text() for each in (tmp_path / "site").glob("to-*.html")]
    assert len({re.search(r"under (\d+)", page)[1] for page in pages}) == 2  # type: ignore[index]  # it is there


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 1)
    start = time.monotonic()
    with pytest.raises(ReportError, match=r"dask scheduler 'tcp://127.0.0.1:9' does not answer"):
        list(run_there([Job("a", "A", notebook_json(), {})], "tcp://127.0.0.1:9"))
    assert time.monotonic() - start < 20


def test_a_worker_with_other_code_refuses() -> None:
    job = Job("a", "A", notebook_json(), {}, default_dataset="azerbaijan")
    expected = {**cluster._must_be_same(job), "code": "older"}
    result = run_on_worker(job, expected)
    assert result.error == "on a dask worker: code differ from this machine's"


def test_a_worker_with_other_data_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job("a", "A", notebook_json(code("1")), {}, default_dataset="mine")
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path))
    (tmp_path / "mine").mkdir()
    data = tmp_path / "mine" / "statements.csv"
    data.write_text("statement_id\n1\n")
    expected = cluster._must_be_same(job)
    data.write_text("statement_id\n2\n")
    result = run_on_worker(job, expected)
    assert result.error == (
        "on a dask worker: data: mine/statements.csv differ from this machine's"
    )
