"""The engine of Daft: a dataframe of items and a stateful function over it, on this machine or on a Ray cluster."""

from __future__ import annotations

import logging
import os
import pickle
import socket
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from dragoman.errors import MissingError
from dragoman.scale.engines import EngineError
from dragoman.workers import default_workers

if TYPE_CHECKING:
    from daft import DataFrame

T = TypeVar("T")
R = TypeVar("R")

# Daft and Ray report their use to their makers unless they are told not to; Dragoman talks to nobody.
_QUIET = {"DAFT_ANALYTICS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0", "RAY_USAGE_STATS_ENABLED": "0"}

# On a cluster a partition goes to one node whole: enough of them that no process waits long for the last one.
PARTITIONS_A_WORKER = 32


# Seconds that a node may take to say what it has: the first time it imports everything.
PATIENCE = 120.0

# Seconds within which a cluster takes a connection.
REACHED = 5.0


class Frames:
    """Daft: its own runner on this machine, or a Ray cluster at an address.

    On a cluster every node needs Dragoman, and sees the lake and the sources under the same paths. A process loads the
    network once for all items that :meth:`map` gives it. Python can have one of the two runners in a process.

    :raises MissingError: Daft, or Ray where an address is given, is not installed.
    :raises EngineError: there is no cluster at the address, or the other runner is already in use.
    """

    name = "daft"

    def __init__(self, *, workers: int | None = None, ray: str | None = None) -> None:
        for package, extra in (("daft", "scale"), ("pyarrow", "scale"), *([("ray", "cluster")] if ray else [])):
            if find_spec(package) is None:
                raise MissingError(f"reading with --{'ray' if ray else 'engine daft'}", package=package, extra=extra)
        os.environ.update({name: os.environ.get(name, value) for name, value in _QUIET.items()})
        self.ray, self.lost = ray, ""
        processors = _join_cluster(ray) if ray else _run_here()
        self.workers = workers or processors

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R]]:
        """See :class:`~dragoman.scale.engines.Engine`."""
        from daft.context import execution_config_ctx

        # without an order to keep, a process that is done takes the next item while others are at longer ones
        with execution_config_ctx(maintain_order=False):
            for number, answer in self._rows(self._frame(function, items)):
                if isinstance(answer, BaseException):
                    raise answer
                yield items[number], answer

    def _frame(self, function: Callable[[T], R], items: Sequence[T]) -> DataFrame:
        import daft

        from dragoman.scale.stateful import Stateful

        workers = min(self.workers, len(items))
        # Ray's actors are processes already
        stateful = daft.cls(Stateful, max_concurrency=workers, use_process=None if self.ray else True)
        columns = {"number": list(range(len(items))), "item": [pickle.dumps(item) for item in items]}
        frame = daft.from_pydict(columns)
        if self.ray:
            frame = frame.into_partitions(min(len(items), workers * PARTITIONS_A_WORKER))
        answers: Any = stateful(pickle.dumps(function)).answer(frame["item"])
        return frame.select(frame["number"], answers.alias("answer"))

    def _rows(self, frame: DataFrame) -> Iterator[tuple[int, Any]]:
        """Numbers of items with their answers; they end where a process was lost that Daft cannot begin again."""
        rows = iter(frame.iter_rows(results_buffer_size=None))
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except Exception as error:  # Daft and Ray have no common kind for it; what the function raises is an answer
                self.lost = _last_line(error)
                return
            yield row["number"], pickle.loads(row["answer"])


def _run_here() -> int:
    import daft

    try:
        daft.set_runner_native()
    except Exception as error:
        raise EngineError(f"Daft runs in another way in this process: {error}") from error
    return default_workers()


def _join_cluster(address: str) -> int:
    """Connect to a Ray cluster and look whether its nodes can read; the number of its processors."""
    import daft

    ray = import_module("ray")
    _reach(address)
    try:
        if not ray.is_initialized():
            quiet = {"log_to_driver": False, "logging_level": logging.ERROR, "runtime_env": {"env_vars": _QUIET}}
            ray.init(address=address, **quiet)
        daft.set_runner_ray(noop_if_initialized=True)
        _check_nodes(ray)
        return int(ray.cluster_resources().get("CPU", 0)) or 1
    except EngineError:
        raise
    except Exception as error:  # Ray raises of many kinds for a cluster that is not there or not like this machine
        raise EngineError(f"no Ray cluster can be used there: {_last_line(error)}", source=address) from error


def _reach(address: str) -> None:
    """Look whether anybody listens there: Ray itself would try for minutes."""
    where = urlsplit(address if "://" in address else f"//{address}")
    try:
        port = where.port
        if where.hostname and port:
            socket.create_connection((where.hostname, port), timeout=REACHED).close()
    except (OSError, ValueError) as error:
        raise EngineError(f"no Ray cluster is there: {error}", source=address) from error


def _check_nodes(ray: Any) -> None:
    """Every node must have this version of the program, or the bytes it writes are others."""
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy as On

    ask = ray.remote(version_here)
    for node in ray.nodes():
        if node["Alive"] and node["Resources"].get("CPU"):
            told = ray.get(ask.options(scheduling_strategy=On(node["NodeID"], soft=False)).remote(), timeout=PATIENCE)
            if told != version_here():
                raise EngineError(f"it has {told}, and this machine {version_here()}", source=node["NodeName"])


def version_here() -> str:
    """The versions, on the node that is asked, of what decides a lake's bytes."""
    import duckdb

    from dragoman.coding.coder import VERSION

    return f"{VERSION} with DuckDB {duckdb.__version__}"


def _last_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[-1]
