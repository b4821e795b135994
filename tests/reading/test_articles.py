"""What holds of every article, whatever it was read from."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import DragomanError, LanguageError
from dragoman.model import Article
from dragoman.reading import read_bytes, read_text

LINES = [
    "Envoys meet in Oslo to revive fishing accord",
    "By Ida Berg",
    "4 March 2021",
    "Envoys of Norway and Iceland met in Oslo on Thursday to revive an accord on fishing that lapsed last year.",
    "The port at dawn (AP Photo/Ida Berg)",
    "A quarrel over quotas",
    "“We won’t go,” he said.",
    "Photo: Reuters",
    "> We want an accord that lasts.",
    "Leave a Reply",
    "Home / News",
    "Related articles",
    "Read more: Prices rise",
    "  • An item of a list",
    "",
    "\u200f\u00a0",
    "&nbsp;&amp;",
]
SETTLED = settings(max_examples=60, deadline=None)


def check(article: Article) -> None:
    text = article.text
    for paragraph in article.paragraphs:
        assert text[paragraph.start : paragraph.end] == paragraph.text
        assert paragraph.text == " ".join(paragraph.text.split()) != ""
    headlines = [p.text for p in article.paragraphs if p.role == "headline"]
    assert headlines == ([article.title] if article.title else [])
    assert (article.published is None) == (article.published_basis == "unknown")


@SETTLED
@given(
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=12),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_offsets_are_those_of_the_words_in_text(lines: list[str], joint: str) -> None:
    try:
        check(read_text(joint.join(lines)))
    except DragomanError as error:
        assert str(error).startswith("text: ")


@SETTLED
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "div", "h2", "figcaption", "blockquote", "li", "b", "br"]), st.sampled_from(LINES)
        ),
        max_size=12,
    )
)
def test_offsets_are_those_of_the_words_in_html(parts: list[tuple[str, str]]) -> None:
    page = "<html><body>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts) + "</body></html>"
    try:
        check(read_text(page))
    except DragomanError as error:
        assert str(error).startswith("text: ")


@SETTLED
@given(st.text(alphabet="<>/=\"'&; pdivhtmlbodyscript!-\n\x00\ud800é", max_size=200))
def test_noise_of_markup_raises_nothing_of_its_own(text: str) -> None:
    try:
        check(read_text("<html><body>" + text, format="html"))
    except DragomanError as error:
        assert str(error).startswith("text: ")


def test_the_id_is_of_the_content_and_not_of_the_name() -> None:
    data = "\n\n".join(LINES[:4]).encode()
    one, other = read_bytes(data, name="a.txt"), read_bytes(data.replace(b"\n", b"\r\n"), name="b.txt")
    assert one == other
    assert len(one.id) == 17 and one.id[0] == "a" and int(one.id[1:], 16) >= 0
    elsewhere = read_bytes(data, name="a.txt", url="https://harbour.example/story")
    by_another = read_bytes(data, name="a.txt", outlet="The Harbour Post")
    assert len({one.id, elsewhere.id, by_another.id}) == 3


def test_an_id_is_the_same_in_every_version() -> None:
    # records are kept under these ids: a change here orphans every record written before
    assert read_text("Norway accused Iceland of overfishing on Monday.").id == "ac6f82b34ac08038b"


FRENCH = (
    "Le ministre a rencontré son homologue jeudi à Genève pour parler de la trêve et de l'échange des prisonniers, a "
    "dit hier soir le porte-parole du ministère des affaires étrangères."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "French"),
        ("التقى الوزير نظيره في جنيف يوم الخميس", "Arabic"),
        ("Министр встретился в четверг в Женеве со своим коллегой", "Russian"),
    ],
)
def test_other_languages_are_refused_by_name(text: str, language: str) -> None:
    with pytest.raises(LanguageError, match=language):
        read_text(text)


@pytest.mark.parametrize("text", ["Angela Merkel in Paris", "Bonjour", "Xi Jinping, Emmanuel Macron"])
def test_very_short_texts_are_not_refused(text: str) -> None:
    assert read_text(text).text == text


def test_importing_reading_and_reading_a_sentence_loads_no_page_library() -> None:
    code = (
        "import sys; from dragoman.reading import read_text; read_text('Norway accused Iceland on Monday.');"
        "print([m for m in ('trafilatura', 'htmldate', 'lxml', 'py3langid', 'urllib3', 'spacy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
