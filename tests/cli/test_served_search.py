"""Search in a site that is served, without scripts: the reader's answers as HTML at every address, and hostile questions answered
in words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urljoin, urlsplit

import lxml.html
import pytest
from tests.cli.serving import Answer, Client
from tests.running import NO_TRACEBACK, auzolan

from auzolan.cli.asked import PAGE
from auzolan.cli.served import Served
from auzolan.cli.served_zip import ServedZip
from auzolan.index import Reader, open_shards
from auzolan.index.format import script, shards_of

ADDRESSES = {
    "en": ("search", "search/", "search/index.html"),
    "ca": ("ca/search", "ca/search/", "ca/search/index.html"),
    "ar": ("ar/search",),
}
QUERIES = ("mill", "horta", "horta comuna", "shared mill", "neighb", "village mill garden", "gardn", "ورشة", "zzzz", "mill zzzz", "a&b=c",
           "Common Garden & Sons <Ltd>", "licence that asks", "neighbours share ", "MIT")  # fmt: skip
"""Most of them find something in each language."""


def reader(output: Path, language: str) -> Reader:
    return open_shards(lambda path: file.read_bytes() if (file := output / path).is_file() else None, language)


@pytest.fixture(scope="module")
def output(everything: Path) -> Path:
    return everything / "output"


@pytest.fixture(scope="module", params=["folder", "zip"])
def site(
    request: pytest.FixtureRequest, everything: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    if request.param == "folder":
        client = Client(Served(everything / "pelicanconf.py", everything / "output"))
    else:
        packed = tmp_path_factory.mktemp("packed")
        shutil.copytree(everything, packed / "site", ignore=shutil.ignore_patterns("output", ".cache"))
        assert auzolan("build", "-o", "../site.zip", cwd=packed / "site").returncode == 0
        client = Client(ServedZip(packed / "site.zip"))
    yield client
    client.end()


def answered(answer: Answer) -> Any:
    """The element with the answer."""
    found = lxml.html.document_fromstring(answer.text).xpath("//*[@id='hits']/*[@id='answered']")
    assert len(found) == 1
    return found[0]


def links(answer: Answer, address: str) -> list[str]:
    """Where the results lead, seen from the address of the answer."""
    return [urljoin(address, href) for href in answered(answer).xpath(".//li//h2/a/@href")]


@pytest.mark.parametrize("language", sorted(ADDRESSES))
def test_the_answers_are_the_readers_and_every_link_leads_there(site: Client, output: Path, language: str) -> None:
    asked_for = 0
    for address in ADDRESSES[language]:
        for query in QUERIES:
            answer = site.get(f"/{address}?q={quote_plus(query)}")
            assert answer.status_code == 200
            expected = reader(output, language).search(query, PAGE)
            # As on a host that serves the copy from a folder of its own.
            base = "https://example.org/copies/one/"
            found = links(answer, f"{base}{address}")
            assert found == [f"{base}{hit.url}" for hit in expected.hits], (address, query)
            assert all((output / link.removeprefix(base)).is_file() for link in found)
            asked_for += len(found)
            titles = ["".join(one.itertext()) for one in answered(answer).xpath(".//li//h2/a")]
            assert titles == [hit.title for hit in expected.hits]
    assert asked_for > 15


def test_every_way_in_the_page_leads_to_a_file(site: Client, output: Path) -> None:
    for address in ("search", "search/", "ca/search", "ca/search/index.html"):
        page = lxml.html.document_fromstring(site.get(f"/{address}?q=mill").text)
        ways = [urlsplit(urljoin(f"http://x/{address}", way)) for way in page.xpath("//@href | //@src | //@action")]
        here = [way.path for way in ways if way.netloc == "x" and not way.path.startswith("/_auzolan")]
        assert len(here) > 20
        for path in here:
            assert path == f"/{address}" or (output / path[1:]).is_file(), (address, path)
        root = page.xpath("/html/@data-root")[0]
        assert urljoin(f"/{address}", root or ".") == "/"


def test_the_page_says_what_was_found_and_hides_the_list_of_all(site: Client) -> None:
    answer = site.get("/search?q=mill")
    page = lxml.html.document_fromstring(answer.text)
    assert page.xpath("string(//title)").startswith("mill · ")
    assert page.xpath("//main//input[@name='q']/@value") == ["mill"]
    assert (
        page.xpath("//*[@id='browse']/@hidden") == ["hidden"] or "hidden" in page.xpath("//*[@id='browse']")[0].attrib
    )
    assert not page.xpath("//noscript")
    assert "result" in answered(answer).xpath("string(./p[@role='status'])")
    assert answered(answer).xpath(".//mark/text()")
    assert answered(answer).xpath(".//li/svg/use/@href | .//li//*[local-name()='use']/@href")
    catalan = answered(site.get("/ca/search?q=moli"))
    assert "resultat" in catalan.xpath("string(./p[@role='status'])")


def test_facets_in_the_address_narrow(site: Client, output: Path) -> None:
    every = reader(output, "en")
    for chosen in (
        {"kind": ["plan"]},
        {"kind": ["plan", "tool"]},
        {"country": ["ES"]},
        {"kind": ["plan"], "country": ["ES"]},
        {"kind": ["none"]},
    ):
        asked = "".join(f"&{name}={value}" for name, values in chosen.items() for value in values)
        answer = site.get(f"/search?q=neighbours+share+mill+garden&utm_source=x{asked}")
        expected = every.search("neighbours share mill garden", PAGE, facets=chosen)
        assert links(answer, "/search") == [f"/{hit.url}" for hit in expected.hits]
        assert expected.total < every.search("neighbours share mill garden", PAGE).total
    again = answered(site.get("/search?q=mlil&kind=tool")).xpath(".//a[contains(@href, 'typed')]/@href")
    assert again in ([], ["?q=mlil&typed=1&kind=tool"])


def chips(answer: Answer) -> list[tuple[str, str, str]]:
    """What narrows the answer: its words, where it is taken back, and what is read aloud of it."""
    found = answered(answer).xpath(".//ul[@class='chips']//a")
    return [(one.xpath("string(bdi)"), one.get("href"), one.get("aria-label")) for one in found]


def test_what_narrows_is_told_and_can_be_taken_back(site: Client) -> None:
    answer = site.get("/search?q=mill&kind=plan&country=ES&country=ES&utm_source=x")
    assert chips(answer) == [
        ("Plan", "?q=mill&country=ES&country=ES&utm_source=x", "Take back: Kind: Plan"),
        ("Spain", "?q=mill&kind=plan&utm_source=x", "Take back: Country: Spain"),
    ]
    assert "Nothing is left. Take one of the choices back." in answered(answer).text_content()
    fewer = site.get("/search?q=mill&kind=plan")
    assert links(fewer, "/search") and chips(fewer) == [("Plan", "?q=mill", "Take back: Kind: Plan")]
    assert not chips(site.get("/search?q=mill"))
    strange = site.get("/search?q=mill&country=%3Cb%3E%22")
    assert chips(strange) == [('<b>"', "?q=mill", 'Take back: Country: <b>"')]


def test_what_is_chosen_needs_no_words(site: Client, output: Path) -> None:
    for query, chosen in (("kind=tool", {"kind": ["tool"]}), ("q=&country=ES", {"country": ["ES"]})):
        answer = site.get(f"/search?{query}")
        expected = reader(output, "en").search("", PAGE, facets=chosen)
        assert expected.hits and links(answer, "/search") == [f"/{hit.url}" for hit in expected.hits]
        assert not lxml.html.document_fromstring(answer.text).xpath("string(//title)").startswith(" ·")


def test_where_nothing_is_found_the_list_of_all_stays(site: Client) -> None:
    for query in ("q=zzzz", "q=mill&kind=none"):
        page = lxml.html.document_fromstring(site.get(f"/search?{query}").text)
        assert page.xpath("//*[@id='answered']") and not page.xpath("//*[@id='answered']//ul[@class='rows']")
        assert "hidden" not in page.xpath("//*[@id='browse']")[0].attrib


def test_all_that_is_read_of_a_question_may_be_asked_in_any_script(site: Client) -> None:
    assert site.get("/search?q=" + "%F0%A0%80%80" * 400).status_code == 200


def test_slips_of_the_pen_are_seen_through_unless_asked_not_to(site: Client) -> None:
    answer = site.get("/search?q=mlil")
    told = answered(answer)
    assert "Showing results for" in told.text_content()
    way = told.xpath(".//a[contains(@href, 'typed')]/@href")[0]
    assert urljoin("/search", way) == "/search?q=mlil&typed=1"
    plain = answered(site.get("/search?q=mlil&typed=1"))
    assert not plain.xpath(".//li") and "Nothing was found" in plain.text_content()


@pytest.mark.parametrize("query", ["", "?", "?q=", "?q=+", "?q=***", "?x=1"])
def test_where_nothing_is_asked_the_list_of_all_stays(site: Client, query: str) -> None:
    page = lxml.html.document_fromstring(site.get(f"/search/{query}").text)
    assert not page.xpath("//*[@id='answered']") and "hidden" not in page.xpath("//*[@id='browse']")[0].attrib


HOSTILE = {
    "100 kB": "q=" + "a" * 100_000,
    "200 kB": "q=" + "%E6%9D%B1" * 22_000,
    "ten thousand words": "q=" + "w+" * 10_000,
    "control": "q=a%00b%1B%5B2J",
    "line ends in a header": "q=a%0d%0aSet-Cookie:%20x%07",
    "lone surrogate": "q=%ED%A0%80",
    "bad percent": "q=%",
    "overlong": "q=%C0%AF",
    "many": "&".join(f"q{n}=x" for n in range(500)),
    "page": "q=mill&page=0x10",
    "far page": "q=mill&page=50",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_questions_are_refused_in_the_readers_language(site: Client, name: str) -> None:
    for address, word in (
        ("search", "question|address|results"),
        ("ca/search/index.html", "pregunta|adreça|resultats"),
    ):
        answer = site.get(f"/{address}?{HOSTILE[name]}")
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert NO_TRACEBACK not in answer.text
        told = answered(answer).xpath("string(.//*[@role='alert'])")
        assert any(one in told for one in word.split("|")), told
        assert len(answer.content) < 100_000
        # What everybody can find without a question stays.
        assert "hidden" not in lxml.html.document_fromstring(answer.text).xpath("//*[@id='browse']")[0].attrib


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", '" onfocus=alert(1) autofocus x="', "</title><img src=x>", "\\1\\g<0>", "\u202e\u2066mill",
     "__proto__ constructor", "' OR 1=1 --", "../../etc/passwd", "{{7*7}} {% raw %}", "%3Cb%3E &lt;b&gt;", "\ufffe\U000e0001"],
)  # fmt: skip
def test_a_question_is_only_ever_text(site: Client, query: str) -> None:
    answer = site.get(f"/search?q={quote_plus(query)}")
    page = lxml.html.document_fromstring(answer.text)
    assert answer.status_code == 200
    assert page.xpath("//main//input[@name='q']/@value") == [query]
    assert not page.xpath("//main//script[not(@type)] | //main//img[@src='x'] | //*[@onfocus] | //*[@autofocus]")
    assert "49" not in page.xpath("string(//title)") and NO_TRACEBACK not in answer.text


def test_what_is_found_is_only_ever_text(site: Client, output: Path) -> None:
    assert any("<Ltd>" in hit.title for hit in reader(output, "en").search("garden", None).hits)
    answer = site.get("/search?q=garden")
    assert "&lt;Ltd&gt;" in answer.text and "<Ltd>" not in answer.text


def test_headers_say_that_an_answer_is_of_now_and_runs_nothing_foreign(site: Client) -> None:
    for query in ("q=mill", "q=%00"):
        headers = site.get(f"/search?{query}").headers
        assert headers["cache-control"] == "no-store" and "etag" not in headers and "set-cookie" not in headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';") and "unsafe" not in policy
        assert (headers["x-content-type-options"], headers["x-robots-tag"]) == ("nosniff", "noindex")


def test_head_tells_what_get_would(site: Client) -> None:
    for query in ("q=mill", "q=%zz"):
        head, whole = site.get(f"/search?{query}", method="HEAD"), site.get(f"/search?{query}")
        assert (head.status_code, head.content) == (whole.status_code, b"")
        for name in ("content-type", "content-length", "cache-control", "content-security-policy"):
            assert head.headers[name] == whole.headers[name]
    assert site.get("/search?q=mill", method="POST").status_code == 405


def test_other_pages_are_none_of_the_searchs(site: Client) -> None:
    assert 'id="answered"' not in site.get("/index.html?q=mill").text
    assert site.get("/tools/search?q=mill").status_code == 404
    assert site.get("/xx/search?q=mill").status_code == 404
    assert (
        site.get("/search/en/header.js?q=mill")
        .headers["content-type"]
        .startswith(("text/javascript", "application/javascript"))
    )


@pytest.fixture
def copy(everything: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(everything / "output", tmp_path / "output"))


@pytest.fixture
def served(copy: Path) -> Iterator[tuple[Served, Client]]:
    made = Served(copy.parent / "pelicanconf.py", copy)
    client = Client(made)
    yield made, client
    client.end()


def test_damaged_search_files_are_told_and_the_list_of_all_stays(served: tuple[Served, Client], copy: Path) -> None:
    header = copy / "search/ca/header.js"
    for data in (header.read_bytes()[:60], b"", None):
        header.write_bytes(data) if data is not None else header.unlink()
        answer = served[1].get("/ca/search?q=moli")
        assert answer.status_code == 503 and "fitxers de la cerca" in answered(answer).text_content()
        assert "hidden" not in lxml.html.document_fromstring(answer.text).xpath("//*[@id='browse']")[0].attrib


def test_what_was_built_again_is_read_again(served: tuple[Served, Client], copy: Path) -> None:
    assert links(served[1].get("/search?q=mill"), "/search")
    for file in (copy / "search/en").iterdir():
        file.write_bytes(
            (copy / "search/ca" / file.name).read_bytes().replace(b'/ca"', b'/en"').replace(b"/ca/", b"/en/")
        )
    served[0].search.forget()
    assert all(link.startswith("/ca/") for link in links(served[1].get("/search?q=mill"), "/search"))


def test_a_page_of_another_theme_without_a_place_for_results_is_served_as_it_is(
    served: tuple[Served, Client], copy: Path
) -> None:
    (copy / "search/index.html").write_text("<html data-lang='en'><head></head><body>Other</body></html>")
    assert "Other" in served[1].get("/search/?q=mill").text


def test_signs_are_told_by_the_script_of_the_search_and_results_come_without(
    served: tuple[Served, Client], copy: Path
) -> None:
    script = copy / "static/search.en.js"
    expected = answered(served[1].get("/search?q=garden")).xpath(".//li/@class")
    assert any("k-organization" in one for one in expected)
    for broken in (
        "",
        "{",
        "self.AUZOLAN_FOUND={};",
        'self.AUZOLAN_FOUND={"signs":[1]};',
        'self.AUZOLAN_FOUND={"signs":{"plan":3}};',
    ):
        script.write_text(broken, "utf-8")
        rows = answered(served[1].get("/search?q=garden")).xpath(".//li[contains(@class, 'row')]")
        assert len(rows) == len(expected)


@pytest.mark.parametrize(
    "letters", ["<a ", "<html ", "<noscript>", "<input ", "<noscript></x", '<a id="hits ', "self.AUZOLAN_FOUND={};"]
)
def test_a_hostile_page_costs_no_more_than_its_letters(served: tuple[Served, Client], copy: Path, letters: str) -> None:
    """Half a million times: who looked back at each would look for hours."""
    page = (copy / "search/index.html").read_text("utf-8")
    (copy / "search/index.html").write_text(page + letters * 500_000, "utf-8")
    (copy / "static/search.en.js").write_text(letters * 500_000, "utf-8")
    assert served[1].get("/search?q=mill").status_code == 200


class Writing(Served):
    """A site in which a search file is of another build until the one that is under way has ended; `ends` says whether it does."""

    ends = True
    waits = 0

    async def _written(self) -> None:
        self.waits += 1
        whole = self.output / "whole.js"
        if self.ends and whole.exists():
            whole.replace(self.output / "search/en/p0.js")
            self.search.forget()


@pytest.mark.parametrize("ends", [True, False])
def test_a_question_waits_while_search_files_are_being_replaced(copy: Path, ends: bool) -> None:
    shard = copy / "search/en/p0.js"
    (copy / "whole.js").write_bytes(shard.read_bytes())
    shard.write_bytes((copy / "search/ca/p0.js").read_bytes())
    made = Writing(copy.parent / "pelicanconf.py", copy)
    made.ends = ends
    client = Client(made)
    try:
        answer = client.get("/search?q=mill")
    finally:
        client.end()
    assert answer.status_code == (200 if ends else 503)
    assert bool(answered(answer).xpath(".//li//h2")) == ends and made.waits == (1 if ends else 3)


def test_a_file_that_a_build_takes_away_is_none(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Served(copy.parent / "pelicanconf.py", copy)
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    assert made._read("search/en/none.js") is None


@pytest.mark.parametrize(
    "signs", ["[" * 100_000, '{"tool":{"class":"\\ud800","symbol":"","flip":0,"label":""}}', "NaN"]
)
def test_hostile_signs_are_no_signs(served: tuple[Served, Client], copy: Path, signs: str) -> None:
    (copy / "static/search.en.js").write_text(f'self.AUZOLAN_FOUND={{"signs":{signs}}};\n', "utf-8")
    answer = served[1].get("/search?q=mill")
    assert answer.status_code == 200 and answered(answer).xpath(".//li//h2")


@pytest.mark.parametrize(
    "told", [{"documents": 10**12}, {"shown": 0}, {"kinds": [["tool", 10**12]]}, {"weights": [1e300]}]
)
def test_a_hostile_index_is_told_as_a_damaged_one(
    served: tuple[Served, Client], copy: Path, told: dict[str, Any]
) -> None:
    shards = shards_of((copy / "search/en/header.js").read_bytes())
    header = {**json.loads(shards["h/en"]), **told}
    (copy / "search/en/header.js").write_bytes(script({**shards, "h/en": json.dumps(header).encode()}))
    answer = served[1].get("/search?q=mill")
    assert answer.status_code == 503 and answered(answer).xpath(".//*[@role='alert']")
