"""Place, contexts, quantities and third parties of an event."""

import pytest

from dragoman.coding import details
from make_docs import only, parsed, reading

MET = "Peru/NNP/2/nsubj/LOC met/VBD/0/root Chile/NNP/2/obj/LOC"


def test_where_it_was() -> None:
    report = only(f"{MET} in/IN/5/case Nairobi/NNP/2/obl/LOC ././2/punct")
    place = report.where
    assert place is not None and (place.name, place.code, place.precision) == ("Nairobi", "KEN", "city")
    assert place.latitude == pytest.approx(-1.3, abs=0.5) and place.longitude == pytest.approx(36.8, abs=0.5)
    assert place.geonameid is not None


def test_a_country_is_a_place_without_coordinates() -> None:
    place = only(f"{MET} in/IN/5/case Kenya/NNP/2/obl/LOC ././2/punct").where
    assert place is not None and (place.code, place.precision, place.latitude) == ("KEN", "country", None)


def test_a_visit_is_where_it_goes() -> None:
    place = only("Peru/NNP/2/nsubj/LOC visited/VBD/0/root Chile/NNP/2/obj/LOC ././2/punct").where
    assert place is not None and place.code == "CHL"


def test_a_place_is_not_where_something_comes_from() -> None:
    assert only(f"{MET} after/IN/5/case Nairobi/NNP/2/obl/LOC ././2/punct").where is None


def test_contexts_of_the_clause() -> None:
    trade = f"{MET} to/TO/5/mark discuss/VB/2/advcl trade/NN/5/obj and/CC/8/cc tariffs/NNS/6/conj ././2/punct"
    assert "economic" in reading(trade).reports[0].contexts
    assert only(f"{MET} ././2/punct").contexts == ()


def test_a_clause_beside_it_gives_no_context() -> None:
    sentence = (
        f"{MET} and/CC/6/cc exporters/NNS/6/nsubj feared/VBD/2/conj tariffs/NNS/6/obj on/IN/9/case trade/NN/7/nmod "
        "././2/punct"
    )
    assert "economic" not in reading(sentence).reports[0].contexts


@pytest.mark.parametrize(
    ("phrase", "value", "unit", "of", "text"),
    [
        ("200/CD/4/nummod tanks/NNS/2/obj", 200, None, "tank", "200 tanks"),
        ("3,000/CD/4/nummod tanks/NNS/2/obj", 3000, None, "tank", "3,000 tanks"),
        ("twenty/CD/4/nummod tanks/NNS/2/obj", 20, None, "tank", "twenty tanks"),
    ],
)
def test_quantities(phrase: str, value: float, unit: str | None, of: str | None, text: str) -> None:
    sentence = f"Peru/NNP/2/nsubj/LOC bought/VBD/0/root {phrase} from/IN/6/case Chile/NNP/2/obl/LOC ././2/punct"
    (found,) = only(sentence).quantities
    assert (found.value, found.unit, found.of, found.text) == (value, unit, of, text)


def test_a_share_is_of_something() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC buys/VBZ/0/root 90/CD/4/nummod percent/NN/2/obj of/IN/7/case its/PRP$/7/nmod:poss "
        "oil/NN/4/nmod from/IN/9/case Chile/NNP/2/obl/LOC ././2/punct"
    )
    (found,) = only(sentence).quantities
    assert (found.value, found.unit) == (90, "percent")
    assert found.of is not None and found.of.endswith("its oil")


def test_units_and_scales() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC gave/VBD/0/root Chile/NNP/2/iobj/LOC 1.5/CD/5/compound million/CD/6/nummod "
        "tonnes/NNS/2/obj of/IN/8/case wheat/NN/6/nmod ././2/punct"
    )
    (found,) = only(sentence).quantities
    assert (found.value, found.unit, found.text) == (1_500_000, "tonne", "1.5 million tonnes")


def test_money() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC lent/VBD/0/root Chile/NNP/2/iobj/LOC $/$/2/obj 5/CD/6/compound "
        "million/CD/4/nummod ././2/punct"
    )
    (found,) = only(sentence).quantities
    assert (found.value, found.unit) == (5_000_000, "USD")


def test_a_date_is_no_quantity() -> None:
    sentence = f"{MET} on/IN/6/case 2/CD/6/nummod May/NNP/2/obl ././2/punct"
    assert only(sentence, times=[("2 May", "DATE")]).quantities == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), ("3,000", 3000), ("twenty", 20), ("many", None), ("", None),
        pytest.param("1.5 million", 1.5e6), pytest.param("12 thousand", 12e3),
        ("a dozen", None), ("dozen", 12),
        ("two hundred", 200), ("thousands", 1000), pytest.param("7 8 elephants", None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    assert details.number(text) == value


def test_third_parties_of_talks() -> None:
    sentence = (
        "Ghana/NNP/4/nsubj/LOC and/CC/3/cc Togo/NNP/1/conj/LOC discussed/VBD/0/root Mali/NNP/4/obj/LOC ././4/punct"
    )
    report = only(sentence)
    assert "MLI" in (*report.about, *(party.code for party in report.actors))
    talks = f"{MET} over/IN/6/case the/DT/6/det war/NN/2/obl in/IN/8/case Mali/NNP/6/nmod/LOC ././2/punct"
    assert only(talks).about == ("MLI",)


def test_parties_are_not_third_parties() -> None:
    assert only(f"{MET} ././2/punct").about == ()


def test_an_attack_has_the_mode_of_its_means() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC attacked/VBD/0/root Chile/NNP/2/obj/LOC with/IN/5/case drones/NNS/2/obl ././2/punct"
    )
    assert only(sentence).modes == ("drone",)
    assert parsed(sentence).text == "Peru attacked Chile with drones."


def test_a_number_may_stand_alone() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC detained/VBD/0/root 40/CD/2/obj of/IN/6/case Chile/NNP/6/nmod:poss/LOC "
        "sailors/NNS/3/nmod "
        "././2/punct"
    )
    (found,) = only(sentence).quantities
    assert (found.value, found.of) == (40, "sailor")
