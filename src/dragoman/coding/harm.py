"""Harm that nobody does: what a flood, a crash or a disease kills is no event."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.coding import grammar
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon

REACH = 400  # tokens back: a report names its disaster in the first paragraphs and counts the dead in the next


def by_nature(token: Token) -> bool:
    """Whether a verb of harm is told of a disaster: by its subject, or, where it has none, by the words around it."""
    lexicon = load_lexicon()
    if token.pos_ != "VERB" or token.lemma_ not in lexicon.harm_verbs:
        return False
    agent = grammar.subject(token)
    if agent is not None:
        return any(word.lemma_.lower() in lexicon.disasters for word in _named(agent))
    return grammar.is_passive(token) and _cause(token) in lexicon.disasters


def _named(agent: Token) -> Iterator[Token]:
    """The words that say what an agent is: "Cyclone Pam", "strikes by lightning", "the floods"."""
    yield agent
    yield from grammar.children(agent, "compound", "flat", "appos", "nmod:desc")
    yield from (word for preposition, word in grammar.obliques(agent) if preposition in ("by", "of"))


def _cause(token: Token) -> str:
    """The word that says what harmed: the nearest of the sentence, else the last of the sentences before; or ""."""
    lexicon = load_lexicon()
    causes = lexicon.disasters | lexicon.violent_words
    around = sorted(token.sent, key=lambda word: abs(word.i - token.i))
    start = token.sent.start
    for word in [*around, *reversed(token.doc[max(0, start - REACH) : start])]:
        lemma = word.lemma_.lower()
        if word.pos_ in ("NOUN", "PROPN", "VERB") and lemma in causes and word.i != token.i and not _of_accords(word):
            return lemma
    return ""


def _of_accords(word: Token) -> bool:
    """ "the truce collapsed", "the collapse of the talks": nothing that falls on anybody"""
    of = [noun for preposition, noun in grammar.obliques(word) if preposition == "of"]
    subject = grammar.subject(word) if word.pos_ == "VERB" else None
    classes = load_cues().classes
    things = {noun.lemma_.lower() for noun in (*of, *([subject] if subject is not None else []))}
    return any(things & classes[name] for name in ("treaties", "talks", "ceasefires", "relations"))
