"""The lists of ``data/furniture.yaml``, compiled once: what is furniture of a page, and who signs pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns are matched without regard to case; ``agencies`` and ``photo_words`` are alternations to build on."""

    line: re.Pattern[str]
    prefix: re.Pattern[str]
    inside: re.Pattern[str]
    comments: re.Pattern[str]
    related: re.Pattern[str]
    short_block: int
    breadcrumb_roots: frozenset[str]
    agencies: str
    photo_words: str
    unwanted_classes: re.Pattern[str]
    standfirst_classes: re.Pattern[str]
    credit_classes: re.Pattern[str]
    no_authors: re.Pattern[str]
    walls: tuple[tuple[str, re.Pattern[str]], ...]


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _token(alternatives: str) -> re.Pattern[str]:
    # class names are words joined by hyphens, underscores or camel case: "article__related-links", "shareBar"
    return re.compile(rf"(?<![^\s_-])(?:{alternatives})(?![^\s_-])", re.IGNORECASE)


@cache
def lexicon() -> Lexicon:
    """The lists, read from the package on first use."""
    data: dict[str, Any] = yaml.safe_load(files("dragoman.reading").joinpath("data/furniture.yaml").read_text("utf-8"))
    return Lexicon(
        line=_any(data["line"]),
        prefix=_any(data["prefix"]),
        inside=_any(data["inside"]),
        comments=_any(data["comments"]),
        related=_any(data["related"]),
        short_block=data["short_block"],
        breadcrumb_roots=frozenset(data["breadcrumb_roots"]),
        agencies="|".join(data["agencies"]),
        photo_words=data["photo_words"],
        unwanted_classes=_token(data["unwanted_classes"]),
        standfirst_classes=_token(data["standfirst_classes"]),
        credit_classes=_token(data["credit_classes"]),
        no_authors=_any([data["no_authors"]]),
        walls=tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in data["walls"].items()),
    )
