"""The generator of synthetic archives: the same seed, the same bytes; what it says of its articles is so."""

from __future__ import annotations

import gzip
import json
import random
from functools import cache
from pathlib import Path

from archive.grammar import plain, render, tellings
from archive.make import Archive, make, write

ARTICLES = 300


@cache
def archive() -> Archive:
    return make(articles=ARTICLES, seed=3)


def test_a_text_is_rendered_with_its_choices_slots_and_marks() -> None:
    text = render("[main: <A> {left|left}] on {a|a} {day|day}.", random.Random(1), lambda slot: slot.lower(), str)
    assert plain(text) == "A left on a day."
    assert list(tellings(text)) == [("main", "A left")]


def test_the_same_seed_gives_the_same_bytes_and_another_others(tmp_path: Path) -> None:
    for folder, seed in (("one", 3), ("two", 3), ("three", 4)):
        write(make(articles=60, seed=seed), tmp_path / folder)
    read = {
        folder: [path.read_bytes() for path in sorted((tmp_path / folder).iterdir())]
        for folder in ("one", "two", "three")
    }
    assert read["one"] == read["two"] != read["three"]


def test_the_files_hold_what_the_module_says(tmp_path: Path) -> None:
    write(archive(), tmp_path)
    rows = [json.loads(line) for line in gzip.decompress((tmp_path / "articles.jsonl.gz").read_bytes()).splitlines()]
    truth = json.loads(gzip.decompress((tmp_path / "truth.json.gz").read_bytes()))
    assert len(rows) == ARTICLES and len({row["id"] for row in rows}) == len({row["url"] for row in rows}) == ARTICLES
    assert sorted(id for ids in truth["stories"].values() for id in ids) == sorted(row["id"] for row in rows)
    assert [row["published"] for row in rows] == sorted(row["published"] for row in rows)


def test_every_telling_is_in_its_article_and_every_copy_in_its_story() -> None:
    rows = {row["id"]: row for row in archive().articles}
    for told in archive().tellings:
        row = rows[told["article"]]
        assert told["words"] in f"{row['title']}\n{row['text']}"
    story = {id: name for name, ids in archive().stories.items() for id in ids}
    for id, copy in archive().copies.items():
        assert story[id] == story[copy["of"]]


def test_no_mark_choice_or_slot_is_left_in_a_text() -> None:
    for row in archive().articles:
        assert not set("{}|<>[]\ue000\ue001\ue002") & set(row["title"] + row["text"])


def test_credits_stand_on_the_page() -> None:
    rows = {row["id"]: row for row in archive().articles}
    assert archive().credits
    for id, credit in archive().credits.items():
        assert credit in f"{rows[id]['byline']}\n{rows[id]['text']}"


def test_there_are_copies_of_every_kind_and_events_told_by_several_stories() -> None:
    big = make(articles=1500, seed=5)
    assert {copy["how"] for copy in big.copies.values()} == {"printed", "edited", "cut", "updated", "retranslated"}
    story = {id: name for name, ids in big.stories.items() for id in ids}
    told: dict[str, set[str]] = {}
    for each in big.tellings:
        told.setdefault(each["event"], set()).add(story[each["article"]])
    assert sum(len(stories) > 1 for stories in told.values()) > 50
