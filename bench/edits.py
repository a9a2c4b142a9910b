"""A workload and a number come in; the workload after one edit of a kind, another one for every number, goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bench.workload import Item, Workload, directory

Edit = Callable[[Workload, int], Workload]


def word(workload: Workload, number: int) -> Workload:
    """One word more in the summary of one entry, or of one article."""
    if workload.articles:
        article = workload.articles[_pick(workload, number)]
        told = replace(article, summary=f"{article.summary[:-1]} edit{number}.")
        return replace(workload, articles=tuple(told if one is article else one for one in workload.articles))
    item = workload.items[_pick(workload, number)]
    return _with(workload, item, replace(item, summary=f"{item.summary[:-1]} edit{number}."))


def renamed(workload: Workload, number: int) -> Workload:
    """Another name and address for one entry, which others may mention: they follow."""
    item = workload.items[_pick(workload, number)]
    slug = f"{item.slug.split('-')[0]}-renamed-{number}"
    new = replace(item, slug=slug, name=f"{item.name} Renamed", former=(*item.former, item.id))
    items = (new if one is item else _pointing(one, {item.id: new.id}) for one in workload.items)
    return replace(workload, items=tuple(items))


def added(workload: Workload, number: int) -> Workload:
    """One entry more, the newest."""
    pattern = directory(8, 1, workload.seed + 1000 + number).items[number % 8]
    words = workload.items[_pick(workload, number)]
    new = replace(
        pattern,
        slug=f"added-{number}",
        name=f"Added {number}",
        topics=words.topics,
        sectors=words.sectors,
        country=words.country,
        relations=((("partner-of"), words.id),),
        created="2026-01-01",
    )
    return replace(workload, items=(*workload.items, new))


def deleted(workload: Workload, number: int) -> Workload:
    """One entry fewer; who mentioned it does so no more."""
    gone = workload.items[_pick(workload, number)]
    items = (_pointing(one, {gone.id: ""}) for one in workload.items if one is not gone)
    return replace(workload, items=tuple(items))


def label(workload: Workload, number: int) -> Workload:
    """Another label for one tag, neither the commonest nor the rarest."""
    ids = list(workload.topics)
    id_ = ids[(len(ids) // 10 + number) % len(ids)]
    return replace(workload, topics={**workload.topics, id_: f"Label {number}"})


def template(workload: Workload, number: int) -> Workload:
    """Other words in the template of entries (or articles)."""
    return replace(workload, note=f"Template {number}.")


def setting(workload: Workload, number: int) -> Workload:
    """Another tagline."""
    return replace(workload, tagline=f"Tagline {number}")


EDITS: Mapping[str, Edit] = {
    "a word in a summary": word,
    "a renamed entry": renamed,
    "a new entry": added,
    "a deleted entry": deleted,
    "a vocabulary label": label,
    "a template": template,
    "a setting": setting,
}
"""Every edit by its name in reports, in their order."""


def _pick(workload: Workload, number: int) -> int:
    """A place somewhere in the middle, another one for each number."""
    count = len(workload.articles or workload.items)
    return (count // 3 + 17 * number) % count


def _with(workload: Workload, old: Item, new: Item) -> Workload:
    return replace(workload, items=tuple(new if one is old else one for one in workload.items))


def _pointing(item: Item, renamed_ids: Mapping[str, str]) -> Item:
    """`item` with its relations following; those to "" are dropped."""
    if not any(target in renamed_ids for _, target in item.relations):
        return item
    led = ((type_, renamed_ids.get(target, target)) for type_, target in item.relations)
    return replace(item, relations=tuple((type_, target) for type_, target in led if target))
