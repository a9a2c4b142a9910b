"""A commons comes in; pages go out: first as plain values (`pages`), then as bytes (`renderer`)."""
