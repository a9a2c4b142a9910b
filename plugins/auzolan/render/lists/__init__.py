"""A commons comes in; its lists, facets and words as pages go out."""
