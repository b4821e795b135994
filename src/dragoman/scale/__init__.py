"""The same reading and coding over many processes or machines, into a lake of Parquet files."""

from dragoman.scale.engines import Engine, EngineError, Plain
from dragoman.scale.job import read_into

__all__ = ["Engine", "EngineError", "Plain", "read_into"]
