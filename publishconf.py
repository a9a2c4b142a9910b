"""Settings for publishing: those of pelicanconf.py, with the address at which the site will stand (SITEURL in the environment)."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SITEURL", "")
