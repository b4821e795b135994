"""Reads the project's own reports through Dragoman into exports that their ledgers score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from spacy.language import Language

from dragoman import language
from dragoman.coding import code
from dragoman.exchange import plover
from dragoman.reading import read_bytes
from dragoman.record import Record
from ledger import EXAMPLES, LedgerError, Score, load_ledger, score

SUFFIXES = (".html", ".txt")


def example_ledgers() -> list[Path]:
    """The ledgers beside which a report of the same name lies, sorted."""
    return sorted(path for path in EXAMPLES.glob("*.yaml") if any(path.with_suffix(end).exists() for end in SUFFIXES))


def report_of(ledger_path: Path) -> Path:
    """The report that a ledger is about. Raises :class:`LedgerError` where there is none."""
    for suffix in SUFFIXES:
        if ledger_path.with_suffix(suffix).exists():
            return ledger_path.with_suffix(suffix)
    raise LedgerError(f"{ledger_path}: no report of this name beside it")


def read_reports(ledger_paths: Sequence[Path], folder: Path) -> dict[str, Score]:
    """Read each ledger's report through Dragoman into an export of its own under ``folder``, and score it."""
    nlp = language.load()
    return {path.stem: score(_read(nlp, path, folder / path.stem), load_ledger(path)) for path in ledger_paths}


def _read(nlp: Language, ledger_path: Path, folder: Path) -> Path:
    """Export one report's reading to ``folder``; a report whose page tells its date is given none."""
    report, ledger = report_of(ledger_path), load_ledger(ledger_path)
    told = ledger.article.get("published_basis") == "page" or ledger.published is None
    given = None if told else date.fromisoformat(str(ledger.published))
    article = read_bytes(report.read_bytes(), name=report.name, published=given)
    folder.mkdir(parents=True)
    with Record.open(folder / "record.duckdb") as record:
        record.add(code(nlp(article.text), article))
        plover.export(record, folder)
    return folder
