"""On whose word a report stands."""

import pytest
from spacy.tokens import Span

from dragoman.coding import attribution
from dragoman.coding.quotes import quotations
from dragoman.coding.saying import Saying, covering
from dragoman.model import Attribution, Report
from make_docs import article, only, parsed, reading, scene_of, word

SAID = (
    "Peru/NNP/2/nsubj/LOC said/VBD/0/root Chile/NNP/4/nsubj/LOC attacked/VBD/2/ccomp Bolivia/NNP/4/obj/LOC ././2/punct"
)
SAID_AFTER = (
    "Chile/NNP/2/nsubj/LOC attacked/VBD/6/ccomp Bolivia/NNP/2/obj/LOC ,/,/6/punct Peru/NNP/6/nsubj/LOC said/VBD/0/root "
    "././6/punct"
)
ACCORDING = (
    "According/VBG/4/case to/IN/1/fixed the/DT/4/det ministry/NN/9/obl of/IN/6/case Peru/NNP/4/nmod/LOC ,/,/4/punct "
    "Chile/NNP/9/nsubj/LOC attacked/VBD/0/root Bolivia/NNP/9/obj/LOC ././9/punct"
)
QUOTED = (
    "\"/``/3/punct Chile/NNP/3/nsubj/LOC attacked/VBD/9/ccomp Bolivia/NNP/3/obj/LOC ,/,/3/punct \"/''/3/punct "
    "Ann/NNP/9/nsubj/PER Lee/NNP/7/flat/+ said/VBD/0/root ././9/punct"
)
QUOTED_AFTER = (
    'Ann/NNP/3/nsubj/PER Lee/NNP/1/flat/+ said/VBD/0/root :/:/7/punct "/``/7/punct Chile/NNP/7/nsubj/LOC '
    "attacked/VBD/3/ccomp Bolivia/NNP/7/obj/LOC ././7/punct \"/''/7/punct"
)
RUNNING = (
    '"/``/4/punct It/PRP/4/nsubj has/VBZ/4/aux threatened/VBN/0/root Peru/NNP/4/obj/LOC for/IN/8/case many/JJ/8/amod '
    "years/NNS/4/obl ././4/punct \"/''/4/punct"
)
SHE_ADDED = (
    '"/``/4/punct It/PRP/4/nsubj has/VBZ/4/aux threatened/VBN/8/ccomp Peru/NNP/4/obj/LOC ,/,/4/punct '
    "\"/''/4/punct she/PRP/9/nsubj added/VBD/0/root ././9/punct"
).replace("threatened/VBN/8", "threatened/VBN/9")
MIXED = (
    'Peru/NNP/2/nsubj/LOC said/VBD/0/root that/IN/7/mark Chile/NNP/7/nsubj/LOC "/``/7/punct brutally/RB/7/advmod '
    "attacked/VBD/2/ccomp \"/''/7/punct Bolivia/NNP/7/obj/LOC ././2/punct"
)
STATEMENT = (
    "A/DT/2/det statement/NN/8/nsubj issued/VBN/2/acl by/IN/7/case the/DT/7/det Peruvian/JJ/7/amod "
    "presidency/NN/3/obl:agent said/VBD/0/root Chile/NNP/10/nsubj/LOC attacked/VBD/8/ccomp Bolivia/NNP/10/obj/LOC "
    "././8/punct"
)
OFFICIAL = (
    "A/DT/3/det Peruvian/JJ/3/amod official/NN/4/nsubj said/VBD/0/root Chile/NNP/6/nsubj/LOC attacked/VBD/4/ccomp "
    "Bolivia/NNP/6/obj/LOC ././4/punct"
)
NESTED = (
    "The/DT/2/det agency/NN/3/nsubj quoted/VBD/0/root the/DT/6/det foreign/JJ/6/amod ministry/NN/3/obj of/IN/8/case "
    "Peru/NNP/6/nmod/LOC as/IN/10/mark saying/VBG/3/advcl that/IN/13/mark Chile/NNP/13/nsubj/LOC attacked/VBD/10/ccomp "
    "Bolivia/NNP/13/obj/LOC ././3/punct"
)
TWICE = (
    "Peru/NNP/2/nsubj/LOC said/VBD/0/root that/IN/5/mark Oman/NNP/5/nsubj/LOC said/VBD/2/ccomp that/IN/8/mark "
    "Chile/NNP/8/nsubj/LOC attacked/VBD/5/ccomp Bolivia/NNP/8/obj/LOC ././2/punct"
)
REPORTEDLY = "Chile/NNP/3/nsubj/LOC reportedly/RB/3/advmod attacked/VBD/0/root Bolivia/NNP/3/obj/LOC ././3/punct"
OWN = "Chile/NNP/2/nsubj/LOC attacked/VBD/0/root Bolivia/NNP/2/obj/LOC ././2/punct"


def attack(*sentences: str) -> Report:
    """The report of the attack in some sentences."""
    (found,) = (report for report in reading(*sentences).reports if report.category == "ASSAULT")
    return found


def voice(*sentences: str) -> Attribution:
    """On whose word the attack is told."""
    (found,) = attack(*sentences).attribution
    return found


def words(sentence: str, found: Attribution) -> tuple[str, str]:
    """The words of an attribution's content and of its cue."""
    text = article(parsed(sentence)).text
    cue = "" if found.cue is None else text[found.cue.start : found.cue.end]
    return text[found.content.start : found.content.end], cue


@pytest.mark.parametrize(
    ("sentence", "source", "kind", "cue"),
    [
        (SAID, "Peru", "indirect", "said"),
        (SAID_AFTER, "Peru", "indirect", "said"),
        (ACCORDING, "ministry", "indirect", "According"),
        pytest.param(QUOTED, "Ann Lee", "direct", "said"),
        pytest.param(QUOTED_AFTER, "Ann Lee", "direct", "said"),
        (MIXED, "Peru", "mixed", "said"),
        (STATEMENT, "presidency", "document", "said"),
        (OFFICIAL, "official", "indirect", "said"),
        pytest.param(NESTED, "ministry", "indirect", "saying"),
    ],
)
def test_source_kind_and_cue(sentence: str, source: str, kind: str, cue: str) -> None:
    found = voice(sentence)
    (party,) = found.source
    assert source in party.text
    assert found.kind == kind
    content, verb = words(sentence, found)
    assert verb == cue
    assert "Chile" in content and "Bolivia" in content and cue not in content


def test_the_report_s_own_voice() -> None:
    assert attack(OWN).attribution == ()


def test_a_document_speaks_for_its_issuer() -> None:
    (party,) = voice(STATEMENT).source
    assert party.code == "PER"


@pytest.mark.parametrize(
    ("sentence", "anonymous"), [(OFFICIAL, True), (SAID, False), (QUOTED, False), (STATEMENT, False)]
)
def test_officials_without_a_name_are_anonymous(sentence: str, anonymous: bool) -> None:
    found = voice(sentence)
    assert found.anonymous == anonymous
    assert found.source


def test_an_anonymous_official_keeps_his_country() -> None:
    (party,) = voice(OFFICIAL).source
    assert (party.code, party.sector) == ("PER", "GOV")


def test_an_adverb_cites_nobody() -> None:
    found = voice(REPORTEDLY)
    assert (found.source, found.anonymous) == ((), True)
    assert words(REPORTEDLY, found)[1] == "reportedly"


@pytest.mark.parametrize("breaks", [(), ("",)])
def test_a_quotation_that_runs_on_is_its_last_speaker_s(breaks: tuple[str, ...]) -> None:
    reports = reading(QUOTED, *breaks, RUNNING).reports
    (threat,) = (report for report in reports if report.category == "THREATEN")
    (found,) = threat.attribution
    assert [party.name for party in found.source] == ["Ann Lee"]
    assert (found.kind, found.cue) == ("direct", None)


def test_a_quotation_after_another_paragraph_is_nobody_s() -> None:
    snow = "Snow/NN/2/nsubj fell/VBD/0/root ././2/punct"
    (threat,) = (r for r in reading(QUOTED, "", snow, "", RUNNING).reports if r.category == "THREATEN")
    assert threat.attribution == ()


def test_she_added_is_the_speaker_before() -> None:
    (threat,) = (r for r in reading(QUOTED, SHE_ADDED).reports if r.category == "THREATEN")
    (found,) = threat.attribution
    assert [party.name for party in found.source] == ["Ann Lee"]


def test_a_source_inside_a_source() -> None:
    found = voice(TWICE)
    assert [party.code for party in found.source] == ["OMN"]
    assert found.parent is not None and [party.code for party in found.parent.source] == ["PER"]
    assert found.parent.parent is None


def test_the_agency_that_quotes_is_outside_the_ministry() -> None:
    found = voice(NESTED)
    assert found.parent is not None
    assert [party.text for party in found.parent.source] == ["agency"]


@pytest.mark.parametrize("sentence", [SAID, SAID_AFTER, ACCORDING, QUOTED, MIXED, STATEMENT, OFFICIAL, NESTED, TWICE])
def test_parents_hold_more_and_lead_nowhere_twice(sentence: str) -> None:
    for saying in attribution.sayings(scene_of(parsed(sentence))):
        seen = []
        while saying.parent is not None:
            seen.append(saying)
            assert len(saying.parent.content) > len(saying.content)
            saying = saying.parent
            assert saying not in seen


def test_we_are_who_speaks() -> None:
    sentence = (
        "\"/``/3/punct We/PRP/3/nsubj attacked/VBD/10/ccomp Chile/NNP/3/obj/LOC ,/,/3/punct \"/''/3/punct "
        "Minister/NNP/8/nmod:desc Ann/NNP/10/nsubj/PER Lee/NNP/8/flat/+ said/VBD/0/root ././10/punct"
    )
    assert [party.name for party in attack(sentence).actors] == ["Ann Lee"]


def test_a_quotation_ends_with_its_paragraph() -> None:
    doc = parsed('"/``/2/punct Go/VB/0/root home/RB/2/advmod', "", "Snow/NN/2/nsubj fell/VBD/0/root ././2/punct")
    assert [[doc[i].text for i in sorted(quote)] for quote in quotations(doc)] == [["Go", "home"]]


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"')])
def test_quotation_marks(opening: str, closing: str) -> None:
    doc = parsed(f"{opening}/``/2/punct Go/VB/5/ccomp {closing}/''/2/punct he/PRP/5/nsubj said/VBD/0/root")
    assert [[doc[i].text for i in sorted(quote)] for quote in quotations(doc)] == [["Go"]]


def test_an_accusation_is_an_event_and_on_nobody_s_word() -> None:
    report = only(
        "Mali/NNP/2/nsubj/LOC accused/VBD/0/root Niger/NNP/2/obj/LOC of/IN/5/mark spying/VBG/2/advcl ././2/punct"
    )
    assert report.category == "ACCUSE" and report.attribution == ()


def test_the_saying_is_not_its_own_content() -> None:
    doc = parsed(SAID)
    found = attribution.sayings(scene_of(doc))
    assert covering(found, word(doc, "attacked")) is found[0]
    assert covering(found, word(doc, "said")) is None


def test_a_source_whose_branches_cross() -> None:
    sentence = (
        "Still/RB/5/advmod ,/,/3/punct historians/NNS/5/nsubj too/RB/2/advmod say/VBP/0/root Chile/NNP/7/nsubj/LOC "
        "attacked/VBD/5/ccomp Bolivia/NNP/7/obj/LOC ././5/punct"
    )
    assert [party.text for party in voice(sentence).source] == ["historians too"]


CLOSED = (
    "Chile/NNP/2/nsubj/LOC attacked/VBD/0/root Bolivia/NNP/2/obj/LOC ,/,/8/punct the/DT/6/det ministry/NN/8/nsubj "
    "also/RB/8/advmod said/VBD/2/advcl ././2/punct"
)
CLOSED_AFTER_TWO = (
    "Chile/NNP/2/nsubj/LOC attacked/VBD/0/root Bolivia/NNP/2/obj/LOC and/CC/5/cc won/VBD/2/conj ,/,/8/punct "
    "officials/NNS/5/obl said/VBD/2/advcl ././2/punct"
)
CLOSED_BACKWARDS = (
    "Chile/NNP/2/nsubj/LOC attacked/VBD/0/root Bolivia/NNP/2/obj/LOC ,/,/5/punct informed/VBD/2/advcl the/DT/7/det "
    "ministry/NN/5/obj ././2/punct"
)
BETWEEN = (
    "Chile/NNP/7/nsubj/LOC ,/,/5/punct the/DT/4/det ministry/NN/5/nsubj said/VBD/7/parataxis ,/,/5/punct "
    "attacked/VBD/0/root Bolivia/NNP/7/obj/LOC ././7/punct"
)
APPOSED = (
    "Chile/NNP/2/nsubj/LOC attacked/VBD/11/ccomp Bolivia/NNP/2/obj/LOC ,/,/6/punct the/DT/6/det minister/NN/3/appos "
    ",/,/8/punct Ann/NNP/6/appos/PER Lee/NNP/8/flat/+ ,/,/11/punct told/VBD/0/root reporters/NNS/11/iobj ././11/punct"
)
IN_A_STATEMENT = (
    "Peru/NNP/2/nsubj/LOC said/VBD/0/root in/IN/5/case a/DT/5/det statement/NN/2/obl that/IN/8/mark "
    "Chile/NNP/8/nsubj/LOC attacked/VBD/5/acl Bolivia/NNP/8/obj/LOC ././2/punct"
)


@pytest.mark.parametrize(
    ("sentence", "source", "cue"),
    [
        (CLOSED, "ministry", "said"),
        (CLOSED_AFTER_TWO, "officials", "said"),
        (CLOSED_BACKWARDS, "ministry", "informed"),
        (BETWEEN, "ministry", "said"),
        (APPOSED, "Ann Lee", "told"),
        (IN_A_STATEMENT, "Peru", "statement"),
    ],
)
def test_a_verb_of_saying_at_the_end_covers_the_clauses_before_it(sentence: str, source: str, cue: str) -> None:
    found = voice(sentence)
    assert [source in party.text for party in found.source] == [True]
    assert words(sentence, found)[1] == cue


def test_what_is_called_for_is_on_nobody_s_word() -> None:
    called = (
        "Mali/NNP/2/nsubj/LOC called/VBD/0/root on/IN/4/case Niger/NNP/2/obl/LOC to/TO/6/mark withdraw/VB/2/xcomp "
        "its/PRP$/8/nmod:poss troops/NNS/6/obj ././2/punct"
    )
    assert all(report.attribution == () for report in reading(called).reports)


def test_a_past_form_is_joined_with_the_verb_of_saying_and_not_with_what_will_be() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC said/VBD/0/root it/PRP/5/nsubj would/MD/5/aux go/VB/2/ccomp and/CC/7/cc "
        "accused/VBD/5/conj Chile/NNP/7/obj/LOC of/IN/10/mark spying/VBG/7/advcl ././2/punct"
    )
    report = next(r for r in reading(sentence).reports if r.category == "ACCUSE")
    assert (report.attribution, report.auxiliary, report.actors[0].code) == ((), (), "PER")


def test_who_is_said_to_do_it_is_on_nobody_s_word_in_particular() -> None:
    said_to = (
        "Chile/NNP/3/nsubj:pass/LOC is/VBZ/3/aux:pass reported/VBN/0/root to/TO/6/mark have/VB/6/aux "
        "attacked/VBN/3/xcomp Bolivia/NNP/6/obj/LOC ././3/punct"
    )
    assert (voice(said_to).source, voice(said_to).anonymous) == ((), True)


def test_the_report_that_speaks_of_us_is_its_own_voice() -> None:
    us = (
        "Let/VB/0/root us/PRP/1/obj recall/VB/1/xcomp that/IN/6/mark Chile/NNP/6/nsubj/LOC attacked/VBD/3/ccomp "
        "Bolivia/NNP/6/obj/LOC ././1/punct"
    )
    assert attack(us).attribution == ()


def test_denied_reports_are_his_who_denies_them() -> None:
    denied = (
        "Peru/NNP/2/nsubj/LOC denied/VBD/0/root reports/NNS/2/obj that/IN/6/mark Chile/NNP/6/nsubj/LOC "
        "attacked/VBD/3/acl Bolivia/NNP/6/obj/LOC ././2/punct"
    )
    doc = parsed(denied)
    found = covering(attribution.sayings(scene_of(doc)), word(doc, "attacked"))
    assert found is not None and [m.drafts[0].code for m in found.sources] == ["PER"]


def test_an_outlet_that_cites_another_is_outside_him() -> None:
    citing = (
        "The/DT/2/det newspaper/NN/6/nsubj ,/,/4/punct citing/VBG/6/advcl officials/NNS/4/obj wrote/VBD/0/root "
        "Chile/NNP/8/nsubj/LOC attacked/VBD/6/ccomp Bolivia/NNP/8/obj/LOC ././6/punct"
    )
    found = voice(citing)
    assert [party.text for party in found.source] == ["officials"] and found.parent is not None
    assert "newspaper" in found.parent.source[0].text


def test_a_quotation_runs_on_over_any_number_of_paragraphs() -> None:
    going_on = RUNNING.removesuffix(" \"/''/4/punct")
    reports = reading(QUOTED, "", going_on, "", going_on, "", RUNNING).reports
    threats = [r for r in reports if r.category == "THREATEN"]
    assert [[p.name for a in r.attribution for p in a.source] for r in threats] == [["Ann Lee"]] * 3


def test_on_condition_of_anonymity() -> None:
    sentence = SAID.replace(
        "././2/punct", "on/IN/7/case condition/NN/2/obl of/IN/9/case anonymity/NN/7/nmod ././2/punct"
    )
    assert voice(sentence).anonymous


def test_where_the_rules_find_nothing_the_reader_s_attribution_stands() -> None:
    doc = parsed("Chile/NNP/2/nsubj/LOC attacked/VBD/0/root Bolivia/NNP/2/obj/LOC Peru/NNP/2/obl/LOC said/VBD/2/dep")
    for name, (start, end) in {"sources": (3, 4), "cues": (4, 5), "contents": (0, 3)}.items():
        doc.spans[name] = [Span(doc, start, end, span_id=1)]
    (found,) = attribution.sayings(scene_of(doc))
    assert found.rule == attribution.READER and found.sources[0].drafts[0].code == "PER"


OPPOSED = (
    "Peru/NNP/2/nsubj/LOC said/VBD/0/root {subject}/{tag}/5/nsubj was/VBD/5/cop opposed/JJ/2/ccomp and/CC/{at}/cc "
)


@pytest.mark.parametrize(("subject", "tag", "own"), [("it", "PRP", True), ("Bolivia", "NNP", False)])
def test_a_speaker_who_tells_of_himself_acts_by_what_is_joined_to_it(subject: str, tag: str, own: bool) -> None:
    sentence = OPPOSED.format(subject=subject, tag=tag, at=7) + ("condemned/VBD/5/conj Chile/NNP/7/obj/LOC ././2/punct")
    report = next(r for r in reading(sentence).reports if r.category == "ACCUSE")
    assert (report.attribution == ()) == own


def test_what_another_answers_is_not_the_speaker_s_word() -> None:
    sentence = OPPOSED.format(subject="it", tag="PRP", at=8) + (
        "Bolivia/NNP/8/nsubj/LOC condemned/VBD/5/conj Chile/NNP/8/obj/LOC ././2/punct"
    )
    report = next(r for r in reading(sentence).reports if r.category == "ACCUSE")
    assert report.attribution == () and [p.code for p in report.actors] == ["BOL"]


def test_a_deed_that_is_joined_stays_the_speaker_s_word() -> None:
    sentence = OPPOSED.format(subject="it", tag="PRP", at=8) + (
        "Bolivia/NNP/8/nsubj/LOC attacked/VBD/5/conj Chile/NNP/8/obj/LOC ././2/punct"
    )
    assert [p.code for p in voice(sentence).source] == ["PER"]


def test_what_follows_the_end_of_a_quoted_sentence_is_the_report_s_own() -> None:
    sentence = (
        'Ann/NNP/3/nsubj/PER Lee/NNP/1/flat/+ said/VBD/0/root ,/,/3/punct "/``/8/punct That/DT/8/nsubj is/VBZ/8/cop '
        "good/JJ/3/ccomp ,/,/8/punct \"/''/8/punct when/WRB/13/advmod Chile/NNP/13/nsubj/LOC attacked/VBD/8/advcl "
        "Bolivia/NNP/13/obj/LOC ././3/punct"
    )
    assert attack(sentence).attribution == ()


def test_what_follows_a_quoted_word_is_still_the_speaker_s() -> None:
    sentence = (
        'Ann/NNP/3/nsubj/PER Lee/NNP/1/flat/+ said/VBD/0/root it/PRP/7/nsubj was/VBD/7/cop "/``/7/punct '
        "good/JJ/3/ccomp \"/''/7/punct when/WRB/11/advmod Chile/NNP/11/nsubj/LOC attacked/VBD/7/advcl "
        "Bolivia/NNP/11/obj/LOC ././3/punct"
    )
    assert [party.name for party in voice(sentence).source] == ["Ann Lee"]


def test_what_somebody_only_speaks_of_is_the_report_s_own() -> None:
    spoken = (
        "Peru/NNP/2/nsubj/LOC {}/VBD/0/root its/PRP$/4/nmod:poss part/NN/2/obj in/IN/7/case the/DT/7/det "
        "raid/NN/4/nmod that/WDT/9/nsubj hit/VBD/7/acl:relcl Chile/NNP/9/obj/LOC ././2/punct"
    )
    doc = parsed(spoken.format("stressed"))
    cue, content = word(doc, "stressed"), frozenset(range(2, 10))
    told = Saying((), content, cue)
    assert attribution.stands_apart(told, word(doc, "hit"))
    assert not attribution.stands_apart(told, word(doc, "raid"))


@pytest.mark.parametrize(("verb", "apart"), [("hoped", True), ("said", False)])
def test_a_relative_clause_of_a_hope_is_the_report_s_own(verb: str, apart: bool) -> None:
    sentence = (
        f"Peru/NNP/2/nsubj/LOC {verb}/VBD/0/root aid/NN/4/nsubj reached/VBD/2/ccomp Chile/NNP/4/obj/LOC ,/,/5/punct "
        "where/WRB/9/advmod rebels/NNS/9/nsubj killed/VBD/5/acl:relcl ten/CD/9/obj ././2/punct"
    )
    doc = parsed(sentence)
    told = Saying((), frozenset(range(2, 10)), word(doc, verb))
    assert attribution.stands_apart(told, word(doc, "killed")) is apart


def test_reports_from_elsewhere_are_not_the_paper_cited_last() -> None:
    first = (
        "Papers/NNS/4/nsubj in/IN/3/case Peru/NNP/1/nmod/LOC said/VBD/0/root Chile/NNP/6/nsubj/LOC "
        "attacked/VBD/4/ccomp Bolivia/NNP/6/obj/LOC ././4/punct"
    )
    second = first.replace("Peru", "Oman").replace("Bolivia", "Mali")
    names = [[p.name for p in r.attribution[0].source] for r in reading(first, second).reports]
    assert names[0] != names[1]


def test_a_relative_clause_beside_a_reportedly_is_the_report_s_own() -> None:
    sentence = (
        "Peru/NNP/4/nsubj/LOC had/VBD/4/aux reportedly/RB/4/advmod warned/VBN/0/root Oman/NNP/4/obj/LOC ,/,/5/punct "
        "which/WDT/8/nsubj attacked/VBD/5/acl:relcl Chile/NNP/8/obj/LOC ././4/punct"
    )
    told = {r.cue_text: bool(r.attribution) for r in reading(sentence).reports}
    assert told == {"warned": True, "attacked": False}


def test_a_source_after_a_but_speaks_of_what_follows_alone() -> None:
    sentence = (
        "Peru/NNP/2/nsubj/LOC attacked/VBD/0/root Oman/NNP/2/obj/LOC ,/,/9/punct but/CC/9/cc according/VBG/8/case "
        "to/IN/6/fixed Mali/NNP/2/obl/LOC Chile/NNP/10/nsubj/LOC fled/VBD/2/conj ././2/punct"
    ).replace("but/CC/9/cc", "but/CC/10/cc")
    doc = parsed(sentence)
    found = attribution.sayings(scene_of(doc))
    assert covering(found, word(doc, "attacked")) is None
    assert covering(found, word(doc, "fled")) is not None


def test_other_reports_are_not_the_ones_before() -> None:
    first = (
        "The/DT/3/det Peruvian/JJ/3/amod statement/NN/4/nsubj said/VBD/0/root Chile/NNP/6/nsubj/LOC "
        "attacked/VBD/4/ccomp Bolivia/NNP/6/obj/LOC ././4/punct"
    )
    second = (
        "Reports/NNS/2/nsubj said/VBD/0/root Oman/NNP/4/nsubj/LOC attacked/VBD/2/ccomp Mali/NNP/4/obj/LOC ././2/punct"
    )
    names = [[p.name for p in r.attribution[0].source] for r in reading(first, second).reports]
    assert names[0] != names[1]


def test_it_is_the_spokesman_who_speaks_and_not_whose_he_is() -> None:
    sentence = (
        "Chile/NNP/2/nsubj/LOC attacked/VBD/10/ccomp Peru/NNP/2/obj/LOC ,/,/10/punct Soto/NNP/7/nmod:poss/PER "
        "'s/POS/5/case spokesman/NN/8/nmod:desc Luis/NNP/2/nsubj/PER Paz/NNP/8/flat/+ said/VBD/0/root ././10/punct"
    )
    (report,) = [r for r in reading(sentence).reports if r.category == "ASSAULT"]
    assert [p.name for p in report.attribution[0].source] == ["Luis Paz"]
