"""Sentences with the events an expert codes from them, as PLOVER records in JSON.

Field names are those of the PLOVER manual (draft 2.0, chapter "Data Fields"), which Dragoman's own export uses too:

- ``text``: the text from which the record was coded; required.
- ``event``: a category or a list of them; required. Null or empty: the text tells of no event; so does
  ``has_event`` false.
- ``actor``, formerly ``source``: an entity or a list of them; required where there is an event.
- ``recipient``, formerly ``target``: the same; optional, as in PLOVER.

An entity is an object with ``code`` (null where it was not coded), or the code alone. A file is a JSON list of
records, or records one after the other (JSON Lines, or laid out over several lines).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import FormatError
from dragoman.evaluation.roots import root_of
from dragoman.evaluation.task import bad, read_lines

Code = tuple[str, ...]
"""A code in its pieces of three letters: ("USA", "GOV")."""

_BREAK = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Coded:
    """One record: its text, the roots of its events, and the codes of its parties."""

    line: int
    text: str
    roots: tuple[str, ...]
    actors: tuple[Code, ...]
    recipients: tuple[Code, ...]


def read_plover(path: Path) -> Iterator[Coded]:
    """The records of a file, which is read whole.

    Raises:
        SourceError: the file cannot be opened.
        FormatError: it is not JSON, or a record lacks a field; names file and line.
    """
    text = "\n".join(line for _, line in read_lines(path))
    seen = False
    for line, record in _values(path, text):
        try:
            yield _record(line, record)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
            raise bad(path, line, f"not a PLOVER record with its text: {reason}") from error
        seen = True
    if not seen:
        raise FormatError("no record in the file", source=str(path))


def _values(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    """The JSON values of a text, each with the line on which it begins; of a list, its members."""
    decoder = json.JSONDecoder()
    opened = re.match(r"\s*\[", text)
    closed = re.search(r"\]\s*$", text) if opened else None
    at, end = (opened.end(), closed.start()) if opened and closed else (0, len(text))
    while (at := _skip(text, at)) < end:
        line = text.count("\n", 0, at) + 1
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise bad(path, error.lineno, f"not JSON: {error.msg}") from error
        yield line, value


def _skip(text: str, at: int) -> int:
    found = _BREAK.match(text, at)
    return found.end() if found else at


def _record(line: int, data: dict[str, Any]) -> Coded:
    text = data["text"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("the text is empty")
    if data.get("has_event") is False:
        return Coded(line, text, (), (), ())
    roots = tuple(root_of(name) for name in _list(data["event"]))
    actors = _codes(_first(data, "actor", "source")) if roots else ()
    recipients = _codes(data.get("recipient", data.get("target"))) if roots else ()
    return Coded(line, text, roots, actors, recipients)


def _first(data: dict[str, Any], *names: str) -> Any:
    """The field under the first of the names that the record has; under none, it is the first that is missing."""
    return data[next((name for name in names if name in data), names[0])]


def _list(value: Any) -> list[Any]:
    """PLOVER writes one value bare and several as a list."""
    return [] if value in (None, "") else value if isinstance(value, list) else [value]


def _codes(value: Any) -> tuple[Code, ...]:
    """The codes of entities; those that were not coded ("---") are left out."""
    codes = [each if isinstance(each, str) else each["code"] for each in _list(value)]
    return tuple(code for code in map(_pieces, codes) if code)


def _pieces(code: str | None) -> Code:
    letters = (code or "").strip().upper()
    pieces = (letters[at : at + 3] for at in range(0, len(letters), 3))
    return tuple(piece for piece in pieces if piece.isalnum())
