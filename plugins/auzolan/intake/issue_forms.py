"""The kinds come in; an issue form for each goes out, as GitHub, or Gitea and Forgejo, read them: who has an account there can add an
entry on a phone, and `auzolan inbox import` makes the file of what was answered.

A field's `id` is its name, so that an address can fill it in: `…/issues/new?template=cooperative.yml&name=Our+Bakery`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auzolan.intake.inbox.asked.questions import Question, Sheets, titles_of
from auzolan.intake.writing import commented_text
from auzolan.model.errors import AuzolanError
from auzolan.model.kinds import Declarations, Field, Kind, Vocabulary, Word
from auzolan.model.pages import File
from auzolan.model.settings import Settings
from auzolan.render.form.questions import field_view
from auzolan.render.shared.naming import Speaker

FOLDERS = {"github": ".github/ISSUE_TEMPLATE", "forgejo": ".forgejo/issue_template"}
"""Where a forge looks for them, from the repository's root."""
MARK = "# Made from directory/kinds/ by `auzolan inbox forms`"
LABEL = "entry"
"""The label of all such issues, where the repository has it."""
_RESERVED = frozenset({"none"})
"""An option that GitHub keeps for itself."""
View = dict[str, Any]


def forms_of(settings: Settings, declarations: Declarations, forge: str, language: str) -> Iterator[File]:
    """The forms of all kinds for a forge of FOLDERS, in one language. Raises AuzolanError for a language that nothing is said in."""
    sheets = Sheets(settings, declarations)
    words = sheets.speakers.get(language)
    if words is None:
        raise AuzolanError(f"there is no `{language}` here", "one of: " + " ".join(sheets.speakers))
    for kind in declarations.kinds.values():
        form = _form(kind, sheets.questions[kind.name], words, settings, forge)
        yield File(f"{FOLDERS[forge]}/{kind.name}.yml", commented_text(form, {}, f"{MARK[2:]}: change those.").encode())


def _form(kind: Kind, questions: list[Question], words: Speaker, settings: Settings, forge: str) -> View:
    label, describes = words.plain(kind.label) or kind.name, words.plain(kind.describes)
    titles = titles_of(kind, questions, words)
    away = f"{words._('By sending it you give this text away under')} {settings.entry_license}."
    body = [{"type": "markdown", "attributes": {"value": f"{describes}\n\n{away}" if describes else away}}]
    return {
        "name": words._("Add an entry: %(kind)s", kind=label),
        "description" if forge == "github" else "about": describes or label,
        "title": f"{label}: ",
        "labels": [LABEL],
        "body": [*body, *(_element(question, titles[question.id], words) for question in questions)],
    }


def _element(question: Question, title: str, words: Speaker) -> View:
    type_, more = _control(question, words)
    help_ = _help(question, words)
    attributes = {"label": title, **({"description": help_} if help_ else {}), **more}
    element: View = {"type": type_, "id": question.id, "attributes": attributes}
    if question.required:
        element["validations"] = {"required": True}
    return element


def _help(question: Question, words: Speaker) -> str:
    if question.field is None:
        where = words._("A web address, a book, a newspaper with its date, or the meeting where it was said.")
        return f"{where} “{words._('We are this group')}.”"
    if question.pick[0]:
        return words._("Choose the principles you say you practise; what this commons lists is written beside them.")
    return words.plain(question.field.help)


def _control(question: Question, words: Speaker) -> tuple[str, Mapping[str, Any]]:
    """The element's type, and its attributes beside label and help."""
    field = question.field
    if field is None:
        return "textarea", {}
    if question.pick[0]:
        name = field.fields[question.pick[2]].vocabulary_for({question.pick[0]: question.pick[1]})
        return "dropdown", {"multiple": True, "options": _options(words.declarations.vocabularies[name], words)}
    vocabulary = words.declarations.vocabularies.get(field.vocabulary)
    if field.type == "word" and vocabulary is not None:
        several: View = {"multiple": True} if field.many == "list" else {}
        return "dropdown", {**several, "options": _options(vocabulary, words)}
    if field.type == "flag":
        return "dropdown", {"options": [words._("yes"), words._("no")]}
    long = field.many == "list" or field_view(field, words.declarations, words)["control"] == "area"
    return "textarea" if long else "input", _placeholder(field, words)


def _placeholder(field: Field, words: Speaker) -> Mapping[str, Any]:
    shown = field.examples.get(words.language) or field.example
    return {"placeholder": shown} if isinstance(shown, str) else {}


def _options(vocabulary: Vocabulary, words: Speaker) -> list[str]:
    """The labels of all words, no two alike; a withdrawal is nothing that somebody proposes."""
    labels: list[str] = []
    for word in vocabulary.words.values():
        if word.id != "withdrawn":
            labels.append(_option(word, words, labels))
    return labels


def _option(word: Word, words: Speaker, used: list[str]) -> str:
    label = words.plain(word.label) or word.id
    return f"{label} ({word.id})" if label in used or label.lower() in _RESERVED else label
