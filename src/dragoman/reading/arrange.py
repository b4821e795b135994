"""Blocks to a page: title, byline and date off the head, then what each block of the report is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.model import ParagraphRole
from dragoman.reading.byline import HeadLine, head_line, sign_off
from dragoman.reading.credit import credit_of, is_credit_alone, split_credit
from dragoman.reading.furniture import Raw, breadcrumb, without_furniture
from dragoman.reading.origin import credit_in
from dragoman.reading.page import Block, Page, ends_sentence, is_prose, key, word_count
from dragoman.reading.published import dateline_date, is_date_line, line_date

MAX_TITLE_WORDS = 40
MAX_SUBHEAD_WORDS = 14
# the lines over a report: title, standfirst, byline, date, picture
_HEAD_BLOCKS = 14
_SUFFIX = re.compile(r"\s+(?:[|»·]|[-–—])\s+(?P<site>[^|»·]{2,40})$")
_SIGNED_QUOTE = re.compile(r"^[\"“‘'].{15,}[\"”’']\s*[-–—]\s*(?=[A-Z])")
_LABELLED_DATE = re.compile(r"(?:first |originally |last )?(?:publish|posted|updated|modified)", re.IGNORECASE)
_DUPLICATE_CHARACTERS = 40


@dataclass(slots=True)
class _Head:
    """What the blocks before the report's first paragraph told."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: date | None = None
    labelled: bool = False
    rest: list[Raw] = field(default_factory=list)

    def take(self, line: HeadLine) -> None:
        self.byline = self.byline or line.byline
        if line.published and (self.published is None or (line.labelled and not self.labelled)):
            self.published, self.labelled = line.published, line.labelled


def arrange(blocks: Sequence[Raw], *, title: str | None = None) -> Page:
    """A page from the blocks found on it, in order. ``title`` is the title where markup told it.

    A block's hint is kept where it has one; without hints, form and neighbours decide. The page's ``published`` is
    a date that the page prints for itself, None where it prints none or only a part.
    """
    if len(blocks) == 1 and title is None:
        return Page([Block(blocks[0].text)], published=dateline_date(blocks[0].text))
    report = list(without_furniture(_without_crumbs(blocks, title)))
    head = _read_head(report, title or _crumb_title(blocks))
    body = _without_tail(_without_copies(_with_captions(head.rest), head.title), head)
    first = next((raw.text for raw in body if is_prose(raw.text)), "")
    return Page(
        _with_subheads(body),
        title=head.title,
        byline=head.byline,
        outlet=head.outlet,
        published=head.published or dateline_date(first),
        credit=credit_in([raw.text for raw in blocks], byline=head.byline),
    )


def _crumb_title(blocks: Sequence[Raw]) -> str | None:
    near = blocks[:_HEAD_BLOCKS]
    keys = frozenset(key(raw.text) for raw in near)
    for raw in near:
        crumb = breadcrumb(raw.text, keys)
        if crumb and key(crumb.last) in keys:
            return next(other.text for other in near if key(other.text) == key(crumb.last))
    return None


def _without_crumbs(blocks: Sequence[Raw], title: str | None) -> list[Raw]:
    near = blocks[:_HEAD_BLOCKS]
    keys = frozenset(key(raw.text) for raw in near) | ({key(title)} if title else frozenset())
    return [raw for raw in near if not breadcrumb(raw.text, keys)] + list(blocks[_HEAD_BLOCKS:])


def _read_head(report: list[Raw], title: str | None) -> _Head:
    """Takes title, byline and dates off; what is left in front is standfirst, caption or report."""
    head = _Head(title=title)
    if title is None:
        _find_title(report, head)
    title_key = key(head.title or "")
    end = _head_end(report, title_key)
    at_title = next((i for i, raw in enumerate(report[:end]) if title_key and key(raw.text) == title_key), -1)
    for number, raw in enumerate(report):
        line = head_line(raw.text) if number < end and not raw.hint else None
        if line:
            head.take(line)
        elif number < end and number > at_title:
            head.rest.extend(_head_block(raw, report[number + 1 : end]))
        elif number >= end:
            head.rest.append(raw)
    return head


def _head_end(report: list[Raw], title_key: str) -> int:
    """The index of the report's first paragraph: the first prose that no line of the head follows closely."""
    near = report[:_HEAD_BLOCKS]
    prose = [i for i, raw in enumerate(near) if _reads(raw, title_key)]
    if not prose:
        return min(len(near), 1 + max((i for i, raw in enumerate(near) if head_line(raw.text)), default=-1))
    lines = [i for i, raw in enumerate(near) if i > prose[0] and head_line(raw.text)]
    # a standfirst is a sentence or two, then comes the byline
    close = [i for i in lines if sum(prose[0] <= p < i for p in prose) <= 2 and i <= prose[0] + 4]
    end = max(close, default=-1) + 1 or prose[0]
    return max(end, prose[0])


def _reads(raw: Raw, title_key: str) -> bool:
    if raw.hint in ("headline", "standfirst", "caption", "subhead") or key(raw.text) == title_key:
        return False
    caption = split_credit(raw.text)
    return is_prose(raw.text) and not (caption and caption.certain) and head_line(raw.text) is None


def _head_block(raw: Raw, head_after: list[Raw]) -> list[Raw]:
    """A block between the title and the first paragraph: standfirst if it says something, else a label of the page."""
    if raw.hint or _is_caption(raw) or is_credit_alone(raw.text):
        return [raw]
    return [replace(raw, hint="standfirst")] if word_count(raw.text) >= 5 else []


def _find_title(report: list[Raw], head: _Head) -> None:
    """The first line that reads like a headline; one that carries the site's name gives the outlet too."""
    near = report[: _HEAD_BLOCKS if len(report) > 1 else 0]
    candidates = [raw for i, raw in enumerate(near) if _may_be_title(raw, first=i == 0) and _only_head_before(near[:i])]
    if not candidates and near and _stopped_title(report):
        candidates = near[:1]
    keys = [key(raw.text) for raw in near]
    chosen = next((raw for raw in candidates if word_count(raw.text) >= 4), candidates[0] if candidates else None)
    if chosen is None:
        return
    head.title = chosen.text
    match = _SUFFIX.search(chosen.text)
    if match and word_count(match["site"]) <= 5:
        bare = chosen.text[: match.start()]
        if key(bare) in keys or "|" in match[0]:
            head.title, head.outlet = bare, match["site"].strip()
            report[:] = [replace(raw, text=bare) if raw is chosen else raw for raw in report]


def _stopped_title(report: list[Raw]) -> bool:
    """Whether the first block is a title in spite of its full stop: far shorter than any first paragraph is."""
    first, *others = report[:4]
    longer = len(others) >= 2 and all(word_count(raw.text) >= 1.5 * word_count(first.text) for raw in others[:1])
    capitals = [word[0].isupper() for word in first.text.split() if len(word) > 3]
    limit = 16 if sum(capitals) > 0.7 * len(capitals) else 12
    one = len(re.findall(r"[.!?;](?=\s+[A-Z])", first.text)) == 0
    return (
        longer and one and first.hint is None and 3 <= word_count(first.text) <= limit and head_line(first.text) is None
    )


def _only_head_before(before: list[Raw]) -> bool:
    return not any(_reads(raw, "") for raw in before)


def _may_be_title(raw: Raw, *, first: bool) -> bool:
    text = raw.text
    if raw.hint == "subhead" and first:
        return True
    if raw.hint or word_count(text) > MAX_TITLE_WORDS or word_count(text) < 2 or head_line(text) or _is_caption(raw):
        return False
    if dateline_date(text) or is_credit_alone(text):
        return False
    stops = text.endswith((".", ":", ";", ",")) or ". " in re.sub(r"\b[A-Z]\w{0,3}\. ", "", text)
    return not stops


def _is_caption(raw: Raw) -> bool:
    caption = split_credit(raw.text)
    return bool(caption and caption.text and caption.certain)


def _with_captions(report: list[Raw]) -> list[Raw]:
    """Credits split from captions; a line that is a credit alone goes to the caption beside it."""
    done: list[Raw] = []
    waiting: str | None = None
    last_prose = max((i for i, raw in enumerate(report) if is_prose(raw.text)), default=-1)
    for number, raw in enumerate(report):
        if raw.hint in (None, "caption") and is_credit_alone(raw.text):
            waiting = _given_credit(done, credit_of(raw.text))
            continue
        raw = _as_caption(raw, last=number >= last_prose)
        if raw.hint == "caption" and raw.credit is None and waiting:
            raw = replace(raw, credit=waiting)
        waiting = None
        done.append(raw)
    return done


def _given_credit(done: list[Raw], credit: str) -> str | None:
    """Gives a lone credit to the caption before it; returns it where it must wait for one after it."""
    if not done or done[-1].credit or done[-1].hint in ("headline", "subhead", "quote"):
        return credit
    before = done[-1]
    if before.hint == "caption" or (not ends_sentence(before.text) and word_count(before.text) <= 45):
        done[-1] = replace(before, hint="caption", credit=credit)
        return None
    return credit


def _as_caption(raw: Raw, *, last: bool) -> Raw:
    if raw.hint not in (None, "caption", "standfirst"):
        return raw
    caption = split_credit(raw.text)
    if raw.credit:
        raw = replace(raw, credit=credit_of(raw.credit))
    if caption is None or not caption.text:
        return raw
    # after the last sentence of a report, an agency in brackets signs the report
    if raw.hint == "caption" or caption.certain or not last:
        return Raw(caption.text, "caption", raw.credit or caption.credit)
    return raw


def _without_copies(report: list[Raw], title: str | None) -> list[Raw]:
    """Without repetitions: of the title, of whole paragraphs, of sentences pulled out to decorate the page."""
    whole = "".join(key(raw.text) for raw in report if raw.hint is None)
    seen = {key(title)} if title else set()
    kept = []
    for raw in report:
        own = key(raw.text)
        copied = own in seen and (len(own) >= _DUPLICATE_CHARACTERS or own == key(title or ""))
        pulled = (
            raw.hint in ("quote", "subhead") and word_count(raw.text) >= 6 and len(whole) < 500_000 and own in whole
        )
        if own and not copied and not pulled:
            kept.append(raw)
        seen.add(own)
    return kept


def _without_tail(report: list[Raw], head: _Head) -> list[Raw]:
    """Without what follows the last paragraph: sign-offs, labelled dates, tags and links without a full stop."""
    body = [raw for raw in report if not _taken_sign_off(raw, head)]
    prose = [i for i, raw in enumerate(body) if is_prose(raw.text) or ends_sentence(raw.text)]
    if len(prose) < 2:
        return body
    tail = body[prose[-1] + 1 :]
    return body[: prose[-1] + 1] + [raw for raw in tail if raw.hint in ("caption", "quote")]


def _taken_sign_off(raw: Raw, head: _Head) -> bool:
    names = sign_off(raw.text)
    if names:
        head.byline = head.byline or names
        return True
    if raw.hint is None and is_date_line(raw.text) and _LABELLED_DATE.match(raw.text):
        head.published = head.published or line_date(raw.text)
        return True
    return False


def _with_subheads(report: list[Raw]) -> list[Block]:
    likely = [_may_be_subhead(raw) for raw in report]
    return [Block(raw.text, raw.hint or _role(report, likely, i), raw.credit) for i, raw in enumerate(report)]


def _role(report: list[Raw], likely: list[bool], i: int) -> ParagraphRole:
    if _SIGNED_QUOTE.match(report[i].text):
        return "quote"
    if not likely[i] or i == 0 or i + 1 == len(report):
        return "body"
    # three short lines in a row are a list
    row = likely[max(0, i - 2) : i] + likely[i + 1 : i + 3]
    listed = (likely[i - 1] and likely[i + 1]) or row[:2] == [True, True] or row[-2:] == [True, True]
    between = any(is_prose(raw.text) for raw in report[:i]) and is_prose(report[i + 1].text)
    return "subhead" if between and not listed else "body"


def _may_be_subhead(raw: Raw) -> bool:
    text = raw.text
    if raw.hint or word_count(text) > MAX_SUBHEAD_WORDS:
        return False
    opens = text[0].isupper() or text[0].isdigit() or text[0] in "“‘'\""
    return opens and not text.endswith((".", ",", ";", ":", "!", "…", "”", '"')) and not is_date_line(text)
