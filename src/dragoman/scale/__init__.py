"""The same reading and coding over many processes or machines, into a lake of Parquet files."""

from dragoman.scale.engines import Engine, EngineError, Plain
from dragoman.scale.job import read_into
from dragoman.scale.units import Asked

__all__ = ["Asked", "Engine", "EngineError", "Plain", "read_into"]
