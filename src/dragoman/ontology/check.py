"""Checks the data files: ``python -m dragoman.ontology.check [PATH]``, where PATH is a user's own file or folder.

Prints one line for each problem, with its file and entry, and exits with 1 where there is one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pycountry

from dragoman.errors import DataError
from dragoman.ontology import events, names
from dragoman.ontology.data import Data, merged, package_files, read, user_files
from dragoman.ontology.form import Problem, problems
from dragoman.ontology.words import key

_OUTSIDE_ISO = frozenset({"XKX"})  # Kosovo: the code most sources use, reserved for users by ISO 3166-1
_CATEGORIES = 16  # PLOVER 2.0
_ROOTS = tuple(f"{root:02}" for root in range(1, 21))


def check(extra: Path | None = None) -> list[Problem]:
    """Every problem of the package's data files, together with a user's own where given; empty where all is well."""
    found: list[Problem] = []
    files = _read_all(package_files(), found)
    users = _users(extra, found)
    if found:
        return found
    both = {name: merged(own, users.get(name, {})) for name, own in files.items()}
    found += [*problems(files, known=both), *problems(users, known=both)]
    if not found:
        found += [problem for look in (_countries, _names, _events, _repeats) for problem in look(both)]
        found += _readers_files(both)
    return found


def _read_all(paths: Mapping[str, Any], found: list[Problem]) -> dict[str, Data]:
    files: dict[str, Data] = {}
    for name, path in paths.items():
        try:
            files[name] = read(path)
        except DataError as error:
            found.append(Problem(path.name, "file", error.reason))
    return files


def _users(extra: Path | None, found: list[Problem]) -> dict[str, Data]:
    try:
        return {} if extra is None else _read_all(user_files(extra), found)
    except DataError as error:
        found.append(Problem(error.source or str(extra), "file", error.reason))
        return {}


def _countries(files: Mapping[str, Data]) -> Iterator[Problem]:
    """Every country of ISO 3166-1 is there, and each has a demonym and a capital."""
    file, entries = "countries.yaml", files["countries"]["countries"]
    wanted = {country.alpha_3 for country in pycountry.countries} | _OUTSIDE_ISO
    for code in sorted(wanted ^ entries.keys()):
        yield Problem(file, code, "is missing" if code in wanted else "is no code of ISO 3166-1")
    for code, entry in entries.items():
        if entry.get("uninhabited"):
            continue
        if not entry.get("adjectives"):
            yield Problem(file, code, "has no demonym")
        if not entry.get("capital") and not entry.get("no_capital"):
            yield Problem(file, code, "has no capital")


def _names(files: Mapping[str, Data]) -> Iterator[Problem]:
    """Words listed as needing a capital letter are names of the same file."""
    known = names.names(files)
    for file in ("countries", "organisations", "regions"):
        for word in files[file].get("capital_letter", ()):
            if key(word) not in known:
                yield Problem(f"{file}.yaml", f"capital_letter {word}", "is no name")


def _events(files: Mapping[str, Data]) -> Iterator[Problem]:
    """Scores agree in sign with quad classes; every category, mode and root has its CAMEO code and Goldstein value."""
    plover, cameo = files["plover"]["categories"], files["cameo"]
    if len(plover) != _CATEGORIES:
        yield Problem("plover.yaml", "categories", f"has {len(plover)}, PLOVER has {_CATEGORIES}")
    for name, entry in plover.items():
        if entry["score"] * (1 if entry["quad"] <= 2 else -1) < 0:
            yield Problem("plover.yaml", f"categories {name}", "score and quad class disagree")
    for name in sorted(plover.keys() ^ cameo["categories"].keys()):
        yield Problem("cameo.yaml", f"categories {name}", "stands in one of plover.yaml and cameo.yaml only")
    for name, entry in cameo["categories"].items():
        for mode in entry.get("modes", {}).keys() ^ plover.get(name, {}).get("modes", {}).keys():
            yield Problem("cameo.yaml", f"categories {name}", f"mode {mode} stands in one of the two files only")
    yield from _goldstein(cameo)


def _goldstein(cameo: Data) -> Iterator[Problem]:
    codes = {code for entry in cameo["categories"].values() for code in events.cameo_codes(entry)}
    for code in sorted({*codes, *_ROOTS}):
        if code[:2] not in cameo["goldstein"]:
            yield Problem("cameo.yaml", f"goldstein {code}", "has no value")


def _repeats(files: Mapping[str, Data]) -> Iterator[Problem]:
    """No id, title, agent or word of an organisation is listed twice."""
    for file, section in (("organisations", "organisations"), ("regions", "regions")):
        entries = files[file][section]
        yield from _twice(f"{file}.yaml", "id", (entry["id"] for entry in entries))
        for entry in entries:
            forms = (entry["name"], *entry.get("words", ()), *entry.get("people", ()), *entry.get("adjectives", ()))
            yield from _twice(f"{file}.yaml", f"{entry['id']}: name", (" ".join(key(form)) for form in forms))
    for file in ("offices", "agents"):
        words = (" ".join(key(word)) for entry in files[file][file] for word in entry["words"])
        yield from _twice(f"{file}.yaml", "words", words)
    yield from _same_institution(files["countries"]["seats"])


def _twice(file: str, what: str, values: Iterable[str]) -> Iterator[Problem]:
    for value, count in Counter(values).items():
        if count > 1:
            yield Problem(file, value, f"{what} is given {count} times")


def _same_institution(seats: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    """Seats of one institution say the same of it."""
    first: dict[str, Mapping[str, Any]] = {}
    for seat in seats:
        other = first.setdefault(seat["id"], seat)
        if any(seat.get(field) != other.get(field) for field in ("code", "name", "sector")):
            yield Problem("countries.yaml", f"seats {seat['id']}", "is described in two ways")


def _readers_files(files: Mapping[str, Data]) -> Iterator[Problem]:
    """The cues, word lists and context words name only categories, modes, contexts and auxiliary modes that exist."""
    for look in (_cues, _lexicon, _context_words, _persons, _views):
        try:
            yield from look(files["plover"])
        except DataError as error:
            yield Problem(error.source or "data", "entry", error.reason)


def _cues(plover: Data) -> Iterator[Problem]:
    from dragoman.ontology.cues import load_cues  # only a check needs all of them at once

    cues = load_cues()
    for cue in (cue for senses in cues.senses.values() for cue in senses):
        for fault in _cue_faults(cue.event, cue.mode, cue.contexts, cue.auxiliary, plover):
            yield Problem("cues", cue.entry or cue.lemma, fault)
    for category, modes in cues.mode_words.items():
        for mode in modes:
            for fault in _cue_faults(category, mode, (), (), plover):
                yield Problem("cues", f"mode_words {category}", fault)


def _views(_: Data) -> Iterator[Problem]:
    """The levels of office and the words of claims are in form; loading them says what is not."""
    from dragoman.ontology.claims import KINDS, load_claims
    from dragoman.ontology.ranks import load_ranks

    load_ranks()
    for kind in set(KINDS) - {known for known, _ in load_claims().patterns}:
        yield Problem("claims.yaml", kind, "has no pattern")


def _persons(_: Data) -> Iterator[Problem]:
    from dragoman.ontology.persons import load_persons

    for person in load_persons().values():
        if not person.entity_id.startswith("person:"):
            yield Problem("persons", person.name, f"has the id {person.entity_id}")


def _cue_faults(
    event: str | None, mode: str | None, contexts: Iterable[str], auxiliary: Iterable[str], plover: Data
) -> Iterator[str]:
    categories = plover["categories"]
    if event is not None and event not in categories:
        yield f"unknown category {event}"
    elif mode is not None and mode not in categories.get(event or "", {}).get("modes", {}):
        yield f"{event} has no mode {mode}"
    yield from (f"unknown context {context}" for context in contexts if context not in plover["contexts"])
    yield from (f"unknown auxiliary mode {name}" for name in auxiliary if name not in plover["auxiliary"])


def _lexicon(plover: Data) -> Iterator[Problem]:
    from dragoman.ontology.lexicon import load_lexicon

    for triggers in load_lexicon().triggers.values():
        for trigger in triggers:
            for fault in _cue_faults(None, None, (), (trigger.auxiliary,), plover):
                yield Problem("lexicon.yaml", f"triggers {trigger.words}", fault)


def _context_words(plover: Data) -> Iterator[Problem]:
    from dragoman.ontology.lexicon import load_contexts

    for context in sorted(load_contexts().keys() ^ plover["contexts"].keys()):
        fault = "is no context" if context not in plover["contexts"] else "has no words"
        yield Problem("contexts_words.yaml", context, fault)


def main(arguments: Sequence[str], write: Callable[[str], object] = sys.stdout.write) -> int:
    """The check as a command: writes the problems, returns the exit status (0, 1; 2 for wrong usage)."""
    if len(arguments) > 1:
        write("usage: python -m dragoman.ontology.check [PATH]\n")
        return 2
    found = check(Path(arguments[0]) if arguments else None)
    for problem in found:
        write(f"{problem.file}: {problem.entry}: {problem.reason}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
