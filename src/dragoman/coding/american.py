"""What shows that who holds an office is American: his party and state, the state he is of, the party before it.

Reports for American readers say "Gov. X (R)", "Sen. Y, D-Ohio", "Representative Z of New York" and never name the
country.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.tokens import Span

from dragoman.coding.grammar import children, preposition
from dragoman.ontology.lexicon import load_lexicon

if TYPE_CHECKING:
    from dragoman.coding.mentions import Scene
    from dragoman.coding.people import PersonSpan

PARTY_AFTER = re.compile(r",? \(?[RDI]-[A-Z][a-z.]| \([RDI]\)")
PARTIES = frozenset({"Republican", "Democratic", "GOP"})
LEFT = 3  # words that may stand between an office and its state or party
STATE_WORDS = 2  # of the longest names of states


def is_american(scene: Scene, found: PersonSpan) -> bool:
    """Whether the words around a name show it; a state or a party does so only beside an office."""
    if PARTY_AFTER.match(scene.article.text, found.name.end_char):
        return True
    offices = [span for span, title in found.titles if title.kind == "office"]
    return any(_before(span) or _of_state(span, found.name) for span in offices)


def _before(office: Span) -> bool:
    """ "North Carolina Gov. X", "Republican senator X": a state, or a party of the US, straight before the office"""
    doc, end = office.doc, office.start
    while end > office.sent.start and office.start - end < LEFT and doc[end - 1].text.islower():
        end -= 1  # "Republican presidential candidate X"
    start = office.sent.start
    if end > start and doc[end - 1].text in PARTIES:
        return True
    return any(_names_state(doc[end - length : end]) for length in (1, 2) if end - length >= start)


def _of_state(office: Span, name: Span) -> bool:
    """ "Representative X of New York" """
    after = (c for t in (*office, *name) for c in children(t, "nmod") if c.i >= name.end and preposition(c) == "of")
    return any(_names_state(t.doc[t.i - more : t.i + 1]) for t in after for more in (0, 1))


def _names_state(words: Span) -> bool:
    return len(words) <= STATE_WORDS and words.text in load_lexicon().american_states
