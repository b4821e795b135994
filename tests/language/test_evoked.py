"""The categories that words evoke: kept for nouns and verbs only, and nothing where the weights lack the layer."""

import dragoman
from dragoman import language
from dragoman.language.evoked import KEY, POS, evoke, evoked
from dragoman.language.network import Network


def test_only_nouns_and_verbs_evoke_and_shares_are_no_more_than_one() -> None:
    doc = language.load()("Norway's envoy lambasted Chile on Monday, and the old ministers walked home.")
    found = evoked(doc)
    assert found and all(doc[i].pos_ in POS for i in found)
    assert all(0 < share <= 1 for shares in found.values() for share in shares.values())
    assert all(sum(shares.values()) <= 1.01 for shares in found.values())
    assert set().union(*found.values()) <= set(dragoman.ontology.load().categories)


def test_a_word_of_violence_evokes_violence_and_walking_nothing() -> None:
    doc = language.load()("Rebels from Chad butchered forty villagers in Niger while their chief walked home.")
    found = {doc[i].text: shares for i, shares in evoked(doc).items()}
    assert max(found["butchered"], key=found["butchered"].__getitem__) == "ASSAULT"
    assert max(found["walked"].values(), default=0) < 0.3


def test_a_doc_survives_being_stored() -> None:
    doc = language.load()("Peru praised Chile.")
    again = type(doc)(doc.vocab).from_bytes(doc.to_bytes())
    assert evoked(again) == evoked(doc) != {}


def test_weights_without_the_layer_say_nothing() -> None:
    doc = language.load()("Peru praised Chile.")
    del doc.user_data[KEY]

    class Without(Network):
        labels = {}  # type: ignore[assignment]  # noqa: RUF012

    evoke(Without(), doc)
    assert evoked(doc) == {}
