"""Questions about a clause, asked of Universal Dependencies on a spaCy Doc. States grammar, knows no word lists.

A token stands for the phrase it heads. Any pipeline that writes UD labels will do; ``ROOT`` and ``root`` are one.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.coding.arcs import ancestors as ancestors
from dragoman.coding.arcs import base as base
from dragoman.coding.arcs import children as children
from dragoman.coding.arcs import conjuncts as conjuncts
from dragoman.coding.arcs import first_conjunct as first_conjunct
from dragoman.coding.arcs import forget as forget
from dragoman.coding.arcs import hyphenated as hyphenated
from dragoman.coding.arcs import phrase as phrase
from dragoman.coding.arcs import preposition as preposition
from dragoman.coding.arcs import subtree as subtree
from dragoman.coding.arcs import within as within
from dragoman.coding.arcs import word_lemma as word_lemma
from dragoman.coding.outer import outer as outer
from dragoman.coding.relatives import RELATIVES as RELATIVES
from dragoman.coding.relatives import antecedent as antecedent
from dragoman.coding.relatives import fronted as fronted
from dragoman.coding.tenses import is_past as is_past
from dragoman.coding.tenses import is_past_perfect as is_past_perfect
from dragoman.ontology.lexicon import load_lexicon

CLAUSES = frozenset({"ROOT", "root", "ccomp", "xcomp", "advcl", "acl", "conj", "parataxis", "csubj", "dislocated"})
SPOKEN = frozenset({"ccomp", "xcomp", "conj", "parataxis"})  # links from a clause up to the verb that tells it
CONJUNCTIONS = frozenset({"after", "before", "since", "until", "as"})  # may take a phrase or a clause
WHAT_FOR = frozenset({"for", "of", "from", "with", "over", "into"})  # before the gerund of what somebody is judged for
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
RELATIONAL_NOUNS = frozenset({"front", "favour", "favor", "support"})  # "in front of X" is one preposition


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: by its auxiliary or subject, or as a participle after a noun."""
    done_by = children(verb, "obl:agent") and not children(verb, "nsubj", "obj", "aux")
    if children(verb, "nsubj:pass") and children(verb, "obj") and not children(verb, "aux:pass", "aux"):
        return False  # "X partially suspended Y": a past tense that the parse took for a participle
    if done_by or children(verb, "aux:pass", "nsubj:pass"):
        return True  # "X, long condemned by Y": whatever the parse takes the participle for
    bare = verb.tag_ == "VBN" and not children(verb, "nsubj", "aux")
    return (base(verb) == "acl" and bare) or _reported_done(verb) or _also_done(verb)


def _reported_done(verb: Token) -> bool:
    """ "were reported killed", "found him murdered": a participle that says in what state somebody is"""
    bare = _shares_passive(verb) and not children(verb, "cop") and base(verb) == "xcomp"
    return bare and verb.head.lemma_ in load_lexicon().reporting_verbs


def _also_done(verb: Token) -> bool:
    """ "was shot and killed" """
    return base(verb) == "conj" and _shares_passive(verb) and bool(children(verb.head, "aux:pass")) and _joined(verb)


def subject(word: Token) -> Token | None:
    """Who does it: subject of the active verb, by-agent of the passive, or whom the clause leaves understood."""
    if word.pos_ in ("VERB", "AUX") and is_passive(word):
        return _agent(word)
    own = _own_subject(word)
    return own if own is not None else _understood(word)


def _joined(word: Token) -> bool:
    """Whether a conjunction joins the verb, or one of its list, to the first: without one it is another clause."""
    then = any(adverb.lower_ == "then" for adverb in children(word, "advmod"))  # "first denied it, then admitted it"
    return then or any(children(verb, "cc") for verb in (word, *children(word.head, "conj")))


def _chosen(noun: Token, verb: Token) -> bool:
    """ "the first secretary to visit": an infinitive whose subject is the noun an ordinal or superlative picks"""
    return verb.tag_ == "VB" and any(
        c.lower_ in ("first", "last", "only", "latest", "second", "third", "next") for c in noun.children
    )


def _agent(verb: Token) -> Token | None:
    """The by-agent of a passive verb, or of the participle that shares its auxiliary ("was tried and jailed by X")."""
    for child in children(verb, "obl"):
        if child.dep_ == "obl:agent" or preposition(child) == "by":
            return child
    joined = filter(_shares_passive, children(verb, "conj"))
    later = next((agent for each in joined if (agent := _agent(each))), None)
    if later is None and base(verb) == "conj" and _shares_passive(verb):
        return next((c for c in children(verb.head, "obl") if c.dep_ == "obl:agent" and c.i > verb.i), None)
    return later


def _shares_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and not children(verb, "nsubj", "obj", "aux", "mark")


def _own_subject(word: Token) -> Token | None:
    outer = _is_to(word)
    found = [c for c in children(word, "nsubj", "csubj") if (c.dep_ != "nsubj:outer" or outer) and not preposition(c)]
    found = [c for c in found if c != fronted(word)]
    return antecedent(found[0]) if found else (_after_conjunction(word) or _after_mark(word))


def _after_conjunction(verb: Token) -> Token | None:
    """ "a day after an earthquake destroyed hundreds of houses": the parse took "after" for a preposition"""
    bare = verb.i > 0 and base(verb) == "conj" and verb.tag_ in ("VBD", "VBZ") and not children(verb, "aux")
    if not bare or _joined(verb):
        return None
    before = verb.nbor(-1)
    noun = next((at for at in (before, *before.ancestors) if preposition(at) in CONJUNCTIONS), None)
    if noun is None or (noun.head.i > noun.i and noun.head != verb):
        return None
    return noun if noun.right_edge.i < verb.i else None


def _after_mark(verb: Token) -> Token | None:
    """ "a ban after X killed ten": the parse hung X, between the mark of the clause and its verb, on the noun above"""
    mark = next((m for m in children(verb, "mark") if m.lower_ in CONJUNCTIONS), None)
    if mark is None or base(verb) not in ("acl", "advcl") or verb.tag_ not in ("VBD", "VBZ") or children(verb, "aux"):
        return None
    noun = mark.nbor(1)
    while mark.i < noun.head.i < verb.i and noun.head.i != noun.i:
        noun = noun.head
    hung = base(noun) == "nmod" and noun.head.i < mark.i and noun.i < verb.i
    return noun if hung and not preposition(noun) else None


def is_infinitive(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to": "to leave", "to be released"."""
    marked = any(m.lower_ == "to" for m in children(verb, "mark"))
    return marked and any(v.tag_ == "VB" for v in (verb, *children(verb, "aux:pass", "cop")))


def _is_to(verb: Token) -> bool:
    """ "are to meet": the parse takes the infinitive for a predicate and its subject for an outer one"""
    return verb.tag_ == "VB" and is_infinitive(verb) and bool(children(verb, "cop"))


def _understood(word: Token) -> Token | None:
    """The subject a clause without one inherits from the clause above."""
    above = outer(word)
    if above is not None:
        return subject(above)
    return _inherited(word, word.head) if word.head.i != word.i else None


def _inherited(word: Token, head: Token) -> Token | None:
    relation = base(word)
    asked = _asked(head) if relation in ("xcomp", "advcl") and is_infinitive(word) else None
    if asked is not None:
        return asked
    if relation == "acl":
        return _of_noun_s_clause(word, head)
    if relation == "xcomp" and head.pos_ in ("VERB", "ADJ", "AUX"):
        objects = direct_objects(head)
        if objects and (head.lemma_ in load_lexicon().object_control or word.pos_ in ("NOUN", "PROPN", "ADJ")):
            return objects[0]
        return passive_subject(head) if is_passive(head) else subject(head)
    if relation == "conj" and not _joined(word):
        return None
    if relation in ("conj", "advcl"):
        if relation == "conj" and is_passive(head) and word.tag_ != "VBN" and head.i != word.i:
            return passive_subject(head)
        if relation == "advcl" and is_passive(head):
            return passive_subject(head)
        return (_judged(word, head) or _planner(word, head) if relation == "advcl" else None) or subject(head)
    return None


def _planner(word: Token, verb: Token) -> Token | None:
    """ "foiled a plot by X to kill": an infinitive that the parse hung on the verb before what is planned"""
    plans = children(verb, "obj", "obl") if is_infinitive(word) else []
    return next(
        (c for plan in plans if plan.i < word.i for c in children(plan, "nmod") if preposition(c) == "by"), None
    )


def _asked(verb: Token) -> Token | None:
    """ "called on Peru to withdraw", "appealed to Peru to withdraw": who is to do it"""
    behind = load_lexicon().asking_through.get(verb.lemma_, frozenset())
    return next((c for c in children(verb, "obl") if preposition(c) in behind), None)


def _of_noun_s_clause(word: Token, head: Token) -> Token | None:
    """Who does what the clause beside a noun says: the noun, whose it is, or who does something with it."""
    if word.tag_ == "VBG" and load_lexicon().reporting_nouns.get(head.lemma_) == "document":
        return subject(head.head) if base(head) == "obj" else None  # "the party issued a statement apologizing"
    if word.tag_ == "VBG" and base(head) == "obj" and any(m.lower_ == "of" for m in children(word, "mark")):
        return next(iter(children(head, "nmod:poss")), None) or subject(head.head)  # "took the step of announcing"
    if word.tag_ == "VBG" or _chosen(head, word):
        return (subject(head) if children(head, "cop") else None) or head
    whose = children(head, "nmod:poss") + [c for c in children(head, "nmod") if preposition(c) == "by"]
    return next(iter(whose), None) if is_infinitive(word) else None  # "X's plan to deport", "a plot by X to kill"


def _judged(gerund: Token, verb: Token) -> Token | None:
    """ "thanked Peru for sending aid", "accused Peru of spying": what somebody is judged for is what he did"""
    does = gerund.tag_ == "VBG" and verb.lemma_ in load_lexicon().judged_for
    if not does or not any(m.lower_ in WHAT_FOR for m in children(gerund, "mark")):
        return None
    return next(iter(direct_objects(verb)), None)


def passive_subject(verb: Token) -> Token | None:
    """The grammatical subject of a passive verb, or the noun its participle follows."""
    if found := children(verb, "nsubj:pass"):
        return antecedent(found[0])
    if base(verb) == "acl":
        return verb.head
    if _reported_done(verb):
        bare = children(verb.head, "nsubj") if verb.head.tag_ == "VBN" else []  # "with two people reported killed"
        return next(iter(direct_objects(verb.head) or bare), None)
    if _said_to_be_done(verb):
        return _whom_before(verb) or passive_subject(verb.head) or _own_subject(verb.head)
    if (base(verb) == "conj" and _joined(verb)) or _led_astray(verb):  # "they intruded and were driven off"
        return passive_subject(verb.head) if is_passive(verb.head) else _own_subject(verb.head)
    return None


def _said_to_be_done(verb: Token) -> bool:
    """ "are believed to have been taken", "wants them to be expelled": the subject stands above the infinitive"""
    to = any(mark.lower_ == "to" for mark in children(verb, "mark"))
    return base(verb) == "xcomp" and to and bool(children(verb, "aux:pass"))


def _whom_before(verb: Token) -> Token | None:
    active = not children(verb.head, "aux:pass")
    return next(iter(children(verb.head, "obj", "iobj")), None) if active else None


def _led_astray(verb: Token) -> bool:
    """ "two men held since May were freed": a parse that took "held" for the verb of the sentence"""
    finite = any(a.tag_ in ("VBD", "VBZ", "VBP") for a in children(verb, "aux", "aux:pass"))
    return (
        base(verb) == "advcl"
        and finite
        and verb.head.i < verb.i
        and not children(verb, "mark", "nsubj", "cc", "advmod")
    )


def direct_objects(verb: Token) -> list[Token]:
    """What it is done to: object of the active verb, subject of the passive one. Empty where there is none."""
    if verb.pos_ in ("VERB", "AUX") and is_passive(verb):
        found = passive_subject(verb)
        return [found] if found is not None else []
    objects = [antecedent(c) for c in children(verb, "obj")] or children(verb, "iobj") or _late_subject(verb)
    objects = objects or [c for c in children(verb, "obl") if _by_particle(c)] or _named_object(verb)
    objects = objects or _after_adverbial(verb)
    if not objects and verb.dep_ == "acl:relcl" and _object_gap(verb):
        return [verb.head]
    return objects or (_shared_objects(verb) if verb.pos_ == "VERB" else [])


def retained(verb: Token) -> list[Token]:
    """ "was awarded a medal", "were granted asylum": what the passive of a verb with two objects keeps as its object"""
    return children(verb, "obj") if verb.pos_ == "VERB" and children(verb, "nsubj:pass") else []


def _shared_objects(verb: Token) -> list[Token]:
    """ "arrested and beat protesters": what stands after two verbs joined without a word between is done to by both"""
    before = verb.head if base(verb) == "conj" and _joined(verb) and not children(verb, "nsubj", "mark") else None
    if before is not None and _side_by_side(before, verb):
        return [c for c in children(before, "obj") if c.i > verb.i]
    after = next((c for c in children(verb, "conj") if not children(c, "nsubj") and _side_by_side(verb, c)), None)
    return [c for c in children(after, "obj") if c.i > after.i] if after is not None else []


def _side_by_side(first: Token, second: Token) -> bool:
    """Whether only a conjunction, and adverbs, stand between two verbs of one form."""
    between = first.doc[first.i + 1 : second.i]
    past = {"VBD", "VBN", "VBP"}  # a parse takes one for the other
    alike = first.tag_ == second.tag_ or {first.tag_, second.tag_} <= past
    return alike and len(between) > 0 and all(t.pos_ in ("CCONJ", "ADV") for t in between)


def _named_object(verb: Token) -> list[Token]:
    """ "called the ban groundless", "called off a session": of a noun and what is said of it, the noun is the object"""
    said = children(verb, "xcomp")
    noun = next((c for c in said if c.pos_ in ("NOUN", "PROPN") and not children(c, "case", "cop", "mark")), None)
    if noun is None or not (len(said) > 1 or children(verb, "compound:prt") or _said_after(noun)):
        return []
    return [noun]


def _said_after(noun: Token) -> list[Token]:
    """The adjectives after a noun phrase that say what it is called, which the parse makes its modifiers."""
    last = noun.right_edge
    words = noun.doc[noun.i + 1 : last.i + 1]
    return [
        t for t in words if t.pos_ == "ADJ" and base(t) in ("amod", "advmod") and t.head.i < t.i and _closes(t, last)
    ]


def _closes(word: Token, last: Token) -> bool:
    """Whether nothing but punctuation and what is joined to a word stands between it and the end of its phrase."""
    own = {t.i for c in conjuncts(word) for t in (c, *c.subtree)}
    return all(t.i in own or t.is_punct for t in word.doc[word.i : last.i + 1])


def _after_adverbial(verb: Token) -> list[Token]:
    """ "suspended with immediate effect its treaty": an object that the parse hung on the phrase put before it"""
    phrases = [c for c in children(verb, "obl") if c.dep_ == "obl" and c.i > verb.i and preposition(c)]
    hung = [c for phrase in phrases[:1] for c in phrase.children if c.dep_ == "nmod" and not preposition(c)]
    return [c for c in hung if c.left_edge.dep_ in ("det", "nmod:poss") and c.left_edge.i == c.head.i + 1][:1]


def _by_particle(phrase: Token) -> bool:
    """ "shrugged off the threat": what the parse takes for a preposition its tag knows as the verb's particle"""
    return any(case.tag_ == "RP" for case in children(phrase, "case"))


def _late_subject(verb: Token) -> list[Token]:
    """Of two subjects the parse gives a verb, the one that follows it, or a relative pronoun, is its object."""
    relative = fronted(verb)
    if relative is not None:
        return [antecedent(relative)]
    found = [c for c in children(verb, "nsubj") if not preposition(c)]
    return [found[-1]] if len(found) > 1 and found[0].i < verb.i < found[-1].i else []


def _object_gap(verb: Token) -> bool:
    """Whether a relative clause without a relative pronoun leaves its object open ("the deal they signed")."""
    return bool(children(verb, "nsubj")) and not any(t.lower_ in RELATIVES for t in verb.subtree if t.i < verb.i)


def counted(token: Token) -> Token:
    """What a quantity is of: "tens of thousands of fishermen", "one of the men", "a group of soldiers"."""
    quantity = token.lemma_.lower() in load_lexicon().quantities or token.pos_ == "NUM" or token.tag_ == "CD"
    below = [c for c in children(token, "nmod") if preposition(c) == "of"] if quantity else []
    return counted(below[0]) if below else token


def obliques(word: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, phrase) of every oblique of a verb, and every nominal modifier of a noun, in text order."""
    for child in children(word, "obl", "nmod", "obj", "nsubj"):
        mark = preposition(child)
        if child.dep_ not in ("nmod:poss", "nmod:desc") and (mark or base(child) in ("obl", "nmod")):
            yield ("by" if child.dep_ == "obl:agent" else mark), antecedent(child)
            if child.lower_ in RELATIONAL_NOUNS:
                yield from ((f"{mark} {child.lower_} {p}", t) for p, t in obliques(child) if p == "of")
    for particle in children(word, "advmod", "compound:prt") if word.pos_ == "VERB" else []:
        yield from obliques(particle)  # "walked away from the talks", hung on "away"
        rest = " ".join(
            t.lower_ for t in children(particle, "fixed")
        )  # "pulled out of a deal", with the deal for object
        yield from ((f"{particle.lower_} {rest}", c) for c in children(word, "obj") if rest and c.i > particle.i)


def complements(word: Token) -> list[Token]:
    """Heads of the clauses a word governs: what is promised, demanded, feared, accused of."""
    own = children(word, "xcomp", "ccomp")
    named = [c for c in children(word, "obj", "xcomp") if c.pos_ in ("NOUN", "PROPN")] if word.pos_ == "VERB" else []
    own = own + [adjective for noun in named for adjective in _said_after(noun)]
    own = own + _done_by_object(word) + _called_done(word)
    own = own + children(word, "obj")[1:]  # "called the visit a provocation": of two objects the second is what it is
    gerunds = [
        c
        for c in children(word, "advcl")
        if any(m.lower_ in ("of", "for", "from", "on", "to", "that", "with", "at") for m in children(c, "mark"))
        or _bare_gerund(word, c)
    ]
    return own + gerunds + (children(word, "acl") if word.pos_ == "NOUN" else [])


def _called_done(verb: Token) -> list[Token]:
    """ "called the charge fabricated": a bare participle at the end, which the parse makes the noun's"""
    calls = verb.pos_ == "VERB" and verb.lemma_ in load_lexicon().judging_verbs
    said = [c for noun in (children(verb, "obj") if calls else []) for c in children(noun, "acl")]
    return [c for c in said if c.tag_ == "VBN" and not any(not t.is_punct for t in c.children)]


def _done_by_object(verb: Token) -> list[Token]:
    """ "asked Peru's envoy to leave": what an object is told to do, though the parse hangs it on the object"""
    asked = verb.pos_ == "VERB" and verb.lemma_ in load_lexicon().object_control
    things = children(verb, "obj", "iobj") if asked else []
    return [c for thing in things for c in children(thing, "acl") if c.dep_ == "acl" and is_infinitive(c)]


def before_infinitive(verb: Token) -> list[Token]:
    """ "urged A and B to keep ...": an object the parse hung on the infinitive, but before its "to" """
    mark = next(iter(children(verb, "mark")), None)
    return [c for c in children(verb, "obj") if mark is not None and c.i < mark.i]


def _bare_gerund(word: Token, clause: Token) -> bool:
    """ "ruled out joining": a gerund right after the verb or its particle is its object, whatever the parse says"""
    if clause.tag_ != "VBG" or children(clause, "mark", "nsubj"):
        return False
    between = word.doc[word.i + 1 : clause.i]
    return clause.i > word.i and all(t.dep_ == "compound:prt" and t.head.i == word.i for t in between)


def conditions(word: Token) -> list[Token]:
    """Heads of the if and unless clauses of a clause, and of those it governs."""
    found = [c for each in (word, *complements(word)) for c in children(each, "advcl")]
    return [c for c in found if any(m.lower_ in ("if", "unless") for m in children(c, "mark"))]


def teller(word: Token) -> Token | None:
    """The verb that tells the clause: the reporting verb above it, or the one put in after it."""
    reporting = load_lexicon().reporting_verbs
    below = word
    while base(below) in SPOKEN and below.head.i != below.i:
        above = below.head
        if base(below) in ("ccomp", "parataxis") and above.lemma_ in reporting:
            return above
        below = above
    return next((c for c in children(below, "parataxis") if c.lemma_ in reporting), None)


def speaker(word: Token) -> Token | None:
    """Who says the clause: the subject of the verb that tells it."""
    found = teller(word)
    return subject(found) if found is not None else None


def is_negated(verb: Token) -> bool:
    """Whether a clause is denied: "will not accept", "never recognised" """
    return any(c.dep_ == "advmod" and c.lower_ in NEGATIONS for c in verb.children)


def is_mandative(clause: Token) -> bool:
    """Whether a clause has its subject and the bare form of its verb: "insisted that Peru release them, be freed" """
    helping = any(c.dep_ == "aux" for c in clause.children)
    if not children(clause, "nsubj") or helping or is_infinitive(clause):
        return False
    bare = next(iter(children(clause, "aux:pass", "cop")), clause)
    single = any(c.tag_ in ("NN", "NNP") and not children(c, "conj") for c in children(clause, "nsubj"))
    return bare.lower_ == bare.lemma_ and (bare.tag_ == "VB" or (bare.tag_ == "VBP" and single))


def is_asked(word: Token) -> bool:
    """Whether the clause is a question that somebody puts: "wanted to know whether Peru had ..." """
    return any(m.lower_ in ("whether", "if") for m in children(word, "mark"))


def is_ahead(word: Token) -> bool:
    """Whether the clause has "will" or "would": what is to come, seen from now or from when it was said."""
    return any(m.lower_ in ("will", "would", "shall", "wo", "'ll", "’ll", "'d", "’d") for m in modals(word))


def modals(word: Token) -> list[Token]:
    """Auxiliaries of the word's clause; those of a coordination's first verb hold for the rest."""
    own = children(word, "aux", "cop") if _is_to(word) else children(word, "aux")
    finite = word.tag_ in ("VBD", "VBZ")  # "would not comment but praised": a tense of its own takes no modal
    if not own and not finite and base(word) == "conj" and not children(word, "nsubj"):
        return modals(word.head)
    return own


def clause(token: Token) -> Token:
    """The head of the clause the token stands in: itself, where it is one."""
    at = token
    while base(at) not in CLAUSES or (base(at) == "conj" and not _predicate(at)):
        if at.head.i == at.i:
            break
        at = at.head
    return at


def _predicate(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or bool(children(token, "cop", "nsubj"))


def tense(word: Token) -> str | None:
    """``past``, ``present`` or ``future`` of the word's clause; None where no finite verb says so."""
    verbs = [word, *modals(word), *children(word, "cop")]
    if any(v.lemma_ in ("will", "shall", "'ll") and v.pos_ == "AUX" for v in verbs):
        return "future"
    if is_past(word) or any(v.tag_ == "VBD" for v in verbs):
        return "past"
    return "present" if any(v.tag_ in ("VBP", "VBZ") for v in verbs) else None
