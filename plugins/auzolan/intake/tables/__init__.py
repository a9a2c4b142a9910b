"""Rows of a table come in; entries go out, each by itself: what is wrong with one row is told, and the others go in.

`reading.py` opens the table (`encodings.py`), `mapping.py` reads how its columns become fields (`plans.py`), `values.py` applies
that to a row, `rows.py` has the rules of `check/` look at what comes out, `doubles.py` and `decide.py` compare it with what lies
there, `state.py` remembers what was written, `importing.py` does all of this in turn, and `propose.py` drafts a mapping.
"""
