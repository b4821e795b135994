"""The past of a clause, by its verb and the auxiliaries of it."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.arcs import children


def is_past(word: Token) -> bool:
    """Whether the clause's finite verb is in the past (simple, perfect or past perfect)."""
    verbs = [word, *children(word, "aux", "cop")]
    return any(v.tag_ == "VBD" or (v.lemma_ == "have" and v.pos_ == "AUX") for v in verbs)


def is_past_perfect(word: Token) -> bool:
    """Whether the clause's finite verb is in the past perfect ("had visited")."""
    return any(a.lower_ in ("had", "'d", "’d") and a.tag_ == "VBD" for a in children(word, "aux")) and (
        word.tag_ in ("VBN", "VBD")
    )
