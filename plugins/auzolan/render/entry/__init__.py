"""A profile comes in; the page of an entry goes out."""
