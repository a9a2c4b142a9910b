"""Documents flow in, segment by segment or change by change; what is kept of an index and the files that change flow out."""
