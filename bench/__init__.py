"""Benchmarks against peers, run by hand: `make bench` (`python -m bench.build`). Nothing here is part of the product."""
