"""What all corrections that hold make together: which reports are one event, which entities are one, what is judged.

Pure: from the corrections in the order they were made, and what the record holds of what they speak of, to the rows of
the tables ``regrouped``, ``merged_events``, ``entity_changes`` and ``applied``. An undone correction is as if it had
never been made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dragoman.model import Correction

Key = tuple[str, int]
"""A report: its article and its sequence."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the record holds of what corrections speak of.

    ``anchored``: for each correction, the reports it is about by the part of it (see ``anchors.part``); ``events``:
    the event each was read as; ``named``: the entities of each article that a split names;
    ``joined``: the entities that are another without a correction.
    """

    anchored: Mapping[int, Mapping[int, list[Key]]]
    events: Mapping[Key, str]
    named: Mapping[str, frozenset[str]]
    joined: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Effects:
    """``regrouped``: reports in another event than they were read as; ``merged``: events that are part of another;
    ``entity_moves``: an article's entity that is another, with its new name if it has one; ``entity_merged``: the same
    of all articles; ``applied``: pairs of an event and a correction that holds for it; ``holding``: the corrections
    that find what they are about."""

    regrouped: dict[Key, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    entity_moves: dict[tuple[str, str], str] = field(default_factory=dict)
    entity_merged: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    applied: set[tuple[str, int]] = field(default_factory=set)
    holding: set[int] = field(default_factory=set)


def undone(corrections: Iterable[Correction]) -> dict[int, int]:
    """Which corrections are taken back, and by the number of which undo. An undo that is undone takes nothing back."""
    by: dict[int, int] = {}
    for each in sorted(corrections, key=lambda each: each.id, reverse=True):
        if each.kind == "undo" and each.id not in by:
            by[int(each.target)] = each.id
    return by


def effects(corrections: Iterable[Correction], held: Held) -> Effects:
    """What these corrections, none of them undone, make together, in the order of their numbers."""
    made = Effects(entity_merged=dict(held.joined))
    active = sorted(corrections, key=lambda each: each.id)
    for each in active:
        if each.kind == "split":
            _split(made, each, held)
        elif each.kind == "merge":
            _merge(made, each, held)
        elif each.kind == "split_entity":
            _split_entity(made, each, held)
        elif each.kind == "merge_entities":
            _merge_entities(made, each)
    _settle(made, active, held)
    return made


def _event(made: Effects, held: Held, key: Key) -> str:
    return _end(made.merged, made.regrouped.get(key, held.events[key]))


def _end(into: Mapping[str, str], name: str) -> str:
    """Where a chain of merges ends; none goes in a circle, since only what is not yet one is merged."""
    while name in into:
        name = into[name]
    return name


def _split(made: Effects, each: Correction, held: Held) -> None:
    for key in held.anchored.get(each.id, {}).get(0, ()):
        made.regrouped[key] = str(_said(each)["event"])


def _merge(made: Effects, each: Correction, held: Held) -> None:
    parts = held.anchored.get(each.id, {})
    found = [_event(made, held, key) for part in sorted(parts) for key in parts[part]]
    if len([part for part in parts.values() if part]) > 1:
        made.holding.add(each.id)
    for other in found:
        if _end(made.merged, other) != _end(made.merged, found[0]):
            made.merged[_end(made.merged, other)] = _end(made.merged, found[0])


def _split_entity(made: Effects, each: Correction, held: Held) -> None:
    said = _said(each)
    # Whom it stood under when the correction was made may have been joined to somebody since.
    new, target = str(said["entity"]), _end(made.entity_merged, each.target)
    for article in _texts(said["articles"]):
        for name in held.named.get(article, frozenset()):
            if _end(made.entity_merged, made.entity_moves.get((article, name), name)) == target:
                made.entity_moves[article, name] = new
                made.holding.add(each.id)
    if said.get("name"):
        made.names[new] = str(said["name"])


def _merge_entities(made: Effects, each: Correction) -> None:
    """Whether or not the record names them all just now: an article that is read later may."""
    made.holding.add(each.id)
    first, *others = _texts(_said(each)["entities"])
    for other in others:
        end = _end(made.entity_merged, other)
        if end != _end(made.entity_merged, first):
            made.entity_merged[end] = _end(made.entity_merged, first)


def _settle(made: Effects, active: list[Correction], held: Held) -> None:
    """Ends of chains in the place of their links, and what holds for which event once all is grouped."""
    for each in active:
        for keys in held.anchored.get(each.id, {}).values():
            made.applied.update((_event(made, held, key), each.id) for key in keys)
        if each.kind == "undo" or (each.kind != "merge" and any(held.anchored.get(each.id, {}).values())):
            made.holding.add(each.id)
    made.entity_moves = {key: _end(made.entity_merged, name) for key, name in made.entity_moves.items()}
    made.merged = {name: _end(made.merged, name) for name in made.merged}
    made.entity_merged = {name: _end(made.entity_merged, name) for name in made.entity_merged}


def _said(each: Correction) -> dict[str, object]:
    return dict(each.now) if isinstance(each.now, dict) else {}


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
