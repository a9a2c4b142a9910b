"""Prose: what an attacker does not get. Vectors by hand, then anything hypothesis can think of."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from auzolan.check.prose_text import prose_problems
from auzolan.model.prose_links import HIDDEN, image_refusal, link_refusal
from auzolan.render.prose.prose import ATTRIBUTES, CLASSES, TAGS, _sanitise, prose

CAPS = frozenset({"M002", "M003", "M004", "M005"})
TRUSTED = "<mark>trusted</mark>"
PELICAN = re.compile(r"""<[^>]*(?:href|src|poster|data|cite|formaction|action|content)\s*=\s*(["'])([{|].*?)\1""")


def rendered(text: str) -> str:
    made = prose(text, link=lambda entry_id, words: TRUSTED if entry_id == "tool/known" else None)
    return made.html + made.footnotes


def assert_safe(page: str) -> None:
    """Only what the lists allow, in a tree read by another parser than the sanitiser's."""
    assert not HIDDEN.search(page)
    root = lxml_html.fragment_fromstring(page.replace(TRUSTED, "\u2605"), create_parent="main")
    seen: set[str] = set()
    for element in root.iterdescendants():
        assert isinstance(element.tag, str), "a comment or an instruction"
        assert element.tag in TAGS
        for name, value in element.attrib.items():
            if name == "class":
                assert set(value.split()) <= CLASSES.get(element.tag, set())
                continue
            assert name in ATTRIBUTES.get(element.tag, set())
            if name == "id":
                assert re.fullmatch(r"(h-\d+|fn-\d+|fnref-\d+(-\d+)?)", value) and value not in seen
                seen.add(value)
            if name == "href":
                assert link_refusal(value) is None
                assert not any(parent.tag == "a" for parent in element.iterancestors())
            if name == "src":
                assert image_refusal(value) is None
            assert "'" not in value and '"' not in value
    for match in PELICAN.finditer(page):
        assert link_refusal(match[2]) is None


VECTORS = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript&colon;alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](java&#x200b;script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:a)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/a)",
    "[x](\\\\\\\\evil\\share)",
    "[x](/\\evil.example)",
    "[x](https://user@evil.example)",
    "[x](https:evil)",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x]: <javascript:alert(1)> 'a'\n\n[y][x] ![z][x]",
    "<javascript:alert(1)> <javascript://%0aalert(1)> <data:a> <ftp://a.example>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='x' onclick=alert(1)>b</a>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<!-- a --> <!-- <img src=x> --!> <?php a ?> <![CDATA[<b>]]> <!doctype html>",
    '<math><mtext></table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<meta http-equiv=refresh content=0> <form action=a><input name=b></form> <base href=//a>",
    "# a {: onclick=alert(1) id=fn-1 }\n\nb\n{: .said style='x' }\n\n[a](b){: onclick=c }",
    "```{#fn-1 .said onclick=a style=b}\nc\n```",
    '``` "><img src=x onerror=alert(1)>\na\n```',
    "![x](https://evil.example/a.png)",
    "![x](//evil.example/a.png) ![x](\\\\\\\\evil\\a.png) ![x](/a.png) ![x](../../a.png) ![x](a/../../b.png)",
    "![x](%2e%2e/a.png) ![x](data:image/png;base64,AA) ![x](a/%5c%5cb) ![x](%2f/evil.example/a)",
    '![x](a.png"onerror=alert(1)) ![" onerror=alert(1) "](a.png) ![x](a.png \'b" onerror="c\')',
    "[a](b \"c' onclick='d\" e)",
    "[x]({static}../../etc/passwd) [x]({static}/../../a) [x]({attach}a/../../../b) [x](|static|../../a)",
    "[x]({static}////etc/passwd) [x]({static}http://h/../..) [x]({static}%2e%2e/a) [x]({static}a/.&#x200b;./../b)",
    "[x](a \"href='{static}../../etc/passwd'\") ![src='{static}../../etc/passwd'](a.png)",
    "[x](a?href='{static}../../etc/passwd')",
    "`</code><script>alert(1)</script>`\n\n    </pre><script>alert(1)</script>",
    "[[tool/known|<img src=x onerror=alert(1)>]] [[tool/x|<script>alert(1)</script>]] [[tool/x|&lt;b&gt;]]",
    '[[tool/x" onclick="a]] [[../../a]] [[tool/known|`</span>`]] [a [[tool/known]]](javascript:b)',
    "[![a](javascript:b)](javascript:c) [a [b](c) d](e) [<https://a.example>](f)",
    "&#2;klzzwxh:0000&#3; \x02klzzwxh:0000\x03 &#2;wzxhzdk:0&#3; \x02wzxhzdk:0\x03 `a`",
    "&#x202e;abc &#0; &#xfffe; &#8232; &#xd800; &#x110000; &lt;script&gt;",
    '[^a"><script>]\n\n[^a"><script>]: <b>x</b> [y](javascript:z)',
    "a[^1] [^1]: b\n\n[^1]: [^1]: [^1]\n\n    [^1]: c",
    "> <b>\n> -- <script>alert(1)</script>\n\n> {disputed}\n> -- [x](javascript:a)",
    "a | b\n:-: | --:\n<td onclick=a> | [x](javascript:b)",
    '[1]: \n[1]: src="',
]


@pytest.mark.parametrize("text", VECTORS)
def test_a_vector_comes_out_harmless(text: str) -> None:
    assert_safe(rendered(text))


@pytest.mark.parametrize("text", VECTORS)
def test_the_sanitiser_alone_holds_raw_html(text: str) -> None:
    assert_safe(_sanitise(text, "az", 0, frozenset()))


def test_the_placeholder_cannot_be_forged() -> None:
    text = '[[tool/known]] <span class="az{}-0">x</span>'
    for _ in range(3):
        text = text.format("az" + hashlib.sha256(text.encode()).hexdigest())
    assert rendered(text).count(TRUSTED) == 1
    assert rendered("[[tool/known]] az0 az-0 [[tool/known]]").count(TRUSTED) == 2


def test_refused_links_and_images_leave_their_words() -> None:
    assert rendered("[words](javascript:a) ![picture](https://b.example/c.png)") == (
        "<p><span>words</span> <span>picture</span></p>"
    )


def test_raw_html_is_shown_as_written() -> None:
    assert rendered("a <b>c</b>\n\n<div>d</div>") == ("<p>a &lt;b&gt;c&lt;/b&gt;</p>\n<p>&lt;div&gt;d&lt;/div&gt;</p>")


PIECES = st.sampled_from(
    [
        *"[]()<>!&#|:`*_\\~-+={}'\"^ \n\t/.;ax1é\u202e\x02\x03",
        "\n\n",
        "    ",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n: ",
        "\n# ",
        "[a](b)",
        "![a](b.png)",
        "[^1]",
        "\n[^1]: ",
        "[[tool/known]]",
        "[[tool/x|y]]",
        "javascript:",
        "{static}",
        "../",
        "\n-- a",
        "\n{disputed}\n",
        "\n```\n",
        "`a`",
        "**a**",
        "*a ",
        "<b>",
        "<https://a.org>",
        "<a@b.org>",
        "&#106;",
        "\na|b\n-|-\n",
        "\n[1]: ",
        "&lt;",
        "&#2;",
        "href='",
        'src="',
        "klzzwxh:0000",
        "wzxhzdk:0",
        "<!--",
        "]]>",
        "\n---\n",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map("".join))
def test_accepted_text_renders_to_allowed_html_only(text: str) -> None:
    if not any(problem[0] in CAPS for problem in prose_problems(text)):
        assert_safe(rendered(text))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_without_a_capped_shape_is_safe(text: str) -> None:
    if not any(problem[0] in CAPS for problem in prose_problems(text)):
        assert_safe(rendered(text))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.integers(1, 40))
def test_repetition_that_is_accepted_renders(text: str, times: int) -> None:
    repeated = text * times
    if not any(problem[0] in CAPS for problem in prose_problems(repeated)):
        assert_safe(rendered(repeated))
