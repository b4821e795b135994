"""Which words of a Doc evoke an event: the senses of the cue lexicon whose conditions hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.coding import demanded, grammar, harm, likeness
from dragoman.coding.grammar import base, children
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.particles import particles
from dragoman.ontology.cues import Cue, load_cues
from dragoman.ontology.lexicon import load_lexicon

POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "ADJ": "ADJ"}
CARRIED = frozenset({"obj", "nsubj:pass", "obl", "xcomp"})
VERBAL = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "CONSULT", "CONCEDE", "ACCUSE"})
HARMFUL = frozenset({"SANCTION", "COERCE", "ASSAULT", "ACCUSE", "THREATEN"})
VOICED = frozenset({"PROTEST", "ACCUSE"})  # what a deed can be meant to say
OFFICIAL = frozenset({"GOV", "LEG", "COP"})  # whose people act as a body: "EU ministers", "Tongan police"
HELP = frozenset({"AID", "SUPPORT", "COOPERATE"})
DEEDS = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE"})
NOUN_DEPTH = 2
PARTICIPANTS = frozenset({"of", "by", "on", "against", "at"})  # prepositions of who does what a noun names, and to whom
POINTING = frozenset({"it", "them", "these", "those"})
THINGS = frozenset({"it", "them", "this", "that", "these", "those"})
TIMING = frozenset({"since", "after", "before", "until", "when", "while", "as"})
NOT_OBJECTS = frozenset({"after", "before", "since", "during", "following", "amid", "despite", "until"})


@dataclass(eq=False)
class Candidate:
    """A word that may report an event. ``carrier`` is the light verb of a noun ("held" of "held talks").

    ``instead`` is the carrier as a cue of its own, for where the noun turns out to have no parties. ``voice`` is who
    says a quotation whose sentence does not tell it.
    """

    token: Token
    sense: Cue
    carrier: Token | None = None
    instead: Candidate | None = None
    voice: Token | None = None

    @property
    def words(self) -> list[Token]:
        """The cue as it stands: the word, the verb that carries it, the object that makes it this sense."""
        things = grammar.direct_objects(self.token) if self.sense.objects else []
        named = [t for t in things if {t.lemma_.lower(), t.lower_} & self.sense.objects]
        carrier = [self.carrier] if self.carrier is not None else []
        parts = grammar.hyphenated(self.token) if "-" in self.sense.lemma else []
        return sorted({self.token, *parts, *carrier, *named}, key=lambda t: t.i)

    @property
    def predicate(self) -> Token:
        """The verb whose clause says whether, when and by whom: the carrier, else the word itself."""
        return self.carrier if self.carrier is not None else self.token

    @property
    def speaker(self) -> Token | None:
        """Who says the clause: by the verb that tells it, else by whom the quotation is that it stands in."""
        return grammar.speaker(self.predicate) or self.voice


def candidates(scene: Scene, tokens: Iterable[Token]) -> list[Candidate]:
    """Every candidate among the tokens, in text order; a light verb and its noun are one."""
    found = [c for token in tokens if token.i not in scene.taken for c in _candidate(scene, token)]
    holders = {c.token.i: c for c in found if not likeness.resembles(c.sense)}
    free = [c for c in found if not _swallowed(c, holders)]
    for noun in free:  # a verb of the lexicon is a cue whatever its object resembles: "undertook to keep two boats"
        if noun.carrier is not None and noun.carrier.i in holders and not likeness.resembles(noun.sense):
            noun.instead = holders[noun.carrier.i]
    carried = {c.instead.token.i for c in free if c.instead is not None}
    return [c for c in free if c.token.i not in carried or _owns_object(c)]


def _candidate(scene: Scene, token: Token) -> Iterator[Candidate]:
    asked = demanded.sense(scene, token)
    for sense in (*([asked] if asked is not None else []), *_senses(token)):
        carrier = _carrier(token, sense) if sense.pos == "NOUN" else None
        candidate = Candidate(token, sense, carrier, voice=scene.voices.get(token.i))
        if holds(scene, candidate) and (sense.event is None or _stands(candidate)):
            yield candidate
            return
    alike = likeness.sense(scene, token)
    if alike is not None:
        candidate = Candidate(token, alike, _carrier(token, alike) if alike.pos == "NOUN" else None)
        if holds(scene, candidate) and _stands(candidate):
            yield candidate


def _senses(token: Token) -> tuple[Cue, ...]:
    """The senses of a word; a hyphenated one ("sit-in", "test-fired") is looked for whole, whatever its parts are."""
    pos, lexicon = POS.get(token.pos_), load_cues()
    if grammar.hyphenated(token):
        whole = grammar.word_lemma(token)
        return lexicon.find(whole, "NOUN") or lexicon.find(whole, "VERB") or _plain(token, pos)
    return _plain(token, pos)


def _plain(token: Token, pos: str | None) -> tuple[Cue, ...]:
    return load_cues().find(token.lemma_, pos) if pos else ()


def _stands(candidate: Candidate) -> bool:
    """Whether a noun reports by itself or through a verb that carries it, and nothing ends what it names."""
    if candidate.sense.pos != "NOUN":
        return True
    head = grammar.first_conjunct(candidate.token).head
    if head.lemma_ in load_lexicon().ending_verbs and base(candidate.token) in ("obj", "nsubj", "nsubj:pass"):
        return False
    if "standing" in candidate.sense.auxiliary and candidate.carrier is None and not _asserted(candidate.token):
        return False
    return candidate.carrier is not None or candidate.sense.eventive


def _asserted(noun: Token) -> bool:
    """A lasting state is news only where a clause says that it is: "they are allies", "there is cooperation"."""
    first = grammar.first_conjunct(noun)
    predicate = bool(children(first, "cop")) or base(first) in ("xcomp", "appos")
    return predicate or bool(children(first.head, "expl"))


def _carrier(noun: Token, sense: Cue) -> Token | None:
    """The light verb of a noun: "hold talks", "talks were held", "the talks they held", "paid a visit"."""
    verbs = sense.verbs or load_lexicon().light_verbs
    first = grammar.first_conjunct(noun)
    if first.dep_ in CARRIED or base(first) == "obl" or grammar.hyphenated(noun):
        above: list[Token] = [first.head, first.head.head] if base(first.head) == "xcomp" else [first.head]
        for verb in above:
            if verb.pos_ == "VERB" and verb.lemma_ in verbs and sense.light:
                return verb
    for verb in children(noun, "acl"):
        if verb.lemma_ in verbs and sense.light:
            return verb
    return None


def _owns_object(candidate: Candidate) -> bool:
    return bool(candidate.sense.objects or candidate.sense.prep_objects)


def _swallowed(candidate: Candidate, holders: dict[int, Candidate]) -> bool:
    """A noun whose verb is a cue that names it as its object ("sign an agreement") is part of that cue."""
    if candidate.sense.pos != "NOUN":
        return False
    first = grammar.first_conjunct(candidate.token)
    holder = holders.get(first.head.i)
    if holder is None or holder.token.pos_ not in ("VERB", "AUX"):
        return False
    sense, lemma = holder.sense, candidate.token.lemma_.lower()
    if first.dep_ == "nsubj" and sense.symmetric and lemma in sense.subject:
        return True  # "clashes broke out" is one cue
    return lemma in sense.objects or any(lemma in words for _, words in sense.prep_objects)


def is_content(candidate: Candidate, found: list[Candidate]) -> bool:
    """Whether the word stands in what another cue is about: what is promised, demanded, discussed."""
    places = {c.token.i: c for c in found if c is not candidate}
    below = candidate.predicate
    for above in grammar.ancestors(below):
        if above is not below and (_tells_apart(below, candidate) or _asserts_beside(below, above)):
            return False  # a relative clause asserts for itself, and so does a finite verb beside an infinitive
        holder = places.get(above.i)
        if (
            holder is not None
            and above is not below
            and (_covers(holder, below) or _purpose(holder, below, candidate) or _result(holder, below, candidate))
        ):
            return True
        if above is not candidate.predicate:
            below = above
    return False


def _tells_apart(below: Token, candidate: Candidate) -> bool:
    """Whether a clause on a noun says what happened to it: "thanks for rice donated by X", "a ship that X seized" """
    if below.tag_ in ("VBD", "VBZ", "VBP") and any(m.lower_ in TIMING for m in children(below, "mark")):
        return bool(children(below, "nsubj", "nsubj:pass"))  # "visited Y for the first time since Z dropped its veto"
    done_by = below is candidate.token and base(below) == "acl" and below.tag_ == "VBN" and _has_agent(below)
    return below.dep_ == "acl:relcl" or done_by


def _has_agent(verb: Token) -> bool:
    return grammar.is_passive(verb) and grammar.subject(verb) is not None


def _asserts_beside(below: Token, above: Token) -> bool:
    """ "accused X of hacking and expelled Y": a verb with a tense is no content, though the parse joins it to one"""
    return base(below) == "conj" and below.tag_ in ("VBD", "VBZ", "VBP") and above.tag_ in ("VB", "VBG")


def only_denies(candidate: Candidate, told: Iterable[Candidate]) -> bool:
    """Whether a verb says of an event that is coded itself that it was not so ("denied that it had fired")."""
    verb = candidate.token
    if verb.lemma_ not in load_lexicon().denying_verbs:
        return False
    clauses = {clause.i for clause in children(verb, "ccomp")}
    return any(c.predicate.i in clauses for c in told)


def _purpose(holder: Candidate, below: Token, candidate: Candidate) -> bool:
    """Whether a deed is done to protest, or help given to help ("sent tents to assist X"): one act, not two."""
    infinitive = base(below) in ("advcl", "xcomp") and below.tag_ == "VB" and not children(below, "nsubj")
    if not infinitive or below is not candidate.predicate:
        return False
    helps = holder.sense.event in HELP and candidate.sense.event in HELP
    return helps or (candidate.sense.event in VOICED and bool(holder.sense.event))


def _result(holder: Candidate, below: Token, candidate: Candidate) -> bool:
    """Whether a clause without a subject says how the same act is done or ends: "struck a post, wounding two"."""
    later = any(child.lower_ in NOT_OBJECTS for child in children(below, "mark", "case"))  # "before overrunning a post"
    open_ = base(below) in ("advcl", "xcomp", "parataxis") and not later and not children(below, "nsubj", "nsubj:pass")
    same = open_ and below is candidate.predicate and candidate.sense.event == holder.sense.event
    return same and (candidate.sense.event in DEEDS or _says_so(candidate))


def _says_so(candidate: Candidate) -> bool:
    """ "condemned the raids, calling them a crime": how a thing is judged that was named before"""
    return candidate.sense.event == "ACCUSE" and any(
        t.lower_ in THINGS for t in grammar.direct_objects(candidate.token)
    )


def _covers(holder: Candidate, below: Token) -> bool:
    """Whether the dependent of a cue is its content; ``below`` is its direct dependent on the way down."""
    relation = base(below)
    if _denies(holder, below):
        return False
    if holder.sense.event is None:  # "simulated an attack": nothing in it happens
        return holder.sense.embeds and relation in ("obj", "nsubj", "obl", "nmod", "xcomp", "ccomp", "advcl", "acl")
    if holder.sense.embeds and (relation in ("xcomp", "ccomp") or below in grammar.complements(holder.token)):
        return True
    if below in grammar.direct_objects(holder.token):
        relation = "obj"
    if relation in ("obj", "nmod", "obl") and holder.sense.event in VERBAL:
        told_when = relation == "obl" and not grammar.preposition(below)  # "announced it days after ..."
        return grammar.preposition(below) not in NOT_OBJECTS and not told_when and not _where_from(below)
    if relation == "acl" and below.dep_ != "acl:relcl" and holder.sense.event in VERBAL:
        return holder.token.pos_ == "NOUN"
    return relation in ("compound", "amod", "conj") and below.pos_ == "NOUN" and holder.token.pos_ == "NOUN"


def _where_from(phrase: Token) -> bool:
    """ "X, on a visit to Y, praised Z": a journey somebody is on is no content of what he says there"""
    away = load_cues().classes["visits"] - {"mission"}
    return base(phrase) == "obl" and grammar.preposition(phrase) == "on" and phrase.lemma_.lower() in away


def _denies(holder: Candidate, below: Token) -> bool:
    """A denial is an act, and what it denies an event that did not happen: "denied that it had bombed ..."."""
    lexicon = load_lexicon()
    if holder.token.lemma_ not in lexicon.denying_verbs:
        return False
    claim = below.lemma_.lower() in lexicon.denied_reports and base(below) == "obj" and bool(children(below, "acl"))
    return claim or (holder.token.lemma_ == "deny" and base(below) in ("ccomp", "xcomp"))


def holds(scene: Scene, candidate: Candidate) -> bool:
    """Whether every condition of the sense is met."""
    sense, token = candidate.sense, candidate.token
    return (
        _objects_hold(scene, sense, token)
        and _subjects_hold(scene, sense, candidate)
        and _preps_hold(scene, sense, candidate)
        and _complements_hold(sense, token)
        and _threat_holds(scene, sense, token)
        and _form_holds(sense, candidate)
        and not (sense.event == "ASSAULT" and harm.by_nature(token))
        and not (sense.event == "REJECT" and _leaves_open(token))
    )


def _leaves_open(verb: Token) -> bool:
    """ "would neither confirm nor deny", "did not confirm or deny": who says neither refuses nothing"""
    first = grammar.first_conjunct(verb)
    denies = verb.lemma_ in load_lexicon().denying_verbs and first.lemma_ in ("confirm", "acknowledge", "admit")
    joined = any(c.lower_ in ("nor", "or") for c in children(verb, "cc"))
    return denies and joined and first.i != verb.i


def _lemmas(tokens: Iterable[Token]) -> set[str]:
    joined = [c for t in tokens for each in (t, grammar.counted(t)) for c in grammar.conjuncts(each)]
    found = {word for c in joined for word in (c.lemma_.lower(), c.lower_, grammar.word_lemma(c).lower())}
    return found | {f"{word[:-3]}man" for word in found if word.endswith("men")}  # a lemma like "fisherme" helps nobody


def _kinds(scene: Scene, sense: Cue, tokens: Iterable[Token]) -> set[str]:
    found = [scene.at.get(each.i) or _side(scene, each) for t in tokens for each in (t, grammar.counted(t))]
    drafts = [d for mention in found if mention is not None for d in mention.drafts]
    acts = sense.event is not None  # not "police beat traders" as one team beats another
    bodies = (d for d in drafts if acts and d.kind == "group" and d.code and d.sector in OFFICIAL)
    return {d.kind for d in drafts} | {"organisation" for _ in bodies}


def _side(scene: Scene, noun: Token) -> Mention | None:
    """ "the Chinese side": the state whose side it is"""
    if noun.lemma_.lower() not in load_lexicon().paired_nouns:
        return None
    return next((scene.modifiers[c.i] for c in children(noun, "amod", "compound") if c.i in scene.modifiers), None)


def _objects_hold(scene: Scene, sense: Cue, token: Token) -> bool:
    if not (sense.objects or sense.not_objects or sense.object_kind):
        return True
    verbal = token.pos_ in ("VERB", "AUX")
    objects = [*grammar.direct_objects(token), *grammar.retained(token), *_meant(token)] if verbal else []
    objects += [title for o in objects if o.ent_type_ == "PER" for title in children(o, "nmod:desc", "compound")]
    if sense.infinitive:
        objects = [*objects, *(o for verb in grammar.complements(token) for o in grammar.before_infinitive(verb))]
    objects = [*objects, *(noun for each in objects for noun in _pointed_at(scene, each))]
    if sense.objects and not sense.objects & _lemmas(objects):
        return False
    if sense.not_objects & _lemmas(objects):
        return False
    return not sense.object_kind or bool(sense.object_kind & _kinds(scene, sense, objects))


def _meant(verb: Token) -> list[Token]:
    """What the "it" or "them" done to is, by the verb joined before: "closed the crossing and opened it again"."""
    first = grammar.first_conjunct(verb)
    if first is verb or not any(t.lower_ in POINTING for t in grammar.direct_objects(verb)):
        return []
    return [t for t in grammar.direct_objects(first) if t.pos_ != "PRON"]


def _subjects_hold(scene: Scene, sense: Cue, candidate: Candidate) -> bool:
    if not (sense.subject or sense.not_subject or sense.subject_kind or sense.joint is not None):
        return True
    found = grammar.subject(candidate.predicate)
    subjects = [found, *_pointed_at(scene, found)] if found is not None else []
    if sense.subject and not sense.subject & _lemmas(subjects):
        return False
    if sense.not_subject & _lemmas(subjects):
        return False
    if sense.joint is not None and _is_joint(scene, subjects) != sense.joint:
        return False
    return not sense.subject_kind or bool(sense.subject_kind & _kinds(scene, sense, subjects))


def _pointed_at(scene: Scene, pronoun: Token) -> list[Token]:
    """ "Farmers gathered. They blocked the road": the noun that a "they" stands for"""
    mention = scene.at.get(pronoun.i) if pronoun.pos_ == "PRON" else None
    if mention is None:
        return []
    before = (m for m in reversed(scene.order) if m.head < pronoun.i and m.drafts == mention.drafts)
    return next(([word] for m in before if (word := scene.doc[m.head]).pos_ == "NOUN"), [])


def _is_joint(scene: Scene, subjects: list[Token]) -> bool:
    """Whether a subject is of several countries: "A and B", "the two armies", "A and B's armies"."""
    words = [c for t in subjects for c in grammar.conjuncts(t)]
    words += [
        c for t in subjects for owner in children(t, "amod", "nmod", "compound") for c in grammar.conjuncts(owner)
    ]
    found = [m for word in words for m in (scene.at.get(word.i), scene.modifiers.get(word.i)) if m is not None]
    return len({d.code for m in found for d in m.drafts if d.code}) > 1


def obliques(candidate: Candidate) -> list[tuple[str, Token]]:
    """The prepositional phrases of the word, of the verb that carries it, and of the thing a verb is done to."""
    found = [(p, t) for p, t in grammar.obliques(candidate.token) if not (p == "for" and t.lemma_ == "part")]
    if candidate.token.pos_ in ("VERB", "AUX"):
        for noun in [*grammar.direct_objects(candidate.token), *_named_subject(candidate)]:
            found += _of_noun(noun, NOUN_DEPTH)
    else:
        found += _of_named(found)
    if candidate.carrier is not None:
        found += [(p, t) for p, t in grammar.obliques(candidate.carrier) if t.i != candidate.token.i]
    for prep, words in candidate.sense.prep_objects:
        found += [pair for p, t in found if p == prep and words & _lemmas([t]) for pair in _of_noun(t, 1)]
    return found


def _named_subject(candidate: Candidate) -> list[Token]:
    """ "talks between A and B opened": the subject a sense names is what happens, its modifiers are the event's"""
    subject = grammar.subject(candidate.token) if candidate.sense.subject else None
    return [subject] if subject is not None and candidate.sense.subject & _lemmas([subject]) else []


def _of_named(found: list[tuple[str, Token]]) -> list[tuple[str, Token]]:
    """ "the killing of farmers by soldiers", "a raid by rebels on a post": the second phrase is the first noun's too"""
    return [pair for p, t in found if p in PARTICIPANTS for pair in grammar.obliques(t) if pair[0] in PARTICIPANTS]


def _of_noun(noun: Token, depth: int) -> list[tuple[str, Token]]:
    """The modifiers of a noun, and those of its modifiers, where a parse may have hung what is the verb's."""
    if noun.pos_ not in ("NOUN", "PROPN", "DET") or noun.ent_type_ == "PER":
        return []
    found = list(grammar.obliques(noun))
    return found + [pair for _, t in found if depth > 1 for pair in _of_noun(t, depth - 1)]


def _preps_hold(scene: Scene, sense: Cue, candidate: Candidate) -> bool:
    if not (sense.prep or sense.not_prep or sense.prep_objects):
        return True
    found = [(p, t) for p, t in obliques(candidate) if t.i not in scene.dated]
    preps = {p for p, _ in found}
    if sense.prep and not sense.prep & preps:
        return False
    if sense.not_prep & preps:
        return False
    if not sense.prep_objects:
        return True
    return any(
        p == prep and words & _lemmas(_with_adjectives([t]) if p in ("as", "of") else [t])
        for prep, words in sense.prep_objects
        for p, t in found
    )


def _complements_hold(sense: Cue, token: Token) -> bool:
    if sense.complement is None and not sense.complements and sense.infinitive is None:
        return (sense.demand is None and sense.mandative is None) or _mood_holds(sense, grammar.complements(token))
    found = grammar.complements(token)
    if sense.complement is not None and bool(found) != sense.complement:
        return False
    if sense.infinitive is not None and any(map(grammar.is_infinitive, found)) != sense.infinitive:
        return False
    if not _mood_holds(sense, found):
        return False
    return not sense.complements or bool(sense.complements & _lemmas(_with_adjectives(found)))


def _mood_holds(sense: Cue, clauses: list[Token]) -> bool:
    if sense.demand is not None and any(map(demanded.is_demanded, clauses)) != sense.demand:
        return False
    return sense.mandative is None or any(map(grammar.is_mandative, clauses)) == sense.mandative


def _threat_holds(scene: Scene, sense: Cue, token: Token) -> bool:
    if sense.harmful is None:
        return True
    return any(_does_harm(scene, token, clause) for clause in grammar.complements(token)) == sense.harmful


def _does_harm(scene: Scene, verb: Token, clause: Token) -> bool:
    """Whether a clause tells harm that the subject of the verb above it will do, or that nobody else is said to do."""
    doer, own = grammar.subject(clause), grammar.subject(verb)
    if doer is not None and own is not None and doer.i != own.i:
        held = [scene.at.get(word.i) for word in (doer, own)]
        codes = [{d.code for d in mention.drafts if d.code} if mention is not None else set() for mention in held]
        if not codes[0] & codes[1]:
            return False
    found = (Candidate(clause, sense) for sense in _senses(clause) if sense.pos == "VERB")
    first = next((c.sense for c in found if holds(scene, c)), None)
    if first is None or first.mode == "investigate" or "subject" in first.recipient:
        return False  # "promised that it would pay": what is said of others is a threat, of oneself none
    return first.event in HARMFUL


def _with_adjectives(words: Iterable[Token]) -> list[Token]:
    """What something is called, with the adjectives that say it as well: "called it the most humiliating moment" """
    return [each for word in words for each in (word, *(children(word, "amod") if word.pos_ == "NOUN" else ()))]


def _form_holds(sense: Cue, candidate: Candidate) -> bool:
    token = candidate.token
    if sense.particle and not sense.particle & particles(token):
        return False
    things = grammar.direct_objects(token) if token.pos_ in ("VERB", "AUX") else [token]
    around = _lemmas(c for thing in things for c in children(thing, "compound", "amod", "nmod"))
    if sense.modifiers and not sense.modifiers & around:
        return False
    if sense.not_modifiers & around:
        return False
    if sense.passive is not None and grammar.is_passive(token) != sense.passive:
        return False
    if sense.negated is not None and grammar.is_negated(token) != sense.negated:
        return False
    if sense.negated and sense.event and any(c.lemma_ == "have" for c in children(token, "aux")):
        return False  # "has never accepted it": there was no act so far, and so no refusal on one day
    if sense.told is not None and (_told(candidate) and not grammar.is_asked(token)) != sense.told:
        return False
    if sense.ahead is not None and grammar.is_ahead(token) != sense.ahead:
        return False
    return sense.plural is None or (token.tag_ in ("NNS", "NNPS")) == sense.plural


def _told(candidate: Candidate) -> bool:
    """Whether somebody says the clause of another; who denies it says it of himself."""
    teller = grammar.teller(candidate.token)
    denied = teller is not None and teller.lemma_ in load_lexicon().denying_verbs
    return candidate.speaker is not None and not denied
