"""Who a source is: the mentions of the phrase that names it, whether it is nameless, and whose paper it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.coding import grammar
from dragoman.coding.belonging import country_of
from dragoman.coding.grammar import children
from dragoman.coding.mentions import Mention, Scene
from dragoman.coding.saying import Saying
from dragoman.ontology.lexicon import load_lexicon

OF = frozenset({"by", "of", "from"})

EDGES = ("punct", "case", "fixed", "mark", "cc")


@dataclass(frozen=True)
class Source:
    """The mentions, whether the source has no name, and whether it is a paper."""

    mentions: tuple[Mention, ...] = ()
    anonymous: bool = False
    document: bool = False


NOBODY = Source(anonymous=True)


def source_of(scene: Scene, token: Token, before: Sequence[Saying]) -> Source:
    """Who the phrase that a token heads names; ``before`` are the attributions so far, for "the same source"."""
    lexicon = load_lexicon()
    if any(c.lower_ == "same" for c in token.children) and token.i not in scene.at:
        last = next((s for s in reversed(before) if s.sources), None)
        if last is not None:
            return Source(last.sources, last.anonymous, last.document)
    word = grammar.counted(token)
    noun_kind = lexicon.reporting_nouns.get(word.lemma_.lower())
    if noun_kind in ("document", "speech") and word.i not in scene.at:
        return Source((*issuer(scene, word, before),), document=noun_kind == "document")
    return _persons(scene, token, word)


def _persons(scene: Scene, token: Token, word: Token) -> Source:
    nameless = load_lexicon().anonymous_nouns
    mentions: list[Mention] = []
    for each in grammar.conjuncts(word):
        mention = _by_name(scene, each) or scene.at.get(each.i)
        vague = each.lemma_.lower() in nameless
        whole = token if each.i == word.i else each
        if mention is None or (mention.rule == "agent" and vague):
            # the phrase says more of him than his noun: "an official in the ministry", "one of its officials"
            mentions.append(_described(scene, whole, mention, noun=each))
        else:
            mentions.append(mention)
        if vague and (mention is None or mention.rule == "agent"):
            return Source(tuple(mentions), anonymous=True)
    return Source(tuple(mentions))


def _by_name(scene: Scene, noun: Token) -> Mention | None:
    """The name beside a noun: "the newspaper Efate Times", "a spokesman, Abel Okoro"."""
    known = scene.at.get(noun.i)
    if noun.pos_ != "NOUN" or (known is not None and known.drafts[0].kind == "person" and known.rule != "agent"):
        return None
    named = [scene.at[c.i] for c in children(noun, "appos", "flat", "nmod:unmarked") if c.i in scene.at]
    return next((m for m in named if m.drafts[0].kind in ("person", "organisation")), None)


def _described(scene: Scene, token: Token, mention: Mention | None, *, noun: Token | None = None) -> Mention:
    """A source by its whole phrase: "some American historians", "an official in the Ministry of Defense"."""
    noun = noun or token
    words = [
        t for t in grammar.phrase(token, without=("punct", "case", "fixed", "mark", "cc")) if not _relative(t, token)
    ]
    words = words[1:] if len(words) > 1 and words[0].lower_ == "the" else words or [noun]
    while len(words) > 1 and words[-1].is_punct:
        words = words[:-1]
    start, end = words[0].i, words[-1].i + 1
    text = scene.doc[start:end].text
    if mention is not None:
        return Mention(mention.drafts, mention.head, start, end, mention.rule, mention.office, mention.plural)
    code = country_of(scene, noun, noun.i)
    known = scene.found.titles.get(noun.i) or scene.found.agents.get(noun.i)
    draft = scene.register.named("group", text, code=code)
    draft.sector = draft.sector or (known[1].sector if known else None)
    return Mention((draft,), noun.i, start, end, "described")


def _relative(token: Token, head: Token) -> bool:
    return any(
        a.dep_ in ("acl:relcl", "acl", "parataxis") and a.i != head.i
        for a in grammar.ancestors(token)
        if a.i > head.i and grammar.within(a, [head])
    )


def issuer(scene: Scene, token: Token, before: Sequence[Saying]) -> Iterator[Mention]:
    """Whose statement it is: "issued by X", "of X", "X's", "the presidential ..."; else the paper cited last."""
    issuing = load_lexicon().issuing_verbs
    phrases = [t for p, t in grammar.obliques(token) if p in OF]
    phrases += [t for v in children(token, "acl") if v.lemma_ in issuing for p, t in grammar.obliques(v) if p in OF]
    phrases += children(token, "nmod:poss", "compound")
    for phrase in phrases:
        if phrase.i in scene.at:
            yield scene.at[phrase.i]
            return
    last = next((s for s in reversed(before) if s.document and s.sources), None)
    several = token.tag_ == "NNS" and not children(token, "det", "nmod:poss")  # "reports said": others than before
    plain = not children(token, "amod", "compound", "nmod", "acl") and not several
    if last is not None and plain:
        yield from last.sources
    else:
        yield _described(scene, token, None)


def passed_on_by(token: Token) -> Token | None:
    """Who passes a source's words on: "a statement quoted by the agency"."""
    for verb in children(token, "acl"):
        if verb.lemma_ in load_lexicon().passing_verbs and verb.tag_ == "VBN":
            return next((t for p, t in grammar.obliques(verb) if p == "by"), None)
    return None


def unnamed(verb: Token, source: Token | None) -> bool:
    """Whether the words beside a verb of saying keep its speaker's name back ("on condition of anonymity")."""
    around = [*verb.subtree, *(source.subtree if source is not None else ())]
    text = f" {' '.join(t.lower_ for t in sorted(set(around), key=lambda t: t.i))} "
    return any(f" {phrase} " in text for phrase in load_lexicon().anonymous_phrases)
