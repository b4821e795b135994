"""The formats a record goes out in and comes in from: one file for each, all in one register."""

from dragoman.exchange.base import Format, export_formats, import_formats, named

__all__ = ["Format", "export_formats", "import_formats", "named"]
