"""Corrections in words: what was changed, from what to what, by whom and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import Correction, Json

_DONE = {
    "reject": "rejected",
    "restore": "restored",
    "split": "split off",
    "merge": "merged",
    "split_entity": "entity split",
    "merge_entities": "entities merged",
    "undo": "undone",
}


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction. ``target`` is the event or entity as it was named then, or the number that was undone; ``made``
    is ISO 8601 to the second, UTC; ``state`` is ``holds``, ``undone by N`` or ``waits for what it is about``."""

    id: int
    made: str
    who: str
    target: str
    what: str
    was: str
    now: str
    why: str
    state: str


def correction_lines(corrections: Iterable[Correction]) -> tuple[CorrectionLine, ...]:
    """The corrections in words, in the same order."""
    return tuple(_line(each) for each in corrections)


def _line(each: Correction) -> CorrectionLine:
    undoing = each.kind == "undo"
    return CorrectionLine(
        id=each.id,
        made=each.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        who=each.who,
        target=f"correction {each.target}" if undoing else each.target,
        what=each.field or _DONE.get(each.kind, each.kind),
        was="" if each.kind in ("reject", "restore") else said(each.was),
        now="" if each.kind in ("reject", "restore") else said(each.now),
        why=each.why,
        state=_state(each),
    )


def _state(each: Correction) -> str:
    if each.undone_by is not None:
        return f"undone by {each.undone_by}"
    return "waits for what it is about" if each.dangling else "holds"


def said(value: Json) -> str:
    """A corrected value in words: names of parties and places, days, lists with commas; empty for none."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(said(one) for one in value)
    if isinstance(value, dict):
        return _mapping(value)
    return str(value)


def _mapping(value: dict[str, Json]) -> str:
    if "start" in value:
        first, last = str(value["start"]), str(value["end"])
        return first if first == last else f"{first}..{last}"
    for name in ("reports", "articles", "events", "entities"):
        if name in value:
            parts = said(value[name])
            return f"{said(value['event'])}: {parts}" if "event" in value else _entity(value, parts)
    code = f" ({value['code']})" if value.get("code") else ""
    return f"{value.get('name') or value.get('entity') or ''}{code}"


def _entity(value: dict[str, Json], parts: str) -> str:
    return f"{said(value['entity'])}: {parts}" if "entity" in value else parts
