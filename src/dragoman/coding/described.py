"""Parties known by their words alone: "some 300 cotton growers blocked a highway", "three men were arrested".

Where a sure cue tells an act in a report between states, those whom nothing gives a country or a sector are parties
all the same: people, by the words that name them, without a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from dragoman.coding import grammar
from dragoman.coding.cues import Candidate
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.phrases import phrase_start
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon

SURE = 0.7  # weight from which a cue is an act though nobody in it is known
COUNTS = frozenset({"dozens", "hundreds", "thousands", "scores", "others", "many", "several"})
WHOEVER = frozenset({"one", "anyone", "anybody", "nobody", "none", "everyone"})
PEOPLE = ("er", "ers", "or", "ors", "ist", "ists", "ant", "ants", "man", "men", "ian", "ians", "ee", "ees", "people")


def stands_alone(scene: Scene, candidate: Candidate) -> bool:
    """Whether a cue tells an act by itself: a sure one, said by a verb, in a report between states."""
    told = candidate.sense.pos == "VERB" or candidate.carrier is not None
    if candidate.sense.mode == "visit" or (candidate.sense.symmetric and candidate.sense.event == "SUPPORT"):
        return False  # between whom is what such an act tells
    return told and candidate.sense.weight >= SURE and scene.between_states


def people(scene: Scene, tokens: Iterable[Token], candidate: Candidate) -> Iterator[Mention]:
    """The people that the words name, each as a group without a code."""
    things = candidate.sense.objects - load_cues().classes["persons"]  # "to fire shells": what the cue itself names
    for token in tokens:
        for word in grammar.conjuncts(grammar.counted(token)):
            if word.lemma_.lower() not in things and names_people(word):
                start = phrase_start(scene, word, word.i)
                name = "people" if word.lower_ in WHOEVER else scene.doc[start : word.i + 1].text
                draft = scene.register.named("group", name)
                yield Mention((draft,), word.i, start, word.i + 1, "words")


def number_of_people(scene: Scene, tokens: Iterable[Token]) -> Iterator[Mention]:
    """The people of whom only the number is told: "74 were killed", "dozens were injured"."""
    for word in map(grammar.counted, tokens):
        of = [c for c in grammar.children(word, "nmod") if grammar.preposition(c) not in ("including", "at")]
        if word.i in scene.at or of or grammar.children(word, "acl:relcl"):
            continue
        if word.tag_ == "CD" or word.lower_ in COUNTS:
            draft = scene.register.named("group", "people")
            draft.sector = "CVL"
            yield Mention((draft,), word.i, word.i, word.i + 1, "number")


def somebody(scene: Scene, word: Token, owner: Mention) -> Mention:
    """ "the American swimmer": somebody of a country, who is not the country; of any other noun its owner"""
    of_state = owner is scene.modifiers.get(owner.head) and owner.drafts[0].kind == "state"
    if not (of_state and word.pos_ == "NOUN" and names_people(word)):
        return owner
    start = phrase_start(scene, word, word.i)
    name = scene.doc[min(start, owner.start) : word.i + 1].text
    draft = scene.register.named("group", name, code=owner.drafts[0].code)
    return Mention((draft,), word.i, start, word.i + 1, "words")


def names_people(word: Token) -> bool:
    """A noun for somebody who does something, or a number of people."""
    lemma, text, lexicon = word.lemma_.lower(), word.lower_, load_lexicon()
    if word.ent_type_ or {text, lemma} & lexicon.things_like_people:
        return False
    nobody = text == "one" and any(c.lower_ == "no" for c in word.children)
    return (
        nobody
        or text in lexicon.numbers_of_people
        or (word.pos_ == "NOUN" and (lemma.endswith(PEOPLE) or text.endswith(PEOPLE)))
    )
