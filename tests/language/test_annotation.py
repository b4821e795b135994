"""What was read, written on a Doc. No model is loaded."""

import numpy as np
import spacy
from spacy.tokens import Doc

from dragoman.language.annotation import Annotation, write
from dragoman.language.words import Words

NLP = spacy.blank("en")
TEXT = "Odula said  Norway pays."


def written(**spans: object) -> Doc:
    """The text with tags and a tree written on it, and these spans."""
    doc = NLP(TEXT)
    found = Annotation.empty(Words.of(doc))
    found.tags = {
        "upos": ["PROPN", "VERB", "SPACE", "PROPN", "VERB", "PUNCT"],
        "xpos": ["NNP", "VBD", "_SP", "NNP", "VBZ", "."],
        "feats": ["Number=Sing", "Tense=Past|VerbForm=Fin", "", "Number=Sing", "_", "_"],
    }
    found.lemmas = ["Odula", "say", " ", "Norway", "pay", "."]
    found.heads = [1, 1, 1, 4, 1, 1]
    found.relations = ["nsubj", "ROOT", "dep", "nsubj", "ccomp", "punct"]
    for name, value in spans.items():
        setattr(found, name, value)
    write(doc, found)
    return doc


def test_tags_and_tree_are_the_tokens() -> None:
    doc = written()
    assert [t.text for t in doc] == ["Odula", "said", " ", "Norway", "pays", "."]
    assert [t.pos_ for t in doc] == ["PROPN", "VERB", "SPACE", "PROPN", "VERB", "PUNCT"]
    assert [t.tag_ for t in doc] == ["NNP", "VBD", "_SP", "NNP", "VBZ", "."]
    assert [t.lemma_ for t in doc] == ["Odula", "say", " ", "Norway", "pay", "."]
    assert [t.head.i for t in doc] == [1, 1, 1, 4, 1, 1]
    assert [t.dep_ for t in doc] == ["nsubj", "ROOT", "dep", "nsubj", "ccomp", "punct"]
    assert [str(t.morph) for t in doc] == ["Number=Sing", "Tense=Past|VerbForm=Fin", "", "Number=Sing", "", ""]
    assert doc[1].morph.get("VerbForm") == ["Fin"]
    assert len(list(doc.sents)) == 1


def test_names_are_settled_and_times_stand_as_found() -> None:
    doc = written(entities=[(3, 4, "ORG"), (0, 1, "PER")], times=[(3, 4, "DATE")])
    assert [(s.text, s.label_) for s in doc.ents] == [("Odula", "PER"), ("Norway", "LOC")]
    assert [(s.text, s.label_) for s in doc.spans["times"]] == [("Norway", "DATE")]


def test_spans_of_one_attribution_share_its_number() -> None:
    claims = [(3, 5, "content", 2), (1, 2, "cue", 2), (0, 1, "source", 2), (5, 6, "content", 0)]
    doc = written(claims=claims)
    groups = {name: [(s.text, s.label_, s.id) for s in doc.spans[name]] for name in ("sources", "cues", "contents")}
    assert groups == {
        "sources": [("Odula", "SOURCE", 2)],
        "cues": [("said", "CUE", 2)],
        "contents": [("Norway pays", "CONTENT", 2), (".", "CONTENT", 0)],
    }


def test_parties_events_and_vectors() -> None:
    vectors = np.arange(12, dtype=np.float32).reshape(6, 2)
    events = [(4, "STATE", "future"), (1, "REPORTING", "none")]
    doc = written(parties=[(3, 4, "actor"), (0, 1, "actor")], events=events, vectors=vectors)
    assert [(s.text, s.label_) for s in doc.spans["actors"]] == [("Odula", "ACTOR"), ("Norway", "ACTOR")]
    assert list(doc.spans["recipients"]) == []
    marked = [(s.text, s.label_, s.id_) for s in doc.spans["events"]]
    assert marked == [("said", "REPORTING", "none"), ("pays", "STATE", "future")]
    assert np.array_equal(doc.tensor, vectors)


def test_nothing_read_is_white_space() -> None:
    doc = NLP("a b")
    write(doc, Annotation.empty(Words.of(doc)))
    assert [(t.pos_, t.lemma_, t.head.i) for t in doc] == [("SPACE", "a", 0), ("SPACE", "b", 0)]
