"""Search of a commons that begins: without an entry it is asked too, and tells that there is nothing."""

from __future__ import annotations

from pathlib import Path

from tests.pipeline.grown import Grown, differences
from tests.pipeline.small import ENTRY, small

from auzolan.index import Reader, open_shards

AA = "directory/cooperatives/aa.yaml"


def reader(site: Grown) -> Reader:
    return open_shards(lambda path: file.read_bytes() if (file := site.output / path).is_file() else None, "ca")


def built(site: Grown) -> None:
    """Builds it, and holds that it is what a build from nothing makes."""
    told = site.build()
    assert not told.refused, told.words
    assert not differences(site.made(), site.fresh()[1])


def test_a_commons_without_entries_has_a_search_that_finds_nothing(tmp_path: Path) -> None:
    site = small(tmp_path / "site")
    for path in [path for path in site.files if path.startswith("directory/") and path.endswith("/aa.yaml")]:
        site.delete(path)
    for path in ("content/articles/mill.md", "content/pages/about.md"):
        site.delete(path)
    built(site)
    assert reader(site).search("aa").total == reader(site).search("", facets={"kind": ["tool"]}).total == 0
    assert reader(site).kinds() == {} and not [facet for facet in reader(site).facets() if facet.values]
    site.write(AA, ENTRY.format("grow"))
    built(site)
    assert [hit.id for hit in reader(site).search("aa").hits] == ["cooperative/aa"]
    site.delete(AA)
    built(site)
    assert reader(site).search("aa").total == 0
