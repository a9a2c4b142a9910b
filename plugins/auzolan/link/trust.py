"""What an entry says of its sources comes in; how far it is vouched for, in words computed here, goes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from auzolan.link.context import Linking
from auzolan.model.commons import Relation, Trust
from auzolan.model.dates import is_overdue


def trust_of(linking: Linking, id_: str, values: Mapping[str, Any], relations: Iterable[Relation]) -> tuple[Trust, ...]:
    """The trust words of an entry with these values, weakest first."""
    record: Mapping[str, Any] = values.get("record", {})
    sources: Mapping[str, Any] = record.get("sources", {})
    words = [Trust("sourced", count=len(sources)) if sources else Trust("listed")]
    if record.get("submitted_by") == "itself":
        words.append(Trust("declared" if _on_own_site(linking, id_, values, record) else "submitted-as-itself"))
    confirmed = sum(relation.state == "confirmed" for relation in relations)
    if confirmed:
        words.append(Trust("confirmed", count=confirmed))
    verified = [one for one in record.get("verified", ()) if one.get("on")]
    if verified:
        latest = max(verified, key=lambda one: one["on"])
        words.append(Trust("verified", on=latest["on"], how=latest.get("how", "")))
    if is_overdue(record.get("review_by"), (one["on"] for one in verified), linking.today):
        words.append(Trust("review-overdue", on=record["review_by"]))
    return tuple(words)


def _on_own_site(linking: Linking, id_: str, values: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Whether the web site that the entry names as its own speaks for it: a source that the entry itself published lies there,
    or a page there links to the entry with rel="me", as `auzolan links` records it."""
    own = _host(values.get("website", ""))
    if not own:
        return False
    sources: Mapping[str, Any] = record.get("sources", {})
    return _host(record.get("linked_from", {}).get("url", "")) == own or any(
        _host(source.get("url", "")) == own
        and (by := source.get("by")) is not None
        and linking.resolve(by.entry or "") == id_
        for source in sources.values()
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
