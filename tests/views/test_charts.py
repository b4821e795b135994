"""Charts: in the form that Vega-Lite demands, readable on light and dark pages, with the data behind each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from dragoman.record import Record
from dragoman.views import charts
from dragoman.views.charts import Chart
from dragoman.views.dossier import dossier
from dragoman.views.network import Edge, Network, Node, network
from dragoman.views.parts import YearBalance
from dragoman.views.since import since
from dragoman.views.subjects import subject
from dragoman.views.svg import svg
from views import world

PAPERS = ("#ffffff", "#14171a")
LEAST = 3.0  # WCAG 2.1, success criterion 1.4.11: graphical objects


def drawn(record: Record) -> Iterator[Chart]:
    found = dossier(record, subject(record, "NOR"))
    yield charts.balance(found.balance)
    yield charts.years(found.years)
    yield charts.categories(found.categories)
    yield charts.timeline(found.timeline, link=lambda event: f"#{event}")
    yield charts.network(network(record))
    yield charts.places(found.places)
    yield charts.times(since(record, "PRT", "NOR", mode="visit"))


@pytest.fixture(scope="module")
def every() -> list[Chart]:
    with world.record() as record:
        return list(drawn(record))


def test_each_is_a_specification_that_can_be_drawn(every: list[Chart]) -> None:
    pytest.importorskip("vl_convert")
    for chart in every:
        drawn = svg(chart)
        assert drawn.startswith("<svg") and "currentColor" in drawn, chart.name
        assert "vega-datasets" not in drawn
        assert ('xlink:href="#' in drawn) == any("url" in row for row in chart.data)


def test_the_pages_bring_the_version_that_the_specifications_are_written_for() -> None:
    library = files("dragoman.web").joinpath("static", "vega.js").read_text(encoding="utf-8")
    assert re.findall(r'"(\d+\.\d+)\.\d+"', library).count(charts.VERSION) == 1


def test_data_behind_each_can_be_downloaded(every: list[Chart]) -> None:
    for chart in every:
        assert json.loads(json.dumps(chart.data)) == list(chart.data) != []
        assert chart.title and chart.description
    told = {chart.name: chart for chart in every}
    assert sum(row["events"] for row in told["categories"].data) == 9  # seven with Portugal, two with Spain
    assert {row["height"] < 0 for row in told["balance"].data if "conflict" in row["class"]} == {True}


@pytest.mark.parametrize(
    ("years", "named"),
    [
        ((2020,), [2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024]),
        ((2011, 2021), list(range(2011, 2022))),
        ((1962, 2016), list(range(1965, 2016, 5))),
        ((1795, 2022), list(range(1800, 2021, 20))),
    ],
)
def test_round_years_are_named_and_one_alone_stands_among_others(years: tuple[int, ...], named: list[int]) -> None:
    chart = charts.balance([YearBalance(year, 1, 0, 0, 0, 4.0, 0.0, 4.0) for year in years])
    x = chart.spec["encoding"]["x"]
    assert x["axis"]["values"] == named and {*years} <= {*x["scale"]["domain"]}


@pytest.mark.parametrize(("count", "turned"), [(6, False), (40, True)])
def test_many_names_around_a_circle_point_outwards(count: int, turned: bool) -> None:
    codes = [f"C{number:02}" for number in range(count)]
    nodes = tuple(Node(code, code, 1) for code in codes)
    edges = tuple(Edge("C00", code, False, None, 1, 4.0, 4.0, 0.0, "e") for code in codes[1:])
    texts = [
        layer for layer in charts.network(Network(nodes, edges, 0)).spec["layer"] if layer["mark"]["type"] == "text"
    ]
    named = [row for layer in texts for row in layer["data"]["values"]]
    assert sorted(row["code"] for row in named) == codes
    assert any(row["turn"] for row in named) == turned
    assert all(-90 <= (row["turn"] + 180) % 360 - 180 <= 90 for row in named)  # none is upside down


def test_without_events_there_are_charts_without_marks() -> None:
    assert charts.balance([]).data == charts.years([]).data == charts.timeline([]).data == ()


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", sorted({*charts.QUAD_COLOURS.values(), *charts.STATUS_COLOURS.values()}))
@pytest.mark.parametrize("paper", PAPERS)
def test_colours_stand_out_on_light_and_dark(colour: str, paper: str) -> None:
    light, dark = sorted((luminance(colour), luminance(paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= LEAST
