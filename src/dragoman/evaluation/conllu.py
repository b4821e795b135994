"""The CoNLL-U format of Universal Dependencies (https://universaldependencies.org/format.html)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import FormatError
from dragoman.evaluation.task import bad, read_lines

COLUMNS = 10
_ID, _FORM, _LEMMA, _UPOS, _XPOS, _FEATS, _HEAD, _DEPREL, _DEPS, _MISC = range(COLUMNS)


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word. ``head`` counts words of the sentence from 1; 0 is the root. ``deprel`` is whole."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The syntactic words of a sentence; ``line`` is where it begins in the file."""

    id: str
    document: str
    line: int
    rows: tuple[Word, ...]

    @property
    def words(self) -> list[str]:
        """The forms."""
        return [word.form for word in self.rows]

    @property
    def spaces(self) -> list[bool]:
        """Whether a space follows each word; never within a multiword token."""
        return [word.space for word in self.rows]


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a file. Ranges (``1-2``) only lend their spacing; empty nodes (``1.1``) are read over.

    Raises:
        SourceError: the file cannot be opened.
        FormatError: a line is not CoNLL-U, or a tree is none; the message names file and line.
    """
    block: list[tuple[int, str]] = []
    document, seen = "", False
    for number, line in read_lines(path):
        if line.strip():
            block.append((number, line))
            continue
        if block:
            sentence = _sentence(path, block, document)
            document, seen, block = sentence.document, True, []
            yield sentence
    if block:
        yield _sentence(path, block, document)
    elif not seen:
        raise FormatError("no sentence in the file", source=str(path))


def _sentence(path: Path, block: list[tuple[int, str]], document: str) -> Sentence:
    comments = dict(_comment(line) for _, line in block if line.startswith("#"))
    lines = [(number, line) for number, line in block if not line.startswith("#")]
    first = block[0][0]
    if not lines:
        raise bad(path, first, "comments without a sentence")
    rows = tuple(_rows(path, lines))
    _check_tree(path, first, rows)
    newdoc = comments.get("newdoc id") or (f"line {first}" if "newdoc" in comments else None)
    return Sentence(comments.get("sent_id", f"line {first}"), newdoc or document, first, rows)


def _comment(line: str) -> tuple[str, str]:
    name, _, value = line.lstrip("# ").partition("=")
    return name.strip(), value.strip()


def _rows(path: Path, lines: list[tuple[int, str]]) -> Iterator[Word]:
    expected, until, range_space = 1, 0, True
    for number, line in lines:
        columns = line.split("\t")
        if len(columns) != COLUMNS:
            raise bad(path, number, f"{len(columns)} columns where CoNLL-U has {COLUMNS}")
        if "." in columns[_ID]:
            continue
        if "-" in columns[_ID]:
            until, range_space = _range_end(path, number, columns[_ID]), _space(columns)
            continue
        if columns[_ID] != str(expected):
            raise bad(path, number, f"word id {columns[_ID]!r} where {expected} is next")
        space = _space(columns) if expected > until else range_space and expected == until
        yield _word(path, number, columns, space=space)
        expected += 1


def _range_end(path: Path, number: int, text: str) -> int:
    start, _, end = text.partition("-")
    if not (start.isdigit() and end.isdigit() and int(start) < int(end)):
        raise bad(path, number, f"{text!r} is no range of words")
    return int(end)


def _space(columns: list[str]) -> bool:
    return "SpaceAfter=No" not in columns[_MISC].split("|")


def _word(path: Path, number: int, columns: list[str], *, space: bool) -> Word:
    if not columns[_HEAD].isdigit():
        raise bad(path, number, f"head {columns[_HEAD]!r} is no number")
    if not columns[_FORM].strip():
        raise bad(path, number, "a word without a form")
    return Word(
        columns[_FORM],
        columns[_LEMMA],
        columns[_UPOS],
        columns[_XPOS],
        columns[_FEATS],
        int(columns[_HEAD]),
        columns[_DEPREL],
        space,
    )


def _check_tree(path: Path, line: int, rows: tuple[Word, ...]) -> None:
    if any(word.head > len(rows) for word in rows):
        raise bad(path, line, "a head outside the sentence")
    if sum(word.head == 0 for word in rows) != 1:
        raise bad(path, line, "a sentence needs exactly one root")
    for start in range(1, len(rows) + 1):
        node, steps = start, 0
        while node and steps <= len(rows):
            node, steps = rows[node - 1].head, steps + 1
        if node:
            raise bad(path, line, "a cycle in the tree")
