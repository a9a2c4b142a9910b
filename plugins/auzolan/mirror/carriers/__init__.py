"""What somebody names as the place of a copy comes in; a way to fetch from there goes out."""

from __future__ import annotations

from pathlib import Path

from auzolan.mirror.carriers.carrier import Carrier, Patience
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.place import Place
from auzolan.model.errors import AuzolanError

__all__ = ["carrier_of"]


def carrier_of(place: str, patience: Patience) -> Carrier:
    """An address (http, https, rsync, or rsync's `host:path` and `host::module`), a folder, a mirror or a zip file. Raises
    AuzolanError."""
    scheme = place.partition(":")[0].lower()
    if scheme in ("http", "https") and "://" in place:
        from auzolan.mirror.carriers.web import Web

        return Web(place, patience)
    path = Path(place)
    if path.is_dir():
        return Folder(copy_in(path), patience)
    if path.is_file():
        from auzolan.mirror.carriers.zipped import Zipped

        return Zipped(path, patience)
    if scheme == "rsync" or (":" in place and not place.startswith(("/", "."))):
        from auzolan.mirror.carriers.rsync import Rsync

        return Rsync(place, patience)
    raise AuzolanError(f"there is no copy at {place}", "name an address (https://…), a folder, or a zip file")


def copy_in(path: Path) -> Path:
    """The folder of the copy that lies in this one: a mirror's current one, or itself."""
    place = Place(path)
    state = place.state()
    return path if state is None else place.current(state)
