"""Token lines with IOB2 tags, as Universal NER writes them: id, token, tag and two columns more, tab separated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import FormatError
from dragoman.evaluation.task import bad, read_lines


@dataclass(frozen=True, slots=True)
class Tagged:
    """One sentence: its tokens, the spaces after them, and an IOB2 tag for each."""

    id: str
    document: str
    line: int
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]


def read_iob2(path: Path) -> Iterator[Tagged]:
    """The sentences of a file. Spaces are taken from the ``# text`` comment where there is one.

    Raises:
        SourceError: the file cannot be opened.
        FormatError: a line has fewer than three columns or a tag that is none; names file and line.
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


def _sentence(path: Path, block: list[tuple[int, str]], document: str) -> Tagged:
    comments = {
        name.strip("# "): value.strip()
        for name, _, value in (line.partition("=") for _, line in block if line.startswith("# "))
    }
    tokens = [_token(path, number, line) for number, line in block if not line.startswith("# ")]
    if not tokens:
        raise bad(path, block[0][0], "comments without a sentence")
    words, tags = zip(*tokens, strict=True)
    spaces = align_spaces(words, comments.get("text", ""))
    first = block[0][0]
    return Tagged(
        comments.get("sent_id", f"line {first}"), comments.get("newdoc id", document), first, words, spaces, tags
    )


def _token(path: Path, number: int, line: str) -> tuple[str, str]:
    columns = line.split("\t")
    if len(columns) < 3 or not columns[1].strip():
        raise bad(path, number, "a token line needs id, token and tag, tab separated")
    tag = columns[2]
    if tag != "O" and not (tag[:2] in ("B-", "I-") and len(tag) > 2):
        raise bad(path, number, f"{tag!r} is no IOB2 tag")
    return columns[1], tag


def align_spaces(words: tuple[str, ...], text: str) -> tuple[bool, ...]:
    """Whether a space follows each word in the text; a space after every word where the text does not hold them."""
    spaces, position = [], 0
    for word in words:
        at = text.find(word, position)
        if at < 0 or text[position:at].strip():
            return (True,) * len(words)
        position = at + len(word)
        spaces.append(text[position : position + 1].isspace())
    return tuple(spaces)


def spans_of(tags: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """(start, end, label) of each span, in tokens, end exclusive. An ``I-`` that continues nothing begins a span,
    as in the CoNLL 2003 scorer."""
    spans: list[tuple[int, int, str]] = []
    for position, tag in enumerate(tags):
        mark, _, label = tag.partition("-")
        if mark == "I" and spans and spans[-1][1:] == (position, label):
            spans[-1] = (spans[-1][0], position + 1, label)
        elif mark != "O":
            spans.append((position, position + 1, label))
    return spans
