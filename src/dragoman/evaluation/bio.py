"""Token and tag with a space between, an empty line between sentences; source (S) and target (T) spans in BIO.

The form of the CAMEO party files of ConfliBERT (Hu et al. 2022). Sentences stand alone, not in documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import FormatError
from dragoman.evaluation.iob2 import Tagged
from dragoman.evaluation.task import bad, read_lines


def read_bio(path: Path) -> Iterator[Tagged]:
    """The sentences of a file, each a document of its own; a space is taken to follow every token.

    Raises:
        SourceError: the file cannot be opened.
        FormatError: a line is not a token and a tag; names file and line.
    """
    block: list[tuple[str, str]] = []
    first, seen = 0, False
    for number, line in read_lines(path):
        if line.strip():
            first = first if block else number
            block.append(_token(path, number, line))
        elif block:
            yield _sentence(first, block)
            seen, block = True, []
    if block:
        yield _sentence(first, block)
    elif not seen:
        raise FormatError("no sentence in the file", source=str(path))


def _token(path: Path, number: int, line: str) -> tuple[str, str]:
    columns = line.split()
    if len(columns) != 2:
        raise bad(path, number, f"{len(columns)} columns where a token and its tag should be")
    word, tag = columns
    if tag != "O" and not (tag[:2] in ("B-", "I-") and len(tag) > 2):
        raise bad(path, number, f"{tag!r} is no BIO tag")
    return word, tag


def _sentence(line: int, block: list[tuple[str, str]]) -> Tagged:
    words, tags = zip(*block, strict=True)
    name = f"line {line}"
    return Tagged(name, name, line, words, (True,) * len(words), tags)
