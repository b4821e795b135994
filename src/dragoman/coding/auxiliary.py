"""What did not happen, or not yet, or always: the auxiliary modes of a cue, each with the word that sets it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from dragoman.coding import contents, grammar
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import NEGATIONS, base, children
from dragoman.coding.moments import USING, moments
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import Position, Trigger, load_lexicon

ADVERBIAL = ("advmod", "det", "obl", "nmod:unmarked", "obl:unmarked", "discourse", "cc", "nsubj", "nmod")
REACH = 4  # words between "yet" and the infinitive it belongs to
NOBODY = frozenset({"nobody", "nothing", "none"})
LIMITS = frozenset({"only", "just", "merely", "simply", "solely"})
EXCLUDING = frozenset({"without", "instead", "rather", "short", "far", "lieu"})
CONDITIONAL = frozenset({"if", "unless", "once", "provided", "should"})
GONE = frozenset({"recent", "latest", "last", "past", "earlier", "previous"})
MEANWHILE = frozenset({"while", "when", "as", "after", "before", "since", "because", "although", "though"})
UNREAL = frozenset({"future", "hypothetical", "desired"})
OCCASIONS = frozenset(
    {"at", "during", "after", "before", "since", "amid", "following"}
)  # before what a noun is not about
DYNAMIC = frozenset({"CONSULT", "COOPERATE", "AID", "RETREAT", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST", "SANCTION"})


def modes(candidate: Candidate) -> dict[str, Token]:
    """Auxiliary mode -> the word that sets it, for one cue."""
    found: dict[str, Token] = {}
    for mode, word in _modes(candidate):
        found.setdefault(mode, word)
    for mode in candidate.sense.auxiliary:
        found.setdefault(mode, candidate.token)
    if not found and candidate.sense.event in DYNAMIC and _habitual(candidate.predicate):
        found["standing"] = candidate.predicate
    if not found and (_posted(candidate.predicate) or _whenever(candidate.predicate)):
        found["standing"] = candidate.predicate
    if "standing" in found and "historical" in found:
        del found["standing"]
    return found


def _habitual(verb: Token) -> bool:
    """The simple present of an act tells a habit ("buys its arms from"), not one occasion."""
    bare = verb.pos_ == "VERB" and verb.tag_ in ("VBZ", "VBP") and not children(verb, "aux", "aux:pass")
    last = next((t for t in reversed(list(verb.sent)) if not t.is_space), verb)
    return bare and last.is_punct  # a headline tells what happened in the present


def _whenever(verb: Token) -> bool:
    """ "when he criticises Peru, voters cheer", "still recognises the king": a present that tells of no one occasion"""
    lasting = any(c.lower_ == "still" for c in children(verb, "advmod"))
    return _habitual(verb) and (
        lasting or any(m.lower_ in ("when", "whenever") for m in children(verb, "advmod", "mark"))
    )


def _posted(verb: Token) -> bool:
    """ "troops are stationed there": a passive of the present that tells where somebody lastingly is"""
    helpers = children(verb, "aux:pass", "cop", "aux")
    present = any(a.tag_ in ("VBP", "VBZ") for a in helpers) and any(a.lemma_ == "be" for a in helpers)
    return present and verb.lemma_ in load_lexicon().posted_participles


def _modes(candidate: Candidate) -> Iterator[tuple[str, Token]]:
    predicate, cue = candidate.predicate, candidate.token
    yield from _clause(predicate)
    if cue.pos_ == "NOUN":
        for child in children(cue, "amod", "det", "compound"):
            yield from _match(child, "adjective")
        for child in children(cue, "case"):
            yield from _excluded(child)
        yield from _nominal(cue)
        yield from _supposed(cue)
        yield from _of_occasion(candidate)
    yield from _above(predicate, cue)
    yield from (("hypothetical", mark) for mark in _only_put(predicate))
    yield from (("hypothetical", word) for word in list(predicate.sent)[:2] if contents.supposes(word))
    if grammar.is_past_perfect(predicate) and not _reported(predicate):
        yield "historical", predicate


def _only_put(predicate: Token) -> list[Token]:
    """ "To leave them now would be wrong": an infinitive that nothing governs puts a deed, and does not tell of one"""
    heads = predicate.dep_ in ("ROOT", "root", "dislocated", "csubj") or base(predicate) == "ccomp"
    bare = grammar.is_infinitive(predicate) and not children(predicate, "nsubj", "nsubj:pass", "cop")
    before = base(predicate) != "ccomp" or predicate.i < predicate.head.i
    return children(predicate, "mark")[:1] if heads and bare and before else []


def _of_occasion(candidate: Candidate) -> Iterator[tuple[str, Token]]:
    """What holds of a clause holds of the occasion it names: "would raise it at a meeting", "talks will begin"."""
    for moment in moments(candidate):
        if moment.word.i in (candidate.token.i, candidate.predicate.i) or moment.word.pos_ != "VERB":
            continue
        if moment.bond == "own" or (moment.bond == "manner" and candidate.token.head.i == moment.word.i):
            yield from _clause(moment.word)
            yield from _above(moment.word, candidate.token)


def _clause(predicate: Token) -> Iterator[tuple[str, Token]]:
    """What the words of one clause say of its own predicate."""
    aimed = list(_aimed_at(predicate))
    yield from aimed
    for modal in grammar.modals(predicate):
        for mode, word in () if aimed and modal.lemma_ == "be" else _match(modal, "modal"):
            future_in_past = modal.lower_ in ("would", "'d", "’d") and _reported(predicate)
            yield ("future" if future_in_past else mode), word
    yield from _semi_modal(predicate)
    yield from _not_yet(predicate)
    for child in predicate.children:
        relation = base(child)
        if relation == "mark":
            yield from _match(child, "mark")
            yield from _excluded(child)
        if child.dep_ in ADVERBIAL or relation in ADVERBIAL:
            yield from ((m, w) for m, w in _adverbial(child, relation) if _can_set(m, w, predicate))
        if (child.dep_ == "advmod" and child.lower_ in NEGATIONS and not _adds(child)) or (
            relation == "obj" and child.lower_ in NOBODY
        ):
            yield "negation", child
    if any(m.tag_ == "MD" for m in grammar.modals(predicate)):
        yield from (("hypothetical", mark) for mark in _conditions(predicate))


def _aimed_at(predicate: Token) -> Iterator[tuple[str, Token]]:
    """ "the aim was to press the king": what a noun of wish or plan is said to be is wished or planned"""
    if predicate.tag_ == "VB" and children(predicate, "cop") and grammar.is_infinitive(predicate):
        for subject in children(predicate, "nsubj"):
            yield from _match(subject, "noun")


def _adds(word: Token) -> bool:
    """ "not only met but praised", "is not the first to visit": both happened"""
    limited = any(c.lower_ in (*LIMITS, "first", "last") for c in children(word.head, "amod"))
    return limited or (word.i + 1 < len(word.doc) and word.nbor().lower_ in LIMITS)


def _excluded(word: Token) -> Iterator[tuple[str, Token]]:
    """ "without bombing", "instead of talks": what the preposition names did not happen"""
    if word.lower_ in EXCLUDING:
        yield "negation", word


def _can_set(mode: str, word: Token, predicate: Token) -> bool:
    """Whether an adverbial bears on the clause's own act: "left without a word", "soon freed him" and "met in a bid
    to ..." tell of what happened."""
    if base(word) in ("case", "fixed", "cc") and word.lower_ in EXCLUDING:
        return False
    modal = any(m.tag_ == "MD" for m in grammar.modals(predicate))
    if mode == "historical" and grammar.is_ahead(predicate):
        return grammar.is_past(predicate)  # "would look into the killing of years ago", but "would have gone years ago"
    return modal or not grammar.is_past(predicate) or mode not in ("future", "desired")


def _conditions(predicate: Token) -> Iterator[Token]:
    """The "if" of a clause with a modal; one that the parse hangs on the report of it counts as well."""
    holders = [predicate, predicate.head] if base(predicate) == "ccomp" else [predicate]
    for clause in (
        c for holder in holders for c in children(holder, "advcl") if c.i > predicate.i or holder is predicate
    ):
        yield from (m for m in children(clause, "mark") if m.lower_ in CONDITIONAL)


def _adverbial(child: Token, relation: str) -> Iterator[tuple[str, Token]]:
    """Adverbs themselves; of a phrase, its first words ("in the coming days", "no official")."""
    if relation in ("nsubj", "obl", "nmod", "obj"):
        words = grammar.phrase(child)
        for token in words[:2]:
            if token.i == child.i or token.head.i == child.i:
                yield from _match(token, "adverb")
    else:
        yield from _match(child, "adverb")
        yield from _match_up_to(child)


def _match_up_to(last: Token) -> Iterator[tuple[str, Token]]:
    """A phrase whose first word hangs on its last: "no longer"."""
    for first in last.lefts:
        for trigger in load_lexicon().trigger(first.lower_, "adverb"):
            if first.i + len(trigger.phrase) - 1 == last.i and _follows(first, trigger):
                yield trigger.auxiliary, first


def _not_yet(predicate: Token) -> Iterator[tuple[str, Token]]:
    """ "has yet to sign": so far it has not"""
    start = max(predicate.i - REACH, predicate.sent.start)
    words = list(predicate.doc[start : predicate.i])
    for have, yet in pairwise(words):
        if yet.lower_ == "yet" and have.lemma_ in ("have", "be", "remain") and grammar.is_infinitive(predicate):
            yield "negation", yet


def _semi_modal(predicate: Token) -> Iterator[tuple[str, Token]]:
    """ "be due to", "be expected to": the infinitive hangs on an adjective or participle with a form of be."""
    heads = [predicate.head] if base(predicate) == "xcomp" else children(predicate, "advmod", "amod")
    for head in heads:
        phrase = f"be {head.lower_} to"
        for trigger in load_lexicon().trigger("be", "modal"):
            if trigger.words == phrase:
                yield trigger.auxiliary, head


def _nominal(cue: Token) -> Iterator[tuple[str, Token]]:
    """Nouns and verbs that the cue noun hangs on: "plans for talks", "called for a ceasefire"."""
    below = cue
    for above in list(grammar.ancestors(cue))[1:]:
        if base(below) in ("nmod", "acl") and above.pos_ == "NOUN":
            if not _only_then(below):
                yield from _match(above, "noun")
        elif (base(below) == "nsubj" and above.pos_ == "ADJ") or (
            base(below) in ("obj", "obl", "xcomp", "nsubj:pass") and above.pos_ in ("VERB", "ADJ")
        ):
            if not _meanwhile(below, above):
                yield from _match(above, "governor")
            return
        else:
            return
        below = above


def _supposed(cue: Token) -> Iterator[tuple[str, Token]]:
    """ "strikes could do harm": of a deed without an article it is said what it would do, were it done"""
    known = [c for c in children(cue, "det", "nmod:poss") if c.lower_ not in ("a", "an", "any")]
    if base(cue) != "nsubj" or known or any(t.lower_ in GONE for t in children(cue, "amod")):
        return
    for modal in grammar.modals(cue.head):
        if modal.lower_ in ("could", "would", "might") and not grammar.is_past(cue.head):
            yield "hypothetical", modal


def _only_then(noun: Token) -> bool:
    """ "his aim at the talks", "his aim in their talks": the occasion of a plan or hope, and not what it is of"""
    case = grammar.preposition(noun)
    return case in OCCASIONS or (case == "in" and bool(children(noun, "nmod:poss")))


def _meanwhile(noun: Token, verb: Token) -> bool:
    """ "on a visit to Peru, he asked for help": the occasion on which somebody wants something, not what he wants"""
    case = grammar.preposition(noun) if base(noun) == "obl" and verb.pos_ == "VERB" else ""
    return case in OCCASIONS or case == "in" or (case == "on" and noun.lemma_.lower() in load_cues().classes["visits"])


def _above(predicate: Token, cue: Token) -> Iterator[tuple[str, Token]]:
    """What the clauses above say: governors, their modals and conjunctions, up to a plain report of fact.

    A cue noun is no governor of the verb that carries it ("a petition filed by Peru").
    """
    below = predicate
    for above in list(grammar.ancestors(predicate))[1:]:
        relation = base(below)
        if relation == "acl" and any(m.lower_ in MEANWHILE for m in children(below, "mark")):
            return
        if relation in ("xcomp", "ccomp", "acl", "csubj") and (below.dep_ != "acl:relcl" or _is_content(below)):
            if above.lemma_ in load_lexicon().factual_verbs and relation == "ccomp":
                return
            if above.i != cue.i and not _performs(above, below):
                yield from _match(above, "noun" if above.pos_ == "NOUN" else "governor")
                yield from _clause(above)
                yield from _denied(above)
        elif relation == "advcl":
            yield from _of_adverbial_clause(above, below)
            if not _goes_on_up(above, below):
                return
        elif relation == "conj":
            yield from ((m, w) for m, w in _clause(above) if m == "hypothetical" and w.dep_ == "mark")
        else:
            return
        below = above


def _performs(above: Token, below: Token) -> bool:
    """ "would like to thank", "we want to congratulate": who says so does it"""
    lexicon = load_lexicon()
    if above.lemma_ not in lexicon.wishing_verbs or below.lemma_ not in lexicon.performed_verbs:
        return False
    subject = grammar.subject(above)
    ours = subject is not None and subject.lower_ in ("i", "we")
    return ours or any(m.lower_ in ("would", "'d", "’d") for m in grammar.modals(above))


def _goes_on_up(above: Token, below: Token) -> bool:
    """Whether what stands over the clause that an adverbial clause hangs on holds for it as well."""
    return _complement_of_noun(above, below) or (above.lemma_ in USING and grammar.is_infinitive(below))


def _complement_of_noun(above: Token, below: Token) -> bool:
    gerund = below.tag_ == "VBG" and not children(below, "nsubj", "aux")
    return above.pos_ in ("ADJ", "NOUN") and bool(children(below, "mark")) and gerund


def _of_adverbial_clause(above: Token, below: Token) -> Iterator[tuple[str, Token]]:
    """What a clause says of one that hangs on it: purposes are wished for, or denied with it ("not here to ...")."""
    marks = children(below, "mark")
    if _stopped_short(above, below) or _kept_from(above, below):
        yield "negation", above
    elif _complement_of_noun(above, below):
        yield from _match(above, "governor")
        yield from _clause(above)
    elif _governed_gerund(above, below):
        yield from _match(above, "governor")
    elif _goes_along(above, below):
        yield from ((mode, word) for mode, word in _clause(above) if mode in UNREAL)
    elif above.lemma_ in load_lexicon().message_verbs and below.lemma_ in load_lexicon().reporting_verbs:
        yield from ((mode, word) for mode, word in _clause(above) if mode in UNREAL)  # "telephoned X to thank him"
    elif marks and not children(below, "nsubj") and below.tag_ == "VB" and above.lemma_ not in USING:
        denied = next((c for c in children(above, "advmod") if c.lower_ in NEGATIONS), None)
        if not any(m.lower_ in ("if", "unless") for m in marks):
            yield ("negation", denied) if denied is not None else ("desired", below)


def _governed_gerund(above: Token, below: Token) -> bool:
    """ "called for sending troops": a gerund with the verb's preposition.

    Who is wanted for murder has murdered, and what does not keep them from going lets them go.
    """
    marks = [m.lower_ for m in children(below, "mark")]
    denied = any(c.lower_ in NEGATIONS for c in above.children)
    about = "about" in marks or below in grammar.complements(above)  # "talked about sending troops"
    governed = below.tag_ == "VBG" and bool(marks) and about
    return governed and not (grammar.is_passive(above) and "for" in marks) and not (denied and "from" in marks)


def _goes_along(above: Token, below: Token) -> bool:
    """ "could sue, pressing for talks", "would break a law by attacking": what goes along with a deed, or its means"""
    bare = not children(below, "nsubj", "nsubj:pass", "aux", "advmod")
    marks = {m.lower_ for m in children(below, "mark")}
    return below.tag_ == "VBG" and below.i > above.i and bare and marks <= {"by"}


def _stopped_short(above: Token, below: Token) -> bool:
    """ "stopped short of imposing": the parse hangs "short" on the verb, the gerund beside it"""
    between = [t.lower_ for t in above.doc[above.i + 1 : below.i]]
    return above.lemma_ in ("stop", "fall", "come") and between[:2] == ["short", "of"]


def _kept_from(above: Token, below: Token) -> bool:
    """ "kept them from entering": it did not come about, unless nothing kept them"""
    kept = below.tag_ == "VBG" and any(m.lower_ == "from" for m in children(below, "mark"))
    return kept and above.lemma_ in load_lexicon().judged_for and not any(c.lower_ in NEGATIONS for c in above.children)


def _is_content(clause: Token) -> bool:
    """ "a report that Peru had refused help": the parse takes the clause for a relative one, "that" for its mark"""
    return any(mark.lower_ == "that" for mark in children(clause, "mark"))


def _denied(noun: Token) -> Iterator[tuple[str, Token]]:
    """ "denied claims that ...": what a report says is denied with it"""
    lexicon = load_lexicon()
    is_claim = noun.lemma_.lower() in lexicon.denied_reports and base(noun) == "obj"
    if is_claim and noun.head.lemma_ in lexicon.denying_verbs:
        yield "negation", noun.head


def _match(token: Token, position: Position) -> Iterator[tuple[str, Token]]:
    """The trigger that begins at a token and works in a position, if one does."""
    for word in dict.fromkeys((token.lower_.replace("’", "'"), token.lemma_.lower())):
        for trigger in load_lexicon().trigger(word, position):
            if _follows(token, trigger):
                yield trigger.auxiliary, token
                return


def _follows(token: Token, trigger: Trigger) -> bool:
    for offset, word in enumerate(trigger.phrase):
        if token.i + offset >= len(token.doc):
            return False
        found = token.doc[token.i + offset]
        if offset and word not in (found.lower_, found.lemma_.lower()):
            return False
    return True


def _reported(predicate: Token) -> bool:
    """Whether the clause is the content of a report in the past, which shifts its tenses back."""
    lexicon = load_lexicon()
    for above in grammar.ancestors(predicate):
        if base(above) in ("ccomp", "parataxis") and above.head.i != above.i:
            return above.head.tag_ in ("VBD", "VBN") or above.head.lemma_ in lexicon.factual_verbs
        told = grammar.teller(above)  # "the man who had fled was found, newspapers reported"
        if told is not None and told.tag_ == "VBD" and told.i > above.i:
            return True
    return False
