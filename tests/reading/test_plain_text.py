"""Scraped plain text: the faults of web pages without their tags."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.model import Article
from dragoman.reading import read_text

TITLE = "Envoys meet in Oslo to revive fishing accord"
ONE = (
    "Envoys of Norway and Iceland met in Oslo on Thursday to revive an accord on fishing that lapsed last year, the "
    "foreign ministry said."
)
TWO = "The two sides “agreed to meet again in Reykjavik in May,” the statement said, without giving any details."
THREE = "Iceland has accused its neighbour of taking more than its share of mackerel, a charge that Norway rejects."
FOUR = "Fishermen fear that a failure of the talks would close ports to their boats, as it did in the nineties."


def page(*blocks: str) -> Article:
    return read_text("\n\n".join(blocks))


def rows(article: Article) -> list[tuple[str, str]]:
    return [(paragraph.role, paragraph.text) for paragraph in article.paragraphs]


BARE = [("headline", TITLE), ("body", ONE), ("body", TWO), ("body", THREE)]


@pytest.mark.parametrize(
    "furniture",
    [
        "Share on Facebook",
        "Tweet",
        "Share this article",
        "Print",
        "Facebook Twitter WhatsApp Email",
        "Read more: Mackerel prices rise again",
        "Read also: Mackerel prices rise again",
        "ALSO READ | Mackerel prices rise again",
        "ADVERTISEMENT",
        "Sign up for our newsletter to get the news of the day",
        "Get our daily newsletter delivered to your inbox every morning",
        "We use cookies to give you the best experience on our website.",
        "Follow us on Twitter and Telegram",
        "3 min read",
        "Skip to main content",
    ],
)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_furniture_is_taken_away_wherever_it_stands(furniture: str, place: int) -> None:
    blocks = [TITLE, ONE, TWO, THREE]
    blocks.insert(place, furniture)
    assert rows(page(*blocks)) == BARE


@pytest.mark.parametrize(
    "sentence",
    [
        "He told reporters to share the documents with the court, and print them.",
        "Subscribers to the service in Iceland were told to pay in advance.",
        "Facebook said it would appeal against the ruling of the court in Oslo.",
        "Comments by the minister angered Reykjavik.",
        "Home Secretary Ida Berg / Justice Secretary Per Holm were both at the talks.",
        "The agency (EPA) said on Monday that it had no knowledge of the plan.",
        "The picture was taken by a passer-by, Reuters reported.",
    ],
)
def test_sentences_with_the_words_of_furniture_stay(sentence: str) -> None:
    assert ("body", sentence) in rows(page(TITLE, ONE, sentence, TWO, THREE))


@pytest.mark.parametrize(
    "tail",
    [
        ("Leave a Reply", "Your email address will not be published.", "I agree with all that is said here."),
        ("12 comments", "What a fine report this is, I have read it twice over."),
        ("Comments (2)", "What a fine report this is, I have read it twice over."),
        ("Tags: Norway, Iceland",),
        ("Related articles", "Mackerel prices rise again", "New port opens in Bergen"),
        ("Source link",),
        ("Source: Reuters", "Post Views: 120"),
        ("(Reporting by Ida Berg; Editing by Per Holm)",),
        ("© 2021 The Harbour Post. All rights reserved.",),
        ("Norway", "Iceland", "Fishing"),
    ],
)
def test_what_follows_the_last_paragraph_is_taken_away(tail: tuple[str, ...]) -> None:
    assert rows(page(TITLE, ONE, TWO, THREE, *tail)) == BARE


def test_a_report_goes_on_after_links_in_its_middle() -> None:
    article = page(TITLE, ONE, TWO, "Related articles", "Mackerel prices rise again", "A new port", THREE)
    assert rows(article) == BARE


@pytest.mark.parametrize(
    "crumb",
    [
        f"Home / News / {TITLE}",
        f"Home > World > Europe > {TITLE}",
        f"Home » {TITLE}",
        "Home > World > Europe",
        "News | World | Europe",
    ],
)
def test_breadcrumbs_go_and_the_headline_stands_once(crumb: str) -> None:
    assert rows(page(crumb, TITLE, TITLE, ONE, TWO, THREE)) == BARE


def test_a_title_with_a_slash_of_its_own_is_found_by_the_breadcrumb() -> None:
    title = "Envoys meet in Oslo / Iceland stays away from talks"
    assert page(f"Home / World / {title}", title, ONE, TWO).title == title


def test_the_sites_name_after_the_title_is_the_outlet() -> None:
    article = page(f"{TITLE} | The Harbour Post", TITLE, ONE, TWO, THREE)
    assert (article.outlet, rows(article)) == ("The Harbour Post", BARE)


@pytest.mark.parametrize(
    ("line", "byline", "published"),
    [
        ("By Ida Berg", "Ida Berg", None),
        ("By Ida Berg and Per Holm, Reuters", "Ida Berg and Per Holm, Reuters", None),
        ("Ida Berg, Reuters", "Ida Berg, Reuters", None),
        ("Published: 4 March 2021", None, date(2021, 3, 4)),
        ("March 4, 2021 10:14 GMT", None, date(2021, 3, 4)),
        ("Thu, 04 Mar 2021 10:14:00 +0100", None, date(2021, 3, 4)),
        ("Published 4 March 2021 | Updated 6 March 2021", None, date(2021, 3, 4)),
        ("Updated: 6 March 2021", None, None),
        ("By Ida Berg | Reuters | Mar 4, 2021", "Ida Berg, Reuters", date(2021, 3, 4)),
        ("March 4, 2021 by Ida Berg", "Ida Berg", date(2021, 3, 4)),
        ("03/04/2021", None, None),
        ("14/03/2021", None, date(2021, 3, 14)),
        ("2021-03-04", None, date(2021, 3, 4)),
        ("March 4", None, None),
    ],
)
def test_lines_over_the_report_give_byline_and_date(line: str, byline: str | None, published: date | None) -> None:
    article = page(TITLE, line, ONE, TWO, THREE)
    assert (article.byline, article.published) == (byline, published)
    assert article.published_basis == ("page" if published else "unknown")
    assert rows(article) == BARE


@pytest.mark.parametrize(
    ("dateline", "published"),
    [
        ("OSLO, March 4, 2021 (NTB) - ", date(2021, 3, 4)),
        ("OSLO, 4 March 2021 (NTB) — ", date(2021, 3, 4)),
        ("OSLO, March 4 (NTB) - ", None),
        ("OSLO (NTB) - ", None),
    ],
)
def test_a_dateline_dates_only_with_its_year_and_stays_in_the_text(dateline: str, published: date | None) -> None:
    article = page(TITLE, dateline + ONE, TWO)
    assert article.published == published
    assert article.paragraphs[1].text == dateline + ONE


def test_a_date_in_the_running_text_is_no_publication() -> None:
    article = page(TITLE, ONE, "The accord was signed on 2 October 2014 in Tromso, in the presence of both kings.", TWO)
    assert (article.published, article.published_basis) == (None, "unknown")


def test_the_given_date_wins() -> None:
    text = "\n\n".join([TITLE, "Published: 4 March 2021", ONE, TWO])
    article = read_text(text, published=date(2020, 1, 1))
    assert (article.published, article.published_basis) == (date(2020, 1, 1), "given")


@pytest.mark.parametrize(
    ("block", "text", "credit"),
    [
        (
            "Holm: The quotas were fair to both ports (Anadolu – Archive)",
            "Holm: The quotas were fair to both ports",
            "Anadolu – Archive",
        ),
        ("The port of Bergen at dawn (AP Photo/Ida Berg)", "The port of Bergen at dawn", "AP Photo/Ida Berg"),
        ("A trawler leaves on Monday. [File: Per Holm/AFP]", "A trawler leaves on Monday.", "File: Per Holm/AFP"),
        ("The envoy arrives. Photo: Reuters", "The envoy arrives.", "Reuters"),
        ("The envoy arrives in Oslo © AFP", "The envoy arrives in Oslo", "© AFP"),
        ("FILE PHOTO: The envoy arrives in Oslo. REUTERS/Per Holm", "The envoy arrives in Oslo.", "REUTERS/Per Holm"),
        ("The envoy arrives in Oslo. Photograph by Per Holm", "The envoy arrives in Oslo.", "Per Holm"),
        ("The envoy at the quay on Tuesday. (Reuters)", "The envoy at the quay on Tuesday.", "Reuters"),
        ("The envoy at the quay\n\n(AP Photo/Ida Berg)", "The envoy at the quay", "AP Photo/Ida Berg"),
        ("Image source, Getty Images\n\nImage caption, The envoy at the quay", "The envoy at the quay", "Getty Images"),
    ],
)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_captions_are_told_by_their_credit(block: str, text: str, credit: str, place: int) -> None:
    blocks = [TITLE, ONE, TWO, THREE]
    blocks.insert(place, block)
    captions = [(p.text, p.credit) for p in page(*blocks).paragraphs if p.role == "caption"]
    assert captions == [(text, credit)]


def test_an_agency_that_signs_the_last_sentence_makes_no_caption() -> None:
    assert rows(page(TITLE, ONE, TWO, THREE + " (AFP)"))[-1] == ("body", THREE + " (AFP)")


def test_subheads_stand_between_paragraphs_and_lists_are_none() -> None:
    article = page(TITLE, ONE, "A quarrel over quotas", TWO, "Mackerel", "Herring", "Cod", THREE)
    assert [p.text for p in article.paragraphs if p.role == "subhead"] == ["A quarrel over quotas"]
    assert ("body", "Herring") in rows(article)


@pytest.mark.parametrize("byline", ["By Ida Berg", "4 March 2021"])
def test_a_sentence_between_title_and_byline_is_the_standfirst(byline: str) -> None:
    standfirst = "Two days of talks end with a promise to meet again."
    article = page(TITLE, standfirst, byline, ONE, TWO)
    assert rows(article)[:3] == [("headline", TITLE), ("standfirst", standfirst), ("body", ONE)]


def test_quotations_set_apart_have_their_role() -> None:
    article = page(TITLE, ONE, "> We want an accord that lasts longer than a season.", TWO)
    assert ("quote", "We want an accord that lasts longer than a season.") in rows(article)


def test_hard_wrapped_paragraphs_are_joined() -> None:
    text = (
        "Envoys meet in Oslo\n\nEnvoys of Norway and Iceland met in Oslo on Thursday to\nrevive an accord on fishing "
        "that lapsed last year, the\nforeign ministry said.\n\nThe two sides agreed to meet again in Reykjavik in May,"
        "\nthe statement said, without giving any details.\n"
    )
    assert [p.text for p in read_text(text).paragraphs[1:]] == [
        "Envoys of Norway and Iceland met in Oslo on Thursday to revive an accord on fishing that lapsed last year, "
        "the foreign ministry said.",
        "The two sides agreed to meet again in Reykjavik in May, the statement said, without giving any details.",
    ]


def test_one_paragraph_a_line_reads_as_blank_lines_between() -> None:
    assert rows(read_text("\r\n".join([TITLE, ONE, TWO, THREE]))) == BARE


@pytest.mark.parametrize(
    "sentence", ["Norway accused Iceland of overfishing on Monday.", "Norway accuses Iceland", "Oslo"]
)
def test_a_sentence_is_an_article(sentence: str) -> None:
    article = read_text(sentence)
    assert rows(article) == [("body", sentence)]
    assert article.title is None


def test_two_paragraphs_without_a_title_have_none() -> None:
    assert rows(page(ONE, TWO)) == [("body", ONE), ("body", TWO)]
