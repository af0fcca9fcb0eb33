"""A site is brought up to date: only what changed, whole or not at all, one run at a time."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import northland
import pytest
from tiny_notebooks import code, entry, text, write_manifest, write_notebook

from demine_analysis import files
from demine_analysis.errors import ParameterError, ReportError
from demine_analysis.lock import exclusive
from demine_analysis.publishing import batch
from demine_analysis.publishing.batch import Options, Run
from demine_analysis.publishing.manifest import load_manifest
from demine_analysis.publishing.site import fingerprint
from demine_analysis.publishing.site.folder import Record, Site
from demine_analysis.publishing.site.state import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from demine_analysis.publishing.running.job import Result

GREETING = code("print('hello', who)")
BROKEN = code("raise ValueError('no luck')")
#: The same shown twice as text, a dict and a set: what hashing could reorder.
UNORDERED = code("print(set('abcdefgh'), {1: 2})")


@pytest.fixture(autouse=True)
def _fresh_hashes() -> Iterator[None]:
    """A run is a process; hashes that it computed once are not those of the next."""
    yield
    forget()


def forget() -> None:
    fingerprint.surroundings.cache_clear()
    fingerprint._data.cache_clear()


def through(results: Iterable[Result], *, total: int) -> Iterable[Result]:
    assert total > 0
    return results


def run(folder: Path, *, jobs: int = 2, force: bool = False, wait: float = 30) -> Run:
    forget()
    options = Options(folder / "reports.toml", folder / "site", jobs, force, wait)
    return batch.render_all(options, say=lambda _message: None, progress=through)


def statuses(done: Run) -> dict[str, str]:
    return {each.state.job.name: each.status for each in done.outcomes}


def pages(folder: Path) -> dict[str, str]:
    found = sorted((folder / "site").glob("*.html"))
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in found}


def summary(folder: Path) -> dict[str, dict[str, Any]]:
    content = json.loads((folder / "site" / "run.json").read_text())
    return {each["name"]: each for each in content["reports"]}


@pytest.fixture
def two(tmp_path: Path) -> Path:
    write_notebook(tmp_path, text("# Tiny"), GREETING)
    write_notebook(tmp_path, text("# Other"), UNORDERED, name="other")
    write_manifest(tmp_path, entry("a", parameters={"who": "<b>you</b>"}), entry("b", "other"))
    return tmp_path


def test_a_run_renders_pages_index_and_summary(two: Path) -> None:
    assert statuses(run(two)) == {"a": "rendered", "b": "rendered"}
    assert sorted(pages(two)) == ["a.html", "b.html", "index.html"]
    assert "hello &lt;b&gt;you&lt;/b&gt;" in (two / "site" / "a.html").read_text()
    index = (two / "site" / "index.html").read_text()
    links = re.findall(r'<h3><a href="([^"]*)">([^<]*)<', index)
    assert links == [("a.html", "Report a"), ("b.html", "Report b")]
    assert summary(two)["a"]["sha256"] == pages(two)["a.html"]
    assert summary(two)["a"]["parameters"] == {"who": "<b>you</b>"}


def test_pages_name_their_address_only_where_the_manifest_gives_one(two: Path) -> None:
    reports = (entry("a"), entry("b", "other"))
    write_manifest(two, *reports, settings='address = "https://example.org/m/"')
    run(two)
    page, index = ((two / "site" / name).read_text() for name in ("a.html", "index.html"))
    assert '<link rel="canonical" href="https://example.org/m/a.html">' in page
    assert '<meta property="og:image" content="https://example.org/m/a.png">' in page
    assert '<link rel="canonical" href="https://example.org/m/">' in index
    site = {each.name for each in (two / "site").iterdir()}
    assert {"a.png", "b.png", "index.png", "sitemap.xml"} <= site
    write_manifest(two, reports[0])
    assert statuses(run(two)) == {"a": "rendered"}
    assert "canonical" not in (two / "site" / "a.html").read_text()
    assert not (two / "site" / "b.png").exists()


def test_a_second_run_has_nothing_to_do(two: Path) -> None:
    run(two)
    before = {each: each.stat().st_mtime_ns for each in (two / "site").glob("*.html")}
    assert statuses(run(two)) == {"a": "fresh", "b": "fresh"}
    assert {each: each.stat().st_mtime_ns for each in before} == before


def test_force_renders_everything_to_the_same_bytes(two: Path) -> None:
    run(two, jobs=1)
    before = pages(two)
    assert statuses(run(two, jobs=2, force=True)) == {"a": "rendered", "b": "rendered"}
    assert pages(two) == before


def test_a_site_offers_the_series_of_its_datasets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    northland.make(tmp_path / "data")
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path / "data"))
    masthead = '<dl class="demine-masthead" data-dataset="northland"></dl>'
    write_notebook(tmp_path, code(f"from IPython.display import HTML\nHTML({masthead!r})"))
    write_manifest(tmp_path, entry("a"))
    run(tmp_path)
    folder = tmp_path / "site" / "data" / "northland"
    index = (tmp_path / "site" / "index.html").read_text()
    links = re.findall(r'<a href="data/northland/([^"]*)">', index)
    assert sorted(links) == sorted(each.name for each in folder.iterdir() if each.is_file())
    before = {each: each.stat().st_mtime_ns for each in folder.iterdir()}
    assert statuses(run(tmp_path)) == {"a": "fresh"}
    assert {each: each.stat().st_mtime_ns for each in folder.iterdir()} == before
    assert (tmp_path / "site" / "index.html").read_text() == index


def test_a_page_has_no_path_and_no_clock_in_it(two: Path) -> None:
    run(two)
    year = time.strftime("%Y")
    for page in (two / "site").glob("*.html"):
        assert str(two) not in page.read_text()
        assert year not in page.read_text()


def change_notebook(folder: Path, _: pytest.MonkeyPatch) -> str:
    write_notebook(folder, text("# Tiny"), GREETING, text("more"))
    return "notebook"


def change_parameters(folder: Path, _: pytest.MonkeyPatch) -> str:
    write_manifest(folder, entry("a", parameters={"who": "me"}), entry("b", "other"))
    return "parameters"


def change_data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (folder / "home" / "mine").mkdir(parents=True)
    (folder / "home" / "mine" / "statements.csv").write_text("statement_id\n1\n")
    monkeypatch.setenv("DEMINE_DATA_HOME", str(folder / "home"))
    return "data: mine/statements.csv"


def change_code(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (folder / "code").mkdir()
    (folder / "code" / "new.py").write_text("x = 1")
    monkeypatch.setattr(fingerprint, "_PACKAGE", folder / "code")
    return "code"


def change_template(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (folder / "template").mkdir()
    (folder / "template" / "style.css").write_text("p{}")
    monkeypatch.setattr(fingerprint, "_TEMPLATE", folder / "template")
    return "template"


def change_lock(_: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(fingerprint, "_installed", lambda: ["numpy-99.0"])
    return "lock"


def change_epoch(_: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return "settings"


@pytest.mark.parametrize(
    "change",
    [
        change_notebook,
        change_parameters,
        change_data,
        change_code,
        change_template,
        change_lock,
        change_epoch,
    ],
)
def test_what_a_page_depends_on_makes_it_stale(
    two: Path, monkeypatch: pytest.MonkeyPatch, change: Any
) -> None:
    run(two)
    changed = change(two, monkeypatch)
    forget()
    jobs = batch.make_jobs(load_manifest(two / "reports.toml"))
    state = look(Site(two / "site"), jobs[0])
    assert state.state == "stale"
    assert changed in state.why
    run(two)
    assert changed in summary(two)["a"]["changes"]


def test_only_what_changed_is_rendered(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(two)
    change_notebook(two, monkeypatch)
    assert statuses(run(two)) == {"a": "rendered", "b": "fresh"}


def test_a_second_manifest_does_not_take_the_pages_of_the_first(two: Path) -> None:
    run(two)
    before = pages(two)
    (two / "others").mkdir()
    other = write_manifest(two / "others", entry("c", "../other"))
    options = Options(other, two / "site")
    with pytest.raises(ReportError, match=r"those of the manifest .*reports\.toml.*-o"):
        batch.render_all(options, say=lambda _message: None, progress=through)
    assert pages(two) == before
    (two / "reports.toml").unlink()
    assert statuses(batch.render_all(options, say=lambda _: None, progress=through)) == {
        "c": "rendered"
    }


def test_prose_is_not_rendered_again_for_new_data(
    two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notebook(two, text("# Words"), name="other")
    run(two)
    change_data(two, monkeypatch)
    assert statuses(run(two)) == {"a": "rendered", "b": "fresh"}


@pytest.mark.parametrize("damage", [b"", b"half a pa", None])
def test_a_damaged_page_is_rendered_again(two: Path, damage: bytes | None) -> None:
    run(two)
    before, page = pages(two), two / "site" / "a.html"
    page.unlink() if damage is None else page.write_bytes(damage)
    assert statuses(run(two)) == {"a": "rendered", "b": "fresh"}
    assert pages(two) == before


@pytest.mark.parametrize("content", ["", "{", "[]", '{"fingerprint": 5, "x": 1}', "null"])
def test_a_damaged_record_is_no_obstacle(two: Path, content: str) -> None:
    run(two)
    (two / "site" / ".demine" / "reports" / "a.json").write_text(content)
    assert statuses(run(two))["a"] == "rendered"


def test_a_failed_report_keeps_its_page_and_the_others_render(two: Path) -> None:
    run(two)
    before = pages(two)
    write_notebook(two, text("# Tiny"), BROKEN)
    write_notebook(two, text("# Other, changed"), name="other")
    done = run(two)
    assert statuses(done) == {"a": "failed", "b": "rendered"}
    after = pages(two)
    assert after["a.html"] == before["a.html"]
    assert after["b.html"] != before["b.html"]
    index = (two / "site" / "index.html").read_text()
    assert re.search(r"page of 20\d\d-.* UTC; rendering failed on 20\d\d-", index)
    assert "2 reports, 1 not up to date." in index
    kept = Path(done.failed[0].error.rsplit("is ", 1)[1])
    assert "no luck" in kept.read_text()
    assert "ValueError: no luck" in kept.with_name("a.error.txt").read_text()
    assert summary(two)["a"]["status"] == "failed"


def test_a_failed_report_is_tried_again_and_can_recover(two: Path) -> None:
    write_notebook(two, text("# Tiny"), BROKEN)
    assert statuses(run(two))["a"] == "failed"
    assert "no page yet" in (two / "site" / "index.html").read_text()
    assert 'href="a.html"' not in (two / "site" / "index.html").read_text()
    assert statuses(run(two)) == {"a": "failed", "b": "fresh"}
    write_notebook(two, text("# Tiny"), GREETING)
    assert statuses(run(two)) == {"a": "rendered", "b": "fresh"}
    assert "2 reports, all up to date." in (two / "site" / "index.html").read_text()


def test_a_slow_report_fails_alone(two: Path) -> None:
    write_notebook(two, code("import time; time.sleep(60)"))
    write_manifest(two, entry("a", timeout=1), entry("b", "other"))
    done = run(two)
    assert statuses(done) == {"a": "failed", "b": "rendered"}
    assert "not done after 1 s" in done.failed[0].error


def test_a_report_that_is_no_longer_wanted_is_withdrawn(two: Path) -> None:
    run(two)
    (two / "site" / "mine.html").write_text("not ours")
    write_manifest(two, entry("b", "other"))
    run(two)
    assert sorted(pages(two)) == ["b.html", "index.html", "mine.html"]
    assert "a.html" not in (two / "site" / "index.html").read_text()


def test_runs_are_kept_and_then_cleaned(two: Path) -> None:
    write_manifest(two, entry("a"), settings="keep_runs = 2")
    for _ in range(4):
        run(two, force=True)
    assert len(list((two / "site" / ".demine" / "runs").iterdir())) == 2


def test_one_report_for_each_value(tmp_path: Path) -> None:
    write_notebook(tmp_path, GREETING)
    write_manifest(tmp_path, entry("to-{who}", for_each={"who": ["Ağdam", "B"]}))
    run(tmp_path)
    assert sorted(pages(tmp_path)) == ["index.html", "to-agdam.html", "to-b.html"]
    assert "hello Ağdam" in (tmp_path / "site" / "to-agdam.html").read_text()


def test_wrong_parameters_are_all_named_before_anything_runs(tmp_path: Path) -> None:
    write_notebook(tmp_path, GREETING)
    wrong = [entry("a", parameters={"whom": "x"}), entry("b", parameters={"times": "x"})]
    write_manifest(tmp_path, *wrong)
    with pytest.raises(ParameterError) as caught:
        run(tmp_path)
    lines = str(caught.value).splitlines()
    assert [line.split("report ")[1][:3] for line in lines] == ["'a'", "'b'"]
    assert "did you mean who?" in str(caught.value)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("jobs", [0, -1])
def test_jobs_must_be_one_or_more(two: Path, jobs: int) -> None:
    with pytest.raises(ParameterError, match=f"jobs must be 1 or more, got {jobs}"):
        run(two, jobs=jobs)


def test_a_folder_that_cannot_be_written_is_one_line(two: Path) -> None:
    (two / "site").write_text("a file")
    with pytest.raises(ReportError, match=r"folder '.*site' cannot be written: Not a directory"):
        run(two)


def fail_at(monkeypatch: pytest.MonkeyPatch, calls: Sequence[int]) -> None:
    """Let the file system be full at some of the writes."""
    real, count = os.fsync, iter(range(10_000))

    def fsync(descriptor: int) -> None:
        if next(count) in calls:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("failing", range(12))
def test_a_full_disk_at_any_write_leaves_valid_pages(
    two: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    run(two)
    before = pages(two)
    write_notebook(two, text("# Tiny, changed"), GREETING)
    write_notebook(two, text("# Other, changed"), name="other")
    with monkeypatch.context() as patched:
        fail_at(patched, range(failing, 10_000))
        try:
            run(two)
        except ReportError as full:
            assert "No space left on device" in str(full)  # noqa: PT017 - whether it raises depends on when
    assert pages(two).keys() == before.keys()
    for page in (two / "site").glob("*.html"):
        assert page.read_text().rstrip().endswith("</html>")
    assert set(statuses(run(two)).values()) <= {"rendered", "fresh"}
    assert set(statuses(run(two)).values()) == {"fresh"}
    assert not list((two / "site" / ".demine" / "staging").iterdir())


def test_eight_runs_at_once_render_each_report_once(two: Path) -> None:
    done: list[Run] = []
    threads = [threading.Thread(target=lambda: done.append(run(two))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 8
    assert sum(len(each.rendered) for each in done) == 2


def test_a_run_says_who_holds_the_folder(two: Path) -> None:
    run(two)
    with (
        exclusive(two / "site" / ".demine" / "lock", wait=0, say=print),
        pytest.raises(
            ReportError,
            match=rf"in use by a run started by .*process {os.getpid()} on .*, \d+ s ago",
        ),
    ):
        run(two, wait=0)


def test_a_waiting_run_says_so_once_and_goes_on(tmp_path: Path) -> None:
    said: list[str] = []
    lock = tmp_path / "lock"
    holding = threading.Event()

    def hold() -> None:
        with exclusive(lock, wait=0, say=said.append):
            holding.set()
            time.sleep(0.4)

    thread = threading.Thread(target=hold)
    thread.start()
    assert holding.wait(5)
    with exclusive(lock, wait=10, say=said.append):
        thread.join()
    assert len(said) == 1
    assert "waiting for a run started by" in said[0]


def test_a_lock_left_by_a_killed_run_does_not_block(two: Path) -> None:
    run(two)
    (two / "site" / ".demine" / "lock").write_text('{"user": "ghost", "pid": 1, "host": "x"')
    assert statuses(run(two, wait=0)) == {"a": "fresh", "b": "fresh"}


def test_left_over_temporary_files_are_cleaned(two: Path) -> None:
    run(two)
    staging = two / "site" / ".demine" / "staging"
    (staging / ".demine-abc").write_text("half")
    run(two)
    assert not list(staging.iterdir())


def test_a_link_to_a_page_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_text("old")
    (tmp_path / "link.html").symlink_to("real.html")
    files.write_atomically(tmp_path / "link.html", b"new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text() == "new"


def test_a_page_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write_atomically(tmp_path / "x.html", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "x.html").stat().st_mode & 0o777 == 0o640


def test_first_languages_then_new_reports_then_the_longest(tmp_path: Path) -> None:
    write_notebook(tmp_path, GREETING, parameters="who = 'world'\nlanguage = 'en'")
    translated = entry("new-az", parameters={"who": "new", "language": "az"})
    names = ["short", "longest", "long", "new"]
    reports = [entry(name, parameters={"who": name}) for name in names]
    write_manifest(tmp_path, *reports[:3], translated, reports[3])
    site = Site(tmp_path / "site")
    site.prepare()
    for name, seconds in {"short": 1.0, "longest": 3.0, "long": 2.0}.items():
        site.note(name, Record(seconds=seconds))
    order: list[str] = []

    def watched(results: Iterable[Result], *, total: int) -> Iterable[Result]:
        for each in through(results, total=total):
            order.append(each.name)
            yield each

    options = Options(tmp_path / "reports.toml", site.folder, jobs=1)
    batch.render_all(options, say=lambda _message: None, progress=watched)
    assert order == ["new-az", "longest", "long", "short", "new"]
