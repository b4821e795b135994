"""Who says what in running text: sources, cues and contents of attributions, and which belong together.

- source_f1, cue_f1, content_f1: F1 of exact spans by characters. A span is one contiguous piece: a content that its
  cue parts in two is two spans, as a run of B and I labels is one in the evaluation of CofeNet (Wang et al. 2022,
  https://aclanthology.org/2022.coling-1.215). Theirs is by sentences; here a content that runs on over a sentence's
  end is one span. A source of several attributions is one span. White space at the ends does not count, and pieces of
  one attribution that only white space parts are one.
- content_token_f1: F1 of the tokens that lie in some content.
- linked_f1: F1 of pairs of a source and a content, those of the attributions that have both, all pieces of each taken
  together. A found pair is right for a gold pair where, of sources and of contents, the tokens both share are at least
  half of the gold's and at least half of the found's. Each is right for one of the others at most.

Tokens are the Doc's, white space left out. What overlaps a stretch the annotators set aside counts on neither side:
spans, tokens, and pairs of which any piece does. All figures are micro-averaged over the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from dragoman.evaluation.places import Place, overlaps
from dragoman.evaluation.polnear import Attributed, AttributedText, pieces, read_polnear
from dragoman.evaluation.task import Options, Result, Row, Tally, Task

KINDS = ("source", "cue", "content")
FIGURES = (*KINDS, "content_token", "linked")

Tokens = frozenset[int]


def run(path: Path, nlp: Language, options: Options) -> Result:
    """Read the texts of a PolNeAR file with the pipeline and score them; with a fold, its articles only."""
    return score((gold, nlp(gold.text)) for gold in read_polnear(path) if options.takes(gold.id))


def score(pairs: Iterable[tuple[AttributedText, Doc]]) -> Result:
    """The figures over gold articles and the Docs read from their texts.

    A Doc has them as ``doc.spans["sources"]``, ``["cues"]`` and ``["contents"]``; spans of one attribution share an
    ``id`` other than 0.
    """
    tallies = {name: Tally() for name in FIGURES}
    rows: list[Row] = []
    attributions = aside = 0
    for gold, doc in pairs:
        said = found_attributions(doc)
        for name, (hits, found, wanted) in compare(gold, said, doc).items():
            tallies[name].add(hits=hits, found=found, gold=wanted)
        attributions, aside = attributions + len(gold.attributions), aside + len(gold.aside)
        rows.append(_row(gold, said))
    parts = {name: tally.figures() for name, tally in tallies.items()}
    counts = {"documents": len(rows), "attributions": attributions, "set_aside": aside}
    return Result({f"{name}_f1": part["f1"] for name, part in parts.items()}, parts, counts, tuple(rows))


def found_attributions(doc: Doc) -> list[Attributed]:
    """The attributions of a Doc in the order of their ids; a span that belongs to none is one by itself."""
    together: dict[int, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    alone: list[Attributed] = []
    for kind in KINDS:
        for span in doc.spans.get(f"{kind}s", []):
            place = (span.start_char, span.end_char)
            if span.id:
                together[span.id][kind].append(place)
            else:
                alone.append(_attributed(doc.text, {kind: [place]}))
    return [_attributed(doc.text, together[number]) for number in sorted(together)] + alone


def _attributed(text: str, places: Mapping[str, Sequence[Place]]) -> Attributed:
    source, cue, content = (pieces(text, places.get(kind, ())) for kind in KINDS)
    return Attributed(source, cue, content)


def compare(gold: AttributedText, said: Sequence[Attributed], doc: Doc) -> dict[str, tuple[int, int, int]]:
    """Hits, found and gold of one article, by figure. ``doc`` gives the tokens of the article's text."""
    out = {}
    for kind in KINDS:
        wanted, found = (set(_spans(each, kind, gold.aside)) for each in (gold.attributions, said))
        out[kind] = (len(wanted & found), len(found), len(wanted))
    set_aside = _tokens(doc, gold.aside)
    wanted_tokens, found_tokens = (
        _tokens(doc, _spans(each, "content")) - set_aside for each in (gold.attributions, said)
    )
    out["content_token"] = (len(wanted_tokens & found_tokens), len(found_tokens), len(wanted_tokens))
    wanted_links, found_links = (_links(doc, each, gold.aside) for each in (gold.attributions, said))
    out["linked"] = (_matched(wanted_links, found_links), len(found_links), len(wanted_links))
    return out


def _spans(attributions: Iterable[Attributed], kind: str, aside: Sequence[Place] = ()) -> Iterator[Place]:
    """The pieces of one kind that overlap nothing set aside."""
    places = (place for each in attributions for place in getattr(each, kind))
    return (place for place in places if not overlaps(place, aside))


def _tokens(doc: Doc, places: Iterable[Place]) -> Tokens:
    """The tokens that share a character with one of the places."""
    spans = (doc.char_span(*place, alignment_mode="expand") for place in places)
    return frozenset(token.i for span in spans if span is not None for token in span if not token.is_space)


def _links(doc: Doc, attributions: Iterable[Attributed], aside: Sequence[Place]) -> list[tuple[Tokens, Tokens]]:
    """Source and content of the attributions that have both, each pair once, in text order."""
    pairs = {
        (_tokens(doc, each.source), _tokens(doc, each.content))
        for each in attributions
        if each.source and each.content
        if not any(overlaps(place, aside) for place in (*each.source, *each.cue, *each.content))
    }
    return sorted(pairs, key=lambda pair: (sorted(pair[1]), sorted(pair[0])))


def _matched(wanted: Iterable[tuple[Tokens, Tokens]], found: Iterable[tuple[Tokens, Tokens]]) -> int:
    """How many gold pairs a found one is right for, taken in text order and each used up by its match."""
    left, hits = list(found), 0
    for source, content in wanted:
        match = next((pair for pair in left if _half(source, pair[0]) and _half(content, pair[1])), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return hits


def _half(gold: Tokens, found: Tokens) -> bool:
    return 2 * len(gold & found) >= max(len(gold), len(found), 1)


def _row(gold: AttributedText, said: Iterable[Attributed]) -> Row:
    """What was found, in the form of the file itself."""
    attributions = [{kind: [list(place) for place in getattr(each, kind)] for kind in KINDS} for each in said]
    return {"id": gold.id, "attributions": attributions}


TASK = Task("attribution", "sources, cues and contents on articles in PolNeAR's JSON Lines", run)
