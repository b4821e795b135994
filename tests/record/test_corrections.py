from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dragoman.errors import CorrectionError, NotFoundError, RecordError
from dragoman.exchange import plover
from dragoman.model import Reading, Span, When
from dragoman.record import EventFilter, Record
from make import article as make_article
from make import emptied, entity, party, report, span, visit
from record.judging import BY, FACTS, exported, fact, ids, rebuilt


@pytest.fixture(scope="module")
def shared():
    with Record.open(":memory:") as one, Record.open(":memory:") as other:
        yield one, other


@pytest.fixture
def record(shared):
    """A record of a visit and a grant, each told by two copies of one story."""
    emptied(*shared)
    shared[0].add(visit())
    shared[0].add(visit("b", outlet="The Evening"))
    return shared[0]


# one field


def test_a_field_is_changed_and_what_was_read_is_kept(record):
    first, second = record.events()
    made = record.correct(second.id, "category", "consult", **BY)
    assert (made.kind, made.field, made.was, made.now) == ("field", "category", "AID", "CONSULT")
    assert (made.who, made.why, made.target) == ("A. Analyst", "the text says so", second.id)
    assert datetime.now(UTC).timestamp() - made.made.timestamp() < 60 and made.made.tzinfo is not None
    event = record.event(second.id)
    assert event.corrected and event.corrections == (made,)
    assert [each.category for each in event.reports] == ["CONSULT", "CONSULT"]
    assert event.read == second.reports
    assert ids(record, event="CONSULT") == [first.id, second.id]
    assert ids(record, event="AID") == []
    assert ids(record, corrected=True) == [second.id]
    assert list(record.readings()) == [visit(), visit("b", outlet="The Evening")]
    row = fact(record, second.id)
    assert (row["category"], row["quad"], row["corrected"]) == ("CONSULT", "verbal_cooperation", True)
    assert (row["score"], row["cameo"]) == (plover.scales("CONSULT").score, "040")
    assert [each.corrected for each in record.events()] == [False, True]
    assert [plover.event_row(each)["corrected"] for each in plover.told(record, record.events())] == [False, True]


VALUES = {
    "modes": ("phone", lambda r: r.modes, ("phone",)),
    "mode": ([], lambda r: r.modes, ()),
    "contexts": (["legal", "economic"], lambda r: r.contexts, ("legal", "economic")),
    "status": ("negation,future", lambda r: r.auxiliary, ("future", "negation")),
    "about": ("dza", lambda r: r.about, ("DZA",)),
    "date": (
        "2020-02",
        lambda r: (r.when.start, r.when.end, r.when.precision),
        (date(2020, 2, 1), date(2020, 2, 29), "month"),
    ),
    "enddate": (
        "2021-03-05",
        lambda r: (r.when.start, r.when.end, r.when.precision),
        (date(2021, 3, 1), date(2021, 3, 5), "day"),
    ),
    "precision": (
        "week",
        lambda r: (r.when.start, r.when.precision, r.when.basis),
        (date(2021, 3, 1), "week", "analyst"),
    ),
    "when": ("", lambda r: r.when, None),
    "where": ("", lambda r: r.where, None),
    "place": ("Lisbon", lambda r: (r.where.name, r.where.code, r.where.precision), ("Lisbon", "PRT", "city")),
    "actors": ("DZA", lambda r: [(p.code, p.entity) for p in r.actors], [("DZA", "state:DZA")]),
    "actor": ("person:ana-reis,Portugal", lambda r: [p.name for p in r.actors], ["Ana Reis", "Portugal"]),
    "recipients": ([], lambda r: r.recipients, ()),
    "recipient": (
        [{"name": "Jo Li", "code": "CHN"}],
        lambda r: [(p.entity, p.code) for p in r.recipients],
        [("person:jo-li", "CHN")],
    ),
}


@pytest.mark.parametrize("field", VALUES)
def test_every_field_can_be_changed_and_back(record, field):
    value, look, wanted = VALUES[field]
    before = exported(record)
    first = next(record.events())
    made = record.correct(first.id, field, value, **BY)
    event = record.event(first.id)
    assert all(look(each) == wanted for each in event.reports)
    text = {article.id: article.text for article in record.articles()}
    for each in event.reports:
        for one in (*each.actors, *each.recipients):
            assert text[each.article][one.span.start : one.span.end] == one.text != ""
            assert one.entity in {known.id for known in record.entities()} & set(record.first_articles())
    assert record.select(FACTS) == rebuilt(record)
    record.undo(made.id, **BY)
    assert exported(record) == before
    assert next(record.events()) == first


def test_parties_are_exchanged_in_one_step(record):
    event = ids(record)[0]
    with pytest.raises(CorrectionError, match="both fields at once"):
        record.correct(event, "actors", "NOR", **BY)
    made = record.correct_fields(event, {"actors": "NOR", "recipients": "person:ana-reis"}, **BY)
    assert [each.field for each in made] == ["actors", "recipients"]
    row = fact(record, event)
    assert (row["actors"], row["recipients"], row["recipient_entities"]) == (["NOR"], ["PRT"], ["person:ana-reis"])
    assert record.event(event).reports[0].recipients[0].office == "Foreign Minister"


def test_a_new_category_lets_go_of_the_modes_of_the_old_one(record):
    event = ids(record)[0]
    made = record.correct(event, "category", "ASSAULT", **BY)
    assert (fact(record, event)["modes"], fact(record, event)["category"]) == ([], "ASSAULT")
    record.undo(made.id, **BY)
    assert fact(record, event)["modes"] == ["visit"]


REFUSED = {
    "no such field": ("colour", "red", "no field 'colour': one of category"),
    "confidence": ("confidence", 1, "no field 'confidence'"),
    "no such category": ("category", "DANCE", "not a category of PLOVER; they are: "),
    "not text": ("category", 3, "not a category"),
    "a mode of another": ("modes", "withdraw", "not a mode of CONSULT; its modes: "),
    "no such context": ("contexts", "weather", "none of the contexts"),
    "no such status": ("auxiliary", "maybe", "none of the auxiliary; they are: historical"),
    "no such code": ("about", "XXQ", "no country or body has the code 'XXQ'"),
    "no such actor": ("actors", "Atlantis", "known as 'Atlantis'"),
    "no code of a party": ("actors", [{"entity": "NOR", "code": "QQQ"}], "code 'QQQ'"),
    "a strange key": ("actors", [{"entity": "NOR", "age": 3}], "no 'age'"),
    "no list": ("modes", {"a": 1}, "no list"),
    "backwards": ("date", "2020-03-02..2020-03-01", "lies before the first"),
    "ends too soon": ("enddate", "2001", "lies before the first"),
    "no day": ("date", "2021-02-30", "not a day"),
    "nor this": ("when", {"start": "soon"}, "not a day"),
    "no precision": ("precision", "second", "no precision 'second'"),
    "no place": ("where", {"code": "NOR"}, "needs a name"),
    "not on earth": ("where", {"name": "X", "latitude": 91}, "latitude"),
    "no country": ("where", {"name": "X", "code": "QQQ"}, "no country"),
    "nothing new": ("category", "CONSULT", "nothing would change"),
    "nothing new either": ("mode", "visit", "nothing would change"),
}


@pytest.mark.parametrize(("field", "value", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_changes_nothing(record, field, value, reason):
    event, before = ids(record)[0], exported(record)
    with pytest.raises(CorrectionError, match=reason) as caught:
        record.correct(event, field, value, **BY)
    assert str(caught.value).startswith(":memory:: ")
    assert record.corrections() == [] and exported(record) == before


def test_an_event_needs_somebody(record):
    event = ids(record)[1]
    with pytest.raises(CorrectionError, match="neither actor nor recipient"):
        record.correct(event, "actors", [], **BY)


@pytest.mark.parametrize("missing", ["who", "why"])
def test_who_and_why_must_be_said(record, missing):
    with pytest.raises(CorrectionError, match=f"needs {missing}"):
        record.reject(ids(record)[0], **{**BY, missing: "  "})


# events


def test_a_rejected_event_is_left_out_unless_asked_for(record):
    first, second = ids(record)
    made = record.reject(first, **BY)
    assert ids(record) == [second] and record.count() == 1
    assert ids(record, rejected=None) == [first, second]
    assert ids(record, rejected=True) == [first]
    assert record.event(first).rejected and record.event(first).corrections == (made,)
    assert fact(record, first)["rejected"]
    with pytest.raises(CorrectionError, match="rejected already"):
        record.reject(first, **BY)
    record.restore(first, **BY)
    assert ids(record) == [first, second]
    assert record.event(first).corrected
    with pytest.raises(CorrectionError, match="not rejected"):
        record.restore(first, **BY)


def test_some_reports_are_split_off(record):
    first = next(record.events())
    made = record.split_event(first.id, ["b#0"], **BY)
    new = made.now["event"]
    assert [[each.id for each in record.event(id).reports] for id in (first.id, new)] == [["a1#0"], ["b#0"]]
    assert record.event(first.id).corrected and record.event(new).corrected
    assert record.select("SELECT count(*) AS n FROM facts")[0]["n"] == 3
    assert record.select(FACTS) == rebuilt(record)
    record.correct(new, "category", "ACCUSE", **BY)
    assert [record.event(id).reports[0].category for id in (first.id, new)] == ["CONSULT", "ACCUSE"]
    for wrong, reason in ((["b#0"], "no report 'b#0'"), ([], "not none"), (["a1#0"], "not all")):
        with pytest.raises(CorrectionError, match=reason):
            record.split_event(first.id, wrong, **BY)
    record.merge_events([first.id, new], **BY)
    assert [each.id for each in record.event(first.id).reports] == ["a1#0", "b#0"]


def test_events_are_merged_and_known_by_their_old_ids(record):
    first, second = record.events()
    made = record.merge_events([second.id, first.id[:8]], **BY)
    (event,) = record.events()
    assert event.id == second.id and event.stories == 1
    assert {each.id for each in event.reports} == {"a1#0", "b#0", "a1#1", "b#1"}
    assert record.event(first.id) == record.event(second.id) == event
    record.add(visit("c"))
    assert len(next(record.events()).reports) == 6
    assert record.select(FACTS) == rebuilt(record)
    for wrong, reason in (([first.id, second.id], "two events"), ([first.id, "zz"], "no event 'zz'")):
        with pytest.raises(RecordError, match=reason):
            record.merge_events(wrong, **BY)
    record.undo(made.id, **BY)
    assert ids(record) == [first.id, second.id]


def test_a_rejected_event_is_not_merged(record):
    first, second = ids(record)
    record.reject(first, **BY)
    with pytest.raises(CorrectionError, match="restore it first"):
        record.merge_events([second, first], **BY)


# entities


def test_entities_are_merged(record):
    before = exported(record)
    made = record.merge_entities(["PRT", "NOR"], **BY)
    known = {one.id: one for one in record.entities()}
    assert set(known) == {"PRT", "person:ana-reis", "group:aide"}
    assert set(known["PRT"].aliases) | {known["PRT"].name} == {"Norway", "Portugal"}
    event = next(record.events())
    assert event.reports[0].recipients[0].entity == "PRT" and event.reports[0].recipients[0].name == "Norway"
    assert fact(record, event.id)["recipient_entities"] == ["PRT"]
    assert fact(record, event.id)["sources"] == ["PRT", "group:aide"]
    assert "NOR" not in record.first_articles()
    assert record.select(FACTS) == rebuilt(record)
    with pytest.raises(NotFoundError, match="no entity 'NOR'"):
        record.merge_entities(["PRT", "NOR"], **BY)
    record.undo(made.id, **BY)
    assert exported(record) == before


def test_an_entity_is_another_in_some_articles(record):
    before = exported(record)
    made = record.split_entity("person:ana-reis", ["b"], name="Ana Reis the younger", **BY)
    new = made.now["entity"]
    assert [one.name for one in record.entities([new, "person:ana-reis"])] == ["Ana Reis", "Ana Reis the younger"]
    event = next(record.events())
    assert [each.actors[0].entity for each in event.reports] == ["person:ana-reis", new]
    assert record.first_articles()[new] == "b"
    assert [one.offices[0].office for one in record.entities([new])] == ["Foreign Minister"]
    for articles, reason in ((["b"], "does not name"), (["a1"], "not all")):
        with pytest.raises(CorrectionError, match=reason):
            record.split_entity("person:ana-reis", articles, **BY)
    with pytest.raises(NotFoundError, match="no entity 'nobody'"):
        record.split_entity("nobody", ["a1"], **BY)
    record.merge_entities(["person:ana-reis", new], **BY)
    assert new not in {one.id for one in record.entities()}
    record.undo(2, **BY)
    record.undo(1, **BY)
    assert exported(record) == before


# undoing, order, history


def test_an_undo_is_a_row_and_can_be_undone(record):
    event = ids(record)[0]
    record.correct(event, "category", "AID", **BY)
    undo = record.undo(1, **BY)
    assert (undo.kind, undo.target) == ("undo", "1")
    assert fact(record, event)["category"] == "CONSULT" and not record.event(event).corrected
    assert [each.undone_by for each in record.corrections()] == [2, None]
    with pytest.raises(CorrectionError, match="undone already, by 2"):
        record.undo(1, **BY)
    record.undo(2, **BY)
    assert fact(record, event)["category"] == "AID"
    assert [each.undone_by for each in record.corrections()] == [None, 3, None]
    record.undo(3, **BY)
    assert [each.undone_by for each in record.corrections()] == [2, None, 4, None]
    assert [each.id for each in record.corrections(event)] == [1, 2, 3, 4]
    assert record.corrections(ids(record)[1]) == []
    with pytest.raises(NotFoundError, match="no correction 9"):
        record.undo(9, **BY)


def test_the_last_of_several_holds_and_all_are_listed(record):
    event = ids(record)[0]
    for who, category in (("A", "AID"), ("B", "ACCUSE"), ("C", "AGREE")):
        record.correct(event, "category", category, who=who, why="sure")
    assert fact(record, event)["category"] == "AGREE"
    assert [(each.who, each.was, each.now) for each in record.corrections(event)] == [
        ("A", "CONSULT", "AID"),
        ("B", "AID", "ACCUSE"),
        ("C", "ACCUSE", "AGREE"),
    ]
    record.undo(3, **BY)
    assert fact(record, event)["category"] == "ACCUSE"
    record.undo(1, **BY)
    assert fact(record, event)["category"] == "ACCUSE"


# reading again


def reread(record: Record, **changes) -> None:
    """A newer coder reads both copies; its first report is as changed."""
    for id, outlet in (("a1", "The Daily"), ("b", "The Evening")):
        old = visit(id, outlet=outlet, version="reader-2")
        first = replace(old.reports[0], **{name: make(old) for name, make in changes.items()})
        assert record.add(replace(old, reports=(first, *old.reports[1:]))) == "updated"


def cues(old: Reading) -> tuple[Span, ...]:
    at = span(old.article, "visited Oslo")
    return (at,)


def nobody(old: Reading) -> tuple:
    return (party(old.article, "Norway", entity("NOR")),)


NEWER = {
    "another category": {"category": lambda old: "AGREE"},
    "other parties": {"actors": nobody, "recipients": lambda old: ()},
    "a longer cue": {"cues": cues},
    "another sentence": {"sentence": lambda old: span(old.article, "Oslo on Monday")},
    "another day": {"when": lambda old: When(date(2020, 1, 1), date(2020, 1, 1), "day", "publication")},
    "everything": {"category": lambda old: "AID", "actors": nobody, "recipients": lambda old: (), "cues": cues},
}


@pytest.mark.parametrize("changes", NEWER.values(), ids=NEWER)
def test_corrections_survive_a_newer_coder(record, changes):
    first, second = ids(record)
    record.correct(first, "category", "ACCUSE", **BY)
    record.reject(second, **BY)
    reread(record, **changes)
    assert record.versions(["a1"]) == {"a1": "reader-2"}
    (event,) = record.events()
    assert {each.category for each in event.reports} == {"ACCUSE"} and len(event.reports) == 2
    assert record.event(first).id == event.id and record.event(second).rejected
    assert [each.dangling for each in record.corrections()] == [False, False]
    assert record.select(FACTS) == rebuilt(record)
    reread(record)
    assert ids(record) == [first] and fact(record, first)["category"] == "ACCUSE"


def test_splits_and_merges_survive_a_newer_coder(record):
    first, second = ids(record)
    new = record.split_event(first, ["b#0"], **BY).now["event"]
    record.merge_events([new, second], **BY)
    record.split_entity("person:ana-reis", ["b"], **BY)
    reread(record, category=lambda old: "AGREE")
    told = sorted(sorted(each.id for each in event.reports) for event in record.events())
    assert told == [["a1#0"], ["a1#1", "b#0", "b#1"]]
    assert len(record.event(new).corrections) == 2
    assert {p.entity for each in record.event(new).reports for p in each.actors} == {"person:ana-reis~3", "PRT"}
    assert record.select(FACTS) == rebuilt(record)


def test_a_correction_waits_for_what_it_is_about(record):
    first = ids(record)[0]
    record.correct(first, "category", "ACCUSE", **BY)
    for id, outlet in (("a1", "The Daily"), ("b", "The Evening")):
        old = visit(id, outlet=outlet, version="reader-2")
        record.add(replace(old, reports=(replace(old.reports[1], sequence=0),)))
    assert [event.corrected for event in record.events()] == [False]
    (waiting,) = record.corrections()
    assert waiting.dangling and waiting.undone_by is None
    assert record.select("SELECT dangling FROM corrections") == [{"dangling": True}]
    reread(record)
    assert fact(record, first)["category"] == "ACCUSE"
    assert not record.corrections()[0].dangling


def test_of_several_statements_of_one_cue_the_right_one_is_found(record):
    text = make_article("x", "Norway and Portugal met and accused Chile.")
    states = [entity(code, name) for code, name in (("NOR", "Norway"), ("PRT", "Portugal"), ("CHL", "Chile"))]
    norway, portugal, chile = (party(text, each.name, each) for each in states)
    one = report(text, text.text, "accused", category="ACCUSE", actors=(norway,), recipients=(chile,))
    two = report(text, text.text, "accused", sequence=1, category="ACCUSE", actors=(portugal,), recipients=(chile,))
    record.add(Reading(text, tuple(states), (one, two), "1"))
    wrong = next(event for event in record.events() if event.reports[0].id == "x#1")
    record.reject(wrong.id, **BY)
    swapped = (replace(two, sequence=0, id="x#0", category="THREATEN"), replace(one, sequence=1, id="x#1"))
    record.add(Reading(text, tuple(states), swapped, "2"))
    left = [event.reports[0].actors[0].code for event in record.events(EventFilter(article="x"))]
    assert left == ["NOR"]
    record.add(Reading(text, tuple(states), (replace(one, recipients=()),), "3"))
    assert len(ids(record, article="x")) == 1
    assert record.corrections()[-1].dangling
