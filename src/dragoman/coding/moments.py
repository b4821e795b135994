"""Which clauses take place together: a date that stands in one of them dates the other.

Each clause of a cue is a :class:`Moment`: the word whose time it is, and how far it stands from the cue's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from dragoman.coding import deeds, grammar
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import base, children, within
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon

Bond = Literal["own", "joined", "manner", "phase", "content", "outer", "told"]
OCCASION = frozenset({"at", "during"})  # prepositions of what goes on while the clause's verb takes place
USING = frozenset({"use", "employ"})  # "used them to bomb": the means and the deed are one
MANNER = frozenset({"by", "in", "through", "thereby", "while", "when"})  # of a gerund that tells how a deed was done
SAID = frozenset({"ACCUSE", "REJECT", "THREATEN", "REQUEST", "SUPPORT", "SANCTION"})  # acts that can be done by words
HIMSELF = frozenset({"it", "he", "she", "they", "we", "i"})
SETTLED = frozenset({"AGREE"})  # what is agreed for a day is dated by that day where the agreeing has none


@dataclass(frozen=True)
class Moment:
    """A word whose date is the cue's too. ``far`` orders the moments of a cue, 0 its own clause."""

    word: Token
    bond: Bond
    far: int


def moments(candidate: Candidate) -> list[Moment]:
    """The cue's own clause, those that share its time, and what it settles, nearest first."""
    predicate = candidate.predicate
    words = {candidate.token.i: candidate.token, predicate.i: predicate}
    happening = _happening(candidate)
    if happening is not None:
        words[happening.i] = predicate = happening
    found = [Moment(word, "own", 0) for word in words.values()]
    found += [Moment(word, bond, far) for far, (word, bond) in enumerate(_together(predicate), start=1)]
    phase = candidate.token.lemma_ in load_lexicon().phase_verbs
    if phase or candidate.sense.event in SETTLED:
        bond: Bond = "phase" if phase else "content"
        settled = [candidate.token, *(grammar.direct_objects(candidate.token) if bond == "content" else ())]
        found += [Moment(c, bond, 9) for word in settled for c in grammar.complements(word)]
    found += [Moment(c, "manner", 7) for c in children(predicate, "advcl") if _same_occasion(c)]
    found += [Moment(verb, "told", 6) for verb in _saying(candidate)]
    found += [Moment(verb, "manner", 5) for verb in _same_blow(candidate)]
    outer = _relative(predicate)
    return [*found, Moment(outer, "outer", 8)] if outer is not None else found


def _relative(verb: Token) -> Token | None:
    """The verb of the clause whose noun a relative clause says more of: a parse may hang the clause's date on it."""
    if not verb.dep_.endswith("relcl") or verb.head.i == verb.i:
        return None
    return next((t for t in grammar.ancestors(verb.head) if t.pos_ == "VERB"), None)


def _same_occasion(clause: Token) -> bool:
    """ "Speaking in Oslo on Monday, she promised ...", "hurt by flying glass on Monday": of one occasion"""
    marks = {m.lower_ for m in children(clause, "mark")}
    if clause.tag_ == "VBD" and any(w.lower_ == "when" and w.i < clause.i for w in children(clause, "mark", "advmod")):
        return clause.head.tag_ == "VBD" and clause.head.i < clause.i  # "promised it when he came on Monday"
    return clause.tag_ == "VBG" and marks <= MANNER and not children(clause, "nsubj", "aux")


def _saying(candidate: Candidate) -> list[Token]:
    """ "said on Monday that X violated ...", "said on Monday it was severing ...": the act is done by saying so"""
    verb = candidate.predicate
    teller = grammar.teller(verb)
    subject = next(iter(children(verb, "nsubj")), None)
    himself = subject is not None and subject.lower_ in HIMSELF and candidate.sense.event in SAID
    now = verb.tag_ in ("VBP", "VBZ", "VBG") and not grammar.is_ahead(verb)
    accuses = "speaker" in candidate.sense.actor
    return [teller] if teller is not None and (accuses or (himself and now)) else []


def _same_blow(candidate: Candidate) -> list[Token]:
    """ "bombed it on Monday and four people were killed": the clauses that are joined to what befell somebody"""
    verb = candidate.predicate
    if candidate.sense.event != "ASSAULT":
        return []
    deed = [noun for noun in children(verb, "nsubj") if deeds.is_deed(noun)]  # "Friday's blast killed three"
    below = [c for c in children(verb, "conj", "parataxis") if _befalls(c)]
    above = [verb.head] if base(verb) in ("conj", "parataxis") and _befalls(verb) and verb.head.pos_ == "VERB" else []
    return [*deed, *(each for each in (*above, *below) if same_tense(each, verb))]


def _befalls(verb: Token) -> bool:
    return verb.pos_ == "VERB" and (grammar.is_passive(verb) or verb.lemma_ in ("die", "perish"))


def _happening(candidate: Candidate) -> Token | None:
    """The verb that says of a cue noun that it took place: "clashes broke out on Friday"."""
    if candidate.token.pos_ != "NOUN" or candidate.carrier is not None:
        return None
    first = grammar.first_conjunct(candidate.token)
    verb = first.head
    happens = base(first) == "nsubj" and verb.lemma_ in load_lexicon().occurring_verbs
    return verb if happens else None


def _together(verb: Token) -> Iterator[tuple[Token, Bond]]:
    """The clauses above that take place with a verb's: the one it is joined to, told how, begins or ends."""
    at = verb
    while at.head.i != at.i:
        above, bond = at.head, _bond(at)
        if bond is None:
            return
        yield above, bond
        at = above


def _bond(at: Token) -> Bond | None:
    relation = base(at)
    if relation == "conj":
        return "joined" if same_tense(at, at.head) else None
    if at.dep_ == "acl:relcl" and _does_it_itself(at):
        return "manner"
    if (relation == "acl" and _is_the_step(at)) or any(_is_the_step(c) for c in children(at, "acl")):
        return "manner"
    marks = {m.lower_ for m in children(at, "mark")}
    if relation in ("advcl", "xcomp") and at.tag_ == "VBG" and marks <= MANNER and not children(at, "nsubj"):
        return "manner"
    if relation == "obl" and at.pos_ == "NOUN" and grammar.preposition(at) in OCCASION:
        return "manner"
    if relation in ("advcl", "xcomp") and at.head.lemma_ in USING and grammar.is_infinitive(at):
        return "manner"
    if relation == "xcomp" and (at.head.lemma_ in load_lexicon().phase_verbs or at.head.pos_ == "ADJ"):
        return "phase"
    return None


def _is_the_step(gerund: Token) -> bool:
    """ "took the step of recalling ...": what is taken is what is done"""
    of = any(m.lower_ == "of" for m in children(gerund, "mark"))
    return of and gerund.tag_ == "VBG" and gerund.head.lemma_ in load_lexicon().general_acts


def _does_it_itself(clause: Token) -> bool:
    """ "the attack on Tuesday that killed two", "clashes in which two died": the deed and what it did are one"""
    inside = (c for c in children(clause, "obl") if grammar.preposition(c) in ("in", "during"))
    who = [*children(clause, "nsubj"), *inside]
    return _is_act(clause.head) and clause.tag_ == "VBD" and any(t.lower_ in ("that", "which") for t in who)


def _is_act(noun: Token) -> bool:
    told = noun.pos_ == "NOUN" and any(sense.event for sense in load_cues().find(noun.lemma_, "NOUN"))
    return told or deeds.is_deed(noun)


def same_tense(one: Token, other: Token) -> bool:
    """Whether two joined clauses speak of one time, as far as their verbs say."""
    tenses = {t for t in (grammar.tense(one), grammar.tense(other)) if t is not None}
    return len(tenses) < 2 and grammar.is_ahead(one) == grammar.is_ahead(other)


def reaches(moment: Moment, candidate: Candidate, time: Token) -> bool:
    """Whether a date of the other clause is this one's: what is joined later shares only what stands before both."""
    predicate = candidate.predicate
    if moment.bond == "outer":
        return time.i > predicate.i and grammar.is_past(predicate)
    if moment.bond != "joined":
        return True
    if not time.i < predicate.i:
        return base(time) not in ("nmod", "compound") and not within(time, children(predicate, "conj"))
    if not children(predicate, "nsubj", "nsubj:pass"):
        return True
    subjects = children(moment.word, "nsubj", "nsubj:pass")
    return bool(subjects) and time.i < subjects[0].i
