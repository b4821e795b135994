"""Whatever a parser may say of whatever words, coding answers, and its answer obeys the laws of a reading.

Two kinds of Docs: words at random under trees and tags at random, which ask for arbitrary robustness; and sentences
that make sense, in which a few words, heads and labels were exchanged, which reach every corner of the coder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from dragoman.coding import code
from dragoman.ontology import load
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon
from laws import laws_of_a_reading
from make_docs import VOCAB, article, parsed


def split(words: str) -> list[str]:
    """Words between blanks, in order."""
    return words.split()


UPOS = split("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X")
XPOS = split("NN NNS NNP NNPS VB VBD VBG VBN VBP VBZ JJ RB IN DT PRP PRP$ CD MD TO CC POS WDT WP . , HYPH")
RELATIONS = split(
    "nsubj nsubj:pass nsubj:outer obj iobj csubj ccomp xcomp obl obl:agent obl:unmarked nmod nmod:poss nmod:desc amod "
    "nmod:unmarked compound compound:prt flat appos acl acl:relcl advcl advmod aux aux:pass cop mark case det nummod "
    "conj cc punct parataxis fixed expl dislocated discourse vocative list orphan reparandum goeswith dep"
)
LABELS = ["", "", "", "PER", "LOC", "ORG"]
WORDS = sorted(
    set(
        split(
            "Algeria Algerian Algerians U.S. Turkey NATO Paris Hamburg Sahel Ann Lee Morton İstanbul ﬁne ẞ "
            "said told added "
            "according citing reportedly statement official officials two both neither sides countries counterpart "
            "visit talks first since until who which that he she it they his its we I our not n't will would "
            "could must had was been the a of to in by with for from and , . : “ ” \" ’s ' - $ % "
            "200 5 million thousands 2006 Monday former ex "
            "president minister foreign ambassador secretary Mr. General army troops government ministry agency"
        )
    )
    | {lemma for lemma, _ in list(load_cues().senses)[::17]}
    | {words.split(" ")[0] for words in (t.words for found in load_lexicon().triggers.values() for t in found)}
    | {" ".join(key).split(" ")[-1] for key in list(load().titles)[::199]}
)
SENSE = [
    "Peru/NNP/4/nsubj/LOC and/CC/3/cc Chile/NNP/1/conj/LOC signed/VBD/0/root an/DT/6/det accord/NN/4/obj ././4/punct",
    "Ghana/NNP/2/nsubj/LOC promised/VBD/0/root to/TO/4/mark send/VB/2/xcomp aid/NN/4/obj to/IN/7/case "
    "Togo/NNP/4/obl/LOC",
    "Mali/NNP/2/nsubj/LOC accused/VBD/0/root Niger/NNP/2/obj/LOC of/IN/5/mark spying/VBG/2/advcl ././2/punct",
    "It/PRP/2/nsubj rejected/VBD/0/root the/DT/4/det accusation/NN/2/obj ././2/punct",
    "The/DT/3/det two/CD/3/nummod sides/NNS/5/nsubj will/MD/5/aux hold/VB/0/root talks/NNS/5/obj in/IN/8/case "
    "Lima/NNP/5/obl/LOC on/IN/10/case Monday/NNP/5/obl",
    '"/``/3/punct We/PRP/3/nsubj attacked/VBD/10/ccomp Chile/NNP/3/obj/LOC ,/,/3/punct "/\'\'/3/punct '
    "Minister/NNP/8/nmod:desc Ann/NNP/10/nsubj/PER Lee/NNP/8/flat/+ said/VBD/0/root ././10/punct",
    "A/DT/2/det statement/NN/8/nsubj issued/VBN/2/acl by/IN/7/case the/DT/7/det Peruvian/JJ/7/amod "
    "presidency/NN/3/obl:agent said/VBD/0/root Chile/NNP/10/nsubj/LOC attacked/VBD/8/ccomp Bolivia/NNP/10/obj/LOC",
    "The/DT/2/det agency/NN/3/nsubj quoted/VBD/0/root the/DT/6/det foreign/JJ/6/amod ministry/NN/3/obj of/IN/8/case "
    "Peru/NNP/6/nmod/LOC as/IN/10/mark saying/VBG/3/advcl that/IN/13/mark Chile/NNP/13/nsubj/LOC met/VBD/10/ccomp "
    "Oman/NNP/13/obj/LOC",
    "According/VBG/4/case to/IN/1/fixed the/DT/4/det ministry/NN/9/obl of/IN/6/case Peru/NNP/4/nmod/LOC ,/,/4/punct "
    "Chile/NNP/9/nsubj/LOC attacked/VBD/0/root Bolivia/NNP/9/obj/LOC ././9/punct",
    "The/DT/3/det US/NNP/3/compound/LOC secretary/NN/10/nsubj of/IN/5/case state/NN/3/nmod ,/,/7/punct "
    "Paul/NNP/3/appos/PER Morton/NNP/7/flat/+ ,/,/3/punct visited/VBD/0/root Oman/NNP/10/obj/LOC since/IN/13/case "
    "Lee/NNP/10/obl/PER",
    "Peru/NNP/2/nsubj/LOC bought/VBD/0/root 200/CD/4/nummod tanks/NNS/2/obj from/IN/6/case "
    "Chile/NNP/2/obl/LOC for/IN/9/case "
    "$/$/9/compound 5/CD/2/obl million/CD/9/compound",
]  # fmt: skip


@dataclass
class Word:
    """One token to be; ``head`` counts from 0 within the sentence, the root is its own."""

    form: str
    pos: str
    tag: str
    head: int
    relation: str
    lemma: str
    entity: str = ""


Sentence = list[Word]


def plain(sentence: str) -> Sentence:
    """A hand-parsed sentence, taken apart."""
    return [Word(t.text, t.pos_, t.tag_, t.head.i, t.dep_, t.lemma_, t.ent_type_) for t in parsed(sentence)]


KNOWN = [plain(sentence) for sentence in SENSE]


@st.composite
def random_sentences(draw: st.DrawFn) -> Sentence:
    """Words, tags and a tree at random: each word but the first in some order hangs on one before it in that order."""
    rows = draw(
        st.lists(
            st.tuples(*(st.sampled_from(x) for x in (WORDS, UPOS, XPOS, RELATIONS, LABELS)), st.integers(0, 99)),
            min_size=1, max_size=12,
        )
    )  # fmt: skip
    order = draw(st.permutations(range(len(rows))))
    place = {i: at for at, i in enumerate(order)}
    out = []
    for i, (form, pos, tag, relation, label, number) in enumerate(rows):
        head = order[number % place[i]] if place[i] else i
        out.append(Word(form, pos, tag, head, relation, form.lower(), label))
    return out


@st.composite
def changed_sentences(draw: st.DrawFn) -> Sentence:
    """A sentence that makes sense, with a few changes."""
    sentence = [Word(**vars(word)) for word in draw(st.sampled_from(KNOWN))]
    for _ in range(draw(st.integers(0, 4))):
        _change(draw, sentence)
    return sentence


def _change(draw: st.DrawFn, sentence: Sentence) -> None:
    at = draw(st.integers(0, len(sentence) - 1))
    word = sentence[at]
    kind = draw(st.sampled_from(["form", "pos", "tag", "relation", "entity", "head"]))
    if kind == "form":
        word.form = draw(st.sampled_from(WORDS))
        word.lemma = word.form.lower()
    elif kind == "head" and word.head != at:
        head = draw(st.integers(0, len(sentence) - 1))
        word.head = head if not _hangs_on(sentence, head, at) else word.head
    elif kind != "head":
        values = {"pos": UPOS, "tag": XPOS, "relation": RELATIONS, "entity": LABELS}[kind]
        setattr(word, kind, draw(st.sampled_from(values)))


def _hangs_on(sentence: Sentence, at: int, above: int) -> bool:
    while at != above and sentence[at].head != at:
        at = sentence[at].head
    return at == above


@st.composite
def docs(draw: st.DrawFn, sentences: st.SearchStrategy[Sentence]) -> Doc:
    """Some sentences, here and there a paragraph between them, with time expressions on any words."""
    words: list[Word] = []
    for sentence in draw(st.lists(sentences, min_size=1, max_size=4)):
        if words and draw(st.booleans()):
            words.append(Word("\n\n", "SPACE", "_SP", len(words) - 1, "dep", "\n\n"))
        start = len(words)
        words += [Word(**{**vars(word), "head": word.head + start}) for word in sentence]
    after = [word.form for word in words[1:]] + ["\n\n"]
    doc = Doc(
        VOCAB, words=[w.form for w in words], heads=[w.head for w in words], pos=[w.pos for w in words],
        spaces=["\n\n" not in (w.form, f) for w, f in zip(words, after, strict=True)], tags=[w.tag for w in words],
        deps=["ROOT" if w.head == i else w.relation for i, w in enumerate(words)], lemmas=[w.lemma for w in words],
    )  # fmt: skip
    doc.set_ents([Span(doc, a, b, label) for a, b, label in _runs(words)])
    places = st.tuples(st.integers(0, len(doc) - 1), st.integers(1, 3))
    doc.spans["times"] = [doc[start : start + length] for start, length in draw(st.lists(places, max_size=2))]
    return doc


def _runs(words: Sentence) -> list[tuple[int, int, str]]:
    """Neighbours of one label are one entity."""
    found: list[tuple[int, int, str]] = []
    for i, word in enumerate(words):
        if word.entity and found and found[-1][1:] == (i, word.entity):
            found[-1] = (found[-1][0], i + 1, word.entity)
        elif word.entity:
            found.append((i, i + 1, word.entity))
    return found


DAYS = st.sampled_from([None, date(2024, 5, 3)])
QUICK = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@QUICK
@given(docs(random_sentences()), DAYS)
def test_any_tree_over_any_words(doc: Doc, published: date | None) -> None:
    laws_of_a_reading(code(doc, article(doc, published=published)))


@QUICK
@given(docs(changed_sentences()), DAYS)
def test_any_change_of_a_sentence_that_makes_sense(doc: Doc, published: date | None) -> None:
    source = article(doc, published=published)
    found = code(doc, source)
    laws_of_a_reading(found)
    assert code(doc, source) == found


def test_a_tree_changed_after_it_was_coded_is_read_anew() -> None:
    doc = parsed("Peru/NNP/2/nsubj/LOC attacked/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct")
    before = code(doc, article(doc)).reports
    doc[0].dep_, doc[2].dep_ = "obj", "nsubj"
    after = code(doc, article(doc)).reports
    sides = [([p.code for p in r.actors], [p.code for p in r.recipients]) for r in (*before, *after)]
    assert sides == [(["PER"], ["CHL"]), (["CHL"], ["PER"])]
