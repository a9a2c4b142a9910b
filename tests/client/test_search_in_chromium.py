"""Search in headless Chromium, opened from the disk: the answers are Whoosh's, the keyboard leads everywhere."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api
from tests.client.fixture_site import write_site
from tests.index.corpora import documents, queries

from auzolan.index.engine.answer import Reference
from auzolan.index.engine.corpus import analyze
from auzolan.model.pages import Document

pytestmark = pytest.mark.browser
# A busy machine may take its time; the answer is what counts.
sync_api.expect.set_options(timeout=30_000)

LITTLE = [
    Document(
        "cooperative/a",
        "cooperative",
        "ca",
        "cooperatives/a.html",
        "Cooperativa <b>Integral</b>",
        "Una xarxa catalana.",
        "Catalunya",
        ((8.0, "Cooperativa Integral"), (1.0, "Una xarxa catalana.")),
    ),
    Document(
        "plan/b",
        "plan",
        "ca",
        "plans/b.html",
        "Pla comú",
        "Les cooperatives fan un pla.",
        "",
        ((8.0, "Pla comú"), (1.0, "Les cooperatives fan un pla.")),
    ),
    Document("other/c", "other", "ca", "c.html", "__proto__", "constructor", "", ((1.0, "__proto__ constructor"),)),
]


def until(tab: Any, condition: str) -> None:
    """Waits for a condition; Playwright's own waiting evaluates text in the page, which the policy refuses."""
    for _ in range(300):
        if tab.evaluate(condition):
            return
        tab.wait_for_timeout(100)
    raise AssertionError(condition)


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    assert [error for error in errors if "ERR_FILE_NOT_FOUND" not in error] == []


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_site(tmp_path_factory.mktemp("little"), LITTLE, "ca").as_uri()


@pytest.mark.parametrize(
    ("count", "language", "inflate"), [(500, "en", True), (500, "en", False), (1010, "ca", True), (10_000, "fr", True)]
)
def test_answers_are_whooshs(tab: Any, tmp_path: Path, count: int, language: str, inflate: bool) -> None:
    found = documents(count, language=language)
    if not inflate:
        tab.add_init_script("delete window.DecompressionStream")
    tab.goto(write_site(tmp_path, found, language).as_uri())
    assert tab.evaluate("typeof DecompressionStream") == ("function" if inflate else "undefined")
    if count == 10_000:
        sizes = {path.name: path.stat().st_size for path in (tmp_path / "search" / language).iterdir()}
        assert len(sizes) <= 1_700 and sizes["header.js"] <= 4_000
        assert statistics.median(size for name, size in sizes.items() if name.startswith("p")) <= 5_000
    # Whoosh takes a tenth of a second to answer from 10,000 documents, and the ways to answer are those of few.
    asked = queries({500: 1_000, 1_010: 400, 10_000: 100}[count] if inflate else 200)
    answers = tab.evaluate(
        """async (queries) => {
            const answers = [];
            for (const query of queries) {
                const { hits, total, complete, unknown, meant } = await AUZOLAN_SEARCH(query, 60);
                answers.push([hits.map((hit) => [hit.id, hit.score, hit.title]), total, complete, unknown, meant]);
            }
            return answers;
        }""",
        asked,
    )
    reference = Reference(analyze(found, language))
    for query, (hits, total, complete, unknown, meant) in zip(asked, answers, strict=True):
        expected = reference.search(query, 60)
        assert [hit[0] for hit in hits] == [hit.id for hit in expected.hits], query
        assert [hit[1] for hit in hits] == pytest.approx([hit.score for hit in expected.hits], abs=1e-9), query
        assert [hit[2] for hit in hits] == [hit.title for hit in expected.hits]
        assert (total, complete, tuple(unknown)) == (expected.total, expected.complete, expected.unknown), query
        assert [(word, tuple(forms)) for word, forms in meant] == list(expected.meant), query


def test_a_query_in_the_address_shows_rows_with_marks(tab: Any, little: str) -> None:
    tab.goto(little + "?q=cooperativa")
    rows = tab.locator("#hits ul.rows > li.row")
    sync_api.expect(rows).to_have_count(2)
    assert tab.input_value("#q") == "cooperativa"
    first = rows.nth(0)
    assert first.get_attribute("class") == "row wide k-cooperative"
    assert first.locator("svg.sign.k-cooperative use").get_attribute("href") == "#s-ring"
    assert first.locator("p.kind").inner_text() == "Cooperativa"
    assert first.locator("h2 a").inner_text() == "Cooperativa <b>Integral</b>"
    assert first.locator("h2 a").get_attribute("href") == "../cooperatives/a.html"
    assert first.locator("p.where").inner_text() == "Catalunya"
    assert tab.locator("mark").all_inner_texts() == ["Cooperativa", "cooperatives"]
    assert rows.nth(1).locator("svg.sign.flip").count() == 1
    assert tab.inner_text("#search-status") == "2 resultats."
    assert not tab.is_visible("#browse")


def test_hostile_words_and_kinds_without_a_sign(tab: Any, little: str) -> None:
    tab.goto(little + "?q=__proto__%20constructor")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_text("__proto__")
    assert tab.inner_text("#search-status") == "1 resultat."
    tab.goto(little + "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    sync_api.expect(tab.locator("#search-status")).to_contain_text("Cap text no té")
    assert tab.locator("#hits img").count() == 0


def test_a_word_nobody_uses_is_replaced_and_told(tab: Any, little: str) -> None:
    tab.goto(little + "?q=xooperativa%20nintegral")
    status = tab.locator("#search-status")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(2)
    said = status.inner_text().replace("\u2068", "").replace("\u2069", "")
    assert "Cap text no té “xooperativa”, “nintegral”." in said
    assert "Showing results for “cooperativa”, “integral”." in said
    assert tab.locator("mark").first.inner_text() == "Cooperativa"
    tab.get_by_role("link", name="Search for what was typed").click()
    sync_api.expect(status).to_contain_text("Nothing was found.")
    assert tab.evaluate("location.search") == "?q=xooperativa%20nintegral&typed=1"
    assert tab.input_value("#q") == "xooperativa nintegral"
    assert tab.get_by_role("link", name="Search for what was typed").count() == 0
    tab.press("#q", "Enter")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(2)


def test_results_stand_in_groups_that_say_what_they_have(tab: Any, little: str) -> None:
    groups = tab.locator("#hits li.note")
    tab.goto(little + "?q=cooperativa%20integral%20")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(2)
    assert groups.all_inner_texts() == ["With all words", "With some of the words"]
    assert tab.locator("#hits li").first.inner_text() == "With all words"
    assert tab.inner_text("#search-status") == "2 resultats. 1 has all words."
    tab.goto(little + "?q=integral%20pla%20")
    sync_api.expect(groups).to_have_text(["With some of the words"])
    tab.goto(little + "?q=cooperativa%20integral%20zzzz%20")
    sync_api.expect(groups).to_have_text(["With all other words", "With some of the words"])
    tab.goto(little + "?q=integral")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(1)
    assert groups.count() == 0


def test_texts_run_in_their_own_direction(tab: Any, tmp_path: Path) -> None:
    arabic = Document("plan/d", "plan", "ca", "d.html", "تعاونية", "خطة عمل.", "القاهرة", ((8.0, "تعاونية"),))
    tab.goto(write_site(tmp_path, [*LITTLE, arabic], "ca").as_uri() + "?q=" + "تعاونيه")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_text("تعاونية")
    for part in ("h2 bdi", "p.sum", "p.where span"):
        assert tab.eval_on_selector(f"#hits {part}", "one => getComputedStyle(one).direction") == "rtl"


def test_typing_answers_and_the_address_follows(tab: Any, little: str) -> None:
    tab.goto(little)
    assert tab.is_visible("#browse")
    tab.keyboard.press("/")
    tab.keyboard.type("integr")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(1)
    assert tab.evaluate("location.search") == "?q=integr"
    tab.fill("#q", "")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(0)
    assert tab.is_visible("#browse")


def test_back_brings_the_query_before(tab: Any, little: str) -> None:
    tab.goto(little + "?q=integral")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(1)
    tab.fill("#q", "cooperativa")
    tab.press("#q", "Enter")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(2)
    assert tab.evaluate("location.search") == "?q=cooperativa"
    tab.go_back()
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(1)
    assert tab.input_value("#q") == "integral"


def test_the_keyboard_leads_everywhere(tab: Any, little: str) -> None:
    tab.goto(little + "?q=cooperativa")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(2)
    here = "[...document.querySelectorAll('#hits h2 a')].indexOf(document.activeElement)"
    tab.keyboard.press("Control+k")
    places = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Home", "End", "ArrowUp", "ArrowUp"):
        tab.keyboard.press(key)
        places.append(tab.evaluate(here))
    assert places == [0, 1, 1, 0, 1, 0, -1]
    assert tab.evaluate("document.activeElement.id") == "q"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.id") == "q"
    tab.keyboard.press("ArrowDown")
    with tab.expect_navigation(wait_until="commit", url="**/cooperatives/a.html"):
        tab.keyboard.press("Enter")


def test_the_box_of_another_page_leads_to_the_search_page(tab: Any, little: str) -> None:
    tab.goto(little.replace("search/index.html", "index.html"))
    tab.keyboard.press("Control+k")
    tab.keyboard.type("integral")
    tab.keyboard.press("Enter")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(1)


def test_the_list_of_languages_closes(tab: Any, little: str) -> None:
    tab.goto(little)
    for close in (lambda: tab.keyboard.press("Escape"), lambda: tab.click("h1, #browse")):
        tab.click("details.langs summary")
        assert tab.evaluate("document.querySelector('details.langs').open")
        close()
        assert not tab.evaluate("document.querySelector('details.langs').open")


def test_without_script_the_form_and_the_list_stand(chromium: Any, little: str) -> None:
    tab = chromium.new_page(java_script_enabled=False)
    tab.goto(little + "?q=integral")
    assert tab.is_visible("#browse") and tab.is_visible("form.ask button")
    tab.close()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("header.js", "The search files are of another version than this page."),
        ("p0.js", "The search files here are of two different ages."),
        ("t0.js", "A part of the search could not be loaded."),
    ],
)
def test_files_that_do_not_fit_are_told(tab: Any, tmp_path: Path, file: str, said: str) -> None:
    address = write_site(tmp_path / "new", LITTLE, "ca")
    write_site(tmp_path / "old", LITTLE[:2], "ca")
    path = tmp_path / "new" / "search" / "ca" / file
    if file == "header.js":
        path.write_bytes(path.read_bytes().replace(b'"6.', b'"5.'))
    elif file == "p0.js":
        path.write_bytes((tmp_path / "old" / "search" / "ca" / file).read_bytes())
    else:
        path.unlink()
    tab.goto(address.as_uri() + "?q=integral")
    sync_api.expect(tab.locator("#search-status")).to_contain_text(said)
    assert tab.is_visible("#browse") and tab.locator("#hits li").count() == 0
    reloads = tab.evaluate("performance.getEntriesByType('navigation')[0].type")
    assert reloads == ("reload" if file == "p0.js" else "navigate")


def test_an_answer_that_comes_late_is_dropped(tab: Any, tmp_path: Path) -> None:
    address = write_site(tmp_path, documents(60), "en")
    tab.goto(address.as_uri())
    tab.evaluate(
        """async () => {
            const box = document.querySelector("#q");
            for (const text of ["cooperative", "zzzz"]) {
                box.value = text;
                box.form.requestSubmit();
            }
        }"""
    )
    until(tab, "document.querySelector('#search-status').textContent.includes('zzzz')")
    tab.wait_for_timeout(100)
    assert tab.locator("#hits li").count() == 0


def test_more_results_come_when_asked(tab: Any, tmp_path: Path) -> None:
    tab.goto(write_site(tmp_path, documents(300), "en").as_uri() + "?q=cooperative")
    links = tab.locator("#hits h2 a")
    sync_api.expect(links).to_have_count(10)
    tab.get_by_role("button", name="Show more results").click()
    sync_api.expect(links).to_have_count(30)
    assert tab.evaluate("[...document.querySelectorAll('#hits h2 a')].indexOf(document.activeElement)") == 10
