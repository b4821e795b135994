"""``dragoman read`` into a lake: which engine, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.output import warn
from dragoman.cli.progress import with_progress
from dragoman.model import Failure
from dragoman.pipeline import AnySource, Given, Summary
from dragoman.reading import Opener, Wanted

if TYPE_CHECKING:
    from dragoman.scale import Engine

DEFAULT_LAKE = Path("dragoman-lake")


class EngineName(StrEnum):
    """What runs the processes that read into a lake."""

    plain = "plain"
    daft = "daft"


LakeOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Read into a lake, a folder of Parquet files by day of publication, made if absent; every other verb "
        "opens it with --record.",
    ),
]
EngineOption = Annotated[
    EngineName | None,
    typer.Option(
        help=f"What reads into the lake ({DEFAULT_LAKE} if left out): processes of this machine, or Daft; both give "
        "the same bytes."
    ),
]
RayOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Let Daft read on the Ray cluster at this address, such as 10.0.0.1:6379."),
]


def lake_of(
    lake: Path | None, *, engine: EngineName | None, ray: str | None, record: Path | None, listed: bool
) -> Path | None:
    """The lake that the options ask for; None where they ask for a record. Raises typer.BadParameter where they do not
    go together."""
    if lake is None and engine is None and ray is None:
        return None
    if record is not None:
        raise typer.BadParameter("choose one of --record, a file, and --lake with its --engine and --ray, a folder")
    if ray is not None and engine is EngineName.plain:
        raise typer.BadParameter("--ray goes with --engine daft")
    if listed:
        raise typer.BadParameter("a lake is listed once it is read: dragoman events --record LAKE --json or --csv")
    return lake or DEFAULT_LAKE


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """How a lake is read into: by what, and what is asked of the sources."""

    engine: EngineName | None
    ray: str | None
    workers: int | None
    given: Given
    wanted: Wanted
    opener: Opener
    again: bool


def fill(sources: Iterable[AnySource], lake: Path, how: Filling) -> Summary:
    """Read sources into a lake, with a line for each document that fails."""
    from dragoman.scale import Asked, read_into

    engine = _engine(how.engine, ray=how.ray, workers=how.workers)
    items, bar = with_progress(sources)
    with bar as advance:

        def tell(source: str, failure: Failure | None) -> None:
            advance()
            if failure is not None:
                warn(f"{source}: {failure.reason}")

        asked = Asked(how.given, how.wanted)
        return read_into(items, lake, engine=engine, asked=asked, opener=how.opener, again=how.again, progress=tell)


def _engine(name: EngineName | None, *, ray: str | None, workers: int | None) -> Engine:
    if name is EngineName.daft or ray is not None:
        from dragoman.scale.frames import Frames

        return Frames(workers=workers, ray=ray)
    from dragoman.scale import Plain

    return Plain(workers=workers)
