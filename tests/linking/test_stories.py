import re
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.copies import BANDS, Likeness, bands, likeness, wording, words
from dragoman.linking.stories import key_of, plain_words, stories_of, story_key
from make import article

WIRE = "The envoys met on Tuesday. They agreed on nothing."


def test_copies_under_other_headlines_are_one_story():
    first = article("a", ("headline", "Envoys meet"), WIRE, ("caption", "A hall"), outlet="The Daily")
    second = article("b", ("headline", "No deal"), "THE ENVOYS met – on Tuesday.\nThey agreed", "on nothing", url="u")
    assert story_key(first) == story_key(second)


def test_other_words_are_another_story():
    assert story_key(article("a", WIRE)) != story_key(article("b", WIRE.replace("Tuesday", "Monday")))


def test_an_article_without_body_is_compared_by_its_page():
    assert story_key(article("a", ("headline", "One"))) == story_key(article("b", ("headline", "one.")))
    assert story_key(article("a", ("headline", "One"))) != story_key(article("b", ("headline", "Two")))
    assert story_key(article("a", ("headline", "One"))) != story_key(article("a", "One"))


def test_articles_without_words_are_stories_of_their_own():
    assert story_key(article("a", "…")) != story_key(article("b", "…"))


@given(st.text())
def test_plain_words_are_plain(text: str):
    assert plain_words(plain_words(text)) == plain_words(text)


@given(st.lists(st.text()), st.lists(st.text()))
def test_keys_keep_parts_apart(some: list[str], others: list[str]):
    assert (key_of(*some) == key_of(*others)) == (some == others)


LONG = [  # six paragraphs of a wire story
    "Norway expelled two Chilean diplomats on Monday over what officials in Oslo described as spying on its fleet.",
    "The two men have a week to leave the country, the foreign ministry said in a short statement to the press.",
    "Chile rejected the charge and summoned the Norwegian ambassador, who left by a side door after ten minutes.",
    "The Chilean embassy stands in a quiet street behind the palace, and boxes were carried out of it all afternoon.",
    "Trade between the two countries is modest, and most of it is salmon, an analyst at the university of Bergen said.",
    "A committee of both parliaments was to meet in Valparaiso in spring, but nobody expects it to be held this year.",
]
NAMES = {"Norwegian": "Peruvian", "Norway": "Peru", "Oslo": "Lima", "Monday": "Friday", "two": "nine", "Chile": "Ghana"}
OTHER_DAY = [
    re.sub("|".join(NAMES), lambda found: NAMES[found[0]], text).replace("Valparaiso", "Accra") for text in LONG
]


def version(id, texts, day=3, **fields):
    return article(id, *texts, published=date(2026, 3, day), **fields)


def grouped(articles):
    return {frozenset(each.article for each in story.versions) for story in stories_of(articles)}


def test_copies_cuts_edits_and_updates_are_one_story():
    edited = [text.replace("said", "stated").replace("quiet", "silent") for text in LONG]
    updated = [LONG[0], "A second statement was promised for the evening, and the airport said nothing.", *LONG[1:]]
    articles = [version("a", LONG), version("b", LONG[:3]), version("c", edited, 4), version("d", updated, 4)]
    assert grouped([*articles, version("e", OTHER_DAY)]) == {frozenset("abcd"), frozenset("e")}


def test_the_same_words_on_another_day_with_other_names_and_figures_are_no_copy():
    bulletin = (
        "The monitors on the border of {} and {} counted {} shells near {} and {} flights of drones on {}. They say"
    )
    rest = " that their figures rest on what their teams saw and heard, and that the next bulletin is due at noon."
    days = [("Chad", "Niger", 12, "Bol", 31, "Monday"), ("Chad", "Niger", 48, "Mao", 9, "Tuesday"),
            ("Peru", "Chile", 77, "Tacna", 20, "Friday")]  # fmt: skip
    articles = [version(str(n), [bulletin.format(*day) + rest], 3 + n) for n, day in enumerate(days)]
    assert len(grouped(articles)) == 3


def test_what_is_printed_again_much_later_is_a_story_of_its_own_unless_word_for_word():
    edited = [text.replace("said", "stated") for text in LONG]
    first, again = version("a", LONG, 1), version("b", edited, 28)
    assert grouped([first, again]) == {frozenset("a"), frozenset("b")}
    assert grouped([first, replace(again, published=None)]) == {frozenset("ab")}
    assert grouped([first, version("b", LONG, 28)]) == {frozenset("ab")}


def test_versions_are_in_order_and_the_source_is_credited():
    wire = version("z", LONG, 3, outlet="Meridian News Agency")
    copies = [
        version("a", LONG[:4], 3, outlet="The Daily", credit="Meridian"),
        version("b", LONG, 5, outlet="The Post"),
    ]
    (story,) = stories_of([*copies, wire])
    assert [each.article for each in story.versions] == ["z", "a", "b"]
    assert story.source == "Meridian News Agency"
    assert [(each.article, each.of) for each in story.copies] == [("a", "z"), ("b", "z")]
    assert story.copies[0].likeness.contained == 1 > story.copies[0].likeness.covered


def test_without_its_own_version_the_source_is_the_name_that_is_credited():
    (story,) = stories_of(
        [version("a", LONG, credit="Meridian"), version("b", LONG, credit="Meridian"), version("c", LONG)]
    )
    assert story.source == "Meridian" and story.versions[0].article == "c"


@given(st.permutations(range(8)))
def test_the_order_of_articles_changes_nothing(order):
    edited = [text.replace("said", "stated") for text in LONG]
    texts = [LONG, LONG, LONG[:2], edited, edited[1:4], OTHER_DAY, OTHER_DAY[:3], [*LONG[:1], *OTHER_DAY[1:]]]
    articles = [version(str(n), text, 1 + n) for n, text in enumerate(texts)]
    assert stories_of([articles[n] for n in order]) == stories_of(articles)


def test_texts_that_share_no_band_are_never_compared():
    one, other = (bands(words(version("a", texts))) for texts in (LONG, OTHER_DAY))
    assert len(one) == len(other) == BANDS and not set(one) & set(other)
    assert bands([]) == ()


def test_likeness_is_the_same_both_ways():
    one, other = wording(words(version("a", LONG))), wording(words(version("b", LONG[:3])))
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == Likeness(1.0, 1.0, 0.0)
