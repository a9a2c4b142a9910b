"""The nouns of Auzolan: plain values that every other room speaks in. Standard library only."""
