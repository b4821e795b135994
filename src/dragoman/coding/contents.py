"""What a word of saying covers: the clause it governs, the sentence it closes, the clause beside a noun."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding import grammar
from dragoman.coding.grammar import base, children
from dragoman.coding.quotes import CLOSE, PLAIN, quoted
from dragoman.ontology.lexicon import load_lexicon

FINITE = ("VBD", "VBZ", "VBP")
LEAVING = ("advcl", "parataxis", "conj", "ROOT", "root", "ccomp", "dep", "obj", "appos")
SPEAKERS = frozenset({"he", "she", "it", "they"})
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def governed(verb: Token) -> set[int]:
    """The clause that a verb of saying governs; empty where it governs none. A passive one may follow "it is"."""
    lexicon, lemma = load_lexicon(), verb.lemma_
    clauses = [] if lemma in lexicon.own_acts else [c for c in children(verb, "ccomp", "csubj:pass") if c.pos_ != "X"]
    if lemma == "assure":
        clauses += children(verb, "xcomp", "obl")
    if lemma in lexicon.speech_verbs | lexicon.citing_verbs:
        plain = not clauses and lemma not in lexicon.mental_verbs  # "continue to fight" is no word of anybody's
        clauses += [c for c in children(verb, "xcomp") if c.pos_ == "VERB" and (plain or quoted(c))]
        clauses += [c for c in children(verb, "parataxis", "obj") if quoted(c) or base(c) == "parataxis"]
    found = {t.i for c in clauses for t in c.subtree}
    return found - {verb.i} - _joined_outside(verb, found)


def _joined_outside(verb: Token, found: set[int]) -> set[int]:
    """Of a content, the clauses that are really joined with the verb of saying."""
    inside = [verb.doc[i] for i in found if verb.doc[i].dep_ == "conj"]
    outside = [c for c in inside if _is_of(grammar.outer(c), verb) or _answers(verb, c)]
    return {t.i for c in outside for t in c.subtree} | {t.i for c in outside for t in children(c, "cc")}


def _is_of(above: Token | None, verb: Token) -> bool:
    return above is not None and above.i == verb.i


def _answers(verb: Token, joined: Token) -> bool:
    """ "X said he was sure and Y accused Z", "X said it was opposed and warned Y": joined to what a speaker tells of
    himself, an act of speech in the tense of his verb is told beside it, not by him
    """
    acts = load_lexicon().reporting_verbs.get(joined.lemma_) == "act" and joined.tag_ == verb.tag_ in ("VBD", "VBZ")
    if not acts or children(joined, "aux", "mark"):
        return False
    own = children(joined, "nsubj", "nsubj:pass")
    if any(s.lower_ in SPEAKERS for s in own):
        return True  # "X said Y had lied and he accused Z": the one who speaks
    first = children(grammar.first_conjunct(joined), "nsubj") if not own else _subject_of_content(verb)
    return any(s.lower_ in SPEAKERS for s in first)


def _subject_of_content(verb: Token) -> list[Token]:
    return [s for clause in children(verb, "ccomp") for s in children(clause, "nsubj")]


def tagged(verb: Token) -> set[int]:
    """ "A did B, C said": all of the sentence that a verb of saying closes, or stands in between commas.

    Parses hang such a clause on any verb before it, so that it is known by its place: after a comma, its subject
    and itself, and no object but the hearer.
    """
    start = tag_start(verb)
    if start is None or base(verb) not in LEAVING or verb.dep_ == "acl:relcl" or not _bare(verb):
        return set()
    sentence = verb.sent
    before = [t for t in verb.doc[sentence.start : start - 1] if not t.is_space]
    own = {t.i for t in verb.subtree} if verb.head.i != verb.i else set(range(start, sentence.end))
    after = [t for t in verb.doc[max(own) + 1 : sentence.end] if not t.is_space and not t.is_punct]
    return {t.i for t in (*before, *after)} if before and _states([*before, *after], verb) else set()


def widened_back(verb: Token, content: set[int]) -> set[int]:
    """A clause before the verb of saying that closes the sentence: with it, all that stands before its comma."""
    start = tag_start(verb)
    if start is None or not content or min(content) > start:
        return content
    content = {i for i in content if not start <= i <= verb.i}  # the parse may take an apposed name for its end
    return content | {t.i for t in verb.doc[verb.sent.start : start - 1] if not t.is_space}


def tag_start(verb: Token) -> int | None:
    """First token of "C said" or "said C" after a comma or a quotation; None where it is not so placed."""
    doc, floor = verb.doc, verb.sent.start
    if verb.tag_ not in FINITE or children(verb, "cc") or any(m.lower_ != "as" for m in children(verb, "mark")):
        return None
    subjects = [c for c in children(verb, "nsubj") if c.i < verb.i]
    if not subjects and verb.i > floor and _parts(doc[verb.i - 1]) and _subject_follows(verb):
        return verb.i
    start = grammar.phrase(subjects[0])[0].i if subjects else _phrase_before(verb)
    while start is not None and start > floor and doc[start - 1].lower_ in ("as", "the"):
        start -= 1
    return start if start is not None and start > floor and _parts(doc[start - 1]) else None


def _parts(token: Token) -> bool:
    return token.text in (",", "—", "–", "-", *CLOSE, *PLAIN)


def _subject_follows(verb: Token) -> bool:
    """Whether the next word begins the phrase of whoever speaks ("said Senator X", "informed the ministry").

    Whom one tells is always the hearer: English does not put the subject after "told".
    """
    return verb.lemma_ != "tell" and any(
        c.i > verb.i and min(t.i for t in c.subtree) == verb.i + 1 and c.pos_ in NOMINAL
        for c in children(verb, "nsubj", "obj", "iobj")
    )


def late_subject(verb: Token) -> Token | None:
    """The speaker who follows his verb, whatever the parse calls him."""
    start = tag_start(verb)
    if start != verb.i:
        return None
    found = [c for c in children(verb, "nsubj", "obj", "iobj") if c.i > verb.i and c.pos_ in NOMINAL]
    return found[0] if found else None


def _phrase_before(verb: Token) -> int | None:
    """Where the noun phrase just before a verb begins, for a parse that made it no subject.

    Where a comma parts it from the verb it is an apposition, and the phrase before it is meant with it.
    """
    doc, floor = verb.doc, verb.sent.start
    apposed = verb.i > floor and doc[verb.i - 1].text == ","
    start = _run(verb, verb.i - 1 - apposed)
    if start is not None and apposed:
        return _run(verb, start - 2) if start - 2 > floor and doc[start - 1].text == "," else None
    return start


def _run(verb: Token, last: int) -> int | None:
    """First token of the noun phrase that ends at a token, adverbs left out; None where none does."""
    doc, floor = verb.doc, verb.sent.start
    while last > floor and doc[last].pos_ == "ADV":
        last -= 1
    at = last
    while at > floor and not doc[at - 1].is_punct and doc[at - 1].pos_ not in ("VERB", "AUX", "CCONJ", "SCONJ"):
        at -= 1
    return at if doc[last].pos_ in NOMINAL else None


def noun_before(verb: Token) -> Token | None:
    """Whom the phrase just before a verb of saying names, where the parse gave the verb no subject."""
    start = tag_start(verb)
    if start is None or start >= verb.i:
        return None
    words = verb.doc[start : verb.i]
    named = [t for t in words if t.ent_type_ == "PER" and not children(t, "case")]  # "Morales's spokesman Sergio Paz"
    person = named[0] if named else None
    return person or next((t for t in words if t.pos_ in NOMINAL and not start <= t.head.i < verb.i), None)


def _bare(verb: Token) -> bool:
    """Whether a verb of saying governs nothing but its hearer."""
    objects = [c for c in children(verb, "obj", "ccomp", "xcomp") if c.i > verb.i and c is not late_subject(verb)]
    return not objects or verb.lemma_ in load_lexicon().addressing_verbs


def _states(before: list[Token], verb: Token) -> bool:
    """Whether the words before hold a clause that stands by itself."""
    finite = [t for t in before if t.pos_ in ("VERB", "AUX") and t.tag_ in (*FINITE, "MD")]
    inside = {t.i for t in before}
    top = verb.head if verb.head.i in inside else next((t for t in before if t.head.i not in inside), None)
    subordinate = top is not None and any(m.lower_ not in ("that", "and") for m in children(top, "mark"))
    return bool(finite) and not subordinate


def of_noun(noun: Token) -> set[int]:
    """The clause that a noun of saying introduces ("reports that ..."); empty where there is none."""
    clauses = [c for c in children(noun, "acl", "ccomp") if c.dep_ != "acl:relcl" and _that_clause(c)]
    return {t.i for c in clauses for t in c.subtree}


def _that_clause(clause: Token) -> bool:
    return any(m.lower_ == "that" for m in children(clause, "mark")) and bool(
        children(clause, "nsubj", "nsubj:pass", "expl")
    )


def supposes(verb: Token) -> bool:
    """ "Say Peru closed the border": an imperative at the head of its sentence that only puts a case"""
    first = next((t for t in verb.sent if not (t.is_punct or t.is_space)), verb)
    heads = verb.i == first.i and verb.i + 1 < len(verb.doc) and not verb.nbor().is_punct
    return heads and verb.lower_ in load_lexicon().supposing_verbs and not children(verb, "nsubj", "aux", "obj")
