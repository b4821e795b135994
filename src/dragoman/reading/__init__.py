"""Reading: the bytes of a source (HTML, plain text, standard input, an address) to an Article."""

from dragoman.reading.reader import Format, read_bytes, read_text
from dragoman.reading.sources import MAX_BYTES, Source, is_text, sources

__all__ = ["MAX_BYTES", "Format", "Source", "is_text", "read_bytes", "read_text", "sources"]
