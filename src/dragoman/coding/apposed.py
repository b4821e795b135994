"""Who stands beside a noun as another name for it: "the chairman, X", "X, the donor", "his rivals, A and B"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.coding.described import names_people
from dragoman.coding.grammar import base, children, conjuncts, first_conjunct
from dragoman.coding.mentions import Mention, Scene

SOME = frozenset({"especially", "particularly", "including", "notably", "mainly", "namely", "like", "principally"})

# Sectors whose words for people are no bodies ("national", "donor"; not "union", "newspaper", "church").
PERSONS = frozenset({"CVL", "PTY", "OPP", "GOV", "LEG", "JUD", "REF"})


def joined(scene: Scene, token: Token) -> list[Token]:
    """What a phrase is joined with; of several whom an apposition names, these."""
    words = [word for each in conjuncts(token) for word in _spelled_out(scene, each)]
    return [word for word in words if word.i == token.i or not (_is_person(scene, token) and _only_describes(word))]


def _only_describes(word: Token) -> bool:
    """ "X, donor and founder of": one noun without an article or a name, which the parse joins to the name before"""
    return word.tag_ == "NN" and not children(word, "det", "nmod:poss", "appos", "flat", "amod", "compound", "nummod")


def _spelled_out(scene: Scene, word: Token) -> Iterator[Token]:
    """ "two officers, A and B" are A and B; "envoy X and minister Y" may be joined to the apposition"""
    beside = [c for c in children(word, "appos") if not any(d.lower_ in ("a", "an") for d in children(c, "det"))]
    if word.tag_ in ("NNS", "NNPS"):
        named = [c for each in beside for c in conjuncts(each) if _is_person(scene, c)]
        if not named or any(_only_some(each) for each in beside):
            yield word
        yield from named
        return
    yield word
    yield from (c for each in beside if not _is_person(scene, word) or each.tag_ != "NN" for c in conjuncts(each)[1:])


def _is_person(scene: Scene, word: Token) -> bool:
    mention = scene.at.get(word.i)
    return mention is not None and len(mention.drafts) == 1 and mention.drafts[0].kind == "person"


def _only_some(named: Token) -> bool:
    """Whether an apposition names only some of them: "his rivals, especially A" """
    before = named.doc[max(0, named.left_edge.i - 1)]
    return bool({before.lower_, named.left_edge.lower_} & SOME) or any(c.lower_ in SOME for c in named.children)


def called(scene: Scene, noun: Token) -> Mention | None:
    """The one whom a name beside a noun says it is: "the campaign chairman, X", "X, the donor and founder who ..." """
    if noun.tag_ != "NN" or noun.ent_type_:
        return None
    first = first_conjunct(noun)
    behind = base(first) == "appos" and _is_somebody(scene, noun)
    beside = [*children(noun, "appos"), *([first.head] if behind else [])]
    named = (scene.at.get(c.i) for c in beside)
    return next((m for m in named if m is not None and m.drafts[0].kind == "person"), None)


def _is_somebody(scene: Scene, noun: Token) -> bool:
    """Whether a noun is for one person, not for a body of many."""
    agent = next((a for span, a in scene.found.agents.values() if span.root.i == noun.i), None)
    of_people = agent is not None and agent.kind == "people" and agent.sector in PERSONS and agent.name != "campaign"
    return of_people or noun.i in scene.found.titles or names_people(noun)
