"""A folder comes in; a small commons in it, and what is asked of it after each accident, go out."""

from __future__ import annotations

from pathlib import Path

from tests.pipeline.grown import Grown, beginning, differences, leftovers

ENTRY = "name: Aa\nsummary: They {}.\n"


def small(root: Path) -> Grown:
    """The commons, not built yet."""
    made = Grown(root)
    made.become(beginning())
    made.write("directory/cooperatives/aa.yaml", ENTRY.format("grow"))
    made.write("directory/tools/aa.yaml", "name: Ledger\nsummary: A book.\nlicense: MIT\n")
    made.write("directory/workshops/aa.yaml", 'name: Shop\nsummary: A shop.\nmachines: [lathe]\nbenches: "12"\n')
    return made


def edit(site: Grown) -> None:
    """An entry says something else."""
    site.write("directory/cooperatives/aa.yaml", ENTRY.format("reap"))


def holds(site: Grown, *whys: str) -> None:
    """Builds, and holds that the site is what it should be, that it was made for one of these reasons, and that there is
    nothing to do then."""
    told = site.build()
    why = site.why
    assert not told.refused, told.words
    expected_told, expected = site.fresh()
    assert told.findings == expected_told.findings
    assert not (found := differences(site.made(), expected)), f"{found}\n({why})"
    assert not leftovers(site.root)
    assert why in whys
    assert site.build() == told and site.why == "nothing changed"
