"""A part of a commons, from `auzolan build` to a signed edition: a site of its own that says what it is, and leads nowhere in vain."""

from __future__ import annotations

import html
import json
import posixpath
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from tests.mirror.signing import key_of
from tests.running import auzolan, copied, once, ran, tree

from auzolan.cli.build import build_site
from auzolan.cli.choice import Asked
from auzolan.cli.narrowing import part_asked
from auzolan.load.settings import load_settings
from auzolan.mirror.kiwix.about import about
from auzolan.model.errors import AuzolanError
from auzolan.model.settings import Settings
from auzolan.pipeline.apart import apart
from auzolan.pipeline.build import Options
from auzolan.pipeline.narrowed import narrowed
from auzolan.pipeline.outputs import Given, context
from auzolan.pipeline.read import read
from auzolan.render.shared.away import away_of

ASKED = ("--country", "Spain", "--language", "ca", "--without-images")
SITE = "everything.example,2026:commons"
ID = f"{SITE}/part/country=ES;language=ca;images=no"
WHOLE = "https://everything.example"
DATE = {"SOURCE_DATE_EPOCH": "1796000000"}


def done(folder: Path, *arguments: str, status: int = 0) -> str:
    """What a command tells."""
    if arguments[0] != "build":
        return ran(*arguments, cwd=folder, status=status, **DATE)
    run = auzolan(*arguments, cwd=folder, **DATE)
    assert run.returncode == status, run.stdout + run.stderr
    return run.stdout + run.stderr


def commit(folder: Path) -> None:
    """All of it, by somebody."""
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    for words in (["add", "-A", "."], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=folder, check=True)


def grow(folder: Path) -> Path:
    """A commons, of which a part was built in `parts/es`, and an edition of that made and signed."""
    copied("everything", folder)
    (folder / ".gitignore").write_text("parts/\n.cache/\n", "utf-8")
    (folder / "history.json").unlink()
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    commit(folder)
    done(folder, "build", *ASKED, "-o", "parts/es")
    done(folder, "edition", "trust", "--signer", f"anna={key_of('anna').with_suffix('.pub')}")
    done(folder, "edition", "sign", "--key", str(key_of("anna")), "-o", "parts/es")
    done(folder, "edition", "make", "-o", "parts/es")
    done(folder, "edition", "sign", "--key", str(key_of("anna")), "-o", "parts/es")
    return folder


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That commons, which nobody changes."""
    return once(tmp_path_factory, "part", grow)


@pytest.fixture
def part(grown: Path) -> Path:
    """The built part."""
    return grown / "parts" / "es"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Those of the commons, with nothing built."""
    return load_settings(copied("everything", tmp_path_factory.mktemp("part") / "site") / "pelicanconf.py")[0]


def links(site: Path) -> list[tuple[str, str]]:
    """Every link and picture of every page: the page, and the address as it resolves, or as it is where it leads away."""
    found = []
    for page in sorted(site.rglob("*.html")):
        path = page.relative_to(site).as_posix()
        for told in re.findall(r'\b(?:href|src|action)="([^"]*)"', page.read_text("utf-8")):
            parts = urlsplit(html.unescape(told))
            if parts.scheme or parts.netloc:
                found.append((path, html.unescape(told)))
            elif parts.path and path != "404.html":
                found.append((path, posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))))
    return found


def test_no_link_of_a_part_leads_nowhere_and_what_is_left_out_is_in_the_whole(part: Path) -> None:
    found = links(part)
    assert not [one for one in found if not re.match(r"[a-z]+:", one[1]) and not (part / one[1]).is_file()]
    away = {one for _, one in found if one.startswith(WHOLE)}
    assert away == {WHOLE, f"{WHOLE}/ca/tools/open-ledger.html", f"{WHOLE}/ca/plans/shared-mill.html"}


def test_a_part_holds_its_own_entries_alone(part: Path) -> None:
    made = tree(part)
    pages = {
        path
        for path in made
        if path.startswith(("cooperatives/", "organizations/", "tools/", "plans/", "makerspaces/"))
    }
    assert {path for path in pages if path.endswith(".html") and not path.endswith("/index.html")} == {
        "cooperatives/horta-comuna.html", "cooperatives/refugi.html", "organizations/xarxa-de-l-horta.html", "organizations/left-us.html",
        "organizations/old-network.html",
    }  # fmt: skip
    assert not [
        path for path in made if path.startswith(("images/", "ca/", "en/")) or path == "articles/what-pays.html"
    ]
    told = json.loads((part / "data/everything.json").read_text("utf-8"))
    assert [one["id"] for one in told["entries"]] == [
        "cooperative/horta-comuna", "cooperative/refugi", "organization/xarxa-de-l-horta",
    ]  # fmt: skip
    assert [one["id"] for one in told["withdrawn"]] == ["organization/left-us"]
    assert told["about"]["id"] == ID and told["about"]["languages"] == ["ca"]
    # What entries say of others is told with their ids and names, as in the whole.
    assert any(one["object"].get("entry") == "tool/open-ledger" for one in told["relations"])
    assert "tool/open-ledger,Open Ledger" in (part / "data/relations.csv").read_text("utf-8")


def test_pages_say_that_they_are_a_part_and_where_the_whole_is(part: Path) -> None:
    for path in (
        "index.html",
        "cooperatives/refugi.html",
        "data/index.html",
        "search/index.html",
        "articles/one-mill.html",
    ):
        text = (part / path).read_text("utf-8")
        assert "Això és una part de Everything &lt;once&gt;: Espanya (ES) i Català, 3 de 8 fitxes." in text, path
        assert f'El conjunt sencer és a <a href="{WHOLE}">' in text and "No en porta les imatges." in text
        assert 'rel="canonical"' not in text  # the same page has another address in the whole
    assert (part / "data/index.html").read_text("utf-8").count("Això és una part") == 2
    text = (part / "cooperatives/horta-comuna.html").read_text("utf-8")
    assert '<span class="note">Una cistella de quatre colors.</span>' in text and "basket" not in text
    assert not (part / "sitemap.xml").exists()


def test_what_is_written_in_a_part_is_for_the_whole(part: Path) -> None:
    """There a text that names no language is English; the part's own pages are Catalan."""
    text = html.unescape((part / "contribute-cooperative.html").read_text("utf-8"))
    assert '"default":"en"' in text and f'"site":"{SITE}"' in text and "written_in: ca" in text
    tongues = re.search(r'<select id="f-written_in">(.*?)</select>', text)
    assert tongues and re.findall(r'value="(..)"', tongues[1]) == ["en", "ca", "ar"]


def test_the_search_of_a_part_finds_what_is_in_it(grown: Path) -> None:
    # It says that it uses the ledger, which is not in it.
    said = done(grown, "search", "--lang", "ca", "ledger", "-o", "parts/es")
    assert "cooperative/horta-comuna" in said and "tool/open-ledger" not in said


def test_where_the_whole_has_no_address_what_is_not_there_is_a_word(settings: Settings) -> None:
    settings = replace(settings, site_url="")
    asked = part_asked(Asked(["ca", "ar"], countries=["ES"], images=False), settings)
    commons = read(settings, ()).commons
    assert asked and commons
    small = narrowed(commons, asked)
    away = away_of(small, context(small, Given()))
    assert away
    made = away.page(
        '<a class="with" href="../tools/open-ledger.html#x">x</a><a href="refugi.html">y</a><a href="../en/articles/one-mill.html">z</a>'
        '<a href="http://[x">w</a><img src="../images/basket.png" alt="A basket"><img src="../static/mark.svg" alt="">',
        "cooperatives/horta-comuna.html",
    )
    assert made == (
        '<span class="with">x</span><a href="refugi.html">y</a><span>z</span><a href="http://[x">w</a><span class="note">A basket</span>'
        '<img src="../static/mark.svg" alt="">'
    )
    assert away.in_whole("ar/tools/open-ledger.html") == "ar/tools/open-ledger.html"
    assert away.in_whole("articles/what-pays.html") == "ca/articles/what-pays.html"
    assert not any(
        map(away.in_whole, ("ar/cooperatives/refugi.html", "articles/one-mill.html", "articles/index.html", "map.html"))
    )


def test_articles_are_in_a_part_unless_kinds_are_named_without_them(settings: Settings) -> None:
    commons = read(settings, ()).commons
    assert commons
    for kinds, slugs in (
        ([], {"one-mill", "what-pays"}),
        (["tools"], set()),
        (["tool", "article"], {"one-mill", "what-pays"}),
    ):
        asked = part_asked(Asked(kinds=kinds, images=False), settings)
        assert asked
        small = narrowed(commons, asked)
        assert set(small.stories) == slugs
        topics = (
            {id_ for one in small.facets["topics"].values for id_ in one.members} if "topics" in small.facets else set()
        )
        assert slugs or not [id_ for id_ in topics if id_.startswith("article/")]
        assert small.elsewhere.isdisjoint(small.listed) and {*small.elsewhere, *small.listed} == {*commons.listed}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(countries=["Spein"]), "did you mean `spain`?"),
        (Asked(regions=["ES-XX"]), "there is no region `ES-XX`"),
        (Asked(kinds=["tol"]), "did you mean `tool`?"),
        (Asked(sectors=["housin"]), "did you mean `housing`?"),
        (Asked(["fr"]), "`fr` is not a language of this site"),
    ],
)  # fmt: skip
def test_what_nobody_can_choose_is_refused(settings: Settings, asked: Asked, said: str) -> None:
    with pytest.raises(AuzolanError) as refused:
        part_asked(asked, settings)
    assert said in f"{refused.value} {refused.value.hint}" and refused.value.hint


def test_everything_is_no_part_and_order_makes_none(settings: Settings) -> None:
    assert part_asked(Asked(), settings) is None and part_asked(Asked(["en", "ca", "ar"]), settings) is None
    one, two = (part_asked(Asked(["ca"], countries=both), settings) for both in (["MA", "ES"], ["ES", "MA", "ES"]))
    assert one and one == two and one.name == "country=ES,MA;language=ca"
    turned = part_asked(Asked(["ar", "ca"]), settings)
    assert turned and turned.name == "language=ar,ca"  # the first language has the bare addresses


def test_a_part_lies_in_a_folder_of_its_own(settings: Settings, part: Path, tmp_path: Path) -> None:
    asked = part_asked(Asked(["ca"], countries=["ES"], images=False), settings)
    apart(replace(settings, part=asked, output=part))
    (tmp_path / "SHA256SUMS").write_text("", "utf-8")
    for output, features, said in (
        (tmp_path, settings.features, "another site lies in"),
        (tmp_path / "x.zip", settings.features, "not packed as it is built"),
        (tmp_path / "new", frozenset({"directory"}), "pages of Auzolan's own"),
    ):
        with pytest.raises(AuzolanError, match=said) as refused:
            apart(replace(settings, part=asked, output=output, features=features))
        assert refused.value.hint
    other = part_asked(Asked(["ca"], countries=["MA"]), settings)
    with pytest.raises(AuzolanError, match="another site lies in"):
        apart(replace(settings, part=other, output=part))


def test_a_part_without_a_folder_or_without_entries_is_not_built(settings: Settings, tmp_path: Path) -> None:
    path = settings.root / "pelicanconf.py"
    for output, asked, said in (
        (None, Asked(countries=["ES"]), "another site than the whole"),
        (tmp_path / "none", Asked(countries=["DE"]), "no entry is in this part: country DE"),
        (tmp_path / "none", Asked(kinds=["article"]), "no entry is in this part: kind article"),
    ):
        with pytest.raises(AuzolanError, match=said) as refused:
            build_site(path, output, Options(), lambda stage: None, asked)
        assert refused.value.hint and not (tmp_path / "none").exists() and not settings.output.exists()


def test_the_edition_of_a_part_says_of_what_it_is_one(grown: Path, part: Path) -> None:
    told = json.loads((part / "edition.json").read_text("utf-8"))
    assert (told["site"], told["name"], told["address"], told["serial"]) == (ID, "Everything <once>", WHOLE, 1)
    assert told["part"] == {
        "of": SITE,
        "chosen": {"country": ["ES"], "language": ["ca"]},
        "images": False,
        "entries": 3,
        "total": 8,
    }
    said = done(grown, "edition", "status", "-o", "parts/es")
    assert "country ES, language ca, without pictures: 3 of 8 entries" in said and "published as it lies there" in said
    assert "There is no edition yet" in done(grown, "edition", "status", status=1)  # of the whole
    assert "authentic, signed by anna" in (verified := done(grown, "mirror", "verify", "parts/es"))
    assert "(a part: country ES, language ca, without pictures)" in verified


def test_what_a_part_is_for_kiwix(part: Path) -> None:
    told = about(part)
    assert "-part-country-es-language-ca-images-no_" in told.name
    assert (
        told.description.startswith("A part of Everything <once> (country ES,")
        and "_pictures:no" in told.metadata(told.date)["Tags"]
    )  # type: ignore[arg-type]


def test_a_second_person_builds_a_part_again_and_a_copy_of_it_is_a_seed_of_the_whole(
    grown: Path, part: Path, tmp_path: Path
) -> None:
    assert "byte for byte" in done(grown, "edition", "confirm", "parts/es", "--yes")
    said = done(tmp_path, "init", "seed", "--from", str(part))
    assert "carries the source of the whole" in said and f"Take content/images/ from the whole ({WHOLE})" in said
    assert (tmp_path / "seed/directory/tools/open-ledger.yaml").is_file()
    with zipfile.ZipFile(part / "data/source.zip") as source:
        assert not [name for name in source.namelist() if "/images/" in name]


def test_a_part_has_numbers_of_its_own_which_the_next_trust_list_keeps(grown: Path, tmp_path: Path) -> None:
    commons = tmp_path / "commons"
    shutil.copytree(grown, commons)
    for name in ("cooperatives/refugi", "tools/open-ledger"):
        path = commons / f"directory/{name}.yaml"
        path.write_text(path.read_text("utf-8") + "# looked at\n", "utf-8")
    commit(commons)
    done(commons, "build", *ASKED, "-o", "parts/es")
    done(commons, "edition", "make", "-o", "parts/es")
    told = json.loads((commons / "parts/es/edition.json").read_text("utf-8"))
    assert told["serial"] == 2 and told["changed"] == {"new": 0, "edited": 1}  # the other is not in the part
    done(commons, "edition", "trust", "--signer", f"berta={key_of('berta').with_suffix('.pub')}")
    assert json.loads((commons / "editions/trust/2.json").read_text("utf-8"))["parts"] == {
        ID.removeprefix(f"{SITE}/part/"): 2
    }
