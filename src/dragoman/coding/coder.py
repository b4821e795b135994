"""Doc to Reading: every event the report states, with its parties, time, place, status and voice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from dragoman.coding import (
    attribution,
    auxiliary,
    confidence,
    cues,
    deeds,
    demanded,
    details,
    grammar,
    heads,
    judge,
    likeness,
    plausible,
    records,
    roles,
    when,
)
from dragoman.coding.cues import Candidate
from dragoman.coding.heads import Pair, Settled
from dragoman.coding.mentions import Mention, Scene, scene
from dragoman.coding.recall import Background
from dragoman.coding.register import Draft
from dragoman.coding.roles import Roles
from dragoman.coding.saying import Saying, covering, voices
from dragoman.coding.times import is_old
from dragoman.language.vectors import vectors
from dragoman.model import Article, Attribution, Party, Reading, Reason, Report, Span, When
from dragoman.ontology import load
from dragoman.ontology.lexicon import load_lexicon

VERSION = "dragoman 0.1.0"
CODED_ROLES = frozenset({"body", "standfirst", "quote"})
REFUSED = frozenset({"CONCEDE", "RETREAT", "AGREE", "SUPPORT", "COOPERATE", "AID", "CONSULT"})
CONFLICT = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)
HARMS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
PROMISED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})  # announced, these are AGREE (PLOVER manual, AGREE)


CAPITALS = 3  # words in capitals from which a sentence in them is a heading
Told = tuple[Candidate, Roles | None]  # a candidate and the parties it finds by itself, if it finds enough


def code(doc: Doc, article: Article, *, keeps: judge.Keeps = judge.keeps) -> Reading:
    """Code a Doc of the article's text (``doc.text == article.text``).

    ``keeps`` says of each event whether it is likely enough right to be recorded.

    A headline, which the text repeats, is coded only where nothing else is there. Pure: the same Doc and
    article give the same Reading.
    """
    grammar.forget(doc)
    found = scene(doc, article, load())
    coder = _Coder(found, keeps)
    reports = coder.reports()
    entities = {d.id: d.entity() for d in found.register.drafts if coder.keeps(d)}
    return Reading(article, tuple(sorted(entities.values(), key=lambda e: e.id)), reports, VERSION)


def _without_headings(doc: Doc, tokens: list[Token]) -> list[Token]:
    """The tokens that stand in no heading; all, where most of a report is written in capitals."""
    headings = {i for sentence in doc.sents if _is_heading(sentence) for i in range(sentence.start, sentence.end)}
    kept = [token for token in tokens if token.i not in headings]
    return kept if len(kept) > len(tokens) / 2 else tokens


def _is_heading(sentence: Sentence) -> bool:
    """Whether a sentence is written in capitals, as a heading inside a report is."""
    words = [token for token in sentence if token.is_alpha]
    return len(words) >= CAPITALS and all(token.is_upper for token in words)


class _Coder:
    """What one article's events share: its scene, its attributions, its dates."""

    def __init__(self, found: Scene, keeps: judge.Keeps) -> None:
        self.scene = found
        self.likely = keeps
        self.article = found.article
        self.quotes = found.quotes
        self.sayings = attribution.sayings(found)
        attribution.resolve_first_person(found, self.sayings, self.quotes)
        found.voices.update(voices(found.doc, self.sayings, found.quoted))
        self.calendar = when.Calendar(found.doc, found.article)
        self.background = Background(found.doc, self.calendar)
        self.pairs = heads.pairs(found)
        self.coded: set[int] = set()
        self.used: set[str] = set()

    def keeps(self, draft: Draft) -> bool:
        """Persons are always kept; other entities where an event or attribution names them."""
        return draft.kind == "person" or draft.id in self.used

    def reports(self) -> tuple[Report, ...]:
        """Every report, in text order, numbered."""
        out: list[Report] = []
        tokens = self._tokens()
        self.coded = {token.i for token in tokens}
        found = cues.candidates(self.scene, tokens)
        filled = [(c, roles.fill(self.scene, c) if c.sense.event else None) for c in found]
        holders = [c for c, parties in filled if c.sense.event is None or parties is not None]
        holders = [c for c in holders if not likeness.resembles(c.sense)]
        filled = likeness.kept(filled)
        told = [(c, parties) for c, parties in filled if not cues.is_content(c, holders)]
        asserted = [c for c, parties in told if parties is not None]
        told = [(c, parties) for c, parties in told if not cues.only_denies(c, asserted)]
        for start, group in self._by_sentence(told):
            out += self._of_sentence(start, group, out[-1] if out else None)
        once: dict[tuple[object, ...], Report] = {}
        for report in out:  # a noun and the verb that carries it may tell the same
            once.setdefault((report.cues, report.category, report.actors, report.recipients), report)
        kept = once.values()
        return tuple(replace(r, sequence=i, id=f"{self.article.id}-{i:03d}") for i, r in enumerate(kept))

    def _by_sentence(self, told: Sequence[Told]) -> Iterator[tuple[int, list[Told]]]:
        """(first token, candidates) of every sentence that has a candidate or a pair of the network's."""
        groups: dict[int, list[Told]] = {start: [] for start in self.pairs}
        for candidate, filled in told:
            groups.setdefault(candidate.token.sent.start, []).append((candidate, filled))
        return iter(sorted(groups.items()))

    def _of_sentence(self, start: int, told: list[Told], before: Report | None) -> list[Report]:
        """The reports of one sentence: what its cues tell, and what only the network does."""
        pair = self.pairs.get(start)
        if pair is not None and any(filled is None and heads.reverses(pair, c) for c, filled in told):
            pair = None
        known = [(c, filled) for c, filled in told if filled is not None]
        main = heads.chosen(pair, known) if pair is not None else None
        if pair is not None and main is None:
            main = heads.governing(pair, [c for c, filled in told if filled is None])
        out: list[Report] = []
        for candidate, _ in told:
            last = out[-1] if out else before
            found = self._of(candidate, last, pair if candidate is main else None)
            if candidate is main and not found and likeness.resembles(candidate.sense):
                main = None  # a word that nobody listed and that resembles too little leaves it to the network
            out += found
        if pair is not None and main is None:
            out += self._alone(pair, told, out[-1] if out else before)
        return out

    def _alone(self, pair: Pair, told: list[Told], before: Report | None) -> list[Report]:
        """The event that only the network tells of, where its word is no cue that was weighed already."""
        found = heads.alone(pair)
        if found is None or found[0].token.i not in self.coded:
            return []
        candidate, filled = found
        if any(candidate.token in c.words and c.sense.event in (None, candidate.sense.event) for c, _ in told):
            return []  # a word tells one event of a category
        time = self.calendar.when(candidate)
        return self._likely(candidate, filled, time, self._modes(candidate, time), pair)

    def _of(self, candidate: Candidate, before: Report | None, pair: Pair | None) -> list[Report]:
        """What one cue reports: its event, and the earlier one that "since" implies."""
        named = self._named_before(candidate, before)
        rivals = named if before is not None and before.category in CONFLICT else ()
        filled = roles.fill(self.scene, candidate, named, rivals) if candidate.sense.event else None
        if filled is None and pair is not None:
            filled = heads.told_of(pair, candidate)
        if filled is None:
            return self._of(candidate.instead, before, pair) if candidate.instead is not None else []
        if pair is not None:
            heads.complete(pair, candidate, filled)
        earlier = records.since_whom(self.scene, candidate, filled)
        time = self.calendar.when(candidate)
        if earlier is None:
            told = time or self.calendar.began(candidate)
            return self._likely(candidate, filled, told, self._modes(candidate, time), pair)
        past = self._report(candidate, earlier, time, {"historical": candidate.token}, None)
        return [self._report(candidate, filled, None, self._modes(candidate, None), pair), past]

    def _named_before(self, candidate: Candidate, before: Report | None) -> tuple[Party, ...]:
        """The parties of the report before, where it stands in this paragraph or the one before.

        Those acted upon come last, but first where both are help: who is helped next is who was helped before.
        """
        if before is None or (before.category not in HARMS and _answers_a_deed(candidate)):
            return ()
        if self.article.text[before.sentence.end : candidate.token.sent.start_char].count("\n\n") > 1:
            return ()
        helped = before.category in roles.OFFERED and candidate.sense.event in roles.OFFERED
        return (*before.recipients, *before.actors) if helped else (*before.actors, *before.recipients)

    def _modes(self, candidate: Candidate, time: When | None) -> dict[str, Token]:
        """The auxiliary modes of the words, and those that only the date or the course of the report shows."""
        modes = auxiliary.modes(candidate)
        if time is None:
            recalled = self.background.recalls(candidate)
        else:
            recalled = is_old(time, self.article)
            self._turn_ahead(candidate, time, modes)
        if recalled and (time is not None or "future" not in modes):
            modes.setdefault("historical", candidate.token)
            modes.pop("standing", None)
        return modes

    def _turn_ahead(self, candidate: Candidate, time: When, modes: dict[str, Token]) -> None:
        """The present of an act with a day is no habit ("meets Monday"), and of a day to come it is a plan."""
        published, span = self.article.published, time.span
        if published is None or span is None or "today" in self.article.text[span.start : span.end].lower():
            return
        once = time.precision == "day" and grammar.is_past(candidate.predicate)  # "repeatedly bombed it on Monday"
        if "standing" in modes and (once or modes["standing"] is candidate.predicate):
            del modes["standing"]
        if time.start >= published and grammar.tense(candidate.predicate) == "present":
            modes.setdefault("future", candidate.predicate)

    def _tokens(self) -> list[Token]:
        """The tokens that are coded: the body, or where there is none the headline."""
        kept = [p for p in self.article.paragraphs if p.role in CODED_ROLES]
        kept = kept or [p for p in self.article.paragraphs if p.role == "headline"]
        starts, ends = [p.start for p in kept], [p.end for p in kept]
        told = ((token, bisect_right(starts, token.idx) - 1) for token in self.scene.doc)
        found = [token for token, at in told if at >= 0 and token.idx < ends[at]]
        return _without_headings(self.scene.doc, found)

    def _likely(
        self, candidate: Candidate, filled: Roles, time: When | None, modes: dict[str, Token], pair: Pair | None
    ) -> list[Report]:
        """The report, unless it is unlikely to tell of an act."""
        report = self._report(candidate, filled, time, modes, pair)
        if plausible.passing(candidate, filled) or plausible.unspoken(self.scene, candidate, filled, report.category):
            return []
        if plausible.crime(self.scene, candidate, filled, report.category):
            return []
        if plausible.private(self.scene, candidate, filled, report.category) or plausible.at_home(candidate, filled):
            return []
        if likeness.resembles(candidate.sense) and report.confidence < likeness.LIKELY:
            return []
        if not self.likely(self.scene, candidate, filled, pair, report):
            return []
        home = self.scene.at_home or self.scene.of_persons
        if home and not plausible.plausible(self.scene, candidate, filled, report):
            return []
        return [report]

    def _report(
        self, candidate: Candidate, filled: Roles, time: When | None, modes: dict[str, Token], pair: Pair | None
    ) -> Report:
        event = str(candidate.sense.event)
        sent_to_help = event == "MOBILIZE" and "historical" not in modes and self.scene.of_disaster
        own = _category("AID" if sent_to_help else event, modes)
        denied = modes.get("negation")
        spoken = denied is not None and denied.lemma_ in load_lexicon().denying_verbs  # the pair's category is of that
        settled = heads.settle(own, candidate.sense.certainty, candidate.sense.entry, None if spoken else pair)
        category = settled.category
        for taken in _taken_into(candidate) if category == event else ():
            modes.pop(taken, None)
        why = confidence.evidence(self.scene, candidate, filled, settled, pair, modes)
        mode = details.mode(candidate) if category == event else None
        return Report(
            id="", article=self.article.id, sequence=0, category=category,
            sentence=self._span(*_sentence(candidate.token)),
            cues=tuple(self._span(t.i, t.i + 1) for t in candidate.words),
            cue_text=" ".join(t.text for t in candidate.words),
            actors=self._parties(filled.actors), recipients=self._parties(filled.recipients),
            modes=(mode,) if mode else (), contexts=details.contexts(candidate), when=time,
            where=details.where(self.scene, candidate), auxiliary=tuple(sorted(modes)),
            quantities=details.quantities(self.scene, candidate),
            about=details.about(self.scene, candidate, filled), attribution=self._attributions(candidate),
            confidence=confidence.weigh(why),
            reasons=(*self._reasons(candidate, filled, modes, settled),
                     Reason("confidence", confidence.written(why), confidence.weigh(why))),
            vectors=vectors(self.scene.doc, [t.i for t in candidate.words], range(*_sentence(candidate.token))),
        )  # fmt: skip

    def _parties(self, mentions: list[Mention]) -> tuple[Party, ...]:
        out: dict[str, Party] = {}
        for mention in mentions:
            span = self._span(mention.start, mention.end)
            text = self.scene.doc[mention.start : mention.end].text
            for draft in mention.drafts:
                self.used.add(draft.id)
                office = mention.office or _current_office(draft)
                out.setdefault(draft.id, Party(draft.id, draft.name, text, span, draft.code, draft.sector, office))
        return tuple(out.values())

    def _attributions(self, candidate: Candidate) -> tuple[Attribution, ...]:
        told = [saying for saying in self.sayings if not attribution.stands_apart(saying, candidate.token)]
        saying = covering(told, candidate.token) or attribution.judgement(self.scene, candidate)
        return (self._attribution(saying),) if saying is not None else ()

    def _attribution(self, saying: Saying) -> Attribution:
        content = sorted(saying.content)
        kind = attribution.kind_of(saying, self.quotes, self.scene.doc)
        return Attribution(
            content=self._span(content[0], content[-1] + 1), kind=kind,
            source=self._parties(list(saying.sources)), anonymous=saying.anonymous,
            cue=self._span(saying.cue.i, saying.cue.i + 1) if saying.cue is not None else None,
            parent=self._attribution(saying.parent) if saying.parent is not None else None,
        )  # fmt: skip

    def _reasons(
        self, candidate: Candidate, filled: Roles, modes: dict[str, Token], settled: Settled
    ) -> tuple[Reason, ...]:
        word = self._span(candidate.token.i, candidate.token.i + 1)
        out = [Reason("event", settled.rule, round(settled.score, 2), word)]
        out += [
            Reason(role, f"{place} ({filled_by.reason})")
            for role, place in sorted(filled.rules.items())
            for filled_by in (filled.actors if role == "actor" else filled.recipients)[:1]
        ]
        out += [Reason("auxiliary_mode", mode, None, self._span(t.i, t.i + 1)) for mode, t in sorted(modes.items())]
        return tuple(out)

    def _span(self, start: int, end: int) -> Span:
        """Characters of the tokens ``start`` to ``end``."""
        words = self.scene.doc[start:end]
        return Span(self.article.id, words.start_char, words.end_char)


def _answers_a_deed(candidate: Candidate) -> bool:
    """ "condemned the bombing": its parties are those of a report of harm, not of whatever was told before"""
    return candidate.sense.event == "ACCUSE" and any(map(deeds.is_deed, grammar.direct_objects(candidate.token)))


def _taken_into(candidate: Candidate) -> tuple[str, ...]:
    """The modes that the sense itself takes up: "will not accept" refuses, "must leave" demands."""
    if candidate.sense.negated:
        return ("negation", "future")
    return ("desired", "hypothetical", "future") if candidate.sense.entry == demanded.RULE else ()


def _category(category: str, modes: dict[str, Token]) -> str:
    """What an act is that lies ahead or is refused, by the PLOVER manual's rules; takes the modes it uses up."""
    denied = modes.get("negation")
    refused = denied is not None and ("future" in modes or denied.lemma_ in load_lexicon().refusing_verbs)
    if refused and category in REFUSED:  # "will not meet", "refused to withdraw"
        del modes["negation"]
        modes.pop("future", None)
        return "REJECT"
    if "future" in modes and denied is None:
        category = "AGREE" if category in PROMISED else "CONCEDE" if category == "RETREAT" else category
    if category in ("AGREE", "THREATEN"):
        modes.pop("future", None)
    if "historical" in modes:  # "decided in 2019 to withdraw": what then lay ahead is past
        modes.pop("future", None)
    return category


def _sentence(token: Token) -> tuple[int, int]:
    """First and one past the last token of the sentence, without white space around it."""
    start, end = token.sent.start, token.sent.end
    while end - 1 > start and token.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and token.doc[start].is_space:
        start += 1
    return start, end


def _current_office(draft: Draft) -> str | None:
    offices = [o.office for o in (*draft.offices, *draft.known_offices) if not o.former]
    return offices[0] if offices else None
