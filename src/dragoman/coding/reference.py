"""Words that point back: pronouns, "the two sides", "the country", "his Algerian counterpart"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from dragoman.coding.grammar import base, children
from dragoman.ontology.lexicon import load_lexicon

if TYPE_CHECKING:
    from dragoman.coding.mentions import Mention, Scene
    from dragoman.coding.register import Draft

PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers"})
NEUTER = frozenset({"it", "its"})
PLURAL = frozenset({"they", "them", "their"})
PAIRED = frozenset({"side", "party", "country", "nation", "state", "government", "leader", "neighbour", "neighbor",
                    "capital", "ally", "foe", "rival", "power", "people", "minister", "president", "official",
                    "delegation", "army", "force", "team", "man", "counterpart"})
REACH = 3  # sentences a pronoun looks back over
PAIR_REACH = 6  # sentences "the two sides" look back over; the parties of a report are named often


def add(scene: Scene, token: Token) -> None:
    """Make a mention of a token that points back, if what it points to is known."""
    word = token.lower_
    if token.pos_ == "PRON" and word in PERSONAL | NEUTER | PLURAL:
        _pronoun(scene, token)
    elif token.lemma_ == "counterpart":
        _counterpart(scene, token)
    elif points_at_two(token):
        _pair(scene, token)
    elif token.lemma_.lower() in load_lexicon().country_mentions and _definite(token):
        _keep(scene, token, _last(scene, token, ("state",)), "country named before")


def _keep(scene: Scene, token: Token, drafts: tuple[Draft, ...], rule: str, *, office: str | None = None) -> None:
    from dragoman.coding.mentions import Mention

    if drafts:
        plural = len(drafts) > 1
        scene.add(Mention(drafts, token.i, token.i, token.i + 1, rule, office=office, plural=plural))


def _pronoun(scene: Scene, token: Token) -> None:
    if token.lower_ in PERSONAL:
        drafts = _last(scene, token, ("person",))
    elif token.lower_ in NEUTER:
        drafts = _last(scene, token, ("state", "organisation")) if base(token) != "expl" else ()
    else:
        drafts = _last_plural(scene, token)
    _keep(scene, token, drafts, "pronoun")


def _back(scene: Scene, token: Token, sentences: int) -> Iterator[tuple[int, Mention]]:
    """(sentences back, mention) of what was named before a token, the latest first."""
    starts = [s.start for s in scene.doc[: token.i + 1].sents][-sentences - 1 :]
    for mention in reversed(scene.order):
        if starts and mention.start < starts[0]:
            return
        distance = sum(1 for start in starts if start > mention.start)
        yield distance, mention


def _last(scene: Scene, token: Token, kinds: tuple[str, ...]) -> tuple[Draft, ...]:
    """The latest subject of these kinds in the nearest sentence that names one, else the latest of them."""
    nearest: list[Mention] = []
    at = None
    for distance, mention in _back(scene, token, REACH):
        if mention.drafts[0].kind not in kinds or len(mention.drafts) > 1:
            continue
        if at is not None and distance != at:
            break
        at = distance
        nearest.append(mention)
    subjects = [m for m in nearest if base(scene.doc[m.head]) == "nsubj"]
    chosen = subjects[-1:] if subjects and at else subjects[:1] or nearest[:1]
    return chosen[0].drafts if chosen else ()


def _last_plural(scene: Scene, token: Token) -> tuple[Draft, ...]:
    for _, mention in _back(scene, token, REACH - 1):
        joined = [scene.at[c.i] for c in children(scene.doc[mention.head], "conj") if c.i in scene.at]
        if joined and base(scene.doc[mention.head]) in ("nsubj", "obj", "obl"):
            return tuple(dict.fromkeys(d for m in (mention, *joined) for d in m.drafts))
        if mention.plural:
            return mention.drafts
    return ()


def points_at_two(token: Token) -> bool:
    """ "the two sides", "both countries", "the warring parties" """
    return token.lemma_.lower() in PAIRED and token.tag_ in ("NNS", "NNPS") and any(
        c.lower_ in ("two", "both", "neighbouring", "neighboring", "warring") for c in token.children
    )


def _pair(scene: Scene, token: Token) -> None:
    codes: dict[str, None] = {}
    for _, mention in _back(scene, token, PAIR_REACH):
        for draft in mention.drafts:
            if draft.code in scene.ontology.countries and draft.kind != "place":
                codes.setdefault(str(draft.code))
        if len(codes) >= 2:
            break
    if len(codes) >= 2:
        pair = sorted(list(codes)[:2])
        _keep(scene, token, tuple(scene.state(code) for code in pair), "the two named before")


def _counterpart(scene: Scene, token: Token) -> None:
    """ "his Algerian counterpart": who holds the same office there """
    modifiers = [scene.modifiers[c.i] for c in token.children if c.i in scene.modifiers]
    if not modifiers:
        return
    code = modifiers[0].drafts[0].code
    known = next((m.office for _, m in _back(scene, token, 1) if m.office), None)
    country = scene.ontology.countries.get(code or "")
    name = f"{known or 'counterpart'} of {country.name if country else code}"
    draft = scene.register.named("person", name, code=code)
    draft.sector = draft.sector or "GOV"
    _keep(scene, token, (draft,), "counterpart", office=known)


def _definite(token: Token) -> bool:
    lexicon = load_lexicon()
    singular = token.tag_ in ("NN", "NNP")
    return singular and any(c.lower_ in lexicon.determiners for c in children(token, "det", "nmod"))


def possessor_code(scene: Scene, token: Token) -> str | None:
    """The country of whom a phrase belongs to by a pronoun ("its troops")."""
    for child in children(token, "nmod"):
        if child.dep_ == "nmod:poss" and child.lower_ in NEUTER | PERSONAL:
            drafts = _last(scene, child, ("state", "organisation", "person"))
            return drafts[0].code if drafts else None
    return None
