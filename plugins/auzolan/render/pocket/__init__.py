"""A part of a commons comes in; one HTML file that holds it goes out, with all that it needs to be read, searched and added to.

`part` says which entries, `pages` renders theirs and the forms, `links` leads from one to the other without files, `scripts`
are what forms load, `held` packs, and `shell` puts all of it into one file with its policy.
"""
