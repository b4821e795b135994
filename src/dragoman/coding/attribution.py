"""On whose word: who says what in a Doc, and which words that covers.

A content is the clause a reporting verb governs, the sentence it closes, the rest of the sentence beside "according
to", the clause beside a noun ("reports that"), or a quotation; a quotation that runs on belongs to the last speaker of
its paragraph or the one before. Where these rules name no source or find no content, the reader's own attributions
stand in (:mod:`dragoman.coding.marked`); ``Saying.rule`` tells which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from dragoman.coding import contents, grammar
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import base, children
from dragoman.coding.marked import Marked, marked
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.quotes import adjoining, breaks, share
from dragoman.coding.reference import GENDER, other_than
from dragoman.coding.register import Draft
from dragoman.coding.saying import Saying, covering, parent_of
from dragoman.coding.sources import NOBODY, Source, issuer, passed_on_by, source_of, unnamed
from dragoman.model import AttributionKind
from dragoman.ontology.lexicon import load_lexicon

READER = "the reader's attribution"
OURSELVES = frozenset({"i", "we", "us"})
PLURAL = frozenset({"we", "our", "us"})
OFFICIAL = frozenset({"GOV", "MIL"})
ADVERB = "an adverb"
LEAST_QUOTE = 6  # tokens of a quotation that runs on: a shorter one is a word the report only sets off


def sayings(scene: Scene) -> list[Saying]:
    """Every attribution of a Doc in text order, quotations joined and nesting known."""
    quotes = scene.quotes
    read = marked(scene.doc)
    found: list[Saying] = []
    for sentence in scene.doc.sents:
        own = [s for token in sentence for s in _at(scene, token, found, read)]
        found += [_closed(scene.doc, _widened(s, quotes), quotes) for s in own]
    found += [s for each in dict.fromkeys(read.values()) for s in _of_reader(scene, each, found)]
    found += _running(scene, quotes, found)
    found = [s for s in found if s.sources or s.rule != ADVERB or not _said(s, found)]
    found = [s for s in found if not any(scene.doc[m.head].lower_ == "you" for m in s.sources)]  # the hearer
    for saying in found:
        saying.parent = saying.parent or parent_of(found, saying)
    return found


def _said(adverb: Saying, found: Sequence[Saying]) -> bool:
    """Whether somebody who is named says the "reportedly": then it is his word all the same."""
    cue = adverb.cue
    return cue is not None and any(cue.i in s.content for s in found if s.sources)


def judgement(scene: Scene, candidate: Candidate) -> Saying | None:
    """ "X considers Y a partner": what somebody is held to be stands on the word of who holds it.

    To call somebody a liar, or for his resignation, is an act of its own, which the report tells.
    """
    verb = candidate.token
    if candidate.sense.event in ("ACCUSE", "REJECT", "REQUEST"):
        return None
    calls = not children(verb, "obj") and any(p in ("on", "upon", "for") for p, _ in grammar.obliques(verb))
    judging = verb.lemma_ in load_lexicon().judging_verbs and verb.pos_ == "VERB" and not calls
    holder = grammar.subject(verb) if judging else None
    content = frozenset(t.i for c in children(verb, "xcomp", "obj", "obl", "ccomp") for t in c.subtree)
    if holder is None or holder.i not in scene.at or not content:
        return None
    return Saying((scene.at[holder.i],), content, verb, rule="a judgement")


def stands_apart(saying: Saying, token: Token) -> bool:
    """Whether a word stands in a relative clause of what somebody only hopes or speaks of.

    "Hoped for aid to a town where blasts had killed ten", "stressed her part in the raid that killed him": that is the
    report's own. What he says with a clause of his own is his, to its last relative clause.
    """
    verb, lexicon = saying.cue, load_lexicon()
    if verb is None or not _in_relative(saying, token):
        return False
    if verb.pos_ != "VERB":
        return saying.rule == ADVERB  # "reportedly had a letter from the king, whom he met on Monday"
    thinks = verb.lemma_ in lexicon.mental_verbs and verb.lemma_ not in lexicon.speech_verbs
    clauses = any(c.i in saying.content for c in children(verb, "ccomp", "xcomp", "parataxis"))
    names = any(c.i in saying.content for c in children(verb, "obj", "obl"))
    return thinks or (names and not clauses)


def _in_relative(saying: Saying, token: Token) -> bool:
    """Whether a finite relative clause of a content, on a noun of it, holds a token."""
    above = [at for at in grammar.ancestors(token) if at.i in saying.content]
    told = (at for at in above if at.dep_ == "acl:relcl" and at.head.i in saying.content and grammar.is_past(at))
    return any(not any(m.lower_ == "that" for m in children(at, "mark")) for at in told)  # "the report that X fled"


def kind_of(saying: Saying, quotes: Sequence[frozenset[int]], doc: Doc) -> AttributionKind:
    """direct: all of it in quotation marks; mixed: some of it; document: a paper speaks; else indirect."""
    if saying.document:
        return "document"
    words = [i for i in saying.content if not doc[i].is_punct and not doc[i].is_space]
    inside = share(words, quotes)
    return "direct" if inside >= 0.9 else "mixed" if inside else "indirect"


def _at(scene: Scene, token: Token, before: list[Saying], read: Mapping[int, Marked]) -> Iterator[Saying]:
    lexicon = load_lexicon()
    if token.lower_ in ("according", "quoting", "citing") and (token.pos_ == "VERB" or token.lower_ == "according"):
        yield from _citing(scene, token, before)
    elif token.pos_ == "VERB" and token.lemma_ in lexicon.reporting_verbs:
        yield from _verb(scene, token, before, read.get(token.i))
    elif token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.reporting_nouns:
        yield from _noun(scene, token, before)
    elif token.lower_ in lexicon.unattributed and base(token) == "advmod":
        content = frozenset(t.i for t in token.head.subtree) - {token.i}
        yield Saying((), content, token, anonymous=True, rule=ADVERB)


def _verb(scene: Scene, verb: Token, before: list[Saying], read: Marked | None) -> Iterator[Saying]:
    content, rule = _covered(verb, read)
    if not content or not _reports(scene, verb) or contents.supposes(verb):
        return
    speaker = next((s for s in _speakers(verb) if s.i not in content), None)
    if speaker is not None and speaker.lower_ in OURSELVES and speaker.i not in scene.at:
        return  # "let us recall that": the report itself; in a quotation, its speaker
    source = _of(scene, verb, speaker, before, read)
    parent = _parent(scene, verb, speaker, content, before) if speaker is not None else None
    anonymous = source.anonymous or unnamed(verb, speaker)
    yield Saying(source.mentions, frozenset(content), verb, anonymous, source.document, parent, rule)


def _speakers(verb: Token) -> Iterator[Token]:
    """Who may speak: whom the verb above quotes, its own subject, the noun before it, whom it inherits."""
    places = (_quoted, contents.late_subject, _own_subject, contents.noun_before, grammar.subject)
    yield from (found for place in places if (found := place(verb)) is not None)


def _own_subject(verb: Token) -> Token | None:
    return grammar.subject(verb) if grammar.is_passive(verb) or children(verb, "nsubj") else None


def _covered(verb: Token, read: Marked | None) -> tuple[set[int], str]:
    """The tokens a verb of saying covers, and how that is known."""
    own = contents.governed(verb)
    if own:
        return contents.widened_back(verb, _trimmed(verb, own, read)), "its clause"
    lexicon = load_lexicon()
    passive = grammar.is_passive(verb) and children(verb, "xcomp")
    ahead = any(t.words == f"be {verb.lower_} to" for t in lexicon.trigger("be", "modal"))  # "is expected to"
    if passive and not ahead and lexicon.reporting_verbs[verb.lemma_] == "neutral":
        return {t.i for c in passive for t in c.subtree}, "its infinitive"
    if verb.lemma_ in lexicon.speech_verbs | lexicon.telling_acts | lexicon.mental_verbs:
        return contents.tagged(verb), "it closes the sentence"
    return set(), ""


def _trimmed(verb: Token, content: set[int], read: Marked | None) -> set[int]:
    """A content without the joined clauses that the reader leaves out of it ("said A had fled and blamed B")."""
    reach = read.content if read is not None else frozenset()
    for child in [verb.doc[i] for i in sorted(content)] if reach & content else []:
        outside = base(child) == "conj" and child.tag_ == verb.tag_ and not reach & {t.i for t in child.subtree}
        if outside and child.pos_ == "VERB" and not children(child, "nsubj", "nsubj:pass"):
            content = content - {t.i for t in child.subtree}
    return content


def _reports(scene: Scene, verb: Token) -> bool:
    """A belief or hope is somebody's word only where its holder is no party of his own ("historians believe")."""
    lexicon = load_lexicon()
    if verb.lemma_ not in lexicon.mental_verbs or verb.lemma_ in lexicon.speech_verbs:
        return True
    source = grammar.subject(verb)
    passive = grammar.is_passive(verb) and source is None
    return passive or (source is not None and source.lemma_ in lexicon.anonymous_nouns)


def _of(scene: Scene, verb: Token, speaker: Token | None, before: list[Saying], read: Marked | None) -> Source:
    """Who speaks: the verb's own subject; where it has none, whom the reader links with it, else whom it inherits."""
    inherited = speaker is not None and speaker.head.i != verb.i and base(verb) in ("conj", "advcl", "xcomp")
    inherited = inherited and _quoted(verb) is None
    linked = read.source.root if read is not None and read.source is not None else None
    if linked is not None and (speaker is None or inherited) and linked.i != verb.i:
        return source_of(scene, linked, before)
    return source_of(scene, speaker, before) if speaker is not None else NOBODY


def _quoted(verb: Token) -> Token | None:
    """Whose words a verb that cites passes on: "the agency quoted the ministry as saying", "was quoted as saying" """
    citing = load_lexicon().citing_verbs
    above = verb.head
    at = verb if verb.lemma_ in citing else above if above.lemma_ in citing and above.i != verb.i else None
    objects = grammar.direct_objects(at) if at is not None else []
    return objects[0] if objects else None


def _parent(scene: Scene, verb: Token, speaker: Token, content: set[int], before: list[Saying]) -> Saying | None:
    """Who passes the source's words on: "quoted by the agency" beside it, or the subject of the verb that quotes it."""
    outlet = passed_on_by(speaker)
    quoting = [v for v in (verb, verb.head) if v.lemma_ in load_lexicon().citing_verbs]
    if outlet is None and quoting:
        outlet = grammar.subject(quoting[0])
    if outlet is None or outlet.i == speaker.i:
        return None
    source = source_of(scene, outlet, before)
    wider = frozenset({*content, speaker.i})
    return Saying(source.mentions, wider, None, source.anonymous, source.document, rule="it passes on")


def _noun(scene: Scene, noun: Token, before: list[Saying]) -> Iterator[Saying]:
    """ "reports that ...", "denied claims that ...", "its statement that ..." """
    lexicon = load_lexicon()
    content = contents.of_noun(noun)
    kind = lexicon.reporting_nouns[noun.lemma_.lower()]
    if not content or kind == "belief":
        return
    verb = noun.head
    told = base(noun) == "obl" and verb.lemma_ in lexicon.speech_verbs  # "said in a statement that ..."
    owned = [t for p, t in grammar.obliques(noun) if p in ("by", "of", "from")] + children(noun, "nmod:poss")
    holder = grammar.subject(verb) if (told or base(noun) == "obj") and verb.pos_ == "VERB" else None
    if any(t.i in scene.at for t in owned):
        source = Source((*issuer(scene, noun, before),), document=kind == "document")
    elif holder is not None and holder.i not in content:
        source = source_of(scene, holder, before)
    else:
        source = NOBODY
    yield Saying(source.mentions, frozenset(content), noun, source.anonymous, source.document, rule="beside its noun")


def _can_speak(scene: Scene, source: Token) -> bool:
    """Whether what is cited is somebody, or a noun for what somebody says or writes."""
    lexicon, words = load_lexicon(), [c for each in grammar.conjuncts(source) for c in (each, grammar.counted(each))]
    nouns = {word.lemma_.lower() for word in words}
    told = any(lexicon.reporting_nouns.get(noun) in ("document", "speech") for noun in nouns)
    return told or any(w.i in scene.at for w in words) or bool(nouns & lexicon.anonymous_nouns)


def _citing(scene: Scene, token: Token, before: list[Saying]) -> Iterator[Saying]:
    """ "according to X": everything in the clause but the phrase itself; "B, quoting X, wrote": what B wrote"""
    source = token.head if base(token) == "case" else None
    if source is None:
        below = children(token, "obj", "obl", "nmod")
        source = below[0] if below else None
    if source is None or source.head.i == source.i:
        return
    who = source_of(scene, source, before)
    if token.lower_ == "citing" and not _can_speak(scene, source):
        return  # "citing safety reasons": nobody's word
    verb = token.head.head if base(token) == "acl" and base(token.head) == "nsubj" else token.head
    telling = verb.pos_ == "VERB" and verb.lemma_ in load_lexicon().speech_verbs and base(token) in ("advcl", "acl")
    within = contents.governed(verb) if telling else set()
    if within:
        outlet = grammar.subject(verb)
        above = source_of(scene, outlet, before) if outlet is not None else NOBODY
        parent = Saying(above.mentions, frozenset({*within, token.i}), verb, above.anonymous, above.document)
        yield Saying(who.mentions, frozenset(within), token, who.anonymous, who.document, parent, "quoted by another")
        return
    phrase = {t.i for t in source.subtree} | {t.i for t in token.subtree}
    content = _beside(source.head if base(token) == "case" else token.head, min(token, source)) - phrase
    yield Saying(
        who.mentions, frozenset(content), token, who.anonymous, who.document,
        _parent(scene, token, source, content, before), "beside its phrase",
    )  # fmt: skip


def _beside(top: Token, first: Token) -> set[int]:
    """The sentence in which a phrase stands; of it the clause that a verb of saying governs, or that "but" joins.

    ``first`` is the phrase's first token: in "A shut the port, but according to B a road is open" the road is B's word.
    """
    joint = first.nbor(-1) if first.i > top.sent.start else first
    if joint.dep_ == "cc" and joint.head.i > joint.i:
        joined = joint.head
        while joined.head.i > joint.i and joined.head.i != joined.i:
            joined = joined.head
        return {t.i for t in joined.subtree if t.i > joint.i}
    for above in grammar.ancestors(top):
        if base(above) == "ccomp" and above.head.lemma_ in load_lexicon().reporting_verbs:
            return {t.i for t in above.subtree}
    return {t.i for t in top.sent}


def _of_reader(scene: Scene, read: Marked, found: Sequence[Saying]) -> Iterator[Saying]:
    """An attribution that only the reader marks: a verb or phrase of saying, no act, with a source and a content."""
    root, lexicon = read.cue.root, load_lexicon()
    told = any(s.cue is not None and read.cue.start <= s.cue.i < read.cue.end for s in found)
    if told or read.source is None or not read.content or root.lemma_ in lexicon.own_acts:
        return
    if _speaks_of(root, read.content):
        return
    plain = root.lemma_ in lexicon.speech_verbs | lexicon.telling_acts or root.pos_ != "VERB"
    if not plain or root.i in read.content or read.source.root.i in read.content:
        return
    source = source_of(scene, read.source.root, found)
    yield Saying(source.mentions, read.content, root, source.anonymous, source.document, rule=READER)


def _speaks_of(verb: Token, content: frozenset[int]) -> bool:
    """ "reports on Y's visit": what somebody only speaks of is not what he says"""
    phrases = [c for c in children(verb, "obl") if grammar.preposition(c) in ("on", "about", "of")]
    return any(content <= {t.i for t in phrase.subtree} for phrase in phrases)


def _widened(saying: Saying, quotes: Sequence[frozenset[int]]) -> Saying:
    """A content that begins or ends inside a quotation takes in the whole of it."""
    content = saying.content
    for quote in quotes:
        shared = len(quote & content)
        if shared and (saying.cue is None or saying.cue.i not in quote) and shared >= min(3, len(quote)):
            content = content | quote
    saying.content = content
    return saying


def _closed(doc: Doc, saying: Saying, quotes: Sequence[frozenset[int]]) -> Saying:
    """Where a whole sentence is quoted after its verb, what follows the closing mark is the report's own again."""
    for quote in quotes:
        whole = doc[max(quote)].is_punct and min(quote) - 1 <= min(saying.content, default=-1) <= min(quote)
        if whole and saying.cue is not None and saying.cue.i < min(quote):
            saying.content = frozenset(i for i in saying.content if i <= max(quote) + 1 or any(i in q for q in quotes))
    return saying


def _running(scene: Scene, quotes: Sequence[frozenset[int]], found: Sequence[Saying]) -> list[Saying]:
    """Quoted sentences that name no speaker: the one who spoke last, in this paragraph or the one before.

    A quotation that only white space parts from the one before it goes on with it, however long both are.
    """
    more: list[Saying] = []
    owners: dict[int, Saying] = {}
    for at, quote in enumerate(quotes):
        own = next((s for s in found if len(quote & s.content) > len(quote) // 2 and s.cue is not None), None)
        if own is not None:
            owners[at] = own
            continue
        last = owners.get(at - 1) if at and adjoining(scene.doc, quotes[at - 1], quote) else None
        last = last or _last_speaker(scene.doc, min(quote), found)
        if last is None or len(quote) < LEAST_QUOTE:
            continue
        owners[at] = Saying(last.sources, quote, None, last.anonymous, last.document, rule="it runs on")
        more.append(owners[at])
    return more


def _last_speaker(doc: Doc, start: int, found: Sequence[Saying]) -> Saying | None:
    """Who spoke last before a token, at most one paragraph break before it."""
    for saying in reversed(found):
        cue = saying.cue
        if cue is not None and cue.i < start and saying.sources and saying.rule != READER:
            return saying if breaks(doc, cue.i, start) <= 1 else None
    return None


def resolve_first_person(scene: Scene, found: Sequence[Saying], quotes: Sequence[frozenset[int]]) -> None:
    """ "I", "we" and "our" in a quotation are its speaker's."""
    for quote in quotes:
        for i in quote:
            token = scene.doc[i]
            _not_the_speaker(scene, token, found)
            if token.lower_ not in ("i", "we", "my", "our", "us", "me") or token.i in scene.at:
                continue
            saying = covering(found, token)
            if saying is not None and len(saying.sources) == 1 and not saying.document:
                source = saying.sources[0]
                scene.at[i] = Mention(_speaking(scene, token, source), i, i, i + 1, "the speaker", source.office)


def _not_the_speaker(scene: Scene, token: Token, found: Sequence[Saying]) -> None:
    """Of himself a speaker says "I": his "he" is another, or nobody known."""
    held = scene.at.get(token.i)
    if held is None or held.rule != "pronoun" or token.lower_ not in GENDER:
        return
    saying = covering(found, token)
    if saying is None or not any(held.drafts == source.drafts for source in saying.sources):
        return
    del scene.at[token.i]
    others = other_than(scene, token, held.drafts[0])
    if others:
        scene.at[token.i] = Mention(others, token.i, token.i, token.i + 1, "pronoun")


def _speaking(scene: Scene, token: Token, source: Mention) -> tuple[Draft, ...]:
    """Whom a word of the first person stands for: the "we" of who speaks for a state is the state."""
    draft = source.drafts[0]
    official = draft.kind == "person" and draft.sector in OFFICIAL and draft.code in scene.ontology.countries
    return (scene.state(str(draft.code)),) if official and token.lower_ in PLURAL else source.drafts
