"""Charts drawn as SVG, without a browser and without the network. Needs vl-convert, from the extra ``web``."""

from __future__ import annotations

from typing import Any

from dragoman.errors import MissingError
from dragoman.views.charts import VERSION, Chart

# What Vega puts before every address that has no scheme of its own; here they are places of the page they stand in.
_BASE = 'xlink:href="https://vega.github.io/vega-datasets/'


def svg(chart: Chart) -> str:
    """The chart as an SVG element. Letters from reports are escaped; links lead where the chart's data say.

    :raises MissingError: vl-convert is not installed.
    """
    return drawn(chart.spec)


def drawn(spec: dict[str, Any] | str) -> str:
    """A Vega-Lite specification, as JSON or as what JSON holds, drawn as :func:`svg` draws a chart.

    :raises MissingError: vl-convert is not installed.
    """
    try:
        import vl_convert
    except ImportError:
        raise MissingError("drawing a chart", package="vl-convert-python", extra="web") from None
    # No base address is allowed, so that a specification could not fetch anything if it tried.
    found: str = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
    return found.replace(_BASE, 'xlink:href="')
