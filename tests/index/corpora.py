"""Sizes and seeds flow in, made-up documents and queries flow out, the same every time."""

from __future__ import annotations

import random

from auzolan.model.pages import OTHER_WEIGHT, Document

WORDS = """\
cooperative cooperatives cooperation cooperativa cooperativas cooperatives integral catalan catalana housing
habitatge habitatges vivienda worker workers credit union unions federation commons common communal community
communities economy economia economía economies économie solidarity solidaritat solidaridad solidarité energy energia
energía wind sun solar grid mutual aid care cares caring career careful careers garden gardens gardener bread baker
bakery bakeries bank banks banking organ organs organise organised organising organization organizations university
universities universal universe univers news new newer knowledge school schools schooling free libre software tool
tools toolkit library libraries licence license licensing peer production producer producers assembly assemblies
network networks networking food farm farms farming farmer land lands water waters transport cycle cycling cyclist
repair repairs repairing clothes clothing health healthy hospital care-work time timebank timebanks currency currencies
exchange exchanges local locally locality region regional basque euskal herria kooperatiba kooperatibak lana auzolan
auzo mondragon evergreen col·laboració col·lectiu cœur naïve straße Σίσυφος σοφία ΣΟΦΊΑ İstanbul ıssız Łódź smørrebrød
the of and a to in de la el les des und der die constructor __proto__ toString hasOwnProperty prototype length 2014
2008 10 ½ Nextcloud™ naïveté façade Ökonomie genossenschaft genossenschaften кооператив кооперативы мир миру ёлка
तعاون हिन्दी सहकारी تعاونية التعاون سلام 協同組合 東京都
労働者協同組合 東 京都府 협동조합 노동자 สหกรณ์ การเกษตร 合作社""".split()  # noqa: SIM905 -- a hundred quoted words would hide them

KINDS = ("cooperative", "organization", "project", "tool", "license", "plan", "article")


def documents(count: int, seed: int = 1, language: str = "en") -> list[Document]:
    """`count` documents of words that follow a long-tailed distribution, some of them empty or very short."""
    chance = random.Random(seed)
    invented = [
        "".join(chance.choice(["ka", "to", "mi", "re", "lu", "co", "op", "an"]) for _ in range(4))
        for _ in range(count // 2)
    ]
    words = WORDS + invented
    weights = [1 / (rank + 3) for rank in range(len(words))]
    order = words[:]
    chance.shuffle(order)

    def text(longest: int) -> str:
        return " ".join(chance.choices(order, weights, k=chance.randint(0, longest)))

    found = []
    sorted_by = random.Random(seed + 1)
    for number in range(count):
        facets = facets_of(sorted_by)
        kind = chance.choice(KINDS)
        name, summary = text(5), text(25)
        place = chance.choice(["", "Catalonia, Spain", "Euskal Herria", "東京"])
        texts = [
            (8.0, name),
            (2.0, summary),
            (1.0, text(150)),
            (0.3, place),
            (1.0, text(10)),
            (OTHER_WEIGHT, text(30)),
            (0.0, "unsearched"),
        ]
        found.append(
            Document(
                f"{kind}/{chance.randint(0, 10**9)}-{number}",
                kind,
                language,
                f"{kind}/{number}.html",
                f"{name} <b>{number}</b> & co",
                summary,
                place,
                tuple(texts),
                tuple(facets),
            )
        )
    return found


COUNTRIES = ("ES", "FR", "IT", "US", "東 =&京", "__proto__")
TOPICS = ("housing", "energy", "care", "constructor", "food")


def facets_of(chance: random.Random) -> list[tuple[str, str]]:
    """Values of made-up facets: mostly one country, some topics, in no order; sometimes twice the same, sometimes none."""
    if chance.random() < 0.1:
        return []
    countries = chance.choices(COUNTRIES, [8, 4, 2, 1, 1, 0.2], k=chance.choice([1, 1, 1, 2, 3]))
    pairs = [
        *(("country", one) for one in countries),
        *(("topics", chance.choice(TOPICS)) for _ in range(chance.randint(0, 3))),
    ]
    return [*pairs, *([("rare", str(chance.random()))] if chance.random() < 0.01 else [])]


def choices(count: int, seed: int = 5) -> list[dict[str, list[str]]]:
    """`count` choices of facets and values, unknown ones too."""
    chance = random.Random(seed)
    found: list[dict[str, list[str]]] = [
        {},
        {"kind": ["tool"]},
        {"country": []},
        {"country": ["ES"]},
        {"nothing": ["x"]},
    ]
    while len(found) < count:
        asked = {
            "kind": chance.sample([*KINDS, "unknown"], chance.choice([0, 0, 1, 2])),
            "country": chance.sample([*COUNTRIES, "XX", ""], chance.choice([0, 1, 1, 2])),
            "topics": chance.sample(TOPICS, chance.choice([0, 0, 1, 3])),
        }
        found.append({facet: values for facet, values in asked.items() if values or chance.random() < 0.1})
    return found


def slipped(chance: random.Random, word: str) -> str:
    """The word with a letter too few, too many, wrong, or in the wrong place."""
    at = chance.randrange(len(word))
    letter = chance.choice("abeiorst")
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        ]
    )


def queries(count: int, seed: int = 2) -> list[str]:
    """`count` queries of known words, beginnings, slips of the pen, repeated and unknown words and odd characters."""
    chance = random.Random(seed)
    found = [
        "",
        " ",
        "a",
        "co",
        "coop",
        "cooperative",
        "Cooperative cooperatives ",
        "the",
        "the of ",
        "univers",
        "organ",
        "news new",
        "constructor",
        "__proto__",
        "toString hasOwnProperty",
        "東",
        "東京",
        "東京都",
        "協同",
        "협동",
        "สหกรณ์",
        "zzzz",
        "zzzz coop",
        "½",
        "col.laboració",
        "col·laboració",
        "COŒUR cœur",
        "Σοφία",
        "İSTANBUL",
        "lodz",
        "l'economia",
        "!!!",
        "\x00\ud7ff",
        "x" * 500,
        "co " * 100,
        " ".join(WORDS),
        "ka",
        "unsearched",
        "kooperatives ",
        "ooperative",
        "nodragon mondargon mondragno mondragom ",
        "ubiversity university ubiversity",
        "gradener",
        "baed",
        "cooperative cooperative garden",
        "breadbreadbread",
        "تعاونبه",
        "кооперативв",
        "the of and",
        "mondragon=",
    ]
    while len(found) < count:
        words = [chance.choice(WORDS) for _ in range(chance.randint(1, 4))]
        if chance.random() < 0.4:
            words[-1] = words[-1][: chance.randint(1, 5)]
        if chance.random() < 0.1:
            words.append("notaword")
        if chance.random() < 0.4:
            at = chance.randrange(len(words))
            words[at] = slipped(chance, words[at])
        if chance.random() < 0.1:
            words.append(words[0])
        found.append(" ".join(words) + chance.choice(["", "", " ", "?"]))
    return found
