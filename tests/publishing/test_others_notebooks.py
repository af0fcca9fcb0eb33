"""Notebooks as other people write them: the outputs are those of `papermill -k python3`.

Each case is a notebook. Where a report is meant to differ, the case says in words how; then what
differs is compared with what is meant, not with papermill.
"""

from __future__ import annotations

import base64
import json
import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import papermill
import pytest
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError
from tiny_notebooks import code, notebook_json, text

from demine_analysis.publishing.manifest import Report
from demine_analysis.publishing.running.attempt import Attempt
from demine_analysis.publishing.running.execute import NotebookFailedError, execute
from demine_analysis.publishing.running.executors import run_here
from demine_analysis.publishing.running.job import make_job

if TYPE_CHECKING:
    from demine_analysis.publishing.running.kernels.warm import WarmProcess

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5"
    "ErkJggg=="
)
DRAW = "import matplotlib.pyplot as plt\n_ = plt.figure(figsize=(2, 2)).add_subplot().plot([1, 2])"
SHOW = "from IPython.display import "
LONG = "; ".join(["x = 1"] * 50)


@dataclass(frozen=True)
class Case:
    """A notebook, files beside it, and how a report is meant to differ from papermill, if it is."""

    cells: tuple[dict[str, Any], ...]
    files: dict[str, str] = field(default_factory=dict)
    change: dict[str, Any] = field(default_factory=dict)
    """Of the notebook's own entries."""
    differs: str = ""

    def source(self) -> str:
        return json.dumps({**json.loads(notebook_json(*self.cells)), **self.change})


def cells(*sources: str, differs: str = "", **files: str) -> Case:
    named = {name.replace("_dot_", "."): content for name, content in files.items()}
    return Case(tuple(code(each) for each in sources), named, differs=differs)


OLD = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "cells": None,
    "worksheets": [
        {
            "metadata": {},
            "cells": [
                {"cell_type": "markdown", "metadata": {}, "source": ["# Old"]},
                {
                    "cell_type": "code",
                    "metadata": {},
                    "language": "python",
                    "collapsed": False,
                    "outputs": [],
                    "input": ["print('old')"],
                },
            ],
        }
    ],
}

CASES = {
    "an inline figure": cells(f"%matplotlib inline\n{DRAW}"),
    "an inline figure without the magic": cells(DRAW),
    "figures as SVG": cells(f"%config InlineBackend.figure_formats = ['svg']\n{DRAW}"),
    "pylab": cells("%pylab inline\nprint(array([1, 2]) + 1)"),
    "another backend": cells(f"%matplotlib agg\n{DRAW}\nprint(plt.get_backend())"),
    "bash": cells("%%bash\necho one\necho two >&2"),
    "a shell command": cells("!echo hello", "x = !printf 'a\\nb'\nx"),
    "a Python of its own": cells("%%python3\nprint(1 + 1)"),
    "time": cells("%time sum(range(10))"),
    "captured": cells("%%capture got\nprint('inside')", "print(got.stdout.upper())"),
    "names": cells("x = 1", "%who_ls"),
    "reset": cells("x = 1", "%reset -f", "print('x' in globals())"),
    "a file that is run": cells("%run helper.py", "print(answer)", helper_dot_py="answer = 42"),
    "a file that is written": cells("%%writefile made.txt\ntext", "print(open('made.txt').read())"),
    "an environment variable": cells("%env DEMINE_A=b", "import os; print(os.environ['DEMINE_A'])"),
    "a magic that is not there": cells("%nosuchmagic"),
    "help of a function": cells("print(len.__doc__.splitlines()[0])"),
    "a docstring asked for": cells("def f():\n    'Says so.'", "f?"),
    "await": cells("import asyncio\nprint(await asyncio.sleep(0.01, 'waited'))"),
    "a task that runs on": cells(
        "import asyncio\ntask = asyncio.create_task(asyncio.sleep(0.01, 'beside'))",
        "print(await task)",
    ),
    "skip-execution": Case((code("print('not run')", "skip-execution"), code("print('run')"))),
    "raises-exception": Case((code("1 / 0", "raises-exception"), code("print('on')"))),
    "remove-cell": Case((code("print('gone')", "remove-cell"), code("print('there')"))),
    "remove-input": Case((code("print('there')", "remove-input"),)),
    "remove-output": Case((code("print('gone')", "remove-output"),)),
    "an output that is updated": cells(
        f"{SHOW}HTML, display\nhandle = display(HTML('<p>first</p>'), display_id=True)",
        "handle.update(HTML('<p>changed</p>'))",
    ),
    "an output that is cleared": cells(
        f"{SHOW}clear_output\nprint('gone')\nclear_output(wait=True)\nprint('left')"
    ),
    "a progress bar": cells(
        "import sys\nfrom tqdm import tqdm\n"
        "for _ in tqdm(range(3), file=sys.stdout, bar_format='{n_fmt} of {total_fmt}'): pass"
    ),
    "a progress bar as a widget": cells(
        "from tqdm.notebook import tqdm\nfor _ in tqdm(range(3), bar_format='{n_fmt}'): pass"
    ),
    "a widget": cells("import ipywidgets\nipywidgets.IntSlider(3)"),
    "outputs inside a widget": cells(
        "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    print('inside')\n"
        "print('outside')"
    ),
    "interact": cells("import ipywidgets\nipywidgets.interact(lambda x: x + 1, x=(0, 3));"),
    "a formula": cells(f"{SHOW}Math\nMath('x^2')"),
    "LaTeX of a cell": cells("%%latex\n$x^2$"),
    "JPEG": cells(
        f"{SHOW}Image\nimport base64\nImage(data=base64.b64decode('{PIXEL}'), format='jpeg')"
    ),
    "PNG": cells(
        f"{SHOW}Image\nimport base64\nImage(data=base64.b64decode('{PIXEL}'), format='png')"
    ),
    "SVG": cells(f"{SHOW}SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')"),
    "JSON": cells(f"{SHOW}JSON\nJSON({{'a': [1, 2]}})"),
    "Markdown": cells(f"{SHOW}Markdown\nMarkdown('**bold** $x^2$')"),
    "JavaScript": cells("%%javascript\nalert(1)"),
    "HTML of a cell": cells("%%html\n<b>bold</b>"),
    "a table": cells("import pandas as pd\npd.DataFrame({'a': [1, 2]})"),
    "a styled table": cells(
        "import pandas as pd\npd.DataFrame({'a': [1, 2]}).style.set_uuid('u').highlight_max()"
    ),
    "a plain value": cells("{'a': 1}", "3;"),
    "an object without a text": cells("object()"),
    "an attachment": Case(
        ({**text("![i](attachment:i.png)"), "attachments": {"i.png": {"image/png": PIXEL}}},)
    ),
    "an attachment that is missing": Case((text("![i](attachment:i.png)"), code("print(1)"))),
    "a picture beside it": Case((text("![i](pic.svg)"),), {"pic.svg": "<svg/>"}),
    "a module beside it": cells("import helper\nprint(helper.answer)", helper_dot_py="answer = 42"),
    "data beside it": cells("print(open('data.csv').read())", data_dot_csv="a,b\n1,2"),
    "threads that print": cells(
        "import threading\n"
        "threads = [threading.Thread(target=print, args=(n,)) for n in range(5)]\n"
        "for each in threads: each.start(); each.join()"
    ),
    "a subprocess": cells("import subprocess\nsubprocess.run(['echo', 'hello'])"),
    "a process that is forked": cells(
        "import multiprocessing, time\n"
        "child = multiprocessing.get_context('fork').Process(target=print, args=('child',))\n"
        "child.start(); child.join(); time.sleep(0.3)"
    ),
    "a pool of processes": cells(
        "from concurrent.futures import ProcessPoolExecutor\n"
        "with ProcessPoolExecutor(2) as pool: print(list(pool.map(abs, [-1, -2])))"
    ),
    "a question": cells("input('name? ')"),
    "sys.exit": cells("import sys\nsys.exit()", "print('after')"),
    "sys.exit with a code": cells("import sys\nsys.exit(3)"),
    "an error": cells("print('before')", "1 / 0", "print('never')"),
    "a wrong syntax": cells("print('before')", "x ="),
    "a killed kernel": cells("print('before')", "import os; os.kill(os.getpid(), 9)"),
    "a warning": cells("import warnings\nwarnings.warn('careful')"),
    "logging": cells("import logging\nlogging.warning('careful')"),
    "colours": cells("print('\\x1b[31mred\\x1b[0m')"),
    "odd characters": cells("print('Şuşa \\N{GREEK SMALL LETTER ALPHA} \\x00 <IDS|MSG>')"),
    "the history": cells("3", "4", "print(_, Out[2], In[2])"),
    "pickles of a cell's class": cells(
        "import pickle\nclass Pair: ...\nprint(type(pickle.loads(pickle.dumps(Pair()))) is Pair)"
    ),
    "a long cell": cells(LONG, "print(x)"),
    "no code cell": Case((text("# Nothing to run"),)),
    "an empty code cell": cells("", "print('after')"),
    "a raw cell": Case(({"cell_type": "raw", "metadata": {}, "source": "raw", "id": "r"},)),
    "nbformat 3": Case((), change=OLD),
    "nbformat 4.0": Case((code("print(4)"),), change={"nbformat_minor": 0}),
    "missing ids": Case(
        ({key: value for key, value in code("print(4)").items() if key != "id"},),
        change={"nbformat_minor": 4},
    ),
    "no kernelspec": Case((code("print(4)"),), change={"metadata": {}}),
    "another environment's kernel": Case(
        (code("print(4)"),),
        change={"metadata": {"kernelspec": {"name": "conda-env-x-py", "display_name": "x"}}},
    ),
    "much output": cells(
        "for _ in range(30): print('y' * 1_000_000)",
        differs="a cell may show 10 MB, unless the manifest says more",
    ),
    "output without end": cells(
        "while True: print('y' * 1000)",
        differs="a cell may show 10 MB, unless the manifest says more",
    ),
    "R": Case(
        (code("print(1)"),),
        change={"metadata": {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}},
        differs="refused before anything runs, not run as Python",
    ),
    "a byte order mark": cells("print(1)", differs="read, not refused"),
}
#: What papermill would not end with, or would need long for.
NOT_FOR_PAPERMILL = {"output without end"}
ENDS = {
    "much output": "max_output_mb",
    "output without end": "max_output_mb",
    "R": "for R",
    "a byte order mark": "",
}


def normalised(notebook: nbformat.NotebookNode) -> list[list[dict[str, Any]]]:
    """Return the outputs without what differs in each run: numbers, times, places in memory."""
    found = [cell.get("outputs", []) for cell in notebook.cells if "papermill-error-cell-tag"
             not in cell.metadata.get("tags", [])]  # fmt: skip
    joined = [_joined(outputs) for outputs in found]
    plain = json.loads(json.dumps(joined), object_hook=_without_traceback)
    whole = re.sub(r"0x[0-9a-f]+", "0x", json.dumps(plain, sort_keys=True))
    whole = re.sub(r"\b[0-9a-f]{32}\b", "id", whole)
    whole = re.sub(r"ipykernel_\d+/\d+", "ipykernel", whole)
    whole = re.sub(r"[\d.]+(?:e[+-]?\d+)? (?:[nm]|\\u03bc|\\u00b5)?s\b", "some s", whole)
    # Ids and dates of drawings: a report's are the same in each run.
    whole = re.sub(r'(id=\\"|url\(#|href=\\"#)[^")\\]+', r"\1", whole)
    whole = re.sub(r"<dc:date>[^<]*", "", whole)
    outputs: list[list[dict[str, Any]]] = json.loads(whole)
    return outputs


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return outputs with what was printed in one piece: how it is cut is a matter of time."""
    whole: list[dict[str, Any]] = []
    for each in outputs:
        if whole and each.get("name") and each.get("name") == whole[-1].get("name"):
            whole[-1] = {**whole[-1], "text": whole[-1]["text"] + each["text"]}
        else:
            whole.append(dict(each))
    return whole


def _without_traceback(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "traceback"}


def by_papermill(case: Case, folder: Path) -> tuple[str, list[list[dict[str, Any]]]]:
    """Return how papermill ends, and what the cells show."""
    path, target = folder / "in.ipynb", folder / "out.ipynb"
    path.write_text(case.source(), encoding="utf-8")
    ended = "ran"
    try:
        papermill.execute_notebook(
            path,
            target,
            kernel_name="python3",
            cwd=folder,
            progress_bar=False,
            execution_timeout=60,
        )
    except (PapermillExecutionError, DeadKernelError) as cause:
        ended = type(cause).__name__
    return ended, normalised(nbformat.read(target, as_version=4))


def by_report(
    case: Case, folder: Path, warm: WarmProcess | None
) -> tuple[str, list[list[dict[str, Any]]]]:
    """Return how a report ends, and what the cells show."""
    try:
        notebook = execute(case.source(), {}, Attempt(warm, 60, str(folder)))
    except NotebookFailedError as failure:
        ended = type(failure.__cause__).__name__
        return ended, normalised(nbformat.reads(failure.notebook, as_version=4))
    return "ran", normalised(notebook)


def laid_out(case: Case, folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, content in case.files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What papermill makes of every case, two at a time."""
    root = tmp_path_factory.mktemp("papermill")
    wanted = {name: case for name, case in CASES.items() if not case.differs}
    folders = {name: laid_out(case, root / str(n)) for n, (name, case) in enumerate(wanted.items())}
    # In processes: papermill changes the working directory of its own.
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        made = pool.map(by_papermill, wanted.values(), folders.values())
        return dict(zip(wanted, made, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.differs])
def test_outputs_are_papermills(
    name: str, expected: dict[str, Any], warm: WarmProcess, tmp_path: Path
) -> None:
    assert by_report(CASES[name], laid_out(CASES[name], tmp_path / "a"), warm) == expected[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["an inline figure", "await", "a subprocess", "an error"])
def test_outputs_of_plain_kernels_are_papermills(
    name: str, expected: dict[str, Any], tmp_path: Path
) -> None:
    assert by_report(CASES[name], laid_out(CASES[name], tmp_path / "a"), None) == expected[name]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.differs])
def test_intended_differences(name: str, tmp_path: Path) -> None:
    mark = "\ufeff" if name == "a byte order mark" else ""
    (tmp_path / "x.ipynb").write_text(mark + CASES[name].source(), encoding="utf-8")
    job = make_job(Report("x", "X", tmp_path / "x.ipynb", timeout=30), in_site=False)
    (result,) = run_here([job], at_once=1)
    assert ENDS[name] in result.error if ENDS[name] else not result.error
    assert len(result.notebook) < 12_000_000


def page_of(case: Case, folder: Path) -> str:
    (laid_out(case, folder) / "x.ipynb").write_text(case.source(), encoding="utf-8")
    job = make_job(Report("x", "X", folder / "x.ipynb", timeout=60), in_site=False)
    (result,) = run_here([job], at_once=1)
    assert result.error == ""
    return result.html


ON_PAGES = {
    "a formula": ['<code class="formula">$\\displaystyle x^2$</code>'],
    "Markdown": ["<strong>bold</strong>", '<code class="formula">x^2</code>'],
    "JPEG": ['src="data:image/jpeg;base64,'],
    "JSON": ["&quot;a&quot;: ["],
    "a widget": ["Not shown on this page: application/vnd.jupyter.widget-view+json"],
    "JavaScript": ["Not shown on this page: application/javascript"],
    "an attachment": ['src="data:image/png;base64,'],
    "an attachment that is missing": ["Not shown on this page: attachment:i.png"],
    "a picture beside it": ['src="data:image/svg+xml;base64,'],
    "colours": ['class="ansi-red-fg">red</span>'],
    "odd characters": ["Şuşa α \N{REPLACEMENT CHARACTER} &lt;IDS|MSG&gt;"],
    "remove-cell": ["there", "!gone"],
    "remove-output": ["!gone"],
    "a plain value": ["{&#x27;a&#x27;: 1}", "!<pre>3"],
    "an object without a text": ["!0x"],
    "a raw cell": ["<pre>raw</pre>"],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ON_PAGES)
def test_a_page_shows_it_or_says_what_it_cannot_show(name: str, tmp_path: Path) -> None:
    html = page_of(CASES[name], tmp_path / "a")
    for words in ON_PAGES[name]:
        assert (words[1:] not in html) if words.startswith("!") else (words in html)


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 50
    assert base64.b64decode(PIXEL)[:4] == b"\x89PNG"
