"""What contenders found comes in; plain values for a file and Markdown for docs/search.md go out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bench.figures import line
from bench.queries.collection import Collection
from bench.queries.contenders import OURS, PEERS
from bench.queries.questions import Question
from bench.queries.scoring import Rankings, Score, rank_of, score, scores_by

FORMAT = "auzolan-queries/1"
SHORT = {name: name.partition(" (")[0] for name in PEERS.values()}
"""For narrow columns."""
_KEYS: dict[str, Callable[[Question], str]] = {
    "half": lambda one: one.half,
    "type": lambda one: one.type,
    "language": lambda one: one.language,
}


@dataclass(frozen=True, slots=True)
class Result:
    """`found`: contender, by its name for people → rankings; ours is the first."""

    collection: Collection
    found: Mapping[str, Rankings]

    def score(self, contender: str) -> Score:
        """Over all questions."""
        return score(self.collection.questions, self.found[contender])

    def by(self, key: str, contender: str) -> dict[str, Score]:
        """By `half`, `type` or `language`."""
        return scores_by(self.collection.questions, self.found[contender], _KEYS[key])

    @property
    def is_ours(self) -> bool:
        """Whether the questions are of our own set, and no research collection's."""
        return not self.collection.name.startswith("cisi")


def as_data(results: Iterable[Result], about: Mapping[str, Any], missing: Iterable[str]) -> dict[str, Any]:
    """Everything: scores, and for every question each contender's first ten."""
    return {
        "format": FORMAT,
        "about": dict(about),
        "missing": list(missing),
        "collections": [_data_of(result) for result in results],
    }


def as_markdown(results: Iterable[Result], about: Mapping[str, Any], missing: Iterable[str]) -> str:
    """The generated part of docs/search.md, without its marks."""
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    lines = [f"Measured on {about['date']}: Auzolan {about['auzolan']}; {versions}.", ""]
    for reason in missing:
        lines += [f"Left out: {reason}.", ""]
    results = list(results)
    for result in results:
        if result.is_ours:
            lines += [*_whole(result), "", *_groups(result, "type"), "", *_groups(result, "language"), ""]
    if research := [result for result in results if not result.is_ours]:
        lines += [*_research(research), ""]
    return "\n".join(lines).rstrip() + "\n"


def misses(results: Iterable[Result], half: str = "") -> str:
    """Our questions that found no answer among the first ten, or not as the first, as Markdown: what to do next. With
    `half`, only the odd or the even ones."""
    lines: list[str] = []
    for result in results:
        if not result.is_ours:
            continue
        lines += [f"### {result.collection.title}: not first", ""]
        lines += [line(["question", "type", "page", "typed", "first answer at", "found first"]), line(["---"] * 6)]
        for one in result.collection.questions:
            found = result.found[OURS].get(one.id, ())
            rank = rank_of(found, one.expected)
            if rank != 1 and half in ("", one.half):
                first = f"`{found[0]}`" if found else "nothing"
                lines.append(line([one.id, one.type, one.page, one.query, str(rank or "not found"), first]))
        lines.append("")
    return "\n".join(lines)


def _data_of(result: Result) -> dict[str, Any]:
    return {
        "name": result.collection.name,
        "documents": len(next(iter(result.collection.documents.values()))),
        "questions": len(result.collection.questions),
        "contenders": {
            name: {
                "all": asdict(result.score(name)),
                **{key: {group: asdict(of) for group, of in result.by(key, name).items()} for key in _KEYS},
                "found": {id_: list(found) for id_, found in rankings.items()},
            }
            for name, rankings in result.found.items()
        },
    }


def _whole(result: Result) -> Iterator[str]:
    documents = len(next(iter(result.collection.documents.values())))
    yield f"### {result.collection.title}"
    yield ""
    yield f"{documents:,} documents, {len(result.collection.questions)} questions."
    yield ""
    names = ["success@1", "success@10", "nDCG@10"]
    yield line(["", *names, *(f"{half}: {name}" for half in ("odd", "even") for name in names)])
    yield line(["---"] * 10)
    best = [max(column) for column in zip(*(_figures(result, name) for name in result.found), strict=True)]
    for name in result.found:
        figures = zip(_figures(result, name), best, strict=True)
        yield line([name, *(_figure(figure, figure == top) for figure, top in figures)])


def _figures(result: Result, name: str) -> list[float]:
    halves = result.by("half", name)
    scores = [result.score(name), *(halves.get(half, Score(0, 0.0, 0.0, 0.0)) for half in ("odd", "even"))]
    return [figure for one in scores for figure in (one.success_1, one.success_10, one.ndcg_10)]


def _groups(result: Result, key: str) -> Iterator[str]:
    """Ours whole, and nDCG@10 of each contender."""
    yield line(
        [key, "questions", "our success@1", "our success@10", *(f"nDCG@10: {SHORT.get(n, n)}" for n in result.found)]
    )
    yield line(["---"] * (4 + len(result.found)))
    scores = {name: result.by(key, name) for name in result.found}
    for group, mine in scores[OURS].items():
        gains = [of[group].ndcg_10 for of in scores.values()]
        told = (_figure(gain, gain == max(gains)) for gain in gains)
        yield line([group, str(mine.questions), _figure(mine.success_1), _figure(mine.success_10), *told])


def _research(results: Iterable[Result]) -> Iterator[str]:
    results = list(results)
    yield "### A research collection"
    yield ""
    yield line(["nDCG@10", "questions", *(SHORT.get(name, name) for name in results[0].found)])
    yield line(["---"] * (2 + len(results[0].found)))
    for result in results:
        gains = [result.score(name).ndcg_10 for name in result.found]
        told = (_figure(gain, gain == max(gains)) for gain in gains)
        yield line([result.collection.title, str(len(result.collection.questions)), *told])


def _figure(value: float, best: bool = False) -> str:
    text = f"{value:.3f}"
    return f"**{text}**" if best else text
