"""The words by which a report says how new or how rare an act is, and the patterns that find them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

from dragoman.errors import DataError
from dragoman.ontology.data import Data, merged, read, user_folder

ClaimKind = Literal["since", "span", "ever", "own", "rare"]
KINDS: tuple[str, ...] = get_args(ClaimKind)

_BETWEEN = 10  # words that "..." may stand for: "first" and "since" farther apart seldom belong together
_WORD = r"[^\s]+"


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """``patterns`` by kind, compiled to match lower-case text; numbers, units (days) and months by their words.

    ``rare`` gives ``years``, and how many acts in them at most support and more than how many contradict "rare".
    """

    patterns: tuple[tuple[ClaimKind, re.Pattern[str]], ...]
    same_kind: re.Pattern[str]
    months: tuple[str, ...]
    numbers: Mapping[str, int]
    units: Mapping[str, float]
    rare: Mapping[str, int]


def load_claims(extra: Path | None = None) -> ClaimWords:
    """The words of claims, read once; with a user's own ``claims.yaml`` over the package's.

    :raises DataError: a file breaks its form: an unknown kind, a pattern that is no words.
    """
    folder = user_folder()
    own = folder / "claims.yaml" if folder else None
    return _load(extra or (own if own and own.exists() else None))


@cache
def _load(extra: Path | None) -> ClaimWords:
    found = read(files("dragoman.ontology") / "data" / "claims.yaml")
    if extra is not None:
        found = merged(found, read(extra))
    try:
        return _built(found)
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise DataError(f"breaks its form: {error!r}", source="claims.yaml") from error


def _built(found: Data) -> ClaimWords:
    slots = _slots(found)
    patterns: list[tuple[ClaimKind, re.Pattern[str]]] = []
    for entry in found["claims"]:
        if entry["kind"] not in KINDS:
            raise DataError(f"no kind {entry['kind']!r}: one of {', '.join(KINDS)}", source="claims.yaml")
        patterns += [(entry["kind"], compiled(pattern, slots)) for pattern in entry["patterns"]]
    return ClaimWords(
        patterns=tuple(patterns),
        same_kind=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found['same_kind']))})(?!\w)"),
        months=tuple(found["months"]),
        numbers=found["numbers"],
        units=found["units"],
        rare=found["rare"],
    )


def _slots(found: Data) -> dict[str, str]:
    months, numbers, units = "|".join(found["months"]), "|".join(found["numbers"]), "|".join(found["units"])
    # A date may stand behind the name of who acted then: "since Donald Rumsfeld in February 2006".
    between = rf"(?:{_WORD}\s+){{0,{_BETWEEN}}}?"
    return {
        "{date}": rf"{between}(?:(?P<month>{months})\s+|the\s+)?(?P<year>1[5-9]\d\d|20\d\d)(?P<decade>s)?(?!\d)",
        "{count}": rf"(?P<count>\d{{1,3}}|{numbers})",
        "{unit}": rf"(?P<unit>{units})s?(?!\w)",
        "{own}": r"(?:his|her|their|its)",
    }


def compiled(pattern: str, slots: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern of ``claims.yaml`` as a regular expression over lower-case text."""
    out = r"(?<![\w-])"
    for word in pattern.split():
        if word == "...":
            out += rf"(?:[,;:]?\s+{_WORD}){{0,{_BETWEEN}}}?"
            continue
        optional = word.startswith("(")
        inner = slots.get(word) or "(?:" + "|".join(map(re.escape, word.strip("()").split("|"))) + r")(?![\w-])"
        joint = "" if out == r"(?<![\w-])" else r"[,;:]?\s+"
        out += f"(?:{joint}{inner})?" if optional else joint + inner
    return re.compile(out)
