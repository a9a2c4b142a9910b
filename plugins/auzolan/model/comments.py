"""What the head of a comment may say, and how much a comment may hold: one list for check, pages and form."""

from __future__ import annotations

AUTHOR, DATE, LANGUAGE, REPLY = "name", "date", "language", "in_reply_to"
FIELDS = (AUTHOR, DATE, LANGUAGE, REPLY)
MOST_NAME = 60
MOST_TEXT = 4_000
"""Characters of the text."""
FOLDER = "comments"
"""Where they lie in the content: `content/comments/<folder of the page>/<name of the page>/<name>.md`."""
