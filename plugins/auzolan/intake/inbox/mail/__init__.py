"""The bytes of mails come in; the texts of the entries in them go out, as they were sent.

`mboxes.py` cuts a mailbox into mails, `mails.py` reads one: `charsets.py`, `flowed.py` and `html.py` make a text of what it carries,
`letters.py` finds the entries in that, `lines.py` mends what mail programs do to lines.
"""
