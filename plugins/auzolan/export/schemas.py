"""Declarations come in; a JSON Schema (draft-07) per kind goes out, for editors.

Whatever the check accepts, a schema accepts; whatever a schema refuses, the check refuses. A schema sees YAML as an
editor's reader types it, the check sees texts: so numbers, booleans and null are admitted where a text is meant. One
exception, for a plain message's sake: `maxLength` counts code points as written, the check counts them after NFC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from auzolan.export.words import as_yaml, word_values
from auzolan.model.commons import Commons
from auzolan.model.kinds import Declarations, Field, Kind
from auzolan.model.pages import File
from auzolan.model.text import choose

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT: tuple[str, ...] = ("string", "number", "boolean", "null")
_FLAGS = [form for word in ("true", "false", "yes", "no", "on", "off") for form in (word, word.title(), word.upper())]
_LANGUAGE = r"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"


def _pattern(pattern: str, message: str, *more_types: str) -> Schema:
    # `patternErrorMessage` is what the language server shows in place of the pattern; other readers pass over it.
    return {"type": ["string", *more_types], "pattern": pattern, "patternErrorMessage": message}


_SCALARS: Mapping[str, Schema] = {
    "url": _pattern(r"^[A-Za-z][A-Za-z0-9+.-]*:", "An address begins with https://"),
    "email": _pattern("@", "An e-mail address, such as hello@example.org"),
    "phone": {"type": ["string", "integer"]},
    "date": _pattern(r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "A date: 2010, 2010-05 or 2010-05-14", "integer"),
    "number": _pattern("[0-9]", "A number", "number"),
    "flag": {"enum": as_yaml(_FLAGS)},
    # `NO` is Norway and `no` Norwegian; readers of YAML 1.1 make both false.
    "country": _pattern("^[A-Za-z]{2}$", "Two letters of ISO 3166-1, such as ES", "boolean"),
    "region": _pattern(r"^[A-Za-z]{2}-[A-Za-z0-9]{1,3}$", "A code of ISO 3166-2, such as ES-CT"),
    "language": _pattern(_LANGUAGE, "A language tag, such as ca or pt-BR", "boolean"),
    "license": {"type": "string"},
}


def schemas(commons: Commons) -> Iterator[File]:
    """`data/schemas/<kind>.schema.json`, in the site's default language."""
    settings = commons.catalog.settings
    yield from schema_files(commons.catalog.declarations, settings.default_language, "data/schemas")


def schema_files(
    declarations: Declarations, language: str = "en", folder: str = "directory/kinds/schemas"
) -> Iterator[File]:
    """`<folder>/<kind>.schema.json` for every kind and for articles; labels and help in `language`."""
    kinds = [*declarations.kinds.values(), *([declarations.article] if declarations.article else [])]
    for kind in sorted(kinds, key=lambda kind: kind.name):
        text = json.dumps(schema_of(kind, declarations, language), ensure_ascii=False, indent=2)
        yield File(f"{folder}/{kind.name}.schema.json", f"{text}\n".encode())


def schema_of(kind: Kind, declarations: Declarations, language: str = "en") -> Schema:
    """The schema of one file of `kind`. Unknown fields are refused, but for articles, whose front matter other plugins
    may read too. A withdrawn entry owes no fields."""
    items: dict[str, Schema] = {}
    inside = _fields(kind.fields, declarations, language, "", items)
    required = inside.pop("required", [])
    schema: Schema = {
        "$schema": DRAFT,
        "$comment": f"Made from directory/kinds/{kind.name}.yaml. Change that file, not this one.",
        **_said(kind.label, kind.describes, language),
        **inside,
        "additionalProperties": kind is declarations.article,
    }
    withdrawn = _withdrawn(kind, declarations)
    if required and withdrawn:
        schema["if"] = {"required": ["status"], "properties": {"status": {"enum": withdrawn}}}
        schema["else"] = {"required": required}
    elif required:
        schema["required"] = required
    if items:
        schema["definitions"] = items
    return schema


def _withdrawn(kind: Kind, declarations: Declarations) -> list[object]:
    status = kind.fields.get("status")
    if status is None or status.vocabulary not in declarations.vocabularies:
        return []
    word = declarations.vocabularies[status.vocabulary].words.get("withdrawn")
    if word is None:
        return []
    aliases = [alias for language in sorted(word.aliases) for alias in word.aliases[language]]
    return as_yaml([word.id, *aliases, *(alias.lower() for alias in aliases)])


def _said(label: Mapping[str, str], words: Mapping[str, str], language: str) -> Schema:
    said = {"title": choose(label, language)[0], "description": choose(words, language)[0]}
    return {key: text for key, text in said.items() if text}


def _fields(
    fields: Mapping[str, Field], declarations: Declarations, language: str, prefix: str, items: dict[str, Schema]
) -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {
            name: _field(field, declarations, language, f"{prefix}{name}", items) for name, field in fields.items()
        },
        "additionalProperties": False,
    }
    required = [name for name, field in fields.items() if field.required]
    return schema | ({"required": required} if required else {})


def _field(field: Field, declarations: Declarations, language: str, path: str, items: dict[str, Schema]) -> Schema:
    """The schema of a field. A list may be written as its single item; which of the two it is, `if` tells, so that a
    message speaks of the item and not of both ways to write it."""
    said = _said(field.label, field.help, language)
    if field.example is not None:
        said["examples"] = [[field.example] if field.many == "list" else field.example]
    one = _one(field, declarations, language, path, items)
    if not field.many:
        return said | one
    name = f"words-{field.vocabulary}" if field.type == "word" and "enum" in one else path
    items[name] = one
    item = {"$ref": f"#/definitions/{_pointer(name)}"}
    if field.many == "keyed":
        return said | {"type": "object", "additionalProperties": item} | _at_most("maxProperties", field.max_items)
    several = {"items": item} | _at_most("maxItems", field.max_items)
    return said | {"if": {"type": "array"}, "then": several, "else": item}


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


def _at_most(keyword: str, number: int) -> Schema:
    return {keyword: number} if number else {}


def _one(field: Field, declarations: Declarations, language: str, path: str, items: dict[str, Schema]) -> Schema:
    if field.fields:
        return _fields(field.fields, declarations, language, f"{path}.", items)
    if field.type in _SCALARS:
        return dict(_SCALARS[field.type])
    return _MADE[field.type](field, declarations)


def _text(field: Field, _: Declarations) -> Schema:
    longest = _at_most("maxLength", field.max)
    return {
        "type": [*_TEXT, "object"],
        "minLength": 1,
        **longest,
        "propertyNames": {"pattern": _LANGUAGE},
        "additionalProperties": {"type": [*_TEXT], "minLength": 1, **longest},
    }


def _word(field: Field, declarations: Declarations) -> Schema:
    values = word_values(field.vocabulary, declarations)
    return {"enum": values} if values else {"type": [*_TEXT]}


def _identifier(field: Field, declarations: Declarations) -> Schema:
    schema: Schema = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
    schemes = [value for value in word_values(field.vocabulary, declarations) if isinstance(value, str)]
    return schema | ({"propertyNames": {"enum": schemes}} if schemes else {})


def _reference(*_: object) -> Schema:
    return {
        "type": ["string", "object"],
        "pattern": "/",
        "patternErrorMessage": "An id, such as organization/p2p-foundation; or name and url of what is not listed yet",
        "properties": {"name": {"type": [*_TEXT, "object"]}, "url": dict(_SCALARS["url"])},
        "additionalProperties": False,
    }


def _group(*_: object) -> Schema:
    return {"type": "object"}


_MADE: Mapping[str, Callable[[Field, Declarations], Schema]] = {
    "text": _text,
    "prose": _text,
    "word": _word,
    "identifier": _identifier,
    "reference": _reference,
    "place": _group,
    "image": _group,
    "relation": _group,
    "source": _group,
    "group": _group,
}
