"""The reader's own word on a sentence's main event, and how it and the cue lexicon settle what is coded.

The network marks one actor and one recipient a sentence and tells how likely each category is between them. Where a
cue has the same parties, the two sources are combined; where a cue lacks a party, the network's stands in; where no
cue of the lexicon tells of the pair, the word that governs both parties is taken for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span, Token

from dragoman.coding import deeds, grammar, harm, roles
from dragoman.coding.belonging import country_of
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import base, preposition
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.register import Draft
from dragoman.coding.roles import Roles
from dragoman.language.judged import Judged, judged
from dragoman.ontology.cues import Cue, load_cues
from dragoman.ontology.lexicon import load_lexicon

ABOUT = frozenset({"on", "about", "over", "regarding", "concerning"})  # before what is talked of
RULE = "the reader's parties"
LEAST = 0.65  # probability of a category from which the network alone makes an event
ALONE = 0.95  # the same where no word of the sentence is one of the category, but the parties are two countries
TRUST = 0.7  # how much the logarithm of the network's odds counts beside the lexicon's
SPREAD = 15  # categories among which the lexicon's doubt is spread
FLOOR = 0.002  # a category the network calls impossible is still this likely: its corpora are small
DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "AID", "SANCTION", "RETREAT"})
POS = {"VERB": "VERB", "NOUN": "NOUN", "ADJ": "ADJ"}


@dataclass(eq=False)
class Pair:
    """The network's actor and recipient of one sentence: their spans, whom they name, and the word they hang on."""

    judged: Judged
    governor: Token | None
    actors: list[Mention]
    recipients: list[Mention]


@dataclass(frozen=True, slots=True)
class Settled:
    """A category, how likely it is, and on whose word of the two."""

    category: str
    score: float
    rule: str


def pairs(scene: Scene) -> dict[int, Pair]:
    """First token of a sentence -> its pair."""
    return {start: _pair(scene, each) for start, each in judged(scene.doc).items()}


def _pair(scene: Scene, each: Judged) -> Pair:
    deed = deeds.is_deed(each.actor.root)
    actors = roles.doers(scene, each.actor.root) if deed else parties(scene, each.actor, things=False)
    recipients = parties(scene, each.recipient, things=True)
    return Pair(each, _governor(each), actors, _others(recipients, {d.id for m in actors for d in m.drafts}))


def _governor(pair: Judged) -> Token | None:
    """The lowest word that both parties depend on, if it is neither of them.

    Under a verb that only reports it is the clause that holds the recipient: "Hungary says it will not accept ...".
    """
    above = {t.i for t in grammar.ancestors(pair.actor.root)}
    below = pair.recipient.root
    for token in grammar.ancestors(pair.recipient.root):
        if token.i in above:
            if token in pair.actor or token in pair.recipient:
                return None
            reports = token.lemma_ in load_lexicon().reporting_verbs and base(below) in ("ccomp", "parataxis")
            return below if reports else token
        below = token if token.dep_ != "conj" or base(below) != "conj" else below
    return None


def chosen(pair: Pair, found: Sequence[tuple[Candidate, Roles]]) -> Candidate | None:
    """The candidate of the pair's sentence that tells of the pair: two of its actor, recipient and governor.

    Of two it is the one of the pair's likeliest category: of "phoned X to thank him", the thanks.
    """
    likeliest = pair.judged.likeliest[0]
    scored = [
        (_likeness(pair, candidate, filled), candidate.sense.event == likeliest, -at, candidate)
        for at, (candidate, filled) in enumerate(found)
    ]
    fits = [each for each in scored if each[0] > 1]
    best = max(fits, key=lambda each: (each[0] + each[1], *each[1:3]), default=None)
    return best[3] if best is not None else None


def _likeness(pair: Pair, candidate: Candidate, filled: Roles) -> int:
    everyone = [*filled.actors, *filled.recipients] if candidate.sense.symmetric else filled.recipients
    governs = pair.governor is not None and pair.governor.i in (candidate.token.i, candidate.predicate.i)
    same = _same(filled.actors, pair.actors, pair.judged.actor), _same(everyone, pair.recipients, pair.judged.recipient)
    return sum((*same, governs))


def _same(mentions: Sequence[Mention], others: Sequence[Mention], span: Span) -> bool:
    """Whether one of the mentions lies in the span, or stands for one of the others."""
    drafts = {d.id for m in others for d in m.drafts}
    return any((m.start < span.end and span.start < m.end) or any(d.id in drafts for d in m.drafts) for m in mentions)


def governing(pair: Pair, unfilled: Sequence[Candidate]) -> Candidate | None:
    """The cue without parties of its own that both of the pair depend on, where they are parties that can be coded."""
    if pair.governor is None or told_of(pair) is None:
        return None
    above = pair.governor.i
    return next((c for c in unfilled if c.sense.event and above in (c.token.i, c.predicate.i)), None)


def reverses(pair: Pair, candidate: Candidate) -> bool:
    """Whether the network's actor is whom the cue says it is done to: "faced criticism for failing the minority"."""
    subject = grammar.subject(candidate.predicate) if "subject" in candidate.sense.recipient else None
    return subject is not None and subject in pair.judged.actor


def told_of(pair: Pair, candidate: Candidate | None = None) -> Roles | None:
    """The network's parties as those of an event; None where no recipient is told or none of them can be coded."""
    recipients = [m for m in pair.recipients if candidate is None or _may_receive(candidate, m)]
    filled = Roles(list(pair.actors), recipients, {"actor": RULE, "recipient": RULE})
    coded = any(d.code or d.sector for d in filled.drafts)
    return filled if filled.recipients and coded else None


def complete(pair: Pair, candidate: Candidate, filled: Roles) -> None:
    """Fill the side that a candidate leaves empty with the network's party, and name whom a pronoun only points at."""
    filled.actors = _named(filled.actors, pair.actors)
    if candidate.sense.symmetric and len(filled.drafts) > 1:
        return
    taken = {d.id for d in filled.drafts}
    if not filled.actors and not _tells(pair, candidate):
        filled.actors, filled.rules["actor"] = _others(pair.actors, taken), RULE
    elif not filled.recipients:
        others = _others(pair.recipients, taken)
        filled.recipients, filled.rules["recipient"] = [m for m in others if _may_receive(candidate, m)], RULE


def _may_receive(candidate: Candidate, mention: Mention) -> bool:
    """Whether an act may be done to a party that the network names: nobody confers with a monument, and who condemns a
    test or a treaty accuses those whose it is. Whom an act sends is not whom it is directed at."""
    if _is_sent(candidate, mention):
        return False
    if candidate.sense.event == "ACCUSE" and all(d.kind == "thing" and not d.code for d in mention.drafts):
        return False
    if candidate.sense.event == "ACCUSE" and deeds.suffers(candidate.token.doc[mention.head], candidate.token):
        return False
    if candidate.sense.event != "CONSULT":
        return True
    return any(d.code or d.sector for d in mention.drafts) and not _is_talked_of(candidate, mention)


def _is_sent(candidate: Candidate, mention: Mention) -> bool:
    """ "ordered the army to the border", "moved a brigade east": the forces that the sense names as its thing"""
    things = grammar.direct_objects(candidate.token) if candidate.sense.event == "MOBILIZE" else []
    return any(t.i == mention.head and t.lemma_.lower() in candidate.sense.objects for t in things)


def _is_talked_of(candidate: Candidate, mention: Mention) -> bool:
    """Whether somebody only stands in what is talked of: "discussed the war in Syria", "held talks on Ukraine" """
    word, cues = candidate.token.doc[mention.head], (candidate.token.i, candidate.predicate.i)
    while word.head.i != word.i:
        over = preposition(word) in ABOUT
        topic = base(word) == "obj" and word.head.lemma_ in load_lexicon().discussing_verbs
        if over or (topic and "object" not in candidate.sense.recipient):
            return True
        if word.head.i in cues:
            return False
        word = word.head
    return False


def _tells(pair: Pair, candidate: Candidate) -> bool:
    """Whether the network's actor only tells of a deed: "the woman was killed, the police said"."""
    speaker = grammar.speaker(candidate.predicate)
    return candidate.sense.event in DEEDS and speaker is not None and speaker in pair.judged.actor


def _named(mentions: list[Mention], names: Sequence[Mention]) -> list[Mention]:
    """The mentions; a pronoun that stands for one of the names of its sentence gives way to the name."""
    by_draft = {m.drafts: m for m in names}
    return [by_draft.get(m.drafts, m) if m.rule == "pronoun" else m for m in mentions]


def _others(mentions: list[Mention], taken: set[str]) -> list[Mention]:
    """Those that are no party yet; a thing without a name is none ("21 of 30 drones")."""
    return [m for m in mentions if not any(d.id in taken or _nameless(d) for d in m.drafts)]


def _nameless(draft: Draft) -> bool:
    return draft.kind == "thing" and not any(word[:1].isupper() for word in draft.name.split())


def parties(scene: Scene, span: Span, *, things: bool) -> list[Mention]:
    """Whom a span of the network names: its head's mention and what is joined to it, else whose thing it names.

    With ``things``, a span that names nobody is the words that the act is directed at.
    """
    heads = [word for word in grammar.conjuncts(grammar.counted(span.root)) if span.start <= word.i < span.end]
    found = [roles.acting(scene, scene.at[word.i]) for word in heads if word.i in scene.at]
    if not found:
        owned = list(roles.owners(scene, span.root))
        found = [m for m in owned if not roles.only_employs(m, span.root)] or ([] if owned else _inside(scene, span))
    if not (found or things) and load_lexicon().reporting_nouns.get(span.root.lemma_) == "document":
        return []  # a statement urges nobody; who made it does
    return found or [_described(scene, span, "thing" if things else "group")]


def _inside(scene: Scene, span: Span) -> list[Mention]:
    """The first party named anywhere in a span; a place in it is where the thing is, and no party."""
    named = (scene.at[i] for i in range(span.start, span.end) if i in scene.at)
    return next(([m] for m in named if m.drafts[0].kind != "place"), [])


def _described(scene: Scene, span: Span, kind: str) -> Mention:
    words = span[1:] if len(span) > 1 and span[0].lower_ in ("the", "a", "an") else span
    code = country_of(scene, span.root, span.root.i) if kind == "group" else None
    draft = scene.register.named(kind, words.text, code=code)  # type: ignore[arg-type]
    return Mention((draft,), span.root.i, words.start, words.end, "reader")


def settle(category: str, weight: float, rule: str, pair: Pair | None) -> Settled:
    """The category of a cue whose lexicon sense says ``category`` with ``weight``, beside what the network says."""
    if pair is None:
        return Settled(category, weight, rule)
    told = pair.judged.probabilities
    shares = {name: _odds(weight if name == category else (1 - weight) / SPREAD, value) for name, value in told.items()}
    best = max(sorted(shares), key=shares.__getitem__)
    if best == category:
        return Settled(category, shares[best] / sum(shares.values()), rule)
    return Settled(best, shares[best] / sum(shares.values()), "the reader's category of the pair")


def _odds(own: float, network: float) -> float:
    return own * float(max(network, FLOOR) ** TRUST)


def alone(pair: Pair) -> tuple[Candidate, Roles] | None:
    """An event that only the network tells of, by the word that governs its parties; None where it is too unsure."""
    category, probability = pair.judged.likeliest
    word = pair.governor
    if word is None or probability < LEAST or word.pos_ not in POS or _only_reports(word):
        return None
    if category == "ASSAULT" and harm.by_nature(word):
        return None
    filled = told_of(pair)
    if filled is None:
        return None
    plain = len({d.code for d in filled.drafts if d.code}) > 1 and probability >= ALONE
    if not plain and not speaks_of(word, category):
        return None
    sense = Cue(lemma=word.lemma_, pos=POS[word.pos_], event=category, weight=probability, entry=RULE)
    return Candidate(word, sense), filled


def _only_reports(word: Token) -> bool:
    return word.lemma_ in load_lexicon().reporting_verbs


def speaks_of(word: Token, category: str) -> bool:
    """Whether a word, what it is done to or its modifiers are words of the category in some sense of the lexicon."""
    objects = [c for thing in grammar.direct_objects(word) for c in grammar.conjuncts(thing)]
    near = (word, *objects, *grammar.complements(word), *(t for _, t in grammar.obliques(word)))
    return any(category in _categories(token.lemma_.lower()) for token in near)


@cache
def _categories(lemma: str) -> frozenset[str]:
    """Every category that some sense of the lemma means."""
    known = load_cues()
    return frozenset(sense.event for pos in POS for sense in known.find(lemma, pos) if sense.event)
