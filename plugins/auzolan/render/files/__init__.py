"""A commons comes in; the files beside the pages go out: feeds, styles, scripts, pictures."""
