"""Edits that a build could easily overlook: each is followed by a build that gives what one from nothing gives."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pipeline.grown import Grown, differences, settings_file, workshop
from tests.pipeline.small import ENTRY

from auzolan.ledger import scan

MEMBER = "relations: [{type: member-of, to: organization/net}]\n"
AA = ENTRY.format("grow")
LICENSE = "name: CC0\nsummary: Do as you like.\nspdx_id: CC0-1.0\n"
SAID = "content/comments/cooperatives/aa/one.md"
COMMENT = '---\nname: Ana <3\ndate: "2026-05-01"\nlanguage: ca\n---\n\n{}\n'
STORY = '---\ntitle: Pay\ndate: "2026-05-01"\nsummary: One.\n---\n\n'


@pytest.fixture
def site(begun: Grown, monkeypatch: pytest.MonkeyPatch) -> Grown:
    """A small commons, not built yet. Its files are told apart by their times, as those are that were not written just
    now."""
    monkeypatch.setattr(scan, "RACE", 0)
    return begun


def holds(site: Grown, why: str | None = "") -> None:
    """Builds the site, and holds that it is what a build from nothing gives; and that this was so for the reason `why`."""
    told, (expected_told, expected) = site.build(), site.fresh()
    assert told == expected_told
    assert not (found := differences(site.made(), expected)), found
    assert why is None or site.why == why


ABOUT = (
    "Video calls over slow lines.", "Slow lines carry video calls.", "Bread ovens fired with straw.", "Ovens and bread.",
    *(f"Nothing of that sort {word}." for word in ("alpha", "beta", "gamma", "delta")),
)  # fmt: skip
EDITS: dict[str, tuple[dict[str, str | None], ...]] = {
    "the licence of all entries gets an entry": ({}, {"directory/licenses/cc0-1.0.yaml": LICENSE}),
    "the licence of all entries loses its entry": (
        {"directory/licenses/cc0-1.0.yaml": LICENSE}, {"directory/licenses/cc0-1.0.yaml": None},
    ),
    "the licence of all entries is withdrawn": (
        {"directory/licenses/cc0-1.0.yaml": LICENSE},
        {"directory/licenses/cc0-1.0.yaml": "status: withdrawn\nwithdrawn_because: request\n"},
    ),
    "what a page mentions has another name": (
        {"content/pages/about.md": "---\ntitle: A\nsummary: B.\n---\n\nSee [[cooperative/aa]].\n"},
        {"directory/cooperatives/aa.yaml": AA.replace("Aa", "Zz")},
    ),
    "what an article mentions has another name": (
        {"content/articles/pay.md": f"{STORY}See [[cooperative/aa]].\n"},
        {"directory/cooperatives/aa.yaml": AA.replace("Aa", "Zz")},
    ),
    "what an article mentions is withdrawn": (
        {"content/articles/pay.md": f"{STORY}See [[cooperative/aa]].\n"},
        {"directory/cooperatives/aa.yaml": "status: withdrawn\nwithdrawn_because: request\n"},
    ),
    "what an article mentions is there again": (
        {"content/articles/pay.md": f"{STORY}See [[cooperative/aa]].\n",
         "directory/cooperatives/aa.yaml": "status: withdrawn\nwithdrawn_because: request\n"},
        {"directory/cooperatives/aa.yaml": AA},
    ),
    "what a page mentions is withdrawn": (
        {"content/pages/about.md": "---\ntitle: A\nsummary: B.\n---\n\nSee [[cooperative/aa]].\n"},
        {"directory/cooperatives/aa.yaml": "status: withdrawn\nwithdrawn_because: request\n"},
    ),
    "what an article mentions is renamed": (
        {"content/articles/pay.md": f"{STORY}See [[cooperative/aa]].\n"},
        {"directory/cooperatives/aa.yaml": None,
         "directory/cooperatives/bb.yaml": f"{AA}former_ids: [cooperative/aa]\n"},
    ),
    "what prose mentions is renamed": (
        {"directory/tools/bb.yaml": "name: B\nsummary: C.\ndescription: See [[cooperative/aa]].\n"},
        {"directory/cooperatives/aa.yaml": None,
         "directory/cooperatives/bb.yaml": f"{AA}former_ids: [cooperative/aa]\n"},
    ),
    "what was renamed is mentioned much later": (
        {"directory/tools/bb.yaml": "name: B\nsummary: C.\ndescription: See [[cooperative/aa]].\n"},
        {"directory/tools/bb.yaml": None},
        {"directory/cooperatives/aa.yaml": None,
         "directory/cooperatives/bb.yaml": f"{AA}former_ids: [cooperative/aa]\n"},
        {"directory/tools/bb.yaml": "name: B\nsummary: C.\ndescription: See [[cooperative/aa]].\n"},
    ),
    "an article has a new version": (
        {"content/articles/pay.ca.md": f"{STORY}Un.\n"},
        {"content/articles/pay.md": f"{STORY}See [[cooperative/aa]].\n"},
    ),
    "sources in another order": (
        {"directory/cooperatives/aa.yaml": f"{AA}record:\n  sources:\n    b: {{title: B}}\n    a: {{title: A}}\n"},
        {"directory/cooperatives/aa.yaml": f"{AA}record:\n  sources:\n    a: {{title: A}}\n    b: {{title: B}}\n"},
    ),
    "names in another order": (
        {"directory/cooperatives/aa.yaml": "name: {en: A, ca: B}\nsummary: {en: C, ca: D}\n"},
        {"directory/cooperatives/aa.yaml": "name: {ca: B, en: A}\nsummary: {ca: D, en: C}\n"},
    ),
    "identifiers in another order": (
        {"directory/cooperatives/aa.yaml": f"{AA}same_as: {{wikidata: Q1, isni: '0000000121032683'}}\n"},
        {"directory/cooperatives/aa.yaml": f"{AA}same_as: {{isni: '0000000121032683', wikidata: Q1}}\n"},
    ),
    "a number written otherwise": (
        {}, {"directory/workshops/aa.yaml": 'name: Shop\nsummary: A shop.\nmachines: [lathe]\nbenches: "12.0"\n'},
    ),
    "a word written otherwise": (
        {}, {"directory/workshops/aa.yaml": 'name: Shop\nsummary: A shop.\nmachines: [Torn]\nbenches: "12"\n'},
    ),
    "a reader says something": ({}, {SAID: COMMENT.format("See [[tool/aa]].")}),
    "a reader's words are changed, answered and taken out": (
        {SAID: COMMENT.format("One.")},
        {SAID: COMMENT.format("Two.")},
        {SAID.replace("one", "two"): COMMENT.format("Three.").replace("language", "in_reply_to: one\nlanguage")},
        {SAID.replace("one", "two"): None},
        {SAID: None},
    ),
    "what a reader mentions is renamed": (
        {SAID: COMMENT.format("See [[tool/aa]].")},
        {"directory/tools/aa.yaml": "name: Abacus\nsummary: A book.\nlicense: MIT\n"},
    ),
    "what a reader mentions is gone": (
        {SAID: COMMENT.format("See [[cooperative/bb]]."), "directory/cooperatives/bb.yaml": AA},
        {"directory/cooperatives/bb.yaml": None},
    ),
    "an article is answered": (
        {"content/articles/pay.md": f"{STORY}Words.\n"},
        {"content/comments/articles/pay/one.md": COMMENT.format("One.")},
        {"content/articles/pay.md": f"{STORY}Other words.\n"},
    ),
    "an entry gets a word that others have, and loses it": (
        {"directory/cooperatives/bb.yaml": f"{AA}topics: [commons]\n", "directory/tools/cc.yaml": "name: C\nsummary: D.\ntopics: [commons]\n"},
        {"directory/cooperatives/aa.yaml": f"{AA}topics: [commons]\nsectors: [food]\n"},
        {"directory/cooperatives/bb.yaml": f"{AA}topics: [commons]\nsectors: [food]\n"},
        {"directory/cooperatives/aa.yaml": AA},
    ),
    "a related entry is renamed, edited and withdrawn": (
        {"directory/cooperatives/aa.yaml": f"{AA}topics: [commons]\n", "directory/cooperatives/bb.yaml": f"{AA}topics: [commons]\n"},
        {"directory/cooperatives/bb.yaml": f"{AA.replace('Aa', 'Bb')}topics: [commons]\n"},
        {"directory/cooperatives/bb.yaml": f"{AA.replace('Aa', 'Bb')}topics: [commons]\nsectors: [food]\n"},
        {"directory/cooperatives/bb.yaml": "status: withdrawn\nwithdrawn_because: request\n"},
        {"directory/cooperatives/bb.yaml": f"{AA}topics: [commons]\n"},
    ),
    "what entries are about is said otherwise, and not at all": (
        {f"directory/tools/t{n}.yaml": f"name: Tool {n}\nsummary: {text}\n" for n, text in enumerate(ABOUT)},
        {"directory/tools/t0.yaml": f"name: Tool\nsummary: {ABOUT[2]}\n"},
        {"directory/tools/t1.yaml": "status: withdrawn\nwithdrawn_because: request\n"},
        {"directory/tools/t1.yaml": f"name: Tool\nsummary: {{en: {ABOUT[2]}, ca: {ABOUT[0]}}}\n"},
        {"directory/tools/t2.yaml": None},
        {"directory/tools/t3.yaml": None, "directory/tools/t33.yaml": f"name: T\nsummary: {ABOUT[0]}\nformer_ids: [tool/t3]\n"},
    ),
    "what two entries are members of is joined, named anew, left and deleted": (
        {"directory/organizations/net.yaml": "name: Net\nsummary: A net.\n", "directory/cooperatives/aa.yaml": f"{AA}{MEMBER}",
         "directory/cooperatives/bb.yaml": AA},
        {"directory/cooperatives/bb.yaml": f"{AA}{MEMBER}"},
        {"directory/organizations/net.yaml": "name: Network\nsummary: A net.\n"},
        {"directory/cooperatives/aa.yaml": f"{AA}relations: [{{type: partner-of, to: cooperative/bb}}]\n"},
        {"directory/cooperatives/aa.yaml": f"{AA}{MEMBER}"},
        {"directory/organizations/net.yaml": "status: withdrawn\nwithdrawn_because: request\n"},
    ),
    "only a comment": ({}, {"directory/cooperatives/aa.yaml": f"{AA}# a word to whoever reads this\n"}),
    "a wanted entry is written by another name": (
        {"directory/cooperatives/aa.yaml": f"{AA}relations: [{{type: supplies, to: {{name: Forn}}}}]\n"},
        {"directory/cooperatives/aa.yaml": f"{AA}relations: [{{type: supplies, to: {{name: FORN}}}}]\n"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit(site: Grown, edit: str) -> None:
    for number, step in enumerate(EDITS[edit]):
        for path, text in step.items():
            if text is None:
                site.delete(path)
            else:
                site.write(path, text)
        if number:
            holds(site)
        else:
            assert not site.build().refused  # itself a build from nothing


REFUSED: dict[str, tuple[dict[str, str | None], ...]] = {
    "the page of a comment goes": (
        {SAID: COMMENT.format("One.")},
        {"directory/cooperatives/aa.yaml": None},
        {"directory/cooperatives/aa.yaml": AA},
    ),
    "the page of a comment is withdrawn": (
        {SAID: COMMENT.format("One.")},
        {"directory/cooperatives/aa.yaml": "status: withdrawn\nwithdrawn_because: request\n"},
        {SAID: None},
    ),
    "a broken comment is mended": (
        {SAID: COMMENT.format("One.")},
        {SAID: COMMENT.format("<b>One.</b>")},
        {SAID: "words"},
        {"directory/tools/aa.yaml": "name: Abacus\nsummary: A book.\nlicense: MIT\n"},
        {SAID: COMMENT.format("Two.")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", REFUSED)
def test_edits_of_which_some_are_refused(site: Grown, edit: str) -> None:
    refused = 0
    for number, step in enumerate(REFUSED[edit]):
        for path, text in step.items():
            if text is None:
                site.delete(path)
            else:
                site.write(path, text)
        told, (expected, _) = site.build(), site.fresh()
        assert told.findings == expected.findings and told.refused == expected.refused
        refused += told.refused
        if not told.refused:
            holds(site, None)
        elif number:
            assert site.made()
    assert refused and not site.build().refused


OTHERS: dict[str, tuple[Callable[[Grown], object], str]] = {
    "a kind": (lambda site: site.write("directory/kinds/workshop.yaml", workshop("Seats")), "directory/kinds/workshop.yaml"),
    "a setting": (lambda site: site.write("pelicanconf.py", settings_file("Other")), "the settings"),
    "a page": (lambda site: site.write("content/pages/more.md", "---\ntitle: A\nsummary: B.\n---\n\nC.\n"),
               "content/pages/more.md"),
    "a template": (lambda site: site.write("templates/not_found.html", "Gone."), "templates/not_found.html"),
}  # fmt: skip


@pytest.mark.parametrize("what", OTHERS)
def test_what_everything_depends_on(site: Grown, what: str) -> None:
    change, why = OTHERS[what]
    holds(site, None)
    change(site)
    holds(site, f"{why} changed")


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_links_lead_to_is_looked_at(site: Grown, tmp_path: Path, what: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "not_found.html").write_text("One")
    site.delete("templates/not_found.html")
    if what == "folder":
        (site.root / "templates").symlink_to(elsewhere)
    else:
        (site.root / "templates").mkdir()
        (site.root / "templates/not_found.html").symlink_to(elsewhere / "not_found.html")
    assert not site.build().refused
    assert (site.output / "404.html").read_text() == "One"
    (elsewhere / "not_found.html").write_text("Two")
    assert not site.build().refused
    assert (site.output / "404.html").read_text() == "Two"


def test_what_the_settings_import_is_looked_at(site: Grown) -> None:
    site.write("more.py", "NAME = 'One'\nTYPOGRIFY = False\n")
    site.write("pelicanconf.py", f"{settings_file()}\nfrom runpy import run_path\n"
               "TYPOGRIFY = run_path(__file__.replace('pelicanconf', 'more'))['TYPOGRIFY']\n")  # fmt: skip
    assert not site.build().refused
    site.write("more.py", "NAME = 'One'\nTYPOGRIFY = False # again\n")
    assert not site.build().refused
    assert site.why == "more.py changed"


@pytest.mark.parametrize("what", ["entry", "fifo", "article"])
def test_a_link_in_the_place_of_a_file_is_told(site: Grown, tmp_path: Path, what: str) -> None:
    assert not site.build().refused
    secret = tmp_path / "secret.yaml"
    secret.write_text(AA)
    if what == "entry":
        (site.root / "directory/cooperatives/zz.yaml").symlink_to(secret)
    elif what == "fifo":
        os.mkfifo(site.root / "directory/cooperatives/zz.yaml")
    else:
        (site.root / "content/articles/zz.md").symlink_to(secret)
    told = site.build()
    assert told.refused and [one.code for one in told.findings if one.severity == "error"] == ["F003"]
