"""What a build remembers for the next one: what it read, what it made of that, and who read what."""
