"""The measures behind ``dragoman evaluate``: one file for each task, one for each public format.

A task is a pure function of a pipeline and a file. To add one, write its module and name it in :data:`TASKS`.
"""

from __future__ import annotations

from dragoman.evaluation import entities, parse, times
from dragoman.evaluation.task import Options, Result, Task

__all__ = ["TASKS", "Options", "Result", "Task"]

TASKS: dict[str, Task] = {module.TASK.name: module.TASK for module in (parse, entities, times)}
