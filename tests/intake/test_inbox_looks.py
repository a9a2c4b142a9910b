"""*Still correct*, in three lines: a look more in the record of the entry that it names, and nothing where it says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.sent import MILL, brought, codes, commons, sent, whats
from tests.intake.test_inbox_import import committed
from tests.intake.test_inbox_mails import PRIVATE, mail
from tests.running import tree, write

MILL_PATH = "directory/cooperatives/mill.yaml"
LOOK = "Still correct: cooperative/mill\non: 2026-11-20\nhow: website\n"
LOOKED = f'{MILL}  verified:\n    - on: "2026-11-20"\n      how: website\n'
CHANGED = [("changed", "cooperative/mill")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return commons(tmp_path)


@pytest.mark.parametrize(
    "files",
    [
        {"m.eml": mail(f"{LOOK}\n-- \nRemei Vila\n+34 600 111 222\n")},
        {"m.eml": mail(f"Salutacions,\n\n{LOOK}\nRemei Vila\n")},
        {
            "m.eml": mail(
                "<p>Still correct: cooperative/mill<br>on: 2026-11-20<br>how: website</p>", "text/html; charset=utf-8"
            )
        },
        {"m.eml": mail("".join(f"<div>{line}</div>\n" for line in LOOK.splitlines()), "text/html; charset=utf-8")},
        {"m.eml": mail(LOOK, "text/plain; charset=utf-8; format=flowed")},
        {"m.txt": LOOK},
        {"m.txt": LOOK.rstrip().replace("\n", "\r\n")},
        {"m.md": LOOK},
    ],
)
def test_a_look_more_and_every_other_byte_as_it_was(site: Path, files: dict[str, str | bytes]) -> None:
    sent(site, files)
    outcome = brought(site)
    assert whats(outcome) == CHANGED and codes(outcome) == []
    assert (site / MILL_PATH).read_text("utf-8") == LOOKED
    assert not [private for private in PRIVATE if private in LOOKED]
    assert whats(brought(site)) == [("same", "cooperative/mill")]
    assert (site / MILL_PATH).read_text("utf-8") == LOOKED


def test_one_text_may_say_it_of_several_and_twice(site: Path) -> None:
    write(
        site,
        {
            MILL_PATH.replace("mill", "oven"): MILL.replace("The Mill of the Valley", "An oven").replace(
                "Solsona", "Vic"
            )
        },
    )
    sent(
        site,
        {"m.txt": LOOK + LOOK.replace("mill", "oven") + LOOK + LOOK.replace("website", "visit").replace("-20", "-21")},
    )
    assert [what for what, _ in whats(brought(site))] == ["changed", "changed", "same", "changed"]
    assert (site / MILL_PATH).read_text("utf-8") == LOOKED + '    - on: "2026-11-21"\n      how: visit\n'


def test_one_that_is_refused_costs_no_other_its_place(site: Path) -> None:
    sent(site, {"m.txt": LOOK + LOOK.replace("website", "hearsay")})
    assert [what for what, _ in whats(brought(site))] == ["changed", "refused"]
    assert (site / MILL_PATH).read_text("utf-8") == LOOKED


def test_a_dry_run_writes_nothing(site: Path) -> None:
    sent(site, {"m.txt": LOOK})
    before = tree(site)
    assert whats(brought(site, dry=True)) == CHANGED and tree(site) == before


def test_a_look_that_somebody_took_out_stays_out(site: Path) -> None:
    sent(site, {"m.txt": LOOK})
    brought(site)
    committed(site)
    (site / MILL_PATH).write_text(MILL, "utf-8")
    assert whats(brought(site)) == [("known", "cooperative/mill")]


@pytest.mark.parametrize(
    ("text", "what", "code"),
    [
        (LOOK.replace("mill", "none"), "refused", "N003"),
        (LOOK.replace("cooperative/", "nothing/"), "refused", "N003"),
        (LOOK.replace("cooperative/mill", "../../etc/passwd"), "refused", "N001"),
        (LOOK.replace("cooperative/mill", "mill"), "refused", "N001"),
        (LOOK.replace("2026-11-20", "2036-11-23"), "refused", "C003"),
        (LOOK.replace("2026-11-20", "2026-02-30"), "refused", "N001"),
        (LOOK.replace("2026-11-20", "yesterday"), "refused", "N001"),
        (LOOK.replace("website", "hearsay"), "refused", "V001"),
        (LOOK.replace("website", "website}]"), "refused", "N001"),
        (LOOK.replace("website", "x\n  submitted_by: itself"), "refused", "V001"),
        (LOOK.replace("how: website\n", ""), "refused", "N001"),
        (LOOK.replace("on: ", "when: "), "refused", "N001"),
        ("Still correct: \u202ecooperative/mill\non: 2026-11-20\nhow: website\n", "refused", "N001"),
    ],
)
def test_what_is_no_look_is_refused_with_a_way_out(site: Path, text: str, what: str, code: str) -> None:
    sent(site, {"m.eml": mail(text)})
    before = tree(site)
    outcome = brought(site)
    assert [told for told, _ in whats(outcome)] == [what] and code in codes(outcome)
    assert all(one.hint for one in outcome.findings) and tree(site) == before


def test_a_withdrawn_a_moved_and_an_odd_entry_are_conflicts(site: Path) -> None:
    flow = (
        MILL.split("record:")[0]
        + "record:\n  # once\n  verified: [{on: 2020, how: visit}]\n  submitted_by: third-party\n"
    )
    write(site, {MILL_PATH: flow.replace("name: The", "former_ids: [cooperative/old]\nname: The"),
                 MILL_PATH.replace("mill", "gone"): "status: withdrawn\nwithdrawn_because: request\n"})  # fmt: skip
    sent(site, {"m.txt": LOOK + LOOK.replace("mill", "gone") + LOOK.replace("mill", "old")})
    before = tree(site)
    outcome = brought(site)
    assert [what for what, _ in whats(outcome)] == ["conflict"] * 3 and codes(outcome) == ["N005"] * 3
    assert '- {on: "2026-11-20", how: website}' in outcome.findings[0].hint and tree(site) == before


def test_it_is_not_read_where_it_is_quoted(site: Path) -> None:
    sent(site, {"m.eml": mail("Thank you!\n\n" + "".join(f"> {line}\n" for line in LOOK.splitlines()))})
    assert whats(brought(site)) == []
