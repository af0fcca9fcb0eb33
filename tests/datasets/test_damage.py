"""Whatever bytes get into a file, loading gives a frame or one DatasetError, nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

import tiny_dataset as tiny
from hypothesis import given, settings
from hypothesis import strategies as st

import demine_analysis as da

FILES = {**tiny.STATEMENT_FILES, "corrections.toml": tiny.CORRECTION}
AWKWARD = st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"=", b"-", "é".encode()])


@settings(max_examples=40, deadline=None)
@given(
    file=st.sampled_from(sorted(FILES)),
    at=st.integers(0, 700),
    length=st.integers(0, 20),
    piece=st.one_of(AWKWARD, st.binary(max_size=8)),
)
def test_damaged_bytes_never_end_in_a_traceback(
    file: str, at: int, length: int, piece: bytes
) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = tiny.make(Path(home), FILES)
        raw = (folder / file).read_bytes()
        (folder / file).write_bytes(raw[:at] + piece + raw[at + length :])
        listed = da.check_dataset(folder)
        try:
            da.load_statements("mine", data_home=home)
            da.load_casualties("mine", data_home=home)
            found = 0
        except da.DatasetError as wrong:
            found = -1 if wrong.failures is None else len(wrong.failures)
    # Loading refuses just what the check lists; it stops at the first file with something wrong.
    assert (found == 0) == listed.empty
    assert 0 <= found <= len(listed)
