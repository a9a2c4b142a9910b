"""Declarations: kinds, fields and their types, vocabularies and relation types, as read from `directory/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Texts = Mapping[str, str]
"""A text in one or more languages: language tag → text."""

FIELD_TYPES: tuple[str, ...] = (
    "text", "prose", "url", "email", "phone", "date", "number", "flag", "country", "region", "language",
    "word", "license", "reference", "place", "image", "identifier", "relation", "source", "group",
)  # fmt: skip
COMPOSITE_TYPES: frozenset[str] = frozenset({"place", "image", "relation", "source", "group"})
FACET_TYPES: tuple[str, ...] = ("word", "country", "region", "language", "license", "flag")
"""Those whose values are few, and can name a page."""
RELATED_TYPES: tuple[str, ...] = ("word", "country", "region")
"""Those of which a value may bring entries together."""
SHOWS: tuple[str, ...] = ("card", "facts", "section", "hidden")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an entry may say. `many` is "" (one), "list" or "keyed"; `max` counts code points of a
    text, `max_items` the items of a list; `examples` are its example in other languages; `search` is a weight (0: not searched); who shares a value of a `related` one may be near one another; `path` is the dotted name
    from the entry down."""

    name: str
    type: str
    path: str = ""
    label: Texts = field(default_factory=dict)
    help: Texts = field(default_factory=dict)
    example: object = None
    examples: Texts = field(default_factory=dict)
    required: bool = False
    recommended: bool = False
    essential: bool = False
    many: str = ""
    max: int = 0
    max_items: int = 0
    vocabulary: str = ""
    to: tuple[str, ...] = ()
    facet: bool = False
    related: bool = False
    search: float = 0.0
    show: str = "hidden"
    maps: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)

    def vocabulary_for(self, siblings: Mapping[str, str]) -> str:
        """The vocabulary's name, with a sibling's word in place of `{sibling}`: `principles-{set}`."""
        name = self.vocabulary
        for sibling, word in siblings.items():
            name = name.replace("{" + sibling + "}", word)
        return name


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry (or of article): its folder, what it may say, how it is shown. After `review_months` somebody should
    look at what an entry says (0: it does not grow old)."""

    name: str
    folder: str
    label: Texts
    label_plural: Texts
    describes: Texts = field(default_factory=dict)
    traits: tuple[str, ...] = ()
    schema_org: str = ""
    sign: str = "disc"
    hue: str = "other"
    fields: Mapping[str, Field] = field(default_factory=dict)
    path: str = ""
    review_months: int = 0

    def is_a(self, names: tuple[str, ...]) -> bool:
        """Whether this kind is one of `names` (kinds or traits; `any` matches all)."""
        return "any" in names or self.name in names or any(trait in names for trait in self.traits)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a vocabulary."""

    id: str
    label: Texts
    definition: Texts = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: str = ""
    same_as: Mapping[str, str] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class RelationType(Word):
    """A word of `relations`, with its inverse and the kinds or traits at both ends."""

    inverse: str = ""
    inverse_label: Texts = field(default_factory=dict)
    symmetric: bool = False
    subjects: tuple[str, ...] = ("any",)
    objects: tuple[str, ...] = ("any",)
    same_kind: bool = False
    acyclic: bool = False
    derived_from: str = ""
    derivative: bool = False
    """Whether the subject is made of the object, whose licence then binds it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of words."""

    name: str
    label: Texts
    describes: Texts
    words: Mapping[str, Word]
    source: Mapping[str, str] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True, slots=True)
class Declarations:
    """All that may be said: kinds (entries), the article kind, vocabularies, relation types by forward name."""

    kinds: Mapping[str, Kind]
    article: Kind | None
    vocabularies: Mapping[str, Vocabulary]
    relation_types: Mapping[str, RelationType]
    relation_names: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    """Every name a relation may be written under → (forward type, whether written from the other side)."""

    def kind_of_folder(self, folder: str) -> Kind | None:
        """The kind whose entries lie in `folder`."""
        return next((kind for kind in self.kinds.values() if kind.folder == folder), None)


def every_field(fields: Mapping[str, Field]) -> Iterator[Field]:
    """All fields and sub-fields, outer ones first, in the order of their declaration."""
    for one in fields.values():
        yield one
        yield from every_field(one.fields)
