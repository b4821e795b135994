"""Words of acts that tell of none, or of another: between firms, at home, of things, and by the way."""

import pytest

from make_docs import reading

TO = "Peru/NNP/2/nsubj/LOC {verb}/VBD/0/root {words} ././2/punct"


def told(sentence: str, *, times: tuple[str, ...] = ()) -> list[str]:
    """The categories of a sentence's events."""
    return [report.category for report in reading(sentence, times=[(words, "DATE") for words in times]).reports]


PLAIN = {
    "celebrations": ("staged", "celebrations/NNS/2/obj with/IN/5/case Chile/NNP/2/obl/LOC"),
    "an announcement": ("honored", "Chile/NNP/5/nmod:poss/LOC 's/POS/3/case announcement/NN/2/obj"),
    "an anniversary": ("celebrates", "its/PRP$/4/nmod:poss anniversary/NN/2/obj in/IN/6/case Chile/NNP/2/obl/LOC"),
    "news conference": (
        "scheduled", "a/DT/5/det news/NN/5/compound conference/NN/2/obj in/IN/7/case Chile/NNP/2/obl/LOC"
    ),
    "hope": ("expressed", "hope/NN/2/obj for/IN/5/case Chile/NNP/3/nmod/LOC"),
    "religion": ("shared", "a/DT/4/det religion/NN/2/obj with/IN/6/case Chile/NNP/2/obl/LOC"),
    "resolution": ("sponsored", "a/DT/4/det resolution/NN/2/obj with/IN/6/case Chile/NNP/2/obl/LOC"),
    "students": (
        "told", "students/NNS/2/iobj in/IN/5/case Chile/NNP/2/obl/LOC that/IN/8/mark rain/NN/8/nsubj fell/VBD/2/ccomp"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("verb", "words"), PLAIN.values(), ids=PLAIN.keys())
def test_it_is_no_act(verb: str, words: str) -> None:
    assert told(TO.format(verb=verb, words=words)) == []


OTHERS = {
    "a black wreath": (
        "laid", "a/DT/5/det {}/JJ/5/amod wreath/NN/2/obj at/IN/9/case Chile/NNP/9/nmod:poss/LOC 's/POS/7/case "
        "embassy/NN/2/obl", ("black", "PROTEST"), ("white", "SUPPORT"),
    ),
    "against goods": (
        "retaliated", "against/IN/4/case {}/NNS/2/obl from/IN/6/case Chile/NNP/4/nmod/LOC", ("wines", "SANCTION"),
        ("cars", "SANCTION"),
    ),
    "committed to war": (
        "committed", "itself/PRP/2/obj to/IN/6/case a/DT/6/det {}/NN/2/obl against/IN/8/case Chile/NNP/6/nmod/LOC",
        ("strike", "THREATEN"), ("war", "THREATEN"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("verb", "words", "one", "other"), OTHERS.values(), ids=OTHERS.keys())
def test_the_thing_says_which_act_it_is(verb: str, words: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    for word, category in (one, other):
        assert told(TO.format(verb=verb, words=words.format(word))) == [category]


@pytest.mark.parametrize(("thing", "categories"), [("program", []), ("speech", ["REQUEST"])])
def test_a_program_that_calls_for_something_asks_nobody(thing: str, categories: list[str]) -> None:
    sentence = (
        f"Peru/NNP/3/nmod:poss/LOC 's/POS/1/case {thing}/NN/4/nsubj called/VBD/0/root for/IN/6/case reform/NN/4/obl "
        "in/IN/8/case Chile/NNP/6/nmod/LOC ././4/punct"
    )
    assert told(sentence) == categories


def test_a_decision_guarantees_nothing() -> None:
    sentence = (
        "The/DT/3/det Peruvian/JJ/3/amod {}/NN/4/nsubj guaranteed/VBD/0/root Chile/NNP/4/iobj/LOC aid/NN/4/obj "
        "././4/punct"
    )
    assert told(sentence.format("government")) == ["AGREE"]
    assert told(sentence.format("decision")) == []


def test_firms_among_themselves_are_no_parties() -> None:
    sentence = (
        "A/DT/3/det {}/JJ/3/amod {}/NN/4/nsubj agreed/VBD/0/root to/TO/6/mark help/VB/4/xcomp a/DT/9/det "
        "Chilean/JJ/9/amod company/NN/6/obj ././4/punct"
    )
    assert told(sentence.format("Peruvian", "company")) == []
    assert told(sentence.format("Peruvian", "minister")) != []


@pytest.mark.parametrize(("place", "categories"), [("Lima", []), ("Santiago", ["CONSULT"])])
def test_a_journey_at_home_is_no_visit(place: str, categories: list[str]) -> None:
    sentence = (
        "Peruvian/JJ/2/amod President/NNP/3/nmod:desc Ana/NNP/5/nsubj/PER Rojas/NNP/3/flat/+ flew/VBD/0/root "
        f"to/IN/7/case {place}/NNP/5/obl/LOC ././5/punct"
    )
    assert told(sentence) == categories


def test_how_a_thing_condemned_is_called_is_no_second_act() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC condemned/VBD/0/root Chilean/JJ/4/amod raids/NNS/2/obj ,/,/6/punct calling/VBG/2/advcl "
        "{} a/DT/9/det crime/NN/6/xcomp ././2/punct"
    )
    assert told(sentence.format("them/PRP/6/obj")) == ["ACCUSE"]


def test_a_firm_and_a_body_nobody_knows_are_no_parties() -> None:
    sentence = (
        "Zorbex/NNP/2/nsubj/ORG agreed/VBD/0/root to/TO/4/mark help/VB/2/xcomp a/DT/7/det Chilean/JJ/7/amod "
        "company/NN/4/obj ././2/punct"
    )
    assert told(sentence) == []


LASTING = "{} have/VBP/0/root ties/NNS/2/obj with/IN/5/case Chile/NNP/3/nmod/LOC ././2/punct"


def test_ties_of_people_are_none_of_states() -> None:
    assert told(LASTING.format("People/NNS/2/nsubj")) == []


def test_an_oil_outlet_is_no_newspaper() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC shut/VBD/0/root Chile/NNP/6/nmod:poss/LOC 's/POS/3/case {}/NN/6/compound "
        "outlets/NNS/2/obj ././2/punct"
    )
    assert told(sentence.format("oil")) == ["SANCTION"]
    assert told(sentence.format("news")) == ["COERCE"]


@pytest.mark.parametrize(("verb", "categories"), [("attacked", ["ASSAULT"]), ("conferred", ["CONSULT"])])
def test_who_confers_together_meets(verb: str, categories: list[str]) -> None:
    words = "with/IN/6/case Oman/NNP/4/obl/LOC" if verb == "conferred" else "Oman/NNP/4/obj/LOC"
    sentence = f"Peru/NNP/4/nsubj/LOC and/CC/3/cc Chile/NNP/1/conj/LOC {verb}/VBD/0/root {words}"
    assert told(sentence) == categories


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("released", "software/NN/2/obj in/IN/5/case Chile/NNP/2/obl/LOC"),
        ("investigated", "a/DT/4/det robbery/NN/2/obj in/IN/6/case Chile/NNP/2/obl/LOC"),
    ],
)
def test_wares_and_thefts_are_no_acts(verb: str, words: str) -> None:
    assert told(TO.format(verb=verb, words=words)) == []


@pytest.mark.parametrize(("cause", "categories"), [("fever", []), ("bombing", ["ASSAULT"])])
def test_who_dies_of_an_illness_is_not_killed(cause: str, categories: list[str]) -> None:
    sentence = (
        "Ten/CD/3/nummod Chilean/JJ/3/amod soldiers/NNS/4/nsubj died/VBD/0/root in/IN/7/case a/DT/7/det {}/NN/4/obl "
        "././4/punct"
    )
    assert told(sentence.format(cause)) == categories
