"""What a report only recalls. Where the day of publication is known, it is Friday, 3 May 2024."""

from make_docs import reading

BEGAN = (
    "In/IN/2/case 2011/CD/4/obl Peru/NNP/4/nsubj/LOC visited/VBD/0/root Chile/NNP/4/obj/LOC ././4/punct"
)  # fmt: skip
ON = "Bolivia/NNP/2/nsubj/LOC condemned/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct"
BACK = "Bolivia/NNP/3/nsubj/LOC has/VBZ/3/aux condemned/VBN/0/root Chile/NNP/3/obj/LOC ././3/punct"


def modes(*sentences: str, times: tuple[str, ...] = ("2011",)) -> list[tuple[str, ...]]:
    return [r.auxiliary for r in reading(*sentences, times=[(words, "DATE") for words in times]).reports]


def test_a_paragraph_that_turned_to_the_past_stays_there() -> None:
    assert modes(BEGAN, ON) == [("historical",)] * 2


def test_a_perfect_or_a_new_paragraph_brings_it_back() -> None:
    assert modes(BEGAN, BACK) == [("historical",), ()]
    assert modes(BEGAN, "", ON) == [("historical",), ()]


def test_a_relative_clause_on_the_past_leaves_the_main_clause_in_the_present() -> None:
    sentence = (
        "Bolivia/NNP/8/nsubj/LOC ,/,/1/punct which/WDT/4/nsubj visited/VBD/1/acl:relcl Chile/NNP/4/obj/LOC "
        "in/IN/7/case "
        "2011/CD/4/obl condemned/VBD/0/root Peru/NNP/8/obj/LOC ././8/punct"
    )
    assert sorted(modes(sentence)) == [(), ("historical",)]


def test_a_sequel_is_of_the_time_of_what_it_follows() -> None:
    since = (
        "Peru/NNP/3/nsubj/LOC has/VBZ/3/aux slept/VBN/0/root since/IN/5/case 2011/CD/3/obl ././3/punct"
    )  # fmt: skip
    then = ON.replace("condemned/VBD/0/root Chile/NNP/2", "then/RB/3/advmod condemned/VBD/0/root Chile/NNP/3")
    then = then.replace("Bolivia/NNP/2", "Bolivia/NNP/3").replace("././2", "././3")
    assert modes(since, ON) == [()]
    assert modes(since, then) == [("historical",)]
