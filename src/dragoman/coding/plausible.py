"""Which cues tell of a political act in a report of one country's own affairs.

Among states nearly every "support", "meeting" or "attack" is an act. In a report of one country, a campaign or a trial,
the same words are mostly talk, so more is asked there of a cue and of its parties.
"""

from __future__ import annotations

from bisect import bisect_right

from dragoman.coding import cues, grammar, heads, likeness, reference, roles
from dragoman.coding.cues import Candidate
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.register import Draft
from dragoman.coding.roles import Roles
from dragoman.model import Report
from dragoman.ontology.lexicon import load_lexicon

UNMET = frozenset({"desired", "hypothetical"})  # at home what is only wished for or supposed is talk
BACK = 1  # sentences before its own in which a "he" may find more than one person
PLACE = "state of the place"  # rule of a mention: Iowa is where it happened, not the United States
SECTORS = frozenset({"GOV", "MIL", "LEG", "PRE", "COP", "SPY", "JUD", "REB", "PRM", "UAF", "OPP", "PTY", "ELI", "SOC"})
OFFICE = frozenset({"GOV", "LEG", "PTY", "JUD"})
ARMED = frozenset({"MIL", "REB", "PRM", "UAF", "COP", "CRM"})
ACTS = frozenset({"state", "organisation"})
VAGUE = frozenset({"it", "its", "they", "them", "their"})  # at home these mostly stand for things nobody named
OURS = frozenset({"we", "us", "our"})
PRIVATE = frozenset({"BUS", "MED", "EDU", "JRN", "CVL", "REL"})
FIRMS = frozenset({"MNC"})
CRIMES = frozenset({"ASSAULT", "COERCE", "ACCUSE", "SANCTION", "PROTEST"})
DEALS = frozenset({"AGREE", "COOPERATE"})  # what firms do among themselves
OPEN = frozenset({"ASSAULT", "COERCE", "PROTEST", "ACCUSE", "MOBILIZE", "SANCTION"})  # told of private persons as well
MUTUAL = frozenset({"ACCUSE", "AGREE", "SUPPORT", "CONSULT"})  # words that need a hearer to be acts


def passing(candidate: Candidate, filled: Roles) -> bool:
    """Whether a noun that no verb carries names an act of one party only in passing ("after the attack in Paris")."""
    return _only_named(candidate) and len(filled.drafts) < 2


def private(scene: Scene, candidate: Candidate, filled: Roles, category: str) -> bool:
    """Whether those who act, and all others an act tells of, are firms, as in a sale; or private persons.

    A dispatch between states may leave unsaid who somebody is; with words of acts, only firms are no party there.
    """
    drafts = filled.drafts
    if category in OPEN or not filled.actors:
        return False
    firms = any(map(_is_firm, drafts)) and all(_is_firm(d) or _is_unknown_body(d) for d in drafts)
    told = scene.is_dispatch and not likeness.resembles(candidate.sense)
    return (category in DEALS and firms) or (not told and all(map(_is_private, drafts)))


def _is_firm(draft: Draft) -> bool:
    return draft.code in FIRMS or draft.sector == "BUS"


def _is_unknown_body(draft: Draft) -> bool:
    return draft.kind == "organisation" and draft.code is None and draft.sector is None


def _is_private(draft: Draft) -> bool:
    unknown = draft.sector is None and draft.kind in ("person", "group", "thing")
    return _is_firm(draft) or (draft.code is None and (draft.sector in PRIVATE or unknown))


def crime(scene: Scene, candidate: Candidate, filled: Roles, category: str) -> bool:
    """Whether people nobody names were hurt or held by nobody or by criminals, in a report of one country's affairs.

    Where the sentence has a word of political violence ("killed in the bombing", "in a riot") it may be more than that.
    """
    if category not in CRIMES or not filled.drafts or not (scene.at_home or len(scene.codes) < 2):
        return False
    if category == "PROTEST" and candidate.sense.mode != "riot":
        return False
    lexicon = load_lexicon()
    political = (lexicon.violent_words | lexicon.deeds) - lexicon.crime_words
    words = {t.lemma_.lower() for t in candidate.token.sent}
    return all(map(_is_anybody, filled.drafts)) and not words & political


def _is_anybody(draft: Draft) -> bool:
    return draft.code is None and draft.kind == "group" and draft.sector in ("CVL", "CRM")


def at_home(candidate: Candidate, filled: Roles) -> bool:
    """Whether somebody visits a place of his own country only: "the president flew to the capital" """
    if candidate.sense.mode != "visit" or not filled.recipients:
        return False
    visited = [d for m in filled.recipients for d in m.drafts]
    own = {d.code for m in filled.actors for d in m.drafts if not (d.inferred or d.unnamed or m.why)}
    return all(d.kind in ("state", "place") and d.code and d.code in own for d in visited)


def unspoken(scene: Scene, candidate: Candidate, filled: Roles, category: str) -> bool:
    """Whether nobody is told who says what only somebody can say ("any chance of threatening them").

    In a dispatch between states somebody without a country may say it ("a fund threatened", "a senior aide warned").
    """
    spoken = category in cues.VERBAL and "CONSULT" not in (category, candidate.sense.event) and not filled.actors
    if not spoken or candidate.token.pos_ != "VERB" or grammar.is_passive(candidate.token):
        return False
    return not scene.is_dispatch or grammar.subject(candidate.token) is None


def plausible(scene: Scene, candidate: Candidate, filled: Roles, report: Report) -> bool:
    """Whether an event of a report of home affairs is likely one; more is asked where one country acts alone."""
    category, sense = report.category, candidate.sense
    if sense.entry in (heads.RULE, likeness.RULE) or candidate.token.lemma_.lower() not in load_lexicon().home_acts:
        return False
    if category not in (sense.event, "AGREE", "CONCEDE", "REJECT"):
        return False  # the network takes the words for something else
    if UNMET & set(report.auxiliary) or not _told(candidate, filled, category):
        return False
    if not all(_clear(scene, m) for m in (*filled.actors, *filled.recipients)):
        return False
    return len({d.code for d in filled.drafts if d.code}) > 1 or _political(candidate, filled, category)


def _told(candidate: Candidate, filled: Roles, category: str) -> bool:
    """Whether the words themselves tell the parties, and parties that such an act can have."""
    drafts = [d for m in filled.actors for d in m.drafts]
    if any(d.kind in ("group", "thing") and not (d.code or d.sector) for d in drafts):
        return False
    if _is_topic(candidate, filled) or _is_part(candidate, filled) or not _placed(candidate, filled, category):
        return False
    if category == "CONSULT" and (any(d.sector == "JRN" for d in filled.drafts) or _only_named(candidate)):
        return False  # an interview, or a meeting that is only a place and time
    if category in ("SUPPORT", "REJECT") and any(d.sector == "CVL" and d.kind == "group" for d in drafts):
        return False  # so many voters for somebody are a poll
    return category != "PROTEST" or not any(d.sector == "CVL" for m in filled.recipients for d in m.drafts)


def _placed(candidate: Candidate, filled: Roles, category: str) -> bool:
    """Whether nobody is a party by where he stands: inside a phrase, in the report before, where it happened."""
    rule = filled.rules.get("recipient")
    if heads.RULE in filled.rules.values():
        return False  # only the network saw him there
    everyone = (*filled.actors, *filled.recipients)
    if any(len(m.drafts) > 1 for m in everyone) or any(m.rule == PLACE for m in filled.actors):
        return False
    if category not in heads.DEEDS and rule in (roles.INSIDE, roles.IMPLIED, "prep:in"):
        return False
    if category == "ASSAULT":  # who was killed in Brazil is not Brazil
        return candidate.token.pos_ != "VERB" or rule != "place"
    towns = {d.code for m in everyone if m.rule == PLACE for d in m.drafts}
    return not towns & {d.code for d in filled.drafts if d.kind != "state"}


def _only_named(candidate: Candidate) -> bool:
    """Whether a noun names the act and no verb carries it."""
    return candidate.token.pos_ == "NOUN" and candidate.carrier is None


def _is_topic(candidate: Candidate, filled: Roles) -> bool:
    """Whether one of those who "discuss" is only what is discussed: "will discuss the campaign" """
    objects = {c.i for thing in grammar.direct_objects(candidate.token) for c in grammar.conjuncts(thing)}
    return candidate.token.lemma_ == "discuss" and any(m.head in objects for m in (*filled.actors, *filled.recipients))


def _is_part(candidate: Candidate, filled: Roles) -> bool:
    """Whether who is said to act only describes whom it is done to: "an American soldier was killed" """
    hurt, doc = {m.head for m in filled.recipients}, candidate.token.doc
    return any(doc[m.head].head.i in hurt and doc[m.head].dep_ in ("amod", "compound") for m in filled.actors)


def _clear(scene: Scene, mention: Mention) -> bool:
    """Whether a word that points back can only mean the one person named there, and a phrase says who acts."""
    word = scene.doc[mention.head]
    if mention.rule == "the speaker" and word.lower_ in OURS:
        return mention.drafts[0].kind != "person"  # whom a politician's "we" means nobody says
    if mention.rule != "pronoun":
        return True
    if word.lower_ in VAGUE:
        return False
    before = scene.starts[max(0, bisect_right(scene.starts, word.i) - BACK - 1)]
    fits = (reference.GENDER.get(word.lower_), None)
    named = [d for m in scene.order if before <= m.start < word.i for d in m.drafts if d.kind == "person"]
    return len({d.id for d in named if d.pronoun in fits}) == 1


def _political(candidate: Candidate, filled: Roles, category: str) -> bool:
    """Whether those it tells of are parties of political life, and as many as the act needs."""
    drafts = filled.drafts
    if category in heads.DEEDS:
        return _is_deed(candidate, filled, category)
    if not any(d.code for d in drafts) or (category in MUTUAL and not (filled.actors and len(drafts) > 1)):
        return False
    if category == "CONSULT":
        return all(map(_public, drafts)) and candidate.sense.mode != "visit"  # a visit at home is none
    return any(_public(d) and d.kind != "state" for d in drafts) or len(drafts) < 2


def _is_deed(candidate: Candidate, filled: Roles, category: str) -> bool:
    """Whether a deed is one: a candidate's rally is no protest, and what politicians call an attack is talk."""
    if category == "PROTEST":
        return not any(d.sector in OFFICE for m in filled.actors for d in m.drafts)
    if category != "ASSAULT":
        return True
    objects = [c.i for thing in grammar.direct_objects(candidate.token) for c in grammar.conjuncts(thing)]
    if candidate.token.pos_ == "VERB" and not any(m.head in objects for m in filled.recipients):
        return False  # his mind is shot, not he
    hurt = [d for m in filled.recipients for d in m.drafts]
    armed = any(d.sector in ARMED for m in filled.actors for d in m.drafts)
    spoken = candidate.token.lemma_.lower() in ("attack", "assault", "target", "hit", "fight", "battle", "war")
    placed = all(d.kind in ("state", "place") for d in hurt)
    return bool(hurt) and (armed or not spoken or (placed and not filled.actors))


def _public(draft: Draft) -> bool:
    return draft.kind in ACTS or draft.sector in SECTORS
