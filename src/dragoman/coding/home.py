"""Whose an organ or an official is that a phrase leaves without a country: "police", "Foreign Minister X", "the army".

A report names the country once and then relies on the reader: the organ is of the state whose official speaks, of the
place where it acts, of the state that the paragraph tells of, of the town the report is sent from. The rules are
asked in this order; the first that answers is the reason kept. A state on the other side of the same act is barred,
and where the signs contradict each other nothing is said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from spacy.tokens import Span, Token

from dragoman.coding.belonging import country_of, own_code, place_inside, place_of
from dragoman.coding.grammar import ancestors, base, children, conjuncts, first_conjunct, preposition
from dragoman.coding.reference import salient
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon

if TYPE_CHECKING:
    from dragoman.coding.mentions import Mention, Scene
    from dragoman.ontology import Title

Kind = Literal["state", "local", "people", "troops", "envoy"]

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY"})
AT_HOME = frozenset({"OPP", "LEG", "PTY", "CVL", "JUD", "COP", "LAB", "SOC"})  # they turn to their own government
OPEN = frozenset({"any", "no", "every", "each", "some", "several", "many", "another", "other", "foreign", "which"})
LOCATIVE = frozenset({"in", "at", "near", "outside", "inside", "around", "through", "throughout", "across", "into"})
AGAINST = frozenset({"with", "against", "by"})
QUOTES = "\"“‘«'"
SALIENT = 4  # countries of which a report is taken to tell, the most often named


@dataclass(frozen=True, slots=True)
class Home:
    """A country, and the rule that found it."""

    code: str
    why: str


def home(scene: Scene, token: Token, kind: Kind = "state", *, title: Title | None = None) -> Home | None:
    """The country of the organ or official that a token heads, if the report tells without saying.

    An official is of no country that has not his office: no chancellor is Indian.
    """
    sender = _sender(scene, token)
    if sender is not None:
        return Home(sender, "who sends it")
    barred = _across(scene, token)
    for rule, why in RULES[kind]:
        code = rule(scene, token)
        if title is not None and not title.is_held_in(code):
            continue
        if code in scene.ontology.countries and code not in barred:
            return Home(str(code), why)
    return None


def _sender(scene: Scene, token: Token) -> str | None:
    """ "the king ordered the army to the border": the forces that a state moves are its own"""
    first = first_conjunct(token)
    if base(first) != "obj":
        return None
    senses = load_cues().find(first.head.lemma_, "VERB")
    moved = any(s.event == "MOBILIZE" and token.lemma_.lower() in s.objects for s in senses)
    held = [scene.at[s.i].drafts for s in children(first.head, "nsubj") if moved and s.i in scene.at]
    codes = [drafts[0].code for drafts in held if len(drafts) == 1]
    return codes[0] if len(codes) == 1 and codes[0] in scene.ontology.countries else None


def opposed(scene: Scene, token: Token) -> Home | None:
    """Whom opponents oppose in their clause ("X was rebuked by opponents"): they are of his country."""
    first = first_conjunct(token)
    others = children(first.head, "nsubj:pass") if first.dep_ == "obl:agent" else []
    others = others or (children(first.head, "obj") if base(first) == "nsubj" else [])
    held = next((scene.at[t.i].drafts[0] for t in others if t.i in scene.at), None)
    fits = held is not None and held.kind == "person" and held.code in scene.ontology.countries
    return Home(str(held.code), "whom they oppose") if fits and held is not None else None


def helped(scene: Scene, token: Token) -> str | None:
    """ "fighting goes on in Sudan as Russia supports the government": of two states in a clause it is neither"""
    first = first_conjunct(token)
    subjects = [scene.at[s.i].drafts[0] for s in children(first.head, "nsubj") if s.i in scene.at]
    if base(first) != "obj" or not any(d.kind == "state" for d in subjects):
        return None
    above = list(ancestors(first))[1:]
    phrases = [c for word in above for c in (word, *children(word, "obl"))]
    for phrase in (p for p in phrases if preposition(p) in (*LOCATIVE, "over") and p.i not in scene.dated):
        code = place_of(scene, phrase) or country_of(scene, phrase, phrase.i)
        if code in scene.ontology.countries and code not in {d.code for d in subjects}:
            return code
    return None


def is_open(span: Span) -> bool:
    """Whether a phrase speaks of no certain body: "any government", "foreign troops"; not "the Foreign Ministry"."""
    return any(child.lower_ in OPEN for child in span.root.children if child.i < span.start)


def acting(scene: Scene, start: int, end: int) -> list[str]:
    """The countries of the states and officials that act in the main clauses of these tokens, in order."""
    found: list[str] = []
    for mention in reversed(scene.order):
        if mention.start < start:
            break
        if mention.start < end and _acts(scene, mention):
            found.append(str(mention.drafts[0].code))
    return found[::-1]


def _acts(scene: Scene, mention: Mention) -> bool:
    draft = mention.drafts[0]
    if len(mention.drafts) > 1 or draft.code not in scene.ontology.countries or draft.kind == "place":
        return False
    if draft.kind not in ("state", "person") and draft.sector not in STATE_SECTORS:
        return False
    token = first_conjunct(scene.doc[mention.head])
    return token.dep_ in ("nsubj", "obl:agent") and _is_main(token.head)


def _is_main(verb: Token) -> bool:
    """Whether a verb heads a main clause, or the content that stands before its "X said"."""
    while verb.head.i != verb.i:
        content = base(verb) == "ccomp" and verb.i < verb.head.i
        if base(verb) not in ("conj", "parataxis") and not content:
            return False
        verb = verb.head
    return True


def _across(scene: Scene, token: Token) -> set[str | None]:
    """The states on the other side of the clause's act: nobody summons, thanks or accuses his own state by name."""
    first = first_conjunct(token)
    barred = {country_of(scene, other, other.i) for other in conjuncts(first) if other.i != token.i}
    if base(first) in ("nsubj", "csubj"):
        barred |= {own_code(scene, t) for t in _opposite(first.head)}
        barred |= {country_of(scene, t, t.i) for t in _opposite(first.head) if t.pos_ == "NOUN"}
    elif base(first) in ("obj", "iobj", "obl"):
        for subject in children(first.head, "nsubj"):
            held = scene.at.get(subject.i)
            if held is not None and (held.drafts[0].kind == "state" or held.drafts[0].sector in ("GOV", "MIL")):
                barred.add(held.drafts[0].code)
    return barred - {None}


def _opposite(verb: Token) -> Iterator[Token]:
    for each in (verb, *(c for c in conjuncts(verb)[1:] if not children(c, "nsubj", "nsubj:pass"))):
        yield from children(each, "obj", "iobj")
        yield from (c for c in children(each, "obl") if preposition(c) in AGAINST)


# --- the rules: each answers with a country or None


def _place_said(scene: Scene, token: Token) -> str | None:
    return place_inside(scene, token)


def _speaker(scene: Scene, token: Token) -> str | None:
    """ "the Czech service said police had arrested", "opposition leader X accused the government" """
    verbs = [t for t in ancestors(token) if t.pos_ in ("VERB", "AUX")]
    for verb in verbs:
        subject = next((s for s in children(verb, "nsubj") if s.i < token.i and s.i != token.i), None)
        held = scene.at.get(subject.i) if subject is not None else None
        if held is None or held.drafts[0].code is None or len(held.drafts) > 1:
            continue
        sector = held.drafts[0].sector
        own_clause = verb is verbs[0] or verb.lemma_ in load_lexicon().object_control
        if (own_clause and sector in AT_HOME) or (not own_clause and _speaks(verb) and not _is_abroad(held)):
            return held.drafts[0].code
    return _beside(scene, token)


def _speaks(verb: Token) -> bool:
    return verb.lemma_ in load_lexicon().reporting_verbs


def _is_abroad(mention: Mention) -> bool:
    return any(word in mention.drafts[0].name.lower() for word in ("embassy", "ambassador", "mission", "consul"))


def _beside(scene: Scene, token: Token) -> str | None:
    """ "Police in Lima arrested five, and the authorities imposed a curfew": the organ of the clause before"""
    verb = first_conjunct(token).head
    if base(verb) != "conj" or base(first_conjunct(token)) != "nsubj":
        return None
    for subject in children(verb.head, "nsubj"):
        held = scene.at.get(subject.i)
        if held is not None and held.rule == "agent" and held.drafts[0].sector in STATE_SECTORS:
            return held.drafts[0].code
    return None


def _in_front(scene: Scene, token: Token) -> str | None:
    """ "In Islamabad, a spokeswoman thanked ...": the place that opens the sentence"""
    first = token.sent[0]
    if first.lower_ != "in" or base(first) != "case" or first.head.i >= token.i:
        return None
    return place_of(scene, first.head)


def _place_of_clause(scene: Scene, token: Token) -> str | None:
    """ "police arrested two students in Perth" """
    verb = first_conjunct(token).head
    for phrase in children(verb, "obl"):
        if preposition(phrase) in LOCATIVE and phrase.i not in scene.dated:
            code = place_of(scene, phrase)
            if code:
                return code
    return None


def _place_before(scene: Scene, token: Token) -> str | None:
    """The last place of the paragraph's earlier sentences: "people rallied in Skopje. Police detained three." """
    start = paragraph_of(scene, token.i)
    for mention in reversed(scene.order):
        if mention.start < start:
            return None
        head = scene.doc[mention.head]
        named = mention.drafts[0].kind == "place" or mention.rule == "name:capital"
        if mention.start < token.sent.start and named and preposition(head) in LOCATIVE and mention.drafts[0].code:
            return mention.drafts[0].code
    return None


def _paragraph_tells(scene: Scene, token: Token) -> str | None:
    """The state that acts last in the paragraph's sentences before this one."""
    found = acting(scene, paragraph_of(scene, token.i), token.sent.start)
    return found[-1] if found else None


def _place_of_speech(scene: Scene, token: Token) -> str | None:
    """ "Undersecretary X told reporters in Manila" """
    verb = first_conjunct(token).head
    return _place_of_clause(scene, token) if _speaks(verb) and base(first_conjunct(token)) == "nsubj" else None


def _content_tells(scene: Scene, token: Token) -> str | None:
    """ "Georgia sent police, ministry spokesman X said": who is said to act, unless the report is sent by another"""
    verb = _whole(token).head
    clauses = [c for c in children(verb, "ccomp", "parataxis") if c.i < token.i]
    clauses += [verb.head] if base(verb) == "parataxis" and verb.head.i < token.i else []
    subjects = [scene.at[s.i] for c in clauses for s in children(c, "nsubj", "nsubj:pass") if s.i in scene.at]
    codes = {m.drafts[0].code for m in subjects if m.drafts[0].kind != "place"} - {None}
    if len(codes) != 1:
        return None
    code = next(iter(codes))
    rival = scene.dateline is not None and scene.dateline != code and _named_in(scene, token, scene.dateline)
    return None if rival else code


def _whole(token: Token) -> Token:
    """The phrase in which a name stands beside an office: "the interior minister, X" """
    first = first_conjunct(token)
    return _whole(first.head) if base(first) == "appos" and first.head.i != first.i else first


def _named_in(scene: Scene, token: Token, code: str) -> bool:
    sentence = token.sent
    names = (scene.found.names[i][1] for i in range(sentence.start, sentence.end) if i in scene.found.names)
    return any(name.code == code for readings in names for name in readings)


def _subhead_tells(scene: Scene, token: Token) -> str | None:
    """The place of the subhead over the paragraph: "Row in Wellington"."""
    at = _index(scene, token.i)
    if not at or scene.article.paragraphs[at - 1].role != "subhead":
        return None
    start, end = scene.paragraphs[at - 1], scene.paragraphs[at]
    codes = {own_code(scene, scene.doc[i]) for i in range(start, end)} - {None}
    return next(iter(codes)) if len(codes) == 1 else None


def _quotation_goes_on(scene: Scene, token: Token) -> str | None:
    """A paragraph that opens with a quotation goes on with the one state of the paragraph before."""
    start = paragraph_of(scene, token.i)
    before = set(_before(scene, token))
    opens = scene.doc[start].text[:1] in QUOTES
    return next(iter(before)) if opens and len(before) == 1 else None


def _dateline(scene: Scene, token: Token) -> str | None:
    """The state of the town the report is sent from, where the report tells of that state."""
    return scene.dateline if scene.dateline in salient(scene)[:SALIENT] else None


def _paragraph_before_tells(scene: Scene, token: Token) -> str | None:
    found = _before(scene, token)
    if not found or (scene.dateline is None and len(set(found)) > 1):
        return None
    return found[-1]


def _before(scene: Scene, token: Token) -> list[str]:
    """The states acting in the nearest of the two paragraphs before that tells of any."""
    at = _index(scene, token.i)
    for i in range(at - 1, max(-1, at - 3), -1):
        if scene.article.paragraphs[i].role in ("headline", "caption"):
            continue
        found = acting(scene, scene.paragraphs[i], scene.paragraphs[i + 1])
        if found:
            return found
    return []


def _index(scene: Scene, i: int) -> int:
    return max(0, bisect_right(scene.paragraphs, i) - 1)


def paragraph_of(scene: Scene, i: int) -> int:
    """The first token of the token's paragraph."""
    return scene.paragraphs[_index(scene, i)] if scene.paragraphs else 0


Rule = tuple[Callable[["Scene", Token], str | None], str]
_SAID: tuple[Rule, ...] = ((_place_said, "the place of its phrase"), (_speaker, "who speaks of it"))
_TOLD: tuple[Rule, ...] = (
    (_content_tells, "who acts in what it says"),
    (_paragraph_tells, "the state its paragraph tells of"),
    (_place_of_speech, "the place of its words"),
    (_subhead_tells, "the place of the subhead"),
    (_quotation_goes_on, "the state the paragraph before tells of"),
    (_dateline, "the dateline"),
    (_paragraph_before_tells, "the state the paragraph before tells of"),
)
RULES: dict[Kind, tuple[Rule, ...]] = {
    "state": (*_SAID, (_in_front, "the place its sentence opens with"), *_TOLD),
    "local": (
        *_SAID,
        (_in_front, "the place its sentence opens with"),
        (_place_of_clause, "the place of the act"),
        (_place_before, "the place named before"),
        *_TOLD,
    ),
    "people": (
        _SAID[0],
        (_in_front, "the place its sentence opens with"),
        (_place_of_clause, "the place of the act"),
    ),
    "troops": (_SAID[1], _TOLD[1], _TOLD[0]),
    "envoy": (_TOLD[1], _TOLD[0], _TOLD[6]),
}
