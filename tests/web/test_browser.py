"""The pages in a real browser: what a reader clicks, what he sees, and what the browser is never asked to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

from addresses import FORMS, PAGES


@dataclass
class Watched:
    """A page of the browser with everything that must not happen."""

    page: Any
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        """Go to a path of the server."""
        answer = self.page.goto(self.address + path)
        assert answer.ok, (path, answer.status)
        return self.page

    def drawn(self, name: str) -> Any:
        """A chart once it is drawn."""
        figure = self.page.locator(f"#chart-{name}")
        figure.scroll_into_view_if_needed()
        self.page.wait_for_function("name => document.querySelector(name).dataset.drawn", arg=f"#chart-{name}")
        assert figure.get_attribute("data-drawn") == "yes", self.faults
        return figure


def watch(page: Any, address: str) -> Watched:
    watched = Watched(page, address)
    own = urlsplit(address).netloc

    def asked(request: Any) -> None:
        if urlsplit(request.url).netloc != own:
            watched.faults.append(f"asked elsewhere: {request.url}")

    page.on("request", asked)
    page.on("console", lambda said: watched.faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: watched.faults.append(str(error)))
    page.on("dialog", lambda dialog: watched.faults.append(f"dialog: {dialog.message}"))
    return watched


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    """One reader, who keeps what he has fetched once."""
    opened = browser.new_context(viewport={"width": 1100, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def tab(context: Any, server: Any) -> Iterator[Watched]:
    """A page that fails its test when a script fails, a policy is broken, or anybody else is asked for anything."""
    page = context.new_page()
    watched = watch(page, server.address)
    yield watched
    page.close()
    assert watched.faults == []


def path_of(page: Any) -> str:
    return urlsplit(page.url).path


def test_a_search_for_two_countries_leads_to_their_dossier(tab):
    page = tab.open("/")
    page.get_by_label("Country, person, organisation or outlet").fill("Norway")
    page.get_by_label("and another country").fill("portuguese")
    page.get_by_role("button", name="Open the dossier").click()
    assert path_of(page) == "/dossier/NOR/PRT"
    assert page.locator("h1").inner_text() == "Norway – Portugal"
    for name in ("timeline", "balance", "categories", "network", "places"):
        assert tab.drawn(name).locator("svg").count() == 1


def test_a_search_for_words_finds_their_sentence(tab):
    page = tab.open("/")
    page.get_by_label("Words of a sentence").fill('"million euros" grant')
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator("main li").first.inner_text().startswith("Portugal may grant 20 million euros.")
    page.locator("main li a").first.click()
    assert path_of(page).startswith("/article/a")


def test_a_bar_leads_to_its_events_and_on_to_the_words_they_rest_on(tab):
    page = tab.open("/dossier/NOR/PRT")
    tab.drawn("balance").locator("svg a, svg [aria-roledescription='bar']").first.click()
    page.wait_for_url("**/events?*")
    query = urlsplit(page.url).query
    assert "country=NOR" in query and "year=" in query and "quad=" in query
    page.locator("main .events .category").first.click()
    page.wait_for_url("**/event/*")
    page.locator("table.sides thead a").first.click()
    page.wait_for_url("**/article/*")
    anchor = urlsplit(page.url).fragment
    assert anchor == "r0"
    number = page.locator(f"#{anchor}")
    assert number.inner_text() == "1"
    assert number.evaluate("number => number.closest('sup').previousElementSibling.classList.contains('cue')")


def test_a_point_of_the_timeline_leads_to_its_event(tab):
    page = tab.open("/dossier/NOR/PRT")
    tab.drawn("timeline").locator("svg [aria-roledescription='point']").first.click()
    page.wait_for_url("**/event/*")


def test_facets_narrow_and_widen_again(tab):
    page = tab.open("/events")
    every = page.locator("h1").inner_text()
    page.get_by_role("navigation", name="Facets").get_by_role("link", name="AID", exact=True).click()
    page.get_by_role("navigation", name="Facets").get_by_role("link", name="hypothetical", exact=True).click()
    assert urlsplit(page.url).query == "category=AID&status=hypothetical"
    assert page.locator("h1").inner_text() == "1 event"
    for name in ("category AID", "status hypothetical"):
        page.get_by_role("link", name=f"Take away {name}").click()
    assert page.locator("h1").inner_text() == every


def test_a_correction_shows_and_can_be_undone(tab):
    page = tab.open("/events?category=AID")
    page.locator("main .events .category").first.click()
    form = page.locator("form[action$='/correct']")
    form.get_by_label("Event").fill("SUPPORT")
    form.get_by_label("Who").fill("Ann Analyst")
    form.get_by_label("Why").fill("words only")
    form.get_by_role("button").click()
    assert page.locator("h1").inner_text().startswith("SUPPORT")
    assert "Ann Analyst" in page.locator("main").inner_text()
    page.get_by_role("link", name="Undo").click()
    item = page.locator("main .events > li").first
    item.locator("summary").click()
    item.get_by_label("Who").fill("Bea Reviewer")
    item.get_by_label("Why").fill("it is aid")
    item.get_by_role("button", name="Undo").click()
    page.wait_for_url("**/corrections")
    assert "undo of correction 1" in page.locator("main .events > li").first.inner_text().replace("\n", " ")
    tab.open("/events?category=AID")
    assert page.locator("h1").inner_text() == "1 event"


def test_every_page_leads_to_its_data(tab):
    page = tab.open("/events?category=CONSULT")
    for name, kind in (("JSON", "application/json"), ("CSV", "text/csv")):
        target = page.locator("footer").get_by_role("link", name=name).get_attribute("href")
        answer = page.request.get(tab.address + target)
        assert answer.ok and answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("path", [*PAGES, *FORMS])
def test_a_page_is_sound_and_fits_a_phone(tab, path):
    page = tab.open(path)
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.title().strip() not in ("", "· Dragoman")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("window.ran") is None
    fields = "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
    assert page.evaluate(f"{fields}.filter(each => !each.labels.length).length") == 0
    twice = (
        "[...document.querySelectorAll('[id]')].map(each => each.id).filter((id, at, all) => all.indexOf(id) !== at)"
    )
    assert page.evaluate(twice) == []


def test_an_article_that_is_full_of_markup_is_text(tab):
    page = tab.open("/article/h1")
    assert "<script>window.ran = 1</script>" in page.locator("article").inner_text()
    assert page.locator("article script, article img, main a[href^='javascript']").count() == 0
    assert page.evaluate("window.ran") is None


def test_the_keyboard_reaches_everything(tab):
    page = tab.open("/article/a1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    mark = page.locator("article mark.cue").first
    assert not mark.locator("> .why").is_visible()
    mark.focus()
    assert mark.locator("> .why").is_visible()
    assert "CONSULT · visit" in mark.locator("> .why").inner_text()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_of_marks_within_marks_the_innermost_says_why(tab):
    page = tab.open("/article/a1")
    page.locator("article mark.content mark.actor").first.hover()
    assert page.locator("article .why:visible").count() == 1
    assert "actor" in page.locator("article .why:visible").inner_text()


def test_without_scripts_charts_are_pictures(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address + "/dossier/NOR/PRT")
    picture = page.locator("#chart-categories img")
    picture.scroll_into_view_if_needed()
    assert picture.is_visible()
    assert page.request.get(server.address + picture.get_attribute("src")).headers["content-type"] == "image/svg+xml"
    context.close()


def test_a_dark_room_has_a_dark_page(browser, server):
    grounds = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(server.address + "/")
        grounds.append(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        page.close()
    assert grounds == ["rgb(255, 255, 255)", "rgb(21, 23, 27)"]
