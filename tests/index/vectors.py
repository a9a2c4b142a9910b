"""The cases that Python and TypeScript must agree on flow in, tests/vectors/*.json flow out.

`python -m tests.index.vectors` (with plugins/ on the path) writes them again; a test says so when they are out of date.
"""

from __future__ import annotations

import json
import random
from array import array
from pathlib import Path
from typing import Any

from tests.index.corpora import WORDS, choices, documents, queries, slipped

from auzolan.index import build, near, open_shards
from auzolan.index.facets import key_of
from auzolan.index.fold import DROPPED_RANGES, LETTERS, fold
from auzolan.index.format import SMALL, name_of
from auzolan.index.postings import pack
from auzolan.index.rank import BEGINNING_BOOST, BEGINNING_FORMS, BEGINNING_STEMS, LONGER_BOOST, NEAR_BOOST, Form
from auzolan.index.shards import Span, write_dictionary, write_words
from auzolan.index.shown import shown, write_documents
from auzolan.index.words import (
    KEYS,
    QUERY_LENGTH,
    QUERY_WORDS,
    UNSPACED_RANGES,
    WORD_LENGTH,
    is_unspaced,
    parse_query,
    spellings,
    whole,
)
from auzolan.model.pages import NAME_WEIGHT

FOLDER = Path(__file__).parent.parent / "vectors"

TEXTS = [
    "",
    " ",
    "L'economia col·laborativa",
    "Nextcloud™ & co.",
    "½ ¾ ① ㎏ ﷺ",
    "straße STRASSE ẞ",
    "İstanbul ısı IŞIK",
    "Σίσυφος ΣΊΣΥΦΟΣ ς",
    "Łódź Đà Nẵng smørrebrød Æsir þing",
    "ﬁnance ＡＢＣ ｶﾞｷﾞ",
    "café cafe\u0301 CAFÉ",
    "ёлка Ёлка мир",
    "تعاونيّة تعاونية الإقتصاد کتاب ى",
    "שָׁלוֹם שלום",
    "हिन्दी किताबें सहकारी",
    "東京都へ行くCafé東京",
    "協同組合、労働者。",
    "협동조합 노동자",
    "หนังสือสหกรณ์",
    "__proto__ constructor toString",
    "a_b-c.d/e",
    "co\u00adop\u200bera\u2060tive",
    "e\u200dx ع\u200cل",
    "x" * 70,
    "漢",
    "\U00020000\U00020001漢",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐐀𐐨",
    "❤️ 👩‍👩‍👧 ok",
    "don't l·l a· ·b",
    "\ufeffbom",
    "1984 v2.0 3²",
]
QUERIES = [
    *TEXTS,
    "coop",
    "coop ",
    "coop,",
    "a",
    "a b",
    "coop coop",
    "x" * 300,
    "co " * 100,
    "東",
    "東 京",
    "one two three" * 30,
    " ".join(WORDS),
    "\U00020000" * 250,
]

FORMS = [
    Form("__proto__", "__proto__", 1),
    Form("a", "", 0),
    Form("coop", "coop", 200),
    Form("cooperative", "coop", 9),
    Form("é", "è", 1),
    Form("東京", "東京", 3),
    Form("\U00020000", "x\U00020001", 255),
]
SPAN = Span("__", "東京x")
STEMS = {
    "__proto__": {0: [(0, 1, 5), (300, 2, 5)], 2: [(1, 20000, 106374)]},
    "coop": {0: [(number, 1 + number % 3, 5) for number in range(0, 100_000, 700)], 1: [(99_999, 1, 5)]},
    "a=12=": {3: [(70_000, 1, 5)]},
    "x\U00020001": {},
    "z": {},
    "è": {1: [(2, 1, 5)]},
    "東京": {1: [(5, 1, 5), (90000, 1, 5)]},
}
"""Those of the forms, and two that no form has."""
SHOWN = [
    ("tool/<b>", "tool", "tool/b.html", "</script>\u2028 \U0001f332", "", "東京"),
    ("tool/a-b", "tool", "tools/a-b.html", "A & B!", "", ""),
    ("tool/c", "tool", "tools/c.html", "C", "About c.", "Lleida"),
    ("tool/e", "tool", "tools/e.html", "É", "", ""),
    ("plan/d", "plan", "ca/plans/d.html", "D", "", ""),
    ("other/f", "plan", "f.html", "F", "", ""),
    ("alone", "", "", "", "", ""),
]


def vectors() -> dict[str, Any]:
    """File name without its ending → what the file holds."""
    stems = {s: {f: array("Q", [pack(*one) for one in found]) for f, found in fs.items()} for s, fs in STEMS.items()}
    digest = bytes(range(248, 256))
    return {
        "tables": {
            "dropped": DROPPED_RANGES,
            "unspaced": UNSPACED_RANGES,
            "letters": list(LETTERS.items()),
            "word length": WORD_LENGTH,
            "query length": QUERY_LENGTH,
            "query words": QUERY_WORDS,
            "keys": KEYS,
            "beginning": [BEGINNING_BOOST, LONGER_BOOST, BEGINNING_FORMS, BEGINNING_STEMS],
            "near": [
                NEAR_BOOST,
                near.SHORTEST,
                near.LONG,
                near.LONGEST,
                near.NEAR_FORMS,
                near.NEAR_STEMS,
                near.NEAR_WORDS,
            ],
            "small": SMALL,
            "name weight": NAME_WEIGHT,
        },
        "near": _near(),
        "fold": [[text, fold(text)] for text in TEXTS],
        "words": [[text, [[s.written, s.words] for s in spellings(text)]] for text in TEXTS],
        "unspaced": [[word, is_unspaced(word)] for word in ["東京", "a", "", "a東", "협동", "ส", "é"]],
        "query": [[text, (asked := parse_query(text)).words, asked.beginning, whole(asked.all())] for text in QUERIES],
        "shards": {
            "digest": digest.hex(),
            "span": [SPAN.first, SPAN.until],
            "names": [[word, name_of(word)] for word in ("", "a", "東京", "x" * 64, "\U00020000")],
            "dictionary": {
                "payload": write_dictionary(SPAN, FORMS).hex(),
                "items": [[f.text, f.stem, f.size] for f in FORMS],
            },
            "near": {
                "payload": write_dictionary(SPAN, FORMS, backwards=True).hex(),
                "items": [[f.text, f.stem, f.size] for f in FORMS],
            },
            "words": {
                "payload": b"".join(write_words(digest, SPAN, FORMS, stems, 100_000)).hex(),
                "documents": 100_000,
                "forms": [[f.text, f.stem, f.size] for f in FORMS],
                "stems": [
                    [stem, sorted(STEMS[stem].items())]
                    for stem in ("__proto__", "coop", "è", "東京", "x\U00020001", "a=12=", "z")
                ],
            },
            "documents": {
                "payload": write_documents(digest, map(shown, SHOWN)).hex(),
                "items": SHOWN,
            },
        },
        "answers": _answers(),
    }


def _near() -> dict[str, Any]:
    forms = [Form(word, word[:5], len(word)) for word in sorted(set(" ".join(TEXTS).lower().split()) | set(WORDS))]
    chance = random.Random(4)
    words = [
        *WORDS,
        *(slipped(chance, word) for word in WORDS for _ in range(2)),
        "",
        "abc",
        "\U00010428" * 9,
        "x" * 32,
        "x" * 33,
    ]
    return {
        "forms": [[form.text, form.stem, form.size] for form in forms],
        "words": [
            {
                "word": word,
                "slips": near.slips(word),
                "ends": [word[: near.ends(word)], near.backwards(word)[: near.ends(word)]],
                "exchanged": near.exchanged(word),
                "nearest": [form.text for form in near.nearest(word, forms)],
            }
            for word in dict.fromkeys(words)
            if near.slips(word) or not word
        ],
    }


def _answers() -> dict[str, Any]:
    files = {file.path: file.data for file in build(documents(40, seed=7), "en")}
    reader = open_shards(files.get, "en")
    answers = []
    chance = random.Random(8)
    asked = [(text, {}, ()) for text in queries(80, seed=9)]
    asked += [
        (text if chance.random() < 0.6 else "", facets, ("kind", "country", "topics", "nothing"))
        for text, facets in zip(queries(60, seed=11), choices(60), strict=True)
    ]
    for text, facets, counted in asked:
        results = reader.search(text, None, facets=facets, count=counted)
        hits = [[hit.id, hit.score] for hit in results.hits]
        answers.append(
            {
                "query": text,
                "facets": facets,
                "counts": results.counts,
                "complete": results.complete,
                "unknown": results.unknown,
                "meant": results.meant,
                "hits": hits,
            }
        )
    facets = [
        [
            one.id,
            one.label,
            one.wide,
            one.kinds,
            [[key_of(one.id, value), value, count] for value, _, count in one.values],
        ]
        for one in reader.facets()
    ]
    return {
        "facets": facets,
        "files": {path: data.decode("ascii") for path, data in sorted(files.items())},
        "answers": answers,
    }


def written(told: Any) -> str:
    """One vector file as text."""
    return json.dumps(told, ensure_ascii=True, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, told in vectors().items():
        (FOLDER / f"{name}.json").write_text(written(told), encoding="ascii", newline="\n")
