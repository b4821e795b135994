"""The reader of attributions, on articles of our own writing."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="training needs the train extra")

from training.claims import articles, polnear
from training.corpora import Sentence

TEXT = (
    'Ida Holm said that talks failed. "We left," she added, "at noon."\n\nRain fell, it was claimed. An advertisement.'
)


def places(*parts: str) -> list[list[int]]:
    return [[TEXT.index(part), TEXT.index(part) + len(part)] for part in parts]


def attribution(source: list[str], cue: list[str], content: list[str]) -> dict[str, Any]:
    return {"source": places(*source), "cue": places(*cue), "content": places(*content)}


ATTRIBUTIONS = [
    attribution(["Ida Holm"], ["said"], ["that talks failed"]),
    attribution(["she"], ["added"], ['"We left,"', '"at noon."']),
    attribution([], ["claimed"], ["Rain fell"]),
]


def article(**more: Any) -> str:
    return json.dumps({"id": "a", "text": TEXT, "attributions": ATTRIBUTIONS} | more)


def read(tmp_path: Path, line: str) -> list[Sentence]:
    path = tmp_path / "own.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    ((name, parts),) = articles(path)
    assert name == "a"
    return parts


def marked(sentence: Sentence, role: str) -> list[str]:
    """Each span's words, by its tags."""
    out: list[list[str]] = []
    for word, tag in zip(sentence.words, sentence.extra[role], strict=True):
        if tag and tag[0] in "BS":
            out.append([])
        if tag and tag != "O":
            out[-1].append(word)
    return [" ".join(words) for words in out]


def test_spans_are_tagged_in_their_paragraphs(tmp_path: Path) -> None:
    first, second = read(tmp_path, article())
    assert marked(first, "source") == ["Ida Holm", "she"] and marked(first, "cue") == ["said", "added"]
    assert marked(first, "content") == ["that talks failed", '" We left , "', '" at noon . "']
    assert first.extra["source"][:3] == ["B-source", "E-source", "O"] and first.extra["cue"][2] == "S-cue"
    assert first.extra["content"][3:7] == ["B-content", "I-content", "E-content", "O"]
    assert marked(second, "source") == [] and marked(second, "cue") == ["claimed"]
    assert not first.bounded and set(first.extra) == {"source", "cue", "content"}


def test_a_cue_is_linked_to_its_source_and_to_each_piece_of_its_content(tmp_path: Path) -> None:
    first, second = read(tmp_path, article())
    said, added = first.words.index("said"), first.words.index("added")
    links = [(cue, first.words[other], role) for cue, other, role in first.links]
    assert links == [
        (said, "Ida", "source"), (said, "that", "content"),
        (added, "she", "source"), (added, '"', "content"), (added, '"', "content"),
    ]  # fmt: skip
    assert first.links[3][1] != first.links[4][1]
    claimed = second.words.index("claimed")
    assert second.links == [(claimed, claimed, "source"), (claimed, 0, "content")], "no source: the cue itself"


def test_what_lies_in_another_window_is_no_source(tmp_path: Path) -> None:
    far = [attribution(["Ida Holm"], ["claimed"], ["Rain fell"])]
    _, second = read(tmp_path, article(attributions=far))
    claimed = second.words.index("claimed")
    assert (claimed, claimed, "source") in second.links


def test_what_the_annotators_set_aside_teaches_nothing(tmp_path: Path) -> None:
    aside = places("An advertisement.")
    for field in ("discard", "discuss"):
        _, second = read(tmp_path, article(**{field: aside}))
        for role in ("source", "cue", "content"):
            assert second.extra[role][-3:] == [None] * 3 and None not in second.extra[role][:-3]


def test_the_part_of_a_split_is_the_file_so_named(tmp_path: Path) -> None:
    folder = tmp_path / "polnear" / "dev"
    folder.mkdir(parents=True)
    for name, text in (("polnear-dev.jsonl.gz", article()), ("other-annotators.jsonl.gz", "not read")):
        with gzip.open(folder / name, "wt", encoding="utf-8") as file:
            file.write(text + "\n")
    assert list(polnear(tmp_path, "dev")) == ["polnear/a"]
