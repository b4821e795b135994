"""Reads the ontology's data files, the package's and a user's own of the same form."""

from __future__ import annotations

import os
from collections.abc import Hashable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import DataError

NAMES = ("plover", "cameo", "countries", "organisations", "offices", "agents", "regions")
"""The data files, without their ``.yaml``."""
HEADER = ("source", "date", "version")
_ELSEWHERE = (
    "cues", "lexicon", "contexts_words", "persons", "confidence", "ranks", "claims", "chronologies", "from_cameo",
)  # fmt: skip
USER_DATA = "DRAGOMAN_DATA"
"""The environment variable that names a folder of a user's own data files."""

Data = dict[str, Any]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C class has no types
    """YAML that refuses a key given twice, where the standard loader keeps the last without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(found) != len(node.value):
            keys = [child.value for child, _ in node.value]
            twice = sorted({name for name in keys if keys.count(name) > 1})
            raise yaml.constructor.ConstructorError(None, None, f"given twice: {', '.join(twice)}", node.start_mark)
        return found


def read(path: Traversable) -> Data:
    """One data file. Raises DataError where it cannot be read, is no mapping, repeats a key or lacks its header."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", source=path.name) from error
    except yaml.YAMLError as error:
        raise DataError(f"is not good YAML: {' '.join(str(error).split())}", source=path.name) from error
    if not isinstance(found, dict):
        raise DataError("must be a mapping", source=path.name)
    if missing := [name for name in HEADER if not found.get(name)]:
        raise DataError(f"lacks {', '.join(missing)}", source=path.name)
    return found


def user_folder() -> Path | None:
    """The folder that :data:`USER_DATA` names, if it is set: its files extend the package's wherever they are read."""
    named = os.environ.get(USER_DATA)
    return Path(named) if named else None


def package_files() -> dict[str, Traversable]:
    """The package's data files by name (without ``.yaml``)."""
    folder = files("dragoman.ontology") / "data"
    return {name: folder / f"{name}.yaml" for name in NAMES}


def user_files(extra: Path) -> dict[str, Traversable]:
    """The data files of a folder, or one file: each extends the package's file of the same name.

    Raises DataError where there is nothing, or a YAML file of a name the ontology does not know.
    """
    if not extra.exists():
        raise DataError("no such file or folder", source=str(extra))
    paths = sorted(extra.glob("*.yaml")) if extra.is_dir() else [extra]
    found: dict[str, Traversable] = {path.stem: path for path in paths if not path.stem.startswith(_ELSEWHERE)}
    for name in found:
        if name not in NAMES:
            raise DataError(f"is none of {', '.join(f'{known}.yaml' for known in NAMES)}", source=found[name].name)
    return found


def merged(base: Any, extra: Any) -> Any:
    """A user's data over the package's: mappings merge, a user's list comes before ours, anything else replaces."""
    if isinstance(base, Mapping) and isinstance(extra, Mapping):
        both = {name: merged(base[name], extra[name]) for name in base.keys() & extra.keys()}
        return {**base, **extra, **both}
    if isinstance(base, list) and isinstance(extra, list):
        return extra + base
    return extra
