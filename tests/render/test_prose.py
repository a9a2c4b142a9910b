"""Prose: what a writer gets."""

from __future__ import annotations

import pytest

from auzolan.render.prose.prose import Heading, Prose, prose


def known(entry_id: str, words: str | None) -> str | None:
    return f'<a class="with" href="{entry_id}.html">{words or entry_id}</a>' if entry_id != "tool/unknown" else None


def render(text: str, **options: object) -> Prose:
    return prose(text, link=known, **options)  # type: ignore[arg-type]


def html(text: str, **options: object) -> str:
    return render(text, **options).html.replace("\n", "")


def test_a_mention_is_filled_with_trusted_html() -> None:
    assert html("By [[tool/lets]] and [[tool/lets|the LETS]].") == (
        '<p>By <a class="with" href="tool/lets.html">tool/lets</a> and '
        '<a class="with" href="tool/lets.html">the LETS</a>.</p>'
    )


def test_an_unknown_mention_shows_its_words_escaped() -> None:
    assert html("[[tool/unknown|A & B < C]] [[tool/unknown]]") == "<p>A &amp; B &lt; C tool/unknown</p>"


@pytest.mark.parametrize("code", ["`[[tool/x]]`", "```\n[[tool/x]]\n```", "a\n\n    [[tool/x]]", "``a ` [[tool/x]]``"])
def test_code_keeps_what_looks_like_a_mention(code: str) -> None:
    assert "[[tool/x]]" in html(code) and "href" not in html(code)


def test_a_mention_in_an_attribute_is_its_words() -> None:
    assert html('![of [[tool/x|"LETS"]]](a.png)') == '<p><img alt="of ”LETS”" src="a.png"></p>'
    assert html('[a](https://b.org "see [[tool/x]]")') == (
        '<p><a href="https://b.org" rel="noopener noreferrer" title="see tool/x">a</a></p>'
    )


def test_a_mention_inside_a_link_is_its_words() -> None:
    assert html("[the [[tool/x|LETS]] page](/a.html)") == '<p><a href="/a.html">the <span>LETS</span> page</a></p>'


def test_a_mention_works_in_a_table_with_an_escaped_bar() -> None:
    assert '<td class="end"><a class="with" href="tool/x.html">LETS</a></td>' in html(
        "a | b\n--|--:\nc | [[tool/x\\|LETS]]"
    )


def test_headings_move_to_the_asked_level_and_are_listed() -> None:
    made = render("# One *a*[^1]\n\n### Two\n\n> # quoted\n\n[^1]: n", heading_level=2, id_prefix="ca-")
    assert made.toc == (Heading(2, "h-ca-1", "One a"), Heading(4, "h-ca-2", "Two"))
    assert '<h2 id="h-ca-1">One <em>a</em><sup>' in made.html
    assert '<h4 id="h-ca-2">Two</h4>' in made.html
    assert "<h2>quoted</h2>" in made.html
    assert html("### Deep\n\n###### Deeper", heading_level=5) == '<h5 id="h-1">Deep</h5><h6 id="h-2">Deeper</h6>'


def test_notes_are_numbered_by_first_reference_and_stand_apart() -> None:
    made = render("a[^z] b[^a] c[^z]\n\n[^a]: Second.\n[^z]: First.\n[^q]: Nobody.", back_label="Back & up")
    assert made.html == (
        '<p>a<sup><a href="#fn-1" id="fnref-1">1</a></sup> b<sup><a href="#fn-2" id="fnref-2">2</a></sup> '
        'c<sup><a href="#fn-1" id="fnref-1-2">1</a></sup></p>'
    )
    assert made.footnotes.replace("\n", "") == (
        '<ol class="srcs notes"><li id="fn-1"><div>First. <a href="#fnref-1">Back &amp; up</a></div></li>'
        '<li id="fn-2"><div>Second. <a href="#fnref-2">Back &amp; up</a></div></li>'
        '<li id="fn-3"><div>Nobody.</div></li></ol>'
    )


def test_a_note_may_have_blocks_code_mentions_and_notes() -> None:
    made = render("a[^1]\n\n[^1]: One [[tool/x]]\n\n    Two[^2]\n\n    - list\n\n[^2]: `[[tool/y]]`")
    notes = made.footnotes.replace("\n", "")
    assert '<a class="with" href="tool/x.html">' in notes and "<code>[[tool/y]]</code>" in notes
    assert '<li id="fn-2">' in notes and 'id="fnref-2"' in notes
    assert '</ul><p><a href="#fnref-1">Back to the text</a></p>' in notes


def test_a_definition_inside_a_note_and_a_second_definition_lose_nothing_said_first() -> None:
    made = render("a[^1] b[^2]\n\n[^1]: x\n\n    [^2]: inner\n\n[^1]: late")
    assert "inner" in made.footnotes and "late" not in made.footnotes


def test_a_note_reference_inside_a_link_is_a_number_only() -> None:
    assert html("[a[^1]](/b)\n\n[^1]: n") == '<p><a href="/b">a<sup>1</sup></a></p>'


def test_without_footnotes_the_notation_stands() -> None:
    made = render("a[^1]\n\n[^1]: note words", footnotes=False)
    assert "a[^1]" in made.html and "note words" in made.html and made.footnotes == ""


def test_a_quotation_carries_its_speaker() -> None:
    assert html("> Words *so*.\n> -- **A**, [[tool/x]]") == (
        '<figure class="said"><blockquote><p>Words <em>so</em>.</p></blockquote>'
        '<figcaption><strong>A</strong>, <a class="with" href="tool/x.html">tool/x</a></figcaption></figure>'
    )
    assert html("> Only words.") == "<blockquote><p>Only words.</p></blockquote>"


def test_a_disputed_quotation_says_so_in_the_words_given() -> None:
    assert html("> {disputed}\n> Words.\n>\n> \u2014 A", disputed_label="In *doubt* <b>") == (
        '<figure class="said disputed"><p><span class="tag bad">In *doubt* &lt;b&gt;</span></p>'
        "<blockquote><p>Words.</p></blockquote><figcaption>A</figcaption></figure>"
    )


def test_quotations_that_follow_one_another_stay_apart() -> None:
    made = html("> One.\n> -- A\n\n> Two.\n> -- B\n\n> Three.")
    assert made.count('<figure class="said">') == 2 and made.endswith("<blockquote><p>Three.</p></blockquote>")


def test_words_of_pelican_survive() -> None:
    made = html("[a]({filename}../pages/b.md) [c]({static}/pdf/d.pdf#p) ![e]({attach}f.png)")
    for kept in ('href="{filename}../pages/b.md"', 'href="{static}/pdf/d.pdf#p"', 'src="{attach}f.png"'):
        assert kept in made


def test_mail_and_plain_addresses_become_links() -> None:
    assert html("<a@b.org> <https://c.org>") == (
        '<p><a href="mailto:a@b.org">a@b.org</a> '
        '<a href="https://c.org" rel="noopener noreferrer">https://c.org</a></p>'
    )


def test_lists_tables_terms_and_code() -> None:
    made = html("3. c\n4. d\n\nterm\n:   meaning\n\n```python {.x #fn-1}\na < b\n```\n\na|b\n-|-\n1|2")
    for part in ('<ol start="3">', "<dt>term</dt><dd>meaning</dd>", "a &lt; b", "<th>a</th>"):
        assert part in made


@pytest.mark.parametrize("options", [{"id_prefix": 'a"'}, {"id_prefix": "a b"}, {"heading_level": 7}])
def test_unusable_options_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not usable"):
        render("a", **options)


def test_the_same_text_gives_the_same_bytes() -> None:
    text = "# a\n\n[[tool/x]][^1]\n\n[^1]: b"
    assert render(text) == render(text)
