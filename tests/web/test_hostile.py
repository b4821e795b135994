"""What strangers send: nothing executes, leaks, writes or blocks."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from commands import finish, start
from dragoman.model import Reading
from dragoman.record import Record
from dragoman.record.snapshots import copy_record
from make import article, visit
from serving import SCRIPT, serving

TRICKS = (
    SCRIPT,
    "' OR 1=1 --",
    "'; DROP TABLE facts; --",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "\x00",
    "{{ 7 * 7 }}",
    "${7*7}",
    "a" * 5000,
    "\u202e\ufeff\ud83d\ude00",
    "-1",
    "1e999",
    "NaN",
    "[]",
    "9" * 40,
    "*",
    "(((",
    '"',
    "\r\nSet-Cookie: x=1",
)
# The first of each sort: markup, SQL, paths, a character that no text has, a template.
SHARPEST = (SCRIPT, "'; DROP TABLE facts; --", "../../../../etc/passwd", "\x00", "{{ 7 * 7 }}")
PARAMETERS = {
    "/events": ("country", "actor", "recipient", "entity", "outlet", "category", "mode", "context", "quad", "status",
                "voice", "year", "from", "to", "sort", "limit", "offset"),
    "/search": ("q", "limit", "offset"),
    "/since/NOR/PRT": ("category", "mode", "context", "level", "office", "directed", "before"),
    "/entities": ("q", "kind"),
    "/articles": ("outlet", "offset"),
    "/chart/network": ("country", "year"),
    "/coverage": ("outlet", "category"),
    "/sql": ("query",),
    "/find": ("a", "b"),
    "/since": ("a", "b"),
}  # fmt: skip
PATHS = ("/event/{}", "/article/{}", "/entity/{}", "/dossier/{}", "/dossier/{}/NOR", "/since/{}/NOR", "/chart/{}",
         "/static/{}", "/{}")  # fmt: skip


# Seconds in which a reader looks at a page; without it ten of them leave no processor to the reading itself.
PAUSE = 0.2


def sound(answer: httpx.Response) -> None:
    """No fault of ours, and nothing of what was sent stands in the page as markup."""
    assert answer.status_code < 500, (answer.url, answer.status_code)
    assert "root:" not in answer.text and answer.text != "49"
    assert "set-cookie" not in answer.headers or answer.headers["set-cookie"].startswith("dragoman=")
    inert = answer.headers["content-type"].startswith(("application/json", "application/vnd.", "text/csv"))
    assert inert or "<script>window.ran" not in answer.text
    assert inert or not re.search(r"<img src=x", answer.text)


@pytest.mark.parametrize("path", PARAMETERS)
@pytest.mark.parametrize("ending", ["", ".json", ".csv"])
def test_tricks_in_every_parameter(http, path, ending):
    if ending and path in ("/find", "/since"):
        pytest.skip("it has no data of its own")
    for name in PARAMETERS[path]:
        for trick in TRICKS:
            sound(http.get(path + ending, params={name: trick.encode("utf-8", "surrogatepass")}))


def test_tricks_in_every_parameter_that_the_document_names(http):
    """Those that the list above leaves out, too, and any that a page gets later on."""
    asked = 0
    for path, methods in http.get("/openapi.json").json()["paths"].items():
        page = path.replace("{a}", "NOR").replace("{b}", "PRT").replace("{name}", "network").replace("{id}", "a1")
        for parameter in methods.get("get", {}).get("parameters", ()):
            if parameter["in"] != "query" or parameter["name"] in PARAMETERS.get(page.removesuffix(".json"), ()):
                continue
            for trick in SHARPEST:
                sound(http.get(page, params={parameter["name"]: trick}))
                asked += 1
    assert asked > 300


@pytest.mark.parametrize("path", PATHS)
def test_tricks_in_every_path(http, path):
    for trick in TRICKS:
        for ending in ("", ".json", ".csv"):
            written = quote(trick.encode("utf-8", "surrogatepass"), safe="")
            sound(http.get(path.format(written) + ending))


def test_a_hostile_article_is_text_on_every_page(http):
    pages = [
        "/article/h1",
        "/articles",
        "/events",
        "/failures",
        "/search?q=window.ran",
        "/coverage",
    ]
    event = http.get("/events.json?category=ACCUSE").json()["rows"][0]["event"]
    for path in (*pages, f"/event/{event}"):
        page = http.get(path).text
        assert "window.ran" in page, path
        assert "<script>window" not in page and "<img" not in page.replace('<noscript><img src="/chart', ""), path
        assert 'href="javascript' not in page


def test_forged_forms_change_nothing(http, server):
    event = http.get("/events.json").json()["rows"][0]["event"]
    page = http.get(f"/event/{event}")
    signature = re.findall(r'name="signature" value="(\w+)"', page.text)[0]
    key = page.cookies["dragoman"] if "dragoman" in page.cookies else http.cookies["dragoman"]
    said = {"who": "Eve", "why": "to harm"}
    forged = [
        ({}, {"signature": signature}),
        ({"origin": "http://evil.example"}, {"signature": signature}),
        ({"origin": "null"}, {"signature": signature}),
        ({"origin": server.address, "cookie": "dragoman=other"}, {"signature": signature}),
        ({"origin": server.address, "cookie": f"dragoman={key}"}, {"signature": "0" * 64}),
        ({"origin": server.address, "cookie": f"dragoman={key}"}, {"signature": ""}),
        ({"origin": server.address, "cookie": f"dragoman={key}"}, {"signature": "\u00e9"}),
        ({"origin": server.address.replace("127.0.0.1", "localhost")}, {"signature": signature}),
    ]
    before = http.get("/corrections.json").json()["total"]
    for headers, fields in forged:
        for path in (f"/event/{event}/reject", f"/event/{event}/correct", "/corrections/1/undo"):
            answer = httpx.post(server.address + path, data=said | fields, headers=headers)
            assert answer.status_code in (403, 422), (path, headers)
    assert http.get("/corrections.json").json()["total"] == before


def test_a_huge_article_is_a_page(tmp_path):
    path = tmp_path / "huge.duckdb"
    paragraphs = ["Norway met Portugal. " * 500] * 200
    with Record.open(path) as record:
        record.add(visit())
        record.add(Reading(article("huge", *paragraphs, title="h" * 100_000), (), (), "x"))
    with serving(path) as server, httpx.Client(base_url=server.address, timeout=30) as http:
        for path_ in ("/article/huge", "/articles", "/search?q=Norway", "/article/huge.json"):
            assert http.get(path_).status_code == 200


def test_ten_readers_while_reports_are_read(tmp_path, filled):
    """``dragoman read`` writes in a process of its own; the pages answer all the while, and it is not held up."""
    record = tmp_path / "r.duckdb"
    copy_record(filled, record)
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(12):
        text = f"On {number + 1} May 2021 Norway's foreign minister met her Chilean counterpart in Oslo.\n" * 3
        (folder / f"{number}.txt").write_text(f"Report {number}\n\n{text}")
    slow: list[float] = []
    faults: list[object] = []
    done = threading.Event()

    def ask(client: httpx.Client) -> None:
        pages = ("/", "/events.json", "/dossier/NOR/PRT.json", "/article/a1", "/search.json?q=Oslo", "/corrections")
        while not done.is_set():
            for page in pages:
                began = time.monotonic()
                answer = client.get(page)
                slow.append(time.monotonic() - began)
                time.sleep(PAUSE)
                if answer.status_code != 200:
                    faults.append((page, answer.status_code, answer.text[:300]))

    with serving(record) as server, httpx.Client(base_url=server.address, timeout=60) as client:
        readers = [threading.Thread(target=ask, args=(client,)) for _ in range(10)]
        for reader in readers:
            reader.start()
        reading = start("read", folder, "--record", record, "--workers", "1", folder=tmp_path)
        ended = finish(reading, seconds=240)
        done.set()
        for reader in readers:
            reader.join()
        assert ended.status == 0, ended.err
        assert faults == []
        assert len(slow) > 60
        assert max(slow) < 30
        end = time.monotonic() + 30
        while client.get("/start.json").json()["holdings"]["articles"] != 4 + 12 and time.monotonic() < end:
            time.sleep(0.2)
        assert client.get("/start.json").json()["holdings"]["articles"] == 4 + 12


def test_the_server_begins_and_ends_on_the_command_line(tmp_path, filled):
    record = tmp_path / "r.duckdb"
    copy_record(filled, record)
    process = start("serve", "--record", record, "--port", "0", folder=tmp_path)
    try:
        assert process.stderr is not None
        address = process.stderr.readline().split()[0]
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(address).status_code == 200
        code = "import sys; from dragoman.record import Record; Record.open(sys.argv[1]).close()"
        subprocess.run([sys.executable, "-c", code, str(record)], check=True)
    finally:
        process.terminate()
    assert finish(process).status in (0, 143, -15)


def test_what_cannot_be_served_is_said_in_a_line(tmp_path: Path, filled: Path):
    without = start("serve", "--record", "nothing.duckdb", "--port", "0", folder=tmp_path)
    elsewhere = start("serve", "--record", filled, "--port", "0", "--host", "203.0.113.7", folder=tmp_path)
    ended = finish(without)
    assert ended.status == 1 and "nothing.duckdb: there is no record there" in ended.err
    ended = finish(elsewhere)
    assert ended.status == 1 and "203.0.113.7:0" in ended.err and "Traceback" not in ended.err
