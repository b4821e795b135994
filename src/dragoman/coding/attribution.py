"""On whose word: who says what in a Doc, and which words that covers.

A content is the clause a reporting verb governs, the rest of the sentence beside "according to", or a quotation;
a quotation that runs on belongs to the last speaker of its paragraph or the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.coding import grammar
from dragoman.coding.belonging import country_of
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import base, children
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.register import Draft
from dragoman.model import AttributionKind
from dragoman.ontology.lexicon import load_lexicon

OPEN, CLOSE, PLAIN = "“«„", "”»", '"'
CITING = frozenset({"by", "of", "from"})
SPEECH = frozenset({"say", "tell", "state", "add", "write", "report", "announce", "note", "insist", "claim", "assure"})
JUDGING = frozenset({"consider", "regard", "deem", "view", "describe", "see", "call"})
ACT_CUES = frozenset({"assure", "warn", "promise", "pledge", "vow", "deny", "agree", "threaten", "accuse", "allege"})


@dataclass(eq=False)
class Saying:
    """One attribution: the sources' mentions, the cue, and the tokens it covers."""

    sources: tuple[Mention, ...]
    content: frozenset[int]
    cue: Token | None
    anonymous: bool = False
    document: bool = False
    parent: Saying | None = None


def sayings(scene: Scene) -> list[Saying]:
    """Every attribution of a Doc in text order, quotations joined and nesting known."""
    quotes = quotations(scene.doc)
    found: list[Saying] = []
    for sentence in scene.doc.sents:
        own = [s for token in sentence for s in _at(scene, token, found)]
        found += [_widened(s, quotes) for s in own]
    found += _running(scene, quotes, found)
    for saying in found:
        saying.parent = _parent(found, saying)
    return found


def _parent(found: Iterable[Saying], own: Saying) -> Saying | None:
    """The smallest attribution that holds this one's cue and reports more than it."""
    if own.cue is None:
        return None
    wider = [s for s in found if own.cue.i in s.content and len(s.content) > len(own.content)]
    return min(wider, key=lambda s: len(s.content), default=None)


def covering(found: Iterable[Saying], token: Token) -> Saying | None:
    """The innermost attribution whose content holds a token."""
    holding = [s for s in found if token.i in s.content and (s.cue is None or s.cue.i != token.i)]
    return min(holding, key=lambda s: len(s.content), default=None)


def judgement(scene: Scene, candidate: Candidate) -> Saying | None:
    """ "X considers Y a partner": what somebody is held to be stands on the word of who holds it."""
    verb = candidate.token
    holder = grammar.subject(verb) if verb.lemma_ in JUDGING and verb.pos_ == "VERB" else None
    content = frozenset(t.i for c in children(verb, "xcomp", "obj", "obl", "ccomp") for t in c.subtree)
    if holder is None or holder.i not in scene.at or not content:
        return None
    return Saying((scene.at[holder.i],), content, verb)


def kind_of(saying: Saying, quotes: list[frozenset[int]], doc: Doc) -> AttributionKind:
    """direct: all of it in quotation marks; mixed: some of it; document: a paper speaks; else indirect."""
    if saying.document:
        return "document"
    words = [i for i in saying.content if not doc[i].is_punct and not doc[i].is_space]
    inside = sum(1 for i in words if any(i in quote for quote in quotes))
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * len(words) else "mixed"


def _at(scene: Scene, token: Token, before: list[Saying]) -> Iterator[Saying]:
    lexicon = load_lexicon()
    if token.pos_ == "VERB" and token.lemma_ in lexicon.reporting_verbs:
        yield from _verb(scene, token, before)
    elif token.lower_ == "according" or (token.lower_ in ("quoting", "citing") and token.pos_ == "VERB"):
        yield from _citing(scene, token, before)
    elif token.lower_ in lexicon.unattributed and base(token) == "advmod":
        content = frozenset(t.i for t in token.head.subtree) - {token.i}
        yield Saying((), content, token, anonymous=True)


def _verb(scene: Scene, verb: Token, before: list[Saying]) -> Iterator[Saying]:
    content = _content(verb)
    if not content or (verb.lemma_ in load_lexicon().mental_verbs and not children(verb, "ccomp")):
        return
    if verb.lemma_ in load_lexicon().mental_verbs and verb.lemma_ not in SPEECH and not _by_others(scene, verb):
        return
    source = _quoted(verb) or grammar.subject(verb)
    if source is not None and source.i in content:
        source = None
    mentions, anonymous, document = _source(scene, source, before) if source is not None else ((), True, False)
    yield Saying(mentions, frozenset(content), verb, anonymous, document)


def _by_others(scene: Scene, verb: Token) -> bool:
    """A belief or hope is somebody's word only where its holder is no party of his own ("historians believe")."""
    source = grammar.subject(verb)
    return source is not None and source.lemma_ in load_lexicon().anonymous_nouns


def _quoted(verb: Token) -> Token | None:
    """ "the agency quoted the ministry as saying": the object of the verb above"""
    head = verb.head
    objects = grammar.direct_objects(head) if head.i != verb.i and head.lemma_ in ("quote", "cite") else []
    return objects[0] if objects else None


def _content(verb: Token) -> set[int]:
    """The tokens a reporting verb covers."""
    clauses = children(verb, "ccomp")
    if verb.lemma_ in ACT_CUES:
        clauses += children(verb, "xcomp", "obl") if verb.lemma_ == "assure" else []
        clauses = [c for c in clauses if verb.lemma_ in ("assure", "warn", "allege")]
    if verb.lemma_ in SPEECH | {"quote", "cite"}:
        clauses += [c for c in children(verb, "xcomp") if c.pos_ == "VERB"] if not children(verb, "ccomp") else []
        clauses += [c for c in children(verb, "advcl") if c.lemma_ in SPEECH and verb.lemma_ in ("quote", "cite")]
        clauses += [c for c in children(verb, "parataxis", "obj") if _in_quotes(c) or base(c) == "parataxis"]
    found = {t.i for c in clauses for t in c.subtree}
    if not found and base(verb) == "parataxis" and verb.head.i != verb.i and not children(verb, "obj"):
        found = {t.i for t in verb.head.subtree} - {t.i for t in verb.subtree}
    return found - {verb.i}


def _in_quotes(token: Token) -> bool:
    words = grammar.subtree(token)
    before = token.doc[words[0].i - 1].text if words and words[0].i else ""
    return any(t.text in OPEN + PLAIN for t in words) or before in OPEN + PLAIN


def _citing(scene: Scene, token: Token, before: list[Saying]) -> Iterator[Saying]:
    """ "according to X": everything in the clause but the phrase itself"""
    source = token.head if base(token) == "case" else None
    if source is None:
        below = children(token, "obl", "obj", "nmod")
        source = below[0] if below else None
    if source is None or source.head.i == source.i:
        return
    phrase = {t.i for t in source.subtree} | {t.i for t in token.subtree}
    top = source.head if base(token) == "case" else token.head
    while base(top) in ("nmod", "obl", "obj", "appos") and top.head.i != top.i:
        top = top.head
    content = {t.i for t in top.sent} - phrase
    mentions, anonymous, document = _source(scene, source, before)
    yield Saying(mentions, frozenset(content), token, anonymous, document)


def _source(scene: Scene, token: Token, before: list[Saying]) -> tuple[tuple[Mention, ...], bool, bool]:
    """(mentions, anonymous, document) of the phrase that names the source."""
    lexicon = load_lexicon()
    noun_kind = lexicon.reporting_nouns.get(token.lemma_.lower())
    if noun_kind in ("document", "speech") and token.i not in scene.at:
        return (*_issuer(scene, token, before),), False, noun_kind == "document"
    mentions: list[Mention] = []
    for word in grammar.conjuncts(token):
        mention = scene.at.get(word.i)
        nameless = mention is None or mention.rule == "agent"
        mentions.append(_described(scene, word, mention) if mention is None or _wide(scene, word, mention) else mention)
        if nameless and word.lemma_.lower() in lexicon.anonymous_nouns:
            return tuple(mentions), True, False
    return tuple(mentions), False, False


def _wide(scene: Scene, word: Token, mention: Mention) -> bool:
    """Whether a nameless official's phrase says more of him than his noun ("an official in the ministry")."""
    return mention.rule == "agent" and word.lemma_.lower() in load_lexicon().anonymous_nouns


def _described(scene: Scene, token: Token, mention: Mention | None) -> Mention:
    """A source by its whole phrase: "some American historians", "an official in the Ministry of Defense"."""
    words = [t for t in grammar.phrase(token) if not _relative(t, token)]
    words = words[1:] if len(words) > 1 and words[0].lower_ == "the" else words
    start, end = words[0].i, words[-1].i + 1
    text = scene.doc[start:end].text
    if mention is not None:
        return Mention(mention.drafts, mention.head, start, end, mention.rule, mention.office, mention.plural)
    code = country_of(scene, token, token.i)
    known = scene.found.titles.get(token.i) or scene.found.agents.get(token.i)
    draft = scene.register.named("group", text, code=code)
    draft.sector = draft.sector or (known[1].sector if known else None)
    return Mention((draft,), token.i, start, end, "described")


def _relative(token: Token, head: Token) -> bool:
    return any(
        a.dep_ in ("acl:relcl", "acl", "parataxis") and a.i != head.i
        for a in grammar.ancestors(token)
        if a.i > head.i and grammar.within(a, [head])
    )


def _issuer(scene: Scene, token: Token, before: list[Saying]) -> Iterator[Mention]:
    """Whose statement it is: "issued by X", "of X", "X's", "the presidential ..."; else the paper cited last."""
    phrases = [t for p, t in grammar.obliques(token) if p in CITING]
    phrases += [t for verb in children(token, "acl") for p, t in grammar.obliques(verb) if p in CITING]
    phrases += children(token, "nmod:poss", "compound")
    for phrase in phrases:
        if phrase.i in scene.at:
            yield scene.at[phrase.i]
            return
    last = next((s for s in reversed(before) if s.document and s.sources), None)
    plain = not children(token, "amod", "compound") and token.lower_ != "statements"
    if last is not None and plain:
        yield from last.sources
    else:
        yield _described(scene, token, None)


def quotations(doc: Doc) -> list[frozenset[int]]:
    """Token numbers inside each quotation; one that is never closed ends with its paragraph."""
    found: list[frozenset[int]] = []
    start: int | None = None
    for token in doc:
        opens = token.text in OPEN or (token.text == PLAIN and start is None)
        if token.is_space and token.text.count("\n") > 1:
            if start is not None:
                found.append(frozenset(range(start, token.i)))
            start = None
        elif opens and start is None:
            start = token.i + 1
        elif start is not None and (token.text in CLOSE or token.text == PLAIN):
            found.append(frozenset(range(start, token.i)))
            start = None
    return [quote for quote in found if quote]


def _widened(saying: Saying, quotes: list[frozenset[int]]) -> Saying:
    """A content that begins or ends inside a quotation takes in the whole of it."""
    content = saying.content
    for quote in quotes:
        shared = len(quote & content)
        if shared and (saying.cue is None or saying.cue.i not in quote) and shared >= min(3, len(quote)):
            content = content | quote
    saying.content = content
    return saying


def _running(scene: Scene, quotes: list[frozenset[int]], found: list[Saying]) -> list[Saying]:
    """Quoted sentences that name no speaker: the one who spoke last, in this paragraph or the one before."""
    more = []
    for quote in quotes:
        if len(quote) < 6 or any(len(quote & s.content) > len(quote) // 2 for s in found):
            continue
        first = min(quote)
        last = next((s for s in reversed(found) if s.cue is not None and s.cue.i < first and s.sources), None)
        if last is not None and last.cue is not None and _breaks(scene.doc, last.cue.i, first) <= 1:
            more.append(Saying(last.sources, quote, None, last.anonymous, last.document))
    return more


def _breaks(doc: Doc, start: int, end: int) -> int:
    return sum(1 for t in doc[start:end] if t.is_space and t.text.count("\n") > 1)


def resolve_first_person(scene: Scene, found: list[Saying], quotes: list[frozenset[int]]) -> None:
    """ "I", "we" and "our" in a quotation are its speaker's."""
    for quote in quotes:
        for i in quote:
            token = scene.doc[i]
            if token.lower_ not in ("i", "we", "my", "our", "us", "me") or token.i in scene.at:
                continue
            saying = covering(found, token)
            if saying is not None and len(saying.sources) == 1 and not saying.document:
                drafts: tuple[Draft, ...] = saying.sources[0].drafts
                scene.at[i] = Mention(drafts, i, i, i + 1, "the speaker", saying.sources[0].office)
