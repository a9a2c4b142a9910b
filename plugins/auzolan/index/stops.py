"""A language code flows in, its stop words flow out: little words that are in nearly every text and tell nothing."""

from __future__ import annotations

import functools

from auzolan.index.words import spellings

# Articles, joining words, prepositions and the commonest forms of "to be" and "to have". Kept short on purpose: a rare
# word left out can never be found, a common word left in only costs bytes.
_LISTS: dict[str, str] = {
    "ar": "في من إلى على عن مع أو أن إن هو هي هذا هذه ذلك التي الذي ما لا كان ثم قد بين كل",
    "ca": "a al als amb com d de del dels des el els em en ens entre era es est et fins ha han hi ho i l la les li lo"
    " m ment mes n ni no o on per perque pel pels pero que qui s sa se ser seu seus seva seves si sobre son sota t un"
    " una uns unes va van",
    "de": "aber als am an auch auf aus bei bis das dass dem den der des die doch durch ein eine einem einen einer eines"
    " er es für hat ich im in ist ihr ihre mit nach nicht noch nur oder sich sie sind so über um und uns vom von vor"
    " war was wie wir wird zu zum zur",
    "en": "a about after all also am an and any are as at be been but by can did do does for from had has have how i if"
    " in into is it its may more most no not of on or our s so such t than that the their them then there these they"
    " this those to us was we were what when where which who will with would you your",
    "es": "a al algo ante como con contra cual cuando de del desde donde e el ella ellas ellos en entre era es esta"
    " este esto ha han hasta hay la las le les lo los mas me mi muy ni no nos o para pero por porque que se ser si sin"
    " sobre son su sus también u un una uno unos unas y ya",
    "eu": "baina bat batean bere da dago dela dira ditu du dute edo era eta ez hau honek hori horrek izan izango ko"
    " oso zen zuen",
    "fr": "a ai au aux avec c ce ces cette comme d dans de des donc du elle elles en entre est et été être eux il ils j"
    " je l la le les leur leurs lui m mais même n ne ni nos notre nous on ont ou où par pas plus pour qu que qui s sa"
    " sans se ses si son sont sur t un une vos votre vous y",
    "gl": "a ao aos as ata co coa como con da das de do dos e é el ela en entre era esta este ese isto mais na nas no"
    " nos non o os ou para pero pola polo por que se sen ser seu seus sobre son súa súas un unha unhas uns xa",
    "it": "a ad ai al alla alle allo anche c che chi ci come con d da dai dal dalla degli dei del della delle dello di"
    " e è ed gli ha hanno i il in io l la le lo loro ma ne nei nel nella nelle no non o per più quale quando questa"
    " questo s se si sono su sua sue sui sul sulla suo tra un una uno",
    "pt": "a ao aos as até com como da das de do dos e é ela elas ele eles em entre era essa esse esta este eu foi há"
    " isso isto já mais mas me na nas nem no nos não o os ou para pela pelas pelo pelos por que se sem ser seu seus"
    " sobre são sua suas também um uma umas uns",
}


@functools.lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of `language` (a BCP 47 code; "pt-BR" takes those of "pt"); empty for a language without
    a list."""
    text = _LISTS.get(language.lower().split("-")[0], "")
    return frozenset(word for spelling in spellings(text) for word in spelling.words)
