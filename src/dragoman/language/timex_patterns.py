"""What time expressions look like in running text: patterns over the vocabulary of ``data/timex.yaml``.

Borders follow the TimeML annotation guidelines 1.2.1 as TimeBank applies them: no preposition; "the" inside before
last, next, past, ordinals and units, outside before a modifier ("the third-quarter loss"); "ago", "earlier" and
shading words ("early", "the end of", "or so") inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from dragoman.language import timex_words as lexicon

Pattern = tuple[str, str]

# Month names that are common words count only with a capital, or beside a number.
_CAPITAL = ("may", "march", "mar", "jan", "sun", "sat", "mon", "wed")
_RARE_UNITS = ("second", "fortnight", "millennium", "weekend", "century")
_LOOSE = "a (?:couple of|few|hundred|dozen)|several|a number of"
_CLOCK = (
    r"(?:\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\b\.?|o'clock)|\d{1,2}:\d\d(?=\s(?:GMT|EST|EDT|on\b))"
    r"|midnight|noon|midday)"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_DIGIT = "one|two|three|four|five|six|seven|eight|nine"
_SAID_YEAR = rf"(?:nine|eigh)teen\s(?:{_TENS})(?:[\s-](?:{_DIGIT}))?"
_SAID_2000 = rf"two\sthousand(?:\s(?:and\s)?(?:{_DIGIT}))?"


@cache
def _vocabulary() -> dict[str, str]:
    full_months = list(lexicon.words("months"))
    months = [name for full in full_months for name in (full, *lexicon.words("months")[full])]
    days = [name for full, others in lexicon.words("weekdays").items() for name in (full, *others)]
    units = _any(unit for unit in lexicon.words("units") if unit not in _RARE_UNITS)
    number = _any(name for name in lexicon.words("numbers") if name not in ("oh", "zero"))
    said = rf"(?:{number})(?:[\s-](?:{number}|hundred|thousand))*"
    holidays = _any(
        name.replace("new year", "new year's").replace("women", "women's") for name in lexicon.words("holidays")
    )
    return {
        "MONTH": rf"(?-i:{_any(_capitals(months))})\b\.?",
        "FULLMONTH": f"(?-i:{_any(_capitals(full_months))})",
        "WEEKDAY": rf"(?:{_any(name for name in days if name not in _CAPITAL)})\b",
        "UNITS": f"(?:{units})s?",
        "PLURAL": f"(?:(?:{units})s|weekends|fortnights|centuries)",
        "LONG": "(?:days|nights|weeks|months|years|decades|centuries)",
        "BIG": "(?:day|night|week|weekend|month|quarter|year|decade|century|summer|winter|spring|fall|autumn)",
        "N": rf"(?:\d[\d,]*(?:\s\d/\d|\.\d)?|{said}|{_LOOSE})(?:\sand a half)?",
        "KIND": r"(?:\s(?:more|full|whole|straight|consecutive|successive|trading|working|business|calendar))?",
        "DAY": r"(?:[0-3]?\d)(?:st|nd|rd|th)?",
        "YEAR": r"(?:1[5-9]|20)\d\d",
        "ANYYEAR": rf"(?:(?:1[5-9]|20)\d\d|{_SAID_YEAR}|{_SAID_2000})",
        "SAIDYEAR": f"(?:{_SAID_YEAR})",
        "ORD": rf"(?:{_any(lexicon.words('ordinals'))}|\d{{1,2}}(?:st|nd|rd|th))",
        "FOURTH": "(?:first|second|third|fourth)",
        "PART": "(?:early morning|morning|afternoon|evening|night)",
        "DECADE": f"(?:{_any(lexicon.words('decades'))})",
        "SEASON": "(?:spring|summer|fall|autumn|winter)",
        "HOLIDAY": f"(?:{holidays})",
        "CLOCK": _CLOCK,
        "ZONE": r"(?:\s\(?(?:GMT|EST|EDT|UTC|CET|local time)\)?)?",
        "SHADE": "(?:early|late|mid|earlier|later)",
        "ABOUT": "(?:about|around|nearly|almost|more than|less than|at least|up to|just over|well over|as many as)",
        "SINCE": r"(?:\s(?:ago|earlier)\b)",
        "TAIL": r"(?:\sor\s(?:so|more|longer|later|earlier)\b|\sand\sbeyond\b)?",
    }


def _capitals(names: list[str]) -> set[str]:
    return {form for name in names for form in (name.capitalize(), name.upper())}


def _any(names: Iterable[str]) -> str:
    return lexicon.alternatives(names).replace(r"\ ", r"\s")


def _after(*words: str) -> str:
    """Any of the words and a space stand before; each needs a look-behind of its own length."""
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in words) + ")"


_IN = _after("for", "in", "over", "during", "of", "through", "into", "by", "throughout", "since", "until", "within")
_FOR = _after("for", "in", "over", "within")

_DAYS: tuple[Pattern, ...] = (
    ("DATE", r"\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b"),
    ("DATE", r"(?:{WEEKDAY},?\s)?{MONTH}\s{DAY}(?:(?:,\s?|\s){YEAR})?\b(?!\s?(?:percent|million|billion))"),
    ("DATE", r"(?:{WEEKDAY},?\s)?(?:the\s(?=\d+[a-z]))?{DAY}\s(?:of\s)?{MONTH}(?:(?:,\s?|\s){YEAR})?(?!\w)"),
    ("DATE", r"{MONTH}\s{DAY}\s(?:and|or)\s(?P<own>{DAY})\b(?!\s?(?:percent|million|billion|people|killed|others))"),
    (
        "DATE",
        r"{MONTH}\s{DAY}(?:\s?[-–]\s?|\sto\s){DAY}(?:,?\s{YEAR})?\b"
        r"|\b{DAY}(?:\s?[-–]\s?|\sto\s){DAY}\s{MONTH}(?:,?\s{YEAR})?(?!\w)",
    ),
    ("DATE", r"the\s{ORD}\sof\s(?:(?:next\s|last\s|this\s)?{MONTH}|(?:next|last|this)\smonth)(?!\w)"),
    (
        "DATE",
        r"(?:(?:last|next|this|this past|this coming|earlier|early|late|the previous"
        r"|the following)\s)?{WEEKDAY}(?!\w)",
    ),
    (
        "DATE",
        r"(?:(?:earlier|late|early|later)\s)?(?:today|yesterday|tomorrow)\b"
        r"|\bthe day (?:before yesterday|after tomorrow)\b",
    ),
    ("DATE", r"(?:last\s)?{HOLIDAY}\b(?:\sweek)?"),
)

_CLOCKS: tuple[Pattern, ...] = (
    ("TIME", r"(?:(?:last|next|this|early|late)\s)?{WEEKDAY}\s{PART}\b"),
    ("TIME", r"(?:this|last|yesterday|tomorrow)\s{PART}\b(?<!last morning)(?<!last afternoon)|\btonight|\bovernight"),
    ("TIME", r"(?:the\s(?:next|following|previous)|that(?:\ssame)?)\s{PART}\b"),
    (
        "TIME",
        r"(?:around\s)?{CLOCK}{ZONE}(?:,?\s(?:on\s)?(?:{WEEKDAY}|today|yesterday|tomorrow"
        r"|{MONTH}\s{DAY}))?(?!\w)",
    ),
)

_CALENDAR: tuple[Pattern, ...] = (
    (
        "DATE",
        r"(?:(?:{SHADE}|mid)[\s-])?{FULLMONTH}(?:,?\s(?:of\s)?{YEAR})?(?:\s(?:of\s)?(?:this|last"
        r"|next) year)?(?!\w)(?!\s(?:\d|for\s(?-i:[A-Z])|of\s(?:the|(?-i:[A-Z]))))",
    ),
    ("DATE", r"{YEAR}\s?[-–]\s?{YEAR}\b"),
    ("DATE", r"(?:last|next|this|this coming|this past)\s(?:{MONTH}(?:\s{DAY}\b)?|{HOLIDAY})(?!\w)"),
    ("DATE", r"(?:the\s)?(?:(?:early|late|mid|middle)[\s-])?(?:{YEAR}s\b|'\d0s\b)|\bmid-{YEAR}\b"),
    ("DATE", r"the\s(?:(?:early|late|mid)[\s-])?{DECADE}\b"),
    (
        "DATE",
        r"(?:{SHADE}[\s-]|fiscal\s|the\syear\s)?{YEAR}\b{TAIL}(?![\d:/%s-]|,\d|\.\d|\s(?:percent|people|troops"
        r"|soldiers|shares|points|miles|kilometers|dollars|men))",
    ),
    ("DATE", r"{SAIDYEAR}\b|\bthe\syear\s{ANYYEAR}\b"),
    ("DATE", r"(?:the\s)?{ORD}\scentury\b"),
    ("DATE", r"(?:the\s)?{SEASON}\sof\s{ANYYEAR}\b"),
    ("DATE", r"the\s(?:early|late)\s{SEASON}\b"),
    (
        "DATE",
        r"the\s(?:end|beginning|start|middle|(?:first|second|last|latter)\shalf)\sof\s(?:(?:this|last|next|the)\s)?"
        r"(?:{BIG}|{YEAR}|{MONTH}(?:\s{YEAR})?|the\s(?:'\d0|{YEAR})s|(?:'\d0|{YEAR})s|the\s{BIG})\b",
    ),
)

_RELATIVE: tuple[Pattern, ...] = (
    (
        "DATE",
        r"(?:the\s)?(?:last|past|next|this|current|coming|previous|following|same|latest)\s(?:fiscal\s"
        r"|calendar\s)?{BIG}(?:'s\s{ORD}\squarter)?{TAIL}\b(?!-)(?!s\b)",
    ),
    ("DATE", r"(?:{SHADE}(?:\sin)?\s)(?:the\s)?(?:this|last|next|past|that|the)?\s?{BIG}\b(?!-)(?!s\b)"),
    ("DATE", r"(?:{ABOUT}\s)?(?:{N}|an?){KIND}\s(?:{UNITS})(?:\sor\sso)?{SINCE}(?:(?<=ago)\stoday\b)?"),
    ("DATE", r"the\ssame\s(?:day|week|month|quarter|period|time)\s(?:of\s)?last\syear\b"),
    ("DATE", r"that\s(?:same\s)?(?:day|week|month|quarter|year)\b(?!s)"),
    (
        "DATE",
        rf"{_IN}the\s(?:weekend|week|month|(?:full\s|fiscal\s|current\s)?year)\b"
        r"(?![\s-](?:ago|earlier|end|ended|ending|before|after|that)\b)",
    ),
    (
        "DATE",
        rf"{_IN}the\s(?:{{SEASON}}|quarter(?:\sa\syear{{SINCE}})?)\b(?![\s-](?:ago|earlier|end|before|after|that)\b)",
    ),
    ("DATE", r"(?:year['’]s\send|year[\s-]end)\b"),
)

_ACCOUNTS: tuple[Pattern, ...] = (
    (
        "DATE",
        r"(?:the\s)?(?:comparable\s)?(?:year-ago|year-earlier)\s(?:{ORD}\s)?(?:period|quarter|month|week)\b"
        r"|\b(?:year-earlier|year-ago)\b",
    ),
    (
        "DATE",
        r"the\s(?:fiscal[\s-]|\d{4}\s)?{FOURTH}\s(?:quarter|half)(?!-)"
        r"(?:\sof\s(?:(?:fiscal\s)?{YEAR}|(?:last|this|next|the)\syear))?\b|\bQ[1-4](?:\s(?:of\s)?{YEAR})?\b"
        r"|(?:fiscal\s)?{FOURTH}[\s-]quarter\b",
    ),
    ("DATE", r"the\s(?:latest|{YEAR})\s(?:period|quarter)\b|\bthe\ssame\squarter\b"),
)

_VAGUE: tuple[Pattern, ...] = (
    ("DATE", r"(?:right\s)?now\b|currently\b|recently\b|these\sdays\b|nowadays\b"),
    ("DATE", r"the\s(?:near\s)?future\b|the\spast\b(?=[,.;]|\s(?:and|that|as|when|but)\b)"),
    ("DATE", r"the\s(?:near|short|medium|long)\sterm\b|a\slater\sdate\b"),
    ("DATE", r"(?:past|previous|future)\s(?:{LONG}|quarters)\b"),
    ("DATE", r"(?:(?<=\bwill\s)|(?<=\bwould\s)|(?<=\bmay\s)|(?<=\bmight\s)|(?<=\bcould\s)|(?<=\bcan\s))one\sday\b"),
    (
        "DURATION",
        rf"{_after('for', 'in', 'after', 'quite')}(?:some\stime|a\s(?:long\s|short\s|little\s)?while)\b",
    ),
)

_LENGTHS: tuple[Pattern, ...] = (
    (
        "DURATION",
        rf"{_after('within', 'after', 'barely', 'for')}an?\s(?:minute|hour|day|week|month|year|decade)\b"
        r"(?:\sor\s(?:two|so|more))?(?!\s(?:ago|earlier|and))",
    ),
    ("DURATION", r"(?:half\san|an?)\s(?:minute|hour|day|week|month|year|decade)(?=\slater\b)"),
    ("DURATION", r"the\s(?:fiscal\s)?year\b(?=\s(?:ended|ending)\b)"),
    ("DURATION", r"an?\s(?:minute|hour|day|week|month|year)\s(?:or\stwo|and\sa\shalf)\b(?!{SINCE})"),
    (
        "DURATION",
        r"(?:at\sleast\s)?(?:the\s)?(?:last|past|next|first|final|coming|latest)\s(?:{N}|few|several"
        r"|couple\sof){KIND}\s(?:{PLURAL}|{UNITS}|{SEASON}s){TAIL}\b",
    ),
    ("DURATION", r"(?:the\s(?:(?:latest|year-earlier|year-ago)\s)?){N}\s{PLURAL}\b(?!\s(?:ago|earlier|old))"),
    (
        "DURATION",
        r"(?:{ABOUT}\s)?{N}(?:\s(?:to|or)\s{N})?{KIND}[\s-](?:{UNITS}|century){TAIL}\b"
        r"(?<!three-quarters)(?!-old|\sold|-olds|s-old)(?!{SINCE})",
    ),
    ("DURATION", r"(?:{ABOUT}\s)an?\s(?:hour|minute|day|week|month|year|decade|century)\b(?!{SINCE})"),
    ("DURATION", r"(?:recent|coming)\s(?:{LONG}|quarters)\b"),
    ("DURATION", rf"{_FOR}(?:hours|{{LONG}})(?:\sor\s{{LONG}})?\b"),
)

_SETS: tuple[Pattern, ...] = (
    (
        "SET",
        r"(?:every|each)\s(?:other\s|{N}\s)?(?:hour|day|week|month|quarter|year|decade|night|morning|evening|weekend|"
        r"{SEASON}|{WEEKDAY}|{FULLMONTH})s?\b",
    ),
    ("SET", r"daily\b|annually\b|weekly\b|\b(?:once|twice|{N}\stimes)\s(?:an?|every|each)\s(?:day|week|month|year)\b"),
    (
        "SET",
        rf"{_after('million', 'billion', 'percent', 'times', 'people', 'barrels', 'tons', 'tonnes')}"
        r"an?\s(?:hour|day|week|month|year)\b(?!\s(?:ago|earlier|later|before|after|and))",
    ),
)

PATTERNS: tuple[Pattern, ...] = (*_DAYS, *_CLOCKS, *_CALENDAR, *_RELATIVE, *_ACCOUNTS, *_VAGUE, *_LENGTHS, *_SETS)


# Words without which no expression is one, besides those of the calendar, and words one can begin with.
_CORES = (
    "annually currently daily date future now nowadays overnight past period q recently term time today tomorrow"
    " tonight weekly while yesterday"
)
_OPENERS = (
    "a about almost an around as at coming comparable current each earlier early every few fiscal following half just"
    " last late later latest less mid middle more nearly next once over previous recent right same several some that"
    " the these this up well"
)


@cache
def cores() -> frozenset[str]:
    """The words in lower case of which every match of the patterns holds one, unless it holds a digit."""
    words = set(_CORES.split())
    for section in ("months", "weekdays"):
        words.update(name for full, others in lexicon.words(section).items() for name in (full, *others))
    for section in ("units", "decades", "seasons", "dayparts", "clock_words", "holidays"):
        words.update(name.split()[-1] for name in lexicon.words(section))
    said = {name for name, value in lexicon.words("numbers").items() if value >= 18}  # "nineteen eighty-four"
    return frozenset(words | said | {f"{word}s" for word in lexicon.words("units")} | {"centuries"})


@cache
def openers() -> frozenset[str]:
    """The words in lower case with which a match of the patterns can begin, unless it begins with a digit."""
    words = set(_OPENERS.split()) | cores()
    for section in ("numbers", "ordinals", "holidays"):
        words.update(name.split()[0] for name in lexicon.words(section))
    return frozenset(words)


@cache
def compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(type, pattern) of every rule, in the order in which equally long matches are preferred. Where a pattern has
    a group ``own``, that group is the expression and the rest its surroundings."""
    names = _vocabulary()
    fill = re.compile(r"\{([A-Z]+)\}")
    filled = [(kind, fill.sub(lambda match: names[match[1]], pattern)) for kind, pattern in PATTERNS]
    return tuple((kind, re.compile(rf"(?<![\w$#£€])(?:{pattern})", re.IGNORECASE)) for kind, pattern in filled)
