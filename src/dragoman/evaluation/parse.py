"""Tags and trees with gold tokens and sentences, by the definitions of the CoNLL 2018 shared task.

Source of the definitions: https://universaldependencies.org/conll18/evaluation.html and its script. With gold
tokens every F1 there is the plain share of words that are right:

- uas: the head is right; las: head and relation, of which only the part before ``:`` counts;
- upos, xpos: the tag; ufeats: the universal features, in any order;
- lemma: the lemma, letter for letter; a gold lemma ``_`` counts as right whatever was said.

All words count, punctuation too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Span, Token

from dragoman.evaluation.conllu import Sentence, Word, read_conllu
from dragoman.evaluation.sentences import read_gold
from dragoman.evaluation.task import Options, Result, Row, Task

FIGURES = ("uas", "las", "upos", "xpos", "ufeats", "lemma")
# The features the shared task's script compares; a treebank's own are left out.
UNIVERSAL_FEATURES = frozenset(
    [
        "PronType",
        "NumType",
        "Poss",
        "Reflex",
        "Foreign",
        "Abbr",
        "Gender",
        "Animacy",
        "Number",
        "Case",
        "Definite",
        "Degree",
        "VerbForm",
        "Mood",
        "Tense",
        "Aspect",
        "Voice",
        "Evident",
        "Polarity",
        "Person",
        "Polite",
    ]
)


def run(path: Path, nlp: Language, options: Options) -> Result:
    """Read the sentences of a CoNLL-U file with the pipeline and score them. ``options.fold`` has no use here."""
    return score(read_gold(nlp, read_conllu(path)))


def score(pairs: Iterable[tuple[Sentence, Span]]) -> Result:
    """The figures over gold sentences and the spans read in their place, word for word."""
    right: Counter[str] = Counter()
    total, rows = 0, []
    for gold, found in pairs:
        said = [_said(token, found) for token in found]
        for word, answer in zip(gold.rows, said, strict=True):
            right.update(name for name, hit in _hits(word, answer).items() if hit)
        total += len(said)
        rows.append(_row(gold, said))
    figures = {name: right[name] / total if total else 0.0 for name in FIGURES}
    return Result(figures, counts={"sentences": len(rows), "words": total}, rows=tuple(rows))


def _said(token: Token, sentence: Span) -> Word:
    """What the pipeline said of a token, in CoNLL-U's terms; a head outside the sentence is -1, never right."""
    head = token.head.i - sentence.start + 1
    if token.head.i == token.i:
        head = 0
    elif not sentence.start <= token.head.i < sentence.end:
        head = -1
    deprel = "root" if token.dep_ == "ROOT" else token.dep_
    return Word(
        token.text, token.lemma_, token.pos_, token.tag_, str(token.morph), head, deprel, bool(token.whitespace_)
    )


def _hits(gold: Word, said: Word) -> dict[str, bool]:
    head = gold.head == said.head
    return {
        "uas": head,
        "las": head and _universal(gold.deprel) == _universal(said.deprel),
        "upos": gold.upos == said.upos,
        "xpos": gold.xpos == said.xpos,
        "ufeats": _features(gold.feats) == _features(said.feats),
        "lemma": gold.lemma in ("_", said.lemma),
    }


def _universal(deprel: str) -> str:
    return deprel.split(":")[0]


def _features(feats: str) -> frozenset[str]:
    return frozenset(each for each in feats.split("|") if each.split("=")[0] in UNIVERSAL_FEATURES)


def _row(gold: Sentence, said: list[Word]) -> Row:
    return {
        "sent_id": gold.id,
        "words": [word.form for word in said],
        "lemmas": [word.lemma for word in said],
        "upos": [word.upos for word in said],
        "xpos": [word.xpos for word in said],
        "heads": [word.head for word in said],
        "deprels": [word.deprel for word in said],
    }


TASK = Task("parse", "tags, lemmas and trees on a CoNLL-U file, gold tokens and sentences", run)
