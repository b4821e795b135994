"""Writes the charts' library, src/dragoman/web/static/vega.js: Vega, Vega-Lite and Vega-Embed as one file."""

from __future__ import annotations

from pathlib import Path

import vl_convert

from dragoman.views.charts import VERSION

STATIC = Path(__file__).resolve().parent.parent / "src" / "dragoman" / "web" / "static"


def main() -> None:
    """The same version of vl-convert writes the same bytes."""
    library = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VERSION)
    (STATIC / "vega.js").write_text(library, encoding="utf-8")


if __name__ == "__main__":
    main()
