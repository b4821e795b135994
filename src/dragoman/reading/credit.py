"""Captions and their credits: "The port of Oslo at dawn (AP Photo/Jane Doe)" is a caption, its credit apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dragoman.reading.lexicon import lexicon
from dragoman.reading.page import ends_sentence, word_count

# a caption is a remark on a picture, not a paragraph
MAX_CAPTION_WORDS = 70
_NAME = r"[A-Z][\w.’'-]+(?: (?:[A-Z][\w.’'-]*|al|bin|de|der|di|el|van|von)){0,4}"
_LEAD = re.compile(
    r"^(?:image|photo|picture|figure|video)? ?caption ?[:,|]\s*|^file photo ?[:,–—-]\s*|^file ?[:–—-]\s+", re.I
)
_LABEL = re.compile(
    r"^(?:(?:photo(?:graph)?|image|picture|file photo)s?(?: credits?| source)?(?: courtesy(?: of)?)?|credits?|source)"
    r" ?(?:[:,]|by\b)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption's own text (empty where the block was a credit alone), its credit, and how sure the form makes it.

    ``certain`` is False where the form is one that a paragraph of the report could have too: a bare agency in
    brackets after a full sentence.
    """

    text: str
    credit: str | None
    certain: bool


@dataclass(frozen=True, slots=True)
class _Forms:
    bracketed: re.Pattern[str]
    labelled: re.Pattern[str]
    copyright: re.Pattern[str]
    slashed: re.Pattern[str]
    alone: re.Pattern[str]
    agency: re.Pattern[str]


@cache
def _forms() -> _Forms:
    agencies, words = lexicon().agencies, lexicon().photo_words
    # a picture's word opens or closes the brackets: "(Archive)", "(Photo by ...)", not "(see the images of it)"
    closing = r"\b(?i:archives?|file|handout|photo)(?=[)\]])"
    signed = rf"(?:\b(?:{agencies})\b|(?<=[(\[])(?i:{words})\b|{closing})"
    return _Forms(
        bracketed=re.compile(rf"\s*[(\[](?P<credit>[^()\[\]]{{0,80}}?{signed}[^()\[\]]{{0,60}})[)\]]$"),
        # "by" only before a name and after a capital: "hurt his image by refusing" is no credit
        labelled=re.compile(
            r"[\s|,–—-]*\b(?P<credit>(?:(?:File )?(?:Photo(?:graph)?|Image|Picture|PHOTO|IMAGE)s?"
            r"(?: credits?| courtesy(?: of)?)?(?: ?:|,? by (?=[A-Z]))|Credits? ?:) ?[^.!?]{2,80}?)\.?$"
        ),
        copyright=re.compile(rf"[\s|,–—-]*(?P<credit>©\s?(?:{_NAME}|{agencies})(?:[/,| -]+[^.]{{1,40}})?)$"),
        slashed=re.compile(
            rf"[\s|–—-]+(?P<credit>(?:(?:{_NAME})\s?/\s?)?(?:{agencies}|REUTERS)(?:\s?/\s?(?:{_NAME}|{agencies}))?)$"
        ),
        alone=re.compile(rf"(?:{_NAME}|{agencies}|REUTERS)(?:\s?[/|–-]\s?(?:{_NAME}|{agencies}|(?i:{words})))*"),
        agency=re.compile(rf"(?:{agencies}|REUTERS)"),
    )


def split_credit(text: str) -> Caption | None:
    """A block read as a caption; None where its form is none of a caption's.

    The credit keeps its words ("Anadolu – Archive", "Photo: Jane Doe/AFP" gives "Jane Doe/AFP").
    """
    lead = _LEAD.match(text)
    body = text[lead.end() :] if lead else text
    if word_count(body) > MAX_CAPTION_WORDS:
        return None
    found = _trailing_credit(body)
    if found is not None:
        rest, credit = found
        return Caption(rest, _plain(credit), certain=bool(lead) or not rest or _is_certain(rest, credit))
    return Caption(body, None, certain=True) if lead and body else None


def _trailing_credit(text: str) -> tuple[str, str] | None:
    forms = _forms()
    for form in (forms.bracketed, forms.labelled, forms.copyright, forms.slashed):
        match = form.search(text)
        # a bare slash or agency at the end needs the slash: "said the AP" is no credit
        if match and (form is not forms.slashed or "/" in match["credit"]):
            return text[: match.start()].rstrip(" |,–—-"), match["credit"]
    return ("", text) if forms.agency.fullmatch(text) else None


def _is_certain(rest: str, credit: str) -> bool:
    bare_agency = _forms().agency.fullmatch(credit) is not None
    return not (bare_agency and ends_sentence(rest)) and rest.count(". ") < 4


def _plain(credit: str) -> str:
    credit = _LABEL.sub("", credit.strip(" ()[]|.")).strip()
    return credit or "unknown"


def is_credit_alone(text: str) -> bool:
    """Whether a block is nothing but a credit: "Photo: Reuters", "© AFP", "REUTERS/Jane Doe", "(AP Photo/J. Doe)"."""
    if word_count(text) > 12 or ends_sentence(text.rstrip(")]")):
        return False
    found = _trailing_credit(text)
    label = _LABEL.match(text)
    if (found is not None and not found[0]) or (label and _forms().alone.fullmatch(text[label.end() :])):
        return True
    return bool("/" in text and found is not None and _forms().alone.fullmatch(text))


def credit_of(text: str) -> str:
    """The credit in a block that is one alone, without its label or brackets."""
    return _plain(text)
