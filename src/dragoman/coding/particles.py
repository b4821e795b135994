"""The particles of a verb, also where a parse took one for another word: "hand over", "let through", "fire upon"."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding import grammar
from dragoman.coding.grammar import children


def _before_number(verb: Token) -> list[Token]:
    """ "handed over eleven men": a particle that the parse takes for a word of the number after it"""
    numbers = [n for noun in children(verb, "obj") for n in children(noun, "nummod")]
    return [c for n in numbers for c in children(n, "advmod") if c.lower_ == "over" and c.i == verb.i + 1]


def particles(token: Token) -> set[str]:
    """The particles that belong to a verb, and the first words of prepositions of two."""
    own = {c.lower_ for c in children(token, "compound:prt", "advmod")}
    own |= {c.lower_ for c in children(token, "xcomp") if c.tag_ == "RP"}  # "let the lorries through"
    own |= {c.lower_ for phrase in children(token, "obl") for c in children(phrase, "case") if c.tag_ == "RP"}
    own |= {c.lower_ for c in _before_number(token)}
    own |= {c.lower_ for c in children(token, "obl") if c.pos_ == "ADP"}  # "was fired upon"
    return own | {p.split(" ")[0] for p, _ in grammar.obliques(token) if " " in p}
