"""The words of English time expressions, and the plain form in which the rules read them.

:func:`prepare` turns what stands in the text ("the twenty-first of Sept., 1998's") into lower-case words with
numbers as digits, ordinals as ``21th``, and one spelling for each month, weekday and unit. All word lists are
in ``data/timex.yaml``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dragoman.errors import DataError

_DATA = "data/timex.yaml"
_SECTIONS = (
    "months",
    "weekdays",
    "units",
    "numbers",
    "scales",
    "ordinals",
    "decades",
    "dayparts",
    "clock_words",
    "seasons",
    "holidays",
    "references",
    "indefinite_durations",
    "modifiers",
)


@cache
def words(section: str) -> dict[str, Any]:
    """One section of the word lists as it stands in the data file.

    Raises:
        DataError: the file is not YAML, or the section is missing.
    """
    data = _load()
    if section not in data:
        raise DataError(f"the section {section!r} is missing", source=_DATA)
    content = data[section]
    return content if isinstance(content, dict) else {name: None for name in content}


@cache
def _load() -> dict[str, Any]:
    text = files("dragoman.language").joinpath(_DATA).read_text(encoding="utf-8")
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DataError(f"not YAML: {error}", source=_DATA) from error
    missing = [name for name in ("source", "date", *_SECTIONS) if name not in data]
    if missing:
        raise DataError(f"missing sections: {', '.join(missing)}", source=_DATA)
    return dict(data)


def alternatives(names: Any) -> str:
    """A regular expression group body that matches any of the names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@cache
def month_numbers() -> dict[str, int]:
    """``january`` to 1 and so on."""
    return {name: number for number, name in enumerate(words("months"), start=1)}


@cache
def weekday_numbers() -> dict[str, int]:
    """``monday`` to 0 and so on, as in :meth:`datetime.date.weekday`."""
    return {name: number for number, name in enumerate(words("weekdays"))}


@cache
def _spellings() -> dict[str, str]:
    table = {
        other: name for section in ("months", "weekdays") for name, others in words(section).items() for other in others
    }
    for unit, entry in words("units").items():
        for other in entry["spellings"]:
            table[other] = unit + "s" if other.endswith(("s", "ies", "a")) else unit
    return table


def prepare(text: str) -> str:
    """The expression in the plain form the rules read."""
    plain = text.lower().replace("’", "'").replace("‘", "'").replace("`", "'").replace("–", "-").replace("—", " ")
    plain = re.sub(r"(?<=\d)'s\b", "s", plain)
    plain = re.sub(r"(?<=[a-z])'s?(?![a-z])", "", plain)
    plain = re.sub(r"(?<![a-z0-9])'(?!\d\ds?\b)|(?<=\s)_(?=\s)|[\"()\[\]]", " ", plain)
    plain = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", plain)
    plain = re.sub(r"(?<=\d)(?=[ap]m\b)", " ", plain)
    plain = re.sub(r"(?<=[a-z])\.|[.,;:!?]+(?=\s|$)", " ", plain)
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain).replace(",", " ")
    plain = re.sub(r"(?<=[a-z])-(?=\w)|(?<=\d)-(?=[a-su-vx-z])|(?<=\d)-(?=[tw][a-z])", " ", plain)
    tokens = [_spellings().get(token, token) for token in plain.split()]
    return " ".join(_fractions(_numbers(tokens)).split())


def _fractions(plain: str) -> str:
    units = f"(?P<unit>{alternatives(words('units'))})"
    plain = re.sub(r"\b(\d+) 1/2\b|\b(\d+) and a half\b", lambda match: f"{match[1] or match[2]}.5", plain)
    plain = re.sub(rf"\b(?:a|1) {units} and a half\b", r"1.5 \g<unit>s", plain)
    plain = re.sub(rf"\b(?:half (?:an? |of an? )?|a half ){units}\b", r"0.5 \g<unit>", plain)
    plain = re.sub(r"\b(?:a |the )?(?:couple(?: of)?|pair of) (?=\w)", _couple, plain)
    return re.sub(r"\b(?:a )?dozen (?=\w)", "12 ", plain)


def _couple(match: re.Match[str]) -> str:
    return "the 2 " if match[0].startswith("the ") else "2 "


def _numbers(tokens: list[str]) -> str:
    """Every run of number words as digits; ordinals as ``5th`` and ``21th``."""
    out: list[str] = []
    position = 0
    while position < len(tokens):
        end = _run_end(tokens, position)
        if end == position:
            out.append(_single(tokens, position))
            position += 1
        else:
            out.append(_value(tokens[position:end]))
            position = end
    return " ".join(out)


def _run_end(tokens: list[str], start: int) -> int:
    """Where the run of number words that begins at ``start`` ends; ``start`` itself if none does."""
    numbers, scales = words("numbers"), words("scales")
    end = start
    while end < len(tokens):
        if (
            tokens[end] in numbers
            or (tokens[end] in scales and _scales_here(tokens, start, end))
            or (
                tokens[end] == "and"
                and end > start
                and tokens[end - 1] in scales
                and end + 1 < len(tokens)
                and tokens[end + 1] in numbers
            )
        ):
            end += 1
        else:
            break
    if end > start and end < len(tokens) and _ordinal(tokens[end]) and _tens(tokens[end - 1]) > (_ordinal(tokens[end])):
        end += 1
    return end


def _scales_here(tokens: list[str], start: int, end: int) -> bool:
    return end > start or (start > 0 and tokens[start - 1] in ("a", "the", "last", "past", "next", "than", "almost"))


def _tens(token: str) -> int:
    value = int(words("numbers").get(token, 0))
    return value if value >= 20 else 0


def _ordinal(token: str) -> int:
    return int(words("ordinals").get(token, 0))


def _value(run: list[str]) -> str:
    ordinal = _ordinal(run[-1])
    values = [int(words("numbers").get(token, 0)) for token in run if token in words("numbers")]
    if ordinal:
        return f"{sum(values) + ordinal}th"
    if any(token in words("scales") for token in run):
        return str(_scaled(run))
    return _said_digits(values)


def _scaled(run: list[str]) -> int:
    total, part = 0, 0
    for token in run:
        if token in words("scales"):
            scale = int(words("scales")[token])
            part = max(part, 1) * scale
            if scale >= 1000:
                total, part = total + part, 0
        elif token != "and":
            part += int(words("numbers")[token])
    return total + part


def _said_digits(values: list[int]) -> str:
    """Numbers said one after the other: 20, 4 is 24; 19, 90, 6 is 1996; 19, 0, 5 is 1905."""
    groups: list[int] = []
    for value in values:
        if groups and groups[-1] >= 20 and groups[-1] % 10 == 0 and 0 < value < 10:
            groups[-1] += value
        else:
            groups.append(value)
    if len(groups) == 2 and 10 <= groups[0] < 100 and 10 <= groups[1] < 100:
        return f"{groups[0]}{groups[1]}"
    if len(groups) == 3 and 10 <= groups[0] < 100 and groups[1] == 0 and groups[2] < 10:
        return f"{groups[0]}0{groups[2]}"
    return " ".join(str(group) for group in groups)


def _single(tokens: list[str], position: int) -> str:
    token = tokens[position]
    digits = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", token)
    if digits:
        return f"{int(digits[1])}th"
    if token == "second" and not _counts(tokens, position):
        return token
    return f"{_ordinal(token)}th" if _ordinal(token) else token


def _counts(tokens: list[str], position: int) -> bool:
    """Whether "second" is an ordinal here and not the sixtieth part of a minute."""
    if position + 1 < len(tokens) and tokens[position + 1] in ("quarter", "half", "day", "week", "month", "year"):
        return True
    before = tokens[position - 1] if position else ""
    numeric = before.replace(".", "").isdigit() or before in words("numbers")
    return position + 1 < len(tokens) and not numeric and before not in ("a", "per", "every", "each", "split")
