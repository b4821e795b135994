"""CAMEO events in the 61 columns of GDELT 2.0: out, in any order of reading the same bytes.

The layout is that of "The GDELT Event Database, Data Format Codebook V2.0" (19 February 2015): one event a line,
tabs between the columns, no header. The way in is :mod:`dragoman.exchange.gdelt_in`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dragoman.exchange.base import Format, Told, told, write_files
from dragoman.exchange.gdelt_in import COLUMNS, KEPT_BY, NAME, PASSED, load
from dragoman.exchange.tab import LOSS, cell, line
from dragoman.model import Party, Where
from dragoman.ontology import load as load_ontology
from dragoman.ontology.from_cameo import to_fips
from dragoman.ontology.scales import scales
from dragoman.record import EventFilter, Record

FILE = "events.export.CSV"

# GDELT numbers its events; of an event's key of 80 bits this many leading digits are a number below 2**60, which every
# reader of the format holds, and two of a billion events share one by a chance of one in two.
_KEY_DIGITS = 15

_GEO_TYPES = {"country": 1, "city": 4, "region": 5, "unknown": 0}
_DAYS = 365.0


def export(record: Record, folder: Path, *, filter: EventFilter | None = None) -> dict[str, int]:
    """Write the events of a known category and day to ``events.export.CSV`` under ``folder``.

    :raises SourceError: the folder cannot be written.
    :raises RecordError: the record cannot be read.
    """
    counts = write_files(folder, {FILE: lambda: _lines(record, filter)})
    return {"events": counts[FILE]}


def _lines(record: Record, chosen: EventFilter | None) -> Iterator[str]:
    for each in told(record, record.events(chosen)):
        if (row := _row(each)) is not None:
            yield line(row[name] for name in COLUMNS)


def _row(each: Told) -> dict[str, object] | None:
    """The cells of an event; None where GDELT has no line for it: no CAMEO code, no day, nobody named, no fact."""
    report = each.event.reports[0]
    found = scales(report.category, report.modes, report.contexts)
    cameo = _own_code(each) or found.cameo
    if cameo is None or report.when is None or report.auxiliary or not (report.actors or report.recipients):
        return None
    return {
        **dict.fromkeys(COLUMNS),
        "GlobalEventID": _number(each),
        **_day(report.when.start),
        **_actor("Actor1", report.actors),
        **_actor("Actor2", report.recipients),
        "IsRootEvent": 1,
        "EventCode": cameo,
        "EventBaseCode": cameo[:3],
        "EventRootCode": cameo[:2],
        "QuadClass": found.quad,
        "GoldsteinScale": _goldstein(cameo),
        "NumMentions": len(each.event.reports),
        "NumSources": len({one.article for one in each.event.reports}),
        "NumArticles": len({one.article for one in each.event.reports}),
        "AvgTone": 0,
        **{f"{whose}Geo_Type": 0 for whose in ("Actor1", "Actor2")},
        **_geo(report.where),
        "DATEADDED": f"{each.article.published or report.when.end:%Y%m%d}000000",
        "SOURCEURL": each.article.url or (each.article.outlet or each.article.id).removeprefix(KEPT_BY),
    }


def _goldstein(cameo: str) -> float | None:
    try:
        return load_ontology().goldstein(cameo)
    except KeyError:
        return None


def _own_code(each: Told) -> str | None:
    """The code of a row that came from GDELT, which is often narrower than what PLOVER's class of it gives back."""
    row = each.article.origin == NAME and not each.event.corrected
    return each.event.reports[0].cue_text if row else None


def _number(each: Told) -> str:
    """A row that came from GDELT keeps its number; any other event's is made of its key."""
    if each.article.origin == NAME and each.article.title:
        return each.article.title
    return str(int(each.event.id[:_KEY_DIGITS], 16))


def _day(day: date) -> dict[str, object]:
    """Day, month, year, and the year with the fraction of it that has passed, to four decimals."""
    fraction = (day.timetuple().tm_yday - 1) / _DAYS
    return {
        "Day": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": f"{day:%Y}",
        "FractionDate": f"{day.year + min(fraction, 0.9999):.4f}",
    }


def _actor(whose: str, parties: tuple[Party, ...]) -> dict[str, object]:
    """The first party of a side: CAMEO's code is that of the country or body, then the sector."""
    if not parties:
        return {}
    first = parties[0]
    country = first.code if first.code in load_ontology().countries else None
    return {
        f"{whose}Code": f"{first.code or ''}{first.sector or ''}",
        f"{whose}Name": (cell(first.name) or cell(first.text) or first.entity).upper(),
        f"{whose}CountryCode": country,
        f"{whose}Type1Code": first.sector or (None if country else first.code),
    }


def _geo(where: Where | None) -> dict[str, object]:
    if where is None or not cell(where.name):
        return {"ActionGeo_Type": 0}
    fips = to_fips(where.code) if where.code else None
    return {
        "ActionGeo_Type": _GEO_TYPES[where.precision],
        "ActionGeo_FullName": where.name,
        "ActionGeo_CountryCode": fips,
        "ActionGeo_Lat": where.latitude,
        "ActionGeo_Long": where.longitude,
        "ActionGeo_FeatureID": where.geonameid or fips,
    }


FORMAT = Format(
    name=NAME,
    also=("cameo",),
    description="CAMEO events in the 61 columns of GDELT 2.0",
    export=export,
    load=load,
    files={FILE: "one event a line, tab separated, UTF-8, no header"},
    columns=COLUMNS,
    opens="whatever reads GDELT 2.0's `export.CSV`: pandas, R, a database's bulk loader",
    takes="`export.CSV` as GDELT publishes it every quarter of an hour, also zipped",
    losses=(
        "events without a day, without a named party, and all that did not happen: GDELT has no column for the status",
        "the last day and the precision: an event stands on its first possible day",
        "all parties of a side but the first; who holds which office; on whose word it stands; the words",
        "modes that CAMEO lacks (CONSULT multilateral, THREATEN arrest, PROTEST boycott and vandalize, MOBILIZE "
        "militia, COERCE censor, withhold and misinformation, ASSAULT primitive and drone) and all contexts",
        "AvgTone is 0 and IsRootEvent 1: Dragoman measures no tone and writes only events a report tells as its own",
        "ActionGeo_FeatureID is the GeoNames number; ADM codes and the actors' places are empty",
        "SOURCEURL names the outlet, or the article's id, where the article has no address",
        LOSS,
    ),
    gaps=(
        PASSED,
        "AvgTone, ethnic and religious codes, the second and third role and the actors' places are kept as words only",
        "NumMentions and NumArticles are kept as words only: a row is one row, however many articles it counts",
        "a name that neither the ontology nor the register knows is a group of its country",
    ),
)
