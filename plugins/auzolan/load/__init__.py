"""Files come in; a `Catalog` of all that was read goes out, with a finding for all that could not be: see `catalog.py`."""
