"""The answers of the views in plain sentences, the same for every medium."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.views.coverage import Coverage
from dragoman.views.dossier import Dossier
from dragoman.views.known import runs
from dragoman.views.occasions import Kind
from dragoman.views.rows import EventRow, Named
from dragoman.views.since import Interval, Since, Time

BARS = "▁▂▃▄▅▆▇█"


def answer(found: Since) -> str:
    """The answer to a ``since`` in one sentence."""
    what, before = kind_words(found.kind), f" before {found.before}" if found.before else ""
    if found.last is None:
        return f"The record holds no {what}{before}."
    return f"The last {what}{before}: {time_words(found.last)}."


def kind_words(kind: Kind) -> str:
    """ "CONSULT visit from USA to DZA by a minister or higher"."""
    scope = kind.scope
    what = " ".join(
        filter(None, (scope.category or "event", scope.mode, f"({scope.context})" if scope.context else ""))
    )
    where = f"from {scope.actor} to {scope.recipient}" if scope.actor else "between " + " and ".join(scope.codes)
    level = f" by a {kind.level.replace('_', ' ')} or higher" if kind.level else ""
    return f"{what} {where}{level}" + (f" by the {kind.office}" if kind.office else "")


def time_words(time: Time) -> str:
    """ "2016-03-31, Abdelmalek Sellal (Prime Minister) → United States"."""
    return f"{time.day}, {who(time.rows[0])}" if time.rows else time.day


def who(row: EventRow) -> str:
    """Who to whom, each with his office where it is known."""
    actors, recipients = people(row.actors) or "somebody", people(row.recipients)
    return f"{actors} → {recipients}" if recipients else actors


def people(named: Iterable[Named]) -> str:
    """Names with office or code: ``Mark Esper (Defense Secretary, USA), Algeria``."""
    return ", ".join(dict.fromkeys(person(each) for each in named))


def person(each: Named) -> str:
    """``Mark Esper (Defense Secretary, USA)``; a country's own code says nothing beside its name."""
    added = [each.office, each.code if each.entity.partition(":")[0] != "state" else None]
    words = ", ".join(filter(None, added))
    return f"{each.name} ({words})" if words else each.name


def sources(row: EventRow) -> str:
    """Where an event is told: outlets, and whether an imported row alone tells it."""
    told = ", ".join(row.outlets) or f"article {row.article[:8]}"
    return f"{told} (imported)" if row.imported else told


def how_often(found: Since) -> tuple[str, ...]:
    """How often it happened and the gaps, a sentence each."""
    return tuple(_often(found))


def _often(found: Since) -> Iterable[str]:
    if found.times:
        times = "once" if found.times == 1 else f"{found.times:,} times"
        rate = f", {found.rate:.2f} a year since the first" if found.rate is not None and found.times > 1 else ""
        yield f"In the record {times}{rate}."
    if found.longest is not None:
        yield f"The longest gap: {interval(found.longest)}."
    if found.open is not None:
        yield f"Since the last one: {interval(found.open)}."
    if found.undated:
        yield f"{len(found.undated)} more without a known day: they may be these or others."
    if found.perhaps:
        yield f"{len(found.perhaps)} that can have been before or after the day asked about."


def interval(gap: Interval) -> str:
    """ "2006-02-28 to 2020-10-01, 14.6 years"."""
    years = gap.days / 365.25
    length = f"{years:.1f} years" if years >= 1 else f"{gap.days} days"
    return f"{gap.start} to {gap.end}, {length}"


def summary(found: Dossier) -> tuple[str, ...]:
    """What a dossier holds, a sentence each."""
    return tuple(_summary(found))


def _summary(found: Dossier) -> Iterable[str]:
    only = narrowed(found)
    if only:
        yield f"Only {only}."
    read = f"{counted(found.events - found.imported, 'event')} in {counted(found.stories, 'independent text')}"
    alone = f" and {counted(found.imported, 'event')} known from imported rows alone" if found.imported else ""
    rest = "" if found.happened == found.events else "; the rest is planned, wished, denied, supposed or lasting"
    yield f"{read} that Dragoman read{alone}. {found.happened:,} happened{rest}."
    if found.first and found.last:
        yield f"What happened on a known day lies {between(found.first, found.last)}."
    if found.balance:
        cooperation = sum(each.cooperation for each in found.balance)
        conflict = sum(each.conflict for each in found.balance)
        sums = f"cooperation {cooperation:+.1f}, conflict {conflict:+.1f}"
        yield f"PLOVER scores of what happened on a known day: {sums}."


def narrowed(found: Dossier) -> str:
    """What a dossier is narrowed down to, ``CONSULT, from 2019-01-01 on``; nothing where it is whole."""
    scope = found.scope
    days = [f"from {scope.start} on" if scope.start else "", f"until {scope.end}" if scope.end else ""]
    return ", ".join(filter(None, (scope.category, *days)))


def between(first: date, last: date) -> str:
    """ "between 1962 and 2016", "in 2020": the days of what happened are seldom more exact than that at the ends."""
    return f"in {first.year}" if first.year == last.year else f"between {first.year} and {last.year}"


def outlets(found: Coverage) -> str:
    """ "2 outlets and 1 data set": who published what was read, and whose rows were imported."""
    read = sum(each.origin == "read" and each.outlet is not None for each in found.outlets)
    sets = sum(each.origin != "read" for each in found.outlets)
    return " and ".join(
        filter(None, (counted(read, "outlet") if read else "", counted(sets, "data set") if sets else ""))
    )


def counted(count: int, what: str) -> str:
    """ "1 story", "2,100 events"."""
    plural = f"{what[:-1]}ies" if what.endswith("y") and not what.endswith("ay") else f"{what}s"
    return f"1 {what}" if count == 1 else f"{count:,} {plural}"


def covered(found: Coverage) -> tuple[str, ...]:
    """What a dossier stands on, and what it does not, a sentence each."""
    return tuple(_covered(found))


def _covered(found: Coverage) -> Iterable[str]:
    yield f"{counted(found.articles, 'article')} read{_published(found)}; {counted(found.imported, 'row')} imported."
    if whose := outlets(found):
        yield f"They are from {whose}."
    if found.undated:
        yield f"{counted(found.undated, 'article')} without a day of publication."
    empty = _empty(found)
    if empty:
        yield f"No article of these was published in {empty}."
    if found.gaps:
        longest = found.gaps[0]
        yield f"The longest stretch without an article: {longest.start} to {longest.end}, {longest.days:,} days."


def _published(found: Coverage) -> str:
    if found.first == found.last:
        return f", published {found.first}" if found.first else ""
    return f", published {found.first} to {found.last} on {counted(found.days, 'day')}"


def _empty(found: Coverage) -> str:
    """The years between the first and the last article without any."""
    read = {each.year for each in found.years if each.articles}
    return runs(year for year in range(min(read), max(read) + 1) if year not in read) if read else ""


def sparkline(values: Sequence[float]) -> str:
    """One bar a value, from nothing (a blank) to the largest; negative values count as their size."""
    largest = max((abs(value) for value in values), default=0)
    if not largest:
        return " " * len(values)
    return "".join(BARS[max(0, round(abs(value) / largest * 8) - 1)] if value else " " for value in values)
