"""What a record's stories and events are worth against what an archive says."""

from __future__ import annotations

from archive.scoring import Score, Told, Truth

TRUTH = Truth(
    {
        "stories": {"s1": ["a", "b"], "s2": ["c"], "s3": ["d"]},
        "copies": {"b": {"of": "a", "how": "printed"}},
        "happenings": {"a": "h1", "b": "h1", "c": "h1", "d": "h2"},
        "tellings": [
            {"article": "a", "event": "h1", "words": "They met."},
            {"article": "b", "event": "h1", "words": "They met."},
            {"article": "c", "event": "h1", "words": "The two met."},
            {"article": "d", "event": "h2", "words": "They fought."},
        ],
    }
)
TEXTS = {"a": "They met. It rained.", "b": "They met.", "c": "The two met.", "d": "They fought."}


def told(article: str, event: str, cue: str) -> Told:
    start = TEXTS[article].index(cue)
    return Told(article, event, [(start, start + len(cue))])


def test_pairs_of_stories() -> None:
    assert TRUTH.story_pairs({"a": "x", "b": "x", "c": "y", "d": "z"}) == Score(1, 1, 1)
    assert TRUTH.story_pairs({"a": "x", "b": "x", "c": "x", "d": "z"}) == Score(1, 3, 1)
    assert TRUTH.story_pairs({"a": "x", "b": "y", "c": "z", "d": "w"}).recall == 0


def test_a_pair_of_stories_is_found_where_one_event_has_reports_of_both() -> None:
    reports = [told("a", "e", "met"), told("c", "e", "met"), told("d", "f", "fought")]
    assert TRUTH.event_pairs(reports, TEXTS)["all"] == Score(1, 1, 1)
    assert TRUTH.event_pairs([told("a", "e", "met"), told("c", "g", "met")], TEXTS)["all"] == Score(0, 0, 1)


def test_reports_of_different_events_in_one_are_a_wrong_pair() -> None:
    found = TRUTH.event_pairs([told("a", "e", "met"), told("c", "e", "met"), told("d", "e", "fought")], TEXTS)["all"]
    assert found == Score(1, 3, 1)


def test_copies_add_no_pair_and_what_the_archive_does_not_label_counts_within_its_happening_on_no_side() -> None:
    assert TRUTH.event_pairs([told("a", "e", "met"), told("b", "e", "met")], TEXTS)["all"] == Score(0, 0, 1)
    assert TRUTH.event_pairs([told("a", "e", "rained"), told("c", "e", "met")], TEXTS)["all"] == Score(0, 0, 1)
    assert TRUTH.event_pairs([told("a", "e", "rained"), told("d", "e", "fought")], TEXTS)["all"] == Score(0, 1, 1)
