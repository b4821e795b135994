"""Signs of whether an event is right: of its cue, its parties, its clause, its voice, and of the report as a whole.

Each sign has a name and a value from 0 to 1; nought is left out. ``judge.py`` weighs them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.coding import grammar
from dragoman.coding.cues import Candidate
from dragoman.coding.heads import Pair
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.reference import GENDER
from dragoman.coding.roles import Roles
from dragoman.model import Report

Sign = tuple[str, float]

# What counts as much: a value is told in parts of it.
MENTIONS, WORDS, DISTANCE, LINKS, DEPTH, LENGTH, VERBS, CODES, CONDITIONS = 3, 2000, 30, 8, 8, 60, 8, 10, 8
BEGINNING = 80  # words of a report that tell the news
UNTOLD = 0.5  # where the network says nothing of a word
BACK = 40  # words before a pronoun in which whom it stands for is named
SUPPOSING = frozenset({"if", "when", "whether", "while", "because", "as"})


def signs(scene: Scene, candidate: Candidate, filled: Roles, pair: Pair | None, report: Report) -> dict[str, float]:
    """Name -> value of every sign that is not nought."""
    found: list[Sign] = [*_of_cue(candidate, report), *_of_network(scene, candidate, pair, report.category)]
    found += [*_of_report(scene), *_of_clause(scene, candidate), *_of_voice(report), *_of_object(candidate, filled)]
    for role, mentions in (("actor", filled.actors), ("recipient", filled.recipients)):
        found.append((f"{role} found: {filled.rules.get(role) if mentions else 'none'}", 1.0))
        found.append((f"{role}: how many", _part(len(mentions), MENTIONS)))
        for mention in mentions[:2]:
            found += [(f"{role}: {name}", value) for name, value in _of_party(scene, candidate, mention)]
    found += _of_both(filled)
    return {name: round(float(value), 2) for name, value in found if value}


def _part(count: float, of: int) -> float:
    return min(count, of) / of


def _of_cue(candidate: Candidate, report: Report) -> Iterator[Sign]:
    sense = candidate.sense
    yield f"category {report.category}", 1.0
    yield f"listed: {sense.entry.split('.yaml')[0]}", 1.0
    yield f"cue a {sense.pos}", 1.0
    yield "weight", sense.weight
    yield "certainty", sense.certainty
    yield "conditions", _part(sense.conditions, CONDITIONS)
    yield "carried", candidate.carrier is not None
    yield "names its object", bool(sense.objects)
    yield "between equals", sense.symmetric
    yield "needs two", sense.parties > 1
    yield "category not the cue's", report.category != sense.event


def _of_network(scene: Scene, candidate: Candidate, pair: Pair | None, category: str) -> Iterator[Sign]:
    if pair is not None:
        told = pair.judged.probabilities
        others = max((share for name, share in told.items() if name != category), default=0.0)
        yield "a pair", 1.0
        yield "pair: category", told.get(category, 0.0)
        yield "pair: another", others
    shares = scene.evoked.get(candidate.token.i, {})
    yield "evoked", shares.get(category, 0.0)
    yield "evoked another", max((share for name, share in shares.items() if name != category), default=0.0)
    yield "evokes nothing", 1 - sum(shares.values()) if candidate.token.pos_ in ("NOUN", "VERB") else UNTOLD


def _of_report(scene: Scene) -> Iterator[Sign]:
    kinds = [m.drafts[0].kind for m in scene.order]
    yield "at home", scene.at_home
    yield "of persons", scene.of_persons
    yield "between states", scene.between_states
    yield "states", kinds.count("state") / max(1, len(kinds))
    yield "persons", kinds.count("person") / max(1, len(kinds))
    yield "largest share", scene.largest_share
    yield "countries", _part(len(scene.codes), CODES)
    yield "length", _part(len(scene.doc), WORDS)


def _of_clause(scene: Scene, candidate: Candidate) -> Iterator[Sign]:
    verb, sentence = candidate.predicate, candidate.token.sent
    yield f"relation {verb.dep_}", 1.0
    yield f"form {verb.tag_}", 1.0
    yield f"tense {grammar.tense(verb)}", 1.0
    yield "depth", _part(sum(1 for _ in grammar.ancestors(verb)) - 1, DEPTH)
    yield "sentence length", _part(len(sentence), LENGTH)
    yield "verbs", _part(sum(t.pos_ == "VERB" for t in sentence), VERBS)
    yield "place in the report", candidate.token.i / len(scene.doc)
    yield "at the beginning", candidate.token.i < BEGINNING
    yield "quoted", candidate.token.i in scene.quoted
    yield "modal", any(m.tag_ == "MD" for m in grammar.modals(verb))
    yield "passive", verb.pos_ == "VERB" and grammar.is_passive(verb)
    yield "has a subject", bool(grammar.children(verb, "nsubj", "nsubj:pass"))
    yield "supposed", any(m.lower_ in SUPPOSING for m in grammar.children(verb, "mark"))
    yield "a question", scene.doc[sentence.end - 1].text == "?"


def _of_voice(report: Report) -> Iterator[Sign]:
    for mode in report.auxiliary:
        yield f"it is {mode}", 1.0
    yield "dated", report.when is not None
    yield "a quantity", bool(report.quantities)
    for told in report.attribution[:1]:
        yield f"told {told.kind}", 1.0
        yield "told by nobody named", not told.source
        yield "told by the actor", bool({p.name for p in told.source} & {p.name for p in report.actors})
        yield "told through another", told.parent is not None


def _of_object(candidate: Candidate, filled: Roles) -> Iterator[Sign]:
    """Whether the verb has an object or clause of which nobody is a party: "rejected the idea" """
    verb = candidate.token
    if verb.pos_ != "VERB" or filled.recipients or candidate.sense.symmetric:
        return
    yield "object without a party", bool(grammar.direct_objects(verb))
    yield "clause without a party", bool(grammar.children(verb, "ccomp", "xcomp"))


def _of_party(scene: Scene, candidate: Candidate, mention: Mention) -> Iterator[Sign]:
    draft, head, cue = mention.drafts[0], scene.doc[mention.head], candidate.token
    yield f"a {draft.kind}", 1.0
    yield f"sector {draft.sector}", 1.0
    yield f"by {mention.rule}", 1.0
    if mention.why:
        yield f"country by {mention.why}", 1.0
    yield "country not told", draft.inferred
    yield "no name", draft.unnamed
    yield "of several", len(mention.drafts) > 1
    yield "no code", draft.code is None
    yield "the report's country", draft.code is not None and draft.code in dict(scene.codes.most_common(1))
    yield "distance", _part(abs(mention.head - cue.i), DISTANCE)
    yield "before", mention.head < cue.i
    yield "a pronoun", head.pos_ == "PRON"
    yield "a common word", head.text[:1].islower()
    if head.sent.start == cue.sent.start:
        yield "links", _part(_links(head, candidate.predicate), LINKS)
    else:
        yield "in another sentence", 1.0
    yield from _of_person(scene, mention, head)


def _of_person(scene: Scene, mention: Mention, head: Token) -> Iterator[Sign]:
    """How many others a pronoun or a family name might stand for."""
    people = {d.id: d for m in scene.order for d in m.drafts if d.kind == "person"}
    if head.pos_ == "PRON":
        near = {d.id for m in scene.order if head.i - BACK <= m.start < head.i for d in m.drafts if d.kind == "person"}
        fits = [p for p in near if people[p].pronoun in (GENDER.get(head.lower_), None)]
        yield "others near", _part(max(0, len(fits) - 1), MENTIONS)
    elif mention.drafts[0].kind == "person" and mention.end - mention.start == 1:
        same = [d for d in people.values() if d.surname == mention.drafts[0].surname]
        yield "namesakes", _part(len(same) - 1, MENTIONS)


def _links(head: Token, verb: Token) -> int:
    """Links of the tree between two words of a sentence."""
    above, over = [t.i for t in grammar.ancestors(head)], [t.i for t in grammar.ancestors(verb)]
    shared = next(i for i in above if i in over)
    return above.index(shared) + over.index(shared)


def _of_both(filled: Roles) -> Iterator[Sign]:
    codes = [m.drafts[0].code for m in (*filled.actors, *filled.recipients)]
    told = [code for code in codes if code]
    yield "one country", len(told) > 1 and len(set(told)) == 1
    yield "two countries", len(set(told)) > 1
    yield "one party", len(codes) == 1
