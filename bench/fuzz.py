"""The name of a way in comes in; bytes that make it fail, or take more than a second, go out.

`python -m bench.fuzz entry [--seconds 60] [--keep DIR]`. Which bytes are tried next follows from what they reach in our code
(atheris, which is installed by `pip install -e '.[fuzz]'`). Every way in is named by --help. The exit status is 1 where
something was found; the bytes lie in DIR then, and `python -m bench.fuzz entry --again FILE` tries them once more.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

MOST_SECONDS = 1.0
LONGEST = 4_000
"""Bytes: what is slow beyond that is found by bench/prose_caps.py, which knows where the caps are."""
WAYS = ("entry", "tidied", "article", "text", "table", "mapping", "kind", "vocabulary", "mail")


def main() -> int:
    """0; 1 where something was found, 2 where atheris is not there."""
    lines = (__doc__ or "").split("\n")
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=lines[0])
    parser.add_argument("way", choices=[*WAYS, "all"], help="by which way the bytes come in")
    parser.add_argument("--seconds", type=int, default=60, help="how long to try, for each way")
    parser.add_argument(
        "--keep", type=Path, default=Path(".cache/fuzz"), help="where bytes that were found, and a corpus, lie"
    )
    parser.add_argument("--again", type=Path, help="try the bytes of this file, once")
    options = parser.parse_args()
    found = 0
    for way in WAYS if options.way == "all" else (options.way,):
        if options.again:
            found += _again(way, options.again)
            continue
        # Each in a process of its own: libFuzzer ends the one in which it runs.
        process = multiprocessing.get_context("spawn").Process(target=_fuzz, args=(way, options.seconds, options.keep))
        process.start()
        process.join()
        if process.exitcode == 2:
            return 2
        found += process.exitcode != 0
    return 1 if found else 0


def _again(way: str, path: Path) -> int:
    from bench.fuzz_targets import TARGETS

    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        try:
            TARGETS[way](path.read_bytes(), Path(folder))
        except Exception:
            traceback.print_exc()
            return 1
        took = time.process_time() - begin
    print(f"{way}: {took:.2f} s")
    return int(took > MOST_SECONDS)


def _fuzz(way: str, seconds: int, keep: Path) -> None:
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install -e '.[fuzz]'", file=sys.stderr)
        os._exit(2)
    with atheris.instrument_imports(include=["auzolan"]):
        from bench.fuzz_targets import TARGETS, seeds
    corpus, found = keep / way / "corpus", keep / way / "found"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(way)):
        (corpus / f"seed-{number}").write_bytes(data[:LONGEST])
    work = Path(tempfile.mkdtemp())
    slowest, tried, begun = 0.0, 0, time.monotonic()

    def one(data: bytes) -> None:
        nonlocal slowest, tried
        tried += 1
        begin = time.process_time()
        TARGETS[way](data, work)
        took = time.process_time() - begin
        if took > slowest:
            slowest = took
            (found / "slowest").write_bytes(data)
        if took > MOST_SECONDS:
            raise AssertionError(f"{took:.2f} s")
        if time.monotonic() - begun > seconds:
            print(f"{way}: {tried:,} tried in {seconds} s, the slowest took {slowest:.3f} s; nothing was found")
            sys.stdout.flush()
            os._exit(0)

    warm = next(iter(seeds(way)), b"")
    with contextlib.suppress(Exception):
        TARGETS[way](warm, work)  # what is worked out once is not counted as slow
    arguments = [f"-max_len={LONGEST}", "-verbosity=0", f"-artifact_prefix={found}/", "-rss_limit_mb=4096", str(corpus)]
    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
