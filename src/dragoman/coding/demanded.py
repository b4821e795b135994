"""Demands that no verb of asking tells: "..., he said. "Peru must withdraw." ", "said Peru had lied and must go".

A verb of saying that governs the clause of a demand is a cue itself (``cues_request.yaml``); these have none.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding import grammar
from dragoman.coding.mentions import Mention, Scene
from dragoman.ontology.cues import Cue
from dragoman.ontology.lexicon import load_lexicon

RULE = "a demand in what somebody says"
PARTIES = frozenset({"state", "organisation", "group", "person"})


def is_demanded(clause: Token) -> bool:
    """Whether a clause says what somebody has to do: "must withdraw", "has to end"."""
    words = [m.lemma_ for m in grammar.modals(clause) if m.tag_ == "MD"]
    words += [clause.lemma_] if any(map(grammar.is_infinitive, grammar.children(clause, "xcomp"))) else []
    return any({word, f"{word} to"} & load_lexicon().demand_modals for word in words)


def sense(scene: Scene, verb: Token) -> Cue | None:
    """The sense of a verb that tells what one whom a speaker names has to do; None where it is no such demand."""
    voice = _voice(scene, verb) if verb.pos_ == "VERB" and is_demanded(verb) else None
    if voice is None:
        return None
    asked, asking = _held(scene, grammar.subject(verb)), _held(scene, voice)
    if asked is None or asking is None or asked.drafts[0].kind not in PARTIES or _codes(asked) <= _codes(asking):
        return None
    return Cue(
        lemma=verb.lemma_.lower(), pos="VERB", event="REQUEST", weight=0.7, entry=RULE, actor=("speaker",),
        recipient=("subject",), parties=2, embeds=True,
    )  # fmt: skip


def _voice(scene: Scene, verb: Token) -> Token | None:
    """Who demands it: whose the quotation is, or who says what the verb is joined to ("said X had lied and must go")"""
    if verb.dep_ in ("ROOT", "root"):
        return scene.voices.get(verb.i)
    first = grammar.first_conjunct(verb)
    joined = grammar.base(verb) == "conj" and not is_demanded(first)
    return grammar.speaker(first) if joined else None


def _held(scene: Scene, subject: Token | None) -> Mention | None:
    words = [subject, *grammar.children(subject, "appos")] if subject is not None else []
    return next((scene.at[word.i] for word in words if word.i in scene.at), None)


def _codes(mention: Mention) -> set[str | None]:
    return {draft.code for draft in mention.drafts}
