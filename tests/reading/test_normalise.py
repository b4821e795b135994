"""Text as it was meant."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.normalise import normalise, one_line


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("Tom &amp; Ida &ldquo;no&rdquo; &#8211; &#x2019;s", "Tom & Ida “no” – ’s"),
        ("co\u00adoper\u00adation", "cooperation"),
        ("a\u200bb\u200ec\u200fd\u2060e\ufefff\u202ag\u202c", "abcdefg"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("Cafe\u0301", "Café"),
        ("the o\ufb03ce of \ufb01shing", "the office of fishing"),
        ("a\x00b\x07c", "abc"),
        ("donâ€™t â€œgoâ€\x9d nowâ€¦", "don’t “go” now…"),
        ("BeyoncÃ© of TromsÃ¸", "Beyoncé of Tromsø"),
        ("SAO TOMÉ’S “CAFÉ”", "SAO TOMÉ’S “CAFÉ”"),
        ("it\x92s \x93so\x94", "it’s “so”"),
        ("\ud83d\ude00 \ud800", "😀 \ufffd"),
        ("R&D & more; AT&T;", "R&D & more; AT&T;"),
    ],
)
def test_what_is_broken_is_put_right(found: str, meant: str) -> None:
    assert normalise(found) == meant


def test_white_space_of_every_kind_is_one_space() -> None:
    assert one_line(" a\u00a0b\u2003 \t\n c ") == "a b c"


@given(st.text())
def test_normal_text_is_composed_encodable_and_without_controls(text: str) -> None:
    done = normalise(text)
    assert unicodedata.is_normalized("NFC", done)
    assert done.encode("utf-8") or not done
    assert not any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in done)
