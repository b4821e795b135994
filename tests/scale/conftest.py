"""One record and one lake of the same archive, for all tests of lakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.pipeline import read_many
from dragoman.record import Record
from dragoman.scale import read_into
from lakes import Here, archive


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive in a record."""
    path = tmp_path_factory.mktemp("record") / "r.duckdb"
    with Record.open(path) as opened:
        read_many(archive(path.parent), opened, workers=1)
    return path


@pytest.fixture(scope="session")
def lake(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files, read by this process into a lake, two documents a unit."""
    path = tmp_path_factory.mktemp("lake") / "lake"
    read_into(archive(record.parent), path, engine=Here(), unit=2)
    return path
