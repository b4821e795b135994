"""What a relative pronoun stands for, also where the parse hangs its clause on a word that it cannot be said of."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.arcs import base, children, preposition

RELATIVES = frozenset({"whose", "who", "which", "that", "whom"})
WHO = frozenset({"who", "whom"})
ONE = frozenset({"has", "is", "was", "does"})  # auxiliaries of a single subject
GROUPS = frozenset({"family", "campaign", "administration", "team", "office", "estate"})  # of whom, not who

KIN = frozenset({"mother", "father", "parent", "wife", "husband", "widow", "sister", "brother", "son", "daughter"})


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token itself.

    A clause on a noun that its verb's number forbids, or a "which" on a person, is of the noun before the comma; a
    "who" is of the person named before it where its clause hangs on a thing, on a family or across another phrase.
    """
    if token.lower_ not in RELATIVES or token.pos_ not in ("PRON", "SCONJ", "DET"):
        return token
    at = token
    while at.head.i != at.i and not at.dep_.endswith("relcl"):
        at = at.head
    if not at.dep_.endswith("relcl"):
        return token
    nearest = token.doc[token.i - 2] if token.i > 1 and token.nbor(-1).text in (",", "-", "–", "—") else at.head
    named = _person_at(nearest) if token.lower_ in WHO else None
    if named is not None and _not_who(at, nearest):
        return named
    wrong = _of_one(at) and at.head.tag_ in ("NNS", "NNPS")
    wrong = wrong or (token.lower_ == "which" and _person(at.head))
    return nearest if wrong and nearest.pos_ in ("NOUN", "PROPN") else at.head


def fronted(verb: Token) -> Token | None:
    """ "X, which it accuses of spying": the relative pronoun that the parse took for a second subject of the verb"""
    found = children(verb, "nsubj")
    two = len(found) > 1 and found[0].lower_ in RELATIVES and found[0].i < found[1].i < verb.i
    return found[0] if two and verb.dep_ == "acl:relcl" else None


def _not_who(clause: Token, nearest: Token) -> bool:
    """Whether the word that a clause hangs on cannot be who the clause is said of."""
    head = clause.head
    across = nearest.i > head.i and head not in (nearest, *nearest.ancestors)
    several = _of_one(clause) and head.tag_ in ("NNS", "NNPS")
    named = _person_at(nearest)
    kin = named is not None and base(named) == "nmod" and named.head.lemma_.lower() in KIN
    return across or several or kin or head.lemma_.lower() in GROUPS


def _of_one(verb: Token) -> bool:
    """Whether a verb's form is of a single subject: "visits", "has visited", "was seen"."""
    helping = children(verb, "aux", "aux:pass", "cop")
    return verb.tag_ == "VBZ" or any(each.lower_ in ONE for each in helping)


def _person_at(word: Token) -> Token | None:
    """The first word of a person's name that ends at a word, or that the word says where he is of ("X of Texas")."""
    while base(word) == "nmod" and preposition(word) == "of" and word.ent_type_ != "PER":
        word = word.head
    while base(word) == "flat" and word.ent_type_ == "PER":
        word = word.head
    return word if word.ent_type_ == "PER" else None


def _person(noun: Token) -> bool:
    """Whether a name, or an apposition to one, is a person's, whom no "which" stands for."""
    return "PER" in (noun.ent_type_, noun.head.ent_type_ if base(noun) == "appos" else "")
