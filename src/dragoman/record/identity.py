"""Who somebody is after splits and merges, as pieces of SQL over any table that names entities article by article.

A split stands in ``entity_changes`` by article and may give a new name; a merge stands there without an article, and
also takes along whom a split made. Every question that names an entity goes through these pieces: else it would answer
with whom an analyst found to be somebody else.
"""

from __future__ import annotations


def joins(row: str, *, column: str = "entity") -> str:
    """The joins that the expressions below need, for a table of the alias ``row`` whose ``column`` is an entity."""
    return f"""
    LEFT JOIN entity_changes split_{row} ON split_{row}.article = {row}.article AND split_{row}.entity = {row}.{column}
    LEFT JOIN entity_changes merge_{row} ON merge_{row}.article IS NULL
        AND merge_{row}.entity = coalesce(split_{row}.becomes, {row}.{column})
    """


def entity(row: str, *, column: str = "entity") -> str:
    """The id that the entity stands under."""
    return f"coalesce(merge_{row}.becomes, split_{row}.becomes, {row}.{column})"


def name(row: str) -> str:
    """The name that an analyst gave whom he split off, else the one that was read."""
    return f"coalesce(split_{row}.name, {row}.name)"
