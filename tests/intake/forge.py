"""An issue form comes in; what is wrong with it by a forge's rules goes out, and, with answers, the body that a forge makes of it.

The rules are those that GitHub's documentation names for issue forms ("common validation errors"), which are stricter than those of
Gitea and Forgejo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

TYPES = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
RESERVED = {"title", "body", "labels", "assignees", "template", "projects", "milestone"}
"""What an address may say beside the fields of a form."""


def problems(form: Mapping[str, Any], forge: str) -> Iterator[str]:
    """What a forge would refuse."""
    about = "description" if forge == "github" else "about"
    for name in ("name", about, "title"):
        if not isinstance(form.get(name), str) or not form[name].strip():
            yield f"{name} is no text"
    if len(form["name"]) < 3 or len(form["name"]) > 120:
        yield "the name's length"
    unknown = set(form) - {"name", about, "title", "labels", "body"}
    if unknown:
        yield f"not permitted: {unknown}"
    body = form["body"]
    if not any(element["type"] != "markdown" for element in body):
        yield "nothing is asked"
    ids, labels = [], []
    for element in body:
        if element["type"] not in TYPES or set(element) - {"type", "id", "attributes", "validations"}:
            yield f"{element} is no element"
        attributes = element["attributes"]
        if element["type"] == "markdown":
            if not attributes["value"].strip():
                yield "empty markdown"
            continue
        ids.append(element["id"])
        labels.append(re.sub(r"[\W_]+", "-", attributes["label"].lower()))
        if not re.fullmatch(r"[A-Za-z0-9_-]+", element["id"]) or element["id"] in RESERVED:
            yield f"the id {element['id']}"
        for value in (attributes["label"], attributes.get("description", "x"), attributes.get("placeholder", "x")):
            if not isinstance(value, str) or not value.strip():
                yield f"{element['id']}: a text is none"
        if not isinstance(element.get("validations", {}).get("required", True), bool):
            yield f"{element['id']}: required is no truth value"
        if element["type"] == "dropdown":
            options = attributes["options"]
            if not options or not all(isinstance(one, str) and one.strip() for one in options):
                yield f"{element['id']}: an option is no text"
            if len(set(options)) < len(options) or "none" in {one.lower() for one in options}:
                yield f"{element['id']}: options are alike, or reserved"
            if not isinstance(attributes.get("multiple", True), bool):
                yield f"{element['id']}: multiple is no truth value"
    if len(set(ids)) < len(ids):
        yield "ids are not unique"
    if len(set(labels)) < len(labels):
        yield f"labels are too similar: {sorted(one for one in labels if labels.count(one) > 1)}"


def body_of(form: Mapping[str, Any], answers: Mapping[str, str]) -> str:
    """The body of an issue as GitHub writes it: every label, and the answer or that there is none."""
    asked = [element for element in form["body"] if element["type"] != "markdown"]
    parts = (f"### {one['attributes']['label']}\n\n{answers.get(one['id']) or '_No response_'}" for one in asked)
    return "\n\n".join(parts).replace("\n", "\r\n")


def body_of_forgejo(form: Mapping[str, Any], answers: Mapping[str, str]) -> str:
    """The same, as Gitea and Forgejo write it."""
    asked = [element for element in form["body"] if element["type"] != "markdown"]
    return "".join(
        f"### {one['attributes']['label']}\n\n{answers.get(one['id']) or '_No response_'}\n\n" for one in asked
    )
