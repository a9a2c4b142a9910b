"""The pure core of a pocket edition's script, run by node's own test runner, on what Python packs."""

from __future__ import annotations

import json
import random
from pathlib import Path

from tests.client.test_client_core import MODULES, node

from auzolan.render.pocket import held


def test_the_script_reads_what_python_packs(tmp_path: Path) -> None:
    chance = random.Random(7)
    values = {
        "a": {"x": "y</script>\u2028"},
        "b": "long " * 50_000,
        "c": [],
        "d": [chance.random() for _ in range(20_000)],
    }
    shared = {"one": "a\nb\nc", "two": 'b\n{"name":1}{"name":2}'}
    items = {name: held.packed_json(value) for name, value in values.items()}
    bytes_ = [chance.randbytes(size) for size in (0, 1, 2, 12, 13, 14, 207, 208, 209, 5000)]
    told = {
        "values": values, "shared": shared, "bytes": [[one.hex(), held.signs(one)] for one in bytes_],
        "lines": held.lines({**items, "shared": held.packed_json(held.shared(shared))}),
    }  # fmt: skip
    (tmp_path / "packed.json").write_text(json.dumps(told), "utf-8")
    bundle = tmp_path / "pocket.test.mjs"
    bundled = node(
        str(MODULES / "esbuild" / "bin" / "esbuild"), "tests/client/pocket.test.ts", "--bundle", "--platform=node",
        "--format=esm", f"--outfile={bundle}",
    )  # fmt: skip
    assert bundled.returncode == 0, bundled.stderr
    run = node("--test", str(bundle), PACKED=str(tmp_path / "packed.json"))
    assert run.returncode == 0, run.stdout + run.stderr
