"""PLOVER's event categories and what CAMEO would call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.ontology.data import Data
from dragoman.ontology.terms import Category


def categories(plover: Data) -> dict[str, Category]:
    """The categories of ``plover.yaml`` by name, in the file's order."""
    return {name: _category(name, entry) for name, entry in plover["categories"].items()}


def _category(name: str, entry: Mapping[str, Any]) -> Category:
    return Category(
        name=name,
        quad=entry["quad"],
        score=float(entry["score"]),
        modes={mode: float(score) for mode, score in entry.get("modes", {}).items()},
        requires_recipient=entry.get("requires_recipient", False),
        description=entry["description"],
    )


def cameo_code(entry: Mapping[str, Any], mode: str | None, contexts: Iterable[str]) -> str:
    """The code a category's entry of ``cameo.yaml`` gives: mode and context, mode, context, category, in this order."""
    present = set(contexts)
    of_mode = entry.get("modes", {}).get(mode)
    if isinstance(of_mode, str):
        return of_mode
    if of_mode is not None:
        return _by_context(of_mode, present)
    return _by_context(entry, present)


def _by_context(entry: Mapping[str, Any], present: set[str]) -> str:
    found = (code for context, code in entry.get("contexts", {}).items() if context in present)
    code: str = next(found, entry["code"])
    return code


def cameo_codes(entry: Mapping[str, Any] | str) -> Iterable[str]:
    """Every CAMEO code an entry of ``cameo.yaml`` can give."""
    if isinstance(entry, str):
        yield entry
        return
    yield entry["code"]
    yield from entry.get("contexts", {}).values()
    for mode in entry.get("modes", {}).values():
        yield from cameo_codes(mode)
