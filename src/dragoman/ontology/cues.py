"""The cue lexicon: which word, under which conditions, evokes which event, and where its parties stand.

The entries are the project's own writing (``data/cues*.yaml``), in the terms of PLOVER 2.0 (Open Event Data
Alliance, 2021). One entry is a *sense* of one or more lemmas. Conditions and places are spoken in Universal
Dependencies:

========================  ===========================================================================
place                     where the party stands
========================  ===========================================================================
``subject``               nsubj of the active verb, obl:agent ("by") of the passive one; under a light verb,
                          that verb's subject; of an adjective, the subject it is said of
``object``                obj of the active verb, nsubj:pass of the passive one
``iobj``                  the indirect object
``complement_subject``    the subject (expressed or controlled) of the clause the cue governs
``complement_object``     the object, or failing that an oblique party, of the clause the cue governs
``condition_subject``     the subject of the if or unless clause of the cue, or of what it governs
``speaker``               who says the clause that the cue heads ("Romania said that Moldova had broken the pact")
``owner``                 of a noun: nmod:poss, a demonym adjective, or a compound country; of a verb: the owner
                          of its object, failing that of its subject ("condemn China's decision")
``prep:X``                the oblique (verb) or nominal (noun) modifier with the preposition X; X may be more
                          than one word ("out of"); of a verb also the modifier of its object ("impose
                          sanctions on"), of a noun under a light verb also that verb's ("held talks in ... with")
========================  ===========================================================================

A verb whose sense names its object by ``objects`` (or an oblique by ``prep_objects``) takes that noun with it: the
noun is no second cue. A noun's sense holds only if a light verb (``verbs``, else the lexicon's) carries it and it is
``light``, or if it is ``eventive``; so one noun can mean one thing under "impose" and another alone. Conditions on
prepositions hold of the same modifiers in which ``prep:X`` looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import yaml

from dragoman.errors import DataError
from dragoman.ontology.data import user_folder

NONE = frozenset[str]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One sense of one lemma. Empty conditions are no conditions; those that are set must all hold.

    ``event`` is a PLOVER category, or None where the word, so used, reports no event. In every set of words
    lemmas are lower-case and classes (``@name``) are already expanded.
    """

    lemma: str
    pos: str  # VERB, NOUN or ADJ
    event: str | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    auxiliary: tuple[str, ...] = ()  # auxiliary modes the cue itself implies

    objects: frozenset[str] = NONE  # lemma of the object (or passive subject) is one of these
    not_objects: frozenset[str] = NONE
    object_kind: frozenset[str] = NONE  # the object resolves to an entity of one of these kinds (model.EntityKind)
    subject: frozenset[str] = NONE  # lemma of the subject is one of these
    not_subject: frozenset[str] = NONE
    subject_kind: frozenset[str] = NONE
    particle: frozenset[str] = NONE  # compound:prt, adverb, or first word of a compound preposition ("out of")
    prep: frozenset[str] = NONE  # a modifier with one of these prepositions exists
    not_prep: frozenset[str] = NONE
    prep_objects: tuple[tuple[str, frozenset[str]], ...] = ()  # with one of these: preposition and lemma
    complement: bool | None = None  # governs (True) or does not govern (False) an xcomp, ccomp or advcl "of doing"
    complements: frozenset[str] = NONE  # lemma of the governed clause's head is one of these
    infinitive: bool | None = None  # governs (True) an infinitive with "to" ("told them to leave")
    demand: bool | None = None  # governs (True) a clause that says what must be done ("said that they must leave")
    mandative: bool | None = None  # governs (True) a clause in the subjunctive ("insisted that they be freed")
    harmful: bool | None = None  # governs (True) a clause that tells harm the subject will do ("vowed to expel them")
    modifiers: frozenset[str] = NONE  # lemma of a compound, amod or nmod:poss of the noun, of a verb's named object
    not_modifiers: frozenset[str] = NONE
    joint: bool | None = None  # the subject is of more than one country ("A and B held", "the two armies held")
    passive: bool | None = None
    negated: bool | None = None  # the clause says that it is not so ("will not accept"), and the event takes that up
    told: bool | None = None  # the clause is what somebody says
    ahead: bool | None = None  # the clause has "will" or "would"
    plural: bool | None = None  # of a noun

    actor: tuple[str, ...] = ()  # places, the first that is filled wins; empty: no actor is to be looked for
    recipient: tuple[str, ...] = ()
    symmetric: bool = False  # every party, wherever it stands, is an actor
    place_recipient: bool = False  # failing a recipient, a country as goal or place of the cue is it
    parties: int = 1  # the event is coded only with at least so many resolved parties
    embeds: bool = False  # its complement is what the act is about, no event of its own
    light: bool = False  # of a noun: a light verb may carry it
    verbs: frozenset[str] = NONE  # the light verbs of this noun; empty: those of the lexicon
    eventive: bool = True  # of a noun: it reports an event without a light verb
    weight: float = 0.7  # how surely the cue alone means this event, 0 to 1
    entry: str = ""  # file and number of the entry, for reasons and errors

    @property
    def certainty(self) -> float:
        """The weight beside another's word on the category: the more words the sense asks for, the surer it is."""
        asked = sum(1 for name in _BY_WORD if getattr(self, name))
        return 1 - (1 - self.weight) / (1 + asked / 2)

    @property
    def conditions(self) -> int:
        """How much the conditions ask for; the more, the earlier the sense is tried. A word asked for counts twice."""
        return sum(2 for name in _BY_WORD if getattr(self, name)) + sum(
            1 for name in _BY_KIND if getattr(self, name) not in (None, NONE)
        )


_BY_WORD = ("objects", "subject", "particle", "prep_objects", "complements", "modifiers", "harmful", "mandative")
_BY_KIND = (
    "not_objects", "object_kind", "not_subject", "subject_kind", "prep", "not_prep", "complement", "not_modifiers",
    "passive", "negated", "told", "ahead", "plural", "infinitive", "demand", "joint",
)  # fmt: skip
CONDITIONS = _BY_WORD + _BY_KIND


@dataclass(frozen=True, slots=True)
class Cues:
    """All senses by (lemma, pos), in the order in which they are to be tried; the first that holds wins.

    ``mode_words``: category -> mode -> lemmas. Where a sense leaves the mode open, the first mode with a word
    in the cue's arguments (REQUEST, REJECT, THREATEN: in its complement; ASSAULT: its instrument) is the mode.
    """

    senses: Mapping[tuple[str, str], tuple[Cue, ...]]
    classes: Mapping[str, frozenset[str]]
    mode_words: Mapping[str, Mapping[str, frozenset[str]]]

    def find(self, lemma: str, pos: str) -> tuple[Cue, ...]:
        """The senses of a lemma as VERB, NOUN or ADJ, in trying order; empty where the word is no cue."""
        return self.senses.get((lemma.lower(), pos), ())


def load_cues(extra: Path | None = None) -> Cues:
    """The package's cue lexicon; the senses of a user's own (a file of the same form, or a folder with files named
    ``cues*.yaml``) are tried before the package's of the same lemma.

    Read once and kept. Raises :class:`DataError`, naming file and entry, for an entry that breaks the form.
    """
    folder = user_folder()
    return _load(extra or (folder if folder and any(folder.glob("cues*.yaml")) else None))


@cache
def _load(extra: Path | None) -> Cues:
    own = _read_lexicon(_cue_files(files("dragoman.ontology") / "data"))
    if extra is None:
        return _cues(own, [])
    users = _read_lexicon(_cue_files(extra) if extra.is_dir() else [extra])
    return _cues(own.merged(users), _senses(users, own.merged(users)))


@dataclass(frozen=True, slots=True)
class _Source:
    """The raw contents of one or several files, before classes are expanded and defaults filled in."""

    classes: dict[str, tuple[str, list[Any]]]
    defaults: dict[str, dict[str, Any]]
    mode_words: dict[str, dict[str, list[Any]]]
    entries: list[tuple[str, dict[str, Any]]]

    def merged(self, other: _Source) -> _Source:
        """This and another source; the other's classes and defaults replace those of the same name."""
        return _Source(
            self.classes | other.classes,
            self.defaults | other.defaults,
            self.mode_words | other.mode_words,
            self.entries,
        )


def _cue_files(folder: Traversable) -> list[Traversable]:
    found = (item for item in folder.iterdir() if item.name.startswith("cues") and item.name.endswith(".yaml"))
    return sorted(found, key=lambda item: item.name)


_HEADER = {"source", "date"}


def read_data(path: Traversable, *, keys: Iterable[str]) -> dict[str, Any]:
    """A YAML data file as a mapping: ``source`` and ``date`` checked, no keys but these and ``keys``.

    Raises :class:`DataError` where the file cannot be read, is no mapping, lacks its header or has other keys.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(f"cannot be read: {error}", source=str(path)) from error
    data = None if root is None else _plain(root, path.name)
    if not isinstance(data, dict) or not data.keys() >= _HEADER:
        raise DataError("needs a source: and a date:", source=path.name)
    if unknown := data.keys() - _HEADER - set(keys):
        raise DataError(f"unknown keys {sorted(map(str, unknown))}", source=path.name)
    return data


def _number(text: str) -> float | str:
    """A plain decimal number; what YAML counts as a number beside (0x1F, 1:30) stays text."""
    try:
        return int(text) if text.lstrip("+-").isdigit() else float(text)
    except ValueError:
        return text


_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:bool": lambda text: text.lower() in ("true", "yes", "on"),
    "tag:yaml.org,2002:int": _number,
    "tag:yaml.org,2002:float": _number,
    "tag:yaml.org,2002:null": lambda text: None,
}


def _plain(node: yaml.Node, file: str) -> Any:
    """A YAML node as plain values; dates stay text. Twice as fast as yaml's own, and it refuses repeated keys."""
    if isinstance(node, yaml.ScalarNode):
        return _SCALARS.get(node.tag, str)(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, file) for item in node.value]
    pairs = [(_plain(key, file), _plain(value, file)) for key, value in node.value]
    found = {key: value for key, value in pairs if isinstance(key, str)}
    if len(found) < len(pairs):
        raise DataError(f"a key twice, or not a word, in line {node.start_mark.line + 1}", source=file)
    return found


def _read_lexicon(paths: Iterable[Traversable]) -> _Source:
    found = _Source({}, {}, {}, [])
    for path in paths:
        data = read_data(path, keys=("classes", "defaults", "mode_words", "cues"))
        found.classes.update({name: (path.name, words) for name, words in (data.get("classes") or {}).items()})
        found.defaults.update(data.get("defaults") or {})
        found.mode_words.update(data.get("mode_words") or {})
        for number, entry in enumerate(data.get("cues") or (), start=1):
            where = f"{path.name} entry {number}"
            if not isinstance(entry, dict):
                raise DataError(f"an entry is a mapping, not {entry!r}", source=where)
            lemma = entry.get("lemma", "no lemma")
            found.entries.append((f"{where} ({lemma[0] if isinstance(lemma, list) and lemma else lemma})", entry))
    return found


def _cues(source: _Source, first: list[Cue]) -> Cues:
    """All senses, the more specific the earlier and none before an event; but ``first`` before the others."""
    classes = _expand_classes(source.classes)
    senses: dict[tuple[str, str], list[Cue]] = {}
    for group in (first, _senses(source, source)):
        for cue in sorted(group, key=lambda cue: (-cue.conditions, cue.event is not None)):
            senses.setdefault((cue.lemma, cue.pos), []).append(cue)
    return Cues(
        senses=MappingProxyType({key: tuple(found) for key, found in senses.items()}),
        classes=MappingProxyType(classes),
        mode_words=MappingProxyType(_mode_words(source.mode_words, classes)),
    )


def _senses(entries: _Source, tables: _Source) -> list[Cue]:
    classes = _expand_classes(tables.classes)
    return [cue for where, raw in entries.entries for cue in _parse(where, raw, classes, tables.defaults)]


def _expand_classes(raw: dict[str, tuple[str, list[Any]]]) -> dict[str, frozenset[str]]:
    """Classes with the classes they name (``@other``) filled in; a class may name only classes before it."""
    done: dict[str, frozenset[str]] = {}
    for name, (file, words) in raw.items():
        done[name] = word_set(words, where=f"{file} class {name}", classes=done)
    return done


def _mode_words(
    raw: dict[str, dict[str, list[Any]]], classes: Mapping[str, frozenset[str]]
) -> dict[str, Mapping[str, frozenset[str]]]:
    found: dict[str, Mapping[str, frozenset[str]]] = {}
    for event, modes in raw.items():
        where = f"mode_words {event}"
        sets = {mode: word_set(words, where=f"{where} {mode}", classes=classes) for mode, words in modes.items()}
        found[event] = MappingProxyType(sets)
    return found


def word_set(raw: Any, *, where: str, classes: Mapping[str, frozenset[str]] | None = None) -> frozenset[str]:
    """One word or a list of words as a set, ``@name`` replaced by the class of that name.

    Raises :class:`DataError` for anything but words: YAML reads an unquoted ``on``, ``off`` or ``no`` as a truth
    value, which would silently lose the word.
    """
    found: set[str] = set()
    for word in raw if isinstance(raw, list) else [raw]:
        if not isinstance(word, str) or not word.strip() or word != word.strip():
            raise DataError(f"{word!r} is not a word (quote on, off, yes, no)", source=where)
        if not word.startswith("@"):
            found.add(word)
        elif word[1:] in (classes or {}):
            found |= (classes or {})[word[1:]]
        else:
            raise DataError(f"no class {word}", source=where)
    return frozenset(found)


_POS = ("VERB", "NOUN", "ADJ")
_PLACE = re.compile(
    r"subject|object|iobj|complement_subject|complement_object|condition_subject|speaker|owner|prep:[a-z]+( [a-z]+)*"
)
_WORD_SETS = {
    "objects", "not_objects", "object_kind", "subject", "not_subject", "subject_kind", "particle", "prep", "not_prep",
    "complements", "modifiers", "not_modifiers", "verbs",
}  # fmt: skip
_FLAGS = {
    "complement", "infinitive", "demand", "mandative", "harmful", "joint", "passive", "negated", "told", "ahead",
    "plural", "symmetric", "place_recipient", "embeds", "light", "eventive",
}  # fmt: skip
_LISTS = {"contexts", "auxiliary"}
_PLACES = {"actor", "recipient"}
_FIELDS = {field.name for field in fields(Cue)} - {"entry"}


def _parse(
    where: str, raw: dict[str, Any], classes: Mapping[str, frozenset[str]], defaults: Mapping[str, dict[str, Any]]
) -> list[Cue]:
    """The senses of one entry, one for each of its lemmas."""
    if unknown := raw.keys() - _FIELDS:
        raise DataError(f"unknown fields {sorted(map(str, unknown))}", source=where)
    lemmas = sorted(word_set(raw.get("lemma"), where=where))
    event = _event(raw, defaults, where)
    basis = defaults.get(event, {}) if event else {}
    values = _place_defaults(raw, where) | basis | {key: raw[key] for key in raw if key not in ("lemma", "event")}
    made = {name: _value(name, value, where, classes) for name, value in values.items()}
    return [Cue(**cast(dict[str, Any], {"lemma": lemma, "event": event, "entry": where} | made)) for lemma in lemmas]


def _event(raw: dict[str, Any], defaults: Mapping[str, Any], where: str) -> str | None:
    event = raw.get("event")
    if event == "none":
        return None
    if event not in defaults:
        raise DataError(f"event {event!r} is neither none nor one of {', '.join(sorted(defaults))}", source=where)
    return str(event)


def _place_defaults(raw: dict[str, Any], where: str) -> dict[str, Any]:
    """Where parties stand unless the entry says otherwise: a named object is a thing, hence no recipient."""
    pos = raw.get("pos")
    if pos not in _POS:
        raise DataError(f"pos {pos!r} is not one of {', '.join(_POS)}", source=where)
    if pos == "NOUN":
        return {"actor": ["owner", "prep:by"]}
    if pos == "VERB" and "objects" not in raw:
        return {"actor": ["subject"], "recipient": ["object"]}
    return {"actor": ["subject"]}


def _value(name: str, raw: Any, where: str, classes: Mapping[str, frozenset[str]]) -> Any:
    """One field of an entry in the form it has in :class:`Cue`."""
    if name in _WORD_SETS:
        return word_set(raw, where=f"{where} {name}", classes=classes)
    if name in _PLACES:
        return _places(raw, f"{where} {name}")
    if name == "prep_objects":
        return _prep_objects(raw, f"{where} {name}", classes)
    if name in _LISTS:
        return tuple(sorted(word_set(raw, where=f"{where} {name}")))
    if name in _FLAGS:
        return _checked(raw, bool, f"{where} {name}")
    if name == "parties":
        return _checked(raw, int, f"{where} {name}")
    if name == "weight":
        return _weight(raw, where)
    return _checked(raw, str, f"{where} {name}")


def _places(raw: Any, where: str) -> tuple[str, ...]:
    places = raw if isinstance(raw, list) else [raw]
    if places == ["none"]:
        return ()
    for place in places:
        if not isinstance(place, str) or not _PLACE.fullmatch(place):
            raise DataError(f"{place!r} is no place where a party can stand", source=where)
    return tuple(places)


def _prep_objects(
    raw: Any, where: str, classes: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, frozenset[str]], ...]:
    if not isinstance(raw, dict):
        raise DataError("is a mapping of prepositions to words", source=where)
    return tuple((str(prep), word_set(words, where=where, classes=classes)) for prep, words in raw.items())


def _checked(raw: Any, kind: type, where: str) -> Any:
    if not isinstance(raw, kind) or (kind is int and isinstance(raw, bool)):
        raise DataError(f"{raw!r} is not of the kind {kind.__name__}", source=where)
    return raw


def _weight(raw: Any, where: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 < raw <= 1:
        raise DataError(f"weight {raw!r} is not in (0, 1]", source=where)
    return float(raw)
