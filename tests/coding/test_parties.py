"""Who the parties are in reports of one country's politics: names, bodies, followings, descriptions."""

from datetime import date

import pytest

from dragoman.ontology.gazetteer import find
from dragoman.pipeline import understand
from dragoman.reading import read_text

CAMPAIGN = date(2016, 9, 15)
Told = tuple[str, list[str], list[str]]


def told(text: str) -> list[Told]:
    """(category, actors, recipients) of every event, parties by name and code."""
    reports = understand(read_text(text, name="own", published=CAMPAIGN)).reading.reports
    return [
        (
            r.category,
            [f"{p.name} {p.code or '-'}" for p in r.actors],
            [f"{p.name} {p.code or '-'}" for p in r.recipients],
        )
        for r in reports
    ]


TRUMP, CLINTON = "Donald Trump USA", "Hillary Clinton USA"


@pytest.mark.parametrize(
    ("text", "event"),
    [
        pytest.param(
            "Hillary Clinton spoke about Donald Trump. The Democratic presidential candidate blasted Trump's plan.",
            ("ACCUSE", [CLINTON], [TRUMP]),
            id="a candidate by his party",
        ),
        pytest.param(
            "Hillary Clinton met Donald Trump. The former secretary of state mocked the Republican nominee.",
            ("ACCUSE", [CLINTON], [TRUMP]),
            id="a past office and a nominee",
        ),
        pytest.param(
            "Donald Trump met Hillary Clinton. On Tuesday Clinton slammed her opponent.",
            ("ACCUSE", [CLINTON], [TRUMP]),
            id="a candidate's opponent",
        ),
        pytest.param(
            "Hillary Clinton's campaign accused Donald Trump of lying.",
            ("ACCUSE", ["campaign of Hillary Clinton USA"], [TRUMP]),
            id="whose campaign",
        ),
        pytest.param(
            "Donald Trump thanked supporters at a rally.",
            ("SUPPORT", [TRUMP], ["supporters of Donald Trump USA"]),
            id="one's own supporters",
        ),
        pytest.param(
            "Donald Trump praised Hillary Clinton's leadership on Monday.",
            ("SUPPORT", [TRUMP], [CLINTON]),
            id="leadership is a quality",
        ),
        pytest.param(
            "Donald Trump criticized Hill Motor Company for the move.",
            ("ACCUSE", [TRUMP], ["Hill Motor Company -"]),
            id="a company by its own name",
        ),
        pytest.param(
            "Donald Trump congratulated his rivals, especially Ted Cruz and Marco Rubio, on Tuesday.",
            ("SUPPORT", [TRUMP], ["rivals of Donald Trump USA", "Ted Cruz USA", "Marco Rubio USA"]),
            id="some of whom are named",
        ),
        pytest.param(
            "Marco Rubio attacked two governors, Jeb Bush and Chris Christie, on Tuesday.",
            ("ACCUSE", ["Marco Rubio USA"], ["Jeb Bush USA", "Chris Christie USA"]),
            id="all of whom are named",
        ),
        pytest.param(
            "Republicans echoed the comments, saying the ground forces were bad. They criticized Barack Obama.",
            ("ACCUSE", ["Republican Party USA"], ["Barack Obama USA"]),
            id="they are who the sentence before is about",
        ),
        pytest.param(
            "Brazilian police charged the American swimmer with filing a false report.",
            ("ACCUSE", ["police of Brazil BRA"], ["American swimmer USA"]),
            id="a swimmer is not his state",
        ),
        pytest.param(
            "The Armenians of Israel protested the government on Monday.",
            ("PROTEST", ["Armenians ISR"], ["government of Israel ISR"]),
            id="a people's part elsewhere",
        ),
        pytest.param(
            "Germany's president and foreign and defense ministers urged Russia to withdraw.",
            ("REQUEST", ["president of Germany DEU", "defence minister of Germany DEU"], ["Russia RUS"]),
            id="what is the first's is the second's",
        ),
        pytest.param(
            "Donald Trump has called on the United States to attack the Islamic State.",
            ("ASSAULT", ["United States USA"], ["Islamic State IMG"]),
            id="who is called on is to do it",
        ),
        pytest.param(
            "Clinton suggested the United States should combat the Islamic State.",
            ("ASSAULT", ["United States USA"], ["Islamic State IMG"]),
            id="who is combated does not combat",
        ),
        pytest.param(
            "The United States began conducting airstrikes on Islamic State targets in 2014.",
            ("ASSAULT", ["United States USA"], ["Islamic State IMG"]),
            id="a group's targets are the group",
        ),
        pytest.param(
            "Germany has pledged to bolster its military.", ("AGREE", ["Germany DEU"], []), id="one's own army"
        ),
        pytest.param(
            "The family of Ronald Hill, who was fatally shot by an officer, criticized Rahm Emanuel.",
            ("ASSAULT", ["police -"], ["Ronald Hill -"]),
            id="a family is not shot",
        ),
        pytest.param(
            "Trump's GOP rivals - Sen. Ted Cruz of Texas, who has blasted Trump's statements on Israel, and Ohio Gov. "
            "John Kasich - will appear.",
            ("ACCUSE", ["Ted Cruz USA"], [TRUMP]),
            id="one of several has blasted",
        ),
        pytest.param(
            "Senator Kelly Ayotte, a Republican, used a luncheon to complain that Mr. Trump's comments were obscuring "
            "the party's message and urged Jeff Sessions to tell Mr. Trump to stop.",
            ("REQUEST", ["Kelly Ayotte USA"], ["Jeff Sessions -"]),
            id="what was going on and urged are of two",
        ),
        pytest.param(
            "Sanders sided with Republicans and a coalition of labor unions on Monday.",
            ("SUPPORT", ["Sanders -"], ["Republican Party USA", "workers -"]),
            id="a coalition of unions is no force",
        ),
    ],
)
def test_the_parties(text: str, event: Told) -> None:
    assert event in told(text)


def test_a_law_that_is_criticized_is_no_person() -> None:
    text = "Bill Clinton criticized the Affordable Care Act for his wife Hillary Clinton."
    assert all(recipients == [] for category, _, recipients in told(text) if category == "ACCUSE")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Representative Peter T. King of New York criticized China.", "Peter T. King USA"),
        ("Illinois Attorney General Ana Hill criticized China.", "Ana Hill USA"),
        ("Republican Gov. Tom Hill criticized China.", "Tom Hill USA"),
        ("Sen. Ana Hill (D) criticized China.", "Ana Hill USA"),
        ("Ana Hill, a fierce supporter of Israel, criticized China.", "Ana Hill -"),
        ("Ana Hill, the Spanish-speaking daughter of farmers, criticized China.", "Ana Hill -"),
        ("Tom Hill, president of the Turkish American Federation, criticized China.", "Tom Hill USA"),
        ("Democratic Progressive Party Chairwoman Ana Hill criticized China.", "Ana Hill TWN"),
    ],
)
def test_of_which_country_somebody_is(text: str, who: str) -> None:
    assert [actors for category, actors, _ in told(text) if category == "ACCUSE"] == [[who]]


def test_who_was_called_mister_is_no_king() -> None:
    events = told("Representative Peter T. King of New York criticized China. Mr. King visited China.")
    assert ("CONSULT", ["Peter T. King USA"], ["China CHN"]) in events


def test_nobody_takes_the_name_of_who_was_only_held() -> None:
    events = told("The former secretary of state mocked Iran. Julian Hill was detained by Britain.")
    assert ("COERCE", ["United Kingdom GBR"], ["Julian Hill -"]) in events


def test_since_may_open_a_clause() -> None:
    text = "Donald Trump has been targeting Ana Hill since Clinton, at the debate, cited his comments."
    assert all("Clinton" not in name for _, actors, _ in told(text) for name in actors)


def test_of_whom_a_release_is_asked_is_not_the_prisoner() -> None:
    requests = [event for event in told("Romania's Justice Ministry requested that Lazar be released.")]
    assert ("REQUEST", ["Lazar -"], []) not in requests and all(e[0] != "REQUEST" for e in requests)


def test_a_heading_in_capitals_tells_no_event() -> None:
    text = (
        "Kenya thanked Somalia for the aid on Monday. Somalia praised Kenya and said that it would help again soon. "
        "UGANDA ATTACKS THE RWANDAN ARMY. The ministers will meet again in Nairobi in the autumn."
    )
    assert all(category != "ASSAULT" for category, _, _ in told(text))


@pytest.mark.parametrize("state", ["Florida", "Virginia", "Montana"])
def test_a_state_of_the_us_is_meant_before_a_town_elsewhere(state: str) -> None:
    found = find(state)
    assert found is not None and (found.code, found.precision) == ("USA", "region")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        pytest.param(
            "Vice President Joe Biden met Barack Obama. President Obama left. Bernie Sanders praised the president's "
            "actions.",
            ("SUPPORT", ["Bernie Sanders USA"], ["Barack Obama USA"]),
            id="the president is no vice president",
        ),
        pytest.param(
            "Presidential contender Hillary Clinton met President Obama. Bernie Sanders praised the president's law.",
            ("SUPPORT", ["Bernie Sanders USA"], ["Barack Obama USA"]),
            id="the president is no presidential contender",
        ),
        pytest.param(
            "Hillary Clinton spoke. Bernie Sanders praised President Clinton on Monday.",
            ("SUPPORT", ["Bernie Sanders USA"], ["Bill Clinton USA"]),
            id="a surname with an office",
        ),
        pytest.param(
            'Kerry Washington spoke. Washington, star of "Scandal", thanked Barack Obama for the law.',
            ("SUPPORT", ["Kerry Washington -"], ["Barack Obama USA"]),
            id="a surname that is a capital",
        ),
        pytest.param(
            "The campaign's leadership criticized Bernie Sanders for the leak.",
            ("ACCUSE", ["campaign -"], ["Bernie Sanders USA"]),
            id="a group's leadership is the group",
        ),
    ],
)
def test_whom_an_office_or_a_name_means(text: str, event: Told) -> None:
    assert event in told(text)


def test_the_largest_of_a_nation_is_not_the_nation() -> None:
    events = told("The nation's largest gun group is accusing Barack Obama of lying about the United States.")
    assert all("United States USA" not in actors for _, actors, _ in events)


def test_who_is_known_takes_no_office_of_somebody_else() -> None:
    text = "A governor of Florida met China's ambassador. Paul Manafort criticized China."
    assert ("ACCUSE", ["Paul Manafort USA"], ["China CHN"]) in told(text)


def test_the_head_of_an_institute_is_of_no_government() -> None:
    text = "Felicia Hill, president of the Hill Institute, applauded Barack Obama. Hill thanked Obama."
    reports = understand(read_text(text, name="own", published=CAMPAIGN)).reading.reports
    assert {party.sector for report in reports for party in report.actors} <= {None}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        pytest.param(
            "Mitch McConnell has both endorsed Donald Trump and criticized his campaign.",
            ("ACCUSE", ["Mitch McConnell USA"], ["campaign of Donald Trump USA"]),
            id="whose campaign he criticized",
        ),
        pytest.param(
            "Bill Clinton accused Bernie Sanders and his campaign of lying.",
            ("ACCUSE", ["Bill Clinton USA"], ["Bernie Sanders USA", "campaign of Bernie Sanders USA"]),
            id="whose campaign is accused with him",
        ),
        pytest.param(
            "Talks moved on Sunday to China, where Secretary of State John Kerry met for two hours with the Russian "
            "foreign minister, Sergey Lavrov.",
            ("CONSULT", ["John Kerry USA", "Sergei Lavrov RUS"], []),
            id="where they met",
        ),
        pytest.param(
            "Donald Trump met Ted Cruz. Trump left. Trump spoke. Trump sat. Jeb Bush slammed the Republican candidate.",
            ("ACCUSE", ["Jeb Bush USA"], [TRUMP]),
            id="of several candidates the one spoken of",
        ),
    ],
)
def test_whose_it_is_and_where_it_was(text: str, event: Told) -> None:
    assert event in told(text)


def test_a_member_is_not_his_body_and_a_father_no_priest() -> None:
    events = told("A prominent Republican National Committee member supports Donald Trump.")
    assert all("Republican National Committee USA" not in actors for _, actors, _ in events)
    text = "Trump lashed out at Khizr Hill, the father of a soldier. Hill denounced Trump."
    reports = understand(read_text(text, name="own", published=CAMPAIGN)).reading.reports
    assert all(p.sector != "REL" for r in reports for p in (*r.actors, *r.recipients))


def test_candidates_are_of_the_country_of_one_of_them() -> None:
    text = (
        "The British diplomat rejected the words of candidates like Donald Trump. Candidates like Trump accused Iran."
    )
    groups = [name for _, actors, recipients in told(text) for name in (*actors, *recipients) if "andidate" in name]
    assert all(name.endswith("USA") for name in groups)


def test_who_stands_between_after_and_its_verb_does_it() -> None:
    text = "Trump called for the ban after Syed Hill and his wife, Ann Lee, killed 14 people in San Bernardino."
    assert any(category == "ASSAULT" and "Syed Hill -" in actors for category, actors, _ in told(text))


def test_nobody_is_introduced_as_the_pope() -> None:
    text = "The pope said he would come to Cuba. Diane Hill criticized Fidel Castro."
    assert ("ACCUSE", ["Diane Hill -"], ["Fidel Castro CUB"]) in told(text)


def test_whom_a_report_has_called_so_before_is_meant() -> None:
    text = "Foreign Minister Wang Zhi of Singapore praised Peru. Foreign Minister Wang visited Peru."
    names = {name for _, actors, _ in told(text) for name in actors}
    assert names == {"Wang Zhi SGP"}
