"""When an event took place, as far as the words fix it. What they do not fix stays unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from spacy.tokens import Doc, Span, Token

from dragoman.coding import grammar, offsets
from dragoman.coding.cues import Candidate
from dragoman.coding.grammar import base, children
from dragoman.coding.moments import Moment, moments, reaches
from dragoman.coding.times import OLD_DAYS, Time, times
from dragoman.language.timex_doc import told_by
from dragoman.language.timex_values import Timex
from dragoman.model import Article, When
from dragoman.model import Span as Words

NOT_AT = frozenset({"since", "until", "till", "before", "after", "by", "for", "ahead", "following", "towards"})
ATTRIBUTIVE = frozenset({"nmod:poss", "compound", "amod", "nummod"})  # "Friday's ruling", "the 1994 accord"
STARTING = frozenset({"starting", "beginning", "effective", "dated"})
ZONES = timedelta(days=1)  # a report may speak of a day that has not yet begun where it was published


class Calendar:
    """The dated expressions of one article, by sentence, and what each of them dates."""

    def __init__(self, doc: Doc, article: Article) -> None:
        self.article = article
        self.by_sentence: dict[int, list[Time]] = {}
        for time in times(doc, article):
            self.by_sentence.setdefault(time.span.root.sent.start, []).append(time)

    def when(self, candidate: Candidate) -> When | None:
        """The date of a cue's event: the expression nearest to it in its own clause, else in one of its time."""
        known = self.of(candidate.token)
        counted = offsets.before_or_after(candidate, lambda token: self._nearest_to(token))
        if counted is not None:
            return self._when(counted[0], counted[1])
        for moment in moments(candidate):
            named = offsets.named_by_when(moment.word, known)
            if named is not None and reaches_back(moment):
                return self._when(named.span, named.value)
        found = min(self._dating(candidate, known), key=lambda each: each[0], default=None)
        return self._when(found[1].span, found[1].value) if found is not None else None

    def began(self, candidate: Candidate) -> When | None:
        """Since when a state of things has lasted: "has kept troops there since July 2021"."""
        verb = candidate.predicate
        for preposition, token in grammar.obliques(verb):
            lasting = preposition == "since" and _present_perfect(verb)
            time = next((t for t in self.of(verb) if t.span.start <= token.i < t.span.end), None)
            if lasting and time is not None:
                return self._when(time.span, time.value)
        return None

    def of(self, token: Token) -> list[Time]:
        """The dated expressions of the token's sentence, in text order."""
        return self.by_sentence.get(token.sent.start, [])

    def hanging_on(self, verb: Token) -> Time | None:
        """The expression that stands in a verb's own clause; None where none does."""
        found = [(steps, t) for t in self.of(verb) if (steps := distance(verb.i, t)) is not None]
        return min(found, key=lambda each: each[0])[1] if found else None

    def _nearest_to(self, verb: Token) -> Time | None:
        """The date of a clause that another is counted from: its own, or that of the report it stands in."""
        for above in grammar.ancestors(verb):
            found = self.hanging_on(above) if above.pos_ in ("VERB", "AUX") else None
            if found is not None and found.value.precision == "day":
                return found
        return None

    def _dating(self, candidate: Candidate, known: list[Time]) -> Iterator[tuple[tuple[int, ...], Time]]:
        for moment in moments(candidate):
            for time in known:
                steps = distance(moment.word.i, time, planned=self._is_planned(time))
                if steps is None or not reaches(moment, candidate, time.span.root):
                    continue
                if self._agrees(moment, candidate, time):
                    yield (moment.far, time.only_of_day, steps, time.span.start), time

    def _is_planned(self, time: Time) -> bool:
        """ "announced a strike for Thursday": what is to come is of the day that it is called for"""
        published = self.article.published
        ahead = published is not None and time.start > published
        return ahead and grammar.preposition(time.span.root) == "for"

    def _agrees(self, moment: Moment, candidate: Candidate, time: Time) -> bool:
        """Whether the tense allows the date; a clause takes its outer clause's date only where that cannot have it."""
        published = self.article.published
        if moment.bond == "outer" and fits(moment.word, time, published):
            return False
        return moment.bond in ("content", "phase", "told") or fits(candidate.predicate, time, published)

    def _when(self, span: Span, value: Timex) -> When:
        time = Time(span, value)
        precision = value.precision
        if precision == "unknown" and (time.end - time.start).days > 366:
            precision = "decade"
        words = Words(self.article.id, span.start_char, span.end_char)
        return When(time.start, time.end, precision, "words", words)


def reaches_back(moment: Moment) -> bool:
    """Whether a "when" before a clause holds for the cue: in its own clause, or that of the verb it is joined to."""
    return moment.bond in ("own", "joined", "manner")


def distance(word: int, time: Time, *, planned: bool = False) -> int | None:
    """How far an expression stands below a word (by its index) in the tree; None where it dates something else.

    :param planned: it is a day that something is called for, not a limit.
    """
    root = time.span.root
    if _bounded(root) and not planned:
        return None
    teller = told_by(time.span)
    if teller is not None:
        return 1 if teller.i == word else None
    below = root
    for steps, above in enumerate(_above(root, time.span)):
        if above.i == word:
            return steps
        if steps and _another_clause(above):
            return None
        if steps and below.dep_ in ATTRIBUTIVE and below.i in range(time.span.start, time.span.end):
            return None
        below = above
    return None


def _above(root: Token, span: Span) -> Iterator[Token]:
    """What an expression hangs on: "the attack Tuesday on its soil" says when the attack was, whatever the parse."""
    before = span.doc[span.start - 1] if span.start > span.sent.start else None
    inside = before is not None and before.pos_ == "NOUN" and any(c.i > root.i for c in children(before, "nmod", "acl"))
    if before is None or not inside or grammar.within(root, [before]):
        yield from grammar.ancestors(root)
        return
    yield root
    yield from grammar.ancestors(before)


def _another_clause(token: Token) -> bool:
    """A clause of its own; "starting from Thursday" is only a long preposition."""
    if token.lower_ in STARTING:
        return False
    return token.pos_ in ("VERB", "AUX") and base(token) in grammar.CLAUSES


def _bounded(root: Token) -> bool:
    """ "since 2006", "until Friday", "after the attacks of ...": a limit, not the event's own time."""
    if grammar.preposition(root).split(" ")[0] in NOT_AT:
        return True
    head = root.head
    if base(root) in ("nmod", "compound", "amod", "nummod") and head.i != root.i:
        return grammar.preposition(head).split(" ")[0] in NOT_AT
    return False


def fits(verb: Token, time: Time, published: date | None) -> bool:
    """Whether a clause of the verb's tense can be of that time: "will withdraw" is not of last year."""
    if published is None:
        return True
    far_back = (published - time.end).days > OLD_DAYS
    if grammar.is_ahead(verb) and far_back and not _is_perfect_modal(verb):
        return False
    if grammar.tense(verb) == "future" and time.end < published - ZONES:
        return False  # "will free those who were seized in January"
    if _present_perfect(verb) and far_back:
        return False  # "has condemned the killing of ... in 2018"
    ahead = time.start > published + ZONES
    starting = grammar.preposition(time.span.root).split(" ")[0] in ("from", "as", *STARTING)
    return not (ahead and grammar.is_past(verb) and not starting)


def _is_perfect_modal(verb: Token) -> bool:
    return any(a.lemma_ == "have" for a in children(verb, "aux"))


def _present_perfect(verb: Token) -> bool:
    helpers = children(verb, "aux")
    return any(a.lower_ in ("has", "have", "'ve", "’ve") for a in helpers) and not any(a.tag_ == "MD" for a in helpers)
