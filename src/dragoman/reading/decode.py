"""Bytes to text: what kind of bytes they are, and in which encoding."""

from __future__ import annotations

import codecs
import re

from dragoman.errors import FormatError

SAMPLE = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"\x7fELF", "a program"),
)
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
# what browsers do with these labels (WHATWG Encoding Standard): they are Windows-1252 in practice
_AS_CP1252 = {"ascii", "us-ascii", "iso8859-1", "iso-8859-1", "latin-1", "latin1"}
# above this share of bytes over 127 a one-byte text is in no western script; English has a mark or an accent at times
_WESTERN_HIGH_SHARE = 0.2


def decode(data: bytes, *, name: str, content_type: str | None = None) -> str:
    """The text of ``data``; a byte that no encoding explains becomes U+FFFD, never an exception of a codec.

    The byte order mark decides, then UTF-8 wherever it fits, then what the server or the page declares, then a
    guess. Raises :class:`FormatError` for nothing at all and for bytes that are no text.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise FormatError("the source is empty", source=name)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    wide = _wide_codec(data)
    if wide:
        return data.decode(wide, "replace")
    _refuse_binary(data, name)
    return _narrow(data, declared_encoding(data, content_type))


def declared_encoding(data: bytes, content_type: str | None = None) -> str | None:
    """The Python codec named by the HTTP content type or in the page's first bytes; None where none is known."""
    header = _PARAMETER.search(content_type or "")
    label = header[1] if header else None
    if label is None:
        found = _DECLARED.search(data[:4096])
        label = (found[1] or found[2]).decode("ascii", "replace") if found else None
    try:
        codec = codecs.lookup(label).name if label else None
    except LookupError:
        return None
    return "cp1252" if codec in _AS_CP1252 else codec


def _wide_codec(data: bytes) -> str | None:
    sample = data[: SAMPLE & ~1]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else None


def _refuse_binary(data: bytes, name: str) -> None:
    start = data[:16].lstrip()
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            raise FormatError(f"this is {kind}, not text or HTML", source=name)
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls > 0.02 * len(sample) + 4:
        raise FormatError("this is binary data, not text or HTML", source=name)


def _narrow(data: bytes, declared: str | None) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return data.decode("utf-8", _CP1252_FALLBACK)
    if declared and declared not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        try:
            return data.decode(declared)
        except (UnicodeDecodeError, LookupError):
            pass
    return data.decode(_guess(data), "replace")


def _mostly_utf8(data: bytes) -> bool:
    """Whether sequences of several bytes that are UTF-8 outnumber the bytes that are not."""
    text = data[: 16 * SAMPLE].decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for character in text if character > "\x7f") - wrong
    return right > wrong


def _guess(data: bytes) -> str:
    high = sum(1 for byte in data[:SAMPLE] if byte > 127)
    if high <= _WESTERN_HIGH_SHARE * min(len(data), SAMPLE):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    return best.encoding if best else "cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_CP1252_FALLBACK = "dragoman-cp1252"
codecs.register_error(_CP1252_FALLBACK, _as_cp1252)
