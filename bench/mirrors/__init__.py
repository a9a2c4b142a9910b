"""A number of files comes in; what it costs to fetch, update, verify and show a copy of so many goes out, beside rsync and sha256sum."""
