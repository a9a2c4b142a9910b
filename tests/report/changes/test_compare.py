"""Two states of a commons: each thing that can differ is found once, under its own name, and nothing else is."""

from __future__ import annotations

import datetime

from tests.report.changes.sides import difference, lines, side

from auzolan.report.changes import compare

MILL = "name: Mill\nwritten_in: en\nsummary: It mills.\n"
BAKERY = "name: Bakery\nwritten_in: en\nsummary: It bakes.\n"
HEAD = ("title: Story", "date: 2026-01-02", "summary: It tells.")
NET = "name: Net\nwritten_in: en\nsummary: A network.\n"
BOTH = {"cooperative/mill": MILL, "cooperative/bakery": BAKERY, "organization/net": NET}


def with_(id_: str, text: str, others: dict[str, str] = BOTH) -> dict[str, str]:
    return {**others, id_: others.get(id_, "") + text}


def test_nothing_differs() -> None:
    found = difference(BOTH, dict(reversed(BOTH.items())))
    assert found.is_empty and found.errors == 0
    assert lines(BOTH, BOTH) == ["## What this changes", "Nothing differs."]


def test_added_changed_and_removed() -> None:
    old = {"cooperative/mill": MILL + "started: '1990'\n", "cooperative/gone": BAKERY}
    new = {"cooperative/mill": MILL + "started: '1991'\nwebsite: 'https://mill.example/'\n", "organization/net": NET}
    found = difference(old, new)
    assert [(one.what, one.id) for one in found.entries] == [
        ("removed", "cooperative/gone"), ("changed", "cooperative/mill"), ("added", "organization/net"),
    ]  # fmt: skip
    told = lines(old, new)
    assert "1 added, 1 changed, 1 no longer there." in told
    assert "Started: 1990 → 1991" in told
    assert "Website: https://mill.example/" in told
    assert "Cooperative: Bakery (cooperative/gone)" in told


def test_the_order_of_fields_and_comments_say_nothing() -> None:
    old, new = (
        {"cooperative/mill": MILL},
        {"cooperative/mill": "# a remark\nsummary: It mills.\nname: Mill\nwritten_in: en\n"},
    )
    assert [(one.what, one.fields) for one in difference(old, new).entries] == [("rewritten", ())]
    assert lines(old, new) == [
        "## What this changes", "1 only written otherwise.", "### Only how the file is written (1)",
        "Order, spacing or comments. They say what they said before.", "Cooperative: Mill (cooperative/mill)",
    ]  # fmt: skip


def test_the_order_in_the_head_of_an_article_says_nothing() -> None:
    old, new = ("---\n" + "\n".join(head) + "\n---\nText.\n" for head in (HEAD, reversed(HEAD)))
    found = difference(BOTH, BOTH, before={"articles": {"s.md": old}}, after={"articles": {"s.md": new}})
    assert [(one.what, one.id) for one in found.entries] == [("rewritten", "article/s")]


def test_what_shows_something_else_is_not_only_written_otherwise() -> None:
    """Sources are numbered as they stand; within quotes a line that begins like a remark is text."""
    pairs = (
        ("record: {sources: {a: {title: A}, b: {title: B}}}\n", "record: {sources: {b: {title: B}, a: {title: A}}}\n"),
        ("sectors: [food, housing]\n", "sectors: [housing, food]\n"),
        ('notes: "One\n# two\n three"\n', 'notes: "One\n# four\n three"\n'),
        ("notes: |\n  one\n  two\n", "notes: >\n  one\n  two\n"),
        ("notes: {en: One, ca: U}\n", "notes: {en: U, ca: One}\n"),
        ("written_in: en\n", "written_in: ca\n"),
    )
    for old, new in pairs:
        mill = "name: Mill\nsummary: It mills.\n"
        found = difference({"cooperative/mill": mill + old}, {"cooperative/mill": mill + new})
        assert [one.what for one in found.entries] == ["changed"], new
    old, new = ("---\n" + "\n".join(HEAD) + f"\nsources: {{{keys}}}\n---\nText.\n"
                for keys in ("a: {title: A}, b: {title: B}", "b: {title: B}, a: {title: A}"))  # fmt: skip
    found = difference(BOTH, BOTH, before={"articles": {"s.md": old}}, after={"articles": {"s.md": new}})
    assert [one.what for one in found.entries] == ["changed"]


def test_lists_languages_groups_and_keys() -> None:
    old = MILL.replace("It mills.", "{en: It mills., ca: Mol.}") + (
        "sectors: [food]\nplaces: [{country: ES, locality: Berga}, {country: FR}]\n"
        "record: {sources: {a: {title: A}, b: {title: B}}}\n"
    )
    new = MILL.replace("It mills.", "{en: It mills well., ca: Mol.}") + (
        "sectors: [food, housing]\nplaces: [{country: FR}, {country: ES, locality: Vic}]\n"
        "record: {sources: {a: {title: A, url: 'https://a.example/'}}}\n"
    )
    changes = {(one.path, one.keys): (one.old, one.new) for one in difference({"cooperative/mill": old}, {"cooperative/mill": new}).entries[0].fields}  # fmt: skip
    assert changes == {
        ("summary", ("en",)): ("It mills.", "It mills well."),
        ("sectors", ()): (None, "housing"),
        ("places.locality", ("2", "en")): ("Berga", "Vic"),
        ("record.sources.url", ("a",)): (None, "https://a.example/"),
        ("record.sources", ("b",)): ({"title": {"en": "B"}}, None),
    }


def test_one_that_moved_is_not_gone() -> None:
    old, new = {"cooperative/mill": MILL}, {"cooperative/old-mill": MILL + "former_ids: [cooperative/mill]\n"}
    found = difference(old, new)
    assert [(one.what, one.id, one.was) for one in found.entries] == [
        ("moved", "cooperative/old-mill", "cooperative/mill")
    ]
    assert "Cooperative: Mill (cooperative/old-mill), before: cooperative/mill" in lines(old, new)


def test_of_what_is_withdrawn_nothing_is_told() -> None:
    old = {"cooperative/mill": MILL + "website: 'https://secret.example/'\n"}
    new = {"cooperative/mill": "status: withdrawn\nwithdrawn_because: request\n"}
    text = "\n".join(lines(old, new, after={"bare": ["cooperative/mill"]}))
    assert "withdrawn: nothing of what it said is told here" in text
    assert "Mill" not in text and "mills" not in text and "secret" not in text


def test_a_place_that_is_hidden_from_now_on_is_not_told_once_more() -> None:
    old = {"cooperative/mill": MILL + "places: [{country: ES, locality: Berga, coordinates: {lat: 42.1, lon: 1.8}}]\n"}
    new = {"cooperative/mill": MILL + "places: [{country: ES, precision: hidden}]\n"}
    text = "\n".join(lines(old, new))
    assert "Precision" in text or "hidden" in text.lower()
    assert "Berga" not in text and "42" not in text


def test_a_relation_is_told_from_both_ends() -> None:
    new = with_("cooperative/mill", "relations: [{type: member-of, to: organization/net, since: '2020'}]\n")
    found = difference(BOTH, new)
    assert [one.what for one in found.relations] == ["added"]
    assert [one.on for one in found.appears] == ["organization/net"]
    told = lines(BOTH, new)
    assert "new: Mill is a member of Net (no source yet, since 2020)" in told
    assert "on the page of Net (organization/net): has as a member Mill" in told
    assert "no longer written: Mill is a member of Net" in lines(new, BOTH)


def test_a_relation_that_ends_and_one_that_changes() -> None:
    began = with_("cooperative/mill", "relations: [{type: member-of, to: organization/net, since: '2020'}]\n")
    ended = with_(
        "cooperative/mill", "relations: [{type: member-of, to: organization/net, since: '2020', until: '2024'}]\n"
    )
    later = with_(
        "cooperative/mill", "relations: [{type: member-of, to: organization/net, since: '2021', note: Since spring.}]\n"
    )
    assert [one.what for one in difference(began, ended).relations] == ["ended"]
    assert {"ended: Mill is a member of Net", "ended: nothing → 2024"} <= set(lines(began, ended))
    assert {"changed: Mill is a member of Net", "began: 2020 → 2021", "also changed: note"} <= set(lines(began, later))


def test_a_mention_appears_on_the_other_page() -> None:
    new = with_("cooperative/mill", "description: 'Near [[organization/net]].'\n")
    assert "on the page of Net (organization/net): mentioned by Mill (cooperative/mill)" in lines(BOTH, new)
    story = "---\ntitle: Story\ndate: 2026-01-01\nsummary: S.\n---\nSee [[organization/net]].\n"
    told = lines(BOTH, BOTH, after={"articles": {"story.md": story}})
    assert "on the page of Net (organization/net): mentioned by Story (article/story)" in told
    assert "text: 1 lines came, 0 went" in told


def test_lines_of_an_article_that_came_went_and_moved() -> None:
    head = "---\ntitle: Story\ndate: 2026-01-01\nsummary: S.\n---\n"

    def told(old: str, new: str) -> list[tuple[int, int]]:
        return [one.lines for one in difference(BOTH, BOTH, before={"articles": {"s.md": head + old}},
                                                after={"articles": {"s.md": head + new}}).entries]  # fmt: skip

    assert told("a\nb\nc\n", "a\nx\ny\nc\n") == [(2, 1)]
    assert told("a\nb\nc\n", "c\nb\na\n") == [(2, 2)]


def test_states_follow_from_whose_publication_says_it() -> None:
    said = "relations: [{type: member-of, to: organization/net, sources: [page]}]\nrecord: {sources: {page: {title: P%s}}}\n"
    old = with_("cooperative/mill", said % "")
    new = with_("cooperative/mill", said % ", by: cooperative/mill")
    found = difference(old, new)
    assert [(one.relation[0].state, one.relation[1].state) for one in found.states if one.relation] == [
        ("reported", "stated")
    ]
    assert "Mill is a member of Net: reported by P → stated by Mill" in lines(old, new)
    verified = with_("cooperative/mill", said % "" + "", BOTH)
    verified["cooperative/mill"] = verified["cooperative/mill"].replace(
        "record: {", "record: {verified: [{on: '2026-11-01', how: website}], "
    )
    assert "Mill (cooperative/mill): nothing → verified on 1 November 2026" in lines(old, verified)


def test_duplicates_are_told_once_and_not_those_there_were() -> None:
    twin = {
        "organization/the-mill": MILL + "website: 'https://mill.example/'\nplaces: [{country: ES, locality: Vic}]\n"
    }
    old = {"cooperative/mill": MILL + "website: 'https://mill.example/'\nplaces: [{country: ES, locality: Vic}]\n"}
    found = difference(old, {**old, **twin})
    assert [(one.one, one.other) for one in found.duplicates] == [("cooperative/mill", "organization/the-mill")]
    later = {**old, **twin, "cooperative/mill": old["cooperative/mill"] + "started: '1990'\n"}
    assert difference({**old, **twin}, later).duplicates == ()


def test_translations_that_are_missing_or_left_behind() -> None:
    old = {"cooperative/mill": MILL.replace("It mills.", "{en: It mills., ca: Mol.}")}
    new = {
        "cooperative/mill": MILL.replace("It mills.", "{en: It mills grain., ca: Mol.}"),
        "cooperative/bakery": BAKERY,
    }
    told = lines(old, new)
    assert "Mill (cooperative/mill): In one sentence: stays as it was in Catalan" in told
    assert "Bakery (cooperative/bakery): In one sentence: missing in Catalan" in told
    assert difference(old, {"cooperative/mill": old["cooperative/mill"] + "started: '1990'\n"}).untranslated == ()


def test_findings_that_are_new_and_that_are_mended() -> None:
    bad = {"cooperative/mill": "# one line more\n" + MILL + "topics: [no-such-word]\n"}
    found = difference({"cooperative/mill": MILL}, bad)
    assert found.errors == 1 and [one.code for one in found.findings] == ["V001"]
    assert [one.code for one in difference(bad, {"cooperative/mill": MILL}).mended] == ["V001"]
    moved = {"cooperative/mill": "# another\n" + bad["cooperative/mill"]}
    assert difference(bad, moved).findings == ()


def test_an_entry_with_an_error_takes_nothing_back() -> None:
    good = with_("cooperative/mill", "relations: [{type: member-of, to: organization/net}]\n")
    bad = with_("cooperative/mill", "topics: [no-such-word]\n", good)
    found = difference(good, bad)
    assert found.relations == () and found.errors == 1
    assert [(one.what, one.id) for one in found.entries] == [("changed", "cooperative/mill")]


def test_a_file_that_cannot_be_read_is_not_gone() -> None:
    from dataclasses import replace

    old, new = side(BOTH), side({id_: text for id_, text in BOTH.items() if id_ != "cooperative/mill"})
    new = replace(new, files={**new.files, "cooperative/mill": "directory/cooperatives/mill.yaml"})
    found = compare(old, new)
    assert [(one.what, one.id) for one in found.entries] == [("unreadable", "cooperative/mill")]


def test_the_day_of_the_build_counts_for_both_sides() -> None:
    offer = MILL + "offers: [{what: good, how: gift, title: Bread, until: '2026-10-01'}]\n"
    assert difference(
        {"cooperative/mill": offer}, {"cooperative/mill": offer}, today=datetime.date(2027, 1, 1)
    ).is_empty
