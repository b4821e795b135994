"""The question the record is for: the first report it must read whole, with the official chronologies beside it.

Both lie outside the project; where they are not at hand, the test is skipped.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import finish, start

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED, VISITS = SHARED / "seed", SHARED / "corpora" / "state-visits"
ASKED = ("since", "USA", "DZA", "--event", "CONSULT", "--mode", "visit", "--before", "2020-10-01")


@pytest.mark.skipif(not (SEED.is_dir() and VISITS.is_dir()), reason="the seed report or the chronologies are not here")
def test_the_last_visits_and_the_claim_of_the_seed(tmp_path: Path) -> None:
    texts = sorted(map(str, SEED.glob("*.txt")))
    read = start("read", *texts, "--published", "2020-10-02", "--record", "r.duckdb", folder=tmp_path)
    assert finish(read, seconds=180).status == 0
    rows = sorted(map(str, VISITS.glob("*.jsonl.gz")))
    assert (
        finish(start("import", "--from", "visits", *rows, "--record", "r.duckdb", folder=tmp_path), seconds=180).status
        == 0
    )
    done = finish(start(*ASKED, "--record", "r.duckdb", "--json", folder=tmp_path))
    assert (done.status, done.err) == (0, "")
    told = json.loads(done.out)
    visits = {time["day"]: time["rows"] for time in [told["last"], *told["earlier"]]}
    assert max(visits) == told["last"]["day"] < "2020-10-01"
    assert visits["2014-04-03"][0]["imported"] and visits["2014-04-03"][0]["outlets"] != []
    assert not visits["2006-02"][0]["imported"]
    (claim,) = [each for each in told["claims"] if "of its kind since 2006" in each["claim"]["words"]]
    assert claim["verdict"] == "not checkable"
    assert "the Defense Secretary (USA) in 2006–2020" in claim["why"]
    assert any("lists the journeys of the Secretary of State (USA)" in note for note in told["notes"])
    assert any(note.startswith("No article read was published in") for note in told["notes"])
