"""Words and names: choosing a language, folding for comparison, proposing slugs."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from auzolan.model.kinds import Texts

SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z", re.ASCII)
SLUG_MAX = 64
WINDOWS_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
_EXPRESSION_WORDS = frozenset({"AND", "OR", "WITH"})
_NUMBERS = re.compile(r"[-+.]?[0-9][-+0-9_:.,eExXoTZ ]*\Z")
_TRUTHS = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null", "~", ""})
RESERVED_SLUGS = frozenset({"index"})
RESERVED_FOLDERS = frozenset({"by", "data", "search", "articles", "pages", "static", "images", "kinds", "vocabularies"})


def choose(texts: Texts, language: str, *others: str) -> tuple[str, str]:
    """The text to show a reader of `language`, and the language it is in: her own, then `others` in order (the
    entry's own language, say), then English, then the first by tag. ("", "") where there is none."""
    for candidate in (language, language.split("-")[0], *others, "en"):
        if candidate and texts.get(candidate):
            return texts[candidate], candidate
    for candidate in sorted(texts):
        if texts[candidate]:
            return texts[candidate], candidate
    return "", ""


def words(text: str) -> frozenset[str]:
    """The words of a text, each once: a long list is read and edited more easily as one text."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """`text` for comparing and sorting names: no case, no accents, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(kept.split())


def sort_key(name: str) -> tuple[str, str]:
    """Orders names A to Z whatever their accents; letters before digits' own group is the listing's work."""
    return fold(name), name


def letter_of(name: str) -> str:
    """The heading a name stands under: A to Z, `0-9`, or its own first letter in other scripts; `#` for the rest."""
    for character in fold(name):
        if character.isdecimal():
            return "0-9"
        if character.isalpha():
            return character.upper()[:1]
    return "#"


def is_slug(text: str) -> bool:
    """Whether `text` may name an entry's file."""
    return bool(
        len(text) <= SLUG_MAX
        and SLUG.match(text)
        and text not in RESERVED_SLUGS
        and text.split(".")[0] not in WINDOWS_NAMES
    )


def language_tag(text: str) -> str:
    """A language's tag in the case that BCP 47 recommends: `pt-BR`, `zh-Hant`. One language has one page."""
    base, *rest = text.split("-")
    return "-".join(
        [
            base.lower(),
            *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest),
        ]
    )


def license_slug(spdx_id: str) -> str:
    """A licence's slug: its SPDX id in lower case, `+` as `-or-later`."""
    return spdx_id.lower().replace("+", "-or-later")


def reads_otherwise(text: str) -> bool:
    """Whether another program that reads YAML would take the plain text for a number, a date or a truth value."""
    return bool(_NUMBERS.match(text)) or text.lower() in _TRUTHS


def as_scalar(word: str) -> str:
    """A word or code (letters, digits and hyphens) as YAML writes it, so that every program reads a text."""
    return f'"{word}"' if reads_otherwise(word) else word


def fingerprint(text: str) -> str:
    """Of the text that a translation was made from (`record.translations`, `of`): the first 12 hexadecimal digits of the
    SHA-256 of its normal form (NFC) in UTF-8, without blanks at its ends."""
    return hashlib.sha256(unicodedata.normalize("NFC", text.strip()).encode("utf-8", "replace")).hexdigest()[:12]


def is_fingerprint_of(written: str, text: str) -> bool:
    """Whether `written`, six digits or more of a fingerprint, is that of `text`."""
    own = fingerprint(text)
    return len(written) >= 6 and own.startswith(written.lower()[: len(own)])


def expression_ids(expression: str) -> tuple[str, ...]:
    """The licence ids in an SPDX expression, in order; `GPL-2.0+` under the name that SPDX gives it now."""
    tokens = expression.replace("(", " ").replace(")", " ").split()
    return tuple(
        expression_id(token) for before, token in zip(["", *tokens], tokens, strict=False)
        if token not in _EXPRESSION_WORDS and before != "WITH"
    )  # fmt: skip


def expression_id(token: str) -> str:
    """A licence id as SPDX writes it now."""
    return re.sub(r"\+\Z", "-or-later", token)


def in_groups(sha256: str) -> list[str]:
    """A checksum in eight parts of eight signs, so that two people can read it to each other."""
    return [sha256[start : start + 8] for start in range(0, len(sha256), 8)]
