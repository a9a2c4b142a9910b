"""Benchmarks against peers, run by hand: `make bench` (`python -m bench.build`). No part of the product needs them."""

from __future__ import annotations

import sys
from pathlib import Path

# As in pelicanconf.py: in a clone the package lies in plugins/.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))
