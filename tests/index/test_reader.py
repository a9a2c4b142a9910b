"""The reader over the shards answers as Whoosh does: same ids, same order, scores equal to a billionth."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.index.corpora import documents, queries

from auzolan.index import Results, UnreadableShards, build, open_shards
from auzolan.index.engine.answer import Reference
from auzolan.index.engine.corpus import analyze
from auzolan.index.words import parse_query
from auzolan.model.pages import OTHER_WEIGHT, Document


def document(identity: str, *texts: str | tuple[float, str], title: str = "") -> Document:
    pairs = tuple(text if isinstance(text, tuple) else (1.0, text) for text in texts)
    return Document(identity, "tool", "en", f"{identity}.html", title or identity, "", "", pairs)


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def both(found: Sequence[Document], text: str, language: str = "en") -> Results:
    """The reader's answer, after holding it to Whoosh's."""
    files = {file.path: file.data for file in build(found, language)}
    answer = open_shards(files.get, language).search(text, None)
    same(answer, Reference(analyze(found, language)).search(text, None))
    return answer


def same(answer: Results, reference: Results) -> None:
    assert ids(answer) == ids(reference)
    assert [hit.score for hit in answer.hits] == pytest.approx([hit.score for hit in reference.hits], abs=1e-9)
    assert (answer.total, answer.complete, answer.unknown) == (reference.total, reference.complete, reference.unknown)
    assert answer.meant == reference.meant


@pytest.mark.parametrize(("count", "language", "files"), [(500, "en", 3), (300, "ca", 3), (1100, "xx", 150)])
def test_answers_as_whoosh_does(count: int, language: str, files: int) -> None:
    found = documents(count, language=language)
    made = build(found, language)
    assert len(made) == files if files == 3 else len(made) > files
    reader = open_shards({file.path: file.data for file in made}.get, language)
    reference = Reference(analyze(found, language))
    hits = 0
    for text in queries(150):
        answer = reader.search(text, None)
        same(answer, reference.search(text, None))
        hits += answer.total
    assert hits > 10_000


def test_a_stem_that_is_another_words_form() -> None:
    # "universe" has the stem "univers", which a French title uses as a word of its own, with the stem "univer".
    found = [document("a", "universe"), document("b", "univers")]
    assert (_stem(found, "universe"), _stem(found, "univers")) == ("univers", "univer")
    assert ids(both(found, "univers ")) == ["b"]
    assert ids(both(found, "universe ")) == ["a"]


def test_a_word_that_is_its_own_stem_but_was_never_written() -> None:
    found = [document("a", "organs"), document("b", "bread")]
    assert _stem(found, "organs") == "organ"
    assert ids(both(found, "organ ")) == ["a"]


def test_a_word_whose_absent_stem_is_spelled_like_another_word() -> None:
    # The stem of "agreed" is "agre"; no document has that stem, but one has the word "agre", with the stem "agr".
    found = [document("a", "agre"), document("b", "bread")]
    assert _stem(found, "agre") == "agr"
    assert both(found, "agreed ").unknown == ("agreed",)
    assert ids(both(found, "agre ")) == ["a"]


def _stem(found: list[Document], form: str) -> str:
    corpus = analyze(found, "en")
    return next(one.stem for one in corpus.forms if one.text == form)


@pytest.mark.parametrize("word", ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "length"])
def test_words_that_are_names_in_javascript(word: str) -> None:
    found = [document("a", f"about {word}"), document("b", "about bread")]
    assert ids(both(found, word)) == ["a"]
    assert both(found[1:], word).total == 0


def test_documents_with_all_words_come_first() -> None:
    found = [document("a", (9.0, "catalan")), document("b", "integral cooperative of many words, and catalan")]
    answer = both(found, "catalan cooperative ")
    assert (ids(answer), answer.complete, answer.total) == (["b", "a"], 1, 2)


def test_a_heavier_field_counts_more() -> None:
    found = [document("a", (1.0, "bread"), (5.0, "stone")), document("b", (5.0, "bread"), (1.0, "stone"))]
    assert ids(both(found, "bread")) == ["b", "a"]


def test_equal_scores_go_by_id_in_whatever_order_they_came() -> None:
    found = [document(identity, "bread") for identity in ("c", "a", "b")]
    assert ids(both(found, "bread")) == ["a", "b", "c"]


def test_unknown_words_are_told_and_otherwise_left_out() -> None:
    found = [document("a", "the bread of the house"), document("b", "stone")]
    answer = both(found, "the zzz bread ")
    assert (ids(answer), answer.complete, answer.unknown) == (["a"], 1, ("zzz",))
    assert both(found, "the ") == Results(0, ())


def test_accents_case_and_inflections() -> None:
    found = [document("a", "Cooperación solidaria"), document("b", "cooperaciones"), document("c", "pan")]
    assert set(ids(both(found, "COOPERACION ", "es"))) == {"a", "b"}


def test_the_last_word_finds_beginnings_below_the_word_itself() -> None:
    found = [document("a", "career"), document("b", "care"), document("c", "car")]
    answer = both(found, "care")
    assert ids(answer)[0] == "b" and set(ids(answer)) >= {"a", "b"} and "c" not in ids(answer)


def test_what_begins_with_a_known_word_counts_little() -> None:
    found = [document("a", "care " + "long " * 50), document("b", "career career career"), document("c", "car")]
    assert ids(both(found, "care")) == ["a", "b"]
    assert ids(both(found, "caree")) == ["b"]


def test_a_word_is_as_rare_as_it_is_in_all_fields_together() -> None:
    # "bread" is in one name only, and in nearly all texts; "stone" is in two documents.
    found = [document(letter, "bread") for letter in "defgh"]
    found += [
        document("a", (4.0, "bread"), "rain"),
        document("b", (4.0, "stone"), "rain"),
        document("c", "stone bread"),
    ]
    answer = {hit.id: hit.score for hit in both(found, "bread stone rye ").hits}
    assert answer["b"] > 2 * answer["a"] > 0
    assert both([document("a", "bread")], "bread ").hits[0].score > 0  # though every document has it


def test_words_of_other_languages_count_little_and_once() -> None:
    found = [
        document("a", "bread", (OTHER_WEIGHT, "pa pa pa pa")),
        document("b", (OTHER_WEIGHT, "pa " + "llarg " * 10)),
        document("c", "pa", (OTHER_WEIGHT, "pa pa")),
        document("d", (8.0, "rain")),
    ]
    answer = both(found, "pa ")
    assert ids(answer) == ["c", "a", "b"] or ids(answer) == ["c", "b", "a"]
    scores = {hit.id: hit.score for hit in answer.hits}
    assert scores["c"] > 2 * scores["a"]
    once = both([document("a", "bread", (OTHER_WEIGHT, "pa")), *found[1:]], "pa ")
    assert {hit.id: hit.score for hit in once.hits} == scores


def test_long_questions_are_read_to_their_end() -> None:
    found = [document("a", "bread"), document("b", "stone")]
    words = [f"unknown{number}" for number in range(30)]
    assert ids(both(found, " ".join([*words, "bread "]))) == ["a"]


NAMED = [
    document("a", (8.0, "Mondragon Corporation"), (8.0, "MCC"), (1.0, "a federation of cooperatives")),
    document("b", (8.0, "Friends of Mondragon"), (4.0, "mondragon mondragon mondragon"), (1.0, "mondragon " * 20)),
    document("c", (8.0, "Cooperation"), (8.0, "Mondragón"), (1.0, "long " * 300)),
    document("d", (8.0, "Licence"), (4.0, "agpl agpl 3 0 agpl 3 0"), (1.0, "mondragon mondragon")),
    document("e", (8.0, "GNU Affero General Public Licence"), (8.0, "AGPL-3.0"), (1.0, "long " * 300)),
    document("f", (8.0, "The And"), (1.0, "bread")),
    document("cooperative/la-borda", (8.0, "Housing of La Borda"), (1.0, "long " * 300)),
    document("g", (8.0, "La Borda la Borda"), (1.0, "borda " * 20)),
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("mondragon", "c"),
        ("MONDRAGÓN ", "c"),
        ("mondragn", "c"),
        ("mondragon corporation", "a"),
        ("mondragon corpration ", "a"),
        ("mcc", "a"),
        ("AGPL-3.0", "e"),
        ("agpl 3 0 ", "e"),
        ("the and", "f"),  # of stop words alone
        ("La Borda", "cooperative/la-borda"),
    ],
)
def test_what_is_called_so_comes_first(query: str, first: str) -> None:
    assert ids(both(NAMED, query))[0] == first


def test_names_come_before_texts() -> None:
    answer = both(NAMED, "mondragon ")
    assert ids(answer) == ["c", "b", "a", "d"] or ids(answer) == ["c", "a", "b", "d"]
    assert answer.complete == answer.total == 4
    # "federation" is in no name: now only the words count.
    assert ids(both(NAMED, "mondragon federation "))[0] == "a"


def test_a_repeated_word_counts_twice() -> None:
    found = [document("a", "bread stone stone"), document("b", "bread bread stone"), document("c", "rain")]
    assert ids(both(found, "bread stone ")) == ["a", "b"]
    assert ids(both(found, "bread bread stone ")) == ["b", "a"]
    assert ids(both(found, "stone bread stone")) == ["a", "b"]
    once, twice = both(found, "bread "), both(found, "bread bread ")
    assert twice.hits[0].score == pytest.approx(2 * once.hits[0].score)


SLIPS = ["nondragon", "omndragon", "ondragon", "mmondragon", "mondragno", "mondragom", "modnargon", "mnodragon "]


@pytest.mark.parametrize("typed", SLIPS)
@pytest.mark.parametrize("others", [0, 1000])
def test_slips_of_the_pen_are_seen_through(typed: str, others: int) -> None:
    found = [document("a", (8.0, "Mondragon")), *documents(others)]
    answer = both(found, typed)
    assert ids(answer)[0] == "a" and answer.unknown == ()
    assert answer.meant == ((typed.strip(), ("mondragon",)),)


def test_words_are_taken_as_typed_when_asked() -> None:
    found = [document("a", "mondragon bread"), document("b", "bread")]
    files = {file.path: file.data for file in build(found, "en")}
    for reader in (open_shards(files.get, "en"), Reference(analyze(found, "en"))):
        assert reader.search("nondragon bread ", near=False).unknown == ("nondragon",)
        assert [hit.id for hit in reader.search("nondragon bread ", near=False).hits] == ["b", "a"]
        assert [hit.id for hit in reader.search("nondragon bread ").hits] == ["a", "b"]


def test_accents_never_count_as_slips() -> None:
    found = [document("a", "cooperación"), document("b", "kooperación")]
    assert both(found, "COOPERACION ").meant == ()


def test_only_a_few_words_of_a_query_are_replaced() -> None:
    found = [document("a", "bread stone water grain house")]
    answer = both(found, "xbread xstone xwater xgrain xhouse ")
    assert ([word for word, _ in answer.meant], answer.unknown) == (
        ["xbread", "xstone", "xwater", "xgrain"],
        ("xhouse",),
    )


def test_weight_zero_is_not_searched() -> None:
    assert both([document("a", (0.0, "bread"), (1.0, "stone"))], "bread").total == 0


@pytest.mark.parametrize("count", [60, 1010])
def test_within_some_kinds_the_order_is_the_same_and_the_counts_are_theirs(count: int) -> None:
    found = documents(count, seed=5)
    files = {file.path: file.data for file in build(found, "en")}
    reader = open_shards(files.get, "en")
    kinds = sorted({one.kind for one in found})
    for chosen in ([kinds[0]], [kinds[-1], kinds[1]], ["none", kinds[2]], kinds, ["zzz"], [""]):
        for query in queries(20, seed=count):
            if not parse_query(query).all():
                continue  # without words, all that is left is found
            every, some = reader.search(query, None), reader.search(query, None, facets={"kind": chosen})
            assert some.hits == tuple(hit for hit in every.hits if hit.kind in chosen)
            assert some.total == len(some.hits)
            assert some.complete == sum(hit.kind in chosen for hit in every.hits[: every.complete])
            assert reader.search(query, 2, facets={"kind": chosen}).hits == some.hits[:2]


def test_the_forms_that_were_looked_for_are_those_of_the_query() -> None:
    found = [document("a", "Cooperatives bake breads"), document("b", "a cooperative, breadth")]
    reader = open_shards({file.path: file.data for file in build(found, "en")}.get, "en")
    assert {"cooperative", "cooperatives"} <= reader.forms("cooperatives ") and "bake" not in reader.forms(
        "cooperatives "
    )
    assert {"breads", "breadth"} <= reader.forms("brea") and not reader.forms("the ")
    assert "cooperative" in reader.forms("kooperative ") and not reader.forms("kooperative ", near=False)


def test_hostile_queries_are_answered() -> None:
    found = documents(8)
    long = ["co" * 5000, "a " * 5000, "東" * 5000]
    for text in [*long, "\x00", "\ud800", "'\"<script>", "((((", "field0:bread", "*", "co*", "\U0010ffff"]:
        parse_query(text)
        both(found, text)


def test_no_documents_at_all() -> None:
    assert both([], "bread") == Results(0, (), 0, ("bread",))
    assert both([document("a")], "bread").total == 0


def test_a_large_site_of_stop_words() -> None:
    found = [document(f"{number:04}", "the" if number % 2 else "of") for number in range(1000)]
    assert both(found, "the ") == Results(0, (), 0, ())
    assert both(found, "bread ") == Results(0, (), 0, ("bread",))


def test_a_missing_file_is_named() -> None:
    with pytest.raises(UnreadableShards, match=r"search/en/header\.js is missing"):
        open_shards({}.get, "en")


def test_files_of_two_builds_are_refused() -> None:
    old = {file.path: file.data for file in build([document("a", "bread")], "en")}
    new = {file.path: file.data for file in build([document("a", "bread"), document("b", "bread stone")], "en")}
    for path in ("search/en/p0.js", "search/en/t0.js"):
        with pytest.raises(UnreadableShards, match="two different builds"):
            open_shards({**new, path: old[path]}.get, "en").search("bread")
