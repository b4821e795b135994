"""Who stands in which place of a cue: actors and recipients, each with the rule that found them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.coding import apposed, counterparts, deeds, described, grammar, reference, taken_up, understood
from dragoman.coding.cues import NOT_OBJECTS, Candidate, obliques
from dragoman.coding.grammar import base, children
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.owners import acting as acting
from dragoman.coding.owners import owners as owners
from dragoman.coding.places import INNER, ahead, hit_by, is_place, joined_with, tokens_at, town_before
from dragoman.coding.register import Draft
from dragoman.model import Party
from dragoman.ontology.cues import load_cues
from dragoman.ontology.lexicon import load_lexicon

PLACE_PREPS = frozenset(
    {"to", "in", "at", "for", "into", "near", "on", "inside", "across", "through", "over", "with", ""}
)
JOINT = ("with", "between", "and", "among", "alongside", "together with", "along with")
IMPLIED, INSIDE = "implied by the report before", "inside its object"  # rules that make a recipient less sure
OFFERED = frozenset({"AID", "AGREE"})
OF_ITS_OWN = frozenset({"MOBILIZE", "RETREAT"})  # whose troops are sent or withdrawn sends or withdraws them
_SIDES = "side party delegation delegate negotiator country neighbour neighbor nation interlocutor"
SIDES = frozenset(_SIDES.split())
MEANWHILE = frozenset({"after", "during", "in", "at", "following", "before", "ahead of", "prior to", "on"})
MEMBERS = frozenset({"member", "veteran", "employee", "staffer", "alumnus", "committeewoman", "committeeman"})
LASTING = frozenset({"hour", "day", "week", "month", "year", "round", "series"})  # "after three hours of talks"
LOCATIVE = frozenset({"in", "at", "near", "from", "across", "outside", "inside"})
RECEIVING = frozenset({"receive", "get", "face", "draw", "attract", "suffer", "undergo", "meet", "spark", "prompt"})
RECEIVED = frozenset({"AID", "COOPERATE", "SANCTION"})  # hardly an event without a recipient
SURE = 0.6  # weight from which a cue of what somebody receives is one though it is not told who
MEANS = frozenset({"through", "via"})  # "protested through its embassy"
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "PRE"})
BETWEEN_STATES = frozenset({"IGO", "UNO", "EUR"})
HARMS = frozenset({"ASSAULT", "COERCE"})
DEED_PLACES = ("subject", "object")
INNER_DEPTH = 4  # nouns deep: "support for the expansion of military relations between the two countries"


@dataclass
class Roles:
    """Mentions by role; ``rules`` says, by role, which place each came from."""

    actors: list[Mention] = field(default_factory=list)
    recipients: list[Mention] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)

    @property
    def drafts(self) -> list[Draft]:
        """Every distinct party."""
        return list(dict.fromkeys(d for m in (*self.actors, *self.recipients) for d in m.drafts))


def fill(
    scene: Scene, candidate: Candidate, before: Sequence[Party] = (), rivals: Sequence[Party] = ()
) -> Roles | None:
    """The parties of a cue, or None where fewer are known than its sense demands.

    ``before`` are the parties of the report before, for what an act takes up ("rejected the accusation"); ``rivals``
    are they where it tells of a conflict.
    """
    sense, roles = candidate.sense, Roles()
    roles.actors = _first(scene, candidate, _actor_places(candidate), roles, "actor")
    if not roles.actors and sense.event in OF_ITS_OWN and grammar.is_passive(candidate.predicate):
        roles.actors = _first(scene, candidate, ("object",), roles, "actor")
    if sense.symmetric:
        _join(scene, candidate, roles)
    else:
        _receive(scene, candidate, roles)
    if not roles.actors and not sense.symmetric and sense.event == "CONSULT" and candidate.carrier is None:
        roles.actors = list(_attending(scene, candidate))
        roles.rules["actor"] = "attending"
    _separate(roles, promised=sense.event == "AGREE")
    _leave_out(candidate, roles)
    if sense.symmetric and (not roles.drafts or any(m.plural and not m.drafts[0].code for m in roles.actors)):
        _taken_up(scene, candidate, roles, before)
    if roles.actors and not roles.recipients and not sense.symmetric and len(roles.drafts) < 2:
        _implied(scene, candidate, roles, before, rivals)
    if not roles.actors and roles.recipients:
        roles.actors = counterparts.behind_passive(scene, candidate, roles, rivals)
    known = [d for d in roles.drafts if d.code or d.sector or d.kind == "person"]
    if (sense.demand and not _of_others(roles)) or counterparts.of_himself(scene, candidate, roles):
        return None
    wanted = 1 if sense.parties == 2 and _alone(scene, candidate, roles) else max(1, sense.parties)
    if len(known) < wanted or not any(d.code or d.sector for d in known):
        return _described(scene, candidate, roles) or _left_open(scene, candidate, roles)
    return roles if roles.actors or roles.recipients else None


def _leave_out(candidate: Candidate, roles: Roles) -> None:
    """Take out whom the kind of act rules out."""
    if candidate.sense.event == "ACCUSE":  # whom a deed hit is not who is blamed for it
        roles.recipients = deeds.unhurt(roles.recipients, candidate.token)
    if candidate.sense.event == "ASSAULT":  # "the bombing of the embassy that killed ten": nor does he do the deed
        roles.actors = deeds.unhurt(roles.actors, candidate.token)
    roles.recipients = counterparts.not_own(candidate, roles)


def _left_open(scene: Scene, candidate: Candidate, roles: Roles) -> Roles | None:
    """The roles as they are, where the act is told though its parties are left to be understood."""
    named = roles.actors or (roles.recipients and understood.hides_who(candidate))
    return roles if named and understood.tells(scene, candidate, roles.drafts) else None


def _receive(scene: Scene, candidate: Candidate, roles: Roles) -> None:
    """Whom it is done to: a number of people, who stands in a place of the sense, else where or in what it is done."""
    sense = candidate.sense
    if _named_thing(scene, candidate):
        return
    roles.recipients = _numbered(scene, candidate, roles)
    if not roles.recipients:
        roles.recipients = _first(scene, candidate, _recipient_places(candidate), roles, "recipient")
    if not roles.recipients and sense.mode == "third-party":
        roles.recipients = _brought_together(scene, candidate, roles)
    if not roles.recipients and sense.place_recipient:
        roles.recipients = _places(scene, candidate, roles)
    if not roles.recipients and sense.recipient:
        _inner(scene, candidate, roles)


def _named_thing(scene: Scene, candidate: Candidate) -> bool:
    """ "criticized the Clean Air Act for X": what it is done to has a name and is nobody's, and X is not it either"""
    if candidate.token.pos_ != "VERB" or candidate.sense.recipient[:1] != ("object",):
        return False
    things = grammar.direct_objects(candidate.token)
    return bool(things) and all(
        t.tag_ in ("NNP", "NNPS") and t.i not in scene.at and t.i not in scene.modifiers and not list(owners(scene, t))
        for t in things
    )


def _numbered(scene: Scene, candidate: Candidate, roles: Roles) -> list[Mention]:
    """ "At least 74 were killed in Nairobi": people, whom the place is not"""
    if candidate.sense.event not in HARMS or candidate.sense.pos != "VERB":
        return []
    roles.rules["recipient"] = "object"
    return list(described.number_of_people(scene, tokens_at(candidate, "object")))


def _described(scene: Scene, candidate: Candidate, roles: Roles) -> Roles | None:
    """The roles with those filled who are known by their words alone, where the cue is sure enough by itself."""
    if not described.stands_alone(scene, candidate):
        return None
    for role, held, place in (("actor", roles.actors, "subject"), ("recipient", roles.recipients, "object")):
        if not held:
            held += described.people(scene, tokens_at(candidate, place), candidate)
            roles.rules[role] = place
    return roles if roles.actors or roles.recipients else None


def _of_others(roles: Roles) -> bool:
    """Whether what "must" be done is asked of another country, not of one's own."""
    own = {d.code for m in roles.actors for d in m.drafts}
    return any(d.code and d.code not in own for m in roles.recipients for d in m.drafts)


def _alone(scene: Scene, candidate: Candidate, roles: Roles) -> bool:
    """Whether the act of a state is told without its other party, in a report that names another country."""
    sense = candidate.sense
    hosted = sense.event == "CONSULT" or (sense.event in RECEIVED and sense.weight < SURE)
    if sense.symmetric or hosted or scene.at_home or len(roles.actors) != 1:
        return False
    actor = roles.actors[0].drafts[0]
    official = actor.kind == "state" or actor.sector in OFFICIAL or (actor.code or "") in BETWEEN_STATES
    return bool(actor.code) and official and any(code != actor.code for code in scene.first)


def _actor_places(candidate: Candidate) -> tuple[str, ...]:
    """The subject of a light verb acts, unless the verb says that it is acted on ("received a visit")."""
    carrier = candidate.carrier
    if carrier is None or carrier.lemma_ in RECEIVING:
        return candidate.sense.actor
    return ("subject", *candidate.sense.actor)


def _recipient_places(candidate: Candidate) -> tuple[str, ...]:
    """Of a noun under "draw" or "face" the subject is who it is done to, where it says nobody else."""
    carrier = candidate.carrier
    received = carrier is not None and carrier.lemma_ in RECEIVING
    return (*candidate.sense.recipient, "subject") if received else candidate.sense.recipient


def _first(scene: Scene, candidate: Candidate, places: tuple[str, ...], roles: Roles, role: str) -> list[Mention]:
    doer = grammar.subject(candidate.token) if role == "recipient" else None
    doers = {d for m in roles.actors for d in m.drafts}  # nobody acts on himself: "promised to cut its tariffs on X"
    for place in places:
        tokens = [t for t in tokens_at(candidate, place) if place != "owner" or t != doer]
        of_doer = role == "actor" and place == "owner" and "subject" not in candidate.sense.recipient
        if of_doer and candidate.token.pos_ == "VERB":
            tokens = list(tokens_at(candidate, "subject"))  # whose jets bomb bombs, not whose village they bomb
        found = [m for token in tokens for m in _parties(scene, token, place) if not doers.issuperset(m.drafts)]
        if found:
            roles.rules[role] = place
            return _before_its_clause(candidate, found) if place == "subject" else found
    return []


def _before_its_clause(candidate: Candidate, found: list[Mention]) -> list[Mention]:
    """ "rivals - A, who has accused B, and C": whom the list goes on with after a clause on one of them is not in it"""
    cue = candidate.token
    return [m for m in found if m.head < cue.i] or found if cue.dep_ == "acl:relcl" else found


def _parties(scene: Scene, token: Token, place: str) -> Iterator[Mention]:
    """The mentions a phrase stands for: itself and what it is joined with, else who owns the thing it names."""
    if place == "owner":
        yield from owners(scene, token)
        return
    for word in apposed.joined(scene, grammar.counted(token)):
        if place in DEED_PLACES and deeds.is_deed(word):
            yield from doers(scene, word)
            continue
        mention = apposed.called(scene, word) or scene.at.get(word.i)
        if mention is not None and place == "subject" and mention.drafts[0].kind == "place":
            continue  # a town acts for nobody; a capital that does is a name of its government
        if mention is not None and mention.drafts[0].kind == "place" and mention.drafts[0].code is None:
            continue  # a square or a monument is no party
        if mention is not None:
            yield acting(scene, mention)
        elif not word.ent_type_:
            found = [m for m in owners(scene, word) if not only_employs(m, word)]
            found = [described.somebody(scene, word, m) for m in found]
            yield from found or (_senders(scene, word) if place == "subject" else ())
            yield from () if found else _writers(scene, word)


def _senders(scene: Scene, thing: Token) -> Iterator[Mention]:
    """ "X sent two helicopters, which bombed": who sends what acts there acts by it"""
    verb = thing.head
    if base(thing) == "obj" and any(s.event == "MOBILIZE" for s in load_cues().find(verb.lemma_, "VERB")):
        sender = grammar.subject(verb)
        yield from _parties(scene, sender, "subject") if sender is not None else ()


def _writers(scene: Scene, paper: Token) -> Iterator[Mention]:
    """ "a note from Peru which asked Chile to leave": whose a paper is says what it says"""
    known = paper.lemma_.lower() in load_lexicon().papers
    written = [t for p, t in grammar.obliques(paper) if p in ("from", "by")] if known else []
    yield from (acting(scene, scene.at[t.i]) for t in written if t.i in scene.at)


def only_employs(owner: Mention, noun: Token) -> bool:
    """Whether an organisation is only whose man somebody is: "the former Army psychiatrist who killed ..." """
    one = described.names_people(noun) or noun.lemma_.lower() in MEMBERS
    return owner.drafts[0].kind == "organisation" and noun.tag_ in ("NN", "NNS") and one


def doers(scene: Scene, deed: Token) -> list[Mention]:
    """Those who are told to have done a deed that itself stands in a party's place."""
    found = (scene.at.get(word.i) or scene.modifiers.get(word.i) for word in deeds.doers(deed))
    return [acting(scene, mention) for mention in found if mention is not None]


def _join(scene: Scene, candidate: Candidate, roles: Roles) -> None:
    """Every party of a symmetric act is an actor: subjects, objects, owners, those it is "with" or "between"."""
    found = list(roles.actors)
    for word in _existential(candidate.token):
        found += _parties(scene, word, "existential")
    owner = ("owner",) if candidate.token.pos_ == "NOUN" else ()  # "the two discussed the Syrian crisis": not Syria
    for place in ("subject", *owner, *candidate.sense.recipient, *(f"prep:{p}" for p in JOINT)):
        for token in tokens_at(candidate, place):
            found += _parties(scene, token, place) if not _is_where(candidate.token, token) else ()
    found += [owner for m in found if m.rule == "agent" for owner in _shares(scene, m)]
    for seek in (_beyond_place, _colleagues, _attending, understood.hosts):
        if len({d for m in found for d in m.drafts}) < 2:
            found += seek(scene, candidate)
    seen: dict[Draft, Mention] = {}
    for mention in found:
        for draft in mention.drafts:
            seen.setdefault(draft, mention)
    roles.actors = list(dict.fromkeys(seen.values()))
    roles.rules["actor"] = "symmetric"


def _is_where(verb: Token, token: Token) -> bool:
    """ "to Geneva, where X met Y": the place that a clause says something happened in"""
    said = verb.dep_ == "acl:relcl" and verb.head.i == token.i
    return said and any(child.lower_ == "where" for child in verb.children)


def _shares(scene: Scene, group: Mention) -> Iterator[Mention]:
    """ "Saudi and Houthi negotiators": every one whose people a group is, its own country apart"""
    owned = list(owners(scene, scene.doc[group.head])) if len(group.drafts) == 1 else []
    yield from (m for m in owned if len(owned) > 1 and m.drafts[0].code != group.drafts[0].code)


def _beyond_place(scene: Scene, candidate: Candidate) -> Iterator[Mention]:
    """ "held talks in the Great Hall of the People with X": a parse may hang whom one meets on where one meets"""
    for _, place in obliques(candidate):
        for below in grammar.subtree(place):
            if below.i != place.i and base(below) == "nmod" and grammar.preposition(below) == "with":
                yield from _parties(scene, below, "with")


def _colleagues(scene: Scene, candidate: Candidate) -> Iterator[Mention]:
    """ "telephoned his counterparts in X and Y": those whom only their place names"""
    for thing in grammar.direct_objects(candidate.token):
        if thing.i not in scene.at and thing.lemma_ in load_lexicon().colleagues:
            for preposition, place in grammar.obliques(thing):
                if preposition in ("in", "from", "of", "at"):
                    yield from _parties(scene, place, "place")


def _attending(scene: Scene, candidate: Candidate) -> Iterator[Mention]:
    """ "X said after a meeting with Y", "signed it after hours of talks": who acts then and there attended"""
    noun = grammar.first_conjunct(candidate.token)
    while base(noun) == "nmod" and (grammar.counted(noun.head).i == noun.i or noun.head.lemma_ in LASTING):
        noun = noun.head
    verb = noun.head
    if candidate.token.pos_ != "NOUN" or base(noun) != "obl":
        return
    if grammar.preposition(noun) not in MEANWHILE and not understood.there_for(noun):
        return
    subject = grammar.subject(verb)
    if subject is not None:
        yield from _parties(scene, subject, "subject")


def _brought_together(scene: Scene, candidate: Candidate, roles: Roles) -> list[Mention]:
    """ "A and B freed captives in an exchange mediated by C": C mediates between those who act in it"""
    for noun in grammar.direct_objects(candidate.token):
        subject = grammar.subject(noun.head) if noun.head.pos_ == "VERB" and noun.head.i != candidate.token.i else None
        found = list(_parties(scene, subject, "subject")) if subject is not None else []
        if found:
            roles.rules["recipient"] = "brought together"
            return found
    return []


def _existential(noun: Token) -> Iterator[Token]:
    """ "X, where there is cooperation with Y", "in X there is ...": X is a party to what there is"""
    head = noun.head
    if base(noun) != "nsubj" or not children(head, "expl"):
        return
    if head.dep_ == "acl:relcl" and any(c.lower_ == "where" for c in head.children):
        yield grammar.first_conjunct(head.head)
    yield from (t for p, t in grammar.obliques(head) if p == "in")


def _places(scene: Scene, candidate: Candidate, roles: Roles) -> list[Mention]:
    """A country or city as goal or place of the act."""
    tokens = [t for p, t in obliques(candidate) if p in PLACE_PREPS]
    tokens += (
        grammar.direct_objects(candidate.token)
        if candidate.token.pos_ == "VERB"
        else understood.where_for(candidate.token)
    )
    for token in tokens:
        for word in grammar.conjuncts(token):
            mention = scene.at.get(word.i)
            if mention is not None and mention.drafts[0].kind in ("state", "place") and mention.drafts[0].code:
                roles.rules["recipient"] = "place"
                return [acting(scene, scene.at[c.i]) for c in grammar.conjuncts(token) if c.i in scene.at]
    found = town_before(scene, candidate) if candidate.sense.event in HARMS else []
    roles.rules |= {"recipient": "place"} if found else {}
    return found


def _inner(scene: Scene, candidate: Candidate, roles: Roles) -> None:
    """Failing a party in its own place, the one inside what the act is about."""
    taken = {d.code for m in roles.actors for d in m.drafts}
    places = [
        t for p, t in obliques(candidate) if not (p in LOCATIVE and is_place(scene, t)) and p not in NOT_OBJECTS | MEANS
    ]
    for token in [
        *(t for t in grammar.direct_objects(candidate.token) if t.i in scene.at or not described.names_people(t)),
        *places,
        *([candidate.token] if candidate.token.pos_ == "NOUN" else []),
        *ahead(scene, candidate),
    ]:
        found = list(_inside(scene, token, INNER_DEPTH))
        for mention in found:
            if any(d.code and d.code not in taken for d in mention.drafts):
                roles.recipients = [mention, *joined_with(scene, mention, found)]
                roles.rules["recipient"] = INSIDE
                return
    _concerned(scene, candidate, roles, taken)


def _concerned(scene: Scene, candidate: Candidate, roles: Roles, taken: set[str | None]) -> None:
    """ "cancelled the loans that X was to repay", "put curbs that bar trade with X": whom the relative clause names"""
    things = [t for noun in grammar.direct_objects(candidate.token) for t in (noun, *_of_it(noun))]
    for thing in (*things, *(later := ahead(scene, candidate))):
        for clause in (c for c in thing.children if c.dep_ == "acl:relcl"):
            subject = grammar.subject(clause)
            found = list(_parties(scene, subject, "subject")) if subject is not None and subject.i != thing.i else []
            if not found and (candidate.sense.event == "SANCTION" or later):
                found = [m for hit in hit_by(clause, thing) for m in _inside(scene, hit, INNER_DEPTH)][:1]
            if any(d.code and d.code not in taken for m in found for d in m.drafts):
                roles.recipients, roles.rules["recipient"] = found, INSIDE
                return


def _of_it(noun: Token) -> Iterator[Token]:
    """ "parts of the plan": the thing that a part or an aspect is of"""
    yield from (c for c in children(noun, "nmod") if grammar.preposition(c) == "of")


def _implied(
    scene: Scene, candidate: Candidate, roles: Roles, before: Sequence[Party], rivals: Sequence[Party]
) -> None:
    """An act on an act named before is on whose that was: "Ethiopia rejected the accusation", "condemned the test"."""
    codes = {d.code for d in roles.drafts}
    met = taken_up.partner(scene, candidate, codes)
    if met is not None:
        roles.recipients, roles.rules["recipient"] = [met], "whom the verb before is done with"
        return
    other = taken_up.owner_before(scene, candidate, codes)
    if other is None and (taken_up.takes_up(scene, candidate) or _offers(scene, candidate, roles)):
        other = next((str(p.code) for p in before if p.code in scene.ontology.countries and p.code not in codes), None)
    other = other or counterparts.counterpart(scene, candidate, roles, rivals)
    if other is not None:
        token = next(iter(grammar.direct_objects(candidate.token)), candidate.token)  # the words that take it up
        roles.recipients = [Mention((counterparts.draft_of(scene, other),), *_word(token), "implied")]
        roles.rules["recipient"] = IMPLIED


def _offers(scene: Scene, candidate: Candidate, roles: Roles) -> bool:
    return (
        scene.between_states
        and candidate.sense.event in OFFERED
        and all(d.code in scene.ontology.countries or d.code in BETWEEN_STATES for d in roles.drafts)
    )


def _taken_up(scene: Scene, candidate: Candidate, roles: Roles, before: Sequence[Party]) -> None:
    """ "The delegations will meet again", "two accords were signed": both parties of the report before, else the two
    countries that the report has been of so far
    """
    codes = sorted({str(p.code) for p in before if p.code in scene.ontology.countries})
    group = next((m for m in roles.actors if m.plural), None)
    subject = grammar.subject(candidate.predicate)
    plural = scene.is_dispatch and subject is not None and subject.tag_ == "NNS"
    told = plural and subject is not None and subject.lemma_.lower() in SIDES
    nobody = not roles.actors and (told or (subject is None and understood.asserts(candidate)))
    sides = scene.doc[group.head].lemma_.lower() in SIDES if group else told or grammar.is_passive(candidate.token)
    if len(codes) != 2 and scene.between_states and sides:
        codes = reference.dyad(scene, candidate.token.i)
    if len(codes) != 2 or not (group or nobody) or (candidate.sense.event == "ASSAULT" and not sides):
        return
    head, start, end = (group.head, group.start, group.end) if group else _word(candidate.token)
    drafts = tuple(scene.state(code) for code in codes)
    roles.actors = [Mention(drafts, head, start, end, "implied", plural=True)]
    roles.rules["actor"] = "the parties of the report before"


def _word(token: Token) -> tuple[int, int, int]:
    return token.i, token.i, token.i + 1


def _inside(scene: Scene, token: Token, depth: int) -> Iterator[Mention]:
    mention = scene.at.get(token.i)
    if mention is not None:
        yield acting(scene, mention)
        return
    yield from owners(scene, token)
    if depth and token.lower_ in ("those", "anyone", "everyone", "all"):
        for clause in children(token, "acl"):
            for _, below in grammar.obliques(clause):
                yield from _inside(scene, below, depth - 1)
    if depth:
        for child in token.children:
            joined = base(child) == "conj"
            if joined or (base(child) in ("nmod", "obl") and grammar.preposition(child) in INNER):
                yield from _inside(scene, child, depth - 1)


def _separate(roles: Roles, *, promised: bool) -> None:
    """Nobody acts on himself: a recipient that is also an actor is only an actor; "the two" lose the actor."""
    acting = {d for m in roles.actors for d in m.drafts}
    codes = {d.code for d in acting if d.code}
    kept = []
    for mention in roles.recipients:
        if len(mention.drafts) > 1:
            mention = Mention(
                tuple(d for d in mention.drafts if d.code not in codes),
                mention.head,
                mention.start,
                mention.end,
                mention.rule,
                mention.office,
                mention.plural,
            )
        drafts = [d for d in mention.drafts if d not in acting]
        if promised and mention.rule == "agent" and codes.issuperset(d.code for d in drafts):
            continue  # "pledged to bolster its army"
        same_state = all(d.kind == "state" and d.code in codes for d in drafts)
        if drafts and not same_state:
            kept.append(mention)
    roles.recipients = kept
