"""Settings and two names come in, of revisions or folders; what differs between what they hold goes out.

Whose words are believed:

- Settings are those that lie here, never those of a revision: a settings file is a program, and a stranger may have written
  it. In a workflow the base is checked out here.
- Kinds and vocabularies are data. Each side is read by its own, for a request that brings a word and an entry that uses it
  is right as a whole. Where those of the new side have an error, nobody can read by them, and the old side's serve both.
- The days are the same for both sides: SOURCE_DATE_EPOCH, else those of the last commit here and of now. A commit may claim any.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from auzolan.check import check
from auzolan.ledger.scan import digest_of
from auzolan.link import joints_of, link_alone, link_stories, linking_of, mentioned_in
from auzolan.load.catalog import load_frame
from auzolan.load.changes import NoBase, changes_since, commit_of, parted_from, unknown
from auzolan.load.entries import NOT_KINDS, entry_files, load_all
from auzolan.load.git import prefix_of
from auzolan.load.history import build_date, dated, load_history
from auzolan.load.revisions import lay_out_plain, other_files
from auzolan.model.briefs import Brief, briefs_of
from auzolan.model.diagnostics import Diagnostic, in_order
from auzolan.model.entries import Catalog, History
from auzolan.model.errors import MissingFolder
from auzolan.model.kinds import Declarations
from auzolan.model.settings import Settings
from auzolan.pipeline.build import Progress
from auzolan.report.changes import Difference, Side, compare
from auzolan.report.record import records_of


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, and what was compared: `base` and `head` in words; the declarations by which each side was read.
    `own_words` is false where those of the new side could not be used."""

    difference: Difference
    base: str
    head: str
    old: Declarations
    new: Declarations
    own_words: bool


def compared(settings: Settings, base: str, head: str, say: Progress) -> Compared:
    """The difference between two revisions or folders; where `head` is "", between `base` and what lies here. Of two
    revisions, the base is where the history of `head` left it, as a pull request means it. Raises NoBase,
    UnreadableRevision, MissingFolder."""
    with tempfile.TemporaryDirectory(prefix="auzolan-") as folder:
        room = Path(folder).resolve()
        others: tuple[str, ...] = ()
        refused: list[Diagnostic] = []
        more: list[Diagnostic] = []
        if Path(base).is_dir():
            if head and not Path(head).is_dir():
                raise MissingFolder(f"there is no folder {head}", "compare two folders, or two revisions")
            was = _in_folder(settings, Path(base))
            now = _in_folder(settings, Path(head)) if head else settings
        else:
            commit = _parted(settings, base, head)
            tip = commit_of(settings.root, head) if head else ""
            say(f"reading {base}")
            (room / "old").mkdir()
            was, blobs, refused = lay_out_plain(settings, commit, room / "old")
            now = settings
            if head:
                say(f"reading {head}")
                (room / "new").mkdir()
                now, _, more = lay_out_plain(settings, tip, room / "new", blobs)
            others = other_files(settings, commit, tip)
        history = _today(settings)
        say("comparing")
        old, _ = _side(was, history, refused, None)
        new, own = _side(now, history, more, old.catalog.declarations)
        difference = compare(old, new, _declaration_files(was, now), others)
    return Compared(difference, base, head, old.catalog.declarations, new.catalog.declarations, own)


def _parted(settings: Settings, base: str, head: str) -> str:
    if not head:
        commit = changes_since(settings.root, base).commit
        if not commit:
            raise NoBase("nothing is committed here yet, so there is nothing to compare with", "git commit, first")
        return commit
    # Says what is wrong with the repository, if anything is, before it is asked about revisions.
    changes_since(settings.root, "HEAD")
    for one in (base, head):
        if not commit_of(settings.root, one):
            raise unknown(one, settings.root)
    return parted_from(settings.root, base, commit_of(settings.root, base), commit_of(settings.root, head))


def _in_folder(settings: Settings, root: Path) -> Settings:
    """The settings that are in force, for a commons in another folder. Raises MissingFolder."""
    root = root.resolve()
    directory, content = (
        root / (own.relative_to(settings.root) if own.is_relative_to(settings.root) else own.name)
        for own in (settings.directory, settings.content)
    )
    if not directory.is_dir():
        raise MissingFolder(f"there is no folder `{directory.name}/` in {root}", "name the folder of a commons")
    return replace(settings, root=root, directory=directory, content=content)


def _today(settings: Settings) -> History:
    history, _ = load_history(settings.root, (settings.directory.name, settings.content.name))
    return dated(History(build_date=build_date(None) or history.build_date))


def _side(
    settings: Settings, history: History, refused: Iterable[Diagnostic], fallback: Declarations | None
) -> tuple[Side, bool]:
    """One side, and whether it was read by its own declarations."""
    frame, files, found = load_frame(settings)
    # The folders laid out here have no history of their own, and what is missing from it is no work of the branch.
    findings = [*refused, *(one for one in found if one.code != "S005")]
    own = fallback is None or not any(one.severity == "error" and _is_of_declarations(one) for one in findings)
    if not own and fallback is not None:
        frame = replace(frame, declarations=fallback)
        files, _ = entry_files(settings.directory, fallback, settings.root)
    entries, told = load_all(files, settings.root)
    catalog = replace(frame, entries=entries, history=history)
    known = {f"{one.kind.name}/{Path(one.path).stem}": f"{one.path}".removeprefix(f"{settings.root}/") for one in files}
    briefs = briefs_of(catalog)
    findings += [*told, *check(catalog, briefs)]
    return linked_side(catalog, briefs, known, in_order(findings)), own


def _is_of_declarations(finding: Diagnostic) -> bool:
    return not NOT_KINDS.isdisjoint(Path(finding.location.path).parts[:-1])


def linked_side(
    catalog: Catalog, briefs: Mapping[str, Brief], files: Mapping[str, str], findings: tuple[Diagnostic, ...]
) -> Side:
    """The side, of which all is linked in whose file nothing is wrong: one bad file costs no other its place."""
    root = catalog.settings.root
    linking = linking_of(catalog, briefs)
    wrong = {one.location.path for one in findings if one.severity == "error"}
    alone = [link_alone(linking, entry) for entry in catalog.entries.values() if entry.path not in wrong]
    stories = link_stories(linking, catalog.articles)
    articles = mentioned_in(stories)
    joints = joints_of(linking, (said for _, said in alone), articles)
    mentions = {
        id_: (*joints.mentioned_by.get(id_, ()), *(f"article/{slug}" for slug in articles.get(id_, ())))
        for id_ in sorted({*joints.mentioned_by, *articles})
    }
    return Side(
        catalog=catalog,
        briefs=briefs,
        profiles={profile.id: joints.profile(profile) for profile, _ in alone},
        relations=joints.relations,
        mentions=mentions,
        files=files,
        records=records_of(findings, root, prefix_of(root)),
    )


def _declaration_files(was: Settings, now: Settings) -> list[str]:
    """The files of kinds and vocabularies that differ, by their way from the root of the commons."""
    digests = []
    for one in (was, now):
        digests.append({
            path.relative_to(one.root).as_posix(): digest_of(str(path))
            for folder in sorted(NOT_KINDS) for path in sorted((one.directory / folder).rglob("*.yaml"))
            if path.is_file() and not path.is_symlink()
        })  # fmt: skip
    old, new = digests
    return [path for path in sorted({*old, *new}) if old.get(path) != new.get(path)]
