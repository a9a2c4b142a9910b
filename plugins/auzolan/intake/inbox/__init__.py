"""What people sent comes in: mails, saved forms, issues of a forge, typed paper forms, bundles; entries go out, each by itself.

`arriving.py` opens files and folders (`zips.py` what is packed), `mails.py` a mail (`charsets.py`, `flowed.py`, `html.py`: its text),
`letters.py` finds entries in a text and `lines.py` mends what mail programs do to them. `questions.py` knows what a kind is asked, in
all languages, `issues.py` and `paper.py` find the answers, `filled.py` makes an entry of them. `bundles.py` knows what a bundle says
of itself, `targets.py` where an entry may lie, `bases.py` what it was earlier, `settling.py` compares, `importing.py` does all of
this in turn. No more than the text of entries leaves these rooms: neither who sent it, nor when, nor how.
"""
