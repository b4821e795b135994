"""Tellings made by hand: a meeting of two states on a day, and what a test changes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from dragoman.linking.telling import Telling

DAY = date(2026, 3, 2)


def telling(event: str = "e1", **fields: Any) -> Telling:
    plain: dict[str, Any] = {
        "event": event,
        "articles": frozenset({event}),
        "stories": frozenset({event}),
        "category": "CONSULT",
        "auxiliary": frozenset(),
        "actors": frozenset({"NOR"}),
        "recipients": frozenset({"PRT"}),
        "persons": frozenset(),
        "split": frozenset(),
        "first": DAY,
        "last": DAY,
        "fixed": True,
        "published": DAY,
        "place": None,
        "country": None,
        "cue": (10, -20, 30),
        "sentence": (5, 6, 7),
        "cue_text": "met",
        "words": frozenset({"ministers", "oslo"}),
        "context": frozenset({"ministers", "oslo", "fish"}),
        "company": frozenset({"NOR", "PRT"}),
        "lead": DAY,
    }
    return Telling(**(plain | {name: _frozen(value) for name, value in fields.items()}))


def _frozen(value: Any) -> Any:
    return frozenset(value) if isinstance(value, set) else value


_CODES = st.frozensets(st.sampled_from(["NOR", "PRT", "KEN", "EUR"]), max_size=3)
_DAYS = st.dates(date(2026, 2, 25), date(2026, 3, 8))
_WORDS = st.frozensets(st.sampled_from(["oslo", "lisbon", "fish", "12", "40"]), max_size=4)
_VECTOR = st.one_of(st.just(()), st.tuples(*[st.integers(-127, 127)] * 3))


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    first, last = sorted((draw(_DAYS), draw(_DAYS)))
    known = draw(st.booleans())
    return telling(
        draw(st.text("abcdef", min_size=4, max_size=4)),
        articles=draw(st.frozensets(st.sampled_from(["a1", "a2", "a3", "a4"]), min_size=1, max_size=2)),
        stories=draw(st.frozensets(st.sampled_from(["s1", "s2", "s3"]), min_size=1, max_size=2)),
        category=draw(st.sampled_from(["CONSULT", "ASSAULT"])),
        auxiliary=draw(st.frozensets(st.sampled_from(["future", "historical", "standing"]), max_size=1)),
        actors=draw(_CODES),
        recipients=draw(_CODES),
        persons=draw(st.frozensets(st.sampled_from(["person:a", "person:b"]), max_size=2)),
        first=first if known else None,
        last=last if known else None,
        published=draw(st.none() | _DAYS),
        place=draw(st.sampled_from([None, "Oslo", "Lisbon"])),
        cue=draw(_VECTOR),
        sentence=draw(_VECTOR),
        cue_text=draw(st.sampled_from(["met", "struck"])),
        words=draw(_WORDS),
        context=draw(_WORDS),
        company=draw(_CODES),
        lead=draw(st.none() | _DAYS),
    )
