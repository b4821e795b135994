"""The measures behind ``dragoman evaluate``: one file for each task, one for each public format.

A task is a pure function of a pipeline and a file. To add one, write its module and name it in :data:`TASKS`.
"""

from __future__ import annotations

from dragoman.evaluation import attribution, category, entities, events, parse, parties, same_event, times
from dragoman.evaluation.task import Options, Result, Task, sentence_key

__all__ = ["TASKS", "Options", "Result", "Task", "sentence_key"]

_MODULES = (parse, entities, times, attribution, category, parties, events, same_event)

TASKS: dict[str, Task] = {module.TASK.name: module.TASK for module in _MODULES}
