"""Issue forms: a forge takes them, and what it makes of the answers is the entry again, for every kind, language and forge."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.helpers import declarations, settings
from tests.intake.forge import body_of, body_of_forgejo, problems
from tests.intake.sent import brought, codes, commons, sent, whats

from auzolan.intake.inbox.asked.questions import HOW, Sheets
from auzolan.intake.issue_forms import FOLDERS, MARK, forms_of
from auzolan.load.shipped import shipped_root
from auzolan.load.yaml_text import read_yaml
from auzolan.model.errors import AuzolanError
from auzolan.model.nodes import plain

LANGUAGES = ("en", "es", "ca", "fr")
BODIES = {"github": body_of, "forgejo": body_of_forgejo}


@cache
def made(forge: str, language: str) -> dict[str, Any]:
    """The forms by kind, as a forge reads them."""
    root = dataclasses.replace(settings(), theme=shipped_root() / "theme")
    files = {file.path: file.data.decode() for file in forms_of(root, declarations(), forge, language)}
    assert all(text.startswith(MARK) for text in files.values())
    return {Path(path).stem: yaml.safe_load(text) for path, text in files.items()}


@cache
def sheets() -> Sheets:
    return Sheets(dataclasses.replace(settings(), theme=shipped_root() / "theme"), declarations())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("forge", FOLDERS)
def test_a_forge_takes_the_form_of_every_kind(forge: str, language: str) -> None:
    forms = made(forge, language)
    assert list(forms) == list(declarations().kinds)
    assert {kind: list(problems(form, forge)) for kind, form in forms.items()} == {kind: [] for kind in forms}
    assert len({form["name"] for form in forms.values()}) == len(forms)


def test_four_things_are_needed_and_where_only_of_kinds_with_places() -> None:
    for kind, form in made("github", "en").items():
        needed = [one["id"] for one in form["body"] if one.get("validations", {}).get("required")]
        where = ["places-country"] if "places" in declarations().kinds[kind].fields else []
        licence = ["spdx_id"] if kind == "license" else []
        assert needed == ["name", "summary", *where, *licence, HOW] or needed == [
            "name",
            "summary",
            *licence,
            *where,
            HOW,
        ]
        assert [one["id"] for one in form["body"] if "id" in one][: len(needed)]


def test_ids_are_the_names_of_fields_in_every_language_and_words_are_chosen() -> None:
    ids = [[one.get("id") for one in made("github", language)["cooperative"]["body"]] for language in LANGUAGES]
    assert all(one == ids[0] for one in ids)
    by_id = {one.get("id"): one for one in made("github", "ca")["cooperative"]["body"]}
    assert by_id["sectors"]["type"] == "dropdown" and by_id["sectors"]["attributes"]["multiple"] is True
    assert by_id["sectors"]["attributes"]["options"][0] == "Agricultura"
    assert "multiple" not in by_id["status"]["attributes"] and "Retirat" not in by_id["status"]["attributes"]["options"]
    assert by_id["principles-ussen"]["attributes"]["multiple"] is True
    assert by_id["name"]["attributes"]["placeholder"]


def test_a_language_that_nothing_is_said_in_is_refused() -> None:
    with pytest.raises(AuzolanError, match="there is no `xx` here"):
        list(forms_of(dataclasses.replace(settings(), theme=shipped_root() / "theme"), declarations(), "github", "xx"))


def answers_for(kind: str, language: str) -> tuple[dict[str, str], dict[str, Any]]:
    """An answer to every question, as somebody gives it in the form, and the entry that it is."""
    form = {one.get("id"): one for one in made("github", language)[kind]["body"]}
    answers: dict[str, str] = {}
    wanted: dict[str, Any] = {}
    for question in sheets().questions[kind]:
        field = question.field
        attributes = form[question.id]["attributes"]
        if field is None:
            answers[question.id] = "https://fornnou.coop/about"
            wanted["record"] = {
                "sources": {"fornnou": {"title": "fornnou.coop", "url": "https://fornnou.coop/about"}},
                "submitted_by": "third-party",
            }
            continue
        value: Any
        if question.pick[0]:
            by, list_, of = question.pick
            vocabulary = declarations().vocabularies[field.fields[of].vocabulary_for({by: list_})]
            words = list(vocabulary.words)[:2]
            answers[question.id] = ", ".join(attributes["options"][:2])
            wanted.setdefault(field.name, []).extend({by: list_, of: word} for word in words)
            continue
        if form[question.id]["type"] == "dropdown" and field.type == "word":
            words = [word for word in declarations().vocabularies[field.vocabulary].words if word != "withdrawn"]
            count = 3 if field.many else 1
            answers[question.id] = ", ".join(attributes["options"][:count])
            value = words[:count] if field.many else words[0]
        elif field.type == "flag":
            answers[question.id], value = attributes["options"][0], "true"
        elif field.many:
            items = {"language": ["ca", "es"]}.get(field.type, ["First, and more", "Second"])
            answers[question.id], value = "\n".join(items), items
        else:
            value = {
                "url": "https://fornnou.coop/", "prose": "It began.\n\n### A heading of their own\n\n- and a list",
                "country": "ES", "region": "ES-CT", "number": "120", "email": "hola@fornnou.coop", "phone": "+34 973 000 000",
                "license": "MIT", "date": "2010",
            }.get(field.type, "Fleca nova")  # fmt: skip
            value = {"spdx_id": "LicenseRef-fleca", "ended": "2019"}.get(field.name, value)
            answers[question.id] = value
        outer, _, part = question.path.partition(".")
        if not part:
            wanted[outer] = value
        elif declarations().kinds[kind].fields[outer].many:
            wanted.setdefault(outer, [{}])[0][part] = value
        else:
            wanted.setdefault(outer, {})[part] = value
    if language != "en":
        wanted["written_in"] = language
    return answers, wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("forge", FOLDERS)
def test_what_is_answered_is_the_entry(forge: str, language: str, tmp_path: Path) -> None:
    site = commons(tmp_path)
    bodies, wanted = {}, {}
    for number, kind in enumerate(declarations().kinds):
        answers, wanted[kind] = answers_for(kind, language)
        bodies[f"{number}-{kind}.md"] = BODIES[forge](made(forge, language)[kind], answers)
    sent(site, bodies)
    outcome = brought(site, hold=0)
    assert [fate.entry.split("/")[0] for fate in outcome.fates] == list(declarations().kinds)
    assert not [one for one in outcome.findings if one.code.startswith("N00") and one.code != "N007"]
    for fate, kind in zip(outcome.fates, declarations().kinds, strict=True):
        assert fate.what == "new", outcome.findings
        tree, _ = read_yaml((site / fate.path).read_text("utf-8"), "")
        assert tree is not None and plain(tree) == wanted[kind]


def test_boxes_and_fences_are_read_too(tmp_path: Path) -> None:
    site = commons(tmp_path)
    form = made("github", "en")["cooperative"]
    boxes = "- [X] Agriculture\n- [ ] Dairy\n- [x] Energy"
    answers = {"name": "Hort", "summary": "They grow.", "places-country": "spain", HOW: "- [X] We are this group", "sectors": boxes,
               "description": "```text\nIt began.\n```", "status": "None"}  # fmt: skip
    sent(site, {"a.md": body_of(form, answers)})
    assert whats(brought(site)) == [("new", "cooperative/hort")]
    tree, _ = read_yaml((site / "directory/cooperatives/hort.yaml").read_text("utf-8"), "")
    assert tree is not None
    said = plain(tree)
    assert (said["sectors"], said["description"], said["record"]) == (
        ["agriculture", "energy"], "It began.", {"submitted_by": "itself"},
    )  # fmt: skip
    assert said["places"] == [{"country": "ES"}] and "status" not in said


def test_issues_as_a_forge_gives_them_to_programs(tmp_path: Path) -> None:
    site = commons(tmp_path)
    form = made("github", "en")["tool"]
    body = body_of(form, {"name": "Oven", "summary": "It is hot.", HOW: "The bakers' almanac, 2019\nhttps://oven.coop"})
    user = {"login": "remei-vila", "email": "remei@example.net"}
    issues = [
        {"number": 7, "body": body, "user": user, "title": "Tool: Oven"},
        {"number": 8, "body": "A bug.", "user": user},
        {"number": 9, "body": body, "pull_request": {"url": "x"}},
        {"number": 10, "body": None},
    ]
    sent(site, {"issues.json": json.dumps(issues)})
    outcome = brought(site)
    assert whats(outcome) == [("new", "tool/oven")] and outcome.fates[0].shown.endswith("issues.json#7")
    made_text = (site / "directory/tools/oven.yaml").read_text("utf-8")
    assert "title: The bakers' almanac, 2019" in made_text and "url: https://oven.coop" in made_text
    assert "remei" not in made_text + repr(outcome)
    sent(site, {"issues.json": "[" * 20_000})
    assert codes(brought(site)) == ["N001"]


def test_an_answer_that_cannot_be_used_is_left_out_and_told(tmp_path: Path) -> None:
    site = commons(tmp_path)
    form = made("github", "en")["cooperative"]
    answers = {"name": "Hort", "summary": "They grow.", "places-country": "Atlantis", HOW: "We are this group",
               "sectors": "Agriculture, Alchemy", "started": "long ago", "description": "x" * 20_001}  # fmt: skip
    sent(site, {"a.md": body_of(form, answers)})
    outcome = brought(site)
    assert whats(outcome) == [("new", "cooperative/hort")] and codes(outcome) == ["N008"] * 4
    assert all(one.hint for one in outcome.findings)


def test_a_word_with_a_comma_in_it_stays_whole(tmp_path: Path) -> None:
    site = commons(tmp_path)
    form = made("github", "en")["tool"]
    topics = "Commons, Design global, manufacture local, Mapping"
    sent(site, {"a.md": body_of(form, {"name": "Oven", "summary": "It is hot.", "topics": topics, HOW: "seen"})})
    outcome = brought(site)
    assert whats(outcome) == [("new", "tool/oven")] and not codes(outcome)
    assert "topics: [commons, cosmolocalism, mapping]" in (site / outcome.fates[0].path).read_text("utf-8")


def test_a_list_of_nonsense_is_told_once(tmp_path: Path) -> None:
    site = commons(tmp_path)
    form = made("github", "en")["tool"]
    topics = "\n".join(f"x{number}, y{number}" for number in range(1_000))
    sent(site, {"a.md": body_of(form, {"name": "Oven", "summary": "It is hot.", "topics": topics, HOW: "seen"})})
    outcome = brought(site)
    assert whats(outcome) == [("new", "tool/oven")] and codes(outcome) == ["N008"] * 11
