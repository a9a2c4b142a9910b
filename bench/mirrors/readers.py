"""An address and paths come in; so many readers at once ask for them; how long each answer took, and how many failed, go out."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from urllib.parse import urlsplit


def read(address: str, paths: Sequence[str], readers: int, each: int) -> tuple[list[float], int]:
    """Seconds of each answer, sorted; and how many were none, or no 200."""
    parts = urlsplit(address)
    seconds: list[float] = []
    failed, lock, begin = [0], threading.Lock(), threading.Barrier(readers)

    def one(number: int) -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        begin.wait()
        for at in range(each):
            began = time.perf_counter()
            try:
                connection.request("GET", paths[(number * each + at) % len(paths)], headers={"Accept": "text/html"})
                answer = connection.getresponse()
                answer.read()
                good = answer.status == 200
            except (OSError, http.client.HTTPException):
                connection.close()
                good = False
            with lock:
                seconds.append(time.perf_counter() - began)
                failed[0] += not good
        connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(seconds), failed[0]
