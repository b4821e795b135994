"""How surely an event is right in its category, parties and voice: evidence for and against it, weighed.

Each piece of evidence has a name and a value from 0 to 1; the weights (``data/confidence.yaml``) are a logistic
regression over the reports that rules may be tuned on (``benchmarks/confidence.py`` fits and checks them).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from dragoman.coding import grammar, heads, likeness, roles
from dragoman.coding.cues import Candidate
from dragoman.coding.heads import Pair, Settled
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.roles import Roles
from dragoman.language.evoked import POS
from dragoman.ontology.confidence import load_confidence

JOIN = "; "
UNTOLD = 0.5
FIRST = frozenset({"i", "we", "us", "me", "our", "my", "you", "your"})
OWNING = frozenset({"his", "her", "its", "their"})
POINTING = frozenset({"pronoun", "the parties named before", "country named before", "the speaker", "counterpart"})


def evidence(
    scene: Scene, candidate: Candidate, filled: Roles, settled: Settled, pair: Pair | None, modes: Iterable[str]
) -> dict[str, float]:
    """Name -> value of every piece of evidence that is not nought."""
    found = {"the cue": candidate.sense.weight, "category settled": settled.score}
    found["the word evokes it"] = _evoked(scene, candidate, settled.category)
    if likeness.resembles(candidate.sense):
        found["no listed cue"] = 1.0
    found |= dict.fromkeys(_of_parties(scene, filled), 1.0)
    found |= dict.fromkeys(_of_sentence(scene, candidate), 1.0)
    found |= {f"it is {mode}": 1.0 for mode in modes}
    if candidate.sense.entry == settled.rule and pair is not None:
        found["the reader's category"] = pair.judged.probabilities.get(settled.category, 0.0)
    elif pair is not None:
        found["category by the reader"] = 1.0
    if candidate.sense.entry == heads.RULE:
        found["no cue"] = 1.0
        if not heads.speaks_of(candidate.token, settled.category):
            found["no word of the category"] = 1.0
    if candidate.token.pos_ != "VERB":
        found["a noun or adjective"] = 1.0
        if candidate.carrier is None:
            found["no verb carries it"] = 1.0
    elif grammar.subject(candidate.predicate) is None:
        found["no subject"] = 1.0
    return {name: round(value, 2) for name, value in found.items() if value}


def _evoked(scene: Scene, candidate: Candidate, category: str) -> float:
    """How likely the network holds it that the word evokes such an event; where it says nothing, as often as not."""
    if candidate.token.pos_ not in POS or not scene.evoked:
        return UNTOLD
    return scene.evoked.get(candidate.token.i, {}).get(category, 0.0)


def _of_sentence(scene: Scene, candidate: Candidate) -> Iterator[str]:
    """A question tells of nothing; a report of one country's politics is full of words that are no acts."""
    if scene.doc[candidate.token.sent.end - 1].text == "?":
        yield "a question"
    if scene.at_home:
        yield "a report of one country"


def _of_parties(scene: Scene, filled: Roles) -> Iterator[str]:
    everyone, drafts = [*filled.actors, *filled.recipients], filled.drafts
    codes = {d.code for d in drafts if d.code}
    words = {_word(scene, m) for m in everyone}
    told = {
        "a word of who speaks": bool(words & FIRST),
        "an owner by a pronoun": bool(words & OWNING),
        "two countries": len(codes) > 1,
        "one party": len(drafts) < 2,
        "no actor": not filled.actors,
        "no recipient": not filled.recipients and len(filled.actors) < 2,
        "a person acts": any(d.kind == "person" for m in filled.actors for d in m.drafts),
        "a party without code": any(not d.code for d in drafts),
        "no code": not codes,
        "a word that points back": any(m.rule in POINTING for m in everyone),
        "a thing as recipient": any(d.kind == "thing" for d in drafts),
    }
    yield from (name for name, holds in told.items() if holds)
    if filled.rules.get("recipient") in (roles.INSIDE, roles.IMPLIED, "place"):
        yield f"recipient {filled.rules['recipient']}"


def _word(scene: Scene, mention: Mention) -> str:
    return scene.doc[mention.head].lower_


def weigh(found: Mapping[str, float]) -> float:
    """The confidence, 0 to 1, in hundredths: the logistic of the weighted evidence."""
    weights = load_confidence()
    total = weights["base"] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-total)), 2)


def written(found: Mapping[str, float]) -> str:
    """The evidence in words, as a reason keeps it: "the cue 0.85; a word that points back"."""
    return JOIN.join(name if value == 1 else f"{name} {value:g}" for name, value in sorted(found.items()))


def read_back(text: str) -> dict[str, float]:
    """The evidence that :func:`written` wrote."""
    found = {}
    for part in text.split(JOIN):
        name, _, value = part.rpartition(" ")
        try:
            found[name] = float(value)
        except ValueError:
            found[part] = 1.0
    return found
