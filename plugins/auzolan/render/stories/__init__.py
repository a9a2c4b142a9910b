"""Stories come in; articles and plain pages go out."""
