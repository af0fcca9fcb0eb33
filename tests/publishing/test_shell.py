"""The shell of a kernel, made before the fork or not: the same to whoever writes cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tiny_notebooks import code, notebook_json

from demine_analysis.publishing.running.execute import NotebookFailedError, execute
from demine_analysis.publishing.running.kernels.warm import Zygote

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode


@pytest.fixture(params=["warm", "plain"])
def kind(request: pytest.FixtureRequest, zygote: Zygote) -> Zygote | None:
    return zygote if request.param == "warm" else None


def last_outputs(kind: Zygote | None, *cells: str) -> list[NotebookNode]:
    executed = execute(notebook_json(*map(code, cells)), {}, zygote=kind, seconds=60)
    outputs: list[NotebookNode] = executed.cells[-1].outputs
    return outputs


def printed(kind: Zygote | None, *cells: str) -> str:
    return "".join(each.text for each in last_outputs(kind, *cells)).strip()


def test_a_shell_knows_its_kernel_and_its_folder(kind: Zygote | None) -> None:
    cell = (
        "import os\n"
        "shell = get_ipython()\n"
        "print(shell.kernel.shell is shell, shell.parent is shell.kernel,\n"
        "      shell.ipython_dir == shell.profile_dir.location == os.environ['IPYTHONDIR'],\n"
        "      shell.starting_dir == os.getcwd(), os.environ['TERM'])"
    )
    assert printed(kind, cell) == "True True True True xterm-color"


def test_a_shell_tells_the_users_names_from_its_own(kind: Zygote | None) -> None:
    assert printed(kind, "x = 1", "%who_ls", "print(Out[3])") == "['times', 'who', 'x']"
    cell = "%reset -f\nprint('x' in globals(), 'get_ipython' in globals())"
    assert printed(kind, "x = 1", cell) == "False True"


def test_pickles_find_what_a_cell_defines(kind: Zygote | None) -> None:
    cell = "import pickle\nclass Pair: ...\nprint(type(pickle.loads(pickle.dumps(Pair()))) is Pair)"
    assert printed(kind, cell) == "True"


def test_outputs_can_be_changed_and_cleared(kind: Zygote | None) -> None:
    cell = (
        "from IPython.display import HTML, clear_output, display\n"
        "display(HTML('<p>gone</p>'))\n"
        "clear_output(wait=True)\n"
        "handle = display(HTML('<p>first</p>'), display_id=True)\n"
        "display(HTML('<p>second</p>'))\n"
        "handle.update(HTML('<p>changed</p>'))"
    )
    found = [each.data["text/html"] for each in last_outputs(kind, cell)]
    assert found == ["<p>changed</p>", "<p>second</p>"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("{'a': 1}", {"text/plain": "{'a': 1}"}),
        ("from IPython.display import display; display(2)", {"text/plain": "2"}),
    ],
)
def test_an_output_is_a_notebooks_output(
    kind: Zygote | None, cell: str, expected: dict[str, Any]
) -> None:
    (shown,) = last_outputs(kind, cell)
    assert shown.data == expected
    assert shown.metadata == {}
    assert (shown.output_type == "execute_result") == ("execution_count" in shown)


def test_help_of_functions_says_what_their_source_says(zygote: Zygote) -> None:
    cell = "import scipy.linalg\nprint('Solve' in scipy.linalg.solve.__doc__)"
    assert printed(zygote, cell) == "True"
    composer = "import matplotlib.artist\nprint(matplotlib.artist.kwdoc.__module__)"
    assert printed(zygote, composer) == "matplotlib.artist"


def test_a_cell_may_wait(kind: Zygote | None) -> None:
    cell = "import asyncio\nawait asyncio.sleep(0.01)\nprint('waited')"
    assert printed(kind, cell) == "waited"
    beside = "task = asyncio.create_task(asyncio.sleep(0.01, 'beside'))"
    assert printed(kind, "import asyncio", beside, "print(await task)") == "beside"


def test_what_programs_print_is_shown(zygote: Zygote) -> None:
    cell = (
        "import os, subprocess, sys\n"
        "print('first')\n"
        "subprocess.run(['sh', '-c', 'echo out; echo err >&2'])\n"
        "subprocess.run(['sh', '-c', 'echo again >> /dev/stdout'], stdout=sys.stdout)\n"
        "os.write(2, 'ů\\n'.encode())\n"
        "print('last')"
    )
    text = {"stdout": "", "stderr": ""}
    for each in last_outputs(zygote, cell):
        text[each.name] += each.text
    assert text == {"stdout": "first\nlast\nout\nagain\n", "stderr": "err\nů\n"}


def test_what_was_printed_before_a_kernel_hung_is_kept(zygote: Zygote) -> None:
    cell = "import time\nprint('before')\ntime.sleep(60)"
    with pytest.raises(NotebookFailedError) as caught:
        execute(notebook_json(code(cell)), {}, zygote=zygote, seconds=2)
    assert '"before\\n"' in caught.value.notebook


def test_a_fork_that_runs_on_ends_with_its_cell(zygote: Zygote) -> None:
    cells = ("import os\nif os.fork() == 0:\n    print('child', flush=True)", "print('next')")
    assert printed(zygote, *cells, "print('done')") == "done"


def test_a_cell_after_an_error_does_not_run(kind: Zygote | None, tmp_path: Path) -> None:
    touch = f"open({str(tmp_path / 'touched')!r}, 'w')"
    with pytest.raises(NotebookFailedError, match="ZeroDivisionError"):
        last_outputs(kind, "1 / 0", touch)
    assert not list(tmp_path.iterdir())


def test_a_cell_that_may_fail_lets_later_ones_run(kind: Zygote | None) -> None:
    cells = code("1 / 0", "raises-exception"), code("print('on')")
    with pytest.raises(NotebookFailedError, match="ZeroDivisionError") as caught:  # papermill's
        execute(notebook_json(*cells), {}, zygote=kind, seconds=60)
    assert '"on\\n"' in caught.value.notebook


def test_a_widget_takes_the_outputs_meant_for_it(kind: Zygote | None) -> None:
    cell = (
        "import ipywidgets\n"
        "out = ipywidgets.Output()\n"
        "with out:\n"
        "    print('inside')\n"
        "print('outside')"
    )
    assert printed(kind, cell) == "outside"


def test_large_and_odd_outputs_come_whole(zygote: Zygote) -> None:
    cell = (
        "from IPython.display import HTML, display\n"
        "display(HTML('x' * 3_000_000))\n"
        'display(HTML("Şuşa \\N{GREEK SMALL LETTER ALPHA} \\x00 <IDS|MSG>"))'
    )
    first, second = (each.data["text/html"] for each in last_outputs(zygote, cell))
    assert first == "x" * 3_000_000
    assert second == "Şuşa α \x00 <IDS|MSG>"


def test_cells_known_before_the_fork_run_as_others_do() -> None:
    cells = ["%who_ls", "x = !echo shell\nx", "1 +", "y = 3;", "y  # ;"]
    with Zygote(cells=cells, modules=[]) as knowing:
        assert printed(knowing, "%who_ls\nprint(1)") == "1"
        assert [str(each.data) for each in last_outputs(knowing, cells[1])] == [
            "{'text/plain': \"['shell']\"}"
        ]
        assert last_outputs(knowing, cells[3], "y;") == []
        assert [each.data for each in last_outputs(knowing, cells[3], cells[4])] == [
            {"text/plain": "3"}
        ]
        with pytest.raises(NotebookFailedError, match="SyntaxError"):
            last_outputs(knowing, cells[2])


def test_a_cell_can_change_how_later_ones_are_read() -> None:
    later = "print('plain')"
    change = (
        "get_ipython().input_transformers_post.append(\n"
        "    lambda lines: [each.replace('plain', 'changed') for each in lines])"
    )
    with Zygote(cells=[later], modules=[]) as knowing:
        assert printed(knowing, change, later) == "changed"
        assert printed(knowing, later) == "plain"


@pytest.mark.parametrize("form", ["latex", "json"])
def test_a_form_that_no_page_shows_is_not_made(kind: Zygote | None, form: str) -> None:
    cell = (
        "class Thing:\n"
        f"    def _repr_{form}_(self):\n"
        "        raise RuntimeError('asked')\n"
        "    def _repr_html_(self):\n"
        "        return '<b>thing</b>'\n"
        "    def __repr__(self):\n"
        "        return 'thing'\n"
        "Thing()"
    )
    (shown,) = last_outputs(kind, cell)
    assert shown.data == {"text/html": "<b>thing</b>", "text/plain": "thing"}
