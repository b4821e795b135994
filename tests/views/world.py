"""A small record made by hand, whose every figure can be counted in this file.

Portugal (PRT) and Norway (NOR), with a list of the journeys of Portugal's foreign minister:

- ``a1`` (The Daily): the foreign minister Ana Reis visited Oslo on 1 March 2021, "the first of its kind since 2006";
  her predecessor Rui Melo did in February 2006.
- ``a2`` (The Post): the same visit in other words, on the word of Norway.
- ``a3`` (The Post): Norway accused Portugal on 5 May 2019; ``a4`` (The Daily): Norway denied having accused
  it that day.
- ``a5`` (The Daily): Norway sanctioned Portugal in July 2019; it may grant 20 million euros to Spain; an unnamed aide
  says so. Portugal buys 90 percent of its fish from Norway.
- ``a6``: Spain met Norway on a day nobody knows.
- the list: Portugal's foreign minister in France 2004, in Spain 2012, in Norway 2011, in France 2022.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from dragoman.model import Article, Attribution, Entity, Office, Party, Quantity, Reading, Report, When, Where
from dragoman.record import Record
from make import article, entity, party, report, span

NORWAY = entity("state:NOR", "Norway", code="NOR")
PORTUGAL = entity("state:PRT", "Portugal", code="PRT")
SPAIN = entity("state:ESP", "Spain", code="ESP")
FRANCE = entity("state:FRA", "France", code="FRA")
REIS = entity("person:ana-reis:prt", "Ana Reis", kind="person", code="PRT", sector="GOV", aliases=("Reis",))
MELO = entity("person:rui-melo:prt", "Rui Melo", kind="person", code="PRT", sector="GOV")
AIDE = entity("group:aide:nor", "an aide", kind="group", code="NOR")
MINISTER = "Foreign Minister"

FIRST = "Foreign Minister Ana Reis visited Oslo on 1 March 2021, the first visit of its kind since 2006."
BEFORE = "Rui Melo visited Norway in February 2006."


def record(**changes: str) -> Record:
    """The record, in memory; ``first`` takes the place of the first article's first sentence, ``office`` of the office
    that Ana Reis holds in it."""
    kept = Record.open(":memory:")
    for reading in readings(**changes):
        kept.add(reading)
    return kept


def readings(*, first: str = FIRST, office: str = MINISTER, before: str = BEFORE) -> list[Reading]:
    """Everything that is in the record."""
    return [_visit(first, office, before), _again(), _accused(), _denied(), _mixed(), _undated(), *listed()]


def day(of: Article, words: str, start: date, end: date | None = None, precision: Any = "day") -> When:
    """A date of these words."""
    return When(start, end or start, precision, "words", span(of, words))


def told(by: Party, of: Article, content: str, cue: str, *, anonymous: bool = False) -> tuple[Attribution, ...]:
    """On the word of one."""
    return (Attribution(span(of, content), "indirect", (by,), anonymous, span(of, cue)),)


def _visit(first: str, office: str, before: str) -> Reading:
    text = article("a1", first, before, outlet="The Daily", published=date(2021, 3, 2), published_basis="page")
    held = Office(office, "PRT", evidence=span(text, office))
    reis = Entity(REIS.id, "person", REIS.name, "PRT", "GOV", aliases=REIS.aliases, offices=(held,))
    now = report(
        text, first, "visited", modes=("visit",), contexts=("diplomatic",), confidence=0.9,
        actors=(party(text, "Ana Reis", reis, office=office),), recipients=(party(text, "Oslo", NORWAY),),
        when=day(text, "1 March 2021", date(2021, 3, 1)),
        where=Where("Oslo", span(text, "Oslo"), "NOR", 59.91273, 10.74609, 3143244, "city"),
    )  # fmt: skip
    then = report(
        text, before, "visited" if "visited" in before else "visit", sequence=1,
        modes=("visit",), auxiliary=("historical",),
        actors=(party(text, "Rui Melo", MELO, office=MINISTER),), recipients=(party(text, "Norway", NORWAY),),
        when=day(text, "February 2006", date(2006, 2, 1), date(2006, 2, 28), "month"),
    )  # fmt: skip
    return Reading(text, (reis, MELO, NORWAY), (now, then), "1")


def _again() -> Reading:
    words = "Norway said Ana Reis came to Oslo on 1 March 2021."
    text = article("a2", words, outlet="The Post", published=date(2021, 3, 9), published_basis="page")
    came = report(
        text, words, "came", modes=("visit",),
        actors=(party(text, "Ana Reis", REIS, office=MINISTER),), recipients=(party(text, "Oslo", NORWAY),),
        when=day(text, "1 March 2021", date(2021, 3, 1)),
        attribution=told(party(text, "Norway", NORWAY), text, "Ana Reis came to Oslo", "said"),
    )  # fmt: skip
    return Reading(text, (REIS, NORWAY), (came,), "1")


def _accused() -> Reading:
    words = "Norway accused Portugal on 5 May 2019."
    text = article("a3", words, outlet="The Post", published=date(2019, 5, 6), published_basis="page")
    accused = _between(text, words, "accused", "ACCUSE", when=day(text, "5 May 2019", date(2019, 5, 5)))
    return Reading(text, (NORWAY, PORTUGAL), (accused,), "1")


def _denied() -> Reading:
    words = "Norway denied that it accused Portugal on 5 May 2019."
    text = article("a4", words, outlet="The Daily", published=date(2019, 5, 7), published_basis="page")
    denied = _between(
        text, words, "accused", "ACCUSE", auxiliary=("negation",), when=day(text, "5 May 2019", date(2019, 5, 5)),
        attribution=told(party(text, "Norway", NORWAY), text, "it accused Portugal", "denied"),
    )  # fmt: skip
    return Reading(text, (NORWAY, PORTUGAL), (denied,), "1")


def _between(of: Article, words: str, cue: str, category: str, **fields: Any) -> Report:
    actors, recipients = (party(of, "Norway", NORWAY),), (party(of, "Portugal", PORTUGAL),)
    return report(of, words, cue, category=category, actors=actors, recipients=recipients, **fields)


def _mixed() -> Reading:
    one = "Norway imposed sanctions on Portugal in July 2019."
    two = "Norway may grant Spain 20 million euros for Portugal, an aide said."
    three = "Portugal buys 90 percent of its fish from Norway."
    text = article("a5", one, two, three, outlet="The Daily", published=date(2019, 8, 1), published_basis="page")
    july = day(text, "July 2019", date(2019, 7, 1), date(2019, 7, 31), "month")
    sanction = _between(text, one, "sanctions", "SANCTION", when=july, contexts=("economic",))
    grant = report(
        text, two, "grant", sequence=1, category="AID", auxiliary=("hypothetical",), about=("PRT",),
        actors=(party(text, "Norway", NORWAY, nth=1),), recipients=(party(text, "Spain", SPAIN),),
        quantities=(Quantity(20e6, "20 million euros", span(text, "20 million euros"), "EUR"),),
        attribution=told(party(text, "an aide", AIDE), text, "Norway may grant Spain", "said", anonymous=True),
    )  # fmt: skip
    buys = report(
        text, three, "buys", sequence=2, category="COOPERATE", auxiliary=("standing",),
        actors=(party(text, "Portugal", PORTUGAL, nth=2),), recipients=(party(text, "Norway", NORWAY, nth=2),),
        quantities=(Quantity(90.0, "90 percent", span(text, "90 percent"), "percent", "fish"),),
    )  # fmt: skip
    return Reading(text, (NORWAY, PORTUGAL, SPAIN, AIDE), (sanction, grant, buys), "1")


def _undated() -> Reading:
    words = "Spain and Norway met."
    text = article("a6", words)
    met = report(text, words, "met", actors=(party(text, "Spain", SPAIN), party(text, "Norway", NORWAY)))
    return Reading(text, (SPAIN, NORWAY), (met,), "1")


def listed(*, until: int = 2022) -> list[Reading]:
    """The list of journeys: France 2004, Norway 2011, Spain 2012, France in the last year."""
    rows = ((2004, FRANCE), (2011, NORWAY), (2012, SPAIN), (until, FRANCE))
    return [_row(year, host, MELO if year < 2020 else REIS) for year, host in rows]


def _row(year: int, host: Entity, who: Entity) -> Reading:
    words = f"journey: {who.name}, {MINISTER}, {host.name}, {year}-06-01"
    text = article(f"list-{year}", words, outlet="Ministry of Journeys", origin="visits")
    came = report(
        text, words, "journey", modes=("visit",), confidence=1.0,
        actors=(party(text, who.name, who, office=MINISTER),), recipients=(party(text, host.name, host),),
        when=day(text, f"{year}-06-01", date(year, 6, 1)),
    )  # fmt: skip
    return Reading(text, (who, host), (came,), "visits-1")
