"""What people sent comes in: mails, saved forms, issues of a forge, typed paper forms, bundles; entries go out, each by itself.

`arriving.py` opens files and folders (`zips.py` what is packed, `mail/` mails, `asked/` forms) and gives pieces (`pieces.py`). `bundles.py`
knows what a bundle says of itself, `targets.py` where an entry may lie, `bases.py` what it said earlier, `settling.py` compares a piece
with what lies there, `placing.py` says which file it is, `importing.py` does all of this in turn, and `fates.py` tells what came of it.
No more than the text of entries leaves these rooms: neither who sent it, nor when, nor how.
"""
