"""HTML pages as sites make them, by our own hand."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import DragomanError, FormatError, LanguageError, NoArticleError
from dragoman.model import Article
from dragoman.reading import read_bytes, read_text

TITLE = "Envoys meet in Oslo to revive fishing accord"
ONE = "Envoys of Norway and Iceland met in Oslo on Thursday to revive an accord on fishing, the foreign ministry said."
TWO = "The two sides “agreed to meet again in Reykjavik in May,” the statement said, without giving any details."
THREE = "Iceland has accused its neighbour of taking more than its share of mackerel, a charge that Norway rejects."
FOUR = "Fishermen fear that a failure of the talks would close ports to their boats, as it did in the nineties."
JSON = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "TITLE", "datePublished": "2021-03-04T23:30:00-05:00", "dateModified": "2021-03-06T08:00:00Z",
"author": {"@type": "Person", "name": "Ida Berg"}, "publisher": {"@type": "Organization", "name": "The Harbour Post"}}
</script>""".replace("TITLE", TITLE)


def html(body: str, head: str = "") -> str:
    nav = '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
    foot = "<footer><p>© 2019 The Harbour Post. All rights reserved.</p></footer>"
    head = f"<head><title>{TITLE} | The Harbour Post</title>{head}</head>"
    return f'<!DOCTYPE html><html lang="en">{head}<body>{nav}{body}{foot}</body></html>'


def story(*inner: str) -> str:
    return f"<main><article><h1>{TITLE}</h1>{''.join(inner)}</article></main>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def rows(article: Article) -> list[tuple[str, str]]:
    return [(paragraph.role, paragraph.text) for paragraph in article.paragraphs]


FULL = html(
    story(
        '<p class="standfirst">Two days of talks end with a promise to meet again.</p>',
        '<div class="byline">By <a href="/ida">Ida Berg</a></div>',
        '<div class="share"><a>Share on Facebook</a><a>Tweet</a></div>',
        '<figure><img src="a.jpg"><figcaption>The envoy arrives on Wednesday. '
        '<span class="credit">Photo: Per Holm/NTB</span></figcaption></figure>',
        paragraphs(ONE, TWO),
        "<h2>A quarrel over quotas</h2>",
        paragraphs(THREE),
        "<blockquote><p>We want an agreement that lasts longer than one season.</p></blockquote><p>He said no.</p>",
        '<aside class="related"><h3>Related articles</h3>'
        '<ul><li><a href="/x">Mackerel prices rise again</a></li></ul></aside>',
        paragraphs(FOUR),
        '<div class="newsletter"><p>Sign up for our newsletter to get the news of the day.</p></div>',
        '<div id="comments"><h3>2 comments</h3><p>What a fine report this is, I have read it twice over.</p></div>',
    ),
    JSON,
)


def test_a_whole_page_has_its_roles() -> None:
    article = read_text(FULL)
    assert rows(article) == [
        ("headline", TITLE),
        ("standfirst", "Two days of talks end with a promise to meet again."),
        ("caption", "The envoy arrives on Wednesday."),
        ("body", ONE),
        ("body", TWO),
        ("subhead", "A quarrel over quotas"),
        ("body", THREE),
        ("quote", "We want an agreement that lasts longer than one season."),
        ("body", "He said no."),
        ("body", FOUR),
    ]
    assert article.paragraphs[2].credit == "Per Holm/NTB"


def test_metadata_come_from_the_markup() -> None:
    article = read_text(FULL, url="https://harbour.example/2021/story")
    assert (article.title, article.byline, article.outlet) == (TITLE, "Ida Berg", "The Harbour Post")
    assert (article.published, article.published_basis, article.language) == (date(2021, 3, 4), "page", "en")
    assert article.url == "https://harbour.example/2021/story"


@pytest.mark.parametrize(
    ("head", "inner", "published"),
    [
        ('<meta property="article:published_time" content="2021-03-04T10:00:00Z">', "", date(2021, 3, 4)),
        ('<meta name="date" content="2021-03-04">', "", date(2021, 3, 4)),
        ("", '<time datetime="2021-03-04T10:00">4 March</time>', date(2021, 3, 4)),
        ("", "<div>Published: 4 March 2021</div>", date(2021, 3, 4)),
        ("", "<div class=meta><span>By Ida Berg</span> | <span>March 4, 2021</span></div>", date(2021, 3, 4)),
        ('<meta property="article:modified_time" content="2021-03-06T10:00:00Z">', "", None),
        ('<meta itemprop="copyrightYear" content="2019">', "", None),
        ("", '<time datetime="2021-03-06" class="updated">Updated 6 March</time>', None),
        ("", "<p>The accord was signed on 2 October 2014 in Tromso, in the presence of both of the kings.</p>", None),
        ("", "", None),
    ],
)
def test_a_date_counts_only_where_the_page_gives_it_as_its_own(head: str, inner: str, published: date | None) -> None:
    article = read_text(html(story(inner, paragraphs(ONE, TWO, THREE)), head))
    assert (article.published, article.published_basis) == (published, "page" if published else "unknown")


def test_the_date_of_another_article_is_not_taken() -> None:
    time = '<time datetime="2020-01-01">1 January 2020</time>'
    aside = f'<aside class="related"><a href="/x">Mackerel prices</a>{time}</aside>'
    assert read_text(html(story(paragraphs(ONE, TWO, THREE), aside))).published is None


def test_the_canonical_address_names_the_article() -> None:
    head = '<link rel="canonical" href="https://harbour.example/story">'
    page = html(story(paragraphs(ONE, TWO, THREE)), head)
    assert read_text(page, url="https://harbour.example/story?from=feed").url == "https://harbour.example/story"


def test_a_page_of_divs_and_line_breaks_has_its_paragraphs() -> None:
    page = html(f"<div id=content><h1>{TITLE}</h1><div class=txt>{ONE}<br><br>{TWO}<br/><br/>{THREE}</div></div>")
    assert rows(read_text(page)) == [("headline", TITLE), ("body", ONE), ("body", TWO), ("body", THREE)]


def test_a_bold_line_between_paragraphs_is_a_subhead() -> None:
    page = html(story(paragraphs(ONE, TWO), "<p><strong>A quarrel over quotas</strong></p>", paragraphs(THREE, FOUR)))
    assert ("subhead", "A quarrel over quotas") in rows(read_text(page))


def test_a_caption_in_a_classed_paragraph_is_one() -> None:
    text = '<p class="wp-caption-text">The port at dawn (AP Photo/Ida Berg)</p>'
    caption = f'<div class="wp-caption"><img src=a.jpg>{text}</div>'
    article = read_text(html(story(paragraphs(ONE), caption, paragraphs(TWO, THREE))))
    found = [(p.text, p.credit) for p in article.paragraphs if p.role == "caption"]
    assert found == [("The port at dawn", "AP Photo/Ida Berg")]


def test_an_article_that_stands_in_the_pages_data_is_read() -> None:
    body = f"{ONE} {TWO} {THREE} {FOUR}"
    head = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"%s","articleBody":"%s"}</script>'
    assert "Envoys of Norway" in read_text(html("<div id=app></div>", head % (TITLE, body))).text


LINKS = "".join(
    f'<li><a href="/{i}">Minister number {i} visits port number {i} on Monday morning</a></li>' for i in range(40)
)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"<main><h1>Latest news</h1><ul>{LINKS}</ul></main>", "no article"),
        (
            "<main><h1>404</h1><p>Sorry, the page you are looking for was not found. Try the search again.</p></main>",
            "not found",
        ),
        (
            "<main><h1>Members only</h1><p>Log in to continue reading this article. Already a subscriber? Enter your "
            "name and your password below to go on.</p><form><input name=user></form></main>",
            "login",
        ),
        ("<main><p>Checking your browser before you go on. Please enable JavaScript and cookies.</p></main>", "robot"),
        ("<main></main>", "no article"),
    ],
)
def test_a_page_without_an_article_says_so(body: str, reason: str) -> None:
    with pytest.raises(NoArticleError, match=reason) as caught:
        read_text(html(body), name="page.html")
    assert str(caught.value).startswith("page.html: ")


def test_a_page_in_another_language_is_named() -> None:
    text = (
        "Die Gesandten Norwegens und Islands trafen sich am Donnerstag in Oslo, um das im vergangenen Jahr "
        "ausgelaufene Abkommen über die Fischerei wieder zu beleben, teilte das Außenministerium mit."
    )
    with pytest.raises(LanguageError, match="German"):
        read_text(html(f"<main><h1>Gesandte in Oslo</h1><p>{text}</p><p>Einzelheiten wurden nicht genannt.</p></main>"))


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 1_000_000 + paragraphs(ONE, TWO),
        "<html><body>" + "<b>" * 15_000 + paragraphs(ONE, TWO),
        "<html><body><div " + " ".join(f"a{i}=b" for i in range(200_000)) + ">" + paragraphs(ONE, TWO),
        '<html><head><script type="application/ld+json">' + "[" * 50_000 + "</script></head><body></body></html>",
        "<html>" + "<!--" * 10_000,
        "<html><body><p>\x00\x00",
        "<html><body><table><tr><td>" * 2_000,
        "<html></html>",
        "<",
        "<p>",
    ],
    ids=["deep", "deep-inline", "attributes", "json", "comments", "nul", "tables", "bare", "bracket", "tag"],
)
def test_hostile_markup_is_refused_and_breaks_nothing(page: str) -> None:
    with pytest.raises(DragomanError):
        read_text(page, format="html")


def test_a_page_deep_but_whole_is_read() -> None:
    assert read_text(html("<div>" * 150 + story(paragraphs(ONE, TWO, THREE)) + "</div>" * 150)).title == TITLE


def test_too_many_tags_are_refused_with_their_number() -> None:
    with pytest.raises(FormatError, match="1,000,0"):
        read_bytes(b"<html><body>" + b"<i>" * 1_000_000, name="deep.html")


def test_a_feed_is_no_article() -> None:
    with pytest.raises(FormatError, match="feed"):
        read_bytes(b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', name="news.xml")


def test_the_windows_title_names_the_outlet_where_nothing_else_does() -> None:
    article = read_text(html(story('<p class="byline">By admin</p>', paragraphs(ONE, TWO, THREE))))
    assert article.outlet == "The Harbour Post"


def test_a_credit_beside_a_caption_goes_to_it() -> None:
    hidden = '<span class="visually-hidden">Image source, </span><span>Getty Images</span>'
    figure = f"<figure><div><img></div>{hidden}<figcaption>Image caption, The envoys at the quay</figcaption></figure>"
    article = read_text(html(story(figure, paragraphs(ONE, TWO, THREE))))
    found = [(p.text, p.credit) for p in article.paragraphs if p.role == "caption"]
    assert found == [("The envoys at the quay", "Getty Images")]


def test_a_content_systems_default_author_is_no_byline() -> None:
    assert read_text(html(story(paragraphs(ONE, TWO, THREE)), '<meta name="author" content="Admin">')).byline is None
