from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.stories import key_of, plain_words, story_key
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
