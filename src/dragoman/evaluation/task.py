"""What every task of ``dragoman evaluate`` is made of: options in, figures and prediction rows out."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import FormatError, SourceError

if TYPE_CHECKING:
    from spacy.language import Language

FOLDS = 5

Row = dict[str, Any]
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Options:
    """``fold``: of files made of documents or of single sentences, only those whose :func:`fold_of` it is; None for
    all."""

    fold: int | None = None

    def takes(self, name: str) -> bool:
        """Whether the document of this id, or the sentence of this key, is to be measured."""
        return self.fold is None or fold_of(name) == self.fold


@dataclass(frozen=True, slots=True)
class Result:
    """``figures`` under the names of the documentation, as fractions of one; ``parts`` the same for each type;
    ``counts`` what they were counted on; ``rows`` the predictions, one JSON object each, in the file's order."""

    figures: Figures
    parts: Mapping[str, Figures] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A name for the command line, one line of help, and the function that measures a pipeline on a file."""

    name: str
    summary: str
    run: Callable[[Path, Language, Options], Result]


@dataclass(slots=True)
class Tally:
    """Hits among what was found and what was to be found."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    def add(self, *, hits: int, found: int, gold: int) -> None:
        """Count one more sentence or document."""
        self.hits, self.found, self.gold = self.hits + hits, self.found + found, self.gold + gold

    @property
    def precision(self) -> float:
        """Hits over found; 0 where nothing was found."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Hits over gold; 0 where there is no gold."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, from the counts, so that it is rounded once."""
        return 2 * self.hits / (self.found + self.gold) if self.found + self.gold else 0.0

    def figures(self) -> Figures:
        """The three under their names."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


def harmonic(precision: float, recall: float) -> float:
    """F1, and 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def sentence_key(text: str) -> str:
    """What two copies of a sentence share: letters and digits, in lower case. Files of single sentences are folded
    by it, so that one sentence never stands on both sides, however often and in whichever file it is annotated."""
    return "".join(character for character in text.lower() if character.isalnum())


def fold_of(document: str) -> int:
    """Which of the five folds a document lies in, by the BLAKE2b digest of its id, or of a sentence's
    :func:`sentence_key`; fold 0 is kept out of training."""
    return int.from_bytes(blake2b(document.encode()).digest(), "big") % FOLDS


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines of a UTF-8 text file, gzipped or not, without their ends, numbered from 1.

    Raises:
        SourceError: the file is missing or cannot be read.
        FormatError: it is not UTF-8 or not whole gzip; the message names the line.
    """
    number = 0
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise bad(path, number, f"not UTF-8: {error.reason}") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise bad(path, number + 1, f"damaged gzip: {error}") from error
    except OSError as error:
        raise SourceError(error.strerror or str(error), source=str(path)) from error


def bad(path: Path, line: int, reason: str) -> FormatError:
    """The error for a line that breaks its format."""
    return FormatError(f"line {line}: {reason}", source=str(path))
