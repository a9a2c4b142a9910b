"""Declarations come in; a JSON Schema (draft-07) per kind goes out, for editors.

Whatever the check accepts, a schema accepts; whatever a schema refuses, the check refuses. A schema sees YAML as an
editor's reader types it, the check sees texts: so numbers, booleans and null are admitted where a text is meant. One
exception, for a plain message's sake: `maxLength` counts code points as written, the check counts them after NFC. What breaks a rule marked `schema`, a schema
refuses too, but for words (and a state) that are written by a label and not by an id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from auzolan.export.public import Public
from auzolan.export.texts import pretty
from auzolan.export.words import ID_SHAPED, known_words, relation_words
from auzolan.model.kinds import Declarations, Field, Kind
from auzolan.model.pages import Assembly, File, Part
from auzolan.model.text import choose

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = "directory/kinds/schemas"
EDITORS = ".vscode/settings.json"
_TEXT: tuple[str, ...] = ("string", "number", "boolean", "null")
_LANGUAGE = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8})*$"
_FLAG = "^([Tt][Rr][Uu][Ee]|[Yy][Ee][Ss]|[Ff][Aa][Ll][Ss][Ee]|[Nn][Oo])$"


def _pattern(pattern: str, message: str, *more_types: str) -> Schema:
    # `patternErrorMessage` is what the language server shows in place of the pattern; other readers pass over it.
    return {"type": ["string", *more_types], "pattern": pattern, "patternErrorMessage": message}


_SCALARS: Mapping[str, Schema] = {
    "url": _pattern("^[A-Za-z]+:", "An address begins with https://"),
    "email": _pattern("@", "An e-mail address, such as hello@example.org"),
    "phone": _pattern("[0-9]", "A telephone number, such as +34 900 000 000", "number"),
    "date": _pattern("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "A date: 2010, 2010-05 or 2010-05-14", "integer"),
    "number": _pattern(r"^-?[0-9]+(\.[0-9]+)?$", "Digits, a point before decimals: 1200 or 41.38", "number"),
    "flag": _pattern(_FLAG, "true or false", "boolean"),
    # `NO` is Norway and `no` Norwegian; readers of YAML 1.1 make both false.
    "country": _pattern("^[A-Z]{2}$", "Two capital letters of ISO 3166-1, such as ES", "boolean"),
    "region": _pattern("^[A-Z]{2}-[A-Z0-9]{1,3}$", "A code of ISO 3166-2, such as ES-CT"),
    "language": _pattern(_LANGUAGE, "A language tag, such as ca or pt-BR", "boolean"),
    "license": {"type": "string", "minLength": 1},
}
_AS_LONG_AS_ONE_LIKES = frozenset({"text", "prose", "word", "license", "email", "phone", "number", "language"})
"""Types whose pattern sets no bound by itself; a URL may be longer than `max`."""
_GAP = re.compile(r"\{([a-z_]+)\}")
_KEYS_TAKEN_FOR: Mapping[str, str] = {"on": "true", "yes": "true", "off": "false", "no": "false"}
"""What readers of YAML 1.1 make of a key that is such a word."""


class _Said:
    """What schemas are made of. Words are asked for by many fields, and found once."""

    def __init__(self, declarations: Declarations, language: str) -> None:
        self.declarations = declarations
        self.language = language
        self.words = cache(partial(known_words, declarations=declarations))


def schemas(public: Public) -> Iterator[Assembly]:
    """`data/schemas/<kind>.schema.json`, in the site's default language."""
    catalog = public.commons.catalog
    said = _Said(catalog.declarations, catalog.settings.default_language)
    for kind in _kinds(catalog.declarations):
        make = partial(_file, kind, said)
        yield Assembly(f"data/schemas/{kind.name}.schema.json", (Part("all", make),))


def schema_files(declarations: Declarations, language: str = "en") -> Iterator[File]:
    """The schemas that are kept beside the kinds, for every kind and for articles; labels and help in `language`."""
    said = _Said(declarations, language)
    for kind in _kinds(declarations):
        yield File(f"{FOLDER}/{kind.name}.schema.json", _file(kind, said))


def editor_settings(declarations: Declarations) -> File:
    """`.vscode/settings.json`, read by editors of that family: which schema holds for the files of which folder, also for those
    whose first line does not say so, and no tabs in YAML."""
    folders = {
        f"./{FOLDER}/{kind.name}.schema.json": f"directory/{kind.folder}/*.yaml" for kind in declarations.kinds.values()
    }
    told = {"yaml.schemas": folders, "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2}}
    return File(EDITORS, f"{pretty(told)}\n".encode())


def _kinds(declarations: Declarations) -> list[Kind]:
    kinds = [*declarations.kinds.values(), *([declarations.article] if declarations.article else [])]
    return sorted(kinds, key=lambda kind: kind.name)


def _file(kind: Kind, said: _Said) -> bytes:
    return f"{pretty(_schema(kind, said))}\n".encode()


def schema_of(kind: Kind, declarations: Declarations, language: str = "en") -> Schema:
    """The schema of one file of `kind` (of an article: its front matter). A withdrawn entry owes no fields."""
    return _schema(kind, _Said(declarations, language))


def _schema(kind: Kind, said: _Said) -> Schema:
    schema: Schema = {
        "$schema": DRAFT,
        "$comment": f"Made from the kind {kind.name} and its vocabularies. Change those, not this file.",
        **_titled(kind.label, kind.describes, said.language),
        **_fields(kind.fields, said),
    }
    if "status" in kind.fields and "required" in schema:
        schema["if"] = {"required": ["status"], "properties": {"status": _withdrawn(said)}}
        schema["else"] = {"required": schema.pop("required")}
    return schema


def _withdrawn(said: _Said) -> Schema:
    """What may mean that an entry is withdrawn: the word, its other names, and what has not the shape of an id, which only the
    check can tell."""
    named = known_words("statuses", said.declarations, only=("withdrawn",))
    return {"if": {"pattern": ID_SHAPED}, "then": {"enum": named}}


def _titled(label: Mapping[str, str], words: Mapping[str, str], language: str) -> Schema:
    told = {"title": choose(label, language)[0], "description": choose(words, language)[0]}
    return {key: text for key, text in told.items() if text}


def _fields(fields: Mapping[str, Field], said: _Said) -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {name: _field(field, said) for name, field in fields.items()},
        "additionalProperties": False,
    }
    required = [name for name, field in fields.items() if field.required]
    for name, taken in _KEYS_TAKEN_FOR.items():
        if name not in fields:
            continue
        schema["properties"][taken] = schema["properties"][name]
        if name in required:
            required.remove(name)
            schema.setdefault("allOf", []).append({"if": {"required": [taken]}, "else": {"required": [name]}})
    schema["allOf"] = [*schema.get("allOf", ()), *_words_of_a_set(fields, said)]
    if not schema["allOf"]:
        del schema["allOf"]
    return schema | ({"required": required} if required else {})


def _words_of_a_set(fields: Mapping[str, Field], said: _Said) -> Iterator[Schema]:
    """For a field whose words hang on a sibling's (`principles-{set}`): which they are with each word of that."""
    for field in fields.values():
        gap = _GAP.search(field.vocabulary)
        sibling = fields.get(gap[1]) if gap else None
        if sibling is None or sibling.vocabulary not in said.declarations.vocabularies:
            continue
        for word in said.declarations.vocabularies[sibling.vocabulary].words.values():
            words = said.words(field.vocabulary_for({sibling.name: word.id}))
            if words:
                names = known_words(sibling.vocabulary, said.declarations, only=(word.id,))
                one = {"properties": {field.name: {"if": {"pattern": ID_SHAPED}, "then": {"enum": words}}}}
                yield {"if": {"required": [sibling.name], "properties": {sibling.name: {"enum": names}}}, "then": one}


def _field(field: Field, said: _Said) -> Schema:
    told = _titled(field.label, field.help, said.language)
    if field.example is not None:
        told["examples"] = [[field.example] if field.many == "list" else field.example]
    if field.fields:
        one = _fields(field.fields, said)
    else:
        one = _MADE[field.type](field, said) if field.type in _MADE else dict(_SCALARS[field.type])
        if field.type in _AS_LONG_AS_ONE_LIKES or field.to == ("source",):
            one = {**one, **_at_most("maxLength", field.max)}
    if field.many == "list":
        return told | {"type": "array", "items": one} | _at_most("maxItems", field.max_items)
    if field.many == "keyed":
        return told | {"type": "object", "additionalProperties": one} | _at_most("maxProperties", field.max_items)
    return told | one


def _at_most(keyword: str, number: int) -> Schema:
    return {keyword: number} if number else {}


def _text(field: Field, _: _Said) -> Schema:
    if field.to == ("source",):
        return {"type": [*_TEXT], "minLength": 1}
    longest = _at_most("maxLength", field.max)
    return {
        "type": [*_TEXT, "object"],
        "minLength": 1,
        "minProperties": 1,
        "propertyNames": {"pattern": _LANGUAGE},
        "additionalProperties": {"type": [*_TEXT], "minLength": 1, **longest},
    }


def _word(field: Field, said: _Said) -> Schema:
    """Aliases and labels may be written in any case and with or without accents: the check then tells the word, and a
    schema cannot. So it judges only what has the shape of a word's id."""
    if field.vocabulary == "relations":
        names = relation_words(said.declarations)
        return {"enum": names} if names else {"type": "string"}
    words = said.words(field.vocabulary)
    schema: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
    return schema | ({"if": {"pattern": ID_SHAPED}, "then": {"enum": words}} if words else {})


def _identifier(field: Field, said: _Said) -> Schema:
    vocabulary = said.declarations.vocabularies.get(field.vocabulary)
    schema: Schema = {"type": "object", "minProperties": 1, "additionalProperties": {"type": [*_TEXT], "minLength": 1}}
    return schema | ({"propertyNames": {"enum": list(vocabulary.words)}} if vocabulary else {})


def _reference(*_: object) -> Schema:
    return {
        "type": ["string", "object"],
        "pattern": "^[a-z][a-z0-9-]*/",
        "patternErrorMessage": "An id, such as organization/p2p-foundation; or name and url of what is not listed yet",
        "properties": {
            "name": {"type": [*_TEXT, "object"], "minLength": 1},
            "url": {"type": [*_TEXT], "minLength": 1},
        },
        "required": ["name"],
        "additionalProperties": False,
    }


def _group(*_: object) -> Schema:
    return {"type": "object"}


_MADE: Mapping[str, Callable[[Field, _Said], Schema]] = {
    "text": _text,
    "prose": _text,
    "word": _word,
    "identifier": _identifier,
    "reference": _reference,
    **dict.fromkeys(("place", "image", "relation", "source", "group"), _group),
}
