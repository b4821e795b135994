"""Ordinary words between two states: what the verb or the phrase makes of them, who acts and upon whom."""

import pytest

import dragoman

KENYA_TO_SOMALIA = [
    ("Kenya laid into Somalia.", "ACCUSE", "disapprove"),
    ("Kenya griped about Somalia.", "ACCUSE", "disapprove"),
    ("Kenya frowned on Somalia's move.", "ACCUSE", "disapprove"),
    ("Kenya took a dig at Somalia.", "ACCUSE", "disapprove"),
    ("Kenya linked Somalia to the blast.", "ACCUSE", "allege"),
    ("Kenya served Somalia with a writ.", "ACCUSE", "allege"),
    ("Kenya gave Somalia a dressing-down.", "ACCUSE", "disapprove"),
    ("Kenya nixed Somalia's plan.", "REJECT", None),
    ("Kenya shelved the accord with Somalia.", "REJECT", None),
    ("Kenya derailed talks with Somalia.", "REJECT", "meet"),
    ("Kenya held out against Somalia's demands.", "REJECT", None),
    ("Kenya bullied Somalia.", "THREATEN", None),
    ("Kenya shook its fist at Somalia.", "THREATEN", None),
    ("Kenya leaned on Somalia to act.", "REQUEST", None),
    ("Kenya goaded Somalia to act.", "REQUEST", None),
    ("Kenya told Somalia to back off.", "REQUEST", "yield"),
    ("Kenya dispatched an appeal to Somalia.", "REQUEST", None),
    ("Kenya held out an olive branch to Somalia.", "AGREE", None),
    ("Kenya rallied behind Somalia.", "SUPPORT", None),
    ("Kenya stuck up for Somalia.", "SUPPORT", None),
    ("Kenya came to Somalia's rescue.", "AID", None),
    ("Kenya threw Somalia a lifeline.", "AID", None),
    ("Kenya funnelled arms to Somalia.", "AID", None),
    ("Kenya piped gas to Somalia.", "COOPERATE", None),
    ("Kenya buckled under Somali pressure.", "CONCEDE", None),
    ("Kenya gave ground to Somalia.", "CONCEDE", None),
    ("Kenya called off its attack on Somalia.", "RETREAT", "ceasefire"),
    ("Kenya abandoned a Somali base.", "RETREAT", "withdraw"),
    ("Kenya took its troops out of Somalia.", "RETREAT", "withdraw"),
    ("Kenya pulled the plug on aid to Somalia.", "SANCTION", "discontinue"),
    ("Kenya dropped Somalia from the bloc.", "SANCTION", "expel"),
    ("Kenya starved Somalia of fuel.", "COERCE", "withhold"),
    ("Kenya pulled a Somali channel off the air.", "COERCE", "censor"),
    ("Kenya shadowed a Somali warship.", "MOBILIZE", "weapons"),
    ("Kenya landed troops in Somalia.", "MOBILIZE", "troops"),
    ("Kenya knocked out a Somali radar.", "ASSAULT", "destroy"),
    ("Kenya blasted a Somali boat with water cannon.", "ASSAULT", "crowd-control"),
    ("Kenya clobbered Somalia's bases.", "ASSAULT", None),
    ("Kenyan missiles ripped into a Somali market.", "ASSAULT", "heavy-weapons"),
    ("Kenyans poured into the streets against Somalia.", "PROTEST", "demo"),
]

BOTH = [
    ("Ghana and Togo traded barbs.", "ACCUSE"),
    ("Ghana and Togo locked horns over fish.", "ACCUSE"),
    ("Ghana and Togo mended fences.", "SUPPORT"),
    ("Ghana and Togo hammered out a deal.", "SUPPORT"),
    ("Ghana and Togo ironed out their differences.", "CONCEDE"),
    ("Ghana shook hands with Togo.", "CONSULT"),
    ("Ghana made common cause with Togo.", "COOPERATE"),
    ("Ghana and Togo battled for a hill.", "ASSAULT"),
]

NO_EVENT = [
    "Kenya and Somalia made up a tenth of the market.",
    "An earthquake struck Somalia.",
    "Somalia's economy took out a loan.",
    "The rain marched into Somalia.",
]


def told(sentence: str) -> list[tuple[str, tuple[str, ...], list[str], list[str]]]:
    """Category, modes, codes of the actors and of the recipients of each event of the sentence."""
    found = dragoman.read(sentence).events
    return [
        (e.category, tuple(e.modes), [p.code or "" for p in e.actors], [p.code or "" for p in e.recipients])
        for e in found
    ]


@pytest.mark.parametrize(("sentence", "category", "mode"), KENYA_TO_SOMALIA)
def test_the_word_is_an_act_of_one_upon_the_other(sentence: str, category: str, mode: str | None) -> None:
    found = [(modes, actors, others) for each, modes, actors, others in told(sentence) if each == category]
    assert [(actors, others) for _, actors, others in found] == [(["KEN"], ["SOM"])]
    assert mode is None or found[0][0] == (mode,)


@pytest.mark.parametrize(("sentence", "category"), BOTH)
def test_the_word_is_an_act_of_both(sentence: str, category: str) -> None:
    assert [(each, sorted(actors), others) for each, _, actors, others in told(sentence)] == [
        (category, ["GHA", "TGO"], [])
    ]


@pytest.mark.parametrize("sentence", NO_EVENT)
def test_the_same_words_of_other_things_are_no_act_of_a_state(sentence: str) -> None:
    assert [each for each in told(sentence) if each[2]] == []
