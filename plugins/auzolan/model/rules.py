"""Every rule by its code: how grave a finding of it is and who else can say it. Codes are never reused."""

from __future__ import annotations

from dataclasses import dataclass

from auzolan.model.diagnostics import Diagnostic, Location, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """`title` finishes the sentence "this finding says that …". `marks` tell where else the rule can be said:
    `schema` (a JSON Schema), `browser` (the form), `catalog` (only with the other files at hand)."""

    code: str
    severity: Severity
    title: str
    marks: tuple[str, ...] = ()


_S, _B, _C = "schema", "browser", "catalog"
_ALL: tuple[Rule, ...] = (
    # Y: the file as YAML
    Rule("Y001", "error", "the file is not valid YAML"),
    Rule("Y002", "error", "a key stands twice in one mapping"),
    Rule("Y003", "error", "an anchor, an alias or a merge key is used"),
    Rule("Y004", "error", "a tag is used"),
    Rule("Y005", "error", "values are nested too deeply"),
    Rule("Y006", "error", "the file is too large"),
    Rule("Y007", "error", "the file holds more than one document, or none"),
    Rule("Y008", "error", "the file is not UTF-8"),
    Rule("Y009", "error", "a character is used that cannot be seen or that breaks pages and feeds"),
    Rule("Y010", "error", "a key is not a plain text"),
    # F: files and their names
    Rule("F001", "error", "a file's name is not a slug"),
    Rule("F002", "warning", "a file does not belong in its folder"),
    Rule("F003", "error", "a file is a symbolic link or no regular file"),
    Rule("F004", "error", "two files would become the same page"),
    Rule("F005", "error", "a name is reserved"),
    Rule("F006", "warning", "a folder belongs to no kind"),
    Rule("F007", "error", "a file cannot be read"),
    # S: settings
    Rule("S001", "error", "a setting is not known"),
    Rule("S002", "error", "a setting's value is not usable"),
    Rule("S003", "warning", "an interface language has no catalogue of its own"),
    Rule("S004", "error", "a setting of Pelican's is used in content"),
    Rule("S005", "warning", "file dates are not known"),
    # K: kinds and vocabularies
    Rule("K001", "error", "a kind, field or word is declared with a key that is not known"),
    Rule("K002", "error", "a kind, field or word lacks something it needs"),
    Rule("K003", "error", "a field's type is not known"),
    Rule("K004", "error", "a declaration names something that is not declared"),
    Rule("K005", "error", "a declaration's value is not usable"),
    Rule("K006", "error", "two declarations claim the same name"),
    # D: fields of an entry
    Rule("D001", "error", "a field is not known for this kind", (_S, _B)),
    Rule("D002", "error", "a field that every entry of the kind needs is missing", (_S, _B)),
    Rule("D003", "error", "a value has the wrong shape", (_S, _B)),
    Rule("D004", "error", "a text is too long", (_S, _B)),
    Rule("D005", "error", "a list has too many items", (_S, _B)),
    Rule("D006", "error", "a value is empty", (_S, _B)),
    Rule("D007", "error", "words of a template were left in", (_B,)),
    Rule("D008", "error", "a language is written in a way that is not known", (_B,)),
    Rule("D009", "error", "a text that should be one line has several", (_B,)),
    Rule("D010", "warning", "a value stands twice in a list", (_B,)),
    Rule("D011", "warning", "letters of several scripts are mixed in one word", (_B,)),
    # T: types
    Rule("T001", "error", "an address is not a usable URL", (_B,)),
    Rule("T002", "error", "an e-mail address is not usable", (_B,)),
    Rule("T003", "error", "a date is not a date", (_B,)),
    Rule("T004", "error", "a number is not a number", (_B,)),
    Rule("T005", "error", "a flag is neither yes nor no", (_S, _B)),
    Rule("T006", "error", "a country is not one of ISO 3166-1", (_B,)),
    Rule("T007", "error", "a region is not one of ISO 3166-2", (_B,)),
    Rule("T008", "error", "a telephone number is not usable", (_B,)),
    Rule("T009", "error", "an identifier's scheme or form is not known", (_B,)),
    Rule("T010", "warning", "an e-mail address looks like a person's own", (_B,)),
    # V: words
    Rule("V001", "error", "a word is not in the vocabulary", (_S, _B)),
    Rule("V002", "warning", "a word is an alias of another", (_B,)),
    # P: places
    Rule("P001", "error", "coordinates are not on Earth", (_B,)),
    Rule("P002", "error", "a region is not in the country beside it", (_B,)),
    Rule("P003", "error", "one coordinate stands without the other", (_B,)),
    Rule("P004", "error", "a hidden place gives itself away", (_B,)),
    # L: licences
    Rule("L001", "error", "a licence expression cannot be read", (_B,)),
    Rule("L002", "error", "a licence is not known", (_B,)),
    Rule("L003", "warning", "a licence id is deprecated", (_B,)),
    Rule("L004", "error", "a licence's file name is not its SPDX id", (_C,)),
    # R: relations
    Rule("R001", "error", "a relation type is not known", (_B,)),
    Rule("R002", "error", "a relation leads to an entry that is not there", (_C,)),
    Rule("R003", "error", "a relation joins kinds that it cannot join", (_C,)),
    Rule("R004", "error", "an entry is related to itself", (_B,)),
    Rule("R005", "error", "relations run in a circle", (_C,)),
    Rule("R006", "error", "a relation ends before it begins", (_B,)),
    Rule("R007", "error", "a relation is derived from a field and must not be written", (_B,)),
    Rule("R008", "error", "a reference is neither an id nor a name", (_B,)),
    Rule("R009", "warning", "a relation leads to an entry that was withdrawn", (_C,)),
    Rule("R010", "warning", "a relation is written twice in one entry", (_B,)),
    # C: sources and record
    Rule("C001", "error", "a source is named that the record does not have", (_B,)),
    Rule("C002", "error", "a quotation is longer than forty words", (_B,)),
    Rule("C003", "error", "a date lies in the future", ()),
    Rule("C004", "error", "a source names neither page nor data set nor title", (_B,)),
    Rule("C005", "error", "something ended before it began", (_B,)),
    Rule("C006", "warning", "an entry says how it is known by no source", (_B,)),
    Rule("C007", "error", "a name to be thanked by is an address"),
    # I: identity
    Rule("I001", "error", "a former id is in use", (_C,)),
    Rule("I002", "error", "a former id is claimed by two entries", (_C,)),
    Rule("I003", "error", "a former id has the wrong form", (_B,)),
    Rule("I004", "error", "a withdrawn entry still says something", (_B,)),
    Rule("I005", "warning", "an example entry is still there", (_B,)),
    Rule("I006", "warning", "an entry may be there twice", (_C,)),
    # B: tables, brought in by `auzolan import csv`
    Rule("B001", "error", "a line of a table is no row"),
    Rule("B002", "error", "a row or a cell of a table is too large"),
    Rule("B003", "error", "a row has no id of its own"),
    Rule("B004", "warning", "a cell is a formula"),
    Rule("B005", "error", "a mapping cannot be used"),
    Rule("B006", "warning", "a row may be an entry that is there, or another row"),
    Rule("B007", "note", "a person has changed what a row would change"),
    # N: the inbox, brought in by `auzolan inbox import`
    Rule("N001", "error", "what was sent cannot be read"),
    Rule("N002", "warning", "what was sent holds no entry"),
    Rule("N003", "error", "something was sent for a place where it may not lie"),
    Rule("N004", "error", "nothing tells which kind of entry was sent"),
    Rule("N005", "error", "what was sent is there already and says otherwise"),
    Rule("N006", "error", "two pieces are one entry and say different things"),
    Rule("N007", "warning", "an entry that was sent may be there already"),
    Rule("N008", "warning", "an answer in a form cannot be used"),
    Rule("N009", "warning", "something had to be mended or left out"),
    Rule("N010", "error", "a comment was sent that cannot be taken"),
    # O: out of date, told by `auzolan stale`
    Rule("O001", "warning", "a date by which to look again has passed"),
    Rule("O002", "warning", "an offer or a need has ended"),
    Rule("O003", "warning", "a translation is older than its text"),
    Rule("O004", "note", "nobody has looked at an entry for long"),
    Rule("O005", "note", "a statement is old"),
    # U: addresses of the web, told by `auzolan links`
    Rule("U001", "error", "a link is dead"),
    Rule("U002", "note", "a link does not answer now"),
    Rule("U003", "warning", "a link has moved for good"),
    Rule("U004", "warning", "a link redirects without an end"),
    Rule("U005", "error", "a link leads where nobody may be sent"),
    Rule("U006", "warning", "a link's certificate is not trusted"),
    Rule("U007", "warning", "what a link answers cannot be used"),
    Rule("U008", "note", "a link may not be asked"),
    Rule("U009", "warning", "a link leads to a front page now"),
    Rule("U010", "error", "an exception for a link cannot be used"),
    Rule("U011", "note", "a site links back to its entry"),
    Rule("U012", "warning", "a site does not link back any more"),
    # M: prose
    Rule("M001", "error", "prose holds raw HTML", (_B,)),
    Rule("M002", "error", "a line of prose is too long", (_B,)),
    Rule("M003", "error", "prose is nested too deeply", (_B,)),
    Rule("M004", "error", "the same sign is repeated too often", (_B,)),
    Rule("M005", "error", "prose is too long", (_B,)),
    Rule("M006", "error", "a link leads to an address that is not allowed", (_B,)),
    Rule("M007", "error", "an image comes from elsewhere", (_B,)),
    Rule("M008", "error", "a mention leads to an entry that is not there", (_C,)),
    # A: articles
    Rule("A001", "error", "an article has no usable front matter", ()),
    Rule("A002", "error", "an article's file name does not tell its language", ()),
    Rule("A003", "error", "an article is written twice in one language", (_C,)),
    Rule("A004", "error", "a link leads to a file that is not there", (_C,)),
    # W: what readers say, in comments
    Rule("W001", "error", "a comment belongs to no page", (_C,)),
    Rule("W002", "error", "a comment does not say what every comment says"),
    Rule("W003", "error", "a comment answers one that is not there", (_C,)),
    Rule("W004", "error", "a commenter's name is an address"),
    Rule("W005", "error", "a comment holds more than words and links"),
    Rule("W006", "error", "a page has too many comments", (_C,)),
    # G: images
    Rule("G001", "error", "an image is not of an allowed type", ()),
    Rule("G002", "error", "an image is too large", ()),
    Rule("G003", "error", "an image is not there", (_C,)),
    Rule("G004", "error", "an image lies outside the images folder", (_B,)),
    Rule("G005", "error", "a picture tells where it was taken", ()),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.code: rule for rule in _ALL}


def finding(code: str, message: str, location: Location, hint: str = "", fix: str | None = None) -> Diagnostic:
    """A finding of rule `code`, as grave as the rule says."""
    return Diagnostic(code, RULES[code].severity, message, location, hint, fix)
