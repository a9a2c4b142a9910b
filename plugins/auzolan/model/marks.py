"""An entry comes in; its marks go out: by what one sees that two entries may be about the same thing.

They are worked out once an entry, and are plain values: a build keeps them from time to time (`Brief.marks`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from auzolan.model.leaves import Leaves
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, each, texts_in
from auzolan.model.sites import site_of
from auzolan.model.text import fold, words

NAMES = ("name", "aliases", "former_names")
"""Fields that call an entry something."""
ADDRESSES = ("website", "repository")
"""Fields that lead to what is its own."""
MOST = 24
"""Names, places or addresses of one entry that are compared."""
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")
_COOP = re.compile(r"\bco[ -]?op(?=\b|s\b|erati)")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"\b([dl])['’]|['’](?=s\b)|['’]")
COOP = "coop"
"""The one word that stands for cooperative, in the languages that write it alike."""
_COOPS = words(
    "coop coops cooperative cooperatives cooperativa cooperativas cooperatives cooperativo cooperatieve cooperatie "
    "kooperativ kooperative kooperativa kooperatif kooperatiba koop genossenschaft"
)
_ARTICLES = words("the a an el la los las lo els les l le un una une der die das den het il gli o os")
_LEGAL_FORMS = words(
    "ab ag asbl bhd bv cic cio co company corp corporation cvba eg ek esop ev gmbh inc incorporated kg kk limited "
    "limitada limitee llc llp lp ltd ltda ltee nv oy osk plc private pte pty pvt sa sal sapi sarl sas sca scarl sccl "
    "scic scio scl scop scoop scoopl scpl scrl scrlfs sdn sl sll slu smcl soccoop spa srl ug vzw"
)
_LEGAL_PHRASES = sorted(
    (tuple(phrase.split()) for phrase in (
        "society limited", "society ltd", "coop society limited", "coop society", "s coop", "s coop ltda", "soc coop",
        "s coop mad", "s coop and", "s coop galega", "s coop pequena", "sociedad coop", "societat coop", "soc coop a rl",
        "societe coop", "sociedad coop limitada", "societa coop", "e v", "e g", "s l", "s a", "b v",
    )), key=len, reverse=True,
)  # fmt: skip


class Marks(NamedTuple):
    """`names` without legal form and article, each as words joined by a blank, the entry's own name first; `countries` and
    `localities`, folded; `sites` (`model/sites.py`); `numbers` in registers, `register:number`. Then where in its file the
    entry is named, for findings."""

    names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    line: int = 0
    column: int = 0
    width: int = 1


def marks_of(tree: Tree, leaves: Leaves) -> Marks:
    """The marks of what an entry says; `leaves` are its `leaves_of`."""
    name = tree.items.get("name")
    first = next((node for _, node in texts_in(name)), None) if name is not None else None
    return Marks(
        tuple(_some(name_key(text) for node in _written(tree, NAMES) for _, text in _texts(node))),
        tuple(_some(node.text.upper() for _, node, _ in leaves.get("country", ()) if isinstance(node, Scalar))),
        tuple(_some(fold(text) for text in _localities(leaves))),
        tuple(_some(site_of(node.text) for node in _written(tree, ADDRESSES) if isinstance(node, Scalar))),
        tuple(_some(_numbers(leaves))),
        *((first.line, first.column, first.width) if first else ()),
    )


def name_key(name: str) -> str:
    """What makes the name one's own: `The Growers' Co-op Society Limited` → `growers coop`. A name that is made of legal
    forms alone stays as it is; "" for what is no name, such as `-` or `N/A`."""
    text = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", fold(name[:250]))
    text = _COOP.sub(COOP, _APOSTROPHES.sub(r"\1 " if "'" in text or "’" in text else "", text).replace("&", " and "))
    said = [COOP if word in _COOPS else word for word in _WORD.findall(text)]
    kept = _without_forms(said)
    key = " ".join([word for word in kept if word not in _ARTICLES] or kept or said)
    return key if len(key) > 1 else ""


def _without_forms(said: list[str]) -> list[str]:
    for phrase in _LEGAL_PHRASES:
        size = len(phrase)
        if len(said) > size and tuple(said[-size:]) == phrase:
            # "Growers' Co-operative Society" calls itself a cooperative; "Growers, S. Coop." is only registered as one.
            said = [*said[:-size], *([COOP] if phrase[0] == COOP else [])]
            break
    kept = [word for word in said if word not in _LEGAL_FORMS]
    return kept if any(word != COOP for word in kept) else said


def _some(found: Iterable[str]) -> Iterator[str]:
    for count, one in enumerate(dict.fromkeys(filter(None, found))):
        if count == MOST:
            return
        yield one


def _written(tree: Tree, names: Iterable[str]) -> Iterator[Node]:
    for name in names:
        yield from each(tree.items.get(name))


def _texts(node: Node) -> Iterator[tuple[str, str]]:
    for language, text in texts_in(node):
        yield language, text.text


def _localities(leaves: Leaves) -> Iterator[str]:
    for _, place, _ in leaves.get("place", ()):
        locality = place.items.get("locality") if isinstance(place, Tree) else None
        if locality is not None:
            yield from (text for _, text in _texts(locality))


def _numbers(leaves: Leaves) -> Iterator[str]:
    for _, node, _ in leaves.get("identifier", ()):
        if isinstance(node, Tree):
            for register, number in node.items.items():
                if isinstance(number, Scalar) and number.text:
                    yield f"{register}:{number.text.casefold()}"
