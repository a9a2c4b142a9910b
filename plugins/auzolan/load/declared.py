"""One declaration file comes in; its values, in the types a declaration needs, and findings go out."""

from __future__ import annotations

import math
from difflib import get_close_matches

from auzolan.model.diagnostics import Diagnostic
from auzolan.model.kinds import Texts
from auzolan.model.nodes import Mapping, Node, Scalar, each, place
from auzolan.model.rules import finding

_FLAGS = {"true": True, "yes": True, "false": False, "no": False, "": False}


class Declared:
    """A kind or vocabulary file and what was found in it."""

    def __init__(self, path: str, tree: Mapping) -> None:
        self.path = path
        self.tree = tree
        self.findings: list[Diagnostic] = []

    def tell(self, code: str, message: str, node: Node, hint: str = "") -> None:
        """Keeps a finding at `node`."""
        self.findings.append(finding(code, message, place(self.path, node), hint))

    def only(self, node: Mapping, keys: frozenset[str], what: str) -> None:
        """Tells every key of `node` that is none of `keys`."""
        for name, key in node.keys.items():
            if name not in keys:
                near = get_close_matches(name, sorted(keys), 1)
                self.tell("K001", f"`{name}` means nothing in {what}", key,
                          f"did you mean `{near[0]}`?" if near else "known: " + " ".join(sorted(keys)))  # fmt: skip

    def texts(self, node: Node | None, required: str = "", where: Node | None = None) -> Texts:
        """A text in several languages; a plain one counts as English."""
        if isinstance(node, Scalar) and node.text:
            return {"en": node.text}
        if isinstance(node, Mapping):
            return {tag: item.text for tag, item in node.items.items() if isinstance(item, Scalar) and item.text}
        if required and where is not None:
            self.tell("K002", f"`{required}` is missing", where, f"write `{required}: {{en: …}}`")
        return {}

    def one_of(self, node: Node | None, allowed: tuple[str, ...], default: str) -> str:
        """A text out of `allowed`."""
        if node is None:
            return default
        if isinstance(node, Scalar) and node.text in allowed:
            return node.text
        self.tell("K005", "this value is not one of: " + " ".join(filter(None, allowed)), node)
        return default

    def flag(self, node: Node | None) -> bool:
        """`true` or `false`."""
        if node is None:
            return False
        if isinstance(node, Scalar) and node.text.lower() in _FLAGS:
            return _FLAGS[node.text.lower()]
        self.tell("K005", "this value is neither true nor false", node)
        return False

    def weight(self, node: Node | None) -> float:
        """A search weight, 0 to 100."""
        if node is None:
            return 0.0
        try:
            value = float(node.text) if isinstance(node, Scalar) else math.nan
        except ValueError:
            value = math.nan
        if 0 <= value <= 100:
            return value
        self.tell("K005", "a search weight is a number from 0 to 100", node)
        return 0.0

    def plain_map(self, node: Node | None) -> dict[str, str]:
        """A mapping of texts."""
        if not isinstance(node, Mapping):
            return {}
        return {key: item.text for key, item in node.items.items() if isinstance(item, Scalar)}

    def aliases(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        """Language → other words for the same thing."""
        if not isinstance(node, Mapping):
            return {}
        return {
            tag: tuple(one.text for one in each(items) if isinstance(one, Scalar) and one.text)
            for tag, items in node.items.items()
        }


def at_most(layer: Declared, node: Node | None, default: int) -> int:
    """A whole number from 1 to 100,000."""
    if node is None:
        return default
    if isinstance(node, Scalar) and node.text.isascii() and node.text.isdigit() and 1 <= int(node.text[:7]) <= 100_000:
        return int(node.text)
    layer.tell("K005", "this is not a whole number from 1 to 100000", node)
    return default
