"""Relations come in; what they name and nobody has written yet goes out."""

from __future__ import annotations

from collections.abc import Iterable

from auzolan.model.commons import Reference, Relation, Wanted
from auzolan.model.kinds import Declarations
from auzolan.model.text import choose, fold


def wants(relation: Relation) -> bool:
    """Whether a relation names something that nobody has written yet."""
    return relation.subject.entry is None or relation.object.entry is None


def link_wanted(declarations: Declarations, relations: Iterable[Relation]) -> tuple[Wanted, ...]:
    """Wanted entries, sorted by name; one name is one wanted entry, whoever names it. `relations` are those that want
    something, in their order."""
    types = declarations.relation_types
    kinds = declarations.kinds.values()
    found: dict[str, list[tuple[Reference, str, str, tuple[str, ...]]]] = {}
    for relation in relations:
        type_ = types[relation.type]
        for wanted, namer, ends in (
            (relation.object, relation.subject, type_.objects),
            (relation.subject, relation.object, type_.subjects),
        ):
            if wanted.entry is None and namer.entry is not None:
                if type_.same_kind:
                    ends = (namer.entry.split("/")[0],)
                key = fold(choose(wanted.name, "en")[0])
                found.setdefault(key, []).append((wanted, namer.entry, relation.type, ends))
    return tuple(
        Wanted(
            name={language: text for reference, *_ in reversed(named) for language, text in reference.name.items()},
            url=next((reference.url for reference, *_ in named if reference.url), ""),
            kinds=tuple(kind.name for kind in kinds if all(kind.is_a(ends) for *_, ends in named)),
            by=tuple(dict.fromkeys((namer, type_) for _, namer, type_, _ in named)),
        )
        for _, named in sorted(found.items())
    )
