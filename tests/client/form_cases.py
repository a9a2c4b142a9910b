"""The cases on which Python and the form's script must agree flow in; tests/vectors/*.json flow out.

`AUZOLAN_UPDATE=1 pytest tests/client/test_form_vectors.py` writes them again; the test says when they are out of date.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from tests.helpers import declarations, settings

from auzolan.check import check
from auzolan.intake.answers import source_values
from auzolan.intake.looking import with_look
from auzolan.intake.slugs import slug_of
from auzolan.intake.writing import entry_text
from auzolan.load.yaml_text import read_yaml
from auzolan.model.entries import Catalog, Entry, History
from auzolan.model.rules import RULES
from auzolan.render.form.declared import kind_told, other_names, relations_told, vocabularies_of, words_told
from auzolan.render.shared.forge import edit_url, new_url
from auzolan.render.shared.naming import speaker

Values = dict[str, Any]
TEXTS = [
    "plain", "no", "0123", "12:30", "1e5", "2014-07-27", "null", "~", "yes", "0x1F", "1_000", ".5", "+34", "<<", "=", ".inf",
    "true", "True", "a: b", "a:b", "a #b", "a#b", "#a", "- a", "-a", "?", "? a", ": a", ":a", "[a]", "{a}", "a, b", "&a", "*a", "!a", "|", ">",
    "'a'", "it's", '"a"', 'say "no": now', "%a", "@a", "`a`", "---", "--- a", "...", "a ", "é", "ñandú: so", "漢字", "🙂 smile",
    "a\u00a0b", "word " * 40 + "end", "longword" * 20, "a: " + "word " * 40 + "end", "it's: " + "word " * 40 + "end",
    '"quoted": ' + "it's " * 40 + "end", "One.\n\n- two\n- three", "a\n b\n\n\nc", "x" * 120 + " y", "y " + "x" * 120, "</script><b>",
    "C:\\dir\\file", "tab\there", "日本語の長い文章です。" * 20, "مرحبا بالعالم", "1.", "1.5.2", "0o17", "-", "--", "a  b", "a:  b  c",
]  # fmt: skip
NAMES = [
    "Can Batlló", "Cooperativa Integral Catalana", "!!!", "index", "CON", "../../etc/passwd", "Łódź", "Straße", "Œuvre", "協同組合", "협동조합",
    "Кооператив «Мир»", "تعاونية الأمل", "सहकारी समिति", "Συνεταιρισμός", "קואופרטיב", "สหกรณ์", "🙂", "ﬁnance ＡＢＣ", "a" * 90, "one two " * 20,
    "L'Economat d'Horta", "½ & co.", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "com1", "x.y.z", "ꦲꦤ", "Đà Nẵng", "ünïcødé ñame", "ქართული",
]  # fmt: skip
ANSWERS = [
    "itself",
    "https://bakery.coop/about",
    "http://www.example-news.net/a?b",
    "Interview with Mira Luna, Shareable",
    "協同組合 meeting",
]
GOOD: Values = {"name": "Growers", "summary": "They grow.", "record": {"sources": {"page": {"title": "A page"}}}}


def value_trees() -> Iterator[tuple[str, Values]]:
    """Kinds and values whose files must be the same, sign for sign."""
    for text in TEXTS:
        yield (
            "cooperative",
            {"name": text, "aliases": [text, "two"], "contact": {"hours": text}, "summary": {"en": text, "ca": text}},
        )
    yield "cooperative", {**GOOD, "topics": ["commons", "housing"], "languages": ["ca", "en"], "aliases": ["A: b", "c"]}
    yield "cooperative", {"record": {"sources": {"2014": {"title": "T", "url": "https://a.coop/x"}}}, "name": "N"}
    yield "cooperative", {
        **GOOD,
        "places": [{"country": "ES", "locality": "Lleida", "latitude": "41.62", "longitude": "0.62", "precision": "town"}, {"country": "FR"}],
        "relations": [
            {"type": "partner-of", "to": "organization/x", "sources": ["page"],
             "decisions": [{"body": {"en": "Assembly"}, "act": "approved", "on": "2014-07-27"}]},
            {"type": "uses", "to": {"name": "A tool: new", "url": "https://tool.coop"}},
        ],
        "offers": [{"title": "Room " + "with a view " * 12, "what": "space"}],
    }  # fmt: skip
    yield (
        "tool",
        {
            **GOOD,
            "license": "MIT",
            "self_hosted": "true",
            "platforms": ["web"],
            "to_start": {"money": "None: it is free"},
        },
    )


def random_trees(count: int) -> Iterator[tuple[str, Values]]:
    """The same, of signs thrown together; the same ones each time."""
    dice = random.Random(11)
    signs = [
        *"abcxyz    ::##--''\"\"\\,[]{}&*!|>%@`?.0123é漢🙂\u00a0",
        "word ",
        "longerword ",
        " - ",
        ": ",
        " #",
        "\n",
        "it's ",
        '"no" ',
    ]
    for _ in range(count):
        texts = [
            "".join(dice.choice(signs) for _ in range(dice.choice((1, 3, 8, 40, 120)))).strip() or "x" for _ in range(5)
        ]
        yield (
            "cooperative",
            {
                "name": texts[0],
                "aliases": texts[1:3],
                "contact": {"hours": texts[3]},
                "places": [{"country": "ES", "locality": texts[4]}],
                "record": {"sources": {"a": {"title": texts[1]}, "b-2": {"title": texts[2]}}},
            },
        )


def texts_of(trees: Iterator[tuple[str, Values]]) -> list[list[Any]]:
    kinds = declarations().kinds
    return [[kind, values, entry_text(kinds[kind], values)] for kind, values in trees]


def slugs() -> list[list[str]]:
    return [[name, slug_of(name)] for name in NAMES]


def sources() -> list[list[Any]]:
    return [[answer, source_values(answer)] for answer in ANSWERS]


LOOK = {"on": "2026-11-29", "how": "website"}
LOOKED = [
    "name: X\n", "name: X # a name", "name: X\nrecord:\n  submitted_by: itself # yes\n",
    "record:\n  # of all\n  submitted_by: itself\n\n# its name\nname: X\n",
    "name: X\nrecord:\n  # seen\n  verified:\n    - on: 2020-01-01\n      how: visit\n  submitted_by: itself # yes\n",
    "name: X\nrecord:\n  verified:\n    - {on: '2020-01-01', how: visit}\n  # who\n  submitted_by: itself\n",
    "name: X\nrecord:\n  verified:\n    # then\n    - on: 2020-01-01 # a day\n      how: visit\n    - on: 2021\n      how: phone\nsummary: Y\n",
    "name: X\nrecord:\n  sources:\n    a:\n      title: 'T'\n      # why\n      url: https://a.example/\n  submitted_by: third-party\n",
]  # fmt: skip
"""Files of entries that somebody looked at."""


def entry_of(text: str) -> Entry:
    """A tool whose file says this."""
    tree, told = read_yaml(text, "x.yaml")
    assert tree is not None and not told
    return Entry("tool/x", "tool", "x", "x.yaml", tree, "", text)


def looks() -> list[list[str | None]]:
    """A file, and the file with a look more."""
    return [[text, with_look(declarations().kinds["tool"], entry_of(text), LOOK)] for text in LOOKED]


FORGES = [
    ("github", "https://github.com/a/b"), ("gitlab", "https://gitlab.com/a/b"), ("gitea", "https://git.coop/a/b"),
    ("forgejo", "https://codeberg.org/a/b"),
]  # fmt: skip


def forges() -> list[list[str]]:
    """Forge, repository, branch, path, text; the addresses of a new file and of an edit."""
    found = []
    for forge, repository in FORGES:
        for text in ("name: é (so)\n", "س" * 1000, "name: Ünï 'a' *b*!\n"):
            path, branch = "directory/tools/x-y.yaml", "main/two"
            new, edit = new_url(repository, branch, path, text, forge), edit_url(repository, branch, path, forge)
            found.append([forge, repository, branch, path, text, new, edit])
    return found


def kinds_told() -> dict[str, Any]:
    """What the script is told of every kind, with the lists that it loads."""
    said = declarations()
    voice = speaker("en", "en", said, [])
    return {
        name: {
            **kind_told(kind, said, voice, f"directory/{kind.folder}/"),
            "words": {
                vocabulary: {"labels": labels, "names": other_names(said, [vocabulary])[vocabulary]}
                for vocabulary, labels in words_told(said, vocabularies_of(kind, said), voice).items()
            },
            "relations": relations_told(said, voice),
        }
        for name, kind in said.kinds.items()
    }


def codes_of(kind: str, values: Values) -> list[str]:
    """The rules marked `browser` of which the check finds something in the entry, each as often as it does."""
    said = declarations()
    # JSON is YAML, and holds what the writer would leave out.
    text = json.dumps(values, ensure_ascii=False)
    tree, told = read_yaml(text, "x.yaml")
    assert tree is not None and not told, (told, text)
    entry = Entry(f"{kind}/mine", kind, "mine", "directory/x/mine.yaml", tree, "", text)
    catalog = Catalog(settings(), said, {entry.id: entry}, (), (), {}, History())
    return sorted(one.code for one in check(catalog) if "browser" in RULES[one.code].marks)
