"""What the documentation shows is so: code prints what is shown, what is named is there."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from demine_analysis.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data" / "README.md"])
BLOCK = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
TOLERANCE = 0.1
"""Results move a little with the versions of libraries; what is shown is rounded."""

#: A file or folder named in backticks: with a folder of the project in front, or at its top.
NAMED = re.compile(
    r"`((?:benchmarks|data|demine_analysis|docs|notebooks|reports|tests)/[\w./-]*"
    r"|[\w-]+\.(?:lock|py|md))`"
)
#: Made by running something, or by the reader.
MADE = {"reports/site", "reports/site/index.html"}
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|Users|mnt|opt|var)/|[A-Z]:\\")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@dataclass(frozen=True)
class Block:
    """A fenced block: what stands behind the fence, and the text."""

    info: str
    text: str


def blocks(page: Path) -> list[Block]:
    return [
        Block(info.strip(), re.sub(rf"^{indent}", "", text, flags=re.MULTILINE))
        for indent, info, text in BLOCK.findall(page.read_text("utf-8"))
    ]


def runnable() -> list[Path]:
    return [page for page in PAGES if any(each.info == "python" for each in blocks(page))]


def same(printed: str, shown: str) -> bool:
    """Return whether two texts have the same words, and numbers that are close."""
    mine, theirs = printed.split(), shown.split()
    return len(mine) == len(theirs) and all(
        close(one, other) for one, other in zip(mine, theirs, strict=True)
    )


def close(one: str, other: str) -> bool:
    try:
        return float(one.replace(",", "")) == pytest.approx(
            float(other.replace(",", "")), rel=TOLERANCE, abs=TOLERANCE
        )
    except ValueError:
        return one == other


def without_blocks(page: Path) -> str:
    return BLOCK.sub("", page.read_text("utf-8"))


@pytest.mark.parametrize("page", runnable(), ids=lambda page: page.name)
def test_code_runs_and_prints_what_is_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    printed = ""
    for block in blocks(page):
        kind, _, file = block.info.partition(" ")
        if file:
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(block.text, "utf-8")
        elif kind == "python":
            assert not printed, f"what this prints is not shown: {printed}"
            with contextlib.redirect_stdout(io.StringIO()) as output:
                exec(compile(block.text, page.name, "exec"), namespace)  # noqa: S102 - our own pages
            printed = output.getvalue()
        elif kind == "text" and printed:
            assert same(printed, block.text), f"prints:\n{printed}\nshown:\n{block.text}"
            printed = ""
    assert not printed, f"what this prints is not shown: {printed}"


def test_numbers_far_off_are_noticed() -> None:
    assert same("2023  53,000 ha", "2023 52,900  ha")
    assert not same("2023 63,000 ha", "2023 52,900 ha")
    assert not same("2023 52,900 items", "2023 52,900 ha")
    assert not same("2023 52,900 ha more", "2023 52,900 ha")


@every_page
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", without_blocks(page))
    relative = [link.split("#")[0] for link in links if not link.startswith(("http", "#"))]
    assert [link for link in relative if not (page.parent / link).exists()] == []


@every_page
def test_files_that_are_named_are_there(page: Path) -> None:
    named = {name.rstrip("/") for name in NAMED.findall(without_blocks(page))} - MADE
    bases = [ROOT, page.parent, ROOT / "demine_analysis", ROOT / "data"]
    assert [name for name in named if not any((base / name).exists() for base in bases)] == []


@every_page
def test_nothing_is_said_of_a_machine(page: Path) -> None:
    assert MACHINE.findall(page.read_text("utf-8")) == []


@every_page
def test_commands_that_are_named_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    commands = set(re.findall(r"(?:^|`|bin/)demine ([a-z]+)", text, re.MULTILINE))
    assert commands - set(cli.commands) == set()
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) - targets == set()


def test_options_in_command_lines_exist() -> None:
    lines = [
        line.split("#")[0].replace(".venv/bin/", "").split()
        for page in PAGES
        for block in blocks(page)
        for line in block.text.splitlines()
        if re.match(r"(?:\.venv/bin/)?demine [a-z]+", line)
    ]
    assert lines
    for words in lines:
        known = {option for each in cli.commands[words[1]].params for option in each.opts}
        assert {word for word in words if word.startswith("-")} - known == set(), words


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    groups = project["dependency-groups"].values()
    every = [project["build-system"]["requires"], project["project"]["dependencies"]]
    asked = [each for one in (*every, *extras, *groups) for each in one if isinstance(each, str)]
    names = {re.split(r"[\[><=]", each)[0] for each in asked}
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    given = set(re.findall(r"^\| `([\w-]+)`", text, re.MULTILINE))
    assert names - given == set()


def test_reference_has_every_public_name() -> None:
    text = (ROOT / "docs" / "reference.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE)) == public_names()


def public_names() -> set[str]:
    stub = (ROOT / "demine_analysis" / "__init__.pyi").read_text("utf-8")
    return set(re.findall(r" as (\w+)", stub)) - {"plots"}  # a room, named for notebooks


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation as `make docs` does: a warning, or a link to nothing, fails."""
    folder = tmp_path_factory.mktemp("docs")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    words = re.search(r"^docs: setup\n\t\$\(BIN\)/(.*)$", makefile, re.MULTILINE)
    assert words is not None
    command = words[1].replace("build/", f"{folder}/").split()
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run(
        [program, *command[1:]], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder / "docs"


@pytest.mark.slow
def test_every_page_is_built(built: Path) -> None:
    wanted = [page.relative_to(ROOT).with_suffix(".html") for page in PAGES]
    assert [page for page in wanted if not (built / page).is_file()] == []
    assert (built / "docs" / "index.html").is_file()
    assert 'url=docs/index.html"' in (built / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_reference_has_the_docstring_of_every_public_name(built: Path) -> None:
    text = (built / "docs" / "reference.html").read_text("utf-8")
    described = set(re.findall(r'<dt class="sig[^>]*id="demine_analysis\.(\w+)"', text))
    assert described == public_names()
    assert 'id="demine_analysis.Reconciliation.residuals"' in text
    assert 'id="demine_analysis.Projection.completion"' in text


@pytest.mark.slow
def test_pages_load_nothing_from_elsewhere(built: Path) -> None:
    loading = re.compile(
        r'<(?:script|img|iframe)[^>]*src="(?:https?:)?//|<link[^>]*href="https?://'
    )
    pages = [each for each in built.rglob("*.html") if loading.search(each.read_text("utf-8"))]
    assert pages == []


@pytest.mark.slow
def test_links_between_built_pages_lead_somewhere(built: Path) -> None:
    missing = []
    for page in built.rglob("*.html"):
        for link in re.findall(r'<a [^>]*href="([^"]+)"', page.read_text("utf-8")):
            path, _, anchor = unquote(link).partition("#")
            target = page.parent / path if path else page
            if re.match(r"[a-z]+:", link):
                continue
            if not target.is_file() or (anchor and f'id="{anchor}"' not in target.read_text()):
                missing.append((page.name, link))
    assert missing == []


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert pictures
    assert [each.name for each in pictures if each.stat().st_size > 300_000] == []


def test_rooms_import_only_those_above_them() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.split("| room |")[1].split("\n\n")[0]
    rooms = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    package = ROOT / "demine_analysis"
    there = {path.name.removesuffix(".py") for path in (*package.glob("*.py"), *package.glob("*/"))}
    kept = {name for name in there if not name.startswith("__")}
    assert set(rooms) == kept - {"bundle", "locale"}
    wrong = [
        (file.relative_to(package).as_posix(), name)
        for position, room in enumerate(rooms)
        for file in (*package.glob(f"{room}.py"), *package.glob(f"{room}/**/*.py"))
        for name in imported(file)
        if name in rooms[position + 1 :]
    ]
    assert wrong == []


def imported(file: Path) -> set[str]:
    """Return the rooms that a file imports, at its top or later."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {f"{node.module}.{each.name}" for each in node.names}
    return {each.split(".")[1] for each in found if each.startswith("demine_analysis.")}


def test_citation_is_of_this_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert cited["version"] == project["version"]
    assert cited["license"] == project["license"]
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
