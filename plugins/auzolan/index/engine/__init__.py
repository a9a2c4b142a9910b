"""Documents flow in; Whoosh's postings flow out, and Whoosh's own answers, to which every reader is held."""
