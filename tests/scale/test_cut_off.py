"""A run that is cut off anywhere ends, once it is begun again, in the bytes of one that was not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.record import Record
from dragoman.scale import changes, days, job, linking, read_into, rounds
from dragoman.scale import lake as lakes
from dragoman.scale.lake import STAGING, Lake
from lakes import Here, archive, bytes_of


class Killed(BaseException):
    """In the place of SIGKILL: nothing of the program sees it coming or goes on after it."""


class Axe:
    """Falls at the ``at``-th call of any of the functions it was given."""

    def __init__(self, at: int) -> None:
        self.left = at

    def before(self, function: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object, **options: object) -> object:
            self.left -= 1
            if self.left == 0:
                raise Killed
            return function(*arguments, **options)

        return called


# All that writes, moves or removes a file of a lake, where the module that calls it finds it.
STEPS = (
    (changes, "write_file"), (days, "write_file"), (job, "write_file"), (linking, "write_file"), (lakes, "adopt"),
    (lakes.Lake, "count"), (lakes.Lake, "sweep"), (lakes.Lake, "clear"), (rounds, "write_day"), (rounds, "changes_of"),
    (rounds, "read_unit"),
)  # fmt: skip


@pytest.fixture(scope="module")
def half(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake whose units are all read, and of which nothing counts yet."""
    path = tmp_path_factory.mktemp("half") / "lake"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "changes_of", Axe(1).before(changes.changes_of))
        with pytest.raises(Killed):
            read_into(archive(record.parent), path, engine=Here(), unit=2)
    assert len(list((path / STAGING).glob("*.parquet"))) == 5
    return path


def cut(path: Path, record: Path, *, at: int) -> bool:
    """Run until the axe falls; False where it did not."""
    axe = Axe(at)
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS:
            patch.setattr(owner, name, axe.before(getattr(owner, name)))
        try:
            read_into(archive(record.parent), path, engine=Here(), unit=2, round=2)
        except Killed:
            return True
    return False


def test_the_bytes_are_the_same_wherever_it_was_cut_off(record: Path, lake: Path, half: Path, tmp_path: Path) -> None:
    expected, steps = bytes_of(lake), 0
    for at in cuts():
        path = tmp_path / str(at)
        shutil.copytree(half, path)
        if not cut(path, record, at=at):
            break
        steps += 1
        with Record.open(path, read_only=True) as opened:
            # as it was at the last moment that counts, whole
            assert opened.misplaced() == []
            assert opened.count() == opened.select("SELECT count(DISTINCT event) AS n FROM event_reports")[0]["n"]
        read_into(archive(record.parent), path, engine=Here(), unit=2, round=2)
        assert bytes_of(path) == expected
        shutil.rmtree(path)
    assert steps >= 6


def cuts() -> Iterator[int]:
    """Where the axe falls: at step 1, 2, 4, 7, 13 and further and further apart, to the end."""
    at = 1
    while True:
        yield at
        at = at * 7 // 4 + 1 if at > 1 else 2


def test_a_unit_that_was_read_is_not_read_again(record: Path, half: Path, tmp_path: Path) -> None:
    shutil.copytree(half, tmp_path / "lake")
    engine = Here()
    read_into(archive(record.parent), tmp_path / "lake", engine=engine, unit=2)
    assert engine.asked == 0


def test_a_unit_that_was_not_written_whole_is_read_again(record: Path, lake: Path, half: Path, tmp_path: Path) -> None:
    shutil.copytree(half, tmp_path / "lake")
    unit = sorted((tmp_path / "lake" / STAGING).glob("*.parquet"))[0]
    unit.with_suffix(".4711.part").write_bytes(unit.read_bytes()[:100])
    unit.unlink()
    engine = Here()
    read_into(archive(record.parent), tmp_path / "lake", engine=engine, unit=2)
    assert engine.asked <= 1
    assert bytes_of(tmp_path / "lake") == bytes_of(lake)


def test_what_a_killed_run_laid_out_is_swept_away_by_another(record: Path, half: Path, tmp_path: Path) -> None:
    shutil.copytree(half, tmp_path / "lake")
    read_into([], tmp_path / "lake", engine=Here())
    assert not (tmp_path / "lake" / STAGING).exists()
    with Lake.open(tmp_path / "lake") as opened:
        assert opened.contents().tables == {}
