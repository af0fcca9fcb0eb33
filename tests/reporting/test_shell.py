"""The shell of a kernel, made before the fork or not: the same to whoever writes cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tiny_notebooks import code, notebook_json

from demine_analysis.reporting.execute import execute

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from demine_analysis.reporting.kernels.warm import Zygote


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
