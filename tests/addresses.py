"""Addresses of every kind of page of the record that the tests of the pages serve."""

from __future__ import annotations

PAGES = (
    "/",
    "/events",
    "/events?country=NOR&country=PRT&sort=day",
    "/search?q=Oslo",
    "/dossier/NOR/PRT",
    "/dossier/PRT",
    "/dossier/person:ana-reis",
    "/since/PRT/NOR?category=CONSULT&before=2022-01-01",
    "/network",
    "/chart/timeline",
    "/chart/balance?country=NOR",
    "/chart/categories",
    "/chart/years",
    "/chart/places",
    "/chart/network",
    "/articles",
    "/article/a1",
    "/article/o1",
    "/article/h1",
    "/entities?q=reis",
    "/entity/person:ana-reis",
    "/entity/NOR",
    "/coverage",
    "/failures",
    "/corrections",
    "/sql?query=SELECT+1+AS+one",
)
# Pages without data of their own.
FORMS = ("/since", "/sql", "/api")
