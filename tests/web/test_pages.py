"""The pages as programs ask for them: three forms of each, one shape of every error, headers that bind a browser."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import httpx
import pytest

from addresses import FORMS, PAGES
from dragoman.record import EventFilter, Record
from dragoman.record.snapshots import copy_record
from dragoman.web.forms import csv_table
from dragoman.web.guard import LONGEST_BODY
from make import visit
from meetings import READINGS
from serving import hostile, serving

DATA = [path.replace("?", ".json?") if "?" in path else f"{path}.json" for path in PAGES if path != "/"]


def as_csv(path: str) -> str:
    return path.replace(".json", ".csv", 1)


@pytest.mark.parametrize("path", ["/start.json", *DATA])
def test_every_page_is_json_and_csv_as_well(http, path):
    assert isinstance(http.get(path).raise_for_status().json(), dict)
    answer = http.get(as_csv(path)).raise_for_status()
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert len({len(row) for row in rows}) <= 1


@pytest.mark.parametrize("path", [*PAGES, *FORMS])
def test_a_page_answers_with_headers_that_bind_the_browser(http, path):
    answer = http.get(path).raise_for_status()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script(?![^>]* src=\"/static/)|<style|\son[a-z]+=\"|style=\"|javascript:", answer.text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//(?!duckdb\.org)", answer.text)
    assert http.head(path).status_code == 200 and http.head(path).text == ""


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/nothing", 404, "not-found"),
        ("/event/nothing", 404, "not-found"),
        ("/article/nothing", 404, "not-found"),
        ("/entity/nothing", 404, "not-found"),
        ("/dossier/Atlantis", 404, "not-found"),
        ("/dossier/NOR/Norway", 422, "input"),
        ("/since/NOR/Norway", 422, "input"),
        ("/since/NOR/PRT?mode=vist", 422, "input"),
        ("/events?status=dreamt", 422, "input"),
        ("/events?sort=beauty", 422, "input"),
        ("/events?from=2021-13-01", 422, "input"),
        ("/events?from=2021-01-02&to=2021-01-01", 422, "input"),
        ("/events?limit=100000", 422, "input"),
        ("/events?country=Atlantis", 422, "input"),
        ("/chart/pie", 422, "input"),
        ("/since/NOR/PRT?level=gardener", 422, "input"),
        ("/static/nothing.js", 404, "not-found"),
    ],
)
def test_an_error_has_one_shape(http, path, status, kind):
    page = http.get(path, headers={"accept": "text/html"})
    told = http.get(path, headers={"accept": "application/json"})
    assert page.status_code == told.status_code == status
    error = told.json()["error"]
    assert (error["status"], error["kind"]) == (status, kind) and error["reason"]
    assert 'role="alert"' in page.text


def test_a_method_that_is_not_served_says_so_in_the_same_shape(http):
    answer = http.post("/events.json")
    assert answer.status_code == 405 and answer.json()["error"]["status"] == 405


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example:80"])
def test_a_foreign_name_is_refused(http, host):
    answer = http.get("/start.json", headers={"host": host})
    assert answer.status_code == 400 and answer.json()["error"]["kind"] == "host"


def test_a_body_that_is_too_long_is_refused(http):
    answer = http.post("/event/x/reject", content=b"x" * (LONGEST_BODY + 1))
    assert answer.status_code == 413

    def drops():
        yield from (b"x" * 10_000 for _ in range(LONGEST_BODY // 10_000 + 2))

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert http.post("/event/x/reject", content=drops(), headers=kind).status_code in (400, 413, 422)


def test_facets_count_what_their_links_show(http):
    found = http.get("/events.json").json()
    assert {facet["name"] for facet in found["facets"]} == {
        "country", "category", "mode", "status", "year", "outlet", "voice", "context", "quad",
    }  # fmt: skip
    for facet in found["facets"]:
        for count in facet["counts"]:
            if count["value"] is not None:
                narrowed = http.get("/events.json", params={facet["name"]: count["value"]}).json()
                assert narrowed["total"] == count["events"], (facet["name"], count)


def test_lists_come_in_pages_that_add_up(http):
    whole = [row["event"] for row in http.get("/events.json").json()["rows"]]
    parts = [http.get(f"/events.json?limit=1&offset={at}").json()["rows"] for at in range(len(whole))]
    assert [row["event"] for part in parts for row in part] == whole
    assert "Further" in http.get("/events?limit=1").text and "Before" in http.get("/events?limit=1&offset=1").text


def test_reports_of_one_event_stand_side_by_side(http):
    row = http.get("/events.json?category=CONSULT&mode=visit").json()["rows"][0]
    found = http.get(f"/event/{row['event']}.json").json()
    assert len(found["reports"]) == 2
    verdicts = {side["field"]: side["verdict"] for side in found["sides"]}
    assert verdicts["actor"] == "agree" and verdicts["date"] == "differ"
    page = http.get(f"/event/{row['event']}").text
    assert "The Daily" in page and "The Evening" in page and "copy of one story" in page


def test_every_claim_of_an_article_stands_at_its_place(http):
    found = http.get("/article/a1.json").json()
    text = "\n\n".join(paragraph["text"] for paragraph in found["article"]["paragraphs"])
    assert {claim["part"] for claim in found["claims"]} >= {"actor", "recipient", "cue", "date", "place", "speaker"}
    assert all(text[claim["start"] : claim["end"]] == claim["words"] for claim in found["claims"])
    page = http.get("/article/a1").text
    shown = re.sub(r'<sup class="events-here">.*?</sup>|<span class="why".*?</span></span>|<[^>]+>', "", page)
    assert "Foreign Minister Ana Reis visited Oslo on Monday, Norway said, citing an aide." in shown
    assert 'id="r0"' in page and 'id="r1"' in page


def test_the_documents_of_the_api_name_every_page(http):
    document = http.get("/openapi.json").json()
    assert "/events.json" in document["paths"] and "/dossier/{a}/{b}.csv" in document["paths"]
    assert "HTTPValidationError" not in json.dumps(document)
    assert ":class:" not in json.dumps(document) and "``" not in json.dumps(document)
    asked = [each for methods in document["paths"].values() for each in methods["get"].get("parameters", ())]
    assert len(asked) > 100 and all(each["description"] for each in asked)
    page = http.get("/api").text
    assert all(f"GET {path}" in page for path in document["paths"])
    assert "can have been on this day or later" in page


def test_a_cell_is_no_formula():
    assert (
        csv_table(["a"], [["=1+1"], ["-3"], [-3], [None], [["x", "y"]], [True]])
        == "a\n'=1+1\n'-3\n-3\n\"\"\nx;y\ntrue\n"
    )


def test_files_are_kept_by_the_browser_for_good(http):
    styles = re.search(r'href="(/static/dragoman.css\?v=\w+)"', http.get("/").text)
    assert styles is not None
    assert "immutable" in http.get(styles.group(1)).headers["cache-control"]


def test_every_kind_of_correction_is_told_in_words(tmp_path: Path):
    """Of a merged or renamed one also the old address leads to what it is now."""
    path, by = tmp_path / "r.duckdb", {"who": "A. Analyst", "why": "<b>the text says so</b>"}
    with Record.open(path) as record:
        for id in ("a1", "a2"):
            record.add(visit(id))
        record.add(hostile())
        first, grant = record.events(EventFilter(article="a1"))
        (accused,) = record.events(EventFilter(event="ACCUSE"))
        record.correct_fields(first.id, {"category": "AGREE", "date": "", "where": "Oran", "actors": "PRT"}, **by)
        record.reject(grant.id, **by)
        record.restore(grant.id, **by)
        record.split_event(first.id, ["a2#0"], **by)
        record.merge_events([first.id, accused.id], **by)
        record.split_entity("person:ana-reis", ["a2"], name="Ana Reis the younger", **by)
        record.merge_entities(["NOR", "PRT"], **by)
        record.undo(record.reject(grant.id, **by).id, **by)
    with serving(path) as server, httpx.Client(base_url=server.address) as http:
        page = http.get("/corrections").raise_for_status().text
        words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        for told in ("category of", "CONSULT → AGREE ;", "2021-03-01 → nothing", "→ Oran (DZA)", f"with {accused.id};",
                     "with PRT;", "Ana Reis", "undo of correction", "UTC:"):  # fmt: skip
            assert told in words, told
        assert "<b>the text" not in page
        assert len(http.get("/corrections.json").json()["rows"]) == http.get("/corrections.json").json()["total"] == 12
        assert http.get("/corrections.csv").raise_for_status().text.count("A. Analyst") == 12
        told = http.get(f"/event/{accused.id}").raise_for_status().text
        assert first.id in told and "merge of" in " ".join(re.sub(r"<[^>]+>", " ", told).split())
        assert http.get("/entity/PRT.json").json()["entity"]["id"] == "NOR"
        assert "rejected" not in http.get("/article/a1").text and "corrected" in http.get("/article/a1").text


def test_without_leave_nothing_can_be_written(filled: Path, tmp_path: Path):
    copy = tmp_path / "copy.duckdb"
    copy_record(filled, copy)
    with Record.open(copy) as record:
        before = record.corrections()
    with serving(copy) as server, httpx.Client(base_url=server.address) as http:
        event = http.get("/events.json").json()["rows"][0]["event"]
        page = http.get(f"/event/{event}").text
        assert "<form" not in page.partition("<main")[2] and "signature" not in page
        for path in (f"/event/{event}/reject", f"/event/{event}/correct", "/corrections/1/undo"):
            answer = http.post(path, data={"who": "x", "why": "y", "signature": "z"})
            assert answer.status_code in (404, 405)
    with Record.open(copy, read_only=True) as record:
        assert record.corrections() == before


def test_a_page_says_why_reports_are_one_event_and_which_are_versions_of_one_story(tmp_path: Path):
    path = tmp_path / "r.duckdb"
    with Record.open(path) as record:
        record.add_many(READINGS)
    with serving(path) as running, httpx.Client(base_url=running.address, timeout=30) as client:
        found = client.get("/article/copy.json").json()
        assert [each["article"] for each in found["story"]["versions"]] == ["wire", "copy"]
        page = client.get("/article/copy").text
        assert "2 versions of one story" in page and "its source is wire agency" in page
        event = found["told"][0]["event"]
        links = client.get(f"/event/{event}.json").json()["links"]
        assert [each["article"] for each in links["together"]] == ["own", "wire"]
        assert "both name NOR, PRT; on the same day" in client.get(f"/event/{event}").text
