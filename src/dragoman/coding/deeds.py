"""Deeds as things that act or are spoken of: "the bombing killed ten", "condemned the attack on the embassy".

A deed is no party. Who did it is told by its possessor, its country's adjective, the name of a group before it or "by";
whom it hit and where it was ("the embassy bombings") did not do it, and is not blamed for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from dragoman.coding.grammar import base, children, conjuncts, preposition
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon

if TYPE_CHECKING:
    from dragoman.coding.mentions import Mention

DOER = frozenset({"nmod:poss", "amod"})
NAMED = frozenset({"ORG", "PER"})  # labels of the names that do deeds: "the Taliban attack", not "the Nairobi attack"
BY = frozenset({"by", "from"})
WITHIN = frozenset({"nmod", "compound", "conj", "amod", "nmod:poss", "nmod:desc", "nmod:unmarked", "flat", "appos"})


def is_deed(noun: Token) -> bool:
    """Whether a noun names an assault itself, not those who make it."""
    if noun.pos_ != "NOUN":
        return False
    told = (sense.event == "ASSAULT" and sense.eventive for sense in load_cues().find(noun.lemma_, "NOUN"))
    return noun.lemma_.lower() in load_lexicon().deeds or any(told)


def doers(noun: Token) -> Iterator[Token]:
    """The words that tell who did a deed."""
    for child in children(noun, "nmod:poss", "amod", "compound", "nmod"):
        if _did(child):
            yield from conjuncts(child)


def suffers(word: Token, cue: Token) -> bool:
    """Whether a word only tells whom a deed that is not the cue hit, or where: "the bombing of the embassies"."""
    while word.dep_ in WITHIN and word.head.i not in (word.i, cue.i):
        if is_deed(word.head) and word.dep_ != "conj":
            return not (_did(word) or preposition(word) == "between")  # those between whom it is do it
        word = word.head
    return False


def unhurt(mentions: list[Mention], cue: Token) -> list[Mention]:
    """The mentions without those of whom the words only tell that a deed hit them, or that it was there."""
    return [m for m in mentions if not suffers(cue.doc[m.head], cue)]


def _did(child: Token) -> bool:
    if child.dep_ in DOER:
        return True
    if child.dep_ == "compound":
        return child.ent_type_ in NAMED
    return base(child) == "nmod" and preposition(child) in BY
