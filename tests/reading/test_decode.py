"""Bytes to text: encodings declared, real, mixed, and what is no text at all."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DragomanError, FormatError
from dragoman.reading import MAX_BYTES, read_bytes
from dragoman.reading.decode import declared_encoding, decode

TEXT = "The envoy said: “We won’t leave” – and Élise agreed in Tromsø."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_comes_out_whatever_it_was_written_in(codec: str) -> None:
    assert decode(TEXT.encode(codec), name="t") == TEXT


def test_bytes_of_windows_inside_utf8_are_read_as_such() -> None:
    assert decode("Ã‰lise — café ".encode() + b"said \x93no\x94 at the caf\xe9", name="t").endswith(
        "said “no” at the café"
    )


def test_the_real_encoding_wins_over_the_declared() -> None:
    page = b'<meta charset="iso-8859-1">' + TEXT.encode()
    assert decode(page, name="t", content_type="text/html; charset=iso-8859-1").endswith(TEXT)


def test_the_declared_encoding_is_taken_where_it_fits() -> None:
    assert (
        decode("Łódź i Gdańsk".encode("iso-8859-2"), name="t", content_type="text/plain; charset=ISO-8859-2")
        == "Łódź i Gdańsk"
    )
    assert decode('<meta charset="windows-1251">Мир'.encode("cp1251"), name="t").endswith("Мир")


def test_unknown_labels_are_no_error() -> None:
    assert declared_encoding(b'<meta charset="klingon">') is None
    assert decode(
        b"caf\xe9 in Oslo, he said on Monday to all", name="t", content_type="text/html; charset=x"
    ).startswith("café")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\x00" * 50, "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (gzip.compress(b"text"), "gzip"),
        (random.Random(7).randbytes(5000), "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason) as caught:
        read_bytes(data, name="thing")
    assert str(caught.value).startswith("thing: ")


def test_a_file_too_large_is_refused() -> None:
    with pytest.raises(FormatError, match="20 MB"):
        read_bytes(b"a " * (MAX_BYTES // 2 + 1), name="big")


def test_a_text_longer_than_any_article_is_refused_at_once() -> None:
    with pytest.raises(FormatError, match="more than any article"):
        read_bytes(b"a\n" * 2_000_000, name="lines")


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_of_their_own(data: bytes) -> None:
    try:
        article = read_bytes(data, name="noise")
    except DragomanError as error:
        assert str(error).startswith("noise: ")
    else:
        assert article.paragraphs
