"""The kinds of failure a user can meet. Every message names the source and the reason."""

from __future__ import annotations


class DragomanError(Exception):
    """Base of every error Dragoman raises on purpose. ``kind`` is the word kept in the record's failures."""

    kind = "error"

    def __init__(self, reason: str, *, source: str | None = None) -> None:
        super().__init__(f"{source}: {reason}" if source else reason)
        self.source = source
        self.reason = reason


class SourceError(DragomanError):
    """A source could not be opened: missing, unreachable, not permitted, too large."""

    kind = "source"


class FormatError(DragomanError):
    """A source was opened, but is not the text it should be: empty, binary, damaged."""

    kind = "format"


class NoArticleError(DragomanError):
    """A page was read, but no article was found on it."""

    kind = "no-article"


class LanguageError(DragomanError):
    """An article is not in a language the reader reads. ``language`` is its code, where that is known."""

    kind = "language"

    def __init__(self, reason: str, *, source: str | None = None, language: str | None = None) -> None:
        super().__init__(reason, source=source)
        self.language = language


class RecordError(DragomanError):
    """The record cannot be opened or written: damaged, locked by another process, newer than this program."""

    kind = "record"


class NotFoundError(RecordError):
    """The record is in order, and holds nothing of that name, or several things."""


class CorrectionError(RecordError):
    """A correction does not fit what it is about: no such field or value, nothing that it would change."""


class DataError(DragomanError):
    """A data file of the ontology, or a user's own, breaks its form."""

    kind = "data"


class MissingError(DragomanError):
    """A package that only this needs is not installed: the message names it and the extra that brings it."""

    kind = "missing"

    def __init__(self, what: str, *, package: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the package {package}, which is not installed; "
            f"the extra `{extra}` brings it (pip install 'dragoman[{extra}]')"
        )


def error_of(kind: str) -> type[DragomanError]:
    """The error that a failure of this kind was; DragomanError itself for a kind that no source has."""
    known = {
        each.kind: each for each in (SourceError, FormatError, NoArticleError, LanguageError, RecordError, DataError)
    }
    return known.get(kind, DragomanError)
