"""Reading: the bytes of a source (a page, a text, an archive, a table, a feed) to Articles."""

from dragoman.reading.bulk import Opener, SourceFormat
from dragoman.reading.columns import Columns
from dragoman.reading.document import Document, Format, Said
from dragoman.reading.filters import EVERYTHING, Wanted
from dragoman.reading.reader import read_bytes, read_text
from dragoman.reading.sources import MAX_BYTES, Source, is_text, sources

__all__ = [
    "EVERYTHING",
    "MAX_BYTES",
    "Columns",
    "Document",
    "Format",
    "Opener",
    "Said",
    "Source",
    "SourceFormat",
    "Wanted",
    "is_text",
    "read_bytes",
    "read_text",
    "sources",
]
