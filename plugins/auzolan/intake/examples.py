"""A kind's declaration comes in; the values of an entry that only shows how to write one go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auzolan.model.kinds import Field, Kind
from auzolan.model.text import choose

EXAMPLE = {"en": "an example", "es": "un ejemplo", "ca": "un exemple", "fr": "un exemple"}
SUMMARY = {
    "en": "This entry only shows how to write one. Write your own beside it, then delete this file.",
    "es": "Esta ficha solo enseña cómo se escribe una. Escribe la tuya al lado y borra este archivo.",
    "ca": "Aquesta fitxa només ensenya com se n'escriu una. Escriu la teva al costat i esborra aquest fitxer.",
    "fr": "Cette fiche montre seulement comment en écrire une. Écrivez la vôtre à côté, puis supprimez ce fichier.",
}
SLUG = "example"


def example_of(kind: Kind, language: str, region: str) -> dict[str, Any]:
    """Values by field name: what every entry needs and what most have, by the declaration's own examples. `region` is an ISO
    3166 code to place it in, or ""."""
    values: dict[str, Any] = {}
    for field in kind.fields.values():
        if field.required or field.essential or field.recommended:
            value = _example(field)
            if value is not None:
                values[field.name] = value
    label = choose(kind.label, language)[0]
    values["name"] = f"{label}: {choose(EXAMPLE, language)[0]}"
    values["summary"] = choose(SUMMARY, language)[0]
    if region and "places" in values:
        country, _, part = region.partition("-")
        values["places"] = [{"country": country, **({"region": region} if part else {})}]
    if "record" in kind.fields:
        values["record"] = {"submitted_by": "third-party", "sources": {"website": _source(kind)}}
    values["example"] = "true"
    return values


def _source(kind: Kind) -> Mapping[str, str]:
    sources = kind.fields["record"].fields.get("sources")
    url = sources.fields.get("url") if sources else None
    address = url.example if url and isinstance(url.example, str) else "https://example.org/"
    return {"title": "example.org", "url": address}


def _example(field: Field) -> Any:
    if field.type in ("relation", "image", "identifier", "reference"):
        return None
    example = field.example
    if example is None:
        return None
    if field.many == "list" and not isinstance(example, list):
        return [example]
    return example
