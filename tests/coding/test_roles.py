"""Which words report an event, and who stands in which place of it."""

import pytest

from make_docs import brief, briefs, only, reading

Brief = tuple[str, list[str], list[str]]

ACCUSATION = "Mali/NNP/2/nsubj/LOC accused/VBD/0/root Niger/NNP/2/obj/LOC of/IN/5/mark spying/VBG/2/advcl ././2/punct"
PROMISE = (
    "Ghana/NNP/2/nsubj/LOC promised/VBD/0/root to/TO/4/mark send/VB/2/xcomp aid/NN/4/obj to/IN/7/case "
    "Togo/NNP/4/obl/LOC ././2/punct"
)
SINCE = (
    "Ann/NNP/6/nsubj/PER Lee/NNP/1/flat/+ was/VBD/6/cop the/DT/6/det first/JJ/6/amod minister/NN/0/root to/TO/8/mark "
    "visit/VB/6/acl Ghana/NNP/8/obj/LOC since/IN/13/case Togolese/JJ/13/amod President/NNP/13/nmod:desc "
    "Paul/NNP/8/obl/PER Morton/NNP/13/flat/+ ././6/punct"
)

SIMPLE: dict[str, tuple[str, Brief]] = {
    "active": (
        "Peru/NNP/2/nsubj/LOC attacked/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct",
        ("ASSAULT", ["PER"], ["CHL"]),
    ),
    "passive": (
        "Poland/NNP/3/nsubj:pass/LOC was/VBD/3/aux:pass condemned/VBN/0/root by/IN/5/case Belarus/NNP/3/obl:agent/LOC "
        "././3/punct",
        ("ACCUSE", ["BLR"], ["POL"]),
    ),
    "joined verbs": (
        "Officials/NNS/5/nsubj from/IN/3/case Oman/NNP/1/nmod/LOC then/RB/5/advmod visited/VBD/0/root "
        "Qatar/NNP/5/obj/LOC ././5/punct",
        ("CONSULT", ["OMN"], ["QAT"]),
    ),
    "paid a visit": (
        "Kenya/NNP/2/nsubj/LOC paid/VBD/0/root a/DT/4/det visit/NN/2/obj to/IN/6/case Uganda/NNP/4/nmod/LOC "
        "././2/punct",
        ("CONSULT", ["KEN"], ["UGA"]),
    ),
    "received a visit": (
        "Uganda/NNP/2/nsubj/LOC received/VBD/0/root a/DT/4/det visit/NN/2/obj from/IN/8/case the/DT/8/det "
        "Kenyan/JJ/8/amod president/NN/4/nmod ././2/punct",
        ("CONSULT", ["KEN"], ["UGA"]),
    ),
    "held talks": (
        "Peru/NNP/2/nsubj/LOC held/VBD/0/root talks/NNS/2/obj with/IN/5/case Chile/NNP/3/nmod/LOC ././2/punct",
        ("CONSULT", ["CHL", "PER"], []),
    ),
    "talks were held": (
        "Talks/NNS/3/nsubj:pass were/VBD/3/aux:pass held/VBN/0/root between/IN/5/case Peru/NNP/3/obl/LOC and/CC/7/cc "
        "Chile/NNP/5/conj/LOC ././3/punct",
        ("CONSULT", ["CHL", "PER"], []),
    ),
    "talks opened": (
        "Talks/NNS/6/nsubj between/IN/3/case Peru/NNP/1/nmod/LOC and/CC/5/cc Chile/NNP/3/conj/LOC opened/VBD/0/root "
        "././6/punct",
        ("CONSULT", ["CHL", "PER"], []),
    ),
    "there for talks": (
        "Peru/NNP/4/nsubj/LOC was/VBD/4/cop in/IN/4/case Quito/NNP/0/root for/IN/6/case talks/NNS/4/obl with/IN/8/case "
        "Chile/NNP/6/nmod/LOC ././4/punct",
        ("CONSULT", ["CHL", "PER"], []),
    ),
    "an object hung on the infinitive": (
        "Peru/NNP/2/nsubj/LOC expects/VBZ/0/root Chile/NNP/5/obj/LOC to/TO/5/mark withdraw/VB/2/xcomp ././2/punct",
        ("REQUEST", ["PER"], ["CHL"]),
    ),
    "spoke in favour of": (
        "Peru/NNP/2/nsubj/LOC spoke/VBD/0/root in/IN/4/case favour/NN/2/obl of/IN/6/case Chile/NNP/4/nmod/LOC "
        "././2/punct",
        ("SUPPORT", ["PER"], ["CHL"]),
    ),
    "compared notes": (
        "Peru/NNP/2/nsubj/LOC compared/VBD/0/root notes/NNS/2/obj with/IN/5/case Chile/NNP/2/obl/LOC ././2/punct",
        ("CONSULT", ["CHL", "PER"], []),
    ),
    "acted as mediator": (
        "Oman/NNP/2/nsubj/LOC acted/VBD/0/root as/IN/4/case mediator/NN/2/obl between/IN/6/case Peru/NNP/4/nmod/LOC "
        "and/CC/8/cc Chile/NNP/6/conj/LOC ././2/punct",
        ("CONSULT", ["OMN"], ["CHL", "PER"]),
    ),
    "placed an order": (
        "Peru/NNP/2/nsubj/LOC placed/VBD/0/root an/DT/4/det order/NN/2/obj with/IN/6/case Chile/NNP/2/obl/LOC "
        "././2/punct",
        ("COOPERATE", ["PER"], ["CHL"]),
    ),
    "met": (
        "Peru/NNP/4/nsubj/LOC and/CC/3/cc Chile/NNP/1/conj/LOC met/VBD/0/root ././4/punct",
        ("CONSULT", ["CHL", "PER"], []),
    ),
    "met somebody": (
        "Peru/NNP/2/nsubj/LOC met/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct",
        ("CONSULT", ["CHL", "PER"], []),
    ),
    "signed": (
        "Peru/NNP/4/nsubj/LOC and/CC/3/cc Chile/NNP/1/conj/LOC signed/VBD/0/root an/DT/6/det "
        "accord/NN/4/obj ././4/punct",
        ("SUPPORT", ["CHL", "PER"], []),
    ),
    "an accord was signed": (
        "The/DT/2/det accord/NN/4/nsubj:pass was/VBD/4/aux:pass signed/VBN/0/root by/IN/6/case "
        "Peru/NNP/4/obl:agent/LOC "
        "and/CC/8/cc Chile/NNP/6/conj/LOC ././4/punct",
        ("SUPPORT", ["CHL", "PER"], []),
    ),
    "donated to": (
        "Peru/NNP/2/nsubj/LOC donated/VBD/0/root tents/NNS/2/obj to/IN/5/case Chile/NNP/2/obl/LOC ././2/punct",
        ("AID", ["PER"], ["CHL"]),
    ),
    "gave him": (
        "Peru/NNP/2/nsubj/LOC gave/VBD/0/root Chile/NNP/2/iobj/LOC food/NN/2/obj ././2/punct",
        ("AID", ["PER"], ["CHL"]),
    ),
    "bought from": (
        "Egypt/NNP/2/nsubj/LOC bought/VBD/0/root gas/NN/2/obj from/IN/5/case Qatar/NNP/2/obl/LOC ././2/punct",
        ("COOPERATE", ["EGY"], ["QAT"]),
    ),
    "imposed sanctions on": (
        "Peru/NNP/2/nsubj/LOC imposed/VBD/0/root sanctions/NNS/2/obj on/IN/5/case Chile/NNP/3/nmod/LOC ././2/punct",
        ("SANCTION", ["PER"], ["CHL"]),
    ),
    "thanked": (
        "Peru/NNP/2/nsubj/LOC thanked/VBD/0/root Chile/NNP/2/obj/LOC for/IN/6/case its/PRP$/6/nmod:poss help/NN/2/obl "
        "././2/punct",
        ("SUPPORT", ["PER"], ["CHL"]),
    ),
    "urged to": (
        "Peru/NNP/2/nsubj/LOC urged/VBD/0/root Chile/NNP/2/obj/LOC to/TO/5/mark free/VB/2/xcomp Lee/NNP/5/obj/PER "
        "././2/punct",
        ("REQUEST", ["PER"], ["CHL"]),
    ),
    "threatened to": (
        "Iran/NNP/2/nsubj/LOC threatened/VBD/0/root to/TO/4/mark attack/VB/2/xcomp Iraq/NNP/4/obj/LOC ././2/punct",
        ("THREATEN", ["IRN"], ["IRQ"]),
    ),
    "accused of": (ACCUSATION, ("ACCUSE", ["MLI"], ["NER"])),
    "promised to send": (PROMISE, ("AGREE", ["GHA"], ["TGO"])),
    "a capital acts": (
        "Berlin/NNP/2/nsubj/LOC condemned/VBD/0/root Russia/NNP/5/nmod:poss/LOC 's/POS/3/case war/NN/2/obj ././2/punct",
        ("ACCUSE", ["DEU"], ["RUS"]),
    ),
    "a capital is visited": (
        "The/DT/3/det Kenyan/JJ/3/amod president/NN/4/nsubj visited/VBD/0/root Kampala/NNP/4/obj/LOC ././4/punct",
        ("CONSULT", ["KEN"], ["UGA"]),
    ),
    "a town is the goal": (
        "The/DT/3/det Kenyan/JJ/3/amod president/NN/4/nsubj travelled/VBD/0/root to/IN/6/case Hamburg/NNP/4/obl/LOC "
        "././4/punct",
        ("CONSULT", ["KEN"], ["DEU"]),
    ),
    "whose thing it is": (
        "Peru/NNP/2/nsubj/LOC condemned/VBD/0/root the/DT/5/det Chilean/JJ/5/amod decision/NN/2/obj ././2/punct",
        ("ACCUSE", ["PER"], ["CHL"]),
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), SIMPLE.values(), ids=SIMPLE.keys())
def test_one_sentence_one_event(sentence: str, expected: Brief) -> None:
    assert briefs(sentence) == [expected]


NOTHING = {
    "a name of a thing": "The/DT/4/det Peace/NNP/3/compound Treaty/NNP/4/compound Museum/NNP/5/nsubj opened/VBD/0/root "
    "in/IN/7/case Oslo/NNP/5/obl/LOC ././5/punct",
    "no party": "Talks/NNS/3/nsubj:pass were/VBD/3/aux:pass held/VBN/0/root ././3/punct",
    "an end": "Peru/NNP/2/nsubj/LOC cancelled/VBD/0/root talks/NNS/2/obj with/IN/5/case "
    "Chile/NNP/3/nmod/LOC ././2/punct",
    "gas": "Russian/JJ/2/amod gas/NN/3/nsubj reached/VBD/0/root Austria/NNP/3/obj/LOC ././3/punct",
    "weather": "Snow/NN/2/nsubj fell/VBD/0/root in/IN/4/case Peru/NNP/2/obl/LOC ././2/punct",
    "acting on himself": "Peru/NNP/2/nsubj/LOC met/VBD/0/root Peru/NNP/2/obj/LOC ././2/punct",
}


@pytest.mark.parametrize("sentence", NOTHING.values(), ids=NOTHING.keys())
def test_no_event(sentence: str) -> None:
    assert [b for b in briefs(sentence) if b[0] in ("CONSULT", "AGREE", "AID", "COOPERATE", "ASSAULT")] == []


def test_joined_cues_are_two_events_of_one_actor() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC attacked/VBD/0/root a/DT/5/det Chilean/JJ/5/amod warship/NN/2/obj and/CC/7/cc "
        "condemned/VBD/2/conj Bolivia/NNP/7/obj/LOC ././2/punct"
    )
    assert briefs(sentence) == [("ASSAULT", ["PER"], ["CHL"]), ("ACCUSE", ["PER"], ["BOL"])]


def test_one_actor_several_recipients() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC condemned/VBD/0/root Chile/NNP/2/obj/LOC and/CC/5/cc Bolivia/NNP/3/conj/LOC ././2/punct"
    )
    assert briefs(sentence) == [("ACCUSE", ["PER"], ["BOL", "CHL"])]


def test_a_relative_clause_is_an_event_of_its_own() -> None:
    sentence = (
        "Peru/NNP/6/nsubj/LOC ,/,/4/punct which/WDT/4/nsubj attacked/VBD/1/acl:relcl Chile/NNP/4/obj/LOC "
        "condemned/VBD/0/root Bolivia/NNP/6/obj/LOC ././6/punct"
    )
    assert briefs(sentence) == [("ASSAULT", ["PER"], ["CHL"]), ("ACCUSE", ["PER"], ["BOL"])]


def test_what_is_promised_is_no_event() -> None:
    report = only(PROMISE)
    assert report.category == "AGREE" and "future" not in report.auxiliary


def test_a_rejection_is_of_who_accused() -> None:
    rejected = "Niger/NNP/2/nsubj/LOC rejected/VBD/0/root the/DT/4/det accusation/NN/2/obj ././2/punct"
    assert briefs(ACCUSATION, rejected) == [("ACCUSE", ["MLI"], ["NER"]), ("REJECT", ["NER"], ["MLI"])]


def test_a_rejection_far_off_is_of_nobody_named() -> None:
    rejected = "Niger/NNP/2/nsubj/LOC rejected/VBD/0/root the/DT/4/det accusation/NN/2/obj ././2/punct"
    snow = "Snow/NN/2/nsubj fell/VBD/0/root ././2/punct"
    assert "MLI" not in [code for found in briefs(ACCUSATION, "", snow, "", rejected)[1:] for code in found[2]]


def test_evidence_says_that_a_party_is_implied() -> None:
    rejected = "Niger/NNP/2/nsubj/LOC rejected/VBD/0/root the/DT/4/det accusation/NN/2/obj ././2/punct"
    named = "Niger/NNP/2/nsubj/LOC rejected/VBD/0/root Mali/NNP/5/nmod:poss/LOC 's/POS/3/case accusation/NN/2/obj"
    implied, plain = reading(ACCUSATION, rejected).reports[1], reading(ACCUSATION, named).reports[1]
    assert brief(implied) == brief(plain)
    told = [next(r.rule for r in report.reasons if r.field == "confidence") for report in (implied, plain)]
    assert ["recipient implied" in text for text in told] == [True, False]


def test_who_was_the_first_to_do_it_is_who_did_it() -> None:
    assert [party.name for party in reading(SINCE).reports[0].actors] == ["Ann Lee"]


def test_the_last_who_did_it_did_it_too() -> None:
    first, before = reading(SINCE).reports
    assert [party.name for party in before.actors] == ["Paul Morton"]
    assert [party.code for party in first.recipients] == [party.code for party in before.recipients] == ["GHA"]
    assert before.auxiliary == ("historical",) and "historical" not in first.auxiliary


def test_both_words_of_a_light_verb_are_the_cue() -> None:
    report = only(SIMPLE["paid a visit"][0])
    assert report.cue_text == "paid visit" and len(report.cues) == 2


def test_the_words_of_a_party_are_its_mention() -> None:
    report = only(SIMPLE["received a visit"][0])
    assert [party.text for party in report.actors] == ["Kenyan president"]
    assert [party.office for party in report.actors] == ["president"]


def test_every_role_says_why() -> None:
    report = only(SIMPLE["donated to"][0])
    rules = {reason.field: reason.rule for reason in report.reasons}
    assert rules["actor"].startswith("subject") and rules["recipient"].startswith("prep:to")
    assert "cues" in rules["event"] and 0 < report.confidence <= 1


def test_two_presidents_who_meet_are_the_parties_and_not_their_countries_too() -> None:
    report = only(
        "The/DT/3/det Peruvian/JJ/3/amod president/NN/4/nsubj met/VBD/0/root the/DT/7/det Chilean/JJ/7/amod "
        "president/NN/4/obj ././4/punct"
    )
    assert [party.name for party in report.actors] == ["president of Peru", "president of Chile"]


def test_the_two_sides_are_two_parties() -> None:
    met = "Peru/NNP/4/nsubj/LOC and/CC/3/cc Chile/NNP/1/conj/LOC met/VBD/0/root ././4/punct"
    signed = "The/DT/3/det two/CD/3/nummod sides/NNS/4/nsubj signed/VBD/0/root an/DT/6/det accord/NN/4/obj ././4/punct"
    assert briefs(met, signed) == [("CONSULT", ["CHL", "PER"], []), ("SUPPORT", ["CHL", "PER"], [])]


@pytest.mark.parametrize(
    "barred", ["trade/NN/6/obj with/IN/9/case Chile/NNP/7/nmod/LOC", "Chilean/JJ/8/amod ships/NNS/6/obj"]
)
def test_a_sanction_is_on_whom_its_clause_names(barred: str) -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC imposed/VBD/0/root sanctions/NNS/2/obj ,/,/6/punct which/WDT/6/nsubj bar/VBP/3/acl:relcl "
        f"{barred} ././2/punct"
    )
    assert briefs(sentence) == [("SANCTION", ["PER"], ["CHL"])]


NAMED = (
    "Chile/NNP/4/nsubj/LOC and/CC/3/cc Bolivia/NNP/1/conj/LOC met/VBD/0/root ././4/punct",
    "Peru/NNP/2/nsubj/LOC praised/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct",
)
SENT = (
    "Peru/NNP/2/nsubj/LOC sent/VBD/0/root tents/NNS/2/obj {to}/IN/7/case the/DT/7/det two/CD/7/nummod "
    "countries/NNS/2/obl ././2/punct"
)


def test_who_gives_is_neither_of_the_two_he_gives_to() -> None:
    assert briefs(*NAMED, SENT.format(to="to"))[-1] == ("AID", ["PER"], ["BOL", "CHL"])


@pytest.mark.parametrize(("verb", "category"), [("threatened", "THREATEN"), ("promised", "AGREE")])
def test_whom_a_threat_is_to_hit_may_stand_inside_what_is_to_be_done(verb: str, category: str) -> None:
    sentence = (
        f"Peru/NNP/2/nsubj/LOC {verb}/VBD/0/root to/TO/4/mark change/VB/2/xcomp its/PRP$/6/nmod:poss tariffs/NNS/4/obj "
        "on/IN/9/case Chilean/JJ/9/amod exports/NNS/6/nmod ././2/punct"
    )
    assert briefs(sentence) == [(category, ["PER"], ["CHL"])]
