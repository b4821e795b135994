"""A meeting of two states in four articles: an agency's, a copy of it, an outlet's own, and one of the next day."""

from __future__ import annotations

from datetime import date
from typing import Any

from dragoman.model import Article, Reading, Report, Vectors, When
from make import NORDMARK, SUEDLAND, VERSION, article, party, report, span

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
NEAR, FAR = (100, 20, -30), (-90, 10, 60)

TALK = "Norway and Portugal held talks on fish in Oslo on Monday."
SAME = "On Monday Norway met Portugal in Oslo to discuss fish."
OTHER = "Norway and Portugal held talks on fish in Oslo on Tuesday."
AGENCY = (
    "The two ministers spoke for three hours about cod, quotas and the fees that trawlers pay in northern waters. "
    "Neither side gave figures, and a second round was set for the summer, aides of both delegations said."
)


def told(
    id: str, sentence: str, day: date, *, more: str = "", vector: tuple[int, ...] = NEAR, **fields: Any
) -> Reading:
    """An article of one meeting of Norway and Portugal, and what else it says."""
    fields = {"published": TUESDAY, "published_basis": "page", "outlet": f"The {id}"} | fields
    text = article(id, f"{sentence} {more}".strip(), **fields)
    return Reading(text, (NORDMARK, SUEDLAND), (meeting(text, sentence, day, vector),), VERSION)


def meeting(text: Article, sentence: str, day: date, vector: tuple[int, ...]) -> Report:
    words = "Monday" if "Monday" in sentence else "Tuesday"
    return report(
        text,
        sentence,
        "talks" if "talks" in sentence else "met",
        actors=(party(text, "Norway", NORDMARK), party(text, "Portugal", SUEDLAND)),
        when=When(day, day, "day", "words", span(text, words)),
        vectors=Vectors(vector, vector),
    )


WIRE = told("wire", TALK, MONDAY, more=AGENCY, credit=None)
COPY = told("copy", TALK, MONDAY, more=f"{AGENCY} It rained.", credit="wire agency")
OWN = told("own", SAME, MONDAY)
NEXT = told("next", OTHER, TUESDAY, vector=FAR)
READINGS = (WIRE, COPY, OWN, NEXT)
