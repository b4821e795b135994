"""Events drawn for a judge: the same draw twice, no word of the article kept, shares counted as judged."""

import gzip
import json
from pathlib import Path

import pytest

import judgements

TEXTS = {
    "first": "Chad accused Niger of shelling a village on Monday. Niger rejected the accusation.",
    "second": "The presidents of Chile and Peru met in Lima. Peru's minister praised Chile.",
}


Captured = pytest.CaptureFixture[str]
FIELDS = ("article", "start", "end", "event", "actor", "recipient", "category", "parties", "voice", "cause")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("articles") / "some.jsonl.gz"
    lines = [json.dumps({"id": name, "text": text, "date": "2024-03-05"}) for name, text in TEXTS.items()]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def test_a_draw_can_be_repeated_and_keeps_no_word(articles: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.jsonl", "two.jsonl")]
    for file in files:
        judgements.main(["draw", str(articles), "--events", "3", "--to", str(file)])
    assert files[0].read_text() == files[1].read_text()
    rows = judgements.load(files[0])
    assert len(rows) == 3
    for row in rows:
        assert set(row) == {
            "article",
            "start",
            "end",
            "event",
            "actor",
            "recipient",
            "category",
            "parties",
            "voice",
            "cause",
        }
        assert TEXTS[row["article"]][row["start"] : row["end"]] in ("accused", "rejected", "met", "praised")


def test_the_share_is_of_what_was_judged_right(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "judged.jsonl"
    judgements.main(["draw", str(articles), "--to", str(file)])
    rows = [row | {"category": True, "parties": True, "voice": True} for row in judgements.load(file)]
    rows[0] |= {"parties": False, "cause": "wrong recipient"}
    rows[1] |= {"actor": ["XXX"]}
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    capsys.readouterr()
    judgements.main(["share", str(file), "--articles", str(articles)])
    told = capsys.readouterr().out
    assert f"judged {len(rows)}, right in all of category, parties, voice: {len(rows) - 1}" in told
    assert "1  wrong recipient" in told and f"still read: {len(rows) - 1}, right: {len(rows) - 2}" in told


def test_a_line_that_is_no_judgement_is_named(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text('{"article": "a"}\n')
    with pytest.raises(ValueError, match=r"judged.jsonl:1: no judgement"):
        judgements.load(file)
