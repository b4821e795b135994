"""Draws docs/show.svg: ``dragoman show`` of one of the example reports, as a terminal shows it."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

from dragoman.cli.render import print_article
from dragoman.pipeline import read

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "examples" / "visit-kenya-somalia.html"
WIDTH = 120


def main() -> None:
    """Reads the report and writes the picture; the same report and reader give the same bytes."""
    result = read(REPORT)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    print_article(console, result.article, result.events)
    svg = console.export_svg(title=f"dragoman show {REPORT.name}", theme=DIMMED_MONOKAI, unique_id="dragoman")
    # without the web fonts of Rich's frame: a picture in a README should fetch nothing
    (HERE / "show.svg").write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
