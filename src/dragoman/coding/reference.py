"""Words that point back: pronouns, "the two sides", "the country", "his Algerian counterpart"."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from dragoman.coding.grammar import base, children, first_conjunct, preposition, subject
from dragoman.ontology.lexicon import load_lexicon

if TYPE_CHECKING:
    from dragoman.coding.mentions import Mention, Scene
    from dragoman.coding.register import Draft

PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers"})
GENDER = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
NEUTER = frozenset({"it", "its"})
OFFICIAL = frozenset({"GOV", "MIL"})  # sectors of those who speak for their state
PLURAL = frozenset({"they", "them", "their"})
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
PHRASES = frozenset({"nsubj", "obj", "iobj", "obl", "nmod"})
_MEETING = "minister president premier leader side party delegation negotiator interlocutor neighbour neighbor"
MEETING = frozenset(_MEETING.split())
POSSESSIVE = frozenset({"his", "its", "their"})
TOWARD = frozenset({"to", "for", "against", "from"})  # before whom an act is directed at
REACH = 3  # sentences a pronoun looks back over
PAIR_REACH = 9  # sentences "the two sides" look back over; the parties of a report are named often


def add(scene: Scene, token: Token) -> None:
    """Make a mention of a token that points back, if what it points to is known."""
    word = token.lower_
    if token.pos_ == "PRON" and word in PERSONAL | NEUTER | PLURAL:
        _pronoun(scene, token)
    elif token.lemma_ == "counterpart":
        _counterpart(scene, token)
    elif points_at_two(token) or points_at_dyad(scene, token):
        _pair(scene, token)
    elif token.lemma_.lower() in load_lexicon().country_mentions and _definite(token):
        _keep(scene, token, _country(scene, token), "country named before")


def _keep(scene: Scene, token: Token, drafts: tuple[Draft, ...], rule: str, *, office: str | None = None) -> None:
    from dragoman.coding.mentions import Mention

    if drafts:
        plural = len(drafts) > 1
        scene.add(Mention(drafts, token.i, token.i, token.i + 1, rule, office=office, plural=plural))


def _country(scene: Scene, token: Token) -> tuple[Draft, ...]:
    """ "the country": the state named last; "his country": that of whom the pronoun stands for"""
    own = possessor_code(scene, token)
    if own in scene.ontology.countries:
        return (scene.state(str(own)),)
    fitting = load_lexicon().kinds_of_state.get(token.lemma_.lower(), frozenset())
    return (_last(scene, token, ("state",), among=fitting) if fitting else ()) or _last(scene, token, ("state",))


def _pronoun(scene: Scene, token: Token) -> None:
    if token.lower_ in PERSONAL:
        drafts = _beside(scene, token) or _last(scene, token, ("person", "group") if _tells(token) else ("person",))
        for draft in drafts:
            draft.pronoun = draft.pronoun or GENDER[token.lower_]
    elif token.lower_ in NEUTER:
        drafts = _whose_he_is(scene, token) or _last(scene, token, ("state", "organisation"))
        drafts = drafts if base(token) != "expl" else ()
    else:
        drafts = _last_plural(scene, token)
    _keep(scene, token, drafts, "pronoun")


def _whose_he_is(scene: Scene, token: Token) -> tuple[Draft, ...]:
    """ "a Peruvian army spokesman denied that its jets had": in his words, till he names another, his state's"""
    reporting = load_lexicon().reporting_verbs if token.dep_ == "nmod:poss" else {}
    verbs = (a for a in token.ancestors if a.lemma_ in reporting and a.i < token.i)
    verb = next(verbs, None)
    held = [scene.at[s.i] for s in children(verb, "nsubj") if s.i in scene.at] if verb is not None else []
    draft = held[0].drafts[0] if len(held) == 1 and len(held[0].drafts) == 1 else None
    if verb is None or draft is None or draft.kind != "person" or draft.sector not in OFFICIAL:
        return ()
    named = any(m.start > verb.i and m.drafts[0].kind in ("state", "organisation") for m in scene.order)
    return (scene.state(str(draft.code)),) if draft.code in scene.ontology.countries and not named else ()


def _beside(scene: Scene, token: Token) -> tuple[Draft, ...]:
    """ "criticized X and his allies", "endorsed X and criticized his campaign": whose a thing beside a person is"""
    thing = token.head
    if token.dep_ != "nmod:poss" or base(thing) not in ("conj", "obj"):
        return ()
    first = thing.head if base(thing) == "conj" else None
    verb = thing.head if first is None else first.head
    before = children(verb.head, "obj") if first is None and base(verb) == "conj" and verb.head.i < verb.i else []
    held = (scene.at.get(word.i) for word in ([first] if first is not None else before))
    fits = (m for m in held if m is not None and len(m.drafts) == 1 and m.drafts[0].kind == "person")
    gender = GENDER.get(token.lower_)
    beside = first is None or base(first) in ("obj", "iobj", "obl")
    return next((m.drafts for m in fits if beside and m.drafts[0].pronoun in (None, gender)), ())


def _back(scene: Scene, token: Token, sentences: int) -> Iterator[tuple[int, Mention]]:
    """(sentences back, mention) of what was named before a token, the latest first."""
    starts = scene.starts[: bisect_right(scene.starts, token.i)][-sentences - 1 :]
    tells = _tells(token) and token.i not in scene.quoted
    for mention in reversed(scene.order):
        if starts and mention.start < starts[0]:
            return
        if tells and mention.head in scene.quoted:
            continue  # whom a speaker names in his words is not the speaker
        distance = sum(1 for start in starts if start > mention.start)
        yield distance, mention


def _tells(token: Token) -> bool:
    """Whether a pronoun is the subject of a verb of saying: "...", he points out."""
    return base(token) == "nsubj" and token.head.lemma_ in load_lexicon().reporting_verbs


def _last(
    scene: Scene, token: Token, kinds: tuple[str, ...], *, among: frozenset[str] = frozenset()
) -> tuple[Draft, ...]:
    """The latest subject of these kinds in the nearest sentence that names one, else the latest of them.

    ``among``: the countries that it can be, where not any.
    """
    nearest: list[Mention] = []
    at, own = None, _own_subjects(scene, token)
    for distance, mention in _back(scene, token, REACH):
        if mention.drafts[0].kind not in kinds or len(mention.drafts) > 1 or mention.drafts[0] in own:
            continue
        if mention.drafts[0].kind == "group" and not _says(scene.doc[mention.head]):
            continue
        if among and mention.drafts[0].code not in among:
            continue
        if GENDER.get(token.lower_, mention.drafts[0].pronoun) != (
            mention.drafts[0].pronoun or GENDER.get(token.lower_)
        ):
            continue
        if at is not None and distance != at:
            break
        at = distance
        nearest.append(mention)
    subjects = [m for m in nearest if _acts(scene.doc[m.head])]
    chosen = subjects[-1:] if subjects and at else subjects[:1] or nearest[:1]
    return chosen[0].drafts if chosen else ()


def _says(noun: Token) -> bool:
    """Whether somebody without a name is one man who speaks: "an embassy official said ... he added" """
    said = noun.tag_ == "NN" and base(noun) == "nsubj" and noun.head.lemma_ in load_lexicon().speech_verbs
    return said and noun.lemma_.lower() in load_lexicon().anonymous_nouns


def _own_subjects(scene: Scene, token: Token) -> list[Draft]:
    """Who a pronoun cannot be: the subject of its own verb ("X came and thanked him"), what its clause is said of."""
    if base(token) not in ("obj", "iobj", "obl") or token.lower_ in POSSESSIVE:
        return _clause_of(scene, token)
    inherited = subject(token.head) if token.head.pos_ == "VERB" else None
    own = children(token.head, "nsubj", "nsubj:pass") or ([inherited] if inherited is not None else [])
    held = (scene.at.get(s.i) for s in own)
    return [draft for mention in held if mention is not None for draft in mention.drafts]


def _clause_of(scene: Scene, token: Token) -> list[Draft]:
    """ "X, which it accuses": what the subject of a relative clause says something of is another than that subject"""
    described = token.head.dep_ == "acl:relcl" and base(token) == "nsubj"
    held = scene.at.get(token.head.head.i) if described else None
    return list(held.drafts) if held is not None else []


def _acts(token: Token) -> bool:
    """Whether a phrase is a subject, of its own clause or of the relative clause said of it ("X, who met Y")."""
    clauses = [c for c in children(token, "acl") if c.dep_ == "acl:relcl"]
    return base(token) == "nsubj" or any(s.lower_ == "who" for c in clauses for s in children(c, "nsubj"))


def other_than(scene: Scene, token: Token, speaker: Draft) -> tuple[Draft, ...]:
    """Whom a "he" or "she" in a speaker's own words stands for: anybody but the speaker."""
    gender = GENDER[token.lower_]
    for _, mention in _back(scene, token, REACH):
        draft = mention.drafts[0]
        fits = draft.kind == "person" and len(mention.drafts) == 1 and draft.pronoun in (None, gender)
        if fits and draft is not speaker:
            return mention.drafts
    return ()


def _is_subject(noun: Token) -> bool:
    return base(noun) == "nsubj"


def _heads_sentence(noun: Token) -> bool:
    """Whether a noun is the subject of a sentence, or of a clause joined to it: whom the next one goes on with."""
    return base(noun) == "nsubj" and base(first_conjunct(noun.head)) in ("ROOT", "root", "parataxis")


def _last_plural(scene: Scene, token: Token) -> tuple[Draft, ...]:
    """The latest that are more than one: for a subject the latest subject, if there is one."""
    subjects = _plurals(scene, token, subjects=True) if _is_subject(token) else ()
    return subjects or _plurals(scene, token, subjects=False) or _two_together(scene, token)


def _two_together(scene: Scene, token: Token) -> tuple[Draft, ...]:
    """ "X received Y. They discussed ...": of a sentence on two persons of different countries, both"""
    before = [m for distance, m in _back(scene, token, 1) if distance == 1] if _is_subject(token) else []
    people = [d for m in before for d in m.drafts if d.kind == "person" and d.code in scene.ontology.countries]
    both = tuple(dict.fromkeys(reversed(people)))
    return both if len(both) == 2 and len({d.code for d in both}) == 2 else ()


def _plurals(scene: Scene, token: Token, *, subjects: bool) -> tuple[Draft, ...]:
    for distance, mention in _back(scene, token, REACH - 1):
        if subjects and not (_heads_sentence if distance else _is_subject)(scene.doc[mention.head]):
            continue
        joined = [scene.at[c.i] for c in children(scene.doc[mention.head], "conj") if c.i in scene.at]
        if joined and base(scene.doc[mention.head]) in ("nsubj", "obj", "obl"):
            return tuple(dict.fromkeys(d for m in (mention, *joined) for d in m.drafts))
        if mention.plural:
            return mention.drafts
    return ()


def points_at_two(token: Token) -> bool:
    """ "the two sides", "both countries", "the three governments", "neither side", "each side" """
    return bool(_count(token))


def _count(token: Token) -> int:
    """How many parties a phrase points back at; 0 where it is no such phrase."""
    if base(token) in PHRASES and not children(token, "nmod", "conj", "acl"):
        if token.lower_ == "both" or (
            token.lower_ in ("pair", "duo") and any(c.lower_ == "the" for c in token.children)
        ):
            return 2  # "thanked both", "the pair signed"
        if token.lower_ in NUMBERS and any(c.lower_ == "the" for c in token.children):
            return NUMBERS[token.lower_]  # "the first meeting of the two"
    if token.lemma_.lower() not in load_lexicon().paired_nouns or children(token, "amod", "nmod:poss", "compound"):
        return 0
    words = {c.lower_ for c in token.children}
    if token.tag_ in ("NN", "NNP"):
        return 2 if words & {"neither", "either", "each"} else 0
    if "both" in words:
        return 2
    definite = bool(words & {"the", "these", "those", "their"}) or token.lemma_.lower() in ("country", "side")
    return next((n for word, n in NUMBERS.items() if word in words), 0) if definite else 0


def points_at_dyad(scene: Scene, token: Token) -> bool:
    """ "The ministers agreed": officials without a number, in a report that has been of two countries so far"""
    several = token.tag_ in ("NNS", "NNPS") and token.lemma_.lower() in MEETING
    others = [c for c in token.children if base(c) in ("amod", "nmod", "compound", "nummod", "acl", "appos", "conj")]
    return several and not others and any(c.lower_ == "the" for c in token.children) and bool(dyad(scene, token.i))


def _pair(scene: Scene, token: Token) -> None:
    """The parties named most often, those of the last sentences before others."""
    best = pair_codes(scene, token) if points_at_two(token) else dyad(scene, token.i)
    if best:
        _keep(scene, token, tuple(scene.state(code) for code in sorted(best)), "the parties named before")


def pair_codes(scene: Scene, token: Token) -> list[str]:
    """The countries that "the two sides" or "both countries" are, if as many are known."""
    wanted = _count(token)
    here = _named_here(scene, token)
    if len(here) == wanted:
        return here
    counts: dict[str, float] = {}
    others = {_giver(scene, token), *_done_to(scene, token)}
    for distance, mention in _back(scene, token, PAIR_REACH):
        for draft in mention.drafts:
            if draft.code in scene.ontology.countries and draft.kind != "place" and draft.code not in others:
                joined = base(scene.doc[mention.head]) == "conj" or bool(children(scene.doc[mention.head], "conj"))
                weight = (1 + joined) / (1 + distance / 2)
                counts[str(draft.code)] = counts.get(str(draft.code), 0) + weight
    best = sorted(counts, key=lambda code: (-counts[code], code))[:wanted]
    return best if len(best) == wanted else []


def _giver(scene: Scene, token: Token) -> str | None:
    """ "X sent tents to the two countries": who does it is neither of those it is done to"""
    first = first_conjunct(token)
    thing = first
    while base(thing) == "nmod" and thing.head.i < thing.i:
        thing = thing.head
    if base(first) not in ("obj", "iobj") and (preposition(first) not in TOWARD or base(thing) not in ("obl", "obj")):
        return None
    held = (scene.at.get(s.i) for s in children(thing.head, "nsubj"))
    return next((m.drafts[0].code for m in held if m is not None and len(m.drafts) == 1), None)


def _done_to(scene: Scene, token: Token) -> set[str | None]:
    """ "the two sides thanked X": a country that something is done to is none of those who do it"""
    objects = children(token.head, "obj") if base(token) == "nsubj" else []
    found = (scene.found.names[thing.i] for thing in objects if thing.i in scene.found.names)
    return {name.code for _, names in found for name in names}


def _named_here(scene: Scene, token: Token) -> list[str]:
    """The countries of the officials that the sentence has named: "X called Y, and the two leaders agreed" """
    codes: list[str] = []
    for distance, mention in _back(scene, token, 0):
        if distance == 0 and mention.drafts[0].kind == "person":
            codes += [str(d.code) for d in mention.drafts if d.code in scene.ontology.countries]
    return sorted(set(codes))


def _counterpart(scene: Scene, token: Token) -> None:
    """ "his Algerian counterpart": who holds the same office there"""
    held = counterpart(scene, token)
    if held is None or any(base(c) == "appos" and c.ent_type_ == "PER" for c in token.children):
        return
    code, office, sector = held
    draft = scene.register.named(
        "person", f"{office or 'counterpart'} of {scene.ontology.countries[code].name}", code=code
    )
    draft.sector = draft.sector or sector
    _keep(scene, token, (draft,), "counterpart", office=office)


def counterpart(scene: Scene, token: Token) -> tuple[str, str | None, str | None] | None:
    """(country, office, sector) of a counterpart: the office of the last official named who is another state's."""
    codes = [scene.modifiers[c.i].drafts[0].code for c in token.children if c.i in scene.modifiers]
    if not codes or codes[0] not in scene.ontology.countries:
        return None
    known = next((m for _, m in _back(scene, token, 2) if m.office and m.drafts[0].code != codes[0]), None)
    return str(codes[0]), known.office if known else None, known.drafts[0].sector if known else None


def salient(scene: Scene) -> list[str]:
    """The countries named so far, the most often named first."""
    counts: dict[str, int] = {}
    for mention in scene.order:
        for draft in mention.drafts:
            if draft.code in scene.ontology.countries:
                counts[str(draft.code)] = counts.get(str(draft.code), 0) + 1
    return sorted(counts, key=lambda code: (-counts[code], code))


def dyad(scene: Scene, before: int) -> list[str]:
    """The two countries that a report is of up to a token: named at least twice, and twice as often as any third."""
    counts = Counter(
        str(draft.code)
        for mention in scene.order
        for draft in mention.drafts
        if mention.start < before and draft.kind != "place" and draft.code in scene.ontology.countries
    ).most_common(3)
    third = counts[2][1] if len(counts) > 2 else 0
    told = len(counts) > 1 and counts[1][1] >= max(2, 2 * third)
    return sorted(code for code, _ in counts[:2]) if told else []


def _definite(token: Token) -> bool:
    lexicon = load_lexicon()
    singular = token.tag_ in ("NN", "NNP")
    return singular and any(c.lower_ in lexicon.determiners for c in children(token, "det", "nmod"))


def possessor_code(scene: Scene, token: Token) -> str | None:
    """The country of whom a phrase belongs to by a pronoun ("its troops")."""
    for child in children(token, "nmod"):
        if child.dep_ != "nmod:poss":
            continue
        if child.lower_ == "whose":
            return _antecedent_code(scene, token)
        if child.lower_ in PERSONAL:
            drafts = _last(scene, child, ("person",))
            return drafts[0].code if drafts else None
        if child.lower_ in NEUTER:
            drafts = _last(scene, child, ("state", "organisation", "person"))
            return drafts[0].code if drafts else None
    return None


def _antecedent_code(scene: Scene, token: Token) -> str | None:
    """The country of what a relative clause is said of: "Peru, whose parliament was hacked" """
    verb = token.head
    held = scene.at.get(verb.head.i) if verb.dep_ == "acl:relcl" else None
    return held.drafts[0].code if held is not None else None
