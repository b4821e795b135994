"""Text as it was meant: entities, invisible characters, line ends and broken encodings put right."""

from __future__ import annotations

import html
import re
import unicodedata

_MARKUP_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_BREAKS = re.compile(r"\r\n?|\x0b|\x0c|\x1c|\x1d|\x1e|\x85|\u2028")
# zero-width and direction marks, soft hyphens, variation selectors, tags, interlinear and object marks
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_C1 = re.compile("[\x80-\x9f]")
# what an ASCII text can hold that is to be put right
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f&]")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
# UTF-8 read as Windows-1252: a lead byte's character and its one to three continuations
_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# after a capital, a closing quotation mark is more likely just that ("SAO TOMÉ’S")
_UNQUOTED = _CONTINUATION.replace("’", "").replace("”", "")
_MOJIBAKE = re.compile(f"[Â-Å][{_UNQUOTED}]|[à-ï][{_CONTINUATION}]{{2}}|[ð-ô][{_CONTINUATION}]{{3}}")
# what any other text can hold that is to be put right, but for entities and for what NFC puts right
_WRONG = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufb00-\ufb06\ufdd0-\ufdef\ufffe\uffff]"
    f"|{_INVISIBLE.pattern}|{_MOJIBAKE.pattern}"
)
# any of that is made of these alone: what a long text of plain characters is searched for first
_NOT_PLAIN = re.compile("[^\\n -~]+")


def _cp1252(character: str) -> str:
    return character.encode("latin-1").decode("cp1252", "ignore")


def _byte(character: str) -> bytes:
    # the five bytes that Windows-1252 leaves free come through most decoders as themselves
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _repaired(match: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, match[0])).decode("utf-8")
    except UnicodeError:
        return match[0]


def _entity(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def without_surrogates(text: str) -> str:
    """Pairs of surrogates become the character they stand for, lone ones U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def normalise(text: str, *, entities: bool = True) -> str:
    """A whole text in NFC with ``\\n`` line ends, without invisible, control and wrongly decoded characters.

    White space other than line ends is left as it is; :func:`one_line` collapses it. ``entities`` is False where
    a parser has resolved HTML's entities before.
    """
    if text.isascii() and not _UNUSUAL.search(text):
        return text
    if not (entities and "&" in text) and not _WRONG.search(" ".join(_NOT_PLAIN.findall(text))):
        return unicodedata.normalize("NFC", text)
    text = without_surrogates(text)
    text = _MARKUP_ENTITY.sub(_entity, text) if entities and "&" in text else text
    text = _MOJIBAKE.sub(_repaired, text)
    text = _LINE_BREAKS.sub("\n", text).replace("\u2029", "\n\n")
    text = _C1.sub(lambda match: _cp1252(match[0]), text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", without_surrogates(text))


def one_line(text: str) -> str:
    """White space of every kind collapsed to single spaces, none at the ends."""
    return " ".join(text.split())
