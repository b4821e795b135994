"""Words about words: who reports, what has not happened, how a report points back to its parties.

The lists are the project's own (``data/lexicon.yaml``, ``data/contexts_words.yaml``). All words are lower-case
lemmas; phrases are lower-case words separated by single spaces, matched on lower-cased word forms or lemmas.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from dragoman.errors import DataError
from dragoman.ontology.cues import read_data, word_set
from dragoman.ontology.data import merged, user_folder

Position = Literal["governor", "noun", "modal", "adverb", "mark", "adjective"]
SourceKind = Literal["neutral", "act"]
NounKind = Literal["document", "speech", "act", "belief"]
PhraseKind = Literal["both", "each", "counterpart", "other"]
Gender = Literal["he", "she"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that sets an auxiliary mode on the events in its reach.

    ``position`` says where it works: ``governor`` a verb or adjective whose xcomp, ccomp or obj the cue is;
    ``noun`` a noun the cue depends on (acl, nmod "of", "for"); ``modal`` an auxiliary of the cue or of its light
    verb; ``adverb`` an adverb, determiner, preposition or oblique phrase of the cue's clause; ``mark`` a
    conjunction of the cue's clause; ``adjective`` an adjective on the cue noun.
    """

    words: str
    position: Position
    auxiliary: str

    @property
    def phrase(self) -> tuple[str, ...]:
        """The trigger's words, one by one."""
        return tuple(self.words.split(" "))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Closed lists of function words and stock phrases the coder needs beside the cues."""

    light_verbs: frozenset[str]  # carry a light noun (hold talks); the verb's subject is the noun's actor
    ending_verbs: frozenset[str]  # end or break what their noun names: the noun's event is not coded
    reporting_verbs: Mapping[str, SourceKind]  # lemma -> neutral, or act: also an event of its own (accuse)
    reporting_nouns: Mapping[str, NounKind]  # document (statement), speech (interview), act (warning), belief (hope)
    source_phrases: frozenset[str]  # prepositions that cite: "according to", "in the words of"
    anonymous_nouns: frozenset[str]  # heads of a source without a name: official, source, analyst
    anonymous_phrases: frozenset[str]  # "people familiar with", "on condition of anonymity"
    unattributed: frozenset[str]  # says that somebody says, not who: reportedly, "it is said"
    triggers: Mapping[str, tuple[Trigger, ...]]  # by the first word of the trigger, longest first
    lasting_nouns: frozenset[str]  # name a state of affairs, not an act: relations, alliance
    party_phrases: Mapping[str, PhraseKind]  # "the two sides" -> both, "each other" -> each, "counterpart"
    country_mentions: frozenset[str]  # nouns that, with a determiner, stand for a country named before
    determiners: frozenset[str]  # the determiners and possessives that make them do so
    object_control: frozenset[str]  # verbs whose object is the understood subject of their infinitive
    quantities: frozenset[str]  # nouns and numerals that only count what follows their "of"
    mental_verbs: frozenset[str]  # reporting verbs of thought and perception
    speech_verbs: frozenset[str]  # plain verbs of saying, which may take a bare quotation
    factual_verbs: frozenset[str]  # of these, those that what stands above does not touch
    telling_acts: frozenset[str]  # acts of speech whose clause is somebody's word (warn that ...)
    own_acts: frozenset[str]  # acts of speech whose clause is the act itself (promise to ...)
    judging_verbs: frozenset[str]  # hold somebody to be something
    citing_verbs: frozenset[str]  # quote, cite
    passing_verbs: frozenset[str]  # what an outlet does with another's statement
    issuing_verbs: frozenset[str]  # what makes a paper somebody's
    addressing_verbs: frozenset[str]  # verbs of saying whose object is the hearer
    rumours: frozenset[str]  # nouns that carry the word of nobody in particular
    denying_verbs: frozenset[str]  # say of another's word that it is wrong
    paired_nouns: frozenset[str]  # nouns that, with "the two" or "both", point back at the parties named
    government_mentions: frozenset[str]  # nouns that stand for the government of the country just named
    demand_modals: frozenset[str]  # "A said that B must …" is A asking B
    occurring_verbs: frozenset[str]  # say of what a noun names that it took place
    phase_verbs: frozenset[str]  # begin, end, fail: of one time with the infinitive or gerund they govern
    answering_verbs: frozenset[str]  # tell what followed on the deed told before
    sequels: frozenset[str]  # adverbials that say so: then, "in return"
    refusing_verbs: frozenset[str]  # "refused to withdraw" is REJECT, not a RETREAT that did not happen
    denied_reports: frozenset[str]  # nouns whose clause is denied with them: "denied claims that ..."
    posted_participles: frozenset[str]  # "are stationed": where somebody lastingly is
    owning_participles: frozenset[str]  # after a country's adjective and a hyphen: "Greek-owned"
    papers: frozenset[str]  # nouns for what somebody passes or issues, and thereby says
    harm_verbs: frozenset[str]  # what a disaster does as well as an attacker: kill, injure, destroy
    disasters: frozenset[str]  # nouns and verbs of harm that nobody does: flood, crash, collapse
    violent_words: frozenset[str]  # nouns and verbs of harm that somebody does: attack, shelling, clash
    deeds: frozenset[str]  # nouns that name an assault beside the cues of one: blast, atrocity
    numbers_of_people: frozenset[str]  # words that alone stand for people: hundreds, three, others
    things_like_people: frozenset[str]  # nouns for things that end as those for people do: border, tanker
    colleagues: frozenset[str]  # nouns for one who holds the same office elsewhere
    home_acts: frozenset[str]  # cues that tell of an act also between persons of one country
    kinds_of_state: Mapping[str, frozenset[str]]  # noun for a state -> codes of those it fits: kingdom, emirate
    message_verbs: frozenset[str]  # verbs of sending word: to telephone, to write
    general_acts: frozenset[str]  # nouns that name an act told before: the decision, the step
    making_verbs: frozenset[str]  # verbs whose doer a thing is of: "the sacrifices made by X"
    dependants: frozenset[str]  # nouns for persons known by whose they are: a wife, an aide, a supporter

    given_names: Mapping[str, Gender]  # given name without accents -> he or she; those of both are not in it
    gendered_titles: Mapping[str, Gender]  # title -> he or she: Mrs., King, spokesman
    royal_titles: frozenset[str]  # titles before a given name: King, Pope
    american_states: frozenset[str]  # as they stand after a town's name and a comma, as written: Ill., Texas
    discussing_verbs: frozenset[str]  # their object is what is talked of, nobody one talks with
    wishing_verbs: frozenset[str]  # "would like to thank": with these and a verb of the next list one does it
    performed_verbs: frozenset[str]  # what is done by saying so: thank, congratulate
    crime_words: frozenset[str]  # of the violent words those of common crimes
    supposing_verbs: frozenset[str]  # at the head of a sentence these only put a case: say, suppose
    no_country_after: frozenset[str]  # after a country's adjective and a hyphen: "Spanish-speaking" is of no state
    leanings: frozenset[str]  # what somebody is towards what they are of, who need not be from there: a supporter
    qualities: frozenset[str]  # nouns for bodies that of a person name what he is like: leadership
    asking_through: Mapping[str, frozenset[str]]  # verb -> prepositions behind which it names whom it asks: call on
    judged_for: frozenset[str]  # verbs whose object is the subject of the gerund after them: "thanked X for helping"

    def trigger(self, word: str, position: Position) -> tuple[Trigger, ...]:
        """Triggers that begin with a lower-case word and work in a position, the longest phrase first."""
        return tuple(found for found in self.triggers.get(word, ()) if found.position == position)


@dataclass(frozen=True, slots=True)
class ContextWords:
    """Lemmas and phrases that show a context: one ``strong`` is enough, of ``weak`` it takes two."""

    strong: frozenset[str]
    weak: frozenset[str]

    def shown(self, words: Set[str], text: str) -> bool:
        """Whether a clause shows the context: its words (lower-case forms and lemmas) and its text, spaced."""
        return _told(self.strong, words, text) > 0 or _told(self.weak, words, text) > 1


def _told(listed: frozenset[str], words: Set[str], text: str) -> int:
    return len(listed & words) + sum(f" {phrase} " in text for phrase in _phrases(listed))


@cache
def _phrases(listed: frozenset[str]) -> tuple[str, ...]:
    return tuple(entry for entry in listed if " " in entry)


@cache
def load_lexicon(extra: Path | None = None) -> Lexicon:
    """The package's word lists with a user's own (a file, else that of the user's folder), read once.

    Raises :class:`DataError` for a file that breaks its form.
    """
    names = _SETS | _MAPS.keys() | _LISTS | {"triggers"}
    data = read_data(files("dragoman.ontology") / "data" / "lexicon.yaml", keys=names)
    if missing := names - data.keys():
        raise DataError(f"lacks {sorted(missing)}", source="lexicon.yaml")
    folder = user_folder()
    users = extra or (folder / "lexicon.yaml" if folder else None)
    if users is not None and users.exists():
        data = merged(data, read_data(users, keys=names))
    sets = {name: word_set(data[name], where=f"lexicon.yaml {name}") for name in _SETS}
    maps = {name: _inverted(name, data[name], kinds) for name, kinds in _MAPS.items()}
    rest = {"triggers": _triggers(data["triggers"])} | {name: _lists(name, data[name]) for name in _LISTS}
    return Lexicon(**cast(dict[str, Any], sets | maps | rest))


@cache
def load_contexts() -> Mapping[str, ContextWords]:
    """PLOVER context -> its words, read once. Raises :class:`DataError` for a file that breaks its form."""
    data = read_data(files("dragoman.ontology") / "data" / "contexts_words.yaml", keys=["contexts"])
    return MappingProxyType({name: _context(name, raw) for name, raw in data["contexts"].items()})


_SETS = {
    "light_verbs", "ending_verbs", "source_phrases", "anonymous_nouns", "anonymous_phrases", "unattributed",
    "lasting_nouns", "object_control", "quantities", "mental_verbs", "paired_nouns", "country_mentions",
    "determiners", "government_mentions", "demand_modals", "colleagues", "numbers_of_people",
    "things_like_people", "speech_verbs", "factual_verbs",
    "telling_acts", "own_acts", "judging_verbs", "citing_verbs", "passing_verbs", "issuing_verbs", "addressing_verbs",
    "rumours", "denying_verbs", "refusing_verbs", "occurring_verbs", "phase_verbs", "answering_verbs", "sequels",
    "denied_reports", "posted_participles", "owning_participles", "home_acts", "dependants", "papers", "harm_verbs",
    "disasters", "violent_words", "deeds", "royal_titles", "judged_for", "supposing_verbs", "american_states",
    "discussing_verbs", "wishing_verbs", "performed_verbs", "crime_words",
    "no_country_after", "leanings", "qualities", "making_verbs", "general_acts", "message_verbs",
}  # fmt: skip
_LISTS = {"asking_through", "kinds_of_state"}
_MAPS = {
    "reporting_verbs": get_args(SourceKind),
    "reporting_nouns": get_args(NounKind),
    "party_phrases": get_args(PhraseKind),
    "given_names": get_args(Gender),
    "gendered_titles": get_args(Gender),
}


def _inverted(name: str, raw: dict[str, Any], kinds: tuple[str, ...]) -> Mapping[str, str]:
    """``{kind: [words]}`` as word -> kind; a word may stand under one kind only."""
    found: dict[str, str] = {}
    for kind, words in raw.items():
        if kind not in kinds:
            raise DataError(f"kind {kind!r} is not one of {', '.join(kinds)}", source=f"lexicon.yaml {name}")
        for word in word_set(words, where=f"lexicon.yaml {name} {kind}"):
            if found.setdefault(word, kind) != kind:
                raise DataError(f"{word!r} is both {found[word]} and {kind}", source=f"lexicon.yaml {name}")
    return MappingProxyType(found)


def _lists(name: str, raw: dict[str, list[str]]) -> Mapping[str, frozenset[str]]:
    """``{word: [words]}``."""
    where = f"lexicon.yaml {name}"
    return MappingProxyType({word: word_set(words, where=f"{where} {word}") for word, words in raw.items()})


def _triggers(raw: dict[str, dict[str, Any]]) -> Mapping[str, tuple[Trigger, ...]]:
    """``{auxiliary: {position: [phrases]}}`` as triggers by their first word."""
    found: dict[str, list[Trigger]] = {}
    for auxiliary, positions in raw.items():
        for position, phrases in positions.items():
            if position not in get_args(Position):
                raise DataError(f"unknown position {position!r}", source=f"lexicon.yaml triggers {auxiliary}")
            for phrase in word_set(phrases, where=f"lexicon.yaml triggers {auxiliary} {position}"):
                found.setdefault(phrase.split(" ")[0], []).append(Trigger(phrase, cast(Position, position), auxiliary))
    ordered = {word: tuple(sorted(group, key=_longest_first)) for word, group in found.items()}
    return MappingProxyType(ordered)


def _longest_first(trigger: Trigger) -> tuple[int, str, str, str]:
    return (-len(trigger.phrase), trigger.words, trigger.position, trigger.auxiliary)


def _context(name: str, raw: Any) -> ContextWords:
    if not isinstance(raw, dict) or not raw.keys() <= {"strong", "weak"}:
        raise DataError("a context has strong and weak words", source=f"contexts_words.yaml {name}")
    strong, weak = (word_set(raw.get(key, []), where=f"contexts_words.yaml {name} {key}") for key in ("strong", "weak"))
    if both := strong & weak:
        raise DataError(f"{sorted(both)} are both strong and weak", source=f"contexts_words.yaml {name}")
    return ContextWords(strong, weak)
