"""A contributor's answers, by dotted field path, come in; the values of an entry go out, or why an answer cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auzolan.check.types import CHECKS, countries, countries_by_name
from auzolan.intake.slugs import slug_of
from auzolan.model.errors import AuzolanError
from auzolan.model.kinds import Declarations, Field, Kind, Texts, every_field
from auzolan.model.text import choose, fold
from auzolan.model.words import word_meant

OURSELVES = "itself"
"""The answer to "how do you know?" of a group that writes about itself."""


class UnusableAnswer(AuzolanError):
    """An answer that no entry can hold."""


def field_at(kind: Kind, path: str) -> Field:
    """The field at a dotted path such as `places.country`. Raises UnusableAnswer with the nearest names."""
    for field in every_field(kind.fields):
        if field.path == path:
            return field
    known = [field.name for field in kind.fields.values() if field.show != "hidden"]
    raise UnusableAnswer(f"`{path}` is not a field of {kind.name}", "known: " + " ".join(known))


def answered(declarations: Declarations, field: Field, text: str, language: str) -> str:
    """The answer as an entry writes it: a word's id for any of its names, a country's code for its name. Raises UnusableAnswer."""
    text = text.strip()
    if field.type == "word":
        vocabulary = declarations.vocabularies.get(field.vocabulary)
        word = word_meant(vocabulary, text)
        if word is None and vocabulary is not None:
            raise UnusableAnswer(f"`{text}` is not a word of {choose(vocabulary.label, language)[0] or vocabulary.name}",
                                 "near it: " + ", ".join(suggestions(declarations, field, text, language)))  # fmt: skip
        return word.id if word else text
    if field.type == "country" and text.upper() not in countries():
        code = countries_by_name().get(text.casefold()) or _country_called(text, language)
        if code is None:
            raise UnusableAnswer(f"`{text}` is not a country", "its name, or two letters of ISO 3166: ES, MX, SN")
        return code
    if field.type in ("country", "region"):
        text = text.upper()
    if len(text) > field.max and field.type in ("text", "prose"):
        raise UnusableAnswer(f"that is {len(text)} characters; at most {field.max}", "shorter, please")
    check = CHECKS.get(field.type)
    for _, message, hint in check(text) if check else ():
        raise UnusableAnswer(message, hint)
    return text


def _country_called(text: str, language: str) -> str | None:
    """The code of the country called `text` in the reader's language, or in one that many vocabularies speak."""
    from babel import Locale, UnknownLocaleError

    for tag in dict.fromkeys((language, "en", "es", "ca", "fr", "pt", "eu")):
        try:
            names: Mapping[str, str] = Locale.parse(tag, sep="-").territories
        except (UnknownLocaleError, ValueError):
            continue
        found = next((code for code, name in names.items() if fold(name) == fold(text) and code in countries()), None)
        if found:
            return found
    return None


def suggestions(declarations: Declarations, field: Field, text: str, language: str, limit: int = 8) -> list[str]:
    """Words of the field's vocabulary, nearest to `text` first, each as `id (label)`."""
    from rapidfuzz import fuzz, process

    vocabulary = declarations.vocabularies.get(field.vocabulary)
    if vocabulary is None:
        return []
    names: dict[str, Texts] = {id_: word.label for id_, word in vocabulary.words.items()}
    choices = {id_: fold(f"{id_} {choose(label, language)[0]}") for id_, label in names.items()}
    found = process.extract(fold(text), choices, scorer=fuzz.partial_ratio, limit=limit)
    return [f"{id_} ({choose(names[id_], language)[0]})" for _, _, id_ in found]


def put(values: dict[str, Any], kind: Kind, path: str, text: str) -> None:
    """Puts an answer into `values`: lists become lists, and the first item of a list of groups takes their parts."""
    field = field_at(kind, path)
    names = path.split(".")
    here: Any = values
    fields: Mapping[str, Field] = kind.fields
    for name in names[:-1]:
        outer = fields[name]
        if outer.many == "keyed":
            raise UnusableAnswer(f"`{name}` cannot be answered in one line", "write it into the file afterwards")
        if outer.many == "list":
            items = here.setdefault(name, [{}])
            here = items[0]
        else:
            here = here.setdefault(name, {})
        fields = outer.fields
    if field.fields:
        raise UnusableAnswer(
            f"`{path}` has parts of its own", "one of: " + " ".join(f"{path}.{part}" for part in field.fields)
        )
    here[names[-1]] = [part.strip() for part in text.split(",") if part.strip()] if field.many == "list" else text


def source_values(answer: str) -> dict[str, Any]:
    """The record for an answer to "how do you know?": a web address, `itself`, or the name of a source."""
    if answer == OURSELVES:
        return {"submitted_by": "itself"}
    if answer.startswith(("http://", "https://")):
        host = answer.split("/")[2].removeprefix("www.")
        return {"submitted_by": "third-party", "sources": {slug_of(host.split(".")[0]): {"title": host, "url": answer}}}
    return {"submitted_by": "third-party", "sources": {slug_of(answer)[:20].strip("-"): {"title": answer}}}
