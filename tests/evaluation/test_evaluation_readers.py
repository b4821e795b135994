"""The readers of the public formats, on small files of our own."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import FormatError, SourceError
from dragoman.evaluation.bio import read_bio
from dragoman.evaluation.conllu import read_conllu
from dragoman.evaluation.iob2 import align_spaces, read_iob2, spans_of
from dragoman.evaluation.marked import read_marked
from dragoman.evaluation.plover_gold import read_plover
from dragoman.evaluation.polnear import read_polnear
from dragoman.evaluation.task import fold_of
from dragoman.evaluation.timeml import read_timeml

CONLLU = """# newdoc id = visit
# sent_id = visit-1
# text = He didn't go.
1\tHe\the\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
3.1\tever\tever\tADV\tRB\t_\t_\t_\t4:advmod\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = visit-2
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""
IOB2 = """# newdoc id = visit
# sent_id = visit-1
# text = Ana Ruiz (UN) left Oslo.
1\tAna\tB-PER\t-\tme
2\tRuiz\tI-PER\t-\tme
3\t(\tO\t-\tme
4\tUN\tB-ORG\t-\tme
5\t)\tO\t-\tme
6\tleft\tO\t-\tme
7\tOslo\tB-LOC\t-\tme
8\t.\tO\t-\tme

1\tHello\tO\t-\tme
"""
TIMEML = (
    '{"id": "a", "dct": "2020-10-02T09:00", "text": "\\nHe left Thursday.", '
    '"timexes": [{"start": 9, "end": 17, "type": "DATE", "value": "2020-10-01"}]}\n\n'
    '{"id": "b", "dct": null, "text": "No time.", "timexes": []}\n'
)


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_conllu_words_ranges_and_empty_nodes(tmp_path: Path) -> None:
    first, second = read_conllu(put(tmp_path / "a.conllu", CONLLU))
    assert first.words == ["He", "did", "n't", "go", "."]
    assert first.spaces == [True, False, True, False, True]
    assert [word.head for word in first.rows] == [4, 4, 4, 0, 4]
    assert (first.id, first.document, second.document, second.line) == ("visit-1", "visit", "visit", 12)


def test_gzip_and_a_missing_last_line_end(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.rstrip("\n").encode()))
    assert len(list(read_conllu(path))) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("1\tHe\the", "1\tHe", 4, "9 columns"),
        ("\t4\tnsubj", "\tfour\tnsubj", 4, "head 'four'"),
        ("\t4\tnsubj", "\t9\tnsubj", 1, "outside the sentence"),
        ("\t4\tnsubj", "\t0\tnsubj", 1, "exactly one root"),
        ("3\tn't", "7\tn't", 7, "word id '7'"),
        ("2-3\t", "3-2\t", 5, "no range"),
        ("5\t.\t.\tPUNCT\t.\t_\t4", "5\t.\t.\tPUNCT\t.\t_\t5", 1, "cycle"),
    ],
)
def test_bad_conllu_names_file_and_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    path = put(tmp_path / "a.conllu", CONLLU.replace(old, new))
    with pytest.raises(FormatError, match=rf"a\.conllu: line {line}: .*{reason}"):
        list(read_conllu(path))


def test_iob2_sentences(tmp_path: Path) -> None:
    first, second = read_iob2(put(tmp_path / "a.iob2", IOB2))
    assert first.words[:2] == ("Ana", "Ruiz")
    assert first.spaces == (True, True, False, False, True, True, False, False)
    assert spans_of(first.tags) == [(0, 2, "PER"), (3, 4, "ORG"), (6, 7, "LOC")]
    assert (second.document, second.spaces) == ("visit", (True,))


@pytest.mark.parametrize(
    ("old", "new", "reason"), [("B-LOC", "LOC", "'LOC' is no IOB2 tag"), ("\tI-PER\t-\tme", "", "tab separated")]
)
def test_bad_iob2_names_file_and_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(FormatError, match=rf"a\.iob2: line \d+: .*{reason}"):
        list(read_iob2(put(tmp_path / "a.iob2", IOB2.replace(old, new))))


def test_spans_that_touch_and_spans_without_a_beginning() -> None:
    assert spans_of(("B-PER", "B-PER", "I-LOC", "O", "I-ORG")) == [
        (0, 1, "PER"),
        (1, 2, "PER"),
        (2, 3, "LOC"),
        (4, 5, "ORG"),
    ]


def test_spaces_fall_back_where_the_text_is_another() -> None:
    assert align_spaces(("one", "two"), "three four") == (True, True)


def test_timeml_documents(tmp_path: Path) -> None:
    first, second = read_timeml(put(tmp_path / "a.jsonl", TIMEML))
    (span,) = first.timexes
    assert first.text[span.start : span.end] == "Thursday"
    assert (first.dct, second.dct) == (date(2020, 10, 2), None)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"end": 17', '"end": 70', "outside the text"),
        ('"id": "a", ', "", "'id' is missing"),
        ("{", "(", "not a TimeML document"),
    ],
)
def test_bad_timeml_names_file_and_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(FormatError, match=rf"a\.jsonl: line 1: .*{reason}"):
        list(read_timeml(put(tmp_path / "a.jsonl", TIMEML.replace(old, new, 1))))


READERS = [read_conllu, read_iob2, read_timeml, read_polnear, read_marked, read_bio, read_plover]


@pytest.mark.parametrize("reader", READERS)
def test_what_no_reader_can_read(tmp_path: Path, reader) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SourceError, match="missing"):
        list(reader(tmp_path / "missing"))
    with pytest.raises(SourceError):
        list(reader(tmp_path))
    with pytest.raises(FormatError, match="no "):
        list(reader(put(tmp_path / "empty", "\n\n")))
    (tmp_path / "latin").write_bytes(b"\n\xe9\xe8\n")
    with pytest.raises(FormatError, match="line 2: not UTF-8"):
        list(reader(tmp_path / "latin"))
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"\n" * 500)[:-12])
    with pytest.raises(FormatError, match="damaged gzip"):
        list(reader(tmp_path / "cut.gz"))


@given(st.text())
def test_a_document_lies_in_one_of_five_folds(name: str) -> None:
    assert fold_of(name) in range(5)


def test_folds_do_not_change() -> None:
    assert [fold_of(name) for name in ("visit", "wsj_0001", "APW0001", "")] == [1, 1, 0, 3]
