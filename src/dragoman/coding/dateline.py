"""The country of the town a report is sent from: "PRAGUE, May 16 (Central Wire) - ..."."""

from __future__ import annotations

import re

from dragoman.model import Article
from dragoman.ontology import Ontology, gazetteer
from dragoman.ontology.words import key

REACH = 90  # characters from the front of a paragraph to the sign that closes its dateline
_END = re.compile(r"\s[-–—]{1,2}\s|\.\s?[-–—]|:\s|\)\s|/\.\s|\d\.\s")
_PARTS = re.compile(r"\s*[,(/:]\s*|\s[-–—]{1,2}\s")


def dateline(article: Article, ontology: Ontology) -> str | None:
    """The alpha-3 code of the country, from the first paragraph of the body with a dateline; None where none has."""
    for paragraph in [p for p in article.paragraphs if p.role in ("body", "standfirst")][:2]:
        code = _country(paragraph.text[:REACH], ontology)
        if code is not None:
            return code
    return None


def _country(text: str, ontology: Ontology) -> str | None:
    """The country of the place that stands alone at the front; a country named after its town decides."""
    end = _END.search(text)
    if end is None:
        return None
    codes = [code for part in _PARTS.split(text[: end.start() + 1]) if (code := _place(part, ontology))]
    return codes[-1] if codes else None


def _place(part: str, ontology: Ontology) -> str | None:
    words = part.strip()
    if not words[:1].isupper() or len(words.split()) > 3:
        return None
    readings = ontology.names.get(key(words), ())
    state = next((n.code for n in readings if n.kind in ("capital", "country")), None)
    if state is not None or readings:
        return state
    found = gazetteer.find(words)
    return found.code if found is not None and found.precision == "city" else None
