"""Ordinary words of agency dispatches between two states: what they make of them, who acts and upon whom."""

import pytest

import dragoman

PERU_TO_CHILE = [
    ("Peru brought up the fishermen with Chile.", "CONSULT"),
    ("Peru carried a message to Chile.", "CONSULT"),
    ("A Peruvian delegation left for Chile.", "CONSULT"),
    ("Peru's envoy called on the Chilean president.", "CONSULT"),
    ("Peru wished Chile well.", "SUPPORT"),
    ("Peru appreciates Chile's efforts.", "SUPPORT"),
    ("Peru declared a day of mourning for the victims in Chile.", "SUPPORT"),
    ("Peru lowered its flags in sympathy with Chile.", "SUPPORT"),
    ("Peru's president attended the funeral of the Chilean president.", "SUPPORT"),
    ("Peru named a square after the Chilean president.", "SUPPORT"),
    ("Peru went along with Chile.", "SUPPORT"),
    ("Peru pronounced Chile's terms satisfactory.", "SUPPORT"),
    ("Peru put forward a plan for Chile.", "AGREE"),
    ("Peru promised Chile doctors.", "AGREE"),
    ("Peru's navy paid a port call in Chile.", "COOPERATE"),
    ("A Peruvian frigate docked in Chile.", "COOPERATE"),
    ("Peru opened a factory in Chile.", "COOPERATE"),
    ("Peru extended a credit line to Chile.", "AID"),
    ("Peruvian teams are digging through rubble in Chile.", "AID"),
    ("Peruvian warships carried civilians from Chile.", "AID"),
    ("Chile got a loan from Peru.", "AID"),
    ("Peru raised 20 million dollars for Chile.", "AID"),
    ("Peru rendered assistance to Chile.", "AID"),
    ("Peru put two planes at Chile's disposal.", "AID"),
    ("Peru earmarked funds for Chile.", "AID"),
    ("A Peruvian ship docked in Chile with food.", "AID"),
    ("Peruvian trucks brought blankets to Chile.", "AID"),
    ("Peru bailed out Chile.", "AID"),
    ("Peru brought its men home from Chile.", "RETREAT"),
    ("Peruvian soldiers departed Chile.", "RETREAT"),
    ("Peru ended its military mission in Chile.", "RETREAT"),
    ("Peru took back its remarks about Chile.", "CONCEDE"),
    ("Peru flung open its border to Chile.", "RETREAT"),
    ("Peru said sorry to Chile.", "CONCEDE"),
    ("Peru admitted that it had shelled Chile.", "CONCEDE"),
    ("Peru asked Chile for forgiveness.", "CONCEDE"),
    ("Peru begged Chile's pardon.", "CONCEDE"),
    ("Peru will comply with Chile's ruling.", "CONCEDE"),
    ("Peru asked Chile to explain.", "REQUEST"),
    ("Peru was angered by Chile's move.", "ACCUSE"),
    ("Peru compared Chile to a pirate.", "ACCUSE"),
    ("Peru carpeted Chile's ambassador.", "ACCUSE"),
    ("Peru spoke of a betrayal by Chile.", "ACCUSE"),
    ("Peru took Chile before a tribunal.", "ACCUSE"),
    ("Peru broke its promise to Chile.", "REJECT"),
    ("Peru froze the ratification of a pact with Chile.", "REJECT"),
    ("Peru shelved a trip to Chile.", "REJECT"),
    ("Peru called off a concert in Chile.", "REJECT"),
    ("Peru tore up a contract with Chile.", "REJECT"),
    ("Peru washed its hands of Chile.", "REJECT"),
    ("Peru countered that Chile was late.", "REJECT"),
    ("Peru disputed Chile's version.", "REJECT"),
    ("Peru vowed to retaliate against Chile.", "THREATEN"),
    ("Peru will inflict a blow on Chile.", "THREATEN"),
    ("Peruvians kept a vigil outside Chile's embassy.", "PROTEST"),
    ("Peruvian students squatted in front of Chile's embassy.", "PROTEST"),
    ("Peruvian miners struck work at a Chilean pit.", "PROTEST"),
    ("Peruvian drivers staged a sit-down outside Chile's embassy.", "PROTEST"),
    ("Peruvian protesters threw a cordon round Chile's embassy.", "PROTEST"),
    ("Peru suspended ferries to Chile.", "SANCTION"),
    ("Peru reintroduced visas for Chileans.", "SANCTION"),
    ("Peru stopped importing Chilean beef.", "SANCTION"),
    ("Peru sent Chileans back.", "COERCE"),
    ("Peru is holding a Chilean crew.", "COERCE"),
    ("Peru put up a fence on the border with Chile.", "COERCE"),
    ("Peru authorised the use of troops in Chile.", "MOBILIZE"),
    ("Peru redeployed its troops to the border with Chile.", "MOBILIZE"),
    ("Peru opened an exercise near Chile.", "MOBILIZE"),
    ("A Peruvian attack left six Chileans dead.", "ASSAULT"),
    ("Peru crossed into Chile with tanks.", "ASSAULT"),
    ("Peru roughed up a Chilean diplomat.", "ASSAULT"),
    ("Peru's minister slipped into Chile for talks.", "CONSULT"),
    ("Peruvian officers observed an exercise in Chile.", "COOPERATE"),
    ("Peru's president received the credentials of the Chilean ambassador.", "CONSULT"),
    ("Peru gave the Chilean president a warm welcome.", "SUPPORT"),
    ("Peru understands Chile's concerns.", "SUPPORT"),
    ("Peru noted with satisfaction Chile's decision.", "SUPPORT"),
    ("Peru attaches importance to its ties with Chile.", "SUPPORT"),
    ("Peru held out the prospect of a loan to Chile.", "AGREE"),
    ("Peru will consider Chile's request.", "AGREE"),
    ("Peru accepted Chile's apology.", "AGREE"),
    ("Peru gave Chile satellite pictures.", "COOPERATE"),
    ("Acting on a tip from Chile, Peru arrested two men.", "COOPERATE"),
    ("Peru cleared mines in Chile.", "AID"),
    ("Peru picked up Chilean sailors from a sinking boat.", "AID"),
    ("Peru granted Chilean students places.", "AID"),
    ("Peru put up 20 million dollars for Chile.", "AID"),
    ("Peru came up with 20 million dollars for Chile.", "AID"),
    ("Peru stepped up its help for Chile.", "AID"),
    ("Peru cut the number of its troops in Chile.", "RETREAT"),
    ("Peru stood down its forces on the border with Chile.", "RETREAT"),
    ("Peru let Chilean doctors into the camp.", "RETREAT"),
    ("Peru owned up to the attack on Chile.", "CONCEDE"),
    ("Peru revised its stance on Chile.", "CONCEDE"),
    ("Peru toned down its criticism of Chile.", "CONCEDE"),
    ("Peru claimed damages from Chile.", "REQUEST"),
    ("Peru laid claim to an island held by Chile.", "REQUEST"),
    ("Peru said Chile was playing with fire.", "ACCUSE"),
    ("Peru said Chile had crossed a red line.", "ACCUSE"),
    ("Peru sees Chile's move as a provocation.", "ACCUSE"),
    ("Peru sent Chile an angry letter.", "ACCUSE"),
    ("Peru turned a deaf ear to Chile.", "REJECT"),
    ("Peru struck down a treaty with Chile.", "REJECT"),
    ("Peru failed to show up for talks with Chile.", "REJECT"),
    ("Peru floated the idea of tariffs on Chile.", "THREATEN"),
    ("Peruvian shops closed in protest against Chile.", "PROTEST"),
    ("Peru lowered its ties with Chile.", "SANCTION"),
    ("Peru decided on sanctions against Chile.", "SANCTION"),
    ("Peru held back a payment to Chile.", "SANCTION"),
    ("Peru grounded a Chilean airliner.", "COERCE"),
    ("Peru took over a Chilean refinery.", "COERCE"),
    ("Peru kept a Chilean ship from docking.", "COERCE"),
    ("Peru stopped Chilean pilgrims at the border.", "COERCE"),
    ("Peru raised its state of readiness near Chile.", "MOBILIZE"),
    ("Peru staged a show of force near Chile.", "MOBILIZE"),
    ("Peru extended its military mission in Chile.", "MOBILIZE"),
    ("Peru doubled the number of its troops in Chile.", "MOBILIZE"),
    ("Peru brought down a Chilean helicopter.", "ASSAULT"),
]

BOTH = [
    ("The presidents of Peru and Chile shook hands in Vienna.", "CONSULT"),
    ("Talks between Peru and Chile ended without result.", "CONSULT"),
    ("Peru and Chile came to an agreement.", "SUPPORT"),
    ("Peru and Chile raised their ties to a new level.", "SUPPORT"),
    ("Peru and Chile revived their border commission.", "SUPPORT"),
    ("Peru and Chile wrapped up a drill.", "COOPERATE"),
    ("Peruvian and Chilean police broke up a gang.", "COOPERATE"),
    ("Trade between Peru and Chile has doubled.", "COOPERATE"),
    ("Peru and Chile ended their stand-off.", "CONCEDE"),
    ("The border commission of Peru and Chile held its session.", "CONSULT"),
    ("Peruvian and Chilean frigates sailed together.", "COOPERATE"),
    ("Peru and Chile reopened a railway line.", "COOPERATE"),
    ("The first train from Peru to Chile left on Monday.", "COOPERATE"),
    ("Peru and Chile launched a joint study.", "COOPERATE"),
    ("Peru and Chile began to dig a tunnel.", "COOPERATE"),
    ("Peruvian and Chilean troops came to blows.", "ASSAULT"),
    ("Peruvian and Chilean soldiers scuffled.", "ASSAULT"),
]

NO_EVENT = [
    "Peru's economy came to a halt.",
    "A singer from Peru attended a concert in Chile.",
    "The price of copper doubled in Chile.",
    "The storm left six villages in Chile without power.",
    "Chile's team held on to beat Peru by two goals.",
    "The minister named his dog after a poet.",
]


def told(sentence: str) -> list[tuple[str, list[str], list[str]]]:
    """Category, codes of the actors and of the recipients of each event of the sentence."""
    found = dragoman.read(sentence).events
    return [(e.category, [p.code or "" for p in e.actors], [p.code or "" for p in e.recipients]) for e in found]


@pytest.mark.parametrize(("sentence", "category"), PERU_TO_CHILE)
def test_the_word_is_an_act_of_one_upon_the_other(sentence: str, category: str) -> None:
    assert (category, ["PER"], ["CHL"]) in told(sentence)


@pytest.mark.parametrize(("sentence", "category"), BOTH)
def test_the_word_is_an_act_of_both(sentence: str, category: str) -> None:
    assert (category, ["CHL", "PER"]) in [(each, sorted(actors)) for each, actors, _ in told(sentence)]


@pytest.mark.parametrize("sentence", NO_EVENT)
def test_the_same_words_of_other_things_are_no_act_of_a_state(sentence: str) -> None:
    assert told(sentence) == []
