"""Docs parsed by hand, so that a test of the coding loads no network.

One string is one sentence, one word of it ``form/XPOS/head/relation``, heads counted from 1 and 0 for the root. A
fifth part ``=lemma`` gives the lemma where the inflection tables would not; ``PER``, ``LOC`` or ``ORG`` begins an
entity and ``+`` goes on with it; ``:UPOS`` gives the universal tag where the Penn tag leaves it open. An empty string
begins a new paragraph. So "Peru thanked Chile." is::

    parsed("Peru/NNP/2/nsubj/LOC thanked/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import lemminflect
import spacy
from spacy.tokens import Doc, Span, Token

import dragoman
from dragoman.coding import code
from dragoman.coding.mentions import Mention, Scene, scene
from dragoman.model import PARAGRAPH_BREAK, Article, Paragraph, ParagraphRole, Reading, Report
from dragoman.ontology import load

VOCAB = spacy.blank("en").vocab
FRIDAY = date(2024, 5, 3)

UPOS = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "MD": "AUX", "DT": "DET", "PDT": "DET", "CC": "CCONJ",
    "CD": "NUM", "TO": "PART", "POS": "PART", "IN": "ADP", "RP": "ADP", "WRB": "ADV", "$": "SYM", "UH": "INTJ",
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WDT": "PRON", "WP$": "PRON", "EX": "PRON",
}  # fmt: skip
NO_SPACE_BEFORE = {*".,;:?!)”’%", "'s", "’s", "'", "n't", "n’t"}
NO_SPACE_AFTER = {*"(“$€£"}
FORMS_OF_AUXILIARIES = {"is", "are", "was", "were", "been", "being", "am", "has", "had", "having", "does", "did"}


@dataclass
class Columns:
    """One list a column of the Doc in the making."""

    words: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)

    def add(self, *row: str, head: int) -> None:
        """One token: form, XPOS, UPOS, relation, lemma, entity mark; ``head`` counts from 0 through the Doc."""
        columns = (self.words, self.tags, self.pos, self.deps, self.lemmas, self.entities)
        for column, value in zip(columns, row, strict=True):
            column.append(value)
        self.heads.append(head)


def parsed(*sentences: str, times: Sequence[tuple[str, str]] = ()) -> Doc:
    """A Doc of these sentences (see above). ``times``: words and type of each time expression, in text order."""
    columns = Columns()
    for sentence in sentences:
        if sentence:
            _sentence(columns, sentence)
        else:
            at = len(columns.words) - 1
            columns.add(PARAGRAPH_BREAK, "_SP", "SPACE", "dep", PARAGRAPH_BREAK, "", head=at)
    doc = Doc(VOCAB, words=columns.words, spaces=_spaces(columns), heads=columns.heads, tags=columns.tags,
              pos=columns.pos, deps=columns.deps, lemmas=columns.lemmas)  # fmt: skip
    doc.set_ents(_entities(doc, columns.entities))
    doc.spans["times"] = _times(doc, times)
    return doc


def _sentence(columns: Columns, sentence: str) -> None:
    start = len(columns.words)
    for place, item in enumerate(sentence.split()):
        form, tag, number, relation, *rest = item.split("/")
        head = int(number)
        dep = "ROOT" if head == 0 else relation
        pos = next((part[1:] for part in rest if part[0] == ":"), None) or _upos(form, tag, dep)
        lemma = next((part[1:] for part in rest if part[0] == "="), None) or _lemma(form, pos)
        mark = next((part for part in rest if part[0] not in ":="), "")
        columns.add(form, tag, pos, dep, lemma, mark, head=start + (head - 1 if head else place))


def _upos(form: str, tag: str, dep: str) -> str:
    if form.lower() in ("not", "n't", "n’t"):
        return "PART"
    if tag.startswith("VB"):
        return "AUX" if dep.split(":")[0] in ("aux", "cop") else "VERB"
    if tag == "IN" and dep == "mark":
        return "SCONJ"
    return UPOS.get(tag) or {"J": "ADJ", "R": "ADV"}.get(tag[0], "PUNCT")


def _lemma(form: str, pos: str) -> str:
    if pos == "PROPN" or (pos == "ADJ" and form[0].isupper()):
        return form
    inflected = pos in ("NOUN", "VERB") or form.lower() in FORMS_OF_AUXILIARIES
    found = lemminflect.getLemma(form.lower(), upos=pos) if inflected else ()
    return str(found[0]) if found else form.lower()


def _spaces(columns: Columns) -> list[bool]:
    """Whether a space follows: none beside marks, none inside quotation marks, whose tags tell the two apart."""
    marks = list(zip(columns.words, columns.tags, strict=True))
    return [
        not (word in NO_SPACE_AFTER or tag == "``" or following in NO_SPACE_BEFORE or after == "''")
        and PARAGRAPH_BREAK not in (word, following)
        for (word, tag), (following, after) in zip(marks, [*marks[1:], (PARAGRAPH_BREAK, "")], strict=True)
    ]


def _entities(doc: Doc, marks: Sequence[str]) -> list[Span]:
    found: list[Span] = []
    for i, mark in enumerate(marks):
        if mark == "+":
            last = found.pop()
            found.append(Span(doc, last.start, i + 1, last.label_))
        elif mark:
            found.append(Span(doc, i, i + 1, mark))
    return found


def _times(doc: Doc, times: Sequence[tuple[str, str]]) -> list[Span]:
    found, at = [], 0
    for words, label in times:
        at = doc.text.index(words, at)
        span = doc.char_span(at, at + len(words), label=label)
        assert span is not None, f"{words!r} are not whole words"
        found.append(span)
    return found


def article(
    doc: Doc, *, published: date | None = FRIDAY, roles: Sequence[ParagraphRole] = (), id: str = "a"
) -> Article:
    """The article of a Doc; its paragraphs are body unless ``roles`` says otherwise."""
    paragraphs, start = [], 0
    for place, text in enumerate(doc.text.split(PARAGRAPH_BREAK)):
        paragraphs.append(Paragraph(text, roles[place] if place < len(roles) else "body", start))
        start += len(text) + len(PARAGRAPH_BREAK)
    return Article(id, tuple(paragraphs), published=published)


def scene_of(doc: Doc) -> Scene:
    """The mentions of a Doc."""
    return scene(doc, article(doc), load())


def reading(
    *sentences: str,
    times: Sequence[tuple[str, str]] = (),
    published: date | None = FRIDAY,
    roles: Sequence[ParagraphRole] = (),
) -> Reading:
    """What the coder makes of sentences parsed by hand."""
    doc = parsed(*sentences, times=times)
    return code(doc, article(doc, published=published, roles=roles))


def only(*sentences: str, times: Sequence[tuple[str, str]] = (), published: date | None = FRIDAY) -> Report:
    """The one report of sentences that hold one."""
    found = reading(*sentences, times=times, published=published).reports
    assert len(found) == 1, [(report.category, report.cue_text) for report in found]
    return found[0]


def brief(report: Report) -> tuple[str, list[str], list[str]]:
    """Category and the codes of actors and recipients: what most tests ask for."""
    return (report.category, sorted(str(p.code) for p in report.actors), sorted(str(p.code) for p in report.recipients))


def briefs(*sentences: str) -> list[tuple[str, list[str], list[str]]]:
    """:func:`brief` of every report, in text order."""
    return [brief(report) for report in reading(*sentences).reports]


def read_briefs(text: str) -> list[tuple[str, list[str], list[str]]]:
    """:func:`brief` of every report of a text that the package's own pipeline reads."""
    return [brief(report) for report in dragoman.read(text).events]


def word(doc: Doc, form: str, *, nth: int = 0) -> Token:
    """The ``nth`` token of this form, from 0."""
    return [token for token in doc if token.text == form][nth]


def mention(of: Scene, form: str, *, nth: int = 0) -> Mention | None:
    """The mention that a word heads, if it heads one."""
    return of.at.get(word(of.doc, form, nth=nth).i)
