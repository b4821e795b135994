"""The words of the project's own reports as their pages have them, for tests of their ledgers."""

import re
from functools import cache
from pathlib import Path

from lxml import html

from ledger import plain

BLOCKS = "//h1|//h2|//h3|//p|//figcaption|//div[@class='caption']"
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[\"“A-Z0-9])")


@cache
def paragraphs(report: Path) -> list[str]:
    """The report's blocks of text, everything on the page included."""
    text = report.read_text(encoding="utf-8")
    if report.suffix == ".txt":
        return [line for line in text.splitlines() if line.strip()]
    return [" ".join(block.text_content().split()) for block in html.fromstring(text.encode()).xpath(BLOCKS)]


def sentences(report: Path) -> list[str]:
    return [sentence for paragraph in paragraphs(report) for sentence in SENTENCE_END.split(paragraph)]


def whole_text(report: Path) -> str:
    text = report.read_text(encoding="utf-8")
    return plain(text if report.suffix == ".txt" else html.fromstring(text.encode()).text_content())
