"""Feeds: what their entries are, when an entry is another, and where its text is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archives import item, rss, text, title
from dragoman.errors import DragomanError, FormatError, SourceError
from dragoman.reading import read_bytes
from dragoman.reading.feed_list import addresses
from dragoman.reading.feeds import Entry, document, documents, is_feed, parse, told
from dragoman.reading.polite import Visitor
from news_site import Site, a_site

LINK = "https://harbour.example/1"
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay</title>
<entry><id>tag:quay.example,2024:1</id><title>{title(2)}</title><link href="/two"/>
<author><name>A. Smith</name></author>
<published>2024-03-05T23:30:00-08:00</published><updated>2024-03-07T10:00:00Z</updated>
<content type="html">&lt;p&gt;{text(2)}&lt;/p&gt;</content></entry></feed>""".encode()


def entries(*items: str) -> tuple[Entry, ...]:
    return parse(rss(*items), name="https://harbour.example/rss").entries


def test_an_item_of_rss_is_an_entry_with_its_text_where_the_feed_gives_it_whole() -> None:
    whole, linked = entries(item(1, link=LINK, whole=True), item(2, link=LINK))
    assert (whole.title, whole.link, whole.outlet, whole.published) == (
        title(1),
        LINK,
        "The Harbour Post",
        "2024-03-05",
    )
    assert whole.text is not None and "statement 1." in whole.text
    assert (linked.text, linked.short) == (None, "<p>In short.</p>")


def test_an_entry_of_atom_has_its_own_address_and_the_day_it_was_first_published() -> None:
    (entry,) = parse(ATOM, name="https://quay.example/atom").entries
    assert (entry.id, entry.link) == ("tag:quay.example,2024:1", "https://quay.example/two")
    assert (entry.byline, entry.outlet, entry.published) == ("A. Smith", "The Quay", "2024-03-05")


def test_the_document_of_an_entry_is_read_as_a_page_that_the_feed_dates() -> None:
    (entry,) = parse(ATOM, name="https://quay.example/atom").entries
    found = document(entry, Visitor())
    article = read_bytes(found.data, name=found.name, url=found.url, said=found.said, format=found.format)
    assert (article.title, article.outlet, article.byline) == (title(2), "The Quay", "A. Smith")
    assert (article.published, article.published_basis) == (date(2024, 3, 5), "feed")
    assert article.text == f"{title(2)}\n\n{' '.join(text(2).split())}"


def test_a_long_description_is_the_text_and_a_short_one_is_not() -> None:
    long = item(1, link=LINK).replace("In short.", " ".join([text(1)] * 5))
    short = item(1, link=LINK).replace("In short.", text(1))
    assert [each.text is not None for each in entries(long, short)] == [True, False]


def test_an_entry_without_a_link_is_read_from_what_there_is() -> None:
    bare, nothing = entries(item(1).replace("In short.", text(1)), "<item><title>Only a title</title></item>")
    assert bare.text is not None and text(1).split(".")[0] in bare.text
    with pytest.raises(SourceError, match="neither a text nor a link"):
        document(nothing, Visitor())


def test_the_mark_of_an_entry_changes_with_its_content_and_with_nothing_else() -> None:
    first, same, later, changed = (
        entries(each)[0].mark
        for each in (
            item(1, link=LINK, whole=True, guid="g"),
            item(1, link=LINK, whole=True, guid="g"),
            item(1, link=LINK, whole=True, guid="g").replace("05 Mar", "06 Mar"),
            item(1, link=LINK, whole=True, guid="g", body=text(1) + " It was their first meeting."),
        )
    )
    assert first == same == later != changed
    pointed, touched = (
        entries(each)[0].mark
        for each in (item(1, link=LINK, guid="g"), item(1, link=LINK, guid="g").replace("05 Mar", "06 Mar"))
    )
    assert pointed != touched


def test_entries_come_back_from_the_record_as_they_went_in() -> None:
    for entry in entries(item(1, link=LINK, whole=True, guid="g"), item(2, link=LINK), item(3)):
        assert Entry.restored(entry.dump()) == entry
        assert told(entry).mark == entry.mark


def test_a_charset_that_the_server_gets_wrong_does_no_harm() -> None:
    data = rss(item(1, link=LINK)).replace(b"Harbour", "Café".encode())
    for said in ("application/rss+xml; charset=iso-8859-1", "text/xml", "text/html", None):
        found = parse(data, name="https://harbour.example/rss", content_type=said)
        assert (found.title, found.damage) == ("The Café Post", None)
    latin = data.decode().replace("utf-8", "iso-8859-1").encode("iso-8859-1")
    assert parse(latin, name="https://harbour.example/rss").title == "The Café Post"


def test_a_feed_that_breaks_off_gives_the_entries_before() -> None:
    data = rss(item(1, link=LINK, whole=True), item(2, link="https://harbour.example/2", whole=True))
    found = parse(data[: data.rindex(b"<content:encoded>")], name="https://harbour.example/rss")
    assert found.entries[0].link == LINK
    assert found.damage is not None and "damaged" in found.damage


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>Not found</body></html>", b"The envoys met.", b"\x89PNG\r\n", b"{}"]
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    assert not is_feed(data)
    with pytest.raises(FormatError, match="no feed"):
        parse(data, name="https://harbour.example/rss")


def test_a_feed_is_known_by_its_beginning() -> None:
    assert is_feed(rss()) and is_feed(ATOM) and is_feed(b"\xef\xbb\xbf  <rss version='2.0'/>")
    assert not is_feed(b"<?xml version='1.0'?><html><body>how to write an &lt;rss></body></html>")


def test_hostile_markup_does_not_reach_out_or_blow_up() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/hostname">'
    bomb += b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"haha") for n in range(12)) + b"]>"
    data = bomb + rss(item(1, link=LINK).replace("In short.", "&a11; &b;")).partition(b"?>")[2]
    found = parse(data, name="https://harbour.example/rss")
    assert all(len(entry.short or "") < 10_000 for entry in found.entries)
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in repr(found)


def test_links_that_are_not_of_the_web_are_no_links() -> None:
    found = entries(item(1, link="javascript:alert(1)", guid="a"), item(2, link="file:///etc/passwd", guid="b"))
    assert [entry.link for entry in found] == [None, None]


def test_a_feed_is_read_entry_by_entry_and_a_page_that_is_gone_is_a_failure() -> None:
    with a_site() as site:
        found = _read(
            site, rss(item(1, whole=True, guid="g"), item(2, link=f"{site.address}/2"), item(1, whole=True, guid="g"))
        )
    assert [bool(each.data) for each in found] == [True, False]
    assert found[1].failure is not None and "404" in found[1].failure.reason
    assert found[1].name == f"{site.address}/rss, {site.address}/2"


def _read(site: Site, data: bytes) -> list:
    return list(documents(data, name=f"{site.address}/rss", visitor=Visitor(delay=0)))


def test_lists_of_feeds(tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text("# ours\nhttps://a.example/rss\n\nhttps://b.example/rss\n", encoding="utf-8")
    outlines = (
        '<outline text="x"><outline xmlUrl="https://c.example/rss"/></outline><outline xmlUrl="ftp://d.example"/>'
    )
    (tmp_path / "feeds.opml").write_text(f"<opml version='2.0'><body>{outlines}</body></opml>", encoding="utf-8")
    found = addresses([str(tmp_path / "feeds.txt"), "https://b.example/rss", str(tmp_path / "feeds.opml")])
    assert found == ("https://a.example/rss", "https://b.example/rss", "https://c.example/rss")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "neither a web address of a feed nor a file"),
        ("a feed\n", "line 1 is no web address"),
        ("# nothing\n", "lists no feed"),
        ("<opml><body>", "not good OPML"),
        ("<opml><body/></opml>", "lists no feed"),
        (rss().decode(), "dragoman read reads it"),
    ],
)
def test_lists_that_list_nothing(content: str | None, reason: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "feeds").write_text(content, encoding="utf-8")
    with pytest.raises(DragomanError, match=reason):
        addresses([str(tmp_path / "feeds")])
