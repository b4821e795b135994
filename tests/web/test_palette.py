"""Ink and ground of every part of a page differ as WCAG 2.1 AA asks, in the light and in the dark."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLES = files("dragoman.web").joinpath("static", "dragoman.css").read_text(encoding="utf-8")
MARKS = ("actor", "recipient", "cue", "date", "place", "speaker", "content")
TEXT = [
    *(("ink", ground) for ground in ("ground", "panel", *MARKS)),
    *((ink, ground) for ink in ("muted", "link") for ground in ("ground", "panel")),
    ("ink", "ground"),
    ("warn", "ground"),
    ("agree", "ground"),
    ("ground", "link"),  # a button
]
SIGNS = [("edge", "ground"), ("edge", "panel"), ("focus", "ground"), ("focus", "panel")]


def palettes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", STYLES, flags=re.DOTALL)
    return {name: dict(re.findall(r"--(\w+): (#\w{6});", part)) for name, part in (("light", light), ("dark", dark))}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.1."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_the_definition_says():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_and_signs_stand_out(scheme):
    colours = palettes()[scheme]
    assert set(palettes()["light"]) == set(palettes()["dark"])
    weak = [(*pair, round(contrast(*(colours[name] for name in pair)), 2)) for pair in TEXT]
    assert [pair for pair in weak if pair[2] < 4.5] == []
    faint = [(*pair, round(contrast(*(colours[name] for name in pair)), 2)) for pair in SIGNS]
    assert [pair for pair in faint if pair[2] < 3] == []
