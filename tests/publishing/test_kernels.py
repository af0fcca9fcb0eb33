"""Warm kernels: real, isolated, reachable by nobody else, and gone afterwards."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tiny_notebooks import code, notebook_json, text

from demine_analysis.publishing.running.attempt import Attempt
from demine_analysis.publishing.running.execute import NotebookFailedError, execute
from demine_analysis.publishing.running.kernels.warm import WarmProcess

if TYPE_CHECKING:
    from collections.abc import Iterator


def shown(
    warm: WarmProcess | None, *cells: str, seconds: float | None = 60, **values: object
) -> str:
    """Return what the last of some cells prints, in a kernel of its own."""
    source = notebook_json(*(code(cell) for cell in cells))
    executed = execute(source, values, Attempt(warm, seconds))
    outputs = executed.cells[-1].outputs
    return "".join(each.text for each in outputs if each.output_type == "stream").strip()


def gone(pid: int) -> bool:
    """Return whether a process ends within a few seconds."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_notebook_runs_with_its_parameters(warm: WarmProcess) -> None:
    assert shown(warm, "print('hello', who, times + 1)", who="you", times=2) == "hello you 3"


def test_a_kernel_is_a_process_of_its_own(warm: WarmProcess) -> None:
    first, second = (int(shown(warm, "import os; print(os.getpid())")) for _ in range(2))
    assert len({first, second, os.getpid()}) == 3


def test_the_stack_is_already_imported(warm: WarmProcess) -> None:
    assert shown(warm, "import sys; print('matplotlib.pyplot' in sys.modules)") == "True"


def test_a_kernel_collects_garbage_but_not_what_it_came_with(warm: WarmProcess) -> None:
    cell = "import gc; print(gc.isenabled(), gc.get_freeze_count() > 10_000)"
    assert shown(warm, cell) == "True True"


def test_cells_are_remembered_but_not_written_down(warm: WarmProcess) -> None:
    cell = (
        "import os\nfrom pathlib import Path\n"
        "found = [each for each in Path(os.environ['IPYTHONDIR']).rglob('*.sqlite*')]\n"
        "print(_ + Out[3], In[2], found)"
    )
    for kind in (warm, None):
        assert shown(kind, "x = 4", "x * 5", cell) == "40 x = 4 []"


def test_cells_are_numbered_as_jupyter_does(warm: WarmProcess) -> None:
    cells = [code("1"), text("between"), code("x = 2"), code("x")]
    for kind in (warm, None):
        executed = execute(notebook_json(*cells), {}, Attempt(kind, 60))
        numbers = [each.execution_count for each in executed.cells if each.cell_type == "code"]
        assert numbers == [1, 2, 3, 4]  # the first one holds the parameters


def test_nothing_that_is_printed_is_lost_or_out_of_order(warm: WarmProcess) -> None:
    cell = (
        "import threading, time\n"
        "def say(who):\n"
        "    for number in range(100):\n"
        "        print(f'{who} {number}\\n', end='', flush=number % 7 == 0)\n"
        "        time.sleep(0.0001 * (number % 3))\n"
        "threads = [threading.Thread(target=say, args=(who,)) for who in 'ab']\n"
        "for thread in threads: thread.start()\n"
        "say('c')\n"
        "for thread in threads: thread.join()"
    )
    for kind in (warm, None):
        lines = shown(kind, cell).splitlines()
        for who in "abc":
            said = [line for line in lines if line.startswith(who)]
            assert said == [f"{who} {number}" for number in range(100)]


# Each changes something and then, in a second kernel, that must be as if it had not.
LEAKS = {
    "variables": ("left = 5", "print('left' in globals())", "False"),
    "builtins": (
        "import builtins; builtins.left = 5",
        "print('left' in dir(__builtins__))",
        "False",
    ),
    "modules": (
        "import numpy; numpy.left = 5",
        "import numpy; print(hasattr(numpy, 'left'))",
        "False",
    ),
    "matplotlib settings": (
        "import matplotlib; matplotlib.rcParams['font.size'] = 40",
        "import matplotlib; print(matplotlib.rcParams['font.size'])",
        "10.0",
    ),
    "open figures": (
        "import matplotlib.pyplot as plt; plt.ioff(); plt.figure()",
        "import matplotlib.pyplot as plt; print(plt.get_fignums())",
        "[]",
    ),
    "environment": (
        "import os; os.environ['LEFT'] = '5'",
        "import os; print('LEFT' in os.environ)",
        "False",
    ),
    "working directory": (
        "import os; os.chdir('/')",
        "import os; print(os.getcwd() == '/')",
        "False",
    ),
    "warning filters": (
        "import warnings; warnings.filterwarnings('error', message='left')",
        "import warnings; print('left' in str(warnings.filters))",
        "False",
    ),
    "umask": ("import os; os.umask(0o000)", "import os; print(os.umask(0o022) == 0)", "False"),
    "history": ("1 + 1", "print(len(In))", "3"),
    "limits": (
        "import sys; sys.setrecursionlimit(500)",
        "import sys; print(sys.getrecursionlimit() == 500)",
        "False",
    ),
}


@pytest.mark.parametrize("what", LEAKS)
def test_nothing_leaks_into_the_next_report(warm: WarmProcess, what: str) -> None:
    change, look, expected = LEAKS[what]
    shown(warm, change)
    assert shown(warm, look) == expected


def test_random_numbers_are_not_those_of_another_kernel(warm: WarmProcess) -> None:
    cell = "import random, numpy\nprint(random.random(), numpy.random.random())"
    draws = [shown(warm, cell).split() for _ in range(3)]
    assert len({python for python, _ in draws}) == 3
    assert len({numpy for _, numpy in draws}) == 3


def test_a_seed_does_not_leak(warm: WarmProcess) -> None:
    cell = "import numpy\nprint(numpy.random.random())"
    seeded = shown(warm, "import numpy; numpy.random.seed(1)", cell)
    assert seeded == "0.417022004702574"
    assert shown(warm, cell) != seeded


def test_the_environment_is_the_callers(warm: WarmProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMINE_TEST", "here")
    assert shown(warm, "import os; print(os.environ['DEMINE_TEST'])") == "here"


@pytest.mark.parametrize("name", ["DEMINE_DATA_HOME", "DEMINE_CACHE_HOME"])
def test_a_folder_beside_the_caller_is_found_from_a_kernel(
    warm: WarmProcess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, "home")
    cell = f"import os; print(os.path.realpath(os.environ['{name}']))"
    for kind in (warm, None):
        assert shown(kind, cell) == str((tmp_path / "home").resolve())


def test_how_memory_is_kept_can_be_set(warm: WarmProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    cell = "import os; print(os.environ['MALLOC_TOP_PAD_'])"
    assert int(shown(warm, cell)) > 2**20
    monkeypatch.setenv("MALLOC_TOP_PAD_", "131072")
    assert shown(warm, cell) == "131072"


def test_an_empty_cache_folder_stays_empty(
    warm: WarmProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMINE_CACHE_HOME", "")
    assert shown(warm, "import os; print(repr(os.environ['DEMINE_CACHE_HOME']))") == "''"


def test_warm_and_plain_kernels_show_the_same(warm: WarmProcess) -> None:
    cell = (
        "import os, sys, matplotlib\n"
        "names = ['OMP_NUM_THREADS', 'SOURCE_DATE_EPOCH', 'PYTHONHASHSEED', 'MPLBACKEND']\n"
        "print([os.environ[name] for name in names], matplotlib.rcParams['svg.hashsalt'])\n"
        "print(hash('text'), sys.executable, __name__)"
    )
    assert shown(warm, cell) == shown(None, cell)


def test_kernels_are_reached_through_a_folder_that_is_their_owners_alone(
    warm: WarmProcess,
) -> None:
    cell = (
        "import json, sys\nfrom pathlib import Path\n"
        "file = Path(get_ipython().config.IPKernelApp.connection_file)\n"
        "print(file.parent.stat().st_mode, json.loads(file.read_text())['transport'])"
    )
    for kind in (warm, None):
        mode, transport = shown(kind, cell).split()
        assert stat.S_IMODE(int(mode)) & 0o077 == 0
        assert transport == "ipc"


def test_output_of_forked_subprocesses_is_shown(warm: WarmProcess) -> None:
    cell = (
        "import multiprocessing\n"
        "context = multiprocessing.get_context('fork')\n"
        "child = context.Process(target=print, args=('from a child',))\n"
        "child.start(); child.join()"
    )
    source = notebook_json(code(cell + "; import time; time.sleep(0.3)"))
    executed = execute(source, {}, Attempt(warm, 60))
    assert "from a child" in str(executed.cells[-1].outputs)


def test_a_kernel_and_what_it_started_end_with_the_report(warm: WarmProcess) -> None:
    cell = (
        "import os, subprocess\n"
        "child = subprocess.Popen(['sleep', '600'])\nprint(os.getpid(), child.pid)"
    )
    pids = [int(each) for each in shown(warm, cell).split()]
    assert all(gone(pid) for pid in pids)


def test_an_error_names_the_cell_and_keeps_the_notebook(warm: WarmProcess) -> None:
    source = notebook_json(text("# T"), code("print('before')"), code("1 / 0\n# after"))
    with pytest.raises(NotebookFailedError) as caught:
        execute(source, {}, Attempt(warm, 60))
    assert str(caught.value).splitlines() == [
        "in code cell 3 of 3:",
        "    1 / 0",
        "    # after",
        "ZeroDivisionError: division by zero",
    ]
    assert "before" in caught.value.notebook
    assert "ZeroDivisionError" in caught.value.notebook


def test_a_long_error_fits_one_screen(warm: WarmProcess) -> None:
    cell = "\n".join(["x = 1"] * 300 + ["raise ValueError('y' * 100_000)"])
    with pytest.raises(NotebookFailedError) as caught:
        shown(warm, cell)
    assert len(str(caught.value).splitlines()) < 24
    assert "ValueError: yyyy" in str(caught.value)


def test_an_error_cannot_steer_the_terminal(warm: WarmProcess) -> None:
    with pytest.raises(NotebookFailedError) as caught:
        shown(warm, "raise ValueError('\\x1b[2Jgone\\x07')")
    assert "ValueError: gone" in str(caught.value)
    assert not {"\x1b", "\x07"} & set(str(caught.value))


def test_a_report_that_takes_too_long_is_stopped(warm: WarmProcess) -> None:
    start = time.monotonic()
    with pytest.raises(
        NotebookFailedError, match=r"not done after 1.5 s(.|\n)*sleep\(60\)"
    ) as caught:
        shown(warm, "print('before')", "import time; time.sleep(60)", seconds=1.5)
    assert time.monotonic() - start < 8
    assert "before" in caught.value.notebook


@pytest.mark.parametrize("cell", ["import os; os._exit(3)", "import os; os.kill(os.getpid(), 9)"])
def test_a_kernel_that_dies_is_said_to_have_died(warm: WarmProcess, cell: str) -> None:
    with pytest.raises(NotebookFailedError, match="the kernel ended by itself"):
        shown(warm, cell)
    assert shown(warm, "print('next')") == "next"


def test_a_plain_kernel_starts_where_the_warm_process_cannot(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with WarmProcess(["no_such_module"]) as broken:
        assert shown(broken, "print('hello')") == "hello"
    assert "No module named 'no_such_module'; starting a plain kernel" in caplog.text


def test_a_process_with_threads_does_not_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "threaded.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with WarmProcess(["threaded"]) as threaded:
        assert shown(threaded, "print('hello')") == "hello"
    assert "an imported module has started a thread" in caplog.text


HOLDER = """
import sys, threading, time
sys.path[:0] = {folders!r}
from test_kernels import shown
from demine_analysis.publishing.running.kernels.warm import WarmProcess
if __name__ == "__main__":
    warm = WarmProcess(["ipykernel.kernelapp"])
    path = {marker!r}
    write = f"open({{path!r}}, 'w').write(f'{{{{os.getpid()}}}} {{{{os.getppid()}}}}')"
    cell = f"import os, time; {{write}}; time.sleep(60)"
    shown(warm, cell)
"""


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A program that runs a kernel, and the pids of kernel and warm process."""
    marker = tmp_path / "pids"
    folders = [str(folder) for folder in Path(__file__).parents[:2]]
    script = tmp_path / "holder.py"
    script.write_text(HOLDER.format(folders=folders, marker=str(marker)))
    program = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
    while not (marker.exists() and marker.read_text()):
        assert program.poll() is None, "the program ended by itself"
        time.sleep(0.02)
    yield program, [int(pid) for pid in marker.read_text().split()]
    program.kill()
    program.wait()


@pytest.mark.parametrize("whole_group", [True, False])
def test_no_kernel_outlives_a_program_that_is_killed(
    killed: tuple[subprocess.Popen[bytes], list[int]], whole_group: bool
) -> None:
    program, pids = killed
    if whole_group:
        os.killpg(program.pid, signal.SIGKILL)
    else:
        program.kill()
    program.wait()
    assert all(gone(pid) for pid in pids)
