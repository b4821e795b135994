"""A user's own data files: what they add, and what is said of those that break the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.ontology import key, load
from dragoman.ontology.check import check, main
from dragoman.ontology.data import merged

HEADER = "source: a test\ndate: 2026-01-01\nversion: 1\n"


def write(folder: Path, name: str, text: str, *, header: str = HEADER) -> Path:
    path = folder / name
    path.write_text(header + text, encoding="utf-8")
    return path


def test_a_users_organisation_is_read_before_the_packages(tmp_path: Path) -> None:
    write(tmp_path, "organisations.yaml", "organisations:\n- {id: league, name: Lake League, code: IGO, words: [UN]}\n")
    ontology = load(tmp_path)
    assert ontology.names[key("lake league")][0].entity_id == "org:league"
    assert [name.entity_id for name in ontology.names[key("UN")]] == ["org:league", "org:united-nations"]
    assert key("lake league") not in load().names


def test_a_users_country_entry_extends_ours(tmp_path: Path) -> None:
    path = write(tmp_path, "countries.yaml", "countries:\n  DZA: {name: Algeria, also: [El Djazair]}\n")
    ontology = load(path)
    assert ontology.names[key("El Djazair")][0].code == "DZA"
    assert ontology.names[key("Algiers")][0].code == "DZA"


def test_a_users_title_replaces_ours(tmp_path: Path) -> None:
    write(tmp_path, "offices.yaml", "offices:\n- {words: [governor], sector: LEG}\n")
    ontology = load(tmp_path)
    assert ontology.titles[key("governors")].sector == "LEG"
    assert ontology.titles[key("mayor")].sector == "GOV"


@pytest.mark.parametrize(
    ("name", "text", "entry", "reason"),
    [
        ("organisations.yaml", "organisations:\n- {id: x, name: X, code: QQQ}\n", "organisations 1 (x)", "QQQ"),
        ("organisations.yaml", "organisations:\n- {id: x, code: IGO}\n", "organisations 1 (x)", "lacks name"),
        ("organisations.yaml", "organizations: []\n", "organizations", "unknown section"),
        ("offices.yaml", "offices:\n- {words: [whip], sector: PARL}\n", "offices 1 (whip)", "PARL"),
        ("offices.yaml", "offices:\n- {words: whip, sector: LEG}\n", "offices 1", "must be a list"),
        ("agents.yaml", "agents:\n- {words: [a], name: a, sector: GOV, kind: org}\n", "agents 1 (a)", "kind"),
        ("agents.yaml", "agents: police\n", "agents", "must hold entries"),
        ("regions.yaml", "regions:\n- {id: r, name: R, members: [FRA, XXX]}\n", "regions 1 (r)", "XXX"),
        ("countries.yaml", "seats:\n- {code: FRA, id: s, name: S, words: [S, S]}\n", "seats 1 (s)", "twice"),
        ("countries.yaml", "countries: {DZA: {name: Algeria, capitol: [Algiers]}}\n", "countries DZA", "capitol"),
        ("plover.yaml", "contexts: [sport]\n", "contexts", "must be a mapping"),
        (
            "plover.yaml",
            "categories: {CHEER: {quad: 1, score: 11, description: Cheering}}\n",
            "categories CHEER",
            "from -10 to 10",
        ),
        ("cameo.yaml", "categories: {AGREE: {code: '030', contexts: {sport: '031'}}}\n", "categories AGREE", "sport"),
        ("cameo.yaml", "goldstein: {'21': 1.0}\n", "goldstein", "no CAMEO code"),
    ],
)
def test_bad_entry_is_named(tmp_path: Path, name: str, text: str, entry: str, reason: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert name in str(caught.value)
    assert entry in str(caught.value)
    assert reason in str(caught.value)
    assert caught.value.kind == "data"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- a list\n", "must be a mapping"),
        ("source: a test\ndate: 2026-01-01\n", "lacks version"),
        (f"{HEADER}agents: [\n", "YAML"),
        (f"{HEADER}agents: []\nagents: []\n", "given twice: agents"),
        ("", "must be a mapping"),
    ],
)
def test_bad_file_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = write(tmp_path, "agents.yaml", text, header="")
    with pytest.raises(DataError, match=reason) as caught:
        load(path)
    assert caught.value.source == "agents.yaml"


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "agents.yaml"
    path.write_bytes(b"source: \xff\xfe")
    with pytest.raises(DataError, match=r"agents\.yaml"):
        load(path)


def test_a_file_of_unknown_name_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "country.yaml", "countries: {}\n")
    with pytest.raises(DataError, match=r"country\.yaml"):
        load(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        load(tmp_path / "nowhere")


def test_merging() -> None:
    base = {"list": [1], "map": {"a": 1, "b": 2}, "one": 1}
    assert merged(base, {}) == base
    assert merged(base, {"list": [0], "map": {"a": 9}, "one": 2, "new": 3}) == {
        "list": [0, 1],
        "map": {"a": 9, "b": 2},
        "one": 2,
        "new": 3,
    }


def test_the_packages_own_files_are_in_order() -> None:
    assert check() == []


def test_the_check_names_what_form_alone_does_not_show(tmp_path: Path) -> None:
    write(tmp_path, "organisations.yaml", "organisations:\n- {id: nato, name: Second NATO, code: IGO}\n")
    write(tmp_path, "countries.yaml", "countries:\n  QZZ: {name: Nowhere}\n")
    found = {(problem.entry, problem.reason) for problem in check(tmp_path)}
    assert ("nato", "id is given 2 times") in found
    assert {("QZZ", "is no code of ISO 3166-1"), ("QZZ", "has no demonym"), ("QZZ", "has no capital")} <= found


def test_the_check_sees_modes_that_do_not_match(tmp_path: Path) -> None:
    write(tmp_path, "plover.yaml", "categories: {AGREE: {quad: 4, modes: {handshake: 1}}}\n")
    write(tmp_path, "cameo.yaml", "categories: {CHEER: {code: '050'}}\n")
    reasons = [problem.reason for problem in check(tmp_path)]
    assert any("lacks" in reason for reason in reasons)  # an entry given again must still be whole
    write(tmp_path, "plover.yaml", "categories: {AGREE: {quad: 4, score: 1, description: d, modes: {wave: 1}}}\n")
    reasons = [problem.reason for problem in check(tmp_path)]
    assert "score and quad class disagree" in reasons
    assert "mode wave stands in one of the two files only" in reasons
    assert "stands in one of plover.yaml and cameo.yaml only" in reasons


def test_the_check_as_a_command(tmp_path: Path) -> None:
    lines: list[str] = []
    write(tmp_path, "agents.yaml", "agents:\n- {words: [a], name: a, sector: XYZ, kind: people}\n")
    assert main([str(tmp_path)], lines.append) == 1
    assert lines == ["agents.yaml: agents 1 (a): sector: unknown sector 'XYZ'\n"]
    assert main(["a", "b"], lines.append) == 2
